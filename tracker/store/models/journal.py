"""The journal: who changed what, when; written in the same transaction as the change."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.journal_actions import JournalAction
from tracker.store.models.base import Base, LongText
from tracker.store.types import Coded


class JournalEntry(Base):
    """One line, append-only (triggers refuse changes). The order is that of ``id``, not of the clock."""

    __tablename__ = "journal_entry"
    __table_args__ = (Index("ix_journal_entry_organisation_id_id", "organisation_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(120))
    action: Mapped[JournalAction] = mapped_column(Coded(JournalAction))
    subject: Mapped[str] = mapped_column(String(80))
    year: Mapped[int | None]
    before: Mapped[LongText]
    after: Mapped[LongText]
    comment: Mapped[LongText]
