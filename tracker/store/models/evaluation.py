"""What users think of digital services, year by year."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.store.models.base import Base, LongText


class ServiceEvaluation(Base):
    """The evaluation of a service by its users in a year. ``version`` grows with each change.

    ``score`` is the mean of ``respondents`` answers on a scale from ``low`` to ``high``; ``lessons`` say what was
    drawn from it.
    """

    __tablename__ = "service_evaluation"
    __table_args__ = (
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year_range"),
        UniqueConstraint("service_id", "year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("digital_service.id"))
    year: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    method: Mapped[str] = mapped_column(String(500), default="")
    respondents: Mapped[int | None]
    score: Mapped[Decimal | None]
    low: Mapped[Decimal]
    high: Mapped[Decimal]
    lessons: Mapped[LongText]
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]
