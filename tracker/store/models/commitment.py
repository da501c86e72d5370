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
    TargetPath,
    TaxRegime,
    TextStage,
)
from tracker.store.models.base import EMPTY, Base, LongText, Names
from tracker.store.models.deliberation import Deliberation
from tracker.store.models.indicator import Indicator
from tracker.store.types import Coded


class Commitment(Base):
    """An objective that was voted, anchored to its place in the text (``locator``).

    ``stale_after_months`` is None where the domain's default holds.
    """

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
    stale_after_months: Mapped[int | None]
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
    baselines: Mapped[list["Baseline"]] = relationship(lazy="raise", order_by="Baseline.version")
    targets: Mapped[list["TargetVersion"]] = relationship(lazy="raise", order_by="TargetVersion.version")


class Baseline(Base):
    """One immutable version of the value that an aim departs from; ``method`` is None when the vote itself states it.

    ``recorded_at`` is None for what a seed file says, here and in ``TargetVersion``.
    """

    __tablename__ = "baseline"
    __table_args__ = (UniqueConstraint("aim_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    aim_id: Mapped[int] = mapped_column(ForeignKey("aim.id"))
    version: Mapped[int]
    state: Mapped[BaselineState] = mapped_column(Coded(BaselineState))
    value: Mapped[Decimal | None]
    year: Mapped[int | None]
    in_force_from: Mapped[int] = mapped_column(default=0)
    method: Mapped[int | None]
    source_fr: Mapped[LongText]
    reason_fr: Mapped[LongText]
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime | None]


class TargetVersion(Base):
    """One immutable version of an aim's target; triggers refuse to change or delete it.

    ``decision`` names what set it: the reference of a deliberation, or another decision in words.
    """

    __tablename__ = "target_version"
    __table_args__ = (UniqueConstraint("aim_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    aim_id: Mapped[int] = mapped_column(ForeignKey("aim.id"))
    version: Mapped[int]
    basis: Mapped[TargetBasis] = mapped_column(Coded(TargetBasis))
    comparator: Mapped[Comparator] = mapped_column(Coded(Comparator))
    value: Mapped[Decimal]
    upper: Mapped[Decimal | None]
    start: Mapped[Decimal | None]
    start_year: Mapped[int | None]
    horizon_year: Mapped[int | None]
    path: Mapped[TargetPath] = mapped_column(
        Coded(TargetPath), default=TargetPath.LINEAR, server_default=TargetPath.LINEAR
    )
    reason_fr: Mapped[LongText]
    decision: Mapped[LongText] = mapped_column(server_default=EMPTY)
    decided_on: Mapped[date]
    in_force_from: Mapped[int]
    author: Mapped[str] = mapped_column(String(120), default="", server_default=EMPTY)
    recorded_at: Mapped[datetime | None]
    points: Mapped[list["TargetPoint"]] = relationship(lazy="raise", order_by="TargetPoint.year")


class TargetPoint(Base):
    """The value that a version of a target sets for one year on the way; as immutable as that version."""

    __tablename__ = "target_point"
    __table_args__ = (UniqueConstraint("target_version_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    target_version_id: Mapped[int] = mapped_column(ForeignKey("target_version.id"))
    year: Mapped[int]
    value: Mapped[Decimal]


class Finding(Base):
    """A dated fact on a commitment; append-only, a later fact speaks over an earlier one.

    ``valid_until`` is the last day of an approval.
    """

    __tablename__ = "finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"), index=True)
    state: Mapped[FindingState] = mapped_column(Coded(FindingState))
    on: Mapped[date]
    valid_until: Mapped[date | None]
    year: Mapped[int | None]
    amount: Mapped[Decimal | None]
    tax: Mapped[TaxRegime | None] = mapped_column(Coded(TaxRegime))
    budget_line: Mapped[LongText]
    evidence_fr: Mapped[LongText]
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]
