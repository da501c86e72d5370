"""Measurements: the latest revision of each year, or all revisions of one, and the parts of departments."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Subquery, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from tracker.domain.vocabulary import Stage
from tracker.store.models import Campaign, Department, Measurement, MeasurementPart, MeasurementStep
from tracker.store.queries.slices import slices

_READ: Sequence[ColumnElement[Any] | InstrumentedAttribute[Any]] = (
    Measurement.indicator_id,
    Measurement.year,
    Measurement.revision,
    Measurement.value,
    Measurement.absence,
    Measurement.numerator,
    Measurement.denominator,
    Measurement.quality,
    Measurement.coverage,
    Measurement.source,
    Measurement.comment,
    Measurement.author,
    Measurement.recorded_at,
    Measurement.method,
)
"""What is read of a value: its indicator, then the fields of ``tracker.domain.records.Reading`` in their order."""


def latest(
    session: Session, organisation_id: int, *, with_drafts: bool = False, until: datetime | None = None
) -> Sequence[Row[Any]]:
    """List the latest revision of every (indicator, year) of an organisation, by year: the columns of ``_READ``.

    Without ``with_drafts``, only revisions that count for readers: in a year with a campaign, what was validated or
    recorded before it was opened (``tracker.domain.workflow.counts``). With ``until``, as that moment knew them.
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
    seen = seen if until is None else seen.where(Measurement.recorded_at <= until)
    newest = (seen if with_drafts else seen.where(_counts(until))).subquery()
    query = select(*_READ).join(newest, _is_in(newest)).where(Measurement.organisation_id == organisation_id)
    return session.execute(query.order_by(Measurement.indicator_id, Measurement.year)).all()


def counting(session: Session, organisation_id: int) -> Sequence[Row[Any]]:
    """List every revision that counts for readers, oldest first: the columns of ``_READ``."""
    query = select(*_READ).where(Measurement.organisation_id == organisation_id, _counts())
    return session.execute(query.order_by(Measurement.indicator_id, Measurement.year, Measurement.revision)).all()


def _counts(until: datetime | None = None) -> ColumnElement[bool]:
    """Say in SQL what ``tracker.domain.workflow.counts`` says; with ``until``, what it said at that moment."""
    is_validated = exists().where(
        MeasurementStep.measurement_id == Measurement.id, MeasurementStep.stage == Stage.VALIDATED
    )
    if until is not None:
        is_validated = is_validated.where(MeasurementStep.at <= until)
    is_held_back = exists().where(
        Campaign.organisation_id == Measurement.organisation_id,
        Campaign.year == Measurement.year,
        Campaign.opened_at <= Measurement.recorded_at,
    )
    return or_(~is_held_back, is_validated)


def of_years(session: Session, organisation_id: int, years: Collection[int]) -> Sequence[Measurement]:
    """List the latest revision of every value of some years, drafts included, by year and indicator."""
    newest = (
        select(Measurement.indicator_id, Measurement.year, func.max(Measurement.revision).label("revision"))
        .where(Measurement.organisation_id == organisation_id, Measurement.year.in_(years))
        .group_by(Measurement.indicator_id, Measurement.year)
        .subquery()
    )
    query = select(Measurement).join(newest, _is_in(newest)).where(Measurement.organisation_id == organisation_id)
    return session.scalars(query.order_by(Measurement.year, Measurement.indicator_id)).all()


def _is_in(newest: Subquery) -> ColumnElement[bool]:
    """Say that a value is one of those that ``newest`` names by indicator, year and revision."""
    return and_(
        Measurement.indicator_id == newest.c.indicator_id,
        Measurement.year == newest.c.year,
        Measurement.revision == newest.c.revision,
    )


def published(session: Session, organisation_id: int, year: int) -> frozenset[int]:
    """Give the numbers of the indicators of which readers see a value, or the reason for none, in ``year``."""
    return frozenset(
        session.scalars(
            select(Measurement.indicator_id)
            .where(Measurement.organisation_id == organisation_id, Measurement.year == year, _counts())
            .distinct()
        )
    )


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
    session: Session,
    organisation_id: int,
    indicator_id: int,
    year: int | None = None,
    *,
    with_drafts: bool = True,
) -> Sequence[Measurement]:
    """List every revision of an indicator's values, or of one year's, latest year first, latest revision first.

    Without ``with_drafts``, only those that count for readers.
    """
    query = (
        select(Measurement)
        .where(Measurement.organisation_id == organisation_id, Measurement.indicator_id == indicator_id)
        .order_by(Measurement.year.desc(), Measurement.revision.desc())
    )
    query = query if with_drafts else query.where(_counts())
    return session.scalars(query if year is None else query.where(Measurement.year == year)).all()


def parts(session: Session, measurement_ids: Collection[int]) -> Sequence[tuple[MeasurementPart, Department]]:
    """List what each department brings to some revisions, in the order of the departments; one query for thousands."""
    found: list[tuple[MeasurementPart, Department]] = []
    for some in slices(measurement_ids):
        rows = session.execute(
            select(MeasurementPart, Department)
            .join(Department, Department.id == MeasurementPart.department_id)
            .where(MeasurementPart.measurement_id.in_(some))
            .order_by(MeasurementPart.measurement_id, Department.position)
        )
        found += [(part, department) for part, department in rows]
    return found


def exist(session: Session, organisation_id: int) -> bool:
    """Tell whether an organisation has any value."""
    return (
        session.scalar(select(Measurement.id).where(Measurement.organisation_id == organisation_id).limit(1))
        is not None
    )
