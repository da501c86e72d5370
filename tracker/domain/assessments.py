"""The assessment of a year as it is frozen: one canonical text, its digest, and what is read back from it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from typing import Any

from tracker.domain.estate import EquipmentCategory
from tracker.domain.factors import FactorTable, Measure, Span, code_of
from tracker.domain.footprint import Accounting, Amount, AmountScope, CategoryYear, Footprint, LifeStage
from tracker.domain.numbers import plain_text

SCHEMA = "footprint-assessment/1"
_STEP = Decimal("0.000001")


class ProposalFate(StrEnum):
    """What becomes of a proposed value: written, or why not."""

    NEW = "new"
    REPLACES = "replaces"
    SAME = "same"
    SETTLED = "settled"
    CLOSED = "closed"
    UNFOLLOWED = "unfollowed"


@dataclass(frozen=True, slots=True)
class FrozenLine:
    """A category of a frozen assessment: its devices in use, and its kgCO2e, None where no factor is known.

    ``stages`` has the stages of its life that are known.
    """

    category: EquipmentCategory
    in_use: int
    carbon: Span | None
    stages: Mapping[LifeStage, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FrozenAmount:
    """An amount of a frozen assessment, in kgCO2e; one of the scope ``whole`` is not in the total."""

    scope: AmountScope
    name: str
    carbon: Span
    source: str


@dataclass(frozen=True, slots=True)
class FrozenFactor:
    """A factor that a frozen assessment rests on, with its source and the revision that was used."""

    code: str
    value: Decimal | None
    source: str
    revision: int


@dataclass(frozen=True, slots=True)
class Frozen:
    """A frozen assessment as it is told again: kgCO2e, kg Sb eq., kWh, None where it says nothing.

    ``measured`` are the service lives, in years, that were those of the estate itself.
    """

    year: int
    version: int
    on: date
    accounting: Accounting
    method: str
    electricity: int | None
    carbon: Span | None
    resources: Span | None
    energy: Span | None
    coverage: Decimal | None
    staff: Decimal | None
    stages: Mapping[LifeStage, Span]
    lines: Sequence[FrozenLine]
    amounts: Sequence[FrozenAmount]
    sha256: str
    author: str
    at: datetime
    measured: Mapping[EquipmentCategory, Decimal] = field(default_factory=dict)
    factors: Sequence[FrozenFactor] = ()

    @property
    def is_without_use(self) -> bool:
        """Tell whether what its devices use is missing, for lack of a factor of electricity."""
        return self.electricity is None and any(one.in_use for one in self.lines)

    @property
    def per_head(self) -> Span | None:
        """Give the kgCO2e a staff member, None where either is unknown."""
        return self.carbon.scaled(1 / self.staff) if self.staff and self.carbon is not None else None


def canonical(slug: str, found: Footprint, table: FactorTable, staff: Decimal | None) -> str:
    """Write an assessment as the one text that it has: sorted keys, exact numbers at 6 decimals, no space.

    It holds every factor that it rests on, so that the figures can be reckoned again from it alone.
    """
    weighed = [*found.categories, *found.replaced]
    codes = [code_of(one.category, measure) for one in weighed for measure in Measure]
    if found.electricity is not None:
        codes.append(f"electricity.{found.electricity}")
    told = {
        "schema": SCHEMA,
        "organisation": slug,
        "year": found.year,
        "on": found.on.isoformat(),
        "accounting": str(found.accounting),
        "method": found.method,
        "electricity": found.electricity,
        "carbon": _span(found.carbon),
        "resources": _span(found.resources),
        "energy": _span(found.energy),
        "coverage": _number(found.coverage),
        "staff": _number(staff),
        "stages": {str(stage): _span(span) for stage, span in found.stages().items()},
        "categories": [_category(one) for one in found.categories],
        "replaced": [_category(one) for one in found.replaced],
        "amounts": [_amount(one) for one in (*found.amounts, *found.beside)],
        "factors": {
            code: {"value": _number(factor.value), "low": _number(factor.low), "high": _number(factor.high)}
            | {"source": factor.source, "revision": factor.revision}
            for code in sorted(set(codes))
            if (factor := table.factors.get(code)) is not None
        },
    }
    if lives := table.measured_lives(one.category for one in weighed):
        told["measured_lives"] = {str(category): _number(years) for category, years in lives.items()}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: str) -> str:
    """Give the SHA-256 of a canonical text, in hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()


def read(content: str, version: int, author: str, at: datetime) -> Frozen:
    """Read a canonical text back."""
    told = json.loads(content)
    return Frozen(
        year=told["year"],
        version=version,
        on=date.fromisoformat(told["on"]),
        accounting=Accounting(told["accounting"]),
        method=told["method"],
        electricity=told["electricity"],
        carbon=_read_span(told["carbon"]),
        resources=_read_span(told["resources"]),
        energy=_read_span(told["energy"]),
        coverage=_read_number(told["coverage"]),
        staff=_read_number(told["staff"]),
        stages=_read_stages(told["stages"]),
        lines=[
            FrozenLine(EquipmentCategory(one["category"]), one["in_use"], _read_span(one["carbon"]), _read_stages(one))
            for one in told["categories"]
        ],
        amounts=[
            FrozenAmount(AmountScope(one["scope"]), one["name"], span, one["source"])
            for one in told["amounts"]
            if (span := _read_span(one["carbon"])) is not None
        ],
        sha256=digest(content),
        author=author,
        at=at,
        measured={
            EquipmentCategory(category): Decimal(years) for category, years in told.get("measured_lives", {}).items()
        },
        factors=[
            FrozenFactor(code, _read_number(one["value"]), one["source"], one["revision"])
            for code, one in told["factors"].items()
        ],
    )


def _read_stages(told: Mapping[str, Any]) -> Mapping[LifeStage, Span]:
    return {stage: span for stage in LifeStage if (span := _read_span(told.get(stage))) is not None}


def _category(one: CategoryYear) -> Mapping[str, Any]:
    return {
        "category": str(one.category),
        "in_use": one.in_use,
        "undated": one.undated,
        "spread": one.spread,
        "came": one.came,
        "reconditioned": one.reconditioned,
        "in_stock": one.in_stock,
        "untold": one.untold,
        "making": _span(one.making),
        "use": _span(one.use),
        "end": _span(one.end),
        "carbon": _span(one.carbon),
        "resources": _span(one.resources),
        "energy": _span(one.energy),
        "missing": [str(measure) for measure in one.missing],
    }


def _amount(one: Amount) -> Mapping[str, Any]:
    return {
        "scope": str(one.scope),
        "tool": str(one.tool),
        "name": one.name,
        "carbon": _span(one.carbon),
        "resources": _number(one.resources),
        "energy": _number(one.energy),
        "source": one.source,
        "version": one.version,
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else plain_text(value.quantize(_STEP, rounding=ROUND_HALF_EVEN))


def _span(span: Span | None) -> list[str | None] | None:
    return None if span is None else [_number(span.value), _number(span.low), _number(span.high)]


def _read_number(told: str | None) -> Decimal | None:
    return None if told is None else Decimal(told)


def _read_span(told: Sequence[str] | None) -> Span | None:
    return None if told is None else Span(*map(Decimal, told))
