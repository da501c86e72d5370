"""The scenarios of the estate that were saved, each by its versions."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.store.models.base import Base


class Scenario(Base):
    """One version of a scenario, append-only; the latest of a ``number`` counts, unless it takes the scenario back.

    ``levers`` is a JSON object of what was moved, by the names that the address of the simulator has them under.
    """

    __tablename__ = "scenario"
    __table_args__ = (
        UniqueConstraint("organisation_id", "number", "version"),
        CheckConstraint("horizon BETWEEN 2000 AND 2150", name="horizon_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    number: Mapped[int]
    version: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    horizon: Mapped[int]
    levers: Mapped[str] = mapped_column(Text)
    is_withdrawn: Mapped[bool] = mapped_column(default=False)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]
