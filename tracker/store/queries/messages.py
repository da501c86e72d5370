"""Messages about a subject."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from tracker.domain.subjects import Subject
from tracker.store.models import Message


def count(session: Session, organisation_id: int, subject: Subject) -> int:
    """Count the messages about a subject."""
    query = select(func.count()).select_from(Message).where(*_about(organisation_id, subject))
    return session.scalar(query) or 0


def page(session: Session, organisation_id: int, subject: Subject, *, skip: int, limit: int) -> Sequence[Message]:
    """List ``limit`` messages after the ``skip`` latest ones, latest first."""
    query = select(Message).where(*_about(organisation_id, subject)).order_by(Message.id.desc())
    return session.scalars(query.offset(skip).limit(limit)).all()


def writers(session: Session, organisation_id: int, subject: Subject) -> frozenset[int]:
    """Give the numbers of the accounts that wrote about a subject."""
    return frozenset(session.scalars(select(Message.account_id).where(*_about(organisation_id, subject)).distinct()))


def repeats(
    session: Session, organisation_id: int, subject: Subject, account_id: int, body: str, since: datetime
) -> bool:
    """Tell whether an account wrote the very same about a subject since then."""
    query = select(Message.id).where(
        *_about(organisation_id, subject),
        Message.account_id == account_id,
        Message.body == body,
        Message.at >= since,
    )
    return session.scalar(query.limit(1)) is not None


def _about(organisation_id: int, subject: Subject) -> tuple[ColumnElement[bool], ...]:
    return (
        Message.organisation_id == organisation_id,
        Message.subject_kind == subject.kind,
        Message.subject_code == subject.code,
        Message.subject_year == subject.year,
    )
