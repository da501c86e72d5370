"""The entry grid of a year: what the visitor has to enter, the missing first, with what helps to enter it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound
from tracker.domain.paging import page_count
from tracker.domain.parts import adds_up
from tracker.domain.periods import is_open_year
from tracker.domain.permissions import Permission
from tracker.domain.records import Aim, DepartmentRecord, Reading
from tracker.domain.vocabulary import Axis
from tracker.services.measurements import enterable, refusal, with_parts
from tracker.services.portfolio import Portfolio, portfolio
from tracker.services.records import campaign_record, department_record
from tracker.services.standings import Standing, standings
from tracker.services.visitor import Visitor
from tracker.store.queries import campaigns, measurements, organisations

PAGE = 20


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator to enter: its reading of the year if any, the value of the year before, its target.

    ``standing`` tells how far the value has come in the campaign, None where nothing was ever typed;
    ``departments`` are those that the value can be given by; none on the grid, nor where they do not add up.
    """

    aim: Aim
    reading: Reading | None
    before: Reading | None
    standing: Standing | None = None
    departments: Sequence[DepartmentRecord] = ()

    @property
    def code(self) -> str:
        """Give the indicator's code."""
        return self.aim.indicator.code


@dataclass(frozen=True, slots=True)
class Grid:
    """A page of the rows, and how many there are in all and still missing."""

    rows: Sequence[Row]
    total: int
    missing: int
    pages: int


def grid(session: Session, visitor: Visitor, year: int, axis: Axis | None, page: int, today: date) -> Grid:
    """Give page ``page`` (from 1) of the values that the visitor enters for ``year``, the missing first.

    Raises:
        Forbidden: for a role that enters nothing.
        NotFound: for a year that is not open, or a page that does not exist.
    """
    visitor.require(Permission.ENTER_ASSIGNED)
    if not is_open_year(year, today):
        raise NotFound(year)
    known = portfolio(session, visitor.organisation, with_drafts=True)
    rows = [row for row in _rows(session, known, visitor, year) if axis in {None, row.aim.indicator.axis}]
    rows.sort(key=lambda row: row.reading is not None)
    pages = page_count(len(rows), PAGE, page)
    missing = sum(row.reading is None for row in rows)
    return Grid(rows[(page - 1) * PAGE : page * PAGE], len(rows), missing, pages)


def rows_of(session: Session, visitor: Visitor, year: int, codes: Sequence[str]) -> Sequence[Row]:
    """Give the rows of ``codes`` in that order: a page of the grid as it was sent."""
    known = portfolio(session, visitor.organisation, with_drafts=True)
    rows = {row.code: row for row in _rows(session, known, visitor, year)}
    return [rows[code] for code in codes if code in rows]


def row(session: Session, visitor: Visitor, year: int, code: str, today: date) -> Row:
    """Give one row, by department where the indicator adds up.

    Raises:
        Forbidden: when the indicator is not the visitor's to enter.
        NotFound: when the organisation does not use it, or the year is not open.
    """
    visitor.require(Permission.ENTER_ASSIGNED)
    if not is_open_year(year, today):
        raise NotFound(year)
    known = portfolio(session, visitor.organisation, with_drafts=True)
    for found in _rows(session, known, visitor, year):
        if found.code == code:
            return _by_department(session, visitor, year, known.figures.rows[code].id, found)
    raise refusal(known, code, year)


def _by_department(session: Session, visitor: Visitor, year: int, indicator_id: int, found: Row) -> Row:
    home = visitor.organisation.id
    departments = [department_record(one) for one in organisations.departments(session, home)]
    if not departments or not adds_up(found.aim.indicator):
        return found
    current = measurements.current(session, home, indicator_id, year)
    told = with_parts(session, [current])[0].parts if current else ()
    shown = replace(found.reading, parts=told) if found.reading else None
    return replace(found, reading=shown, departments=departments)


def _rows(session: Session, known: Portfolio, visitor: Visitor, year: int) -> list[Row]:
    aims, rows = known.aims(), known.figures.rows
    campaign = campaigns.by_year(session, visitor.organisation.id, year)
    where = standings(session, visitor.organisation, year, campaign_record(campaign) if campaign else None)
    found = [(aims[code], where.get(rows[code].id)) for code in enterable(known, visitor, year)]
    return [Row(aim, aim.readings.get(year), aim.readings.get(year - 1), standing) for aim, standing in found]
