"""The report as an authority arranges it, and what it writes in it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.store.models.base import Base, LongText


class ReportPlace(Base):
    """Where a section of the report stands, and whether it is left out: for every year until it is changed."""

    __tablename__ = "report_place"
    __table_args__ = (UniqueConstraint("organisation_id", "section"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    section: Mapped[str] = mapped_column(String(40))
    rank: Mapped[int]
    is_hidden: Mapped[bool]


class ReportText(Base):
    """One version of what an authority says in a section of a year, append-only.

    The last one that is not a draft is read in the report; a draft that is later waits to be accepted.
    """

    __tablename__ = "report_text"
    __table_args__ = (
        UniqueConstraint("organisation_id", "year", "section", "version"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    year: Mapped[int]
    section: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    text_fr: Mapped[LongText]
    is_draft: Mapped[bool]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    author: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime]
