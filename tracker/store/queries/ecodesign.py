"""Self-assessments of digital services and their measured pages, in a bounded number of queries."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tracker.store.models import EcodesignAssessment, MeasuredPage


def assessments(session: Session, organisation_id: int, service_id: int | None = None) -> Sequence[EcodesignAssessment]:
    """List the self-assessments of an organisation, or of one of its services, with their replies, by number."""
    query = (
        select(EcodesignAssessment)
        .where(EcodesignAssessment.organisation_id == organisation_id)
        .options(selectinload(EcodesignAssessment.replies))
        .order_by(EcodesignAssessment.service_id, EcodesignAssessment.number)
        .execution_options(populate_existing=True)
    )
    if service_id is not None:
        query = query.where(EcodesignAssessment.service_id == service_id)
    return session.scalars(query).all()


def latest(session: Session, service_id: int, *, is_closed: bool | None = None) -> EcodesignAssessment | None:
    """Find the latest self-assessment of a service with its replies, and make others who ask so wait.

    ``is_closed`` asks for one that is closed, or open; None for any.
    """
    wanted = [] if is_closed is None else [EcodesignAssessment.is_closed.is_(is_closed)]
    return session.scalar(
        select(EcodesignAssessment)
        .where(EcodesignAssessment.service_id == service_id, *wanted)
        .options(selectinload(EcodesignAssessment.replies))
        .order_by(EcodesignAssessment.number.desc())
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def measures(session: Session, organisation_id: int, service_id: int | None = None) -> Sequence[MeasuredPage]:
    """List the measured pages of an organisation, or of one of its services, latest first."""
    query = select(MeasuredPage).where(MeasuredPage.organisation_id == organisation_id)
    if service_id is not None:
        query = query.where(MeasuredPage.service_id == service_id)
    return session.scalars(query.order_by(MeasuredPage.measured_on.desc(), MeasuredPage.id)).all()


def measure(session: Session, service_id: int, number: int) -> MeasuredPage | None:
    """Find a measured page of a service."""
    return session.scalar(select(MeasuredPage).where(MeasuredPage.service_id == service_id, MeasuredPage.id == number))
