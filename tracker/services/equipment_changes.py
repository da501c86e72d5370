"""Equipment that is added or corrected by hand, line by line: each refusal at its field, each change in the journal."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from tracker.domain.dates import iso_day
from tracker.domain.equipment_faults import LIFE, faults
from tracker.domain.errors import NotFound, ProblemCode
from tracker.domain.estate import Destination, EquipmentCategory, EquipmentOrigin, EquipmentRecord, EquipmentState
from tracker.domain.journal_actions import JournalAction
from tracker.domain.numbers import plain_text
from tracker.domain.permissions import Permission
from tracker.services.decisions import Told, stale_fields, tell
from tracker.services.equipment_rows import record_of, write_into
from tracker.services.estate import subject_of
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import Equipment
from tracker.store.queries import equipment as stored
from tracker.store.queries import organisations

MODEL_LIMIT, MAKER_LIMIT, NOTE_LIMIT = 200, 120, 1000
FIELDS: Mapping[str, str] = {"place": "state"}
"""The field of the form that a word of the journal stands for, where they are not the same."""


@dataclass(frozen=True, slots=True)
class EquipmentDraft:
    """What was typed of a line; ``seen`` is the version that was on the screen, 0 for a new one."""

    category: str = ""
    quantity: str = ""
    model: str = ""
    maker: str = ""
    department: str = ""
    origin: str = EquipmentOrigin.UNKNOWN
    state: str = EquipmentState.IN_USE
    ordered_on: str = ""
    purchased_on: str = ""
    delivered_on: str = ""
    started_on: str = ""
    retired_on: str = ""
    destination: str = ""
    warranty_months: str = ""
    repairability: str = ""
    note: str = ""
    seen: int = 0
    has_comma_groups: bool = False


def add(session: Session, visitor: Visitor, draft: EquipmentDraft, today: date) -> int:
    """Add a line to the register, and give its number.

    Raises:
        Forbidden: without the right to keep the estate.
        Invalid: for what cannot be read, or cannot be.
    """
    visitor.require(Permission.KEEP_ESTATE)
    departments = _departments(session, visitor)
    typed = Typed(has_comma_groups=draft.has_comma_groups)
    read = _read(typed, draft, departments, today)
    typed.end()
    row = Equipment(organisation_id=visitor.organisation.id)
    write_into(row, read, departments, visitor.name, datetime.now(UTC))
    session.add(row)
    session.flush()
    tell(session, visitor, JournalAction.EQUIPMENT_ADDED, subject_of(row.id), {}, told(read))
    return row.id


def correct(session: Session, visitor: Visitor, number: int, draft: EquipmentDraft, today: date) -> bool:
    """Correct a line. False when it says what is stored already.

    Raises:
        Forbidden: without the right to keep the estate.
        NotFound: when the organisation has no such line.
        Conflict: when somebody changed it meanwhile.
        Invalid: for what cannot be read, or cannot be.
    """
    visitor.require(Permission.KEEP_ESTATE)
    row = stored.row(session, visitor.organisation.id, number, locked=True)
    if row is None:
        raise NotFound(number)
    departments = _departments(session, visitor)
    known = record_of(row, next((code for code, one in departments.items() if one == row.department_id), ""))
    typed = Typed(has_comma_groups=draft.has_comma_groups)
    read = replace(_read(typed, draft, departments, today), source=known.source, key=known.key)
    if not typed.problems and read == known:
        return False
    if draft.seen != row.version:
        raise stale_fields(row.author, told(known), told(read), typed.problems, FIELDS)
    typed.end()
    write_into(row, read, departments, visitor.name, datetime.now(UTC))
    row.version += 1
    tell(session, visitor, JournalAction.EQUIPMENT_CHANGED, subject_of(number), told(known), told(read))
    session.flush()
    return True


def told(record: EquipmentRecord) -> Told:
    """Tell a line field by field, in no language."""
    return {
        "category": record.category,
        "quantity": str(record.quantity),
        "model": record.model,
        "maker": record.maker,
        "department": record.department,
        "origin": record.origin,
        "place": record.state,
        **{name: iso_day(getattr(record, name)) for name in (*LIFE, "retired_on")},
        "destination": record.destination or "",
        "warranty_months": "" if record.warranty_months is None else str(record.warranty_months),
        "repairability": "" if record.repairability is None else plain_text(record.repairability),
        "note": record.note,
    }


def whole(typed: Typed, where: str, text: str) -> int | None:
    """Read a whole number; blank is None."""
    found = typed.number(where, text)
    if found is None:
        return None
    if found != found.to_integral_value():
        typed.refuse(where, ProblemCode.NOT_WHOLE, value=found)
        return None
    return int(found)


def _departments(session: Session, visitor: Visitor) -> Mapping[str, int]:
    return {row.code: row.id for row in organisations.departments(session, visitor.organisation.id)}


def _read(typed: Typed, draft: EquipmentDraft, departments: Mapping[str, int], today: date) -> EquipmentRecord:
    """Read the fields of ``draft``; what cannot be read, or cannot be, is noted in ``typed``."""
    if draft.department and draft.department not in departments:
        typed.refuse("department", ProblemCode.UNKNOWN_CHOICE)
    read = EquipmentRecord(
        category=_category(typed, draft.category),
        quantity=_quantity(typed, draft.quantity),
        model=typed.words("model", draft.model, limit=MODEL_LIMIT),
        maker=typed.words("maker", draft.maker, limit=MAKER_LIMIT),
        department=draft.department,
        origin=typed.choice("origin", draft.origin, EquipmentOrigin) or EquipmentOrigin.UNKNOWN,
        state=typed.choice("state", draft.state, EquipmentState) or EquipmentState.IN_USE,
        ordered_on=typed.any_day("ordered_on", draft.ordered_on),
        purchased_on=typed.any_day("purchased_on", draft.purchased_on),
        delivered_on=typed.any_day("delivered_on", draft.delivered_on),
        started_on=typed.any_day("started_on", draft.started_on),
        retired_on=typed.any_day("retired_on", draft.retired_on),
        destination=typed.choice("destination", draft.destination, Destination) if draft.destination else None,
        warranty_months=whole(typed, "warranty_months", draft.warranty_months),
        repairability=typed.number("repairability", draft.repairability),
        note=typed.words("note", draft.note, limit=NOTE_LIMIT),
    )
    typed.problems += [one for one in faults(read, today) if not typed.is_refused(one.where, "state")]
    return read


def _category(typed: Typed, text: str) -> EquipmentCategory:
    if not text:
        typed.refuse("category", ProblemCode.EQUIPMENT_CATEGORY_MISSING)
        return EquipmentCategory.OTHER
    return typed.choice("category", text, EquipmentCategory) or EquipmentCategory.OTHER


def _quantity(typed: Typed, text: str) -> int:
    if not text.strip():
        typed.refuse("quantity", ProblemCode.EQUIPMENT_COUNT_MISSING)
    found = whole(typed, "quantity", text)
    return 1 if found is None else found
