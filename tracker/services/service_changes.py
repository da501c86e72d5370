"""Digital services that are added or corrected by hand: each refusal at its field, each change in the journal."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from tracker.domain.dates import iso_day, typed_day
from tracker.domain.digital_services import (
    Audience,
    HomeMention,
    Hosting,
    PersonalData,
    ServiceKind,
    ServiceRecord,
    ServiceState,
)
from tracker.domain.errors import NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.permissions import Permission
from tracker.domain.search import folded
from tracker.domain.service_faults import faults
from tracker.domain.service_problems import ServiceProblem
from tracker.domain.vocabulary import SearchKind
from tracker.services.contacts import nameless, shared_contact, web_address
from tracker.services.decisions import Told, stale, stale_fields, tell
from tracker.services.decisions import add as insert
from tracker.services.digital_services import subject_of
from tracker.services.searches import index
from tracker.services.service_rows import record_of, write_into
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import DigitalService
from tracker.store.queries import digital_services as stored
from tracker.store.queries import organisations

NAME_LIMIT, SUPPLIER_LIMIT, TEXT_LIMIT = 200, 200, 2000
FIELDS: Mapping[str, str] = {"service_kind": "kind", "service_state": "state"}
"""The field of the form that a word of the journal stands for, where they are not the same."""
_ANSWERS: Mapping[str, bool | None] = {"": None, "oui": True, "non": False}


@dataclass(frozen=True, slots=True)
class ServiceDraft:
    """What was typed of a service; ``seen`` is the version that was on the screen, 0 for a new one."""

    name: str = ""
    kind: str = ""
    audience: str = Audience.PUBLIC
    state: str = ServiceState.ONLINE
    purpose: str = ""
    address: str = ""
    department: str = ""
    supplier: str = ""
    hosting: str = Hosting.UNKNOWN
    host: str = ""
    personal_data: str = PersonalData.UNKNOWN
    uses_ai: str = ""
    opened_on: str = ""
    redesigned_on: str = ""
    closed_on: str = ""
    home_mention: str = HomeMention.UNKNOWN
    statement_url: str = ""
    statement_on: str = ""
    contact: str = ""
    technologies: str = ""
    note: str = ""
    seen: int = 0


def add(session: Session, visitor: Visitor, draft: ServiceDraft, today: date) -> int:
    """Add a service to the register, and give its number.

    Raises:
        Forbidden: without the right to keep the services.
        Invalid: for what cannot be read, or cannot be.
    """
    visitor.require(Permission.KEEP_SERVICES)
    home, departments = visitor.organisation, _departments(session, visitor)
    rows = stored.everything(session, home.id, locked=True)
    typed = Typed()
    record = read(typed, draft, departments, {row.name for row in rows}, today)
    typed.end()
    return write(session, visitor, record, departments)


def write(session: Session, visitor: Visitor, record: ServiceRecord, departments: Mapping[str, int]) -> int:
    """Add a service that was read, and give the number that it gets.

    Raises:
        Conflict: when somebody added one at the same moment.
    """
    number = stored.last_number(session, visitor.organisation.id) + 1
    row = DigitalService(organisation_id=visitor.organisation.id, number=number)
    write_into(row, record, departments, visitor.name, datetime.now(UTC))
    insert(session, row, lambda: stale("", record.name, "name"))
    tell(session, visitor, JournalAction.SERVICE_ADDED, subject_of(number), {}, told(record))
    index(session, visitor.organisation, [SearchKind.SERVICE])
    return number


def correct(session: Session, visitor: Visitor, number: int, draft: ServiceDraft, today: date) -> bool:
    """Correct a service. False when it says what is stored already.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: when the organisation has no such service.
        Conflict: when somebody changed it meanwhile.
        Invalid: for what cannot be read, or cannot be.
    """
    visitor.require(Permission.KEEP_SERVICES)
    home, departments = visitor.organisation, _departments(session, visitor)
    row = stored.row(session, home.id, number, locked=True)
    if row is None:
        raise NotFound(number)
    kept = record_of(row, next((code for code, one in departments.items() if one == row.department_id), ""))
    others = {one.name for one in stored.everything(session, home.id) if one.number != number}
    typed = Typed()
    record = read(typed, draft, departments, others, today, number)
    if not typed.problems and record == kept:
        return False
    if draft.seen != row.version:
        raise stale_fields(row.author, told(kept), told(record), typed.problems, FIELDS)
    typed.end()
    change(session, visitor, row, kept, record, departments)
    return True


def change(
    session: Session,
    visitor: Visitor,
    row: DigitalService,
    kept: ServiceRecord,
    record: ServiceRecord,
    departments: Mapping[str, int],
) -> None:
    """Have a stored service say what was read, in its next version."""
    write_into(row, record, departments, visitor.name, datetime.now(UTC))
    row.version += 1
    tell(session, visitor, JournalAction.SERVICE_CHANGED, subject_of(row.number), told(kept), told(record))
    index(session, visitor.organisation, [SearchKind.SERVICE])


def read(
    typed: Typed,
    draft: ServiceDraft,
    departments: Mapping[str, int],
    others: Collection[str],
    today: date,
    number: int = 0,
) -> ServiceRecord:
    """Read the fields of ``draft``; what cannot be read, or cannot be, is noted in ``typed``.

    ``others`` are the names that other services have: two of the same name cannot be told apart.
    """
    if draft.department and draft.department not in departments:
        typed.refuse("department", ProblemCode.UNKNOWN_CHOICE)
    name = typed.words("name", draft.name, ProblemCode.FIELD_MISSING, NAME_LIMIT)
    if name and folded(name) in {folded(one) for one in others}:
        typed.refuse("name", ServiceProblem.SERVICE_NAME_TAKEN)
    if draft.uses_ai not in _ANSWERS:
        typed.refuse("uses_ai", ProblemCode.UNKNOWN_CHOICE)
    if not draft.kind:
        typed.refuse("kind", ProblemCode.FIELD_MISSING)
    record = ServiceRecord(
        number=number,
        name=name,
        kind=(typed.choice("kind", draft.kind, ServiceKind) if draft.kind else None) or ServiceKind.WEBSITE,
        audience=typed.choice("audience", draft.audience, Audience) or Audience.PUBLIC,
        state=typed.choice("state", draft.state, ServiceState) or ServiceState.ONLINE,
        address=web_address(typed, "address", draft.address),
        department=draft.department,
        supplier=nameless(typed, "supplier", draft.supplier, SUPPLIER_LIMIT),
        hosting=typed.choice("hosting", draft.hosting, Hosting) or Hosting.UNKNOWN,
        personal_data=typed.choice("personal_data", draft.personal_data, PersonalData) or PersonalData.UNKNOWN,
        uses_ai=_ANSWERS.get(draft.uses_ai),
        opened_on=typed.any_day("opened_on", draft.opened_on),
        redesigned_on=typed.any_day("redesigned_on", draft.redesigned_on),
        closed_on=typed.any_day("closed_on", draft.closed_on),
        purpose=nameless(typed, "purpose", draft.purpose, TEXT_LIMIT),
        host=nameless(typed, "host", draft.host, SUPPLIER_LIMIT),
        home_mention=typed.choice("home_mention", draft.home_mention, HomeMention) or HomeMention.UNKNOWN,
        statement_url=web_address(typed, "statement_url", draft.statement_url),
        statement_on=typed.any_day("statement_on", draft.statement_on),
        contact=shared_contact(typed, "contact", draft.contact),
        technologies=nameless(typed, "technologies", draft.technologies, TEXT_LIMIT),
        note=nameless(typed, "note", draft.note, TEXT_LIMIT),
    )
    typed.problems += [one for one in faults(record, today) if not typed.is_refused(one.where, "state")]
    return record


def told(record: ServiceRecord) -> Told:
    """Tell a service field by field, in no language."""
    return {
        "name": record.name,
        "service_kind": record.kind,
        "audience": record.audience,
        "service_state": record.state,
        "purpose": record.purpose,
        "address": record.address,
        "department": record.department,
        "supplier": record.supplier,
        "hosting": record.hosting,
        "host": record.host,
        "personal_data": record.personal_data,
        "uses_ai": next(answer for answer, one in _ANSWERS.items() if one is record.uses_ai),
        **{
            name: iso_day(getattr(record, name)) for name in ("opened_on", "redesigned_on", "closed_on", "statement_on")
        },
        "home_mention": record.home_mention,
        "statement_url": record.statement_url,
        "contact": record.contact,
        "technologies": record.technologies,
        "note": record.note,
    }


def draft_of(record: ServiceRecord, seen: int) -> ServiceDraft:
    """Give the draft that would change nothing of ``record``, whose version is ``seen``."""
    typed = {
        name: _typed(getattr(record, name)) for name in (one.name for one in fields(ServiceDraft)) if name != "seen"
    }
    return ServiceDraft(**typed, seen=seen)


def _typed(value: object) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return typed_day(value)
    return str(value or "")


def _departments(session: Session, visitor: Visitor) -> Mapping[str, int]:
    return {row.code: row.id for row in organisations.departments(session, visitor.organisation.id)}
