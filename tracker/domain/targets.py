"""Targets: what was voted for an indicator, version after version, and the threshold that it comes to."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.domain.vocabulary import BaselineState, Comparator, TargetBasis, TargetPath

HUNDRED = Decimal(100)
ZERO = Decimal(0)
STRICT = frozenset({Comparator.GREATER, Comparator.LESS})
UPWARD = frozenset({Comparator.GREATER, Comparator.AT_LEAST})
DOWNWARD = frozenset({Comparator.LESS, Comparator.AT_MOST})
POINTED = frozenset({Comparator.EXACTLY, Comparator.BETWEEN})
"""Comparators that aim at a point or a band: there is a distance to it, and no share of a way."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """One version of the value of departure of an indicator for a commitment; ``value`` in the indicator's unit.

    ``method`` is the version of the method that it was obtained by; None when the vote itself states it, and
    it then compares with any. A validated version is frozen: another one replaces it, with its reason.
    ``is_stated`` marks the departure that a from–to target states itself.
    """

    state: BaselineState
    value: Decimal | None = None
    year: int | None = None
    source: str = ""
    version: int = 1
    in_force_from: int = 0
    method: int | None = None
    reason: str = ""
    author: str = ""
    is_stated: bool = False

    @property
    def is_known(self) -> bool:
        """Tell whether a judgement may rest on it."""
        return self.state is not BaselineState.TO_ESTABLISH and self.value is not None


@dataclass(frozen=True, slots=True)
class TargetPoint:
    """A value voted for one year on the way; counted like the target itself (unit or per cent of the baseline)."""

    year: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class Target:
    """One immutable version of a target.

    ``value`` is in the indicator's unit when the basis is absolute, from–to or a difference, in per cent when
    it is relative; ``upper`` is the other end of a band (``value`` is its lower end). ``start`` and
    ``start_year`` are the departure that a from–to target states. ``in_force_from`` is the first year judged
    with this version; ``horizon_year`` is the year by which it must be met, None when the vote sets no date.
    ``decision`` names what set it: the reference of a deliberation, or another decision in words.
    """

    version: int
    basis: TargetBasis
    comparator: Comparator
    value: Decimal
    horizon_year: int | None
    in_force_from: int
    decided_on: date
    reason: str = ""
    upper: Decimal | None = None
    start: Decimal | None = None
    start_year: int | None = None
    path: TargetPath = TargetPath.LINEAR
    points: tuple[TargetPoint, ...] = ()
    decision: str = ""
    author: str = ""

    @property
    def is_relative(self) -> bool:
        """Tell whether it means nothing without a baseline."""
        return self.basis in {TargetBasis.RELATIVE_PERCENT, TargetBasis.RELATIVE_DIFFERENCE}


@dataclass(frozen=True, slots=True)
class Threshold:
    """A target brought to the indicator's own unit; ``upper`` for a band only."""

    comparator: Comparator
    value: Decimal
    upper: Decimal | None = None

    def is_met(self, value: Decimal) -> bool:
        """Hold ``value`` against the threshold; strict comparators refuse equality, a band holds its two ends."""
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
            case Comparator.BETWEEN:
                return self.value <= value <= (self.value if self.upper is None else self.upper)

    def gap(self, value: Decimal) -> Decimal:
        """Give what separates ``value`` from the threshold, in the unit, never negative."""
        match self.comparator:
            case Comparator.GREATER | Comparator.AT_LEAST:
                return max(self.value - value, ZERO)
            case Comparator.LESS | Comparator.AT_MOST:
                return max(value - self.value, ZERO)
            case Comparator.EXACTLY | Comparator.BETWEEN:
                return abs(self.edge(value) - value)

    def edge(self, value: Decimal) -> Decimal:
        """Give the value aimed at from ``value``: the threshold, or the nearer end of a band (itself inside)."""
        if self.comparator is not Comparator.BETWEEN or self.upper is None:
            return self.value
        return min(max(value, self.value), self.upper)


def amount(target: Target, written: Decimal, departure: Baseline | None) -> Decimal | None:
    """Bring a number of ``target`` to the indicator's unit; None while it needs a baseline that is not known.

    A percentage p of a baseline b comes to b + |b| × p / 100, so that +25 % is always more; a percentage of
    a baseline of zero is not computable: None as well.
    """
    if not target.is_relative:
        return written
    if departure is None or not departure.is_known or departure.value is None:
        return None
    if target.basis is TargetBasis.RELATIVE_DIFFERENCE:
        return departure.value + written
    if departure.value == 0:
        return None
    return departure.value + abs(departure.value) * written / HUNDRED


def resolve(target: Target, departure: Baseline | None) -> Threshold | None:
    """Bring ``target`` to the indicator's unit; None while it needs a baseline that is not known."""
    value = amount(target, target.value, departure)
    if value is None:
        return None
    upper = None if target.upper is None else amount(target, target.upper, departure)
    return Threshold(target.comparator, value, upper)


def stated_departure(target: Target) -> Baseline | None:
    """Give the departure that a from–to target states itself: « de 5 à 6 ans » departs from 5."""
    if target.basis is not TargetBasis.FROM_TO or target.start is None:
        return None
    return Baseline(
        BaselineState.VALIDATED, target.start, target.start_year, in_force_from=target.in_force_from, is_stated=True
    )
