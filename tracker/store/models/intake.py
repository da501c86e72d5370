"""Intakes: deliberations that were dropped as files, and wait for somebody to review what was read in them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.vocabulary import IntakeStage
from tracker.store.models.base import Base
from tracker.store.types import Coded


class Intake(Base):
    """What was read in one file, never the file itself: it holds names. ``version`` grows with each change."""

    __tablename__ = "intake"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    stage: Mapped[IntakeStage] = mapped_column(Coded(IntakeStage), default=IntakeStage.WAITING)
    file_name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    proposal: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    deliberation_id: Mapped[int | None] = mapped_column(ForeignKey("deliberation.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    author: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime]
