"""The footprint: the factors that an authority sets itself, the amounts that it enters, the assessments it froze."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.footprint import Accounting, AmountScope, AmountTool
from tracker.store.models.base import Base, LongText
from tracker.store.types import Coded


class FactorOverride(Base):
    """One version of an authority's own factor, append-only; the latest counts, None goes back to the shipped one."""

    __tablename__ = "factor_override"
    __table_args__ = (UniqueConstraint("organisation_id", "code", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    code: Mapped[str] = mapped_column(String(60))
    version: Mapped[int]
    value: Mapped[Decimal | None]
    low: Mapped[Decimal | None]
    high: Mapped[Decimal | None]
    source_fr: Mapped[LongText]
    reason_fr: Mapped[LongText]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]


class FootprintAmount(Base):
    """One version of an amount entered for a year, append-only; the latest of a ``number`` counts.

    ``carbon`` and its ends are kgCO2e, ``resources`` kg Sb eq., ``energy`` kWh. A version without ``carbon`` takes the
    amount back.
    """

    __tablename__ = "footprint_amount"
    __table_args__ = (
        UniqueConstraint("organisation_id", "year", "number", "version"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    year: Mapped[int]
    number: Mapped[int]
    version: Mapped[int]
    scope: Mapped[AmountScope] = mapped_column(Coded(AmountScope))
    tool: Mapped[AmountTool] = mapped_column(Coded(AmountTool))
    name: Mapped[str] = mapped_column(String(120))
    carbon: Mapped[Decimal | None]
    low: Mapped[Decimal | None]
    high: Mapped[Decimal | None]
    resources: Mapped[Decimal | None]
    energy: Mapped[Decimal | None]
    source_fr: Mapped[LongText]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]


class FootprintAssessment(Base):
    """One assessment of a year as it was frozen, append-only; the latest version is the one published.

    ``content`` is its canonical JSON, of which ``sha256`` is the digest.
    """

    __tablename__ = "footprint_assessment"
    __table_args__ = (
        UniqueConstraint("organisation_id", "year", "version"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    year: Mapped[int]
    version: Mapped[int]
    accounting: Mapped[Accounting] = mapped_column(Coded(Accounting))
    method: Mapped[str] = mapped_column(String(60))
    content: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]
