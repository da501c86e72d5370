"""How an organisation reads the words of its inventories, and the words that its equipment was read from."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.estate import EquipmentState
from tracker.store.models import Equipment, EquipmentRule


@dataclass(frozen=True, slots=True)
class Read:
    """How many lines of the register were read from ``word``, as it is written, and say ``code`` now.

    What is left out says so, whatever its category.
    """

    field: str
    word: str
    code: str
    lines: int


def rules(session: Session, organisation_id: int) -> Sequence[EquipmentRule]:
    """List every version of every rule of an organisation, the latest of each word last."""
    return session.scalars(
        select(EquipmentRule)
        .where(EquipmentRule.organisation_id == organisation_id)
        .order_by(EquipmentRule.field, EquipmentRule.word, EquipmentRule.version)
    ).all()


def read(session: Session, organisation_id: int) -> Sequence[Read]:
    """Count the lines by the words that they were read from, and by what they say now."""
    found: list[Read] = []
    is_left_out = Equipment.state == EquipmentState.LEFT_OUT
    for field, word, code in (
        ("category", Equipment.read_category, Equipment.category),
        ("state", Equipment.read_state, Equipment.state),
    ):
        rows = session.execute(
            select(word, code, is_left_out, func.count(Equipment.id))
            .where(Equipment.organisation_id == organisation_id, word != "")
            .group_by(word, code, is_left_out)
            .order_by(word, code)
        )
        found += [
            Read(field, written, EquipmentState.LEFT_OUT.value if left_out else said.value, lines)
            for written, said, left_out, lines in rows
        ]
    return found
