"""Where a series is heading when no dated line can be drawn: better, worse or unmoved."""

from decimal import Decimal
from enum import StrEnum

from tracker.domain.records import Aim
from tracker.domain.series import Point, Series
from tracker.domain.targets import Threshold
from tracker.domain.vocabulary import Better

WINDOW = 10
"""Years that a trend looks back on: older ones say where a series comes from, no longer where it goes."""


class Move(StrEnum):
    """What a value did since the one it is compared with."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


def trend_points(aim: Aim, year: int) -> Series:
    """Give the comparable values up to ``year`` of the last ten years, the dated baseline before them included."""
    points = [point for point in aim.comparable(year) if point.year > year - WINDOW]
    base = aim.departure(year)
    if base and base.is_known and base.value is not None and base.year is not None and aim.compares(base, year):
        first = points[0].year if points else year + 1
        if year - WINDOW < base.year < first:
            points.insert(0, Point(base.year, base.value))
    return points


def since(aim: Aim, year: int) -> tuple[int | None, Decimal] | None:
    """Give where the series of ``year`` starts from: its known baseline (undated perhaps), else its first value."""
    base = aim.departure(year)
    if base and base.is_known and base.value is not None and aim.compares(base, year):
        return (base.year, base.value) if base.year is None or base.year < year else None
    series = aim.comparable(year)
    return (series[0].year, series[0].value) if series and series[0].year < year else None


def move(value: Decimal, before: Decimal, better: Better, threshold: Threshold | None) -> Move:
    """Say how ``value`` moved from ``before``: toward the threshold where there is one, else by direction."""
    if threshold is not None:
        nearer = threshold.gap(before) - threshold.gap(value)
        return Move.SAME if nearer == 0 else Move.BETTER if nearer > 0 else Move.WORSE
    return heading(value - before, better)


def heading(change: Decimal, better: Better) -> Move:
    """Say whether ``change`` goes the way in which the indicator improves; one without a way of its own never moves."""
    if change == 0 or better not in {Better.UP, Better.DOWN}:
        return Move.SAME
    return Move.BETTER if (change > 0) is (better is Better.UP) else Move.WORSE
