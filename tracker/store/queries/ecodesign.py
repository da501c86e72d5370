"""Services with their self-assessments and their measured pages, in a bounded number of queries."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tracker.store.models import DigitalService, EcodesignAssessment, MeasuredPage


def service(session: Session, organisation_id: int, number: int) -> DigitalService | None:
    """Find a service of an organisation by its number."""
    return session.scalar(
        select(DigitalService).where(DigitalService.organisation_id == organisation_id, DigitalService.number == number)
    )


def services(session: Session, organisation_id: int) -> Sequence[DigitalService]:
    """List the services of an organisation by their numbers."""
    return session.scalars(
        select(DigitalService).where(DigitalService.organisation_id == organisation_id).order_by(DigitalService.number)
    ).all()


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


def latest(session: Session, service_id: int) -> EcodesignAssessment | None:
    """Find the latest self-assessment of a service with its replies, and make others who ask so wait."""
    return session.scalar(
        select(EcodesignAssessment)
        .where(EcodesignAssessment.service_id == service_id)
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
