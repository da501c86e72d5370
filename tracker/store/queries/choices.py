"""Choices: the indicators that an organisation follows without any commitment asking for them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.store.models import IndicatorChoice
from tracker.store.queries.versions import is_newest


def latest(session: Session, organisation_id: int) -> Sequence[IndicatorChoice]:
    """List the choice that counts for each indicator about which one was made."""
    counts = is_newest(IndicatorChoice, IndicatorChoice.organisation_id, IndicatorChoice.indicator_id)
    query = select(IndicatorChoice).where(IndicatorChoice.organisation_id == organisation_id, counts)
    return session.scalars(query.order_by(IndicatorChoice.indicator_id)).all()
