"""Undoing: the value of before comes back as a new revision; nothing is deleted, what changed since is not touched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.domain.errors import Conflict, Invalid, Problem, ProblemCode
from tracker.domain.numbers import plain_text
from tracker.domain.vocabulary import Absence, JournalAction, Stage
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


def undo(session: Session, visitor: Visitor, undone: Sequence[Undoing], today: date) -> int:
    """Put each value back as it was before that revision; all of them or none. Give how many came back.

    What the revision before had reached, submitted or validated, its copy has reached too. The first revision of a
    year is withdrawn: the year is again as if nothing had been typed.

    Raises:
        Forbidden: for an indicator that the visitor may not enter.
        Conflict: when a value changed since, or went further; nothing is undone.
    """
    known = portfolio(session, visitor.organisation, with_drafts=True)
    problems: list[Problem] = []
    found: list[tuple[Indicator, Measurement, Measurement | None]] = []
    for one in sorted(undone, key=lambda one: (known.figures.rows[one.code].id, one.year)):
        if one.code not in enterable(known, visitor, one.year):
            raise refusal(known, one.code, one.year)
        indicator = known.figures.rows[one.code]
        newest, *earlier = measurements.revisions(session, visitor.organisation.id, indicator.id, one.year)
        problem = _problem(session, visitor, indicator, newest, one, today)
        if problem:
            problems.append(problem)
        else:
            found.append((indicator, newest, earlier[0] if earlier else None))
    if problems:
        raise Conflict(*problems)
    if not found:
        raise Invalid(Problem("undo", ProblemCode.NOTHING_TO_UNDO))
    for indicator, newest, before in found:
        _bring_back(session, visitor, indicator, newest, before)
    session.flush()
    return len(found)


def _problem(
    session: Session, visitor: Visitor, indicator: Indicator, newest: Measurement, one: Undoing, today: date
) -> Problem | None:
    """Say why a revision cannot be undone: it is not the last, it was passed on, or the campaign is closed."""
    told = {"name": indicator.name_fr, "year": one.year}
    last = steps.last(session, [newest.id]).get(newest.id)
    is_passed_on = last is not None and last.stage not in {Stage.DRAFT, Stage.RETURNED}
    if newest.revision != one.revision or newest.absence is Absence.WITHDRAWN or is_passed_on:
        return Problem(f"{one.code}:value", ProblemCode.CHANGED_SINCE, told)
    if gate(session, visitor, one.year, today).is_shut(indicator.id):
        return Problem(f"{one.code}:value", ProblemCode.CAMPAIGN_CLOSED, told)
    return None


def _bring_back(
    session: Session, visitor: Visitor, indicator: Indicator, newest: Measurement, before: Measurement | None
) -> None:
    now = datetime.now(UTC)
    copy = _copy(session, before) if before else {"absence": Absence.WITHDRAWN, "method": newest.method}
    row = Measurement(
        **copy,
        organisation_id=newest.organisation_id,
        indicator_id=indicator.id,
        year=newest.year,
        revision=newest.revision + 1,
        author=visitor.name,
        recorded_at=now,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        told = {"name": indicator.name_fr, "year": newest.year}
        raise Conflict(Problem(f"{indicator.code}:value", ProblemCode.CHANGED_SINCE, told)) from None
    reached = steps.last(session, [before.id]).get(before.id) if before else None
    stages = [Stage.DRAFT] + ([reached.stage] if reached and reached.stage is not Stage.DRAFT else [])
    for position, stage in enumerate(stages):
        session.add(
            MeasurementStep(
                measurement_id=row.id,
                position=position,
                stage=stage,
                account_id=visitor.account_id,
                author=visitor.name,
                at=now,
                reason=reached.reason if reached and stage is Stage.RETURNED else "",
            )
        )
    journal.write(
        session,
        JournalAction.VALUE_WITHDRAWN,
        organisation_id=newest.organisation_id,
        actor=visitor.name,
        subject=indicator.code,
        year=newest.year,
        before=_told(newest),
        after=_told(row),
    )


def _copy(session: Session, row: Measurement) -> dict[str, object]:
    """Give the content of a revision, with the parts of the departments."""
    names = ("value", "numerator", "denominator", "absence", "quality", "coverage", "method", "source", "comment")
    parts = [
        MeasurementPart(
            department_id=part.department_id,
            value=part.value,
            numerator=part.numerator,
            denominator=part.denominator,
        )
        for part, _ in measurements.parts(session, [row.id])
    ]
    return {name: getattr(row, name) for name in names} | {"parts": parts}


def _told(row: Measurement) -> str:
    return plain_text(row.value) if row.value is not None else str(row.absence or "")
