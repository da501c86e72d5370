"""When a target would be met at the present pace, and the yearly effort now needed; refuses rather than guesses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal, localcontext
from enum import StrEnum

from tracker.domain.regression import PRECISION, Slope, theil_sen
from tracker.domain.series import Point, Series
from tracker.domain.targets import STRICT, UPWARD, Threshold

METHOD = "theil-sen-1"
"""Name and version of the method, to be stored and shown with what it gives; any change of rule raises the number."""

MINIMUM = 5
"""Points needed: four different values give no 90 % interval (Kendall's variance leaves no rank for its ends)."""

CONFIDENCE = 90
"""Confidence of the interval of the slope, in per cent."""

FARTHEST = 30
"""Years after the last value beyond which no arrival is told: a strategy is voted for less."""

_EXACT = Decimal(1).scaleb(-30)


class UnforeseenReason(StrEnum):
    """Why there is no forecast."""

    TOO_FEW = "too_few"
    BROKEN = "broken"
    ALREADY_MET = "already_met"
    STANDS_STILL = "stands_still"
    MOVES_AWAY = "moves_away"
    TOO_FAR = "too_far"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Forecast:
    """When a target would be met at the median pace, counted from the last measured year and value.

    ``since`` is the year of the first point. ``earliest`` and ``latest`` are the same count at the two ends of
    the interval of the slope; ``latest`` is None when no upper bound can be given: the slower end stands
    still, moves away or arrives too far ahead. ``is_in_time`` is None without a horizon. ``effort`` is the
    yearly change now needed to meet the target at its horizon, signed, in the unit per year; None without a
    horizon, or when it does not come after the last value.
    """

    method: str
    slope: Slope
    since: int
    last: Point
    reached_in: int
    earliest: int | None
    latest: int | None
    is_in_time: bool | None
    effort: Decimal | None

    @property
    def pace(self) -> Decimal:
        """Give the yearly change that was observed: the median slope, signed, in the unit per year."""
        return self.slope.median


@dataclass(frozen=True, slots=True)
class Unforeseen:
    """A refusal to forecast: its reason, the values that its sentence quotes, and ``effort`` as in `Forecast`."""

    reason: UnforeseenReason
    values: Mapping[str, object] = field(default_factory=dict)
    effort: Decimal | None = None


def forecast(
    points: Series, threshold: Threshold, horizon_year: int | None, *, is_broken: bool = False
) -> Forecast | Unforeseen:
    """Tell when ``threshold`` would be met if ``points`` went on at their median slope (`regression.theil_sen`).

    ``points`` all come from one method, the latest: nothing is drawn across a break of series. ``is_broken``
    says that older ones were left aside, so that too few points can be explained by the break. The first year
    in which the threshold is met is the last measured year plus the gap divided by the pace, rounded up; a
    strict comparator is not met by an exact arrival, and is a year later. A point or a band counts as met in
    the year in which the line reaches it or crosses it.
    """
    last = points[-1] if points else None
    if last and threshold.is_met(last.value):
        return Unforeseen(UnforeseenReason.ALREADY_MET, {"value": last.value, "year": last.year})
    effort = _effort(last, threshold, horizon_year) if last else None
    if last is None or len(points) < MINIMUM:
        reason = UnforeseenReason.BROKEN if is_broken else UnforeseenReason.TOO_FEW
        quoted = {"count": len(points), "minimum": MINIMUM} | ({"since": points[0].year} if points else {})
        return Unforeseen(reason, quoted, effort)
    slope = theil_sen(points)
    reached = _year_met(last, threshold, slope.median)
    if reached is None:
        return Unforeseen(*_unreached(points, threshold, slope), effort)
    ends = [None if pace is None else _year_met(last, threshold, pace) for pace in (slope.low, slope.high)]
    earliest, latest = ends if _direction(last.value, threshold) < 0 else reversed(ends)
    is_in_time = None if horizon_year is None else reached <= horizon_year
    return Forecast(METHOD, slope, points[0].year, last, reached, earliest, latest, is_in_time, effort)


def _change(value: Decimal, threshold: Threshold) -> Decimal:
    """Give the signed change that brings ``value``, which does not meet the threshold, to it."""
    return threshold.edge(value) - value


def _direction(value: Decimal, threshold: Threshold) -> int:
    """Give 1 when ``value`` has to rise and -1 when it has to fall; at a strict threshold only its side tells."""
    change = _change(value, threshold)
    is_rise = threshold.comparator in UPWARD if change == 0 else change > 0
    return 1 if is_rise else -1


def _effort(last: Point, threshold: Threshold, horizon_year: int | None) -> Decimal | None:
    if horizon_year is None or horizon_year <= last.year:
        return None
    with localcontext(prec=PRECISION):
        return _change(last.value, threshold) / (horizon_year - last.year)


def _year_met(last: Point, threshold: Threshold, pace: Decimal) -> int | None:
    """Give the first year in which ``threshold`` is met at ``pace``; None when it never is, or too far ahead."""
    gap = threshold.gap(last.value)
    with localcontext(prec=PRECISION):
        toward = pace * _direction(last.value, threshold)
        if toward <= 0 or gap > toward * (FARTHEST + 1):
            return None
        # A pace of two thirds is kept rounded: without this, three years at it would fall short of 2, or pass it.
        elapsed = (gap / toward).quantize(_EXACT, rounding=ROUND_HALF_EVEN)
    years = int(elapsed.to_integral_value(rounding=ROUND_CEILING))
    if elapsed == years and threshold.comparator in STRICT:
        years += 1
    return last.year + years if years <= FARTHEST else None


def _unreached(points: Series, threshold: Threshold, slope: Slope) -> tuple[UnforeseenReason, Mapping[str, object]]:
    values: dict[str, object] = {"since": points[0].year, "year": points[-1].year, "pace": slope.median}
    toward = slope.median * _direction(points[-1].value, threshold)
    if toward == 0:
        return UnforeseenReason.STANDS_STILL, values
    if toward < 0:
        return UnforeseenReason.MOVES_AWAY, values
    return UnforeseenReason.TOO_FAR, values | {"years": FARTHEST}
