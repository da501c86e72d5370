"""What open data is made of that has no version: whether it changed, and when it last did."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.store.models import AccessStatement, DigitalService, Equipment


def trace(session: Session, organisation_id: int) -> tuple[Sequence[int], datetime | None]:
    """Give numbers that change with the services, the statements and the estate, and when they last did; 3 queries."""
    numbers: list[int] = []
    moments: list[datetime] = []
    for table, change in (
        (DigitalService, func.sum(DigitalService.version)),
        (AccessStatement, func.max(AccessStatement.id)),
        (Equipment, func.sum(Equipment.version)),
    ):
        query = select(func.count(table.id), change, func.max(table.recorded_at))
        count, changed, moment = session.execute(query.where(table.organisation_id == organisation_id)).one()
        numbers += [count, int(changed or 0)]
        moments += [moment] if moment else []
    return numbers, max(moments, default=None)
