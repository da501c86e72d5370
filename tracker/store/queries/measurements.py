"""Measurements: the latest revision of each year, or all revisions of one, and the parts of departments."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from tracker.domain.vocabulary import Stage
from tracker.store.models import Campaign, Department, Measurement, MeasurementPart, MeasurementStep


def latest(session: Session, organisation_id: int, *, with_drafts: bool = False) -> Sequence[Measurement]:
    """List the latest revision of every (indicator, year) of an organisation, by year.

    Without ``with_drafts``, only revisions that count for readers: in a year with a campaign, what was validated or
    recorded before it was opened (``tracker.domain.workflow.counts``).
    """
    seen = (
        select(
            Measurement.indicator_id,
            Measurement.year,
            func.max(Measurement.revision).label("revision"),
        )
        .where(Measurement.organisation_id == organisation_id)
        .group_by(Measurement.indicator_id, Measurement.year)
    )
    newest = (seen if with_drafts else seen.where(_counts())).subquery()
    query = (
        select(Measurement)
        .join(
            newest,
            and_(
                Measurement.indicator_id == newest.c.indicator_id,
                Measurement.year == newest.c.year,
                Measurement.revision == newest.c.revision,
            ),
        )
        .where(Measurement.organisation_id == organisation_id)
        .order_by(Measurement.indicator_id, Measurement.year)
    )
    return session.scalars(query).all()


def _counts() -> ColumnElement[bool]:
    """Say in SQL what ``tracker.domain.workflow.counts`` says."""
    is_validated = exists().where(
        MeasurementStep.measurement_id == Measurement.id, MeasurementStep.stage == Stage.VALIDATED
    )
    is_held_back = exists().where(
        Campaign.organisation_id == Measurement.organisation_id,
        Campaign.year == Measurement.year,
        Campaign.opened_at <= Measurement.recorded_at,
    )
    return or_(~is_held_back, is_validated)


def of_year(session: Session, organisation_id: int, year: int) -> Sequence[Measurement]:
    """List the latest revision of every value of a year, drafts included, by indicator."""
    newest = (
        select(Measurement.indicator_id, func.max(Measurement.revision).label("revision"))
        .where(Measurement.organisation_id == organisation_id, Measurement.year == year)
        .group_by(Measurement.indicator_id)
        .subquery()
    )
    query = (
        select(Measurement)
        .join(
            newest,
            and_(Measurement.indicator_id == newest.c.indicator_id, Measurement.revision == newest.c.revision),
        )
        .where(Measurement.organisation_id == organisation_id, Measurement.year == year)
        .order_by(Measurement.indicator_id)
    )
    return session.scalars(query).all()


def revisions_of(
    session: Session, organisation_id: int, indicator_ids: Collection[int], years: Collection[int]
) -> Sequence[Measurement]:
    """List every revision of the values of some indicators in some years, latest revision first; one query for all."""
    return session.scalars(
        select(Measurement)
        .where(
            Measurement.organisation_id == organisation_id,
            Measurement.indicator_id.in_(indicator_ids),
            Measurement.year.in_(years),
        )
        .order_by(Measurement.indicator_id, Measurement.year, Measurement.revision.desc())
    ).all()


def current(session: Session, organisation_id: int, indicator_id: int, year: int) -> Measurement | None:
    """Find the latest revision of one value."""
    return session.scalar(
        select(Measurement)
        .where(
            Measurement.organisation_id == organisation_id,
            Measurement.indicator_id == indicator_id,
            Measurement.year == year,
        )
        .order_by(Measurement.revision.desc())
        .limit(1)
    )


def revisions(
    session: Session, organisation_id: int, indicator_id: int, year: int | None = None
) -> Sequence[Measurement]:
    """List every revision of an indicator's values, or of one year's, latest year first, latest revision first."""
    query = (
        select(Measurement)
        .where(Measurement.organisation_id == organisation_id, Measurement.indicator_id == indicator_id)
        .order_by(Measurement.year.desc(), Measurement.revision.desc())
    )
    return session.scalars(query if year is None else query.where(Measurement.year == year)).all()


def parts(session: Session, measurement_ids: Collection[int]) -> Sequence[tuple[MeasurementPart, Department]]:
    """List what each department brings to some revisions, in the order of the departments; one query for all."""
    if not measurement_ids:
        return ()
    rows = session.execute(
        select(MeasurementPart, Department)
        .join(Department, Department.id == MeasurementPart.department_id)
        .where(MeasurementPart.measurement_id.in_(measurement_ids))
        .order_by(MeasurementPart.measurement_id, Department.position)
    )
    return [(part, department) for part, department in rows]


def exist(session: Session, organisation_id: int) -> bool:
    """Tell whether an organisation has any value."""
    return (
        session.scalar(select(Measurement.id).where(Measurement.organisation_id == organisation_id).limit(1))
        is not None
    )
