"""Choices: the indicators that an organisation follows without any commitment asking for them."""

from collections.abc import Sequence

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from tracker.store.models import IndicatorChoice


def latest(session: Session, organisation_id: int) -> Sequence[IndicatorChoice]:
    """List the choice that counts for each indicator about which one was made."""
    newest = (
        select(IndicatorChoice.indicator_id, func.max(IndicatorChoice.version).label("version"))
        .where(IndicatorChoice.organisation_id == organisation_id)
        .group_by(IndicatorChoice.indicator_id)
        .subquery()
    )
    query = (
        select(IndicatorChoice)
        .join(
            newest,
            and_(IndicatorChoice.indicator_id == newest.c.indicator_id, IndicatorChoice.version == newest.c.version),
        )
        .where(IndicatorChoice.organisation_id == organisation_id)
        .order_by(IndicatorChoice.indicator_id)
    )
    return session.scalars(query).all()
