"""Rows of equipment for the tests of what is reckoned from the estate."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from tracker.domain.estate import EquipmentCategory, EquipmentState
from tracker.store.models import Equipment
from tracker.store.queries import organisations

LAPTOP, MONITOR, COPIER = EquipmentCategory.LAPTOP, EquipmentCategory.MONITOR, EquipmentCategory.COPIER
ESTATE = (
    (LAPTOP, 120, date(2022, 7, 1)),
    (LAPTOP, 30, date(2019, 3, 1)),
    (MONITOR, 200, date(2025, 2, 1)),
    (EquipmentCategory.SMARTPHONE, 80, None),
)
"""The estate of the worked example of docs/method.md."""


def add_estate(
    session: Session, slug: str, rows: Iterable[tuple[EquipmentCategory, int, date | None]] = ESTATE
) -> None:
    """Add lots in use: category, quantity, first day of use."""
    home = organisations.by_slug(session, slug)
    assert home is not None
    for category, quantity, start in rows:
        session.add(
            Equipment(
                organisation_id=home.id,
                category=category,
                quantity=quantity,
                state=EquipmentState.IN_USE,
                started_on=start,
                note="",
                recorded_at=datetime.now(UTC),
            )
        )
