"""Assignments: to whom each indicator is entrusted, a department or a person, and changing it one by one or in bulk."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.errors import Conflict, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.paging import page_count
from tracker.domain.periods import is_open_year
from tracker.domain.permissions import Permission, may
from tracker.domain.records import IndicatorRecord
from tracker.domain.vocabulary import Axis, Role
from tracker.services import journal
from tracker.services.portfolio import Portfolio, portfolio
from tracker.services.visitor import Visitor
from tracker.store.models import Assignment, Department, Organisation
from tracker.store.queries import accounts, assignments, organisations

PAGE = 25
DEPARTMENT, PERSON = "s", "p"


@dataclass(frozen=True, slots=True)
class Holder:
    """A department or a person that indicators are entrusted to; ``key`` names it in a form."""

    key: str
    name: str
    is_department: bool
    number: int


@dataclass(frozen=True, slots=True)
class Person:
    """An account that may enter values, and the department it works for."""

    account_id: int
    name: str
    email: str
    role: Role
    department_id: int | None


@dataclass(frozen=True, slots=True)
class Holdings:
    """Who may hold indicators in an organisation, and who holds which, by the number of the indicator."""

    departments: tuple[Holder, ...]
    people: tuple[Person, ...]
    by_indicator: Mapping[int, tuple[Holder, ...]]

    @property
    def holders(self) -> Mapping[str, Holder]:
        """Give everyone that an indicator can be entrusted to, departments first, by key."""
        return {one.key: one for one in (*self.departments, *map(_as_holder, self.people))}

    def of(self, indicator_id: int) -> tuple[Holder, ...]:
        """List who holds an indicator, departments first."""
        return self.by_indicator.get(indicator_id, ())

    def people_of(self, indicator_id: int) -> tuple[Person, ...]:
        """List the people who owe the values of an indicator: its holders, and those of its departments."""
        held = self.of(indicator_id)
        inside = {one.number for one in held if one.is_department}
        named = {one.number for one in held if not one.is_department}
        return tuple(one for one in self.people if one.account_id in named or one.department_id in inside)


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator that is typed in the year, and who holds it."""

    indicator: IndicatorRecord
    holders: tuple[Holder, ...]
    people: tuple[Person, ...]

    @property
    def seen(self) -> str:
        """Name its holders, as a page sends them back."""
        return told(self.holders)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the indicators to entrust, how many there are in all, and how many nobody holds.

    ``digest`` is a mark of the holders of all the lines, for what changes them at once.
    """

    lines: Sequence[Line]
    total: int
    unheld: int
    pages: int
    holdings: Holdings
    digest: str


@dataclass(frozen=True, slots=True)
class Entrusting:
    """What was asked: the holder's key ("" for nobody), beside the holders there are or instead of them.

    ``seen`` gives the holders that were on the screen for each code chosen; ``whole`` asks for every indicator of the
    axis shown, whose mark was ``digest``, or for every one that nobody holds.
    """

    holder: str | None
    seen: Mapping[str, str]
    is_added: bool = False
    whole: str = ""
    digest: str = ""


def holdings(session: Session, organisation: Organisation) -> Holdings:
    """Give who holds what in ``organisation``; three queries for all."""
    departments = organisations.departments(session, organisation.id)
    people = tuple(
        Person(account.id, account.name, account.email, grant.role, grant.department_id)
        for account, grant in accounts.of_organisation(session, organisation.id)
        if may(grant.role, Permission.ENTER_ASSIGNED)
    )
    by_department = {row.id: _department(row) for row in departments}
    by_account = {one.account_id: _as_holder(one) for one in people}
    found: dict[int, list[Holder]] = {}
    for row in assignments.of_organisation(session, organisation.id):
        holder = by_account.get(row.account_id) if row.account_id else by_department.get(row.department_id or 0)
        if holder is not None:  # an account that was closed, or may no longer enter, holds nothing
            found.setdefault(row.indicator_id, []).append(holder)
    return Holdings(tuple(by_department.values()), people, {key: tuple(held) for key, held in found.items()})


def sheet(session: Session, visitor: Visitor, year: int, axis: Axis | None, page: int, today: date) -> Sheet:
    """Give page ``page`` (from 1) of the indicators that are typed in ``year``, with their holders.

    Raises:
        Forbidden: without the right to run campaigns.
        NotFound: for a year that is not open, or a page that does not exist.
    """
    visitor.require(Permission.RUN_CAMPAIGN)
    if not is_open_year(year, today):
        raise NotFound(year)
    known = portfolio(session, visitor.organisation, with_drafts=True)
    held = holdings(session, visitor.organisation)
    lines = [line for line in _lines(known, held, year).values() if axis in {None, line.indicator.axis}]
    pages = page_count(len(lines), PAGE, page)
    shown = lines[(page - 1) * PAGE : page * PAGE]
    return Sheet(shown, len(lines), sum(not line.holders for line in lines), pages, held, _digest(lines))


def entrust(
    session: Session, visitor: Visitor, year: int, axis: Axis | None, asked: Entrusting, today: date
) -> Sequence[str]:
    """Change the holders of what was asked, all or nothing; give the codes of the indicators that changed hands.

    Raises:
        Forbidden: without the right to run campaigns.
        NotFound: for a year that is not open.
        Conflict: when somebody else changed one of them meanwhile.
        Invalid: when nothing is chosen, or the holder is not of the organisation.
    """
    visitor.require(Permission.RUN_CAMPAIGN)
    if not is_open_year(year, today):
        raise NotFound(year)
    # Two at once on PostgreSQL: one after the other. The key of the organisation stays free for others to point to.
    session.refresh(visitor.organisation, with_for_update={"key_share": True})
    known = portfolio(session, visitor.organisation, with_drafts=True)
    held = holdings(session, visitor.organisation)
    lines = _lines(known, held, year)
    holder = _holder(held, asked.holder)
    wanted = {code: _wanted(line, holder, asked) for code, line in _chosen(lines, axis, asked).items()}
    changed = {code: holders for code, holders in wanted.items() if holders != lines[code].holders}
    stale = [code for code in changed if code in asked.seen and asked.seen[code] != lines[code].seen]
    if stale:
        raise Conflict(*(_changed(lines[code]) for code in stale))
    _write(session, visitor, known, lines, changed)
    return tuple(changed)


def _chosen(lines: Mapping[str, Line], axis: Axis | None, asked: Entrusting) -> Mapping[str, Line]:
    if asked.whole == "unheld":
        return {code: line for code, line in lines.items() if not line.holders}
    if asked.whole == "axis" and axis is not None:
        of_axis = {code: line for code, line in lines.items() if line.indicator.axis is axis}
        if _digest(of_axis.values()) != asked.digest:
            raise Conflict(Problem("holder", ProblemCode.CHANGED_SINCE_SHOWN))
        return of_axis
    chosen = {code: lines[code] for code in asked.seen if code in lines}
    if not chosen:
        raise Invalid(Problem("chosen", ProblemCode.NOTHING_CHOSEN))
    return chosen


def _holder(held: Holdings, key: str | None) -> Holder | None:
    """Give the holder named by ``key``, None for nobody.

    Raises:
        Invalid: when nothing was chosen, or nobody here has that name.
    """
    if key is None:
        raise Invalid(Problem("holder", ProblemCode.HOLDER_MISSING))
    if key and key not in held.holders:
        raise Invalid(Problem("holder", ProblemCode.UNKNOWN_CHOICE))
    return held.holders.get(key)


def _wanted(line: Line, holder: Holder | None, asked: Entrusting) -> tuple[Holder, ...]:
    """Give the holders after the change, departments first; one department at most."""
    if holder is None:
        return ()
    kept = [one for one in line.holders if one != holder] if asked.is_added else []
    if holder.is_department:
        return (holder, *(one for one in kept if not one.is_department))
    return (*kept, holder)


def _write(
    session: Session,
    visitor: Visitor,
    known: Portfolio,
    lines: Mapping[str, Line],
    changed: Mapping[str, tuple[Holder, ...]],
) -> None:
    rows, home = known.figures.rows, visitor.organisation.id
    assignments.remove(session, home, [rows[code].id for code in changed])
    for code, holders in changed.items():
        for one in holders:
            given = {"department_id": one.number} if one.is_department else {"account_id": one.number}
            session.add(Assignment(organisation_id=home, indicator_id=rows[code].id, **given))
        journal.write(
            session,
            JournalAction.ASSIGNMENT_CHANGED,
            organisation_id=home,
            actor=visitor.name,
            subject=code,
            before=named(lines[code].holders),
            after=named(holders),
        )
    session.flush()


def named(holders: Sequence[Holder]) -> str:
    """Name holders one after the other, empty for nobody."""
    return ", ".join(one.name for one in holders)


def told(holders: Sequence[Holder]) -> str:
    """Name holders by their keys, as a form sends them back."""
    return " ".join(one.key for one in holders)


def _changed(line: Line) -> Problem:
    values = {"name": line.indicator.code, "theirs": named(line.holders) or "–"}
    return Problem(f"{line.indicator.code}:holder", ProblemCode.HOLDER_CHANGED, values)


def _lines(known: Portfolio, held: Holdings, year: int) -> Mapping[str, Line]:
    found = {}
    for code in typed_in(known, year):
        number = known.figures.rows[code].id
        found[code] = Line(known.figures.indicator(code), held.of(number), held.people_of(number))
    return found


def typed_in(known: Portfolio, year: int) -> Sequence[str]:
    """List the codes of the indicators whose value of ``year`` somebody has to type."""
    return [code for code in known.used() if known.figures.is_typed(code, year)]


def _digest(lines: Collection[Line]) -> str:
    told_lines = "\n".join(f"{line.indicator.code} {line.seen}" for line in lines)
    return hashlib.sha256(told_lines.encode()).hexdigest()[:16]


def _department(row: Department) -> Holder:
    return Holder(f"{DEPARTMENT}{row.id}", row.name, is_department=True, number=row.id)


def _as_holder(person: Person) -> Holder:
    return Holder(f"{PERSON}{person.account_id}", person.name, is_department=False, number=person.account_id)
