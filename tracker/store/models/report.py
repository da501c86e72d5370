"""Frozen reports: each version as it was sealed, when it was debated, and what strangers read of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.vocabulary import Role
from tracker.store.models.base import Base, LongText
from tracker.store.types import Coded


class FrozenReport(Base):
    """One version of the report of a year, append-only: ``content`` is its canonical text, ``digest`` its SHA-256.

    ``schema`` names the shape of the text; ``as_of`` is the day that it was judged on. ``role`` is the function that
    its files name in the place of a person.
    """

    __tablename__ = "frozen_report"
    __table_args__ = (
        UniqueConstraint("organisation_id", "year", "version"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    year: Mapped[int]
    version: Mapped[int]
    schema: Mapped[str] = mapped_column(String(80))
    content: Mapped[LongText] = mapped_column(deferred=True)
    digest: Mapped[str] = mapped_column(String(64))
    as_of: Mapped[date]
    frozen_at: Mapped[datetime]
    role: Mapped[Role] = mapped_column(Coded(Role))
    note: Mapped[LongText]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    author: Mapped[str] = mapped_column(String(120))


class ReportDebate(Base):
    """One version of what is known of the presentation of a frozen report, append-only; the last one speaks.

    ``deliberation`` is the number of the one that takes note of it, ``adopted_on`` its day; both are there or none.
    """

    __tablename__ = "report_debate"
    __table_args__ = (UniqueConstraint("report_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("frozen_report.id"))
    position: Mapped[int]
    debate_on: Mapped[date]
    deliberation: Mapped[str] = mapped_column(String(80), default="")
    adopted_on: Mapped[date | None]
    author: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime]


class ReportPublication(Base):
    """One decision on what strangers read of a frozen report, append-only; the last one speaks.

    They read it from ``visible_from`` on; ``is_withdrawn`` takes it back, with the reason in ``note``.
    """

    __tablename__ = "report_publication"
    __table_args__ = (UniqueConstraint("report_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("frozen_report.id"))
    position: Mapped[int]
    visible_from: Mapped[date]
    is_withdrawn: Mapped[bool]
    note: Mapped[LongText]
    author: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime]
