"""The order of an authority's report: sections moved, hidden and shown, for every year until they are moved again."""

from sqlalchemy.orm import Session

from tracker.domain.errors import Conflict, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.permissions import Permission
from tracker.domain.report_order import Move, Order, Position, arranged, moved, told
from tracker.reports.outline import OUTLINE
from tracker.services.decisions import add, tell
from tracker.services.visitor import Visitor
from tracker.store.models import Organisation, ReportPlace
from tracker.store.queries import report_texts as stored

SECTIONS = {section.code: section for section in OUTLINE}
"""The sections by their code."""


def order(session: Session, organisation: Organisation) -> Order:
    """Give every section in the order of the organisation, hidden ones too."""
    rows = stored.places(session, organisation.id)
    return arranged(tuple(SECTIONS), {row.section: (row.rank, row.is_hidden) for row in rows})


def arrange(session: Session, visitor: Visitor, section: str, move: str, seen: str) -> bool:
    """Move, hide or show a section; ``seen`` is the order that was on the screen. False when nothing changes.

    Raises:
        Forbidden: without the right to write the report.
        NotFound: when there is no such section.
        Invalid: for something else than a move.
        Conflict: when the order has changed since the page was opened.
    """
    visitor.require(Permission.WRITE_REPORT)
    if section not in SECTIONS:
        raise NotFound(section)
    if move not in set(Move):
        raise Invalid(Problem("move", ProblemCode.UNKNOWN_CHOICE))
    rows = {row.section: row for row in stored.places(session, visitor.organisation.id, locked=True)}
    before = order(session, visitor.organisation)
    after = moved(before, section, Move(move))
    if told(before) != seen:
        raise Conflict(_stale())
    if after == before:
        return False
    for rank, one in enumerate(after, 1):
        _place(session, visitor, rows.get(one.section), one, rank)
    session.flush()
    title = SECTIONS[section].title
    tell(session, visitor, JournalAction.REPORT_ARRANGED, title, _told(before, section), _told(after, section))
    return True


def _place(session: Session, visitor: Visitor, row: ReportPlace | None, one: Position, rank: int) -> None:
    if row is None:
        made = ReportPlace(
            organisation_id=visitor.organisation.id, section=one.section, rank=rank, is_hidden=one.is_hidden
        )
        add(session, made, _stale)
        return
    row.rank, row.is_hidden = rank, one.is_hidden


def _told(found: Order, section: str) -> dict[str, str]:
    """Write where a section stands, for the journal."""
    rank, one = next((rank, one) for rank, one in enumerate(found, 1) if one.section == section)
    return {"rank": str(rank), "is_hidden": "1" if one.is_hidden else "0"}


def _stale() -> Problem:
    return Problem("order", ProblemCode.REPORT_ORDER_STALE)
