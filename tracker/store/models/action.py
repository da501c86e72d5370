"""Actions: what a plan does for the commitments, each version whole, so that nothing that was planned is lost."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.vocabulary import ActionStatus, TaxRegime
from tracker.store.models.base import Base, LongText
from tracker.store.types import Coded


class Action(Base):
    """An action of a plan; one carried over knows the action of the year before that it goes on with, and why."""

    __tablename__ = "action"
    __table_args__ = (UniqueConstraint("plan_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("action_plan.id"))
    code: Mapped[str] = mapped_column(String(40))
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"))
    carry_reason_fr: Mapped[LongText]


class ActionVersion(Base):
    """One version of an action, append-only; the latest counts. ``pilot`` is a function, never a person's name.

    ``planned`` and ``spent`` are euros, of the one tax regime that ``tax`` states; full-time equivalents are of a year.
    """

    __tablename__ = "action_version"
    __table_args__ = (UniqueConstraint("action_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"))
    version: Mapped[int]
    title_fr: Mapped[LongText]
    description_fr: Mapped[LongText]
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    pilot: Mapped[str] = mapped_column(String(120), default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    status: Mapped[ActionStatus] = mapped_column(Coded(ActionStatus), default=ActionStatus.PLANNED)
    planned: Mapped[Decimal | None]
    spent: Mapped[Decimal | None]
    tax: Mapped[TaxRegime] = mapped_column(Coded(TaxRegime), default=TaxRegime.UNSTATED)
    fte_planned: Mapped[Decimal | None]
    fte_spent: Mapped[Decimal | None]
    budget_line_id: Mapped[int | None] = mapped_column(ForeignKey("budget_line.id"))
    risks_fr: Mapped[LongText]
    review_fr: Mapped[LongText]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    author: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime]
    commitments: Mapped[list["ActionCommitment"]] = relationship(lazy="raise", order_by="ActionCommitment.id")
    contributors: Mapped[list["ActionContributor"]] = relationship(lazy="raise", order_by="ActionContributor.id")
    steps: Mapped[list["ActionStep"]] = relationship(lazy="raise", order_by="ActionStep.position")
    effects: Mapped[list["ActionEffect"]] = relationship(lazy="raise", order_by="ActionEffect.id")


class ActionCommitment(Base):
    """A commitment that a version of an action serves."""

    __tablename__ = "action_commitment"
    __table_args__ = (UniqueConstraint("version_id", "commitment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("action_version.id"))
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"), index=True)


class ActionContributor(Base):
    """A department that contributes to an action beside the one that leads it."""

    __tablename__ = "action_contributor"
    __table_args__ = (UniqueConstraint("version_id", "department_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("action_version.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))


class ActionStep(Base):
    """A step of an action, with the day it is due and the day it was done."""

    __tablename__ = "action_step"
    __table_args__ = (UniqueConstraint("version_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("action_version.id"))
    position: Mapped[int]
    title_fr: Mapped[LongText]
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]


class ActionEffect(Base):
    """What an action is expected to change of an indicator, in words: it is a hope, and judges nothing."""

    __tablename__ = "action_effect"
    __table_args__ = (UniqueConstraint("version_id", "indicator_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("action_version.id"))
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    expected_fr: Mapped[LongText]
