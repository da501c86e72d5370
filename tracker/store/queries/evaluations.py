"""Evaluations of digital services by their users."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.store.models import ServiceEvaluation


def everything(session: Session, organisation_id: int) -> Sequence[ServiceEvaluation]:
    """List the evaluations of an organisation, latest year first."""
    return session.scalars(
        select(ServiceEvaluation)
        .where(ServiceEvaluation.organisation_id == organisation_id)
        .order_by(ServiceEvaluation.year.desc(), ServiceEvaluation.service_id)
    ).all()


def row(session: Session, service_id: int, year: int) -> ServiceEvaluation | None:
    """Find the evaluation of a service in a year; others cannot change it until the transaction ends."""
    return session.scalar(
        select(ServiceEvaluation)
        .where(ServiceEvaluation.service_id == service_id, ServiceEvaluation.year == year)
        .with_for_update()
    )
