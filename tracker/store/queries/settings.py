"""Settings of an indicator in an organisation."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.store.models import IndicatorSetting


def versions(session: Session, organisation_id: int, indicator_id: int) -> Sequence[IndicatorSetting]:
    """List every version of one indicator's setting, latest first."""
    return session.scalars(
        select(IndicatorSetting)
        .where(IndicatorSetting.organisation_id == organisation_id, IndicatorSetting.indicator_id == indicator_id)
        .order_by(IndicatorSetting.version.desc())
    ).all()
