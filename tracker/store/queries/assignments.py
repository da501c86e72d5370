"""Assignments: which indicators an account enters."""

from collections.abc import Mapping

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.store.models import Assignment, Department


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


def departments_by_indicator(session: Session, organisation_id: int) -> Mapping[int, str]:
    """Give the department that each indicator is assigned to, by the indicator's number."""
    rows = session.execute(
        select(Assignment.indicator_id, Department.name)
        .join(Department, Department.id == Assignment.department_id)
        .where(Assignment.organisation_id == organisation_id)
        .order_by(Assignment.id)
    )
    return {indicator_id: name for indicator_id, name in rows}  # noqa: C416 - rows are not tuples for dict()
