"""The robust trend of a series: the median of the slopes between its points, and how sure it is."""

from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from tracker.domain.series import Series

PRECISION = 40
"""Significant digits of a slope: a division by a number of years that does not come out errs far below any unit."""

_Z = Decimal("1.6448536269514722")  # quantile of the normal law that leaves 5 % on each side: 90 % in between
_TWO = Decimal(2)


@dataclass(frozen=True, slots=True)
class Slope:
    """A slope in the unit per year; ``low`` and ``high`` hold it at 90 %, None when the points are too few for that.

    ``count`` is how many points it rests on.
    """

    median: Decimal
    low: Decimal | None
    high: Decimal | None
    count: int


def median_slope(points: Series) -> Decimal:
    """Give the median of the slopes of all pairs of ``points``, in the unit per year (Theil 1950, Sen 1968).

    One value out of line moves it little, unlike least squares. For an even number of slopes it is the mean
    of the two middle ones.

    Raises:
        ValueError: with fewer than two points.
    """
    with localcontext(prec=PRECISION):
        return _median(_slopes(points))


def theil_sen(points: Series) -> Slope:
    """Give the median slope of ``points`` and its 90 % interval, in the unit per year.

    Source: Sen 1968, after Theil 1950; the interval as in Gilbert 1987, section 16.4.2. With N slopes sorted
    and C = z × √V, its ends are the slopes of ranks M1 = (N - C) / 2 and M2 + 1 = (N + C) / 2 + 1, counted
    from 1 and taken at the nearest whole (half to even). V is Kendall's variance n(n - 1)(2n + 5) / 18, less
    t(t - 1)(2t + 5) / 18 for each value found t times. There is no interval when M1 is less than 1: it would
    need a slope before the first.

    Raises:
        ValueError: with fewer than two points.
    """
    with localcontext(prec=PRECISION):
        slopes = _slopes(points)
        number = Decimal(len(slopes))
        spread = _Z * _variance(points).sqrt()
        rank = (number - spread) / _TWO
        if rank < 1:  # by symmetry M2 + 1 is then more than N
            return Slope(_median(slopes), None, None, len(points))
        low = slopes[_nearest(rank) - 1]
        high = slopes[_nearest((number + spread) / _TWO)]
        return Slope(_median(slopes), low, high, len(points))


def _slopes(points: Series) -> list[Decimal]:
    if len(points) < 2:
        raise ValueError("a slope needs two points")
    return sorted(
        (after.value - before.value) / (after.year - before.year)
        for i, after in enumerate(points)
        for before in points[:i]
    )


def _median(ordered: list[Decimal]) -> Decimal:
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / _TWO


def _variance(points: Series) -> Decimal:
    """Give Kendall's variance: a value found once takes nothing off, since 1 × 0 × 7 is nothing."""
    count = len(points)
    ties = Counter(point.value for point in points).values()
    return (_term(count) - sum(_term(times) for times in ties if times > 1)) / Decimal(18)


def _term(count: int) -> Decimal:
    return Decimal(count * (count - 1) * (2 * count + 5))


def _nearest(rank: Decimal) -> int:
    return int(rank.to_integral_value(rounding=ROUND_HALF_EVEN))
