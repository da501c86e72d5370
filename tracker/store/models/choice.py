"""Choices: the indicators of the catalogue that an authority follows without any commitment asking for them."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.store.models.base import Base


class IndicatorChoice(Base):
    """One version, append-only; the latest says whether the indicator is followed."""

    __tablename__ = "indicator_choice"
    __table_args__ = (UniqueConstraint("organisation_id", "indicator_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    version: Mapped[int]
    is_followed: Mapped[bool]
    author: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime]
