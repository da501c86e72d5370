"""AI systems that are added or corrected by hand: each refusal at its field, each change in the journal."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from tracker.domain.ai_register import AiRecord, AiRole, AiState, CharterOpinion, RiskClass, YesNo
from tracker.domain.dates import iso_day, typed_day
from tracker.domain.errors import NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.numbers import whole_number
from tracker.domain.permissions import Permission
from tracker.domain.service_problems import ServiceProblem
from tracker.domain.vocabulary import SearchKind
from tracker.services.ai_systems import record_of, subject_of
from tracker.services.contacts import nameless, web_address
from tracker.services.decisions import Told, stale, stale_fields, tell
from tracker.services.decisions import add as insert
from tracker.services.searches import index
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import AiSystem
from tracker.store.queries import ai_systems as stored
from tracker.store.queries import digital_services
from tracker.store.queries.ai_systems import CONTENT

NAME_LIMIT, SUPPLIER_LIMIT, TEXT_LIMIT, DIGITS = 200, 200, 2000, 9
FIELDS: Mapping[str, str] = {"part_of": "service", "ai_state": "state", "ai_role": "role"}
"""The field of the form that a word of the journal stands for, where they are not the same."""


@dataclass(frozen=True, slots=True)
class AiDraft:
    """What was typed of an AI system; ``seen`` is the version that was on the screen, 0 for a new one."""

    name: str = ""
    service: str = ""
    purpose: str = ""
    supplier: str = ""
    state: str = AiState.UNKNOWN
    started_on: str = ""
    role: str = AiRole.UNKNOWN
    data_used: str = ""
    risk: str = RiskClass.TO_QUALIFY
    is_conversational: str = YesNo.UNKNOWN
    notice: str = YesNo.UNKNOWN
    recourse: str = ""
    evaluated_on: str = ""
    evaluation_method: str = ""
    evaluation_result: str = ""
    charter_on: str = ""
    charter_opinion: str = CharterOpinion.UNKNOWN
    decides: str = YesNo.UNKNOWN
    rules_url: str = ""
    source: str = ""
    note: str = ""
    is_published: str = ""
    seen: int = 0


def add(session: Session, visitor: Visitor, draft: AiDraft, today: date) -> int:
    """Add an AI system to the register, and give its number.

    Raises:
        Forbidden: without the right to keep the services.
        Conflict: when somebody added one at the same moment.
        Invalid: for what cannot be read, or cannot be.
    """
    visitor.require(Permission.KEEP_SERVICES)
    home, services = visitor.organisation, _services(session, visitor)
    typed = Typed()
    record = _read(typed, draft, services, stored.last_number(session, home.id) + 1, today)
    typed.end()
    row = AiSystem(organisation_id=home.id, number=record.number)
    _write_into(row, record, services, visitor.name)
    insert(session, row, lambda: stale("", record.name, "name"))
    tell(session, visitor, JournalAction.AI_SYSTEM_ADDED, subject_of(record.number), {}, told(record))
    index(session, home, [SearchKind.AI_SYSTEM])
    return record.number


def correct(session: Session, visitor: Visitor, number: int, draft: AiDraft, today: date) -> bool:
    """Correct an AI system. False when it says what is stored already.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: when the organisation has no such system.
        Conflict: when somebody changed it meanwhile.
        Invalid: for what cannot be read, or cannot be.
    """
    visitor.require(Permission.KEEP_SERVICES)
    home, services = visitor.organisation, _services(session, visitor)
    row = stored.row(session, home.id, number, locked=True)
    if row is None:
        raise NotFound(number)
    kept = record_of(row, next((one for one, key in services.items() if key == row.service_id), None))
    typed = Typed()
    record = _read(typed, draft, services, number, today)
    if not typed.problems and record == kept:
        return False
    if draft.seen != row.version:
        raise stale_fields(row.author, told(kept), told(record), typed.problems, FIELDS)
    typed.end()
    _write_into(row, record, services, visitor.name)
    row.version += 1
    tell(session, visitor, JournalAction.AI_SYSTEM_CHANGED, subject_of(number), told(kept), told(record))
    index(session, home, [SearchKind.AI_SYSTEM])
    return True


def told(record: AiRecord) -> Told:
    """Tell an AI system field by field, in no language."""
    return {
        "name": record.name,
        "part_of": str(record.service or ""),
        "purpose": record.purpose,
        "supplier": record.supplier,
        "ai_state": record.state,
        "started_on": iso_day(record.started_on),
        "ai_role": record.role,
        "data_used": record.data_used,
        "risk": record.risk,
        "is_conversational": record.is_conversational,
        "notice": record.notice,
        "recourse": record.recourse,
        "evaluated_on": iso_day(record.evaluated_on),
        "evaluation_method": record.evaluation_method,
        "evaluation_result": record.evaluation_result,
        "charter_on": iso_day(record.charter_on),
        "charter_opinion": record.charter_opinion,
        "decides": record.decides,
        "rules_url": record.rules_url,
        "source": record.source,
        "note": record.note,
        "is_published": "1" if record.is_published else "0",
    }


def draft_of(record: AiRecord, seen: int) -> AiDraft:
    """Give the draft that would change nothing of ``record``, whose version is ``seen``."""
    names = [one.name for one in fields(AiDraft) if one.name != "seen"]
    return AiDraft(**{name: _typed(getattr(record, name)) for name in names}, seen=seen)


def _typed(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else ""
    return typed_day(value) if isinstance(value, date) else str(value or "")


def _services(session: Session, visitor: Visitor) -> Mapping[int, int]:
    return {row.number: row.id for row in digital_services.everything(session, visitor.organisation.id)}


def _read(typed: Typed, draft: AiDraft, services: Mapping[int, int], number: int, today: date) -> AiRecord:
    """Read the fields of ``draft``; what cannot be read, or cannot be, is noted in ``typed``."""
    service = whole_number(draft.service, DIGITS) if draft.service.strip() else None
    if draft.service.strip() and service not in services:
        typed.refuse("service", ProblemCode.UNKNOWN_CHOICE)
    record = AiRecord(
        number=number,
        name=typed.words("name", draft.name, ProblemCode.FIELD_MISSING, NAME_LIMIT),
        service=service,
        purpose=nameless(typed, "purpose", draft.purpose, TEXT_LIMIT),
        supplier=nameless(typed, "supplier", draft.supplier, SUPPLIER_LIMIT),
        state=typed.choice("state", draft.state, AiState) or AiState.UNKNOWN,
        started_on=typed.any_day("started_on", draft.started_on),
        role=typed.choice("role", draft.role, AiRole) or AiRole.UNKNOWN,
        data_used=nameless(typed, "data_used", draft.data_used, TEXT_LIMIT),
        risk=typed.choice("risk", draft.risk, RiskClass) or RiskClass.TO_QUALIFY,
        is_conversational=typed.choice("is_conversational", draft.is_conversational, YesNo) or YesNo.UNKNOWN,
        notice=typed.choice("notice", draft.notice, YesNo) or YesNo.UNKNOWN,
        recourse=nameless(typed, "recourse", draft.recourse, TEXT_LIMIT),
        evaluated_on=_past(typed, "evaluated_on", draft.evaluated_on, today),
        evaluation_method=nameless(typed, "evaluation_method", draft.evaluation_method, TEXT_LIMIT),
        evaluation_result=nameless(typed, "evaluation_result", draft.evaluation_result, TEXT_LIMIT),
        charter_on=_past(typed, "charter_on", draft.charter_on, today),
        charter_opinion=typed.choice("charter_opinion", draft.charter_opinion, CharterOpinion)
        or CharterOpinion.UNKNOWN,
        decides=typed.choice("decides", draft.decides, YesNo) or YesNo.UNKNOWN,
        rules_url=web_address(typed, "rules_url", draft.rules_url),
        source=nameless(typed, "source", draft.source, TEXT_LIMIT),
        note=nameless(typed, "note", draft.note, TEXT_LIMIT),
        is_published=draft.is_published == "1",
    )
    if record.charter_opinion in {CharterOpinion.NOT_REVIEWED, CharterOpinion.UNKNOWN}:
        typed.unwanted(("charter_on", draft.charter_on))
    if (
        record.state in {AiState.IN_USE, AiState.STOPPED}
        and record.started_on is not None
        and record.started_on > today
    ):
        typed.refuse("started_on", ProblemCode.EQUIPMENT_DAY_TO_COME, on=record.started_on)
    if record.decides is YesNo.NO:
        typed.unwanted(("rules_url", draft.rules_url))
    if record.is_published and not typed.is_refused("purpose") and not record.purpose:
        typed.refuse("purpose", ServiceProblem.AI_PURPOSE_MISSING)
    return record


def _past(typed: Typed, where: str, text: str, today: date) -> date | None:
    found = typed.any_day(where, text)
    if found is not None and found > today:
        typed.refuse(where, ProblemCode.EQUIPMENT_DAY_TO_COME, on=found)
    return found


def _write_into(row: AiSystem, record: AiRecord, services: Mapping[int, int], author: str) -> None:
    for name in CONTENT:
        setattr(row, name, getattr(record, name))
    row.service_id = services[record.service] if record.service is not None else None
    row.author = author
    row.recorded_at = datetime.now(UTC)
