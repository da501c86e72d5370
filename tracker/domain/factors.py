"""Emission factors: what one device, or one kilowatt-hour, is taken to weigh, from where, and how surely."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from tracker.domain.estate import EquipmentCategory

THOUSAND = Decimal(1000)
ELECTRICITY = "electricity"
MEASURED = "Médiane mesurée sur le parc"
"""What the source of a service life begins with where it is the one that the estate itself shows."""


class Measure(StrEnum):
    """What a factor tells of one device; ``energy`` stands before ``power`` × ``hours`` where it is known."""

    MAKING = "making"
    END = "end"
    RESOURCES = "resources"
    POWER = "power"
    HOURS = "hours"
    ENERGY = "energy"
    LIFE = "life"


class Confidence(StrEnum):
    """How surely a factor is known."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


UNITS: Mapping[Measure, str] = {
    Measure.MAKING: "kgCO2e",
    Measure.END: "kgCO2e",
    Measure.RESOURCES: "kgSbeq",
    Measure.POWER: "W",
    Measure.HOURS: "h/year",
    Measure.ENERGY: "kWh/year",
    Measure.LIFE: "years",
}
ELECTRICITY_UNIT = "kgCO2e/kWh"


@dataclass(frozen=True, slots=True)
class Span:
    """A quantity between a low and a high one; the ends add up as if every factor erred the same way."""

    value: Decimal
    low: Decimal
    high: Decimal

    def __add__(self, other: "Span") -> "Span":
        """Add two quantities, end by end."""
        return Span(self.value + other.value, self.low + other.low, self.high + other.high)

    def times(self, other: "Span") -> "Span":
        """Multiply two quantities, none of them negative."""
        return Span(self.value * other.value, self.low * other.low, self.high * other.high)

    def scaled(self, by: Decimal) -> "Span":
        """Multiply by an exact number, not negative."""
        return Span(self.value * by, self.low * by, self.high * by)


def exact(value: Decimal) -> Span:
    """Give a number as a quantity without a range."""
    return Span(value, value, value)


def together(spans: Iterable[Span | None]) -> Span | None:
    """Add up what is known of ``spans``, None where nothing is: missing is never zero."""
    known = [span for span in spans if span is not None]
    return sum(known[1:], known[0]) if known else None


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor: ``code`` is ``CATEGORY.MEASURE`` or ``electricity.YEAR``, ``year`` that of the source.

    ``bounds`` says where the range comes from. ``revision`` is the version that an authority set, 0 for the shipped
    one, and ``reason`` why it did.
    """

    code: str
    value: Decimal
    low: Decimal
    high: Decimal
    unit: str
    source: str
    source_version: str
    licence: str
    year: int
    confidence: Confidence
    bounds: str = ""
    revision: int = 0
    reason: str = ""

    @property
    def span(self) -> Span:
        """Give the value with its range."""
        return Span(self.value, self.low, self.high)

    @property
    def is_own(self) -> bool:
        """Tell whether the authority set it itself."""
        return self.revision > 0

    @property
    def is_measured(self) -> bool:
        """Tell whether it is a service life that the estate itself shows."""
        return self.is_own and self.code.endswith(f".{Measure.LIFE}") and self.source.startswith(MEASURED)


@dataclass(frozen=True, slots=True)
class FactorTable:
    """The factors of a calculation by their code; ``release`` names the shipped ones, ``changes`` counts the own ones.

    ``changes`` counts the versions that the authority ever wrote, so that no two tables share a ``method``.
    """

    release: str
    factors: Mapping[str, Factor]
    changes: int = 0
    shipped: Mapping[str, Factor] = field(default_factory=dict)

    @property
    def method(self) -> str:
        """Give the name of the method version that these factors fix."""
        return f"{self.release}+{self.changes}" if self.changes else self.release

    def of(self, category: EquipmentCategory, measure: Measure) -> Factor | None:
        """Give what is known of a device of ``category``."""
        return self.factors.get(code_of(category, measure))

    def span(self, category: EquipmentCategory, measure: Measure) -> Span | None:
        """Give the same as a quantity."""
        found = self.of(category, measure)
        return found.span if found else None

    def life(self, category: EquipmentCategory) -> Decimal | None:
        """Give the years that the making of a device is spread over, None where no life is told."""
        found = self.of(category, Measure.LIFE)
        return found.value if found and found.value > 0 else None

    def measured_lives(self, categories: Iterable[EquipmentCategory]) -> Mapping[EquipmentCategory, Decimal]:
        """Give the service lives, in years, that are those that the estate itself shows."""
        found = ((category, self.of(category, Measure.LIFE)) for category in categories)
        return {category: one.value for category, one in found if one is not None and one.is_measured}

    def energy(self, category: EquipmentCategory) -> Span | None:
        """Give the kilowatt-hours that a device takes in a year."""
        told = self.span(category, Measure.ENERGY)
        if told is not None:
            return told
        power, hours = self.span(category, Measure.POWER), self.span(category, Measure.HOURS)
        return power.times(hours).scaled(1 / THOUSAND) if power and hours else None

    def electricity(self, year: int) -> Factor | None:
        """Give the factor of a kilowatt-hour in ``year``: that of the year, else the last known before it."""
        known = [one for one in self.electricities() if one <= year]
        return self.factors[f"{ELECTRICITY}.{max(known)}"] if known else None

    def electricities(self) -> list[int]:
        """List the years whose electricity is known, oldest first."""
        return sorted(year for code in self.factors if (year := electricity_year(code)) is not None)

    def with_lives(self, lives: Mapping[EquipmentCategory, Decimal]) -> "FactorTable":
        """Give the same table with other service lives, in years: what an extension is weighed by."""
        told = dict(self.factors)
        for category, years in lives.items():
            code = code_of(category, Measure.LIFE)
            if code in told:
                told[code] = replace(told[code], value=years, low=years, high=years)
        return replace(self, factors=told)


def code_of(category: EquipmentCategory, measure: Measure) -> str:
    """Give the code of a factor of a device."""
    return f"{category}.{measure}"


def electricity_year(code: str) -> int | None:
    """Give the year of a code of electricity, None for another code."""
    name, _, year = code.partition(".")
    return int(year) if name == ELECTRICITY and len(year) == 4 and year.isascii() and year.isdigit() else None


def unit_of(code: str) -> str | None:
    """Give the unit of a factor by its code, None where no factor can have that code."""
    if electricity_year(code) is not None:
        return ELECTRICITY_UNIT
    name, _, measure = code.partition(".")
    return UNITS[Measure(measure)] if name in set(EquipmentCategory) and measure in set(Measure) else None


def with_own(shipped: FactorTable, own: Mapping[str, Factor | None], changes: int) -> FactorTable:
    """Lay the authority's own factors over the shipped ones; None goes back to what was shipped."""
    kept = {code: factor for code, factor in own.items() if factor is not None}
    return FactorTable(shipped.release, {**shipped.factors, **kept}, changes, shipped.factors)
