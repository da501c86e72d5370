"""The register of equipment: the estate in one reading, its lines filtered and by page, one with its history."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from tracker.domain.equipment_words import compared
from tracker.domain.errors import NotFound
from tracker.domain.estate import EquipmentCategory, EquipmentOrigin, EquipmentRecord, EquipmentState
from tracker.domain.estate_counts import CategoryCount, EstateReading
from tracker.domain.journal_actions import JournalAction
from tracker.domain.paging import page_count
from tracker.domain.permissions import Permission
from tracker.domain.texts import tidy
from tracker.labels import word
from tracker.services.equipment_rows import record_of
from tracker.services.visitor import Visitor
from tracker.store.models import Department, Equipment, JournalEntry, Organisation
from tracker.store.queries import equipment as stored
from tracker.store.queries import journal, organisations
from tracker.store.queries.equipment import CONTENT, Sought, Wanted
from tracker.store.session import kept

PAGE = 20
MOST_WORDS = 5
SHOWN = 30
NO_DEPARTMENT = "-"
"""Stands for a department where one asks for what none has."""
WHOLE = "parc"
"""What the journal names where many lines changed at once."""
LINES = (JournalAction.EQUIPMENT_ADDED, JournalAction.EQUIPMENT_CHANGED)
SHARED = (*LINES, JournalAction.EQUIPMENT_IMPORTED)


@dataclass(frozen=True, slots=True)
class EstateFilter:
    """What the register is narrowed to; None or empty for all. ``department`` is a code, or `NO_DEPARTMENT`."""

    category: EquipmentCategory | None = None
    state: EquipmentState | None = None
    origin: EquipmentOrigin | None = None
    department: str = ""
    words: str = ""

    @property
    def is_all(self) -> bool:
        """Tell whether it lets everything through."""
        return self == EstateFilter()


@dataclass(frozen=True, slots=True)
class EstateLine:
    """A line of the register: the number and the version of a row, and what it says."""

    number: int
    version: int
    record: EquipmentRecord


@dataclass(frozen=True, slots=True)
class EstatePage:
    """A page of the register: its lines, how many lines and pieces answer the filter, how many pages they make."""

    reading: EstateReading
    lines: Sequence[EstateLine]
    total: int
    pieces: int
    pages: int
    departments: Sequence[Department]


@dataclass(frozen=True, slots=True)
class EquipmentSheet:
    """One line with what its inventory said of it, who wrote it last, and what the journal tells, latest first."""

    line: EstateLine
    department: Department | None
    read_category: str
    read_state: str
    seen_on: date | None
    author: str
    recorded_at: datetime
    history: Sequence[JournalEntry]


def overview(session: Session, visitor: Visitor, wanted: EstateFilter, page: int, today: date) -> EstatePage:
    """Give page ``page`` (from 1) of the equipment that answers ``wanted``, and the whole estate in one reading.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a page that does not exist.
    """
    visitor.require(Permission.READ)
    home = visitor.organisation
    known = organisations.departments(session, home.id)
    narrowed = narrow(wanted, known)
    lines, pieces = stored.total(session, home.id, narrowed)
    pages = page_count(lines, PAGE, page)
    rows = stored.page(session, home.id, narrowed, skip=(page - 1) * PAGE, limit=PAGE)
    codes = {row.id: row.code for row in known}
    return EstatePage(
        reading=reading(session, home, today.year),
        lines=[line_of(row, codes) for row in rows],
        total=lines,
        pieces=pieces,
        pages=pages,
        departments=known,
    )


def everything(session: Session, visitor: Visitor, wanted: EstateFilter) -> Iterator[EstateLine]:
    """Read all the equipment that answers ``wanted``, the first recorded first; nothing is held of it.

    Raises:
        Forbidden: without the right to read.
    """
    visitor.require(Permission.READ)
    known = organisations.departments(session, visitor.organisation.id)
    codes = {row.id: row.code for row in known}
    rows = stored.everything(session, visitor.organisation.id, narrow(wanted, known))
    return (line_of(row, codes) for row in rows)


def departments(session: Session, visitor: Visitor) -> Sequence[Department]:
    """List the departments that equipment may be of.

    Raises:
        Forbidden: without the right to read.
    """
    visitor.require(Permission.READ)
    return organisations.departments(session, visitor.organisation.id)


def reading(session: Session, organisation: Organisation, year: int) -> EstateReading:
    """Count the estate of an organisation, once a process for all readers as long as its stamp stays the same."""
    shared = kept(session)
    if shared is None:
        return _counted(session, organisation, year)
    key = (EstateReading, organisation.id, year)
    return shared.get(key, organisation.stamp, lambda: _counted(session, organisation, year))


def sheet(session: Session, visitor: Visitor, number: int) -> EquipmentSheet:
    """Give one line of the register with its history.

    Raises:
        Forbidden: without the right to read.
        NotFound: when the organisation has no such line.
    """
    visitor.require(Permission.READ)
    home = visitor.organisation.id
    row = stored.row(session, home, number)
    if row is None:
        raise NotFound(number)
    known = {one.id: one for one in organisations.departments(session, home)}
    return EquipmentSheet(
        line=line_of_row(row, {one.id: one.code for one in known.values()}),
        department=known.get(row.department_id or 0),
        read_category=row.read_category,
        read_state=row.read_state,
        seen_on=row.seen_on,
        author=row.author,
        recorded_at=row.recorded_at,
        history=_history(session, home, row),
    )


def narrow(wanted: EstateFilter, known: Sequence[Department]) -> Wanted:
    """Give a filter as the store reads it; a department that does not exist lets everything through."""
    numbers = {row.code: row.id for row in known} | {NO_DEPARTMENT: 0}
    return Wanted(
        category=wanted.category,
        state=wanted.state,
        origin=wanted.origin,
        department_id=numbers.get(wanted.department),
        words=tuple(_sought(one) for one in tidy(wanted.words).split()[:MOST_WORDS]),
    )


def _sought(written: str) -> Sought:
    """Give a word with the categories whose name has it: « ecran » is found in « écran »."""
    asked = compared(written)
    return Sought(written, frozenset(one for one in EquipmentCategory if asked in compared(word(one))))


def line_of(row: Row[Any], codes: Mapping[int, str]) -> EstateLine:
    """Give a row of ``queries.equipment.COLUMNS`` as a plain value; ``codes`` are the departments' by their numbers."""
    number, version, department_id, *told = tuple[Any, ...](row)
    content = dict(zip(CONTENT, told, strict=True))
    return EstateLine(number, version, EquipmentRecord(**content, department=codes.get(department_id, "")))


def line_of_row(row: Equipment, codes: Mapping[int, str]) -> EstateLine:
    """Give a whole row as a plain value."""
    return EstateLine(row.id, row.version, record_of(row, codes.get(row.department_id or 0, "")))


def subject_of(number: int) -> str:
    """Name a line of the register in the journal."""
    return f"parc-{number}"


def _history(session: Session, home: int, row: Equipment) -> Sequence[JournalEntry]:
    """List the lines about one row, and the one that tells its last change where that was of many rows at once."""
    own = journal.about(session, home, LINES, subject_of(row.id), None, SHOWN)
    shared = journal.at_moment(session, home, SHARED, row.recorded_at)
    rest = [one for one in shared if one.id not in {line.id for line in own}]
    return sorted([*own, *rest], key=lambda line: line.id, reverse=True)


def _counted(session: Session, organisation: Organisation, year: int) -> EstateReading:
    found: dict[EquipmentCategory, dict[EquipmentState, int]] = {}
    rows = stored.counts(session, organisation.id, date(year, 1, 1), date(year, 12, 31))
    for one in rows:
        found.setdefault(one.category, {})[one.state] = one.pieces
    return EstateReading(
        year=year,
        categories=tuple(CategoryCount(one, found[one]) for one in EquipmentCategory if one in found),
        retired_this_year=sum(one.retired for one in rows),
        dated=sum(one.dated for one in rows if one.state is not EquipmentState.LEFT_OUT),
    )
