"""The footprint: an authority's own factors, entered amounts, frozen assessments."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.store.models import FactorOverride, FootprintAmount, FootprintAssessment


def overrides(session: Session, organisation_id: int, code: str | None = None) -> Sequence[FactorOverride]:
    """List every version of an authority's own factors, or of one, oldest first."""
    query = select(FactorOverride).where(FactorOverride.organisation_id == organisation_id)
    query = query if code is None else query.where(FactorOverride.code == code)
    return session.scalars(query.order_by(FactorOverride.code, FactorOverride.version)).all()


def amounts(session: Session, organisation_id: int, year: int | None = None) -> Sequence[FootprintAmount]:
    """List every version of the amounts entered, for all years or one, oldest first."""
    query = select(FootprintAmount).where(FootprintAmount.organisation_id == organisation_id)
    query = query if year is None else query.where(FootprintAmount.year == year)
    order = (FootprintAmount.year, FootprintAmount.number, FootprintAmount.version)
    return session.scalars(query.order_by(*order)).all()


def assessments(session: Session, organisation_id: int, year: int | None = None) -> Sequence[FootprintAssessment]:
    """List every version of the frozen assessments, for all years or one, oldest first."""
    query = select(FootprintAssessment).where(FootprintAssessment.organisation_id == organisation_id)
    query = query if year is None else query.where(FootprintAssessment.year == year)
    return session.scalars(query.order_by(FootprintAssessment.year, FootprintAssessment.version)).all()
