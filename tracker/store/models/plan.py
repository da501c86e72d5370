"""Action plans: one a year, and the way each went from a draft to its review."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.vocabulary import PlanStage
from tracker.store.models.base import Base, LongText
from tracker.store.types import Coded


class ActionPlan(Base):
    """The plan of a year; its latest step tells how far it has come."""

    __tablename__ = "action_plan"
    __table_args__ = (
        UniqueConstraint("organisation_id", "year"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    year: Mapped[int]
    author: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime]


class PlanStep(Base):
    """A plan opened, submitted, adopted, reviewed or sent back: by whom, on which day, by which text. Append-only."""

    __tablename__ = "plan_step"
    __table_args__ = (UniqueConstraint("plan_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("action_plan.id"))
    position: Mapped[int]
    stage: Mapped[PlanStage] = mapped_column(Coded(PlanStage))
    on: Mapped[date]
    deliberation_id: Mapped[int | None] = mapped_column(ForeignKey("deliberation.id"))
    note_fr: Mapped[LongText]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    author: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime]
