"""Commitments: what was voted, with its indicators, baselines, target versions and dated facts."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.vocabulary import (
    Axis,
    BaselineState,
    CommitmentKind,
    Comparator,
    DuePrecision,
    FindingState,
    Strength,
    TargetBasis,
    TaxRegime,
    TextStage,
)
from tracker.store.models.base import Base, LongText, Names
from tracker.store.models.deliberation import Deliberation
from tracker.store.models.indicator import Indicator
from tracker.store.types import Coded


class Commitment(Base):
    """An objective that was voted, anchored to its place in the text (``locator``)."""

    __tablename__ = "commitment"
    __table_args__ = (UniqueConstraint("organisation_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    deliberation_id: Mapped[int] = mapped_column(ForeignKey("deliberation.id"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(40))
    locator: Mapped[LongText]
    axis: Mapped[Axis] = mapped_column(Coded(Axis))
    secondary_axes: Mapped[Names]
    title_fr: Mapped[LongText]
    title_en: Mapped[LongText]
    statement_fr: Mapped[LongText]
    statement_en: Mapped[LongText]
    kind: Mapped[CommitmentKind] = mapped_column(Coded(CommitmentKind))
    strength: Mapped[Strength] = mapped_column(Coded(Strength))
    stage_in_text: Mapped[TextStage] = mapped_column(Coded(TextStage))
    starts_on: Mapped[date | None]
    due_on: Mapped[date | None]
    due_precision: Mapped[DuePrecision | None] = mapped_column(Coded(DuePrecision))
    due_note: Mapped[LongText]
    owner: Mapped[str] = mapped_column(String(40), default="")
    steering: Mapped[LongText]
    decree_items: Mapped[Names]
    legal_references: Mapped[Names]
    ambiguity: Mapped[LongText]
    is_flagship: Mapped[bool] = mapped_column(default=False)
    deliberation: Mapped[Deliberation] = relationship(lazy="raise")
    aims: Mapped[list["Aim"]] = relationship(lazy="raise", order_by="Aim.position")
    findings: Mapped[list["Finding"]] = relationship(lazy="raise", order_by="Finding.id")


class Aim(Base):
    """An indicator as one commitment uses it; the first one leads."""

    __tablename__ = "aim"
    __table_args__ = (UniqueConstraint("commitment_id", "indicator_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"))
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True)
    position: Mapped[int]
    indicator: Mapped[Indicator] = relationship(lazy="raise")
    baseline: Mapped["Baseline | None"] = relationship(lazy="raise")
    targets: Mapped[list["TargetVersion"]] = relationship(lazy="raise", order_by="TargetVersion.version")


class Baseline(Base):
    """The value that an aim departs from."""

    __tablename__ = "baseline"

    id: Mapped[int] = mapped_column(primary_key=True)
    aim_id: Mapped[int] = mapped_column(ForeignKey("aim.id"), unique=True)
    state: Mapped[BaselineState] = mapped_column(Coded(BaselineState))
    value: Mapped[Decimal | None]
    year: Mapped[int | None]
    source_fr: Mapped[LongText]


class TargetVersion(Base):
    """One immutable version of an aim's target; triggers refuse to change or delete it."""

    __tablename__ = "target_version"
    __table_args__ = (UniqueConstraint("aim_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    aim_id: Mapped[int] = mapped_column(ForeignKey("aim.id"))
    version: Mapped[int]
    basis: Mapped[TargetBasis] = mapped_column(Coded(TargetBasis))
    comparator: Mapped[Comparator] = mapped_column(Coded(Comparator))
    value: Mapped[Decimal]
    horizon_year: Mapped[int | None]
    reason_fr: Mapped[LongText]
    decided_on: Mapped[date]
    in_force_from: Mapped[int]


class Finding(Base):
    """A dated fact on a commitment; append-only, a later fact speaks over an earlier one."""

    __tablename__ = "finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"), index=True)
    state: Mapped[FindingState] = mapped_column(Coded(FindingState))
    on: Mapped[date]
    year: Mapped[int | None]
    amount: Mapped[Decimal | None]
    tax: Mapped[TaxRegime | None] = mapped_column(Coded(TaxRegime))
    budget_line: Mapped[LongText]
    evidence_fr: Mapped[LongText]
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]
