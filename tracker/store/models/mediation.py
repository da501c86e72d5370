"""Places where people are helped with what is digital."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.mediation import MediationKind
from tracker.store.models.base import Base, LongText
from tracker.store.types import Coded


class MediationPlace(Base):
    """A place of mediation at its public address. ``version`` grows with each change; the journal keeps what was."""

    __tablename__ = "mediation_place"
    __table_args__ = (UniqueConstraint("organisation_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    number: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[MediationKind] = mapped_column(Coded(MediationKind), default=MediationKind.OTHER)
    address: Mapped[str] = mapped_column(String(300), default="")
    postcode: Mapped[str] = mapped_column(String(10), default="")
    town: Mapped[str] = mapped_column(String(120), default="")
    hours: Mapped[LongText]
    website: Mapped[str] = mapped_column(String(500), default="")
    is_open: Mapped[bool] = mapped_column(default=True)
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]


class MediationYear(Base):
    """How many people a place helped in a year; None where nobody counted. ``version`` grows with each change."""

    __tablename__ = "mediation_year"
    __table_args__ = (
        CheckConstraint("people >= 0", name="people_count"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year_range"),
        UniqueConstraint("place_id", "year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("mediation_place.id"))
    year: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    people: Mapped[int | None]
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]
