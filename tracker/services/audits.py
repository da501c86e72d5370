"""Audits of a digital service: listed with the legal state that they give, and read one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.digital_services import ServiceState
from tracker.domain.errors import NotFound
from tracker.domain.journal_actions import JournalAction
from tracker.domain.permissions import Permission
from tracker.domain.rgaa import AuditRecord, Standing, Validity, foreseen, standing
from tracker.services.audit_rows import AuditView, subject_of, view_of
from tracker.services.digital_services import ServiceView
from tracker.services.service_rows import audit_record, audits_of, rgaa_versions
from tracker.services.visitor import Visitor
from tracker.store.models import Audit, DigitalService, JournalEntry
from tracker.store.queries import accessibility, digital_services, journal
from tracker.store.queries import audits as stored

SHOWN, LATEST = 30, 3
LINES = (JournalAction.AUDIT_ADDED, JournalAction.AUDIT_CHANGED)


@dataclass(frozen=True, slots=True)
class ServiceAudits:
    """The audits of a service, latest first, its legal state, and how long the one that it rests on would count.

    ``supposed_on`` is the day that the next version of the RGAA is supposed to come out, ``then`` what it would change.
    """

    service: DigitalService
    audits: Sequence[AuditView]
    standing: Standing
    supposed_on: date
    then: Validity | None


@dataclass(frozen=True, slots=True)
class AuditSheet:
    """One audit of a service, and what the journal tells of it, latest first."""

    service: DigitalService
    audit: AuditView
    history: Sequence[JournalEntry]


def listed(
    session: Session, visitor: Visitor, service: int, today: date, supposed_on: date | None = None
) -> ServiceAudits:
    """List the audits of a service, those that were withdrawn too.

    ``supposed_on`` is the day that one supposes for the next version of the RGAA, today where nobody does.

    Raises:
        Forbidden: without the right to read.
        NotFound: when the organisation has no such service.
    """
    visitor.require(Permission.READ)
    home = service_of(session, visitor, service)
    rows = stored.of_service(session, home.id)
    dated = _dated(session, home, rows)
    records = list(dated.values())
    state = standing(records, rgaa_versions(), home.redesigned_on, today)
    supposed = supposed_on or today
    then = None
    if state.audit is not None and state.validity is not None:
        then = foreseen(state.audit, rgaa_versions(), home.redesigned_on, supposed)
    views = [view_of(row, home, dated.get(row.id) or audit_record(row)) for row in rows]
    return ServiceAudits(home, views, state, supposed, then)


def panel(session: Session, visitor: Visitor, view: ServiceView, today: date) -> Sequence[AuditView] | None:
    """List the latest audits of a service that count, for its page; None for one in project that has none.

    Raises:
        Forbidden: without the right to read.
    """
    found = [one for one in listed(session, visitor, view.number, today).audits if not one.is_withdrawn]
    return None if view.record.state is ServiceState.PROJECT and not found else found[:LATEST]


def sheet(session: Session, visitor: Visitor, service: int, number: int) -> AuditSheet:
    """Give one audit of a service.

    Raises:
        Forbidden: without the right to read.
        NotFound: when the service has no such audit.
    """
    visitor.require(Permission.READ)
    home = service_of(session, visitor, service)
    rows = stored.of_service(session, home.id)
    row = next((one for one in rows if one.number == number), None)
    if row is None:
        raise NotFound(number)
    subject = subject_of(service, number)
    history = journal.about(session, visitor.organisation.id, LINES, subject, None, SHOWN)
    record = _dated(session, home, rows).get(row.id) or audit_record(row)
    return AuditSheet(home, view_of(row, home, record), history)


def service_of(session: Session, visitor: Visitor, number: int, *, locked: bool = False) -> DigitalService:
    """Find a service of the visitor's organisation; ``locked`` keeps others from changing it meanwhile.

    Raises:
        NotFound: when the organisation has no such service.
    """
    row = digital_services.row(session, visitor.organisation.id, number, locked=locked)
    if row is None:
        raise NotFound(number)
    return row


def _dated(session: Session, home: DigitalService, rows: Sequence[Audit]) -> Mapping[int, AuditRecord]:
    """Give those of ``rows`` that count, by the numbers of theirs, each with the day of its statement."""
    counting = sorted((row for row in rows if not row.is_withdrawn), key=lambda row: (row.audited_on, row.id))
    recorded = accessibility.statements(session, home.organisation_id, home.id)
    return {row.id: one for row, one in zip(counting, audits_of(home, counting, recorded), strict=True)}
