"""Where a shared catalogue comes from, one sentence a subject."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.store.models.base import Base, LongText


class SourceNote(Base):
    """The source of a subject such as ``organisations`` or ``indicators/sobriety``."""

    __tablename__ = "source_note"

    subject: Mapped[str] = mapped_column(String(80), primary_key=True)
    source: Mapped[LongText]
