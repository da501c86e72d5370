"""API tokens: what a program shows to read the API as an account does."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.store.models.base import Base


class ApiToken(Base):
    """A token that an account made for a program; it only reads, until its day, or until it is revoked.

    Only the digest (SHA-256) of a token is kept, and its first characters to tell it from others: it is shown once.
    """

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    prefix: Mapped[str] = mapped_column(String(12))
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_on: Mapped[date]
    used_on: Mapped[date | None]
    revoked_at: Mapped[datetime | None]
