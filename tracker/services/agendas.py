"""The agenda of a session: services that the rule proposes or that somebody asks for, put on it and taken off it."""

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from tracker.domain.approvals import AgendaReason, Due, SessionState
from tracker.domain.dates import iso_day
from tracker.domain.errors import Conflict, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.permissions import Permission
from tracker.domain.service_problems import ServiceProblem
from tracker.services.access_gaps import free_text
from tracker.services.commission import agenda, due_services, find, note_agenda
from tracker.services.commission_files import known_services
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import AgendaItem, CommissionSession
from tracker.store.queries import commission as stored

NOTE_LIMIT = 500


def add_proposed(session: Session, visitor: Visitor, number: int, chosen: Collection[int]) -> int:
    """Put the chosen services that the rule proposes on the agenda, each with its reasons; give how many.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: when the organisation has no such session.
        Conflict: when its minutes are sealed.
        Invalid: when none was chosen.
    """
    row = _open(session, visitor, number)
    there = {one.service_id for one in _items(session, visitor, row)}
    proposed = due_services(known_services(session, visitor.organisation), row.held_on, number)
    added = [one for one in proposed if one.known.number in chosen and one.known.id not in there]
    if not added:
        raise Invalid(Problem("chosen", ServiceProblem.AGENDA_EMPTY))
    for one in added:
        _put(session, visitor, row, one.known.id, one.reasons, "")
        note_agenda(session, visitor, number, one.known.name, is_listed=True, reason="")
    session.flush()
    return len(added)


def add_asked(session: Session, visitor: Visitor, number: int, service: str, note: str) -> None:
    """Put on the agenda a service that somebody asks for, with why.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: when the organisation has no such session.
        Conflict: when its minutes are sealed.
        Invalid: for a service that there is not or that is there already, or without a reason.
    """
    row = _open(session, visitor, number)
    known = known_services(session, visitor.organisation)
    there = {one.service_id for one in _items(session, visitor, row)}
    typed = Typed()
    found = next((one for one in known.values() if str(one.number) == service), None)
    if found is None:
        typed.refuse("service", ProblemCode.UNKNOWN_CHOICE)
    elif found.id in there:
        typed.refuse("service", ServiceProblem.AGENDA_TWICE)
    written = free_text(typed, "note", note, ServiceProblem.AGENDA_REASON_MISSING, NOTE_LIMIT)
    typed.end()
    assert found is not None  # noqa: S101 - refused above
    _put(session, visitor, row, found.id, (Due(AgendaReason.ASKED),), written)
    note_agenda(session, visitor, number, found.name, is_listed=True, reason=written)
    session.flush()


def remove(session: Session, visitor: Visitor, number: int, service: int) -> None:
    """Take a service off the agenda, as long as nothing was decided of it.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: when the organisation has no such session, or the service is not on its agenda.
        Conflict: when its minutes are sealed, or a decision was taken.
    """
    row = _open(session, visitor, number)
    listed = agenda(session, visitor.organisation, row, known_services(session, visitor.organisation))
    found = next((one for one in listed if one.known.number == service), None)
    if found is None:
        raise NotFound(service)
    if found.decided is not None:
        raise Conflict(Problem("agenda", ServiceProblem.AGENDA_DECIDED))
    session.delete(found.item)
    note_agenda(session, visitor, number, found.known.name, is_listed=False, reason="")
    session.flush()


def _open(session: Session, visitor: Visitor, number: int) -> CommissionSession:
    visitor.require(Permission.KEEP_SERVICES)
    row = find(session, visitor.organisation, number, locked=True)
    if row.state is SessionState.SEALED:
        raise Conflict(Problem("agenda", ServiceProblem.SESSION_SEALED))
    return row


def _items(session: Session, visitor: Visitor, row: CommissionSession) -> Collection[AgendaItem]:
    return [one for one in stored.items(session, visitor.organisation.id) if one.session_id == row.id]


def _put(
    session: Session,
    visitor: Visitor,
    row: CommissionSession,
    service_id: int,
    reasons: tuple[Due, ...],
    note: str,
) -> None:
    session.add(
        AgendaItem(
            organisation_id=visitor.organisation.id,
            session_id=row.id,
            service_id=service_id,
            reasons=[[one.reason.value, iso_day(one.on)] for one in reasons],
            note=note,
            author=visitor.name,
            recorded_at=datetime.now(UTC),
        )
    )
