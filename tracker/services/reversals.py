"""Undoing: the value of before comes back as a new revision; nothing is deleted, what changed since is not touched."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.domain.errors import AnyProblem, Conflict, Forbidden, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.numbers import plain_text
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import Absence, Stage
from tracker.domain.workflow import CampaignRecord, counts
from tracker.services import journal
from tracker.services.gates import gate
from tracker.services.measurements import enterable, refusal
from tracker.services.portfolio import portfolio
from tracker.services.visitor import Visitor
from tracker.store.models import Indicator, Measurement, MeasurementPart, MeasurementStep
from tracker.store.queries import measurements, steps


@dataclass(frozen=True, slots=True)
class Undoing:
    """A revision to undo."""

    code: str
    year: int
    revision: int


@dataclass(frozen=True, slots=True)
class _Found:
    """What is to be undone: the last revision and the one before, None for none, each with its steps."""

    indicator: Indicator
    newest: Measurement
    before: Measurement | None
    way: Sequence[MeasurementStep] = ()
    way_before: Sequence[MeasurementStep] = ()

    @property
    def is_passed_on(self) -> bool:
        """Tell whether the last revision was submitted or validated after it was typed, not in the same stroke."""
        last = self.way[-1] if self.way else None
        is_on_its_way = last is not None and last.stage not in {Stage.DRAFT, Stage.RETURNED}
        return is_on_its_way and last is not None and last.at != self.newest.recorded_at

    @property
    def is_correction(self) -> bool:
        """Tell whether the last revision was validated as it was typed: a correction after the campaign's end."""
        return bool(self.way) and self.way[-1].stage is Stage.VALIDATED and not self.is_passed_on

    def counted_before(self, campaign: CampaignRecord | None) -> bool:
        """Tell whether readers saw the revision before, or there was none to see."""
        if self.before is None:
            return True
        is_validated = any(step.stage is Stage.VALIDATED for step in self.way_before)
        return counts(campaign, self.before.recorded_at, is_validated=is_validated)


def undo(
    session: Session, visitor: Visitor, undone: Sequence[Undoing], today: date, *, of_anybody: bool = False
) -> int:
    """Put each value back as it was before that revision; all of them or none. Give how many came back.

    The copy of the revision before takes over its steps, with their authors and days: nobody submits or validates by
    undoing. The first revision of a year is withdrawn: the year is again as if nothing had been typed. A correction
    after the campaign's end is undone by who may correct. One undoes what one typed, unless ``of_anybody``.

    Raises:
        Forbidden: for an indicator that the visitor may not enter, or a value that somebody else typed.
        NotFound: for a value that was never typed.
        Conflict: when a value changed since, or went further; nothing is undone.
    """
    if not undone:
        raise Invalid(Problem("undo", ProblemCode.NOTHING_TO_UNDO))
    found = _found(session, visitor, undone)
    is_meant = all(one.newest.revision == asked.revision for one, asked in zip(found, undone, strict=True))
    if is_meant and not of_anybody and not all(_is_own(one, visitor) for one in found):
        raise Forbidden(Permission.ENTER_ASSIGNED)
    problems = _problems(session, visitor, found, undone, today)
    if problems:
        raise Conflict(*problems)
    _bring_back(session, visitor, found)
    return len(found)


def _found(session: Session, visitor: Visitor, undone: Sequence[Undoing]) -> list[_Found]:
    """Give what each names, in the order of ``undone``; a few queries for thousands."""
    known = portfolio(session, visitor.organisation, with_drafts=True)
    years = {one.year for one in undone}
    open_to = {year: set(enterable(known, visitor, year)) for year in years}
    for one in undone:
        if one.code not in open_to[one.year]:
            raise refusal(known, one.code, one.year)
    indicators = {one.code: known.figures.rows[one.code] for one in undone}
    numbers = [row.id for row in indicators.values()]
    revisions: dict[tuple[int, int], list[Measurement]] = {}
    for row in measurements.revisions_of(session, visitor.organisation.id, numbers, years):
        revisions.setdefault((row.indicator_id, row.year), []).append(row)
    found = []
    for one in undone:
        rows = revisions.get((indicators[one.code].id, one.year), [])
        if not rows:
            raise NotFound(one.code)
        found.append(_Found(indicators[one.code], rows[0], rows[1] if len(rows) > 1 else None))
    ways: dict[int, list[MeasurementStep]] = {}
    for step in steps.whole(session, [row.id for one in found for row in (one.newest, one.before) if row]):
        ways.setdefault(step.measurement_id, []).append(step)
    return [
        replace(one, way=ways.get(one.newest.id, ()), way_before=ways.get(one.before.id, ()) if one.before else ())
        for one in found
    ]


def _is_own(one: _Found, visitor: Visitor) -> bool:
    return bool(one.way) and one.way[0].account_id == visitor.account_id


def _problems(
    session: Session, visitor: Visitor, found: Sequence[_Found], undone: Sequence[Undoing], today: date
) -> list[Problem]:
    """Say which revisions cannot be undone: not the last any more, passed on, or of a campaign that is closed."""
    gates = {year: gate(session, visitor, year, today) for year in {one.year for one in undone}}
    problems = []
    for one, asked in zip(found, undone, strict=True):
        opened = gates[asked.year]
        is_other = one.newest.revision != asked.revision or one.newest.absence is Absence.WITHDRAWN
        would_publish = one.is_correction and not one.counted_before(opened.campaign)
        if is_other or one.is_passed_on or would_publish:
            problems.append(_problem(one, ProblemCode.CHANGED_SINCE))
        elif opened.is_shut(one.indicator.id) and not opened.may_correct:
            problems.append(_problem(one, ProblemCode.CAMPAIGN_CLOSED))
    return problems


def _problem(one: _Found, code: AnyProblem) -> Problem:
    told = {"name": one.indicator.name_fr, "year": one.newest.year}
    return Problem(f"{one.indicator.code}:value", code, told)


def _bring_back(session: Session, visitor: Visitor, found: Sequence[_Found]) -> None:
    """Add a copy of the revision before each, with its steps and its line in the journal.

    Raises:
        Conflict: when somebody stores another revision at the same moment.
    """
    now = datetime.now(UTC)
    before = [one.before.id for one in found if one.before]
    parts = _parts(session, before)
    # One order for all, so that two people never wait for each other.
    ordered = sorted(found, key=lambda one: (one.indicator.id, one.newest.year))
    added = [(one, _copy(visitor, one, parts, now)) for one in ordered]
    try:
        with session.begin_nested():
            session.add_all(row for _, row in added)
    except IntegrityError:
        raise Conflict(*_overtaken(session, ordered)) from None
    for one, row in added:
        session.add_all(_steps(visitor, one, row))
        journal.write(
            session,
            JournalAction.VALUE_WITHDRAWN,
            organisation_id=row.organisation_id,
            actor=visitor.name,
            subject=one.indicator.code,
            year=row.year,
            before=_told(one.newest),
            after=_told(row),
        )
    session.flush()


def _overtaken(session: Session, found: Sequence[_Found]) -> list[Problem]:
    """Name the values that somebody else stored at the same moment."""
    problems = []
    for one in found:
        row = one.newest
        now = measurements.current(session, row.organisation_id, row.indicator_id, row.year)
        if now is not None and now.revision > row.revision:
            problems.append(_problem(one, ProblemCode.CHANGED_SINCE))
    return problems


def _steps(visitor: Visitor, one: _Found, row: Measurement) -> Iterator[MeasurementStep]:
    """Give a copy the steps of the revision that it copies, as they were taken.

    Undoing a correction that readers saw must be seen too: where the copy has no validation of its own, it gets that of
    who undoes, who may correct.
    """
    if one.way_before:
        names = ("position", "stage", "account_id", "author", "at", "reason")
        for step in one.way_before:
            yield MeasurementStep(measurement_id=row.id, **{name: getattr(step, name) for name in names})
        return
    stages = (Stage.DRAFT, Stage.VALIDATED) if one.is_correction else (Stage.DRAFT,)
    for position, stage in enumerate(stages):
        yield MeasurementStep(
            measurement_id=row.id,
            position=position,
            stage=stage,
            account_id=visitor.account_id,
            author=visitor.name,
            at=row.recorded_at,
            reason="",
        )


def _copy(visitor: Visitor, one: _Found, parts: Mapping[int, Sequence[MeasurementPart]], now: datetime) -> Measurement:
    """Make the revision that brings back the one before, or withdraws the first."""
    newest, before = one.newest, one.before
    names = ("value", "numerator", "denominator", "absence", "quality", "coverage", "method", "source", "comment")
    content: dict[str, object] = {"absence": Absence.WITHDRAWN, "method": newest.method}
    if before:
        copied = [
            MeasurementPart(
                department_id=part.department_id,
                value=part.value,
                numerator=part.numerator,
                denominator=part.denominator,
            )
            for part in parts.get(before.id, ())
        ]
        content = {name: getattr(before, name) for name in names} | {"parts": copied}
    return Measurement(
        **content,
        organisation_id=newest.organisation_id,
        indicator_id=newest.indicator_id,
        year=newest.year,
        revision=newest.revision + 1,
        author=visitor.name,
        recorded_at=now,
    )


def _parts(session: Session, measurement_ids: Sequence[int]) -> Mapping[int, Sequence[MeasurementPart]]:
    """Give the parts of the departments by the number of the revision."""
    found: dict[int, list[MeasurementPart]] = {}
    for part, _ in measurements.parts(session, measurement_ids):
        found.setdefault(part.measurement_id, []).append(part)
    return found


def _told(row: Measurement) -> str:
    return plain_text(row.value) if row.value is not None else str(row.absence or "")
