"""Notices: what a person is told inside the product, until they have read it."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from tracker.domain.subjects import Subject
from tracker.domain.vocabulary import NoticeKind
from tracker.services.visitor import Visitor
from tracker.store.models import Account, Notice, Organisation
from tracker.store.queries import notices

EXCERPT = 300


def tell(
    session: Session,
    visitor: Visitor,
    account_ids: Collection[int],
    kind: NoticeKind,
    subject: Subject,
    body: str = "",
) -> None:
    """Tell each account something that the visitor did; nobody is told of what they did themselves."""
    for account_id in sorted(set(account_ids) - {visitor.account_id}):
        session.add(
            Notice(
                account_id=account_id,
                organisation_id=visitor.organisation.id,
                kind=kind,
                subject_kind=subject.kind,
                subject_code=subject.code,
                subject_year=subject.year,
                body=body[:EXCERPT],
                author=visitor.name,
                at=datetime.now(UTC),
            )
        )


def unread(session: Session, account: Account) -> int:
    """Count what an account has not read yet."""
    return notices.unread(session, account.id)


def of_account(session: Session, account: Account, limit: int) -> Sequence[tuple[Notice, Organisation]]:
    """List the latest notices of an account, each with its organisation."""
    return notices.of_account(session, account.id, limit)


def read(session: Session, account: Account) -> None:
    """Mark everything as read."""
    notices.mark(session, account.id, datetime.now(UTC))
