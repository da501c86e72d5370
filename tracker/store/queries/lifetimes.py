"""What else lifetimes tell of an estate: how it was bought, how repairable it is."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from tracker.domain.estate import EquipmentOrigin, EquipmentState
from tracker.store.models import Equipment
from tracker.store.queries.pieces import BEGINNING, IS_COUNTED

_ACQUIRED = func.coalesce(Equipment.purchased_on, Equipment.ordered_on, Equipment.delivered_on, Equipment.started_on)
_PIECES = func.sum(Equipment.quantity)


def acquired(session: Session, organisation_id: int, first: date, last: date) -> Mapping[EquipmentOrigin, int]:
    """Count by their origin the pieces acquired from ``first`` to ``last``, by the day of purchase if known."""
    query = select(Equipment.origin, _PIECES).where(Equipment.organisation_id == organisation_id, IS_COUNTED)
    rows = session.execute(query.where(_ACQUIRED.between(first, last)).group_by(Equipment.origin))
    return {origin: int(count) for origin, count in rows}


def repairability(session: Session, organisation_id: int, on: date) -> Mapping[Decimal | None, int]:
    """Count by their index of repairability the pieces in service on a day, None for those without one."""
    is_there = and_(
        Equipment.state != EquipmentState.IN_STOCK,
        or_(BEGINNING.is_(None), on >= BEGINNING),
        or_(Equipment.retired_on > on, and_(Equipment.retired_on.is_(None), Equipment.state == EquipmentState.IN_USE)),
    )
    query = select(Equipment.repairability, _PIECES).where(Equipment.organisation_id == organisation_id, is_there)
    rows = session.execute(query.group_by(Equipment.repairability))
    return {index: int(count) for index, count in rows}
