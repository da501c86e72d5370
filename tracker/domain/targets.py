"""Targets: what was voted for an indicator, version after version, and the threshold that it comes to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.domain.vocabulary import BaselineState, Comparator, TargetBasis

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Baseline:
    """The value of departure of an indicator for a commitment; ``value`` in the indicator's unit."""

    state: BaselineState
    value: Decimal | None = None
    year: int | None = None
    source: str = ""

    @property
    def is_known(self) -> bool:
        """Tell whether a judgement may rest on it."""
        return self.state is not BaselineState.TO_ESTABLISH and self.value is not None


@dataclass(frozen=True, slots=True)
class Target:
    """One immutable version of a target.

    ``value`` is in the indicator's unit when the basis is absolute or a difference, in per cent when it is
    relative. ``in_force_from`` is the first year judged with this version; ``horizon_year`` is the year by
    which it must be met, None when the vote sets no date.
    """

    version: int
    basis: TargetBasis
    comparator: Comparator
    value: Decimal
    horizon_year: int | None
    in_force_from: int
    decided_on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A target brought to the indicator's own unit."""

    comparator: Comparator
    value: Decimal

    def is_met(self, value: Decimal) -> bool:
        """Hold ``value`` against the threshold; strict comparators refuse equality."""
        match self.comparator:
            case Comparator.GREATER:
                return value > self.value
            case Comparator.AT_LEAST:
                return value >= self.value
            case Comparator.LESS:
                return value < self.value
            case Comparator.AT_MOST:
                return value <= self.value
            case Comparator.EXACTLY:
                return value == self.value

    def gap(self, value: Decimal) -> Decimal:
        """Give what separates ``value`` from the threshold, in the unit, never negative."""
        match self.comparator:
            case Comparator.GREATER | Comparator.AT_LEAST:
                return max(self.value - value, Decimal(0))
            case Comparator.LESS | Comparator.AT_MOST:
                return max(value - self.value, Decimal(0))
            case Comparator.EXACTLY:
                return abs(self.value - value)


def in_force(targets: Sequence[Target], year: int) -> Target | None:
    """Give the version that ``year`` is judged with: the last voted one in force by then, None before the first."""
    known = [target for target in targets if target.in_force_from <= year]
    return max(known, key=lambda target: target.version, default=None)


def resolve(target: Target, baseline: Baseline | None) -> Threshold | None:
    """Bring ``target`` to the indicator's unit; None while it needs a baseline that is not known.

    A percentage of a baseline of zero is not computable: None as well.

    A relative target of p % on a baseline b comes to b + |b| × p / 100, so that +25 % is always more.
    """
    if target.basis is TargetBasis.ABSOLUTE:
        return Threshold(target.comparator, target.value)
    if baseline is None or not baseline.is_known or baseline.value is None:
        return None
    if target.basis is TargetBasis.RELATIVE_DIFFERENCE:
        return Threshold(target.comparator, baseline.value + target.value)
    if baseline.value == 0:
        return None
    return Threshold(target.comparator, baseline.value + abs(baseline.value) * target.value / HUNDRED)
