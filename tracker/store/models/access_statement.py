"""Accessibility statements that were published, and the complaints about the accessibility of services."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.complaints import ComplaintOutcome
from tracker.domain.rgaa import Conformity
from tracker.store.models.base import Base, LongText
from tracker.store.types import Coded


class AccessStatement(Base):
    """A statement that was put online, never changed: ``is_correction`` when it takes the place of the one before.

    ``rgaa`` is the version that it reports, empty where no audit was in force; ``conformity`` what it said.
    """

    __tablename__ = "access_statement"
    __table_args__ = (UniqueConstraint("service_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("digital_service.id"))
    position: Mapped[int]
    published_on: Mapped[date]
    url: Mapped[str] = mapped_column(String(500))
    rgaa: Mapped[str] = mapped_column(String(20), default="")
    conformity: Mapped[Conformity] = mapped_column(Coded(Conformity))
    is_correction: Mapped[bool] = mapped_column(default=False)
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]


class AccessComplaint(Base):
    """A complaint about the accessibility of a service, without a word on who wrote it.

    ``version`` grows with each change; the journal keeps what was.
    """

    __tablename__ = "access_complaint"
    __table_args__ = (UniqueConstraint("organisation_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    number: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    service_id: Mapped[int] = mapped_column(ForeignKey("digital_service.id"), index=True)
    received_on: Mapped[date]
    subject: Mapped[LongText]
    answered_on: Mapped[date | None]
    outcome: Mapped[ComplaintOutcome | None] = mapped_column(Coded(ComplaintOutcome))
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]
