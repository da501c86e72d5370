"""Methods: how an authority obtains an indicator, from a year on."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.store.models.base import Base, LongText


class IndicatorMethod(Base):
    """One version, append-only, from 2 on: version 1 is the catalogue's. Without a formula the value is typed."""

    __tablename__ = "indicator_method"
    __table_args__ = (
        UniqueConstraint("organisation_id", "indicator_id", "version"),
        CheckConstraint("version >= 2", name="after_the_catalogue"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    version: Mapped[int]
    in_force_from: Mapped[int]
    formula: Mapped[LongText]
    description_fr: Mapped[LongText]
    reason_fr: Mapped[LongText]
    author: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime]
