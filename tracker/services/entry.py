"""The entry grid of a year: what the visitor has to enter, the most urgent first, with what helps to enter it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound
from tracker.domain.paging import page_count
from tracker.domain.parts import adds_up
from tracker.domain.periods import is_open_year
from tracker.domain.permissions import Permission
from tracker.domain.records import Aim, DepartmentRecord, Reading
from tracker.domain.vocabulary import Axis, Stage
from tracker.domain.workflow import CampaignRecord, waits_for_submission
from tracker.services.gates import Gate, gate
from tracker.services.measurements import enterable, refusal, with_parts
from tracker.services.portfolio import Portfolio, as_typed, portfolio, typed_aims
from tracker.services.records import department_record
from tracker.services.standings import Standing, standings
from tracker.services.visitor import Visitor
from tracker.store.queries import campaigns, measurements, organisations

PAGE = 15


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator to enter: its reading of the year if any, the published value of the year before, its target.

    ``standing`` tells how far the value has come in the campaign, None where nothing was ever typed;
    ``departments`` are those that the value can be given by; none on the grid, nor where they do not add up.
    ``is_assigned`` tells whether it is entrusted to the visitor, ``is_shut`` whether the end of the campaign
    keeps it from being typed as a draft, ``until`` the last day on which it was reopened to the visitor.
    """

    aim: Aim
    reading: Reading | None
    before: Reading | None
    standing: Standing | None = None
    departments: Sequence[DepartmentRecord] = ()
    is_assigned: bool = False
    is_shut: bool = False
    until: date | None = None

    @property
    def code(self) -> str:
        """Give the indicator's code."""
        return self.aim.indicator.code

    @property
    def stage(self) -> Stage | None:
        """Give how far the value has come; None where there is none, or where its year has no campaign."""
        return self.standing.stage if self.standing and self.reading is not None else None

    @property
    def waits(self) -> bool:
        """Tell whether the value is still its officer's to submit."""
        return waits_for_submission(self.stage)

    @property
    def is_unread(self) -> bool:
        """Tell whether the end of the campaign left the value, as it was last typed, without a validation."""
        is_typed = self.is_shut and self.reading is not None
        return is_typed and self.standing is not None and not self.standing.is_published

    @property
    def is_to_do(self) -> bool:
        """Tell whether something is expected of the officer: a value, or its submission."""
        return self.reading is None or self.waits


@dataclass(frozen=True, slots=True)
class Sieve:
    """Which rows are asked for: those of an axis, those entrusted to the visitor, those that are still to do."""

    axis: Axis | None = None
    is_mine: bool = False
    is_to_do: bool = False

    def lets(self, row: Row) -> bool:
        """Tell whether ``row`` is asked for."""
        is_of_axis = self.axis in {None, row.aim.indicator.axis}
        return is_of_axis and (row.is_assigned or not self.is_mine) and (row.is_to_do or not self.is_to_do)


@dataclass(frozen=True, slots=True)
class Grid:
    """A page of the rows, all those that were asked for, and the campaign of the year if any."""

    rows: Sequence[Row]
    every: Sequence[Row]
    pages: int
    campaign: CampaignRecord | None

    @property
    def total(self) -> int:
        """Count the rows that were asked for."""
        return len(self.every)

    @property
    def missing(self) -> int:
        """Count those that say nothing of the year."""
        return sum(row.reading is None for row in self.every)

    @property
    def open_missing(self) -> int:
        """Count those that say nothing of the year, and that the visitor can still type."""
        return sum(row.reading is None and not row.is_shut for row in self.every)

    @property
    def is_shut(self) -> bool:
        """Tell whether the end of the campaign keeps every row from being typed as a draft."""
        return all(row.is_shut for row in self.every)

    @property
    def unread(self) -> int:
        """Count those that were never validated before the end of the campaign."""
        return sum(row.is_unread for row in self.every)

    @property
    def waiting(self) -> int:
        """Count those that are typed and not submitted, and still can be."""
        return sum(row.waits and not row.is_shut for row in self.every)


def grid(session: Session, visitor: Visitor, year: int, sieve: Sieve | None, page: int, today: date) -> Grid:
    """Give page ``page`` (from 1) of the values that the visitor enters for ``year``.

    What was returned comes first, then what is missing, the drafts, what is submitted, and what is settled.

    Raises:
        Forbidden: for a role that enters nothing.
        NotFound: for a year that is not open, or a page that does not exist.
    """
    opened, found = _asked(session, visitor, year, today)
    rows = sorted(filter((sieve or Sieve()).lets, found), key=_rank)
    pages = page_count(len(rows), PAGE, page)
    return Grid(rows[(page - 1) * PAGE : page * PAGE], rows, pages, opened.campaign)


def rows_of(session: Session, visitor: Visitor, year: int, codes: Sequence[str], today: date) -> Sequence[Row]:
    """Give the rows of ``codes`` in that order: a page of the grid as it was sent."""
    _, found = _asked(session, visitor, year, today)
    rows = {row.code: row for row in found}
    return [rows[code] for code in codes if code in rows]


def own_drafts(session: Session, visitor: Visitor, year: int, today: date) -> Sequence[Row]:
    """Give the rows that are the visitor's to submit: drafts that are entrusted to them, or that they typed."""
    _, found = _asked(session, visitor, year, today)
    return [row for row in found if row.waits and not row.is_shut and (row.is_assigned or _typed_by(row, visitor))]


def row(session: Session, visitor: Visitor, year: int, code: str, today: date) -> Row:
    """Give one row, by department where the indicator adds up.

    Raises:
        Forbidden: when the indicator is not the visitor's to enter.
        NotFound: when the organisation does not use it, or the year is not open.
    """
    visitor.require(Permission.ENTER_ASSIGNED)
    if not is_open_year(year, today):
        raise NotFound(year)
    shown = portfolio(session, visitor.organisation)
    known = as_typed(session, visitor.organisation, shown)
    for found in _rows(session, shown, known, visitor, gate(session, visitor, year, today), today):
        if found.code == code:
            return _by_department(session, visitor, year, known.figures.rows[code].id, found)
    raise refusal(known, code, year)


def may_undo(row: Row, visitor: Visitor) -> bool:
    """Tell whether the visitor typed the value, and nobody has taken it further since."""
    return (row.stage is None or row.waits) and not row.is_shut and _typed_by(row, visitor)


def _typed_by(row: Row, visitor: Visitor) -> bool:
    """Tell whether the visitor typed the value that is stored."""
    return row.reading is not None and row.standing is not None and visitor.account_id in row.standing.authors


def _asked(session: Session, visitor: Visitor, year: int, today: date) -> tuple[Gate, list[Row]]:
    visitor.require(Permission.ENTER_ASSIGNED)
    if not is_open_year(year, today):
        raise NotFound(year)
    opened = gate(session, visitor, year, today)
    shown = portfolio(session, visitor.organisation)
    known = as_typed(session, visitor.organisation, shown)
    return opened, _rows(session, shown, known, visitor, opened, today)


def _by_department(session: Session, visitor: Visitor, year: int, indicator_id: int, found: Row) -> Row:
    home = visitor.organisation.id
    departments = [department_record(one) for one in organisations.departments(session, home)]
    if not departments or not adds_up(found.aim.indicator):
        return found
    current = measurements.current(session, home, indicator_id, year)
    told = with_parts(session, [current])[0].parts if current else ()
    shown = replace(found.reading, parts=told) if found.reading else None
    return replace(found, reading=shown, departments=departments)


def _rows(
    session: Session, shown: Portfolio, known: Portfolio, visitor: Visitor, opened: Gate, today: date
) -> list[Row]:
    numbers, year = known.figures.rows, opened.year
    aims = typed_aims(shown, known, year)
    where = standings(session, visitor.organisation, year, opened.campaign)
    until = _reopened(session, visitor, opened, today)
    found = []
    for code in enterable(known, visitor, year):
        aim, number = aims[code], numbers[code].id
        found.append(
            Row(
                aim,
                aim.readings.get(year),
                aim.readings.get(year - 1),
                where.get(number),
                is_assigned=number in visitor.assigned,
                is_shut=opened.is_shut(number),
                until=until.get(number),
            )
        )
    return found


def _reopened(session: Session, visitor: Visitor, opened: Gate, today: date) -> Mapping[int, date]:
    """Give the last day of what was reopened to the visitor, by the number of the indicator."""
    row = campaigns.by_year(session, visitor.organisation.id, opened.year) if opened.reopened else None
    found: dict[int, date] = {}
    for one in campaigns.reopenings(session, row.id) if row else ():
        if one.account_id == visitor.account_id and one.until >= today:
            found[one.indicator_id] = max(one.until, found.get(one.indicator_id, one.until))
    return found


_ORDER = {Stage.RETURNED: 0, Stage.DRAFT: 2, Stage.SUBMITTED: 3}


def _rank(row: Row) -> int:
    """Say how urgent a row is: a year without campaign knows what is missing and the rest."""
    if row.reading is None:
        return 1
    return 4 if row.stage is None else _ORDER.get(row.stage, 4)
