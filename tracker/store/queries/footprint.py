"""The footprint: the estate summed up for it, an authority's own factors, entered amounts, frozen assessments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.estate import EquipmentCategory, EquipmentOrigin, EquipmentState
from tracker.store.models import Equipment, FactorOverride, FootprintAmount, FootprintAssessment


@dataclass(frozen=True, slots=True)
class HeldRow:
    """Equipment alike: category, state, first day of its life and last one (None where nobody told), and how much."""

    category: EquipmentCategory
    state: EquipmentState
    start: date | None
    end: date | None
    is_reconditioned: bool
    count: int


def holdings(session: Session, organisation_id: int) -> Sequence[HeldRow]:
    """Sum up the estate by what its footprint depends on; the start is the surest day that is known.

    What is left out of it is in no sum.
    """
    start = func.coalesce(
        Equipment.started_on, Equipment.delivered_on, Equipment.purchased_on, Equipment.ordered_on
    ).label("start")
    is_reconditioned = (Equipment.origin == EquipmentOrigin.RECONDITIONED).label("is_reconditioned")
    keys = (Equipment.category, Equipment.state, start, Equipment.retired_on, is_reconditioned)
    rows = session.execute(
        select(*keys, func.sum(Equipment.quantity))
        .where(Equipment.organisation_id == organisation_id, Equipment.state != EquipmentState.LEFT_OUT)
        .group_by(*keys)
    )
    return [HeldRow(*row[:4], bool(row[4]), int(row[5])) for row in rows]


def overrides(session: Session, organisation_id: int, code: str | None = None) -> Sequence[FactorOverride]:
    """List every version of an authority's own factors, or of one, oldest first."""
    query = select(FactorOverride).where(FactorOverride.organisation_id == organisation_id)
    query = query if code is None else query.where(FactorOverride.code == code)
    return session.scalars(query.order_by(FactorOverride.code, FactorOverride.version)).all()


def amounts(session: Session, organisation_id: int, year: int | None = None) -> Sequence[FootprintAmount]:
    """List every version of the amounts entered, for all years or one, oldest first."""
    query = select(FootprintAmount).where(FootprintAmount.organisation_id == organisation_id)
    query = query if year is None else query.where(FootprintAmount.year == year)
    order = (FootprintAmount.year, FootprintAmount.number, FootprintAmount.version)
    return session.scalars(query.order_by(*order)).all()


def assessments(session: Session, organisation_id: int, year: int | None = None) -> Sequence[FootprintAssessment]:
    """List every version of the frozen assessments, for all years or one, oldest first."""
    query = select(FootprintAssessment).where(FootprintAssessment.organisation_id == organisation_id)
    query = query if year is None else query.where(FootprintAssessment.year == year)
    return session.scalars(query.order_by(FootprintAssessment.year, FootprintAssessment.version)).all()
