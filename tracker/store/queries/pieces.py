"""The pieces of an organisation's estate, those alike counted together: what lifetimes and footprints come from."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import String, func, select, type_coerce
from sqlalchemy.orm import Session

from tracker.domain.estate import Destination, EquipmentCategory, EquipmentOrigin, EquipmentState
from tracker.store.models import Equipment

BEGINNING = func.coalesce(
    Equipment.started_on, Equipment.delivered_on, Equipment.purchased_on, Equipment.ordered_on
)  # as `tracker.domain.estate.EquipmentRecord.start` chooses it
IS_COUNTED = Equipment.state != EquipmentState.LEFT_OUT
_COLUMNS = (
    Equipment.category,
    BEGINNING,
    Equipment.retired_on,
    Equipment.state,
    Equipment.destination,
    Equipment.origin,
)


class AlikeRow(NamedTuple):
    """Pieces alike: ``start`` is the day that their life is counted from, ``end`` that of their retirement."""

    category: EquipmentCategory
    start: date | None
    end: date | None
    state: EquipmentState
    destination: Destination | None
    is_reconditioned: bool
    pieces: int


def alike(session: Session, organisation_id: int) -> Sequence[AlikeRow]:
    """Count the pieces of the same category, days, state, destination and origin; what is left out is in no count.

    An estate may have hundreds of thousands of pieces with hardly two alike: the database would sort them all to group
    them. They are taken as they lie, and each code and each day is read once.
    """
    raw = [type_coerce(column, String) for column in _COLUMNS]
    query = select(*raw, Equipment.quantity).where(Equipment.organisation_id == organisation_id, IS_COUNTED)
    counts: dict[tuple[Any, ...], int] = {}
    for row in session.connection().execute(query):
        kinds = row[:-1]
        counts[kinds] = counts.get(kinds, 0) + int(row[-1])
    days = {told: _day(told) for told in {day for kinds in counts for day in kinds[1:3]}}
    categories = {str(one): one for one in EquipmentCategory}
    states = {str(one): one for one in EquipmentState}
    destinations: dict[str | None, Destination | None] = {str(one): one for one in Destination}
    destinations[None] = None
    again = str(EquipmentOrigin.RECONDITIONED)
    return [
        AlikeRow(
            categories[category],
            days[start],
            days[end],
            states[state],
            destinations[destination],
            origin == again,
            count,
        )
        for (category, start, end, state, destination, origin), count in counts.items()
    ]


def _day(told: str | date | None) -> date | None:
    """Read a day: text on SQLite, a date on PostgreSQL."""
    return date.fromisoformat(told) if isinstance(told, str) else told
