"""Assignments: which indicators an account enters, and to whom each is entrusted."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, or_, select
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


def of_organisation(session: Session, organisation_id: int) -> Sequence[Assignment]:
    """List every assignment of an organisation, by indicator, departments first."""
    return session.scalars(
        select(Assignment)
        .where(Assignment.organisation_id == organisation_id)
        .order_by(Assignment.indicator_id, Assignment.account_id.is_not(None), Assignment.id)
    ).all()


def remove(session: Session, organisation_id: int, indicator_ids: Collection[int]) -> None:
    """Take some indicators out of every hand."""
    session.execute(
        delete(Assignment).where(
            Assignment.organisation_id == organisation_id, Assignment.indicator_id.in_(indicator_ids)
        )
    )
