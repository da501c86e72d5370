"""The remits of departments: what each has on its hands, and the pack of its yearly meeting."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.deadlines import Deadline, PlannedAction
from tracker.domain.errors import NotFound
from tracker.domain.permissions import Permission
from tracker.domain.remits import Entrusted, Remit
from tracker.domain.scorecard import Scorecard
from tracker.labels import remits as words
from tracker.labels import say
from tracker.labels.deadlines import deadline_title, lateness
from tracker.reports.meeting import MeetingDeadline, MeetingDossier, MeetingIndicator
from tracker.services import deadlines
from tracker.services.assignments import Holdings, holdings
from tracker.services.portfolio import Portfolio, portfolio
from tracker.services.records import department_record, organisation_record
from tracker.services.scorecards import judged
from tracker.services.visitor import Visitor
from tracker.store.models import Department
from tracker.store.queries import accounts, organisations


@dataclass(frozen=True, slots=True)
class _Whole:
    """What the remits of all departments are cut from, gathered once."""

    visitor: Visitor
    known: Portfolio
    card: Scorecard
    held: Holdings
    planned: Sequence[PlannedAction]
    due: Sequence[Deadline]


def remits(session: Session, visitor: Visitor, year: int, today: date) -> Sequence[Remit]:
    """Give the remit of every department, the visitor's own first, then in their order.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a year that cannot have values.
    """
    whole = _whole(session, visitor, year, today)
    mine = own(session, visitor)
    rows = organisations.departments(session, visitor.organisation.id)
    return [_remit(whole, row) for row in sorted(rows, key=lambda row: row.code != mine)]


def remit(session: Session, visitor: Visitor, code: str, year: int, today: date) -> Remit:
    """Give the remit of one department.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a year that cannot have values, or a department that is not of the organisation.
    """
    visitor.require(Permission.READ)
    row = department(session, visitor, code)
    return _remit(_whole(session, visitor, year, today), row)


def meeting_pack(session: Session, visitor: Visitor, code: str, year: int, today: date) -> MeetingDossier:
    """Gather what the yearly meeting with a department has on the table.

    Raises:
        Forbidden, NotFound: as `remit` does.
    """
    found = remit(session, visitor, code, year, today)
    titles = {one.code: say(one.title) for one in portfolio(session, visitor.organisation).commitments}
    return MeetingDossier(
        organisation=found.organisation,
        department=code,
        year=year,
        as_of=today,
        departments=deadlines.names(session, visitor.organisation),
        commitments=titles,
        actions=tuple(one.action for one in (*found.led, *found.contributed)),
        indicators=tuple(
            MeetingIndicator(say(one.indicator.name), words.entrusted_phrase(one, year)) for one in found.entrusted
        ),
        deadlines=tuple(MeetingDeadline(one.on, _told(one, today)) for one in found.deadlines),
    )


def own(session: Session, visitor: Visitor) -> str:
    """Give the code of the department that the visitor works for here, empty for none."""
    grant = accounts.grant(session, visitor.account_id, visitor.organisation.id)
    mine = grant.department_id if grant else None
    rows = organisations.departments(session, visitor.organisation.id) if mine else ()
    return next((row.code for row in rows if row.id == mine), "")


def department(session: Session, visitor: Visitor, code: str) -> Department:
    """Find a department of the visitor's organisation.

    Raises:
        NotFound: when there is none of that code.
    """
    for row in organisations.departments(session, visitor.organisation.id):
        if row.code == code:
            return row
    raise NotFound(code)


def _told(deadline: Deadline, today: date) -> str:
    return ", ".join(filter(None, (deadline_title(deadline), lateness(deadline.on, today))))


def _whole(session: Session, visitor: Visitor, year: int, today: date) -> _Whole:
    known, card = judged(session, visitor, year, today)
    home = visitor.organisation
    planned = deadlines.planned_actions(session, home)
    due = deadlines.deadlines(session, home, today, planned)
    return _Whole(visitor, known, card, holdings(session, home), planned, due)


def _remit(whole: _Whole, row: Department) -> Remit:
    code = row.code
    return Remit(
        organisation=organisation_record(whole.visitor.organisation),
        department=department_record(row),
        year=whole.card.year,
        today=whole.card.today,
        led=tuple(one for one in whole.planned if one.action.lead == code),
        contributed=tuple(one for one in whole.planned if code in one.departments and one.action.lead != code),
        entrusted=tuple(_entrusted(whole, row)),
        cards=tuple(card for card in whole.card.cards if card.commitment.owner == code),
        deadlines=tuple(one for one in whole.due if one.is_of(code)),
    )


def _entrusted(whole: _Whole, row: Department) -> Iterator[Entrusted]:
    """Give the indicators entrusted to a department or to somebody who works for it, in the catalogue's order."""
    held, figures, year = whole.held, whole.known.figures, whole.card.year
    inside = {one.account_id for one in held.people if one.department_id == row.id}
    for code, aim in whole.known.aims().items():
        holders = held.of(figures.rows[code].id)
        if any(one.number == row.id if one.is_department else one.number in inside for one in holders):
            yield Entrusted(
                aim.indicator, aim.readings.get(year), aim.last_before(year), is_typed=figures.is_typed(code, year)
            )
