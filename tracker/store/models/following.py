"""Following: the commitments that a person wants to hear of, how often, and the digests that they were sent."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.vocabulary import DigestFrequency
from tracker.store.models.base import Base
from tracker.store.types import Coded


class Following(Base):
    """One version of whether a person follows a commitment, append-only; the latest counts."""

    __tablename__ = "following"
    __table_args__ = (UniqueConstraint("account_id", "commitment_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"), index=True)
    version: Mapped[int]
    is_followed: Mapped[bool]
    recorded_at: Mapped[datetime]


class DigestChoice(Base):
    """One version of how often a person is sent the digest of an organisation, append-only; the latest counts."""

    __tablename__ = "digest_choice"
    __table_args__ = (UniqueConstraint("account_id", "organisation_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    version: Mapped[int]
    frequency: Mapped[DigestFrequency] = mapped_column(Coded(DigestFrequency))
    recorded_at: Mapped[datetime]


class Digest(Base):
    """What a person was told of the commitments that they follow, once on a day; ``mailed_at`` when it left by e-mail.

    It tells what changed between ``since`` and ``until``.
    """

    __tablename__ = "digest"
    __table_args__ = (UniqueConstraint("account_id", "organisation_id", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    on: Mapped[date]
    since: Mapped[datetime]
    until: Mapped[datetime]
    mailed_at: Mapped[datetime | None]
