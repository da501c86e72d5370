"""Import batches, without their content unless it is asked for, and what each wrote."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased, defer

from tracker.domain.vocabulary import Stage
from tracker.store.models import ImportBatch, ImportedValue, Indicator, Measurement, MeasurementStep

_SETTLED = (Stage.SUBMITTED, Stage.VALIDATED)


def by_number(session: Session, organisation_id: int, number: int, *, for_update: bool = False) -> ImportBatch | None:
    """Find a batch of an organisation; ``for_update`` makes others who ask so wait (SQLite has one writer anyway)."""
    query = select(ImportBatch).where(ImportBatch.id == number, ImportBatch.organisation_id == organisation_id)
    if for_update:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalar(query)


def latest(session: Session, organisation_id: int, account_id: int | None, limit: int) -> Sequence[ImportBatch]:
    """List the latest batches of an organisation, or those of one account, latest first, without their content."""
    query = (
        select(ImportBatch)
        .options(defer(ImportBatch.content), defer(ImportBatch.seen))
        .where(ImportBatch.organisation_id == organisation_id)
        .order_by(ImportBatch.id.desc())
        .limit(limit)
    )
    return session.scalars(query if account_id is None else query.where(ImportBatch.account_id == account_id)).all()


def kept(session: Session, batch_ids: Collection[int]) -> frozenset[int]:
    """Give the numbers of the batches whose content is still there."""
    query = select(ImportBatch.id).where(ImportBatch.id.in_(batch_ids), func.length(ImportBatch.content) > 0)
    return frozenset(session.scalars(query))


def pending(session: Session, account_id: int) -> Sequence[int]:
    """List the numbers of an account's batches that wait for their confirmation, latest first."""
    query = select(ImportBatch.id).where(
        ImportBatch.account_id == account_id,
        ImportBatch.confirmed_at.is_(None),
        func.length(ImportBatch.content) > 0,
    )
    return session.scalars(query.order_by(ImportBatch.id.desc())).all()


def empty(session: Session, organisation_id: int, sent_before: datetime, batch_ids: Collection[int]) -> None:
    """Remove the content of what was never confirmed: the batches sent before a moment, and those of ``batch_ids``."""
    session.execute(
        update(ImportBatch)
        .where(
            ImportBatch.organisation_id == organisation_id,
            ImportBatch.confirmed_at.is_(None),
            or_(ImportBatch.sent_at < sent_before, ImportBatch.id.in_(batch_ids)),
        )
        .values(content=b"", seen={})
    )


def written(session: Session, batch_id: int) -> Sequence[tuple[Measurement, Indicator]]:
    """List the revisions that a batch wrote, each with its indicator, in the catalogue's order."""
    rows = session.execute(
        select(Measurement, Indicator)
        .join(ImportedValue, ImportedValue.measurement_id == Measurement.id)
        .join(Indicator, Indicator.id == Measurement.indicator_id)
        .where(ImportedValue.batch_id == batch_id)
        .order_by(Indicator.position, Measurement.year)
    )
    return [(row, indicator) for row, indicator in rows]


def moved_on(session: Session, batch_ids: Collection[int]) -> frozenset[int]:
    """Give the numbers of the batches of which some value has a newer revision, or was submitted or validated."""
    newer = aliased(Measurement)
    has_newer = exists().where(
        and_(
            newer.organisation_id == Measurement.organisation_id,
            newer.indicator_id == Measurement.indicator_id,
            newer.year == Measurement.year,
            newer.revision > Measurement.revision,
        )
    )
    query = (
        select(ImportedValue.batch_id)
        .join(Measurement, Measurement.id == ImportedValue.measurement_id)
        .where(ImportedValue.batch_id.in_(batch_ids), or_(has_newer, _is_settled()))
    )
    return frozenset(session.scalars(query.distinct()))


def _is_settled() -> ColumnElement[bool]:
    """Say in SQL that a revision went further after it was typed; a correction is validated as it is typed."""
    later = aliased(MeasurementStep)
    is_last = ~exists().where(
        later.measurement_id == MeasurementStep.measurement_id, later.position > MeasurementStep.position
    )
    return exists().where(
        MeasurementStep.measurement_id == Measurement.id,
        MeasurementStep.stage.in_(_SETTLED),
        is_last,
        MeasurementStep.at != Measurement.recorded_at,
    )
