"""Ecodesign of digital services: self-assessments against the RGESN, pages measured by EcoIndex."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.rgesn import EcodesignAnswer
from tracker.store.models.base import Base, LongText
from tracker.store.types import Coded


class EcodesignAssessment(Base):
    """A self-assessment of a service. ``version`` grows with each change; the journal keeps what was.

    ``number`` is counted in the service: a new one begins from the answers of the one before, which stays as it was
    closed. ``assessor`` is a department, an organisation or a role, never a person. ``published_on`` is the day that
    its statement was put at ``url``.
    """

    __tablename__ = "ecodesign_assessment"
    __table_args__ = (UniqueConstraint("service_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("digital_service.id"))
    number: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    rgesn: Mapped[str] = mapped_column(String(20))
    assessed_on: Mapped[date | None]
    assessor: Mapped[str] = mapped_column(String(200), default="")
    scope: Mapped[LongText]
    improvements: Mapped[LongText]
    is_closed: Mapped[bool] = mapped_column(default=False)
    published_on: Mapped[date | None]
    url: Mapped[str] = mapped_column(String(500), default="")
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]
    replies: Mapped[list["EcodesignReply"]] = relationship(lazy="raise")


class EcodesignReply(Base):
    """What a self-assessment answers to one criterion, and why; a criterion without one waits for its answer."""

    __tablename__ = "ecodesign_reply"
    __table_args__ = (UniqueConstraint("assessment_id", "criterion"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("ecodesign_assessment.id"))
    criterion: Mapped[str] = mapped_column(String(8))
    answer: Mapped[EcodesignAnswer] = mapped_column(Coded(EcodesignAnswer))
    note: Mapped[LongText]


class MeasuredPage(Base):
    """A page of a service as a tool measured it on a day; a measure that was wrong is withdrawn, never changed.

    ``told_score`` is what the imported file states, beside ours that is reckoned from the three figures; ``source``
    names that file.
    """

    __tablename__ = "measured_page"
    __table_args__ = (
        # Named, as the name made of the columns is longer than PostgreSQL takes.
        UniqueConstraint("service_id", "address", "measured_on", "tool", "tool_version", name="uq_measured_page_once"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("digital_service.id"))
    address: Mapped[str] = mapped_column(String(500))
    measured_on: Mapped[date]
    elements: Mapped[int]
    requests: Mapped[int]
    kilobytes: Mapped[Decimal]
    tool: Mapped[str] = mapped_column(String(80))
    tool_version: Mapped[str] = mapped_column(String(40))
    told_score: Mapped[Decimal | None]
    source: Mapped[str] = mapped_column(String(200), default="")
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]
