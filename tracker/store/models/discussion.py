"""Discussion: messages about a value, a commitment or an action, and the notices that tell a person something."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.vocabulary import NoticeKind, SubjectKind
from tracker.store.models.base import Base, LongText
from tracker.store.types import Coded


class Message(Base):
    """What somebody wrote about a subject. Append-only."""

    __tablename__ = "message"
    __table_args__ = (
        Index(
            "ix_message_subject",
            "organisation_id",
            "subject_kind",
            "subject_code",
            "subject_year",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    subject_kind: Mapped[SubjectKind] = mapped_column(Coded(SubjectKind))
    subject_code: Mapped[str] = mapped_column(String(40))
    subject_year: Mapped[int]
    body: Mapped[LongText]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    author: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]


class Notice(Base):
    """Something that one person is told, until they have read it."""

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_account_id_read_at", "account_id", "read_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[NoticeKind] = mapped_column(Coded(NoticeKind))
    subject_kind: Mapped[SubjectKind] = mapped_column(Coded(SubjectKind))
    subject_code: Mapped[str] = mapped_column(String(40))
    subject_year: Mapped[int]
    body: Mapped[LongText]
    author: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]
