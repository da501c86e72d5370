"""Estates written for a test: pieces of equipment with the days of their life."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.estate import Destination, EquipmentCategory, EquipmentOrigin, EquipmentState
from tracker.store.models import Equipment

LAPTOP, DESKTOP = EquipmentCategory.LAPTOP, EquipmentCategory.DESKTOP
SMARTPHONE, MONITOR = EquipmentCategory.SMARTPHONE, EquipmentCategory.MONITOR
NOW = datetime(2026, 1, 5, tzinfo=UTC)


def piece(
    organisation_id: int,
    category: EquipmentCategory = LAPTOP,
    start: date | None = None,
    end: date | None = None,
    count: int = 1,
    **told: Any,
) -> Equipment:
    """Make ``count`` pieces that came into service on ``start`` and were retired on ``end``."""
    state = EquipmentState.IN_USE if end is None else EquipmentState.RETIRED
    return Equipment(
        **{
            "organisation_id": organisation_id,
            "category": category,
            "quantity": count,
            "state": state,
            "started_on": start,
            "retired_on": end,
            "recorded_at": NOW,
            "note": "",
            **told,
        }
    )


def small(session: Session, organisation_id: int) -> None:
    """Write an estate whose figures of 2025 are known by hand.

    Computers: 4 retired, 3 of them dated, kept 4, 5 and 6 years of 365.25 days; 9 in service, of which 8 dated and 3
    over five years old; 1 reused inside; 4 retired on a day that nobody told. Phones: 2 retired after 2 years, 6 in
    service. A monitor in service, one in stock.
    """
    days = {years: date.fromordinal(date(2025, 7, 1).toordinal() - round(years * 365.25)) for years in (2, 4, 5, 6)}
    left, given = date(2025, 7, 1), Destination.GIVEN
    session.add_all(
        [
            piece(organisation_id, LAPTOP, days[4], left, destination=given),
            piece(organisation_id, DESKTOP, days[5], left, destination=Destination.RECYCLED),
            piece(organisation_id, DESKTOP, days[6], left, destination=Destination.SOLD),
            piece(organisation_id, LAPTOP, None, left, destination=Destination.RECYCLED),
            piece(organisation_id, LAPTOP, days[4], left, destination=Destination.REUSED_INSIDE),
            piece(organisation_id, LAPTOP, date(2019, 1, 1), None, 3),
            piece(organisation_id, LAPTOP, date(2024, 1, 1), None, 5, origin=EquipmentOrigin.RECONDITIONED),
            piece(organisation_id, LAPTOP, None, None),
            piece(organisation_id, SMARTPHONE, days[2], left, 2, destination=given),
            piece(organisation_id, SMARTPHONE, date(2025, 1, 1), None, 6, origin=EquipmentOrigin.NEW),
            piece(organisation_id, MONITOR, date(2020, 12, 31), None),
            piece(organisation_id, MONITOR, date(2021, 1, 1), None, state=EquipmentState.IN_STOCK),
            piece(organisation_id, DESKTOP, date(2012, 1, 1), None, 4, state=EquipmentState.RETIRED),
        ]
    )
    session.flush()
