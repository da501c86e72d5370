"""Memberships: the associations that an authority belongs to, and what is known of each of their years."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.vocabulary import TaxRegime
from tracker.store.models.base import Base, LongText
from tracker.store.types import Coded


class Membership(Base):
    """An association that an authority joined."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("organisation_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    url: Mapped[str] = mapped_column(String(500), default="")
    source: Mapped[LongText]
    recorded_at: Mapped[datetime]


class MembershipYear(Base):
    """One version of what is known of a year of a membership, append-only; the latest counts.

    What no text states stays empty: an unknown amount is not a free year, an unknown decision not a lapse.
    """

    __tablename__ = "membership_year"
    __table_args__ = (
        UniqueConstraint("membership_id", "year", "version"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("membership.id"))
    year: Mapped[int]
    version: Mapped[int]
    amount: Mapped[Decimal | None]
    tax: Mapped[TaxRegime] = mapped_column(Coded(TaxRegime), default=TaxRegime.UNSTATED)
    renew_before: Mapped[date | None]
    deliberation_id: Mapped[int | None] = mapped_column(ForeignKey("deliberation.id"))
    decided_on: Mapped[date | None]
    decided_by: Mapped[str] = mapped_column(String(200), default="")
    paid_on: Mapped[date | None]
    is_given_up: Mapped[bool] = mapped_column(default=False)
    commitment_id: Mapped[int | None] = mapped_column(ForeignKey("commitment.id"), index=True)
    budget_line_id: Mapped[int | None] = mapped_column(ForeignKey("budget_line.id"))
    served_fr: Mapped[LongText]
    tools_fr: Mapped[LongText]
    evidence_fr: Mapped[LongText]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]
