"""Measurements: the value of an indicator for an organisation and a year, revision after revision."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.methods import FIRST
from tracker.domain.vocabulary import Absence, Quality
from tracker.store.models.base import Base, LongText
from tracker.store.models.part import MeasurementPart
from tracker.store.types import Coded


class Measurement(Base):
    """One revision. Append-only (triggers refuse changes); a value, or the reason for none, never both.

    ``method`` is the version of the method that the value was obtained by.
    """

    __tablename__ = "measurement"
    __table_args__ = (
        UniqueConstraint("organisation_id", "indicator_id", "year", "revision"),
        CheckConstraint("(value IS NULL) <> (absence IS NULL)", name="value_or_absence"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True)
    year: Mapped[int]
    revision: Mapped[int]
    value: Mapped[Decimal | None]
    numerator: Mapped[Decimal | None]
    denominator: Mapped[Decimal | None]
    absence: Mapped[Absence | None] = mapped_column(Coded(Absence))
    quality: Mapped[Quality | None] = mapped_column(Coded(Quality))
    coverage: Mapped[Decimal | None]
    method: Mapped[int] = mapped_column(default=FIRST, server_default=str(FIRST))
    source: Mapped[LongText]
    comment: Mapped[LongText]
    author: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime]
    parts: Mapped[list[MeasurementPart]] = relationship(lazy="raise", order_by=MeasurementPart.department_id)
