"""The AI systems of an authority."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.ai_register import AiRole, AiState, CharterOpinion, RiskClass, YesNo
from tracker.store.models.base import Base, LongText
from tracker.store.types import Coded


class AiSystem(Base):
    """An AI system. ``version`` grows with each change; the journal keeps what was.

    ``number`` is counted in the organisation and stands in the addresses. ``service_id`` is None for one that stands
    alone. ``origin`` is the source of the seed file that it was read from, empty for what somebody typed.
    """

    __tablename__ = "ai_system"
    __table_args__ = (UniqueConstraint("organisation_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("digital_service.id"), index=True)
    number: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(String(200))
    purpose: Mapped[LongText]
    supplier: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[AiState] = mapped_column(Coded(AiState), default=AiState.UNKNOWN)
    started_on: Mapped[date | None]
    role: Mapped[AiRole] = mapped_column(Coded(AiRole), default=AiRole.UNKNOWN)
    data_used: Mapped[LongText]
    risk: Mapped[RiskClass] = mapped_column(Coded(RiskClass), default=RiskClass.TO_QUALIFY)
    is_conversational: Mapped[YesNo] = mapped_column(Coded(YesNo), default=YesNo.UNKNOWN)
    notice: Mapped[YesNo] = mapped_column(Coded(YesNo), default=YesNo.UNKNOWN)
    recourse: Mapped[LongText]
    evaluated_on: Mapped[date | None]
    evaluation_method: Mapped[LongText]
    evaluation_result: Mapped[LongText]
    charter_on: Mapped[date | None]
    charter_opinion: Mapped[CharterOpinion] = mapped_column(Coded(CharterOpinion), default=CharterOpinion.UNKNOWN)
    decides: Mapped[YesNo] = mapped_column(Coded(YesNo), default=YesNo.UNKNOWN)
    rules_url: Mapped[str] = mapped_column(String(500), default="")
    source: Mapped[LongText]
    note: Mapped[LongText]
    is_published: Mapped[bool] = mapped_column(default=False)
    origin: Mapped[LongText]
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]
