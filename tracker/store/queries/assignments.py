"""Assignments: which indicators an account enters."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.store.models import Assignment


def indicators_of(session: Session, organisation_id: int, account_id: int, department_id: int | None) -> frozenset[int]:
    """Give the numbers of the indicators assigned to an account or to its department."""
    holder = [Assignment.account_id == account_id]
    if department_id is not None:
        holder.append(Assignment.department_id == department_id)
    return frozenset(
        session.scalars(
            select(Assignment.indicator_id).where(Assignment.organisation_id == organisation_id, or_(*holder))
        )
    )
