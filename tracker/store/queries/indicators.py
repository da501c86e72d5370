"""The catalogue of indicators, and the part of it that an organisation uses."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.store.models import Aim, Commitment, Indicator


def everything(session: Session) -> Sequence[Indicator]:
    """List the whole catalogue in its order."""
    return session.scalars(select(Indicator).order_by(Indicator.position)).all()


def by_code(session: Session, code: str) -> Indicator | None:
    """Find an indicator by its code."""
    return session.scalar(select(Indicator).where(Indicator.code == code))


def used_by(session: Session, organisation_id: int) -> Sequence[Indicator]:
    """List the indicators that serve a commitment of the organisation, in the catalogue's order."""
    used = (
        select(Aim.indicator_id)
        .join(Commitment, Commitment.id == Aim.commitment_id)
        .where(Commitment.organisation_id == organisation_id)
    )
    return session.scalars(select(Indicator).where(Indicator.id.in_(used)).order_by(Indicator.position)).all()
