"""Audits of digital services, each with its pages."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from tracker.store.models import Audit


def of_service(session: Session, service_id: int) -> Sequence[Audit]:
    """List the audits of a service with their pages, latest first, those that were withdrawn too; two queries."""
    return session.scalars(
        select(Audit)
        .where(Audit.service_id == service_id)
        .options(selectinload(Audit.pages))
        .order_by(Audit.audited_on.desc(), Audit.id.desc())
    ).all()


def row(session: Session, service_id: int, number: int, *, locked: bool = False) -> Audit | None:
    """Find an audit with its pages; ``locked`` keeps others from changing it until the transaction ends."""
    query = (
        select(Audit)
        .where(Audit.service_id == service_id, Audit.number == number)
        .options(selectinload(Audit.pages))
        .execution_options(populate_existing=locked)
    )
    return session.scalar(query.with_for_update() if locked else query)


def last_number(session: Session, service_id: int) -> int:
    """Give the number that was last given to an audit of the service, 0 for none."""
    return session.scalar(select(func.max(Audit.number)).where(Audit.service_id == service_id)) or 0
