"""Notices of an account."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.store.models import Notice, Organisation


def unread(session: Session, account_id: int) -> int:
    """Count the notices that an account has not read."""
    query = select(func.count()).select_from(Notice).where(Notice.account_id == account_id, Notice.read_at.is_(None))
    return session.scalar(query) or 0


def of_account(session: Session, account_id: int, limit: int) -> Sequence[tuple[Notice, Organisation]]:
    """List the notices of an account, latest first, each with its organisation."""
    rows = session.execute(
        select(Notice, Organisation)
        .join(Organisation, Organisation.id == Notice.organisation_id)
        .where(Notice.account_id == account_id)
        .order_by(Notice.id.desc())
        .limit(limit)
    )
    return [(notice, organisation) for notice, organisation in rows]


def mark(session: Session, account_id: int, at: datetime) -> None:
    """Say that an account has read everything."""
    for notice in session.scalars(select(Notice).where(Notice.account_id == account_id, Notice.read_at.is_(None))):
        notice.read_at = at
