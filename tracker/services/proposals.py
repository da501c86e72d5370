"""What a file of values would change: each row held against what is stored, each problem at its cell."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.drafts import Field, ImportedRow, ImportProblem, Parsed, Place
from tracker.domain.entries import Entry
from tracker.domain.errors import AnyProblem, Problem, ProblemCode
from tracker.domain.leftovers import give_way
from tracker.domain.periods import is_open_year
from tracker.domain.permissions import Permission
from tracker.domain.plausibility import Oddity, oddities
from tracker.domain.records import Aim, IndicatorRecord, Reading
from tracker.domain.texts import tidy
from tracker.domain.vocabulary import Absence
from tracker.domain.vocabulary import Collection as Collected
from tracker.services.measurements import Change, Typed, examine
from tracker.services.portfolio import Portfolio, as_typed, portfolio
from tracker.services.records import reading
from tracker.services.visitor import Visitor
from tracker.store.queries import measurements

Seen = Mapping[str, int]
"""The revision of each value by ``CODE:year``, 0 where there was none."""

_TO_COME = "…"  # stands for the reason that the confirmation will ask for


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that a row asks for, its row, its indicator, and what looks odd in it."""

    change: Change
    place: Place
    indicator: IndicatorRecord
    oddities: tuple[Oddity, ...]

    @property
    def is_new(self) -> bool:
        """Tell whether the year has no value yet."""
        return self.change.current is None

    @property
    def is_correction(self) -> bool:
        """Tell whether it corrects a year whose campaign is closed, which wants a reason."""
        return len(self.change.stages) > 1


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file comes to: the changes, odd ones first; the problems in the order of the cells; what stays the same.

    ``seen`` is the revision that each row is held against; ``is_stale`` says that somebody stored another value since.
    """

    proposals: tuple[Proposal, ...]
    problems: tuple[ImportProblem, ...]
    unchanged: int
    seen: Seen
    is_stale: bool

    @property
    def created(self) -> int:
        """Count the values that there were none of."""
        return sum(one.is_new for one in self.proposals)

    @property
    def changed(self) -> int:
        """Count the values that replace another."""
        return len(self.proposals) - self.created

    @property
    def odd(self) -> int:
        """Count the changes that have something to check."""
        return sum(bool(one.oddities) for one in self.proposals)

    @property
    def corrected_years(self) -> tuple[int, ...]:
        """List the years of closed campaigns that it would correct."""
        return tuple(sorted({one.change.year for one in self.proposals if one.is_correction}))


def plan(
    session: Session, visitor: Visitor, parsed: Parsed, today: date, *, seen: Seen | None = None, reason: str = ""
) -> Plan:
    """Hold what was read in a file against what is stored.

    A row is held against the revision that the file itself tells, else the one in ``seen``, else the one of now: what
    is newer than that and says something else is a problem at its cell. ``reason`` says why a closed year is
    corrected; without it the plan is made as if one were given.

    Raises:
        Forbidden: for a role that enters nothing.
    """
    visitor.require(Permission.ENTER_ASSIGNED)
    shown = portfolio(session, visitor.organisation)
    known = as_typed(session, visitor.organisation, shown)
    used = frozenset(known.used())
    problems = list(parsed.problems)
    rows: list[ImportedRow] = []
    for row in parsed.rows:
        problem = _unfit(known, used, visitor, parsed, row, today)
        if problem:
            problems.append(problem)
        else:
            rows.append(row)
    against = _seen(known, rows, seen)
    typed = _typed(session, visitor, known, rows, against, reason)
    examined = examine(session, visitor, known, typed, today)
    problems += [_at_its_cell(parsed, rows[rank], problem) for rank, problem in examined.problems]
    wrong = {rank for rank, _ in examined.problems}
    return Plan(
        proposals=_proposals(shown, rows, examined.changes),
        problems=tuple(sorted(problems, key=lambda one: _order(one.place))),
        unchanged=len(rows) - len(wrong) - len(examined.changes),
        seen=against,
        is_stale=any(problem.code is ProblemCode.STALE for _, problem in examined.problems),
    )


def _unfit(
    known: Portfolio, used: Collection[str], visitor: Visitor, parsed: Parsed, row: ImportedRow, today: date
) -> ImportProblem | None:
    """Say why a row cannot be typed at all by the visitor, at the cell of its year or of its code."""
    code, figures = row.draft.code, known.figures
    if not is_open_year(row.year, today):
        return _problem(parsed, row, Field.YEAR, ProblemCode.YEAR_CLOSED, year=row.year)
    if code not in used:
        return _problem(parsed, row, Field.INDICATOR, ProblemCode.INDICATOR_UNKNOWN, text=code[:40])
    if figures.rows[code].collected_by is Collected.FINDING:
        return _problem(parsed, row, Field.INDICATOR, ProblemCode.INDICATOR_OF_FACTS, text=code)
    if not figures.is_typed(code, row.year):
        return _problem(parsed, row, Field.INDICATOR, ProblemCode.INDICATOR_COMPUTED, text=code, year=row.year)
    if not visitor.may_enter(figures.rows[code].id):
        return _problem(parsed, row, Field.INDICATOR, ProblemCode.INDICATOR_NOT_YOURS, text=code)
    return None


def _problem(parsed: Parsed, row: ImportedRow, field: Field, code: AnyProblem, **values: object) -> ImportProblem:
    return ImportProblem(parsed.place_of(row, field), Problem(field, code, values))


def _key(row: ImportedRow) -> str:
    return f"{row.draft.code}:{row.year}"


def _seen(known: Portfolio, rows: Sequence[ImportedRow], given: Seen | None) -> Seen:
    """Give the revision that each row is held against; the one that the file tells comes first."""
    found: dict[str, int] = {}
    for row in rows:
        stored = _stored(known, row)
        now = stored.revision if stored else 0
        before = now if given is None else given.get(_key(row), 0)
        found[_key(row)] = before if row.seen is None else row.seen
    return found


def _stored(known: Portfolio, row: ImportedRow) -> Reading | None:
    values = known.figures.values.get(row.draft.code)
    return values.readings.get(row.year) if values else None


def _typed(
    session: Session, visitor: Visitor, known: Portfolio, rows: Sequence[ImportedRow], against: Seen, reason: str
) -> list[Typed]:
    """Give what each row types over the revision that it is held against."""
    held = {_key(row): stored for row in rows if (stored := _stored(known, row))}
    behind = [row for row in rows if _key(row) in held and held[_key(row)].revision != against[_key(row)]]
    numbers = {known.figures.rows[row.draft.code].id: row.draft.code for row in behind}
    years = {row.year for row in behind}
    for older in measurements.revisions_of(session, visitor.organisation.id, numbers, years) if behind else ():
        key = f"{numbers[older.indicator_id]}:{older.year}"
        if older.revision == against.get(key):
            held[key] = reading(older)
    said = tidy(reason) or _TO_COME
    return [
        Typed(row.year, replace(give_way(row.draft, held.get(_key(row))), seen=against[_key(row)], reason=said))
        for row in rows
    ]


def _at_its_cell(parsed: Parsed, row: ImportedRow, problem: Problem) -> ImportProblem:
    """Put a problem of the checks at its cell, in the words of a file: nobody can choose on the spot."""
    worded: Mapping[AnyProblem, AnyProblem] = {
        ProblemCode.STALE: ProblemCode.ROW_CHANGED_SINCE if row.seen is None else ProblemCode.ROW_STALE,
        ProblemCode.CAMPAIGN_CLOSED: ProblemCode.ROW_CLOSED,
    }
    code = worded.get(problem.code, problem.code)
    field, values = problem.where.partition(":")[2], dict(problem.values)
    if values.get("mine") in set(Absence):
        values["mine"] = Absence(str(values["mine"]))
    return ImportProblem(parsed.place_of(row, field), Problem(field, code, values))


def _order(place: Place) -> tuple[str, int, int, str]:
    return place.sheet, place.row, len(place.column), place.column


def _proposals(published: Portfolio, rows: Sequence[ImportedRow], changes: Sequence[Change]) -> tuple[Proposal, ...]:
    """Look at each change beside what is published, as if the rest of the file were stored: a series is not odd."""
    aims = published.aims()
    after: dict[str, dict[int, Reading]] = {}
    for change in changes:
        after.setdefault(change.row.code, {})[change.year] = _reading(change)
    shown: dict[str, Aim] = {
        code: replace(aims[code], readings={**aims[code].readings, **readings}) for code, readings in after.items()
    }
    found = [_proposal(shown[change.row.code], rows[change.place].place, change) for change in changes]
    return tuple(sorted(found, key=lambda one: not one.oddities))


def _proposal(aim: Aim, place: Place, change: Change) -> Proposal:
    is_correction = len(change.stages) > 1
    kept = change if is_correction else replace(change, draft=replace(change.draft, reason=""))
    return Proposal(kept, place, aim.indicator, oddities(aim, change.year, change.entry))


def _reading(change: Change) -> Reading:
    """Give an entry as it would be read once stored."""
    entry: Entry = change.entry
    return Reading(
        year=change.year,
        revision=0,
        value=entry.value,
        absence=entry.absence,
        numerator=entry.numerator,
        denominator=entry.denominator,
        quality=entry.quality,
        coverage=entry.coverage,
        source=entry.source,
        comment=entry.comment,
        method=change.method,
    )
