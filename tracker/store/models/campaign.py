"""Campaigns: the collection of a year's values, its reminders, and what was reopened after its end."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.store.models.base import Base, LongText, Names


class Campaign(Base):
    """The campaign of a year. ``version`` grows with each change, so that a stale edit is seen.

    ``reminders_on`` holds days as ISO texts.
    """

    __tablename__ = "campaign"
    __table_args__ = (
        UniqueConstraint("organisation_id", "year"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    year: Mapped[int]
    due_on: Mapped[date]
    debate_on: Mapped[date | None]
    reminders_on: Mapped[Names]
    has_four_eyes: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime]
    opened_by: Mapped[str] = mapped_column(String(120))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str] = mapped_column(String(120), default="")
    version: Mapped[int] = mapped_column(default=1)


class Reopening(Base):
    """One indicator given back to one person after the campaign's end, until a day included. Append-only."""

    __tablename__ = "reopening"

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    until: Mapped[date]
    reason: Mapped[LongText]
    author: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime]


class Reminder(Base):
    """A person reminded once on a day; ``mailed_at`` stays empty until the letter has left."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("campaign_id", "account_id", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    on: Mapped[date]
    missing: Mapped[int]
    recorded_at: Mapped[datetime]
    mailed_at: Mapped[datetime | None]
