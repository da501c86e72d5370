"""The catalogue of indicators, alone or with what an organisation decided about each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from tracker.store.models import Indicator, IndicatorChoice, IndicatorMethod, IndicatorSetting


@dataclass(frozen=True, slots=True)
class Decided:
    """An entry of the catalogue and every version of what an organisation decided about it, oldest first."""

    row: Indicator
    methods: dict[int, IndicatorMethod] = field(default_factory=dict)
    settings: dict[int, IndicatorSetting] = field(default_factory=dict)
    choices: dict[int, IndicatorChoice] = field(default_factory=dict)


def everything(session: Session) -> Sequence[Indicator]:
    """List the whole catalogue in its order."""
    return session.scalars(select(Indicator).order_by(Indicator.position)).all()


def decided(session: Session, organisation_id: int) -> Sequence[Decided]:
    """List the whole catalogue in its order, with an organisation's methods, settings and choices; one query for all.

    Each row of the answer pairs one version of each kind: few indicators have more than one of any.
    """
    query = select(Indicator, IndicatorMethod, IndicatorSetting, IndicatorChoice)
    for kind in (IndicatorMethod, IndicatorSetting, IndicatorChoice):
        query = query.outerjoin(kind, and_(kind.indicator_id == Indicator.id, kind.organisation_id == organisation_id))
    query = query.order_by(
        Indicator.position, IndicatorMethod.version, IndicatorSetting.version, IndicatorChoice.version
    )
    found: dict[int, Decided] = {}
    for row, method, setting, choice in session.execute(query):
        known = found.setdefault(row.id, Decided(row))
        if method is not None:
            known.methods[method.version] = method
        if setting is not None:
            known.settings[setting.version] = setting
        if choice is not None:
            known.choices[choice.version] = choice
    return list(found.values())
