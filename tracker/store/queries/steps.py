"""Steps of revisions: where each stands, and its whole way."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from tracker.store.models import MeasurementStep
from tracker.store.queries.slices import slices


def last(session: Session, measurement_ids: Collection[int]) -> Mapping[int, MeasurementStep]:
    """Give the last step of each revision by its number; one without any is left out. One query for thousands."""
    found: dict[int, MeasurementStep] = {}
    for some in slices(measurement_ids):
        newest = (
            select(MeasurementStep.measurement_id, func.max(MeasurementStep.position).label("position"))
            .where(MeasurementStep.measurement_id.in_(some))
            .group_by(MeasurementStep.measurement_id)
            .subquery()
        )
        rows = session.scalars(
            select(MeasurementStep).join(
                newest,
                and_(
                    MeasurementStep.measurement_id == newest.c.measurement_id,
                    MeasurementStep.position == newest.c.position,
                ),
            )
        )
        found |= {step.measurement_id: step for step in rows}
    return found


def whole(session: Session, measurement_ids: Collection[int]) -> Sequence[MeasurementStep]:
    """List every step of some revisions, by revision, first step first; one query for all."""
    if not measurement_ids:
        return ()
    return session.scalars(
        select(MeasurementStep)
        .where(MeasurementStep.measurement_id.in_(measurement_ids))
        .order_by(MeasurementStep.measurement_id, MeasurementStep.position)
    ).all()
