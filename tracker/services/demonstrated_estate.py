"""The estate of the fictional town: lots that were invented, with the gaps that a real inventory has."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.estate import Destination, EquipmentCategory, EquipmentOrigin, EquipmentRecord, EquipmentState
from tracker.domain.journal_actions import JournalAction
from tracker.services import journal
from tracker.services.equipment_rows import write_into
from tracker.services.seed_rows import day_of
from tracker.store.models import Equipment, Organisation
from tracker.store.queries import organisations

SUBJECT = "parc"
RECORDED_AT = datetime(2026, 7, 1, 9, tzinfo=UTC)
Given = Mapping[str, Any]


def add_estate(session: Session, town: Organisation, document: Given, author: str) -> None:
    """Add the lots of ``document``, with one line of the journal for all of them."""
    departments = {row.code: row.id for row in organisations.departments(session, town.id)}
    for given in document["lots"]:
        row = Equipment(organisation_id=town.id)
        write_into(row, record(given), departments, author, RECORDED_AT)
        session.add(row)
    journal.write(
        session,
        JournalAction.EQUIPMENT_ADDED,
        organisation_id=town.id,
        actor=author,
        subject=SUBJECT,
        after=json.dumps({"estate_lines": str(len(document["lots"]))}),
        at=RECORDED_AT,
    )


def record(given: Given) -> EquipmentRecord:
    """Give a lot of the seed file as a plain value: what the file leaves out is not known."""
    repairability = given.get("repairability")
    return EquipmentRecord(
        category=EquipmentCategory(given["category"]),
        quantity=given["quantity"],
        model=given["model"],
        maker=given["maker"],
        department=given.get("department", ""),
        origin=EquipmentOrigin(given.get("origin", EquipmentOrigin.UNKNOWN)),
        state=EquipmentState(given["state"]),
        ordered_on=day_of(given, "ordered_on"),
        purchased_on=day_of(given, "purchased_on"),
        delivered_on=day_of(given, "delivered_on"),
        started_on=day_of(given, "started_on"),
        retired_on=day_of(given, "retired_on"),
        destination=Destination(given["destination"]) if "destination" in given else None,
        warranty_months=given.get("warranty_months"),
        repairability=Decimal(repairability) if repairability is not None else None,
    )
