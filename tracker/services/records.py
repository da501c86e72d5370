"""Rows turned into the plain values that the domain judges."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from tracker.domain.bilingual import Bilingual
from tracker.domain.records import (
    Aim,
    CommitmentRecord,
    DeliberationRecord,
    Finding,
    IndicatorRecord,
    OrganisationRecord,
    Reading,
)
from tracker.domain.targets import Baseline, Target
from tracker.domain.vocabulary import Axis
from tracker.store import models
from tracker.store.queries import commitments, measurements

Readings = Mapping[int, Mapping[int, Reading]]
"""Readings by indicator number, then by year."""


def organisation_record(row: models.Organisation) -> OrganisationRecord:
    """Give an organisation as a plain value."""
    return OrganisationRecord(row.slug, row.name, row.kind, row.is_fictional)


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
    )


def reading(row: models.Measurement) -> Reading:
    """Give one revision of a value as a plain value."""
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
    )


def readings_by_year(rows: Sequence[models.Measurement]) -> Readings:
    """Arrange latest revisions by indicator number and year."""
    arranged: dict[int, dict[int, Reading]] = defaultdict(dict)
    for row in rows:
        arranged[row.indicator_id][row.year] = reading(row)
    return arranged


def commitment_record(row: models.Commitment, readings: Readings) -> CommitmentRecord:
    """Give a commitment loaded whole as a plain value, with the readings of its indicators."""
    text = row.deliberation
    return CommitmentRecord(
        code=row.code,
        title=Bilingual(row.title_fr, row.title_en),
        statement=Bilingual(row.statement_fr, row.statement_en),
        kind=row.kind,
        axis=row.axis,
        strength=row.strength,
        locator=row.locator,
        deliberation=DeliberationRecord(
            text.reference, text.number, text.adopted_on, text.body, Bilingual(text.title_fr, text.title_en)
        ),
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
        aims=tuple(_aim(aim, readings.get(aim.indicator_id, {})) for aim in row.aims),
        findings=tuple(_finding(fact) for fact in row.findings),
    )


def _aim(row: models.Aim, readings: Mapping[int, Reading]) -> Aim:
    base = row.baseline
    return Aim(
        indicator=indicator_record(row.indicator),
        targets=tuple(_target(version) for version in row.targets),
        baseline=Baseline(base.state, base.value, base.year, base.source_fr) if base else None,
        readings=readings,
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
    )


def commitment_records(session: Session, organisation: models.Organisation) -> tuple[CommitmentRecord, ...]:
    """Give every commitment of an organisation with all its readings, oldest vote first."""
    readings = readings_by_year(measurements.latest(session, organisation.id))
    rows = commitments.of_organisation(session, organisation.id)
    return tuple(commitment_record(row, readings) for row in rows)
