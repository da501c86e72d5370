"""Rows turned into the plain values that the domain judges."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from sqlalchemy import Row

from tracker.domain.bilingual import Bilingual
from tracker.domain.methods import Method
from tracker.domain.records import (
    STALE_AFTER_MONTHS,
    Aim,
    CommitmentRecord,
    DeliberationRecord,
    DepartmentRecord,
    Finding,
    IndicatorRecord,
    OrganisationRecord,
    Part,
    Reading,
)
from tracker.domain.targets import Baseline, Target, TargetPoint
from tracker.domain.vocabulary import Axis
from tracker.domain.workflow import CampaignRecord
from tracker.importers import formulas
from tracker.store import models

AimMaker = Callable[[str, tuple[Target, ...], tuple[Baseline, ...]], Aim]
"""Gives an indicator by its code with its readings, and the targets and baselines of one commitment."""

read_formula = lru_cache(maxsize=512)(formulas.read)


class Recorded(Protocol):
    """Something that was said, with the moment at which it was recorded: None for what a seed file says."""

    @property
    def recorded_at(self) -> datetime | None:
        """Give the moment."""
        ...


Version = TypeVar("Version", bound=Recorded)


def recorded(versions: Iterable[Version], until: datetime | None) -> Sequence[Version]:
    """Keep the versions that were recorded by ``until``, in their order; all of them without a moment."""
    return [one for one in versions if until is None or one.recorded_at is None or one.recorded_at <= until]


def newest(versions: Iterable[Version], until: datetime | None) -> Version | None:
    """Give the last of ``versions``, oldest first, that was recorded by ``until``."""
    return next(reversed(recorded(versions, until)), None)


def organisation_record(row: models.Organisation) -> OrganisationRecord:
    """Give an organisation as a plain value."""
    return OrganisationRecord(row.slug, row.name, row.kind, row.is_fictional)


def department_record(row: models.Department) -> DepartmentRecord:
    """Give a department as a plain value."""
    return DepartmentRecord(row.code, row.name)


def indicator_record(row: models.Indicator) -> IndicatorRecord:
    """Give an indicator as a plain value."""
    return IndicatorRecord(
        code=row.code,
        name=Bilingual(row.name_fr, row.name_en),
        definition=Bilingual(row.definition_fr, row.definition_en),
        unit=row.unit,
        decimals=row.decimals,
        value_kind=row.value_kind,
        better=row.better,
        tier=row.tier,
        axis=row.axis,
        collection=row.collected_by,
        numerator=row.numerator_fr,
        denominator=row.denominator_fr,
        minimum=row.minimum,
        maximum=row.maximum,
        aggregation=row.aggregation,
    )


def latest_reading(row: Row[Any]) -> Reading:
    """Give a row of ``queries.measurements.latest`` as a plain value: its columns come in the order of the fields."""
    _, year, revision, value, *rest = tuple[Any, ...](row)
    return Reading(year, revision, value, *rest)


def reading(row: models.Measurement, parts: tuple[Part, ...] = ()) -> Reading:
    """Give one revision of a value as a plain value, with its ``parts`` where they were loaded."""
    return Reading(
        year=row.year,
        revision=row.revision,
        value=row.value,
        absence=row.absence,
        numerator=row.numerator,
        denominator=row.denominator,
        quality=row.quality,
        coverage=row.coverage,
        source=row.source,
        comment=row.comment,
        author=row.author,
        recorded_at=row.recorded_at,
        method=row.method,
        parts=parts,
    )


def parts_by_revision(
    rows: Iterable[tuple[models.MeasurementPart, models.Department]],
) -> Mapping[int, tuple[Part, ...]]:
    """Give the parts of each revision, by the number of its row, in the order in which they come."""
    found: dict[int, list[Part]] = defaultdict(list)
    for row, department in rows:
        part = Part(department.code, department.name, row.value, row.numerator, row.denominator)
        found[row.measurement_id].append(part)
    return {number: tuple(parts) for number, parts in found.items()}


def method(row: models.IndicatorMethod) -> Method:
    """Give one version of a method as a plain value."""
    return Method(
        version=row.version,
        in_force_from=row.in_force_from,
        formula=read_formula(row.formula) if row.formula else None,
        written=row.formula,
        description=row.description_fr,
        reason=row.reason_fr,
        decided_on=row.recorded_at.date(),
        author=row.author,
    )


def commitment_record(row: models.Commitment, aim: AimMaker, until: datetime | None = None) -> CommitmentRecord:
    """Give a commitment loaded whole as a plain value; ``aim`` brings the readings of its indicators.

    With ``until``, its facts, targets and baselines are those that were known at that moment.
    """
    return CommitmentRecord(
        code=row.code,
        title=Bilingual(row.title_fr, row.title_en),
        statement=Bilingual(row.statement_fr, row.statement_en),
        kind=row.kind,
        axis=row.axis,
        strength=row.strength,
        locator=row.locator,
        deliberation=deliberation_record(row.deliberation),
        secondary_axes=tuple(map(Axis, row.secondary_axes)),
        stage_in_text=row.stage_in_text,
        starts_on=row.starts_on,
        due_on=row.due_on,
        due_precision=row.due_precision,
        due_note=row.due_note,
        owner=row.owner,
        steering=row.steering,
        decree_items=tuple(row.decree_items),
        legal_references=tuple(row.legal_references),
        ambiguity=row.ambiguity,
        is_flagship=row.is_flagship,
        stale_after_months=STALE_AFTER_MONTHS if row.stale_after_months is None else row.stale_after_months,
        aims=tuple(aim(one.indicator.code, targets(one, until), baselines(one, until)) for one in row.aims),
        findings=tuple(_finding(fact) for fact in row.findings if until is None or _was_known(fact, until)),
    )


def was_voted(row: models.Deliberation, until: datetime) -> bool:
    """Tell whether a text was known: voted by then, and taken in if somebody did so; a seed counts from its vote."""
    return row.adopted_on <= until.date() and bool(recorded([row], until))


def deliberation_record(row: models.Deliberation) -> DeliberationRecord:
    """Give a deliberation as a plain value."""
    title = Bilingual(row.title_fr, row.title_en)
    return DeliberationRecord(row.reference, row.number, row.adopted_on, row.body, title)


def campaign_record(row: models.Campaign) -> CampaignRecord:
    """Give a campaign as a plain value."""
    return CampaignRecord(
        year=row.year,
        opened_at=row.opened_at,
        due_on=row.due_on,
        debate_on=row.debate_on,
        reminders_on=tuple(date.fromisoformat(day) for day in row.reminders_on),
        has_four_eyes=row.has_four_eyes,
        closed_at=row.closed_at,
    )


def targets(row: models.Aim, until: datetime | None = None) -> tuple[Target, ...]:
    """Give the versions of an aim's target as plain values, oldest first; only those decided and recorded by then."""
    versions = recorded(row.targets, until)
    return tuple(_target(version) for version in versions if until is None or version.decided_on <= until.date())


def baselines(row: models.Aim, until: datetime | None = None) -> tuple[Baseline, ...]:
    """Give the versions of an aim's baseline as plain values, oldest first; only those recorded by ``until``."""
    return tuple(_baseline(version) for version in recorded(row.baselines, until))


def _was_known(fact: models.Finding, until: datetime) -> bool:
    """Tell whether a fact was known: one that somebody recorded, from then on; one that a text states, from its day."""
    return fact.recorded_at <= until if fact.author else fact.on <= until.date()


def _baseline(row: models.Baseline) -> Baseline:
    return Baseline(
        state=row.state,
        value=row.value,
        year=row.year,
        source=row.source_fr,
        version=row.version,
        in_force_from=row.in_force_from,
        method=row.method,
        reason=row.reason_fr,
        author=row.author,
    )


def _target(row: models.TargetVersion) -> Target:
    return Target(
        version=row.version,
        basis=row.basis,
        comparator=row.comparator,
        value=row.value,
        horizon_year=row.horizon_year,
        in_force_from=row.in_force_from,
        decided_on=row.decided_on,
        reason=row.reason_fr,
        upper=row.upper,
        start=row.start,
        start_year=row.start_year,
        path=row.path,
        points=tuple(TargetPoint(point.year, point.value) for point in row.points),
        decision=row.decision,
        author=row.author,
    )


def _finding(row: models.Finding) -> Finding:
    return Finding(
        state=row.state,
        on=row.on,
        year=row.year,
        amount=row.amount,
        tax=row.tax,
        budget_line=row.budget_line,
        evidence=row.evidence_fr,
        author=row.author,
        valid_until=row.valid_until,
    )
