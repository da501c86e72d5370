"""Measurements: the latest revision of each year, or all revisions of one, and the parts of departments."""

from collections.abc import Collection, Sequence

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from tracker.store.models import Department, Measurement, MeasurementPart


def latest(session: Session, organisation_id: int) -> Sequence[Measurement]:
    """List the latest revision of every (indicator, year) of an organisation, by year."""
    newest = (
        select(
            Measurement.indicator_id,
            Measurement.year,
            func.max(Measurement.revision).label("revision"),
        )
        .where(Measurement.organisation_id == organisation_id)
        .group_by(Measurement.indicator_id, Measurement.year)
        .subquery()
    )
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
