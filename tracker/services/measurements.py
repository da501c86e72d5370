"""Recording values: what an officer typed, checked, compared with what is stored, added as new revisions."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.domain.entries import Draft, Entry, check
from tracker.domain.errors import Computed, Conflict, Forbidden, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.numbers import plain_text
from tracker.domain.periods import is_open_year
from tracker.domain.permissions import Permission
from tracker.domain.records import DepartmentRecord, IndicatorRecord, Part, Reading
from tracker.domain.texts import tidy
from tracker.domain.vocabulary import Absence, Stage
from tracker.domain.workflow import counts
from tracker.services import journal
from tracker.services.gates import Gate, gate
from tracker.services.portfolio import Portfolio, portfolio
from tracker.services.records import department_record, parts_by_revision, reading
from tracker.services.visitor import Visitor
from tracker.store.models import Indicator, Measurement, MeasurementPart, MeasurementStep
from tracker.store.queries import measurements, organisations, steps


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed for one year."""

    year: int
    draft: Draft


@dataclass(frozen=True, slots=True)
class Change:
    """An entry fit to store: its indicator, its year and the method of that year, what was typed, what it comes after.

    ``place`` is the rank of what was typed; ``newest`` is the last revision even where it withdrew the value;
    ``stages`` are the steps to write, first to last.
    """

    place: int
    row: Indicator
    year: int
    method: int
    draft: Draft
    entry: Entry
    newest: Reading | None
    stages: tuple[Stage, ...]

    @property
    def current(self) -> Reading | None:
        """Give what is stored today, None when nothing is."""
        return None if self.newest is None or self.newest.absence is Absence.WITHDRAWN else self.newest


@dataclass(frozen=True, slots=True)
class Examined:
    """What would come of what was typed: the changes to write, and the problems, each with the rank it is about."""

    changes: tuple[Change, ...]
    problems: tuple[tuple[int, Problem], ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """A value that was written: its indicator and its new revision."""

    code: str
    revision: int


@dataclass(frozen=True, slots=True)
class Written:
    """A change that was written, and the number of its row."""

    change: Change
    measurement_id: int
    revision: int


def record(session: Session, visitor: Visitor, year: int, drafts: Sequence[Draft], today: date) -> tuple[Saved, ...]:
    """Write each draft that says something new as a revision of its own; all of them or none.

    A draft equal to the revision it was typed over, or to the stored one, changes nothing. In the open campaign of its
    year the revision begins as a draft; after the end of the campaign it needs a reason, and the right to validate.

    Raises:
        NotFound: for a year that is not open, or an indicator that the organisation does not use.
        Forbidden: for an indicator that the visitor may not enter.
        Conflict: when somebody stored another value meanwhile; every problem of the drafts is listed with it.
        Invalid: when a draft cannot be stored as it is.
    """
    if not is_open_year(year, today):
        raise NotFound(year)
    known = portfolio(session, visitor.organisation, with_drafts=True)
    open_to = set(enterable(known, visitor, year))
    for draft in drafts:
        if draft.code not in open_to:
            raise refusal(known, draft.code, year)
    examined = examine(session, visitor, known, [Typed(year, draft) for draft in drafts], today)
    problems = [problem for _, problem in examined.problems]
    if problems:
        raise _kind_of(problems)(*problems)
    return tuple(Saved(one.change.row.code, one.revision) for one in write(session, visitor, examined.changes))


def examine(session: Session, visitor: Visitor, known: Portfolio, typed: Sequence[Typed], today: date) -> Examined:
    """Say what each of ``typed``, all of them the visitor's to enter, would change; nothing is written."""
    years = {one.year for one in typed}
    gates = {year: gate(session, visitor, year, today) for year in years}
    rows = {one.draft.code: known.figures.rows[one.draft.code] for one in typed}
    history = _history(session, visitor, rows.values(), years)
    departments = [department_record(one) for one in organisations.departments(session, visitor.organisation.id)]
    indicators = {code: known.figures.indicator(code) for code in rows}
    problems: list[tuple[int, Problem]] = []
    changes: list[Change] = []
    for place, one in enumerate(typed):
        row, draft = rows[one.draft.code], one.draft
        stored = history.get((row.id, one.year), [])
        opened = gates[one.year]
        found = _examine(draft, indicators[row.code], stored, departments)
        if not found and _confirms(session, visitor, row, opened, draft):
            found = check(draft, indicators[row.code], stored[0], departments)
        if isinstance(found, list):
            problems += [(place, problem) for problem in found]
            continue
        stages = opened.stages(row.id, draft)
        if isinstance(stages, Problem):
            problems.append((place, stages))
            continue
        method = known.figures.method(row.code, one.year)
        changes.append(Change(place, row, one.year, method, draft, found, stored[0] if stored else None, stages))
    return Examined(tuple(changes), tuple(problems))


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
    session: Session, visitor: Visitor, indicators: Iterable[Indicator], years: Collection[int]
) -> Mapping[tuple[int, int], list[Reading]]:
    """Give the revisions of each value with their parts, latest first, by the number of the indicator and the year."""
    numbers = [one.id for one in indicators]
    rows = measurements.revisions_of(session, visitor.organisation.id, numbers, years)
    found: dict[tuple[int, int], list[Reading]] = {}
    for row, told in zip(rows, with_parts(session, rows), strict=True):
        found.setdefault((row.indicator_id, row.year), []).append(told)
    return found


def _examine(
    draft: Draft, indicator: IndicatorRecord, stored: list[Reading], departments: Sequence[DepartmentRecord]
) -> Entry | list[Problem]:
    """Say what ``draft`` would add; an empty list when it adds nothing."""
    current = stored[0] if stored and stored[0].absence is not Absence.WITHDRAWN else None
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


def _confirms(session: Session, visitor: Visitor, row: Indicator, opened: Gate, draft: Draft) -> bool:
    """Tell whether a value that the end of its campaign left unread is taken up as it is, with a reason."""
    if not (opened.is_shut(row.id) and opened.may_correct and tidy(draft.reason)):
        return False
    last = measurements.current(session, visitor.organisation.id, row.id, opened.year)
    if last is None or last.absence is Absence.WITHDRAWN:
        return False
    way = steps.whole(session, [last.id])
    return not counts(
        opened.campaign, last.recorded_at, is_validated=any(step.stage is Stage.VALIDATED for step in way)
    )


def _stale(draft: Draft, entry: Entry, current: Reading) -> Problem:
    theirs: object = current.value if current.value is not None else current.absence
    mine: object = draft.value.strip() or (draft.precision if entry.value is None else entry.value)
    told = {"author": current.author, "at": current.recorded_at, "theirs": theirs, "mine": mine}
    return Problem(f"{draft.code}:value", ProblemCode.STALE, told)


def _kind_of(problems: list[Problem]) -> type[Invalid]:
    return Conflict if any(problem.code is ProblemCode.STALE for problem in problems) else Invalid


def write(session: Session, visitor: Visitor, changes: Sequence[Change]) -> tuple[Written, ...]:
    """Add a revision for each change, with its steps and its line in the journal.

    What somebody stored at the same moment is looked at one by one: the very same thing is nobody's conflict.

    Raises:
        Conflict: when it is another value.
    """
    # One order for all, so that two pages never wait for each other.
    written = sorted(changes, key=lambda change: (change.row.id, change.year))
    departments = {one.code: one.id for one in organisations.departments(session, visitor.organisation.id)}
    added = [(change, _revision(visitor, change, departments)) for change in written]
    try:
        with session.begin_nested():
            session.add_all(row for _, row in added)
    except IntegrityError:
        added = _add_one_by_one(session, visitor, written, departments)
    for change, row in added:
        _tell(session, visitor, change, row)
    session.flush()
    return tuple(Written(change, row.id, row.revision) for change, row in added)


def _add_one_by_one(
    session: Session, visitor: Visitor, written: Sequence[Change], departments: Mapping[str, int]
) -> list[tuple[Change, Measurement]]:
    added: list[tuple[Change, Measurement]] = []
    problems: list[Problem] = []
    for change in written:
        row = _revision(visitor, change, departments)
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError:
            theirs = measurements.current(session, visitor.organisation.id, change.row.id, change.year)
            if theirs is None:
                raise
            (newest,) = with_parts(session, [theirs])
            if not change.entry.says_the_same_as(newest):
                problems.append(_stale(change.draft, change.entry, newest))
        else:
            added.append((change, row))
    if problems:
        raise Conflict(*problems)
    return added


def _revision(visitor: Visitor, change: Change, departments: Mapping[str, int]) -> Measurement:
    """Make the row of a change; ``departments`` gives the number of each department by its code."""
    entry, newest = change.entry, change.newest
    return Measurement(
        organisation_id=visitor.organisation.id,
        indicator_id=change.row.id,
        year=change.year,
        revision=(newest.revision if newest else 0) + 1,
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


def _tell(session: Session, visitor: Visitor, change: Change, row: Measurement) -> None:
    """Write the steps of a new revision and its line in the journal."""
    reason = tidy(change.draft.reason)
    for position, stage in enumerate(change.stages):
        session.add(
            MeasurementStep(
                measurement_id=row.id,
                position=position,
                stage=stage,
                account_id=visitor.account_id,
                author=visitor.name,
                at=row.recorded_at,
                reason=reason,
            )
        )
    current, entry = change.current, change.entry
    journal.write(
        session,
        JournalAction.VALUE_CORRECTED if current else JournalAction.VALUE_RECORDED,
        organisation_id=visitor.organisation.id,
        actor=visitor.name,
        subject=change.row.code,
        year=change.year,
        before=_told(current, entry) if current else "",
        after=_told(entry, current),
        comment=reason or entry.comment,
    )


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
