"""The catalogue of indicators."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.store.models import Indicator


def everything(session: Session) -> Sequence[Indicator]:
    """List the whole catalogue in its order."""
    return session.scalars(select(Indicator).order_by(Indicator.position)).all()
