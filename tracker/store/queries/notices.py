"""Notices of an account."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from tracker.domain.vocabulary import NoticeKind
from tracker.store.models import Notice, Organisation, RoleGrant


def unread(session: Session, account_id: int) -> int:
    """Count the notices that an account has not read, in the organisations where it has a role."""
    query = (
        select(func.count())
        .select_from(Notice)
        .join(RoleGrant, _still_lets_in())
        .where(Notice.account_id == account_id, Notice.read_at.is_(None))
    )
    return session.scalar(query) or 0


def of_account(session: Session, account_id: int, limit: int) -> Sequence[tuple[Notice, Organisation]]:
    """List the notices of an account, latest first, each with its organisation, where the account has a role."""
    rows = session.execute(
        select(Notice, Organisation)
        .join(Organisation, Organisation.id == Notice.organisation_id)
        .join(RoleGrant, _still_lets_in())
        .where(Notice.account_id == account_id)
        .order_by(Notice.id.desc())
        .limit(limit)
    )
    return [(notice, organisation) for notice, organisation in rows]


def _still_lets_in() -> ColumnElement[bool]:
    """Say in SQL that the account of a notice has a role in its organisation: who left is told nothing of it."""
    return and_(RoleGrant.account_id == Notice.account_id, RoleGrant.organisation_id == Notice.organisation_id)


def mark(session: Session, account_id: int, at: datetime) -> None:
    """Say that an account has read everything."""
    for notice in session.scalars(select(Notice).where(Notice.account_id == account_id, Notice.read_at.is_(None))):
        notice.read_at = at


def told_since(session: Session, organisation_id: int, kind: NoticeKind, since: datetime) -> frozenset[int]:
    """Give the numbers of the accounts that were told something of ``kind`` in an organisation from ``since`` on."""
    query = select(Notice.account_id).where(
        Notice.organisation_id == organisation_id, Notice.kind == kind, Notice.at >= since
    )
    return frozenset(session.scalars(query))


def of_kind(session: Session, organisation_id: int, kind: NoticeKind) -> Sequence[Notice]:
    """List what was told of ``kind`` in an organisation, oldest first."""
    query = select(Notice).where(Notice.organisation_id == organisation_id, Notice.kind == kind)
    return session.scalars(query.order_by(Notice.id)).all()
