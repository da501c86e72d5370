"""Deliberations that were dropped as files."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.vocabulary import IntakeStage
from tracker.store.models import Intake


def by_number(session: Session, organisation_id: int, number: int, *, for_update: bool = False) -> Intake | None:
    """Find an intake of an organisation; ``for_update`` makes others who ask so wait (SQLite has one writer anyway)."""
    query = select(Intake).where(Intake.id == number, Intake.organisation_id == organisation_id)
    if for_update:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalar(query)


def same_file(session: Session, organisation_id: int, sha256: str) -> Intake | None:
    """Find the latest intake of the very same file that was not discarded."""
    query = select(Intake).where(
        Intake.organisation_id == organisation_id, Intake.sha256 == sha256, Intake.stage != IntakeStage.DISCARDED
    )
    return session.scalar(query.order_by(Intake.id.desc()).limit(1))


def latest(session: Session, organisation_id: int, limit: int) -> Sequence[Intake]:
    """List the latest intakes of an organisation, latest first."""
    query = select(Intake).where(Intake.organisation_id == organisation_id)
    return session.scalars(query.order_by(Intake.id.desc()).limit(limit)).all()
