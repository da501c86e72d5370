"""Calendar keys: the private addresses at which people subscribe to the due dates of an organisation."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.store.models.base import Base


class CalendarKey(Base):
    """One version of a person's key to an organisation's calendar, append-only; the latest counts, empty once closed.

    Only the digest (SHA-256) of a key is kept: the address is shown once.
    """

    __tablename__ = "calendar_key"
    __table_args__ = (UniqueConstraint("account_id", "organisation_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    version: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), default="", index=True)
    recorded_at: Mapped[datetime]
