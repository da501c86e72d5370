"""Steps: how a revision of a value went through the campaign."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.vocabulary import Stage
from tracker.store.models.base import Base, LongText
from tracker.store.types import Coded


class MeasurementStep(Base):
    """One step of a revision: typed (position 0), submitted, returned or validated. Append-only; the last one counts.

    A revision from a seed file has none. ``reason`` says why a value was corrected after its campaign, or returned.
    """

    __tablename__ = "measurement_step"
    __table_args__ = (UniqueConstraint("measurement_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    measurement_id: Mapped[int] = mapped_column(ForeignKey("measurement.id"))
    position: Mapped[int]
    stage: Mapped[Stage] = mapped_column(Coded(Stage))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    author: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    reason: Mapped[LongText]
