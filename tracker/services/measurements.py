"""Recording values: what an officer typed, checked, compared with what is stored, added as new revisions."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.domain.entries import Draft, Entry, check
from tracker.domain.errors import Computed, Conflict, Forbidden, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.numbers import plain_text
from tracker.domain.periods import is_open_year
from tracker.domain.permissions import Permission
from tracker.domain.records import DepartmentRecord, IndicatorRecord, Part, Reading
from tracker.domain.vocabulary import JournalAction
from tracker.services import journal
from tracker.services.portfolio import Portfolio, portfolio
from tracker.services.records import department_record, parts_by_revision, reading
from tracker.services.visitor import Visitor
from tracker.store.models import Indicator, Measurement, MeasurementPart
from tracker.store.queries import measurements, organisations


@dataclass(frozen=True, slots=True)
class _Change:
    """An entry fit to store: its indicator, the method of its year, what was typed, and what it comes after."""

    row: Indicator
    method: int
    draft: Draft
    entry: Entry
    current: Reading | None


@dataclass(frozen=True, slots=True)
class Saved:
    """A value that was written: its indicator and its new revision."""

    code: str
    revision: int


def record(session: Session, visitor: Visitor, year: int, drafts: Sequence[Draft], today: date) -> tuple[Saved, ...]:
    """Write each draft that says something new as a revision of its own; all of them or none.

    A draft equal to the revision it was typed over, or to the stored one, changes nothing.

    Raises:
        NotFound: for a year that is not open, or an indicator that the organisation does not use.
        Forbidden: for an indicator that the visitor may not enter.
        Conflict: when somebody stored another value meanwhile; every problem of the drafts is listed with it.
        Invalid: when a draft cannot be stored as it is.
    """
    if not is_open_year(year, today):
        raise NotFound(year)
    known = portfolio(session, visitor.organisation)
    open_to = set(enterable(known, visitor, year))
    problems: list[Problem] = []
    written: list[_Change] = []
    for draft in drafts:
        if draft.code not in open_to:
            raise refusal(known, draft.code, year)
    rows = [known.figures.rows[draft.code] for draft in drafts]
    history = _history(session, visitor, rows, year)
    entities = organisations.departments(session, visitor.organisation.id)
    departments = [department_record(one) for one in entities]
    for row, draft in zip(rows, drafts, strict=True):
        stored = history[row.id]
        found = _examine(draft, known.figures.indicator(row.code), stored, departments)
        if isinstance(found, Entry):
            method = known.figures.method(row.code, year)
            written.append(_Change(row, method, draft, found, stored[0] if stored else None))
        else:
            problems += found
    if problems:
        raise _kind_of(problems)(*problems)
    written.sort(key=lambda change: change.row.id)  # one order for all, so that two pages never wait for each other
    numbers = {one.code: one.id for one in entities}
    added = (_add(session, visitor, year, change, numbers) for change in written)
    return tuple(saved for saved in added if saved)


def enterable(known: Portfolio, visitor: Visitor, year: int) -> Sequence[str]:
    """List the codes of the indicators whose values of ``year`` the visitor may type, in the catalogue's order."""
    figures = known.figures
    return [code for code in known.used() if figures.is_typed(code, year) and visitor.may_enter(figures.rows[code].id)]


def refusal(known: Portfolio, code: str, year: int) -> Forbidden | NotFound:
    """Say why the visitor cannot enter ``code``: computed, not theirs, or no indicator of the organisation at all."""
    if code not in known.used():
        return NotFound(code)
    is_computed = known.figures.is_computed(code, year)
    return Computed(code) if is_computed else Forbidden(Permission.ENTER_ASSIGNED)


def with_parts(session: Session, rows: Sequence[Measurement]) -> list[Reading]:
    """Give revisions as plain values with what each department brought to them; one query for all of them."""
    found = parts_by_revision(measurements.parts(session, [row.id for row in rows]))
    return [reading(row, found.get(row.id, ())) for row in rows]


def _history(
    session: Session, visitor: Visitor, indicators: Sequence[Indicator], year: int
) -> Mapping[int, list[Reading]]:
    """Give the revisions of each value with their parts, latest first, by the number of the indicator."""
    home = visitor.organisation.id
    rows = {one.id: measurements.revisions(session, home, one.id, year) for one in indicators}
    told = iter(with_parts(session, [row for revisions in rows.values() for row in revisions]))
    return {number: [next(told) for _ in revisions] for number, revisions in rows.items()}


def _examine(
    draft: Draft, indicator: IndicatorRecord, stored: list[Reading], departments: Sequence[DepartmentRecord]
) -> Entry | list[Problem]:
    """Say what ``draft`` would add; an empty list when it adds nothing."""
    current = stored[0] if stored else None
    seen = next((one for one in stored if one.revision == draft.seen), None)
    if draft.is_blank and (current is None or seen is None):
        return []
    entry = check(draft, indicator, seen or current, departments)
    is_stale = current is not None and current.revision != draft.seen
    if isinstance(entry, Entry):
        if entry.says_the_same_as(seen) or entry.says_the_same_as(current):
            return []
        if is_stale and current is not None and draft.keep != "mine":
            return [] if draft.keep == "theirs" else [_stale(draft, entry, current)]
        return entry
    return entry


def _stale(draft: Draft, entry: Entry, current: Reading) -> Problem:
    theirs: object = current.value if current.value is not None else current.absence
    mine: object = draft.value.strip() or (draft.precision if entry.value is None else entry.value)
    return Problem(f"{draft.code}:value", ProblemCode.STALE, {"author": current.author, "theirs": theirs, "mine": mine})


def _kind_of(problems: list[Problem]) -> type[Invalid]:
    return Conflict if any(problem.code is ProblemCode.STALE for problem in problems) else Invalid


def _add(
    session: Session, visitor: Visitor, year: int, change: _Change, departments: Mapping[str, int]
) -> Saved | None:
    """Add a revision; None when somebody stored the very same thing at the same moment.

    ``departments`` gives the number of each department by its code.
    """
    row, draft, entry, current = change.row, change.draft, change.entry, change.current
    revision = (current.revision if current else 0) + 1
    added = Measurement(
        organisation_id=visitor.organisation.id,
        indicator_id=row.id,
        year=year,
        revision=revision,
        method=change.method,
        value=entry.value,
        numerator=entry.numerator,
        denominator=entry.denominator,
        absence=entry.absence,
        quality=entry.quality,
        coverage=entry.coverage,
        source=entry.source,
        comment=entry.comment,
        author=visitor.name,
        recorded_at=datetime.now(UTC),
        parts=[_part(part, departments[part.department]) for part in entry.parts],
    )
    try:
        with session.begin_nested():
            session.add(added)
    except IntegrityError:
        theirs = measurements.current(session, visitor.organisation.id, row.id, year)
        if theirs is None:
            raise
        (newest,) = with_parts(session, [theirs])
        if entry.says_the_same_as(newest):
            return None
        raise Conflict(_stale(draft, entry, newest)) from None
    journal.write(
        session,
        JournalAction.VALUE_CORRECTED if current else JournalAction.VALUE_RECORDED,
        organisation_id=visitor.organisation.id,
        actor=visitor.name,
        subject=row.code,
        year=year,
        before=_told(current, entry) if current else "",
        after=_told(entry, current),
        comment=entry.comment,
    )
    return Saved(row.code, revision)


def _part(part: Part, department_id: int) -> MeasurementPart:
    return MeasurementPart(
        department_id=department_id, value=part.value, numerator=part.numerator, denominator=part.denominator
    )


ASIDE = ("quality", "coverage", "numerator", "denominator", "source")


def _told(told: Entry | Reading, other: Entry | Reading | None) -> str:
    """Write for the journal, in no language, the value or its absence; what else differs if these are the same.

    Where the parts of departments differ, they are told beside the value.
    """
    value = plain_text(told.value) if told.value is not None else str(told.absence or "")
    has_other_parts = told.parts != (other.parts if other else ())
    if told.parts and has_other_parts:
        return json.dumps({"value": value, "parts": dict(map(_told_part, told.parts))}, ensure_ascii=False)
    if other is None or has_other_parts or (told.value, told.absence) != (other.value, other.absence):
        return value
    changed = [name for name in ASIDE if getattr(told, name) != getattr(other, name)]
    return json.dumps({name: _plain(getattr(told, name)) for name in changed}, ensure_ascii=False)


def _told_part(part: Part) -> tuple[str, list[str]]:
    numbers = (part.value, part.numerator, part.denominator)
    return part.department, [plain_text(number) for number in numbers if number is not None]


def _plain(value: object) -> str:
    return plain_text(value) if isinstance(value, Decimal) else str(value or "")
