"""Settings: the latest one of each indicator of an organisation, or all versions of one."""

from collections.abc import Sequence

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from tracker.store.models import IndicatorSetting


def latest(session: Session, organisation_id: int) -> Sequence[IndicatorSetting]:
    """List the settings that count for an organisation, by indicator."""
    newest = (
        select(IndicatorSetting.indicator_id, func.max(IndicatorSetting.version).label("version"))
        .where(IndicatorSetting.organisation_id == organisation_id)
        .group_by(IndicatorSetting.indicator_id)
        .subquery()
    )
    query = (
        select(IndicatorSetting)
        .join(
            newest,
            and_(
                IndicatorSetting.indicator_id == newest.c.indicator_id,
                IndicatorSetting.version == newest.c.version,
            ),
        )
        .where(IndicatorSetting.organisation_id == organisation_id)
        .order_by(IndicatorSetting.indicator_id)
    )
    return session.scalars(query).all()


def versions(session: Session, organisation_id: int, indicator_id: int) -> Sequence[IndicatorSetting]:
    """List every version of one indicator's setting, latest first."""
    return session.scalars(
        select(IndicatorSetting)
        .where(IndicatorSetting.organisation_id == organisation_id, IndicatorSetting.indicator_id == indicator_id)
        .order_by(IndicatorSetting.version.desc())
    ).all()
