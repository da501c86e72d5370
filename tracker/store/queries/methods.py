"""Methods: how an organisation obtains its indicators, where it does not follow the catalogue."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.store.models import IndicatorMethod


def of_organisation(session: Session, organisation_id: int) -> Sequence[IndicatorMethod]:
    """List every version of the methods of an organisation, by indicator, oldest version first."""
    return session.scalars(
        select(IndicatorMethod)
        .where(IndicatorMethod.organisation_id == organisation_id)
        .order_by(IndicatorMethod.indicator_id, IndicatorMethod.version)
    ).all()
