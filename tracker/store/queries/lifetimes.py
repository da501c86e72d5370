"""The equipment of an organisation as its lifetimes are counted from it: the database counts the pieces alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from tracker.domain.estate import Destination, EquipmentCategory, EquipmentOrigin, EquipmentState
from tracker.store.models import Equipment

_BEGINNING = func.coalesce(
    Equipment.started_on, Equipment.delivered_on, Equipment.purchased_on, Equipment.ordered_on
)  # as `tracker.domain.estate.EquipmentRecord.start` chooses it
_ACQUIRED = func.coalesce(Equipment.purchased_on, Equipment.ordered_on, Equipment.delivered_on, Equipment.started_on)
_PIECES = func.sum(Equipment.quantity)
_IS_COUNTED = Equipment.state != EquipmentState.LEFT_OUT


@dataclass(frozen=True, slots=True)
class AlikeRow:
    """Pieces alike: ``start`` is the day that their life is counted from, ``end`` that of their retirement."""

    category: EquipmentCategory
    start: date | None
    end: date | None
    state: EquipmentState
    destination: Destination | None
    count: int


def alike(session: Session, organisation_id: int) -> Sequence[AlikeRow]:
    """Count the pieces of the same category, days, state and destination."""
    kinds = (Equipment.category, _BEGINNING, Equipment.retired_on, Equipment.state, Equipment.destination)
    query = select(*kinds, _PIECES).where(Equipment.organisation_id == organisation_id, _IS_COUNTED).group_by(*kinds)
    return [AlikeRow(*row) for row in session.execute(query)]


def acquired(session: Session, organisation_id: int, first: date, last: date) -> Mapping[EquipmentOrigin, int]:
    """Count by their origin the pieces acquired from ``first`` to ``last``, by the day of purchase if known."""
    query = select(Equipment.origin, _PIECES).where(Equipment.organisation_id == organisation_id, _IS_COUNTED)
    rows = session.execute(query.where(_ACQUIRED.between(first, last)).group_by(Equipment.origin))
    return {origin: int(count) for origin, count in rows}


def repairability(session: Session, organisation_id: int, on: date) -> Mapping[Decimal | None, int]:
    """Count by their index of repairability the pieces in service on a day, None for those without one."""
    is_there = and_(
        Equipment.state != EquipmentState.IN_STOCK,
        or_(_BEGINNING.is_(None), on >= _BEGINNING),
        or_(Equipment.retired_on > on, and_(Equipment.retired_on.is_(None), Equipment.state == EquipmentState.IN_USE)),
    )
    query = select(Equipment.repairability, _PIECES).where(Equipment.organisation_id == organisation_id, is_there)
    rows = session.execute(query.group_by(Equipment.repairability))
    return {index: int(count) for index, count in rows}
