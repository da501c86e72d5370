"""Renewals: how much of an estate leaves each coming year by its own survival curve, and is bought again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from tracker.domain.survival import Curve

MONTHS = 12
ENOUGH = 10
"""Ends under which a curve tells too little: the service life stands in for it."""

_DAYS_IN_MONTH = Fraction(1461, 48)
_FARTHEST = 50 * MONTHS
_HALF_YEAR = 6
_NONE, _ALL = Decimal(0), Decimal(1)


class RenewalBasis(StrEnum):
    """What says when equipment leaves: its curve, its curve as far as it knows, the service life alone."""

    CURVE = "curve"
    CURVE_THEN_LIFE = "curve_then_life"
    SERVICE_LIFE = "service_life"


@dataclass(frozen=True, slots=True)
class Survivors:
    """The share that outlives each age in whole months, from 1 down to 0 beyond the last one; and what says so."""

    basis: RenewalBasis
    shares: tuple[Decimal, ...]

    def at(self, months: int, stretch: Fraction = Fraction(1)) -> Decimal:
        """Give the share that outlives ``months`` where every life lasts ``stretch`` times as long."""
        place = months * stretch.denominator // stretch.numerator
        return self.shares[place] if place < len(self.shares) else _NONE

    def remaining(self, age: int, later: int, stretch: Fraction = Fraction(1)) -> Decimal:
        """Give the share of what is ``age`` months old that is still there ``later`` months on.

        What would have left at x leaves at ``stretch`` × x, at once where that is past: longer lives keep each piece
        at least as long, whatever the curve.
        """
        place = max((age + later) * stretch.denominator // stretch.numerator, age)
        if place == age:
            return _ALL
        before = self.at(age)
        return self.at(place) / before if before else _NONE


@dataclass(frozen=True, slots=True)
class YearAhead:
    """A coming year, in pieces: what is there at its end, what was bought in it, and the age of what is there.

    ``spread`` is older than the life that its making is spread over; ``renewed`` was bought since the first year.
    ``ages`` counts by whole years, the last one and more together. ``left`` left in it at the end of their life, half a
    year before the age that they would have had at its end: ``months`` old together.
    """

    fleet: Decimal
    bought: Decimal
    spread: Decimal
    renewed: Decimal
    ages: tuple[Decimal, ...]
    left: Decimal = _NONE
    months: Decimal = _NONE


def survivors(curve: Curve, life: Decimal | None) -> Survivors | None:
    """Give what outlives each month: the curve, then the service ``life``, in years, where the curve knows too little.

    Beyond the longest life seen, what is left leaves at the service life, or at once when it is older. With less than
    `ENOUGH` ends, all leaves at the service life. None without either.
    """
    end = 0 if life is None else min(int(life * MONTHS), _FARTHEST)
    if curve.ended < ENOUGH:
        return Survivors(RenewalBasis.SERVICE_LIFE, (_ALL,) * end) if end else None
    known = min(int(curve.longest / _DAYS_IN_MONTH), _FARTHEST)
    shares = (curve.surviving(int(month * _DAYS_IN_MONTH)) for month in range(known + 1))
    found = [share for share in shares if share]
    if curve.surviving(curve.longest) == 0:
        return Survivors(RenewalBasis.CURVE, tuple(found))
    return Survivors(RenewalBasis.CURVE_THEN_LIFE, (*found, *[found[-1]] * (end - len(found))))


def renewals(
    lasting: Survivors,
    ages: Mapping[int, int],
    undated: int,
    fleets: Sequence[Decimal],
    *,
    life: Decimal | None = None,
    stretch: Fraction = Fraction(1),
    oldest: int = 10,
) -> Sequence[YearAhead]:
    """Follow an estate from today, the first of ``fleets``, to the end of each coming year.

    ``ages`` counts the pieces by months of age; those whose beginning nobody told leave as the others do. Where the
    fleet shrinks, every age gives up its part; where it grows, or something left, as much is bought.
    """
    dated, whole = sum(ages.values()), sum(ages.values()) + undated
    limit = None if life is None else life * MONTHS
    closed, bought, found = _ALL, list[Decimal](), list[YearAhead]()
    kept = dict.fromkeys(ages, _ALL)
    for year, fleet in enumerate(fleets):
        if year and fleets[year - 1] > fleet:
            ratio = fleet / fleets[year - 1]
            closed, bought = closed * ratio, [one * ratio for one in bought]
        counts, spread, old = [_NONE] * (oldest + 1), _NONE, _NONE
        left, months = _NONE, _NONE
        for age, count in ages.items():
            now, before = age + year * MONTHS, kept[age]
            kept[age] = lasting.remaining(age, year * MONTHS, stretch)
            there, gone = closed * count * kept[age], closed * count * (before - kept[age])
            left, months = left + gone, months + gone * (now - _HALF_YEAR)
            old += there
            counts[min(now // MONTHS, oldest)] += there
            spread += there if limit is not None and now >= limit else _NONE
        old = old * whole / dated if dated else _NONE
        renewed = _NONE
        for rank, pieces in enumerate(bought):
            now = (year - rank) * MONTHS
            there = pieces * lasting.at(now, stretch)
            gone = pieces * (lasting.at(now - MONTHS, stretch) - lasting.at(now, stretch))
            left, months = left + gone, months + gone * (now - _HALF_YEAR)
            renewed += there
            counts[min(now // MONTHS, oldest)] += there
            spread += there if limit is not None and now >= limit else _NONE
        new = max(fleet - old - renewed, _NONE) if year else _NONE
        bought.append(new)
        counts[0] += new
        found.append(YearAhead(fleet, new, spread, renewed + new, tuple(counts), left, months))
    return found
