"""Deliberations: the texts that were voted, and what each does to others."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.vocabulary import RelationKind
from tracker.store.models.base import EMPTY, Base, LongText, Names
from tracker.store.types import Coded


class Deliberation(Base):
    """One vote. No personal name is stored: the rapporteur is a role.

    ``url`` is where the authority publishes the text; ``recorded_at`` is empty for what came with the first seeds.
    ``lines_version`` is that of the budget lines that it states now: those of a version before were corrected.
    """

    __tablename__ = "deliberation"
    __table_args__ = (UniqueConstraint("organisation_id", "reference"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    source: Mapped[LongText]
    reference: Mapped[str] = mapped_column(String(60))
    number: Mapped[str] = mapped_column(String(80))
    internal_reference: Mapped[str] = mapped_column(String(80), default="")
    adopted_on: Mapped[date]
    body: Mapped[str] = mapped_column(String(200))
    title_fr: Mapped[LongText]
    title_en: Mapped[LongText]
    rapporteur_role: Mapped[LongText]
    outcome: Mapped[str] = mapped_column(String(40))
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    abstentions: Mapped[int | None]
    url: Mapped[str] = mapped_column(String(500), default="", server_default=EMPTY)
    recorded_at: Mapped[datetime | None]
    legal_basis: Mapped[Names]
    lines_version: Mapped[int] = mapped_column(default=1, server_default="1")
    relations: Mapped[list["DeliberationRelation"]] = relationship(
        lazy="raise", order_by="DeliberationRelation.position"
    )


class DeliberationRelation(Base):
    """Another deliberation that one renews, refers to or amends."""

    __tablename__ = "deliberation_relation"

    id: Mapped[int] = mapped_column(primary_key=True)
    deliberation_id: Mapped[int] = mapped_column(ForeignKey("deliberation.id"), index=True)
    position: Mapped[int]
    kind: Mapped[RelationKind] = mapped_column(Coded(RelationKind))
    number: Mapped[str] = mapped_column(String(80))
    adopted_on: Mapped[date | None]
    body: Mapped[str] = mapped_column(String(200), default="")
    subject_fr: Mapped[LongText]
