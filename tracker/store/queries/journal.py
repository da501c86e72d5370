"""The journal of an organisation, latest line first."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.journal_actions import JournalAction
from tracker.store.models import JournalEntry


def page(session: Session, organisation_id: int, *, skip: int, limit: int) -> Sequence[JournalEntry]:
    """List ``limit`` lines after the ``skip`` latest ones."""
    return session.scalars(
        select(JournalEntry)
        .where(JournalEntry.organisation_id == organisation_id)
        .order_by(JournalEntry.id.desc())
        .offset(skip)
        .limit(limit)
    ).all()


def count(session: Session, organisation_id: int) -> int:
    """Count the lines of an organisation."""
    return (
        session.scalar(
            select(func.count()).select_from(JournalEntry).where(JournalEntry.organisation_id == organisation_id)
        )
        or 0
    )


def trace(session: Session, organisation_id: int) -> tuple[int, int]:
    """Give the number of the last line of an organisation, and how many there are: another pair after any change."""
    last, lines = session.execute(
        select(func.max(JournalEntry.id), func.count()).where(JournalEntry.organisation_id == organisation_id)
    ).one()
    return last or 0, lines


def after(session: Session, organisation_id: int, action: JournalAction, moment: datetime) -> Sequence[JournalEntry]:
    """List the lines of an organisation that tell ``action`` after ``moment``, oldest first."""
    return session.scalars(
        select(JournalEntry)
        .where(JournalEntry.organisation_id == organisation_id, JournalEntry.action == action, JournalEntry.at > moment)
        .order_by(JournalEntry.id)
    ).all()


def latest_about(session: Session, organisation_id: int, action: JournalAction, subject: str) -> JournalEntry | None:
    """Find the last line of an organisation that tells ``action`` of ``subject``."""
    return session.scalar(
        select(JournalEntry)
        .where(
            JournalEntry.organisation_id == organisation_id,
            JournalEntry.action == action,
            JournalEntry.subject == subject,
        )
        .order_by(JournalEntry.id.desc())
        .limit(1)
    )


def about(
    session: Session,
    organisation_id: int,
    actions: Collection[JournalAction],
    subject: str,
    year: int | None,
    limit: int,
) -> Sequence[JournalEntry]:
    """List the last ``limit`` lines that tell one of ``actions`` of ``subject`` in ``year``, None for no year."""
    return session.scalars(
        select(JournalEntry)
        .where(
            JournalEntry.organisation_id == organisation_id,
            JournalEntry.action.in_(actions),
            JournalEntry.subject == subject,
            JournalEntry.year == year,
        )
        .order_by(JournalEntry.id.desc())
        .limit(limit)
    ).all()


def at_moment(
    session: Session, organisation_id: int, actions: Collection[JournalAction], at: datetime
) -> Sequence[JournalEntry]:
    """List the lines of an organisation that tell one of ``actions``, written of the very moment ``at``."""
    return session.scalars(
        select(JournalEntry)
        .where(
            JournalEntry.organisation_id == organisation_id,
            JournalEntry.action.in_(actions),
            JournalEntry.at == at,
        )
        .order_by(JournalEntry.id.desc())
    ).all()
