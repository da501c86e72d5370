"""The accessibility scheme of an authority, its yearly plans and their actions."""

from datetime import date, datetime
from typing import Annotated

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.vocabulary import ActionStatus
from tracker.store.models.base import Base, LongText
from tracker.store.types import Coded

Texts = Annotated[dict[str, str], mapped_column(JSON, default=dict)]


class AccessScheme(Base):
    """A scheme. ``version`` grows with each change; the journal keeps what was.

    ``told`` has its texts by subject (``SchemeItem``); ``url`` is where it can be read since ``published_on``.
    """

    __tablename__ = "access_scheme"
    __table_args__ = (UniqueConstraint("organisation_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    number: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    told: Mapped[Texts]
    published_on: Mapped[date | None]
    url: Mapped[str] = mapped_column(String(500), default="")
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]


class AccessPlan(Base):
    """The accessibility plan of a year. ``version`` grows with each change; the journal keeps what was.

    ``review`` tells what the plan of the year before came to.
    """

    __tablename__ = "access_plan"
    __table_args__ = (UniqueConstraint("organisation_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    year: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    review: Mapped[LongText]
    published_on: Mapped[date | None]
    url: Mapped[str] = mapped_column(String(500), default="")
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]


class AccessAction(Base):
    """An action of a yearly accessibility plan. ``version`` grows with each change; the journal keeps what was.

    ``action_code`` is that of an action of the general plan of the same year, empty without one.
    """

    __tablename__ = "access_action"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("access_plan.id"))
    number: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    title: Mapped[LongText]
    service_id: Mapped[int | None] = mapped_column(ForeignKey("digital_service.id"), index=True)
    action_code: Mapped[str] = mapped_column(String(40), default="")
    due_on: Mapped[date | None]
    status: Mapped[ActionStatus] = mapped_column(Coded(ActionStatus), default=ActionStatus.PLANNED)
    outcome: Mapped[LongText]
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]
