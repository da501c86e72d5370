"""Survival: how long things last when some of them are still there, by the estimator of Kaplan and Meier."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext

HALF = Decimal("0.5")
_PRECISION, _KEPT = 40, Decimal(1).scaleb(-24)  # what 5,000 products lose stays far under what is kept


@dataclass(frozen=True, slots=True)
class Life:
    """What is known of a life: ``days`` that it was watched for, and whether it ended then; else it lasted longer."""

    days: int
    has_ended: bool
    count: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """An age, in days, at which some lives ended: how many reached it, how many ended, the share that outlives it."""

    days: int
    at_risk: int
    ended: int
    surviving: Decimal


@dataclass(frozen=True, slots=True)
class Curve:
    """The share of ``lives`` that outlives each age; ``ended`` of them ended, ``longest`` is the longest one, in days.

    Beyond ``longest`` nothing is known, unless nothing survived.
    """

    steps: tuple[Step, ...] = ()
    lives: int = 0
    ended: int = 0
    longest: int = 0

    @property
    def median(self) -> int | None:
        """Give the first age that half or less outlive, in days; None when the curve never comes down to a half."""
        return next((step.days for step in self.steps if step.surviving <= HALF), None)

    def surviving(self, days: int) -> Decimal | None:
        """Give the share that outlives ``days``, between 0 and 1; None without any life, or beyond what is known."""
        place = bisect_right(self.steps, days, key=lambda step: step.days)
        share = self.steps[place - 1].surviving if place else Decimal(1)
        return share if self.lives and (days <= self.longest or share == 0) else None


def survival(lives: Iterable[Life]) -> Curve:
    """Estimate the share that outlives each age: S(t) is the product, over each age u up to t, of 1 - d(u) / n(u).

    d(u) lives ended at u, of the n(u) that reached it; what is still there was watched up to its age and counts
    until then (Kaplan and Meier, 1958, « Nonparametric estimation from incomplete observations »). A life that ends
    at the very age at which another is last seen ends first, as the estimator has it.
    """
    ends: Counter[int] = Counter()
    last_seen: Counter[int] = Counter()
    for life in lives:
        (ends if life.has_ended else last_seen)[life.days] += life.count
    ages = sorted({*ends, *last_seen})
    whole = at_risk = sum(ends.values()) + sum(last_seen.values())
    share, steps = Decimal(1), []
    with localcontext(prec=_PRECISION):
        for days in ages:
            if ended := ends[days]:
                share *= Decimal(at_risk - ended) / at_risk
                steps.append(Step(days, at_risk, ended, share.quantize(_KEPT).normalize()))
            at_risk -= ended + last_seen[days]
    return Curve(tuple(steps), whole, sum(ends.values()), ages[-1] if ages else 0)
