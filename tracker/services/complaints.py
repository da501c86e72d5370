"""Complaints about accessibility that are recorded and answered; nothing of who wrote is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from tracker.domain.complaints import Complaint, ComplaintOutcome, PersonalTrace, personal_trace
from tracker.domain.dates import iso_day
from tracker.domain.errors import NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.periods import FIRST_YEAR
from tracker.domain.permissions import Permission
from tracker.domain.service_problems import ServiceProblem
from tracker.services.accessibility import complaint_record
from tracker.services.contacts import nameless
from tracker.services.decisions import Told, stale_fields, tell
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store import models
from tracker.store.models import Organisation
from tracker.store.queries import accessibility as stored
from tracker.store.queries import digital_services

SUBJECT_LIMIT = 500
_TRACES: Mapping[PersonalTrace, ServiceProblem] = {
    PersonalTrace.MAIL: ServiceProblem.COMPLAINT_NAMES_MAIL,
    PersonalTrace.TELEPHONE: ServiceProblem.COMPLAINT_NAMES_TELEPHONE,
}
_FIELDS: Mapping[str, str] = {"number": "service", "complaint_outcome": "outcome"}
"""The field of the form that a word of the journal stands for, where they are not the same."""


@dataclass(frozen=True, slots=True)
class ComplaintDraft:
    """What was typed of a complaint; ``service`` is a number, ``seen`` the version on the screen, 0 for a new one."""

    service: str = ""
    received_on: str = ""
    subject: str = ""
    answered_on: str = ""
    outcome: str = ""
    seen: int = 0


def unanswered(session: Session, organisation: Organisation) -> tuple[Sequence[Complaint], Mapping[int, str]]:
    """List the complaints that wait for an answer, and the department of each service that they are about."""
    rows = stored.unanswered(session, organisation.id)
    owners = {service.number: code for _, service, code in rows if code}
    return [complaint_record(row, service.number) for row, service, _ in rows], owners


def write(session: Session, visitor: Visitor, number: int | None, draft: ComplaintDraft, today: date) -> bool:
    """Write a complaint, a new one without ``number``. False when it says what is stored already.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: when the organisation has no such complaint.
        Conflict: when somebody changed it meanwhile.
        Invalid: for what cannot be read, what is to come, and what gives a person away.
    """
    visitor.require(Permission.KEEP_SERVICES)
    home = visitor.organisation.id
    row = stored.complaint(session, home, number, locked=True) if number is not None else None
    if number is not None and row is None:
        raise NotFound(number)
    services = {one.number: one.id for one in digital_services.everything(session, home)}
    typed = Typed()
    read = _read(typed, draft, services, today)
    before: Told = {}
    if row is not None:
        before = _told(complaint_record(row, next(one for one, key in services.items() if key == row.service_id)))
        if before != _told(read) and draft.seen != row.version:
            raise stale_fields(row.author, before, _told(read), typed.problems, _FIELDS)
    typed.end()
    after = _told(read)
    if before == after:
        return False
    if row is None:
        number = stored.next_complaint(session, home)
        row = models.AccessComplaint(organisation_id=home, number=number, version=0)
        session.add(row)
    row.service_id, row.received_on, row.subject = services[read.service], read.received_on, read.subject
    row.answered_on, row.outcome = read.answered_on, read.outcome
    row.version += 1
    row.author, row.recorded_at = visitor.name, datetime.now(UTC)
    tell(session, visitor, JournalAction.COMPLAINT_SET, f"reclamation-{row.number}", before, after)
    session.flush()
    return True


def _read(typed: Typed, draft: ComplaintDraft, services: Mapping[int, int], today: date) -> Complaint:
    service = int(draft.service) if draft.service.isascii() and draft.service.isdigit() else 0
    if service not in services:
        typed.refuse("service", ServiceProblem.COMPLAINT_SERVICE_MISSING)
    received = typed.any_day("received_on", draft.received_on, ServiceProblem.COMPLAINT_DAY_MISSING)
    answered = typed.any_day("answered_on", draft.answered_on)
    for where, on in (("received_on", received), ("answered_on", answered)):
        if on is not None and on > today:
            typed.refuse(where, ProblemCode.EQUIPMENT_DAY_TO_COME, on=on)
        elif on is not None and on.year < FIRST_YEAR:
            typed.refuse(where, ProblemCode.DATE_TOO_OLD, year=FIRST_YEAR)
    if received is not None and answered is not None and answered < received:
        typed.refuse("answered_on", ServiceProblem.ANSWER_TOO_EARLY, on=received)
    trace = personal_trace(draft.subject)
    if trace is not None:
        typed.refuse("subject", _TRACES[trace])
    subject = nameless(typed, "subject", draft.subject, SUBJECT_LIMIT, ServiceProblem.COMPLAINT_SUBJECT_MISSING)
    return Complaint(0, service, received or today, subject, answered, _outcome(typed, draft))


def _outcome(typed: Typed, draft: ComplaintDraft) -> ComplaintOutcome | None:
    """Read what the complaint came to: an answer has an outcome, and nothing else has one."""
    if not draft.answered_on.strip():
        typed.unwanted(("outcome", draft.outcome))
        return None
    if not draft.outcome:
        typed.refuse("outcome", ServiceProblem.COMPLAINT_OUTCOME_MISSING)
        return None
    return typed.choice("outcome", draft.outcome, ComplaintOutcome)


def _told(one: Complaint) -> Told:
    return {
        "number": str(one.service),
        "received_on": one.received_on.isoformat(),
        "subject": one.subject,
        "answered_on": iso_day(one.answered_on),
        "complaint_outcome": one.outcome or "",
    }
