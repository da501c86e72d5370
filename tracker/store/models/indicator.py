"""Indicators: the catalogue of what can be measured, shared by all organisations."""

from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.vocabulary import Aggregation, Axis, Better, Collection, Tier, ValueKind
from tracker.store.models.base import EMPTY, Base, LongText, Names
from tracker.store.types import Coded


class Indicator(Base):
    """One indicator. ``decimals`` is for display; ``minimum`` and ``maximum`` are bounds of the possible.

    ``formula_fr`` is for readers; ``formula`` computes, in the language of ``tracker.domain.formula``.
    """

    __tablename__ = "indicator"

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    axis: Mapped[Axis] = mapped_column(Coded(Axis))
    tier: Mapped[Tier] = mapped_column(Coded(Tier))
    name_fr: Mapped[LongText]
    name_en: Mapped[LongText]
    definition_fr: Mapped[LongText]
    definition_en: Mapped[LongText]
    unit: Mapped[str] = mapped_column(String(40))
    value_kind: Mapped[ValueKind] = mapped_column(Coded(ValueKind))
    numerator_fr: Mapped[LongText]
    denominator_fr: Mapped[LongText]
    formula_fr: Mapped[LongText]
    formula: Mapped[LongText] = mapped_column(server_default=EMPTY)
    better: Mapped[Better] = mapped_column(Coded(Better))
    aggregation: Mapped[Aggregation] = mapped_column(Coded(Aggregation))
    collected_by: Mapped[Collection] = mapped_column(Coded(Collection))
    decimals: Mapped[int] = mapped_column(default=0)
    minimum: Mapped[Decimal | None]
    maximum: Mapped[Decimal | None]
    companion: Mapped[str] = mapped_column(String(40), default="")
    decree_items: Mapped[Names]
    suggestion: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    data_sources: Mapped[Names]
    references: Mapped[Names]
    note_fr: Mapped[LongText]
