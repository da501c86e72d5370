"""The years of a chart: what was measured, voted, expected and forecast in each, as drawings and tables tell it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from tracker.domain.aims import expected_in, judge_aim
from tracker.domain.forecast import FARTHEST, Forecast
from tracker.domain.outlook import outlook
from tracker.domain.records import Aim, IndicatorRecord, Reading
from tracker.domain.targets import Target, Threshold, amount
from tracker.domain.vocabulary import Origin
from tracker.labels.formats import round_to

FARTHEST_DRAWN = 10
"""Years that a forecast without a horizon is drawn over: farther, its fan would hide what was measured."""

CLOSER = 1
"""Decimals that a computed number shows beyond those of its indicator, in the drawings as in the tables."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a year would be at the pace of the past; ``low`` and ``high`` at the ends of its margin, None if unknown.

    The margin is that of a median slope: a value may well fall outside of it.
    """

    value: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class YearPoint:
    """A year: its reading, its threshold as voted, and what else the drawing shows, each None where there is none.

    ``restated`` is the value by the latest method, where the year was published by another or not at all;
    ``voted`` the value voted for that year on the way to the target. ``expected`` is where the way interpolated from
    the vote passes, ``ahead`` the forecast; both are rounded once, here. ``target_version`` is the target in force.
    """

    year: int
    reading: Reading | None
    threshold: Threshold | None
    restated: Decimal | None = None
    voted: Decimal | None = None
    expected: Decimal | None = None
    origin: Origin | None = None
    ahead: Ahead | None = None
    target_version: Target | None = None

    @property
    def value(self) -> Decimal | None:
        """Give the value of the year."""
        return self.reading.value if self.reading else None

    @property
    def target(self) -> Decimal | None:
        """Give the threshold; the lower end of a band."""
        return self.threshold.value if self.threshold else None

    @property
    def upper(self) -> Decimal | None:
        """Give the upper end of a band."""
        return self.threshold.upper if self.threshold else None

    @property
    def is_corrected(self) -> bool:
        """Tell whether the value replaced another one."""
        return self.reading is not None and self.reading.value is not None and self.reading.revision > 1


def points(aim: Aim, last_year: int, last_listed: int = 0) -> Sequence[YearPoint]:
    """List the years from the first known one to ``last_year``, then on to the horizon or the end of the forecast.

    ``last_listed`` may be a later year whose reading has no value yet.
    """
    known = [year for year, reading in aim.readings.items() if reading.value is not None]
    voted = [target.in_force_from for target in aim.targets]
    start = min([*known, *voted, last_year])
    method = aim.method(last_year)
    restated = {point.year: point.value for point in aim.restated.get(method, ())}
    ahead = _ahead(aim, last_year)
    listed = []
    for year in range(start, max([last_year, last_listed, *_horizons(aim, last_year), *ahead]) + 1):
        reading = aim.readings.get(year)
        is_published = reading is not None and reading.value is not None and reading.method == method
        constant = None if is_published else restated.get(year)
        threshold = aim.threshold(year)
        expected, origin = _expected(aim, year)
        version = aim.target(year) if threshold else None
        told = (_voted(aim, year), expected, origin, ahead.get(year), version)
        listed.append(YearPoint(year, reading, threshold, constant, *told))
    return listed


def _horizons(aim: Aim, last_year: int) -> Sequence[int]:
    """Give the horizons still to come: those of the target in force and of the ones decided for later."""
    current = aim.target(last_year)
    kept = [target for target in aim.targets if target is current or target.in_force_from > last_year]
    return [year for target in kept if (year := target.horizon_year) is not None and year <= last_year + FARTHEST]


def _expected(aim: Aim, year: int) -> tuple[Decimal | None, Origin | None]:
    """Give where the way to the target passes in ``year``: between two points of the vote, or on one of its steps."""
    found, target = expected_in(aim, year), aim.target(year)
    if found is None or target is None or found.origin not in {Origin.INTERPOLATED, Origin.STEP}:
        return None, None
    if found.origin is Origin.STEP and target.horizon_year is not None and year >= target.horizon_year:
        return None, None
    return _rounded(found.value, aim.indicator), found.origin


def _ahead(aim: Aim, last_year: int) -> Mapping[int, Ahead]:
    """Give the forecast by year, from the last value to the horizon, or to the arrival where that comes first."""
    said = judge_aim(aim, last_year)
    told = outlook(said, last_year) if said else None
    if said is None or said.target is None or not isinstance(told, Forecast):
        return {}
    horizon, start = said.target.horizon_year, told.last
    end = min(told.reached_in, start.year + FARTHEST_DRAWN)
    if horizon is not None and start.year < horizon:
        end = min(told.reached_in, horizon)
    found = {}
    for year in range(start.year + 1, end + 1):
        elapsed = year - start.year
        value, low, high = (
            None if pace is None else _held(start.value + pace * elapsed, aim.indicator)
            for pace in (told.pace, told.slope.low, told.slope.high)
        )
        if value is not None:
            found[year] = Ahead(value, low, high)
    return found


def _held(value: Decimal, indicator: IndicatorRecord) -> Decimal:
    """Round a forecast, and keep it within what the indicator can be: no share is above 100 %."""
    if indicator.minimum is not None:
        value = max(value, indicator.minimum)
    if indicator.maximum is not None:
        value = min(value, indicator.maximum)
    return _rounded(value, indicator)


def _rounded(value: Decimal, indicator: IndicatorRecord) -> Decimal:
    return round_to(value, indicator.decimals + CLOSER)


def _voted(aim: Aim, year: int) -> Decimal | None:
    target = aim.target(year)
    point = next((one for one in target.points if one.year == year), None) if target else None
    return amount(target, point.value, aim.departure(year)) if target and point else None


def by_method(listed: Sequence[YearPoint]) -> Mapping[int, Mapping[int, Decimal]]:
    """Give the values of each method by year: what one line may join."""
    found: dict[int, dict[int, Decimal]] = {}
    for point in listed:
        if point.reading is not None and point.reading.value is not None:
            found.setdefault(point.reading.method, {})[point.year] = point.reading.value
    return found


def constant(listed: Sequence[YearPoint]) -> Mapping[int, Decimal]:
    """Give the years recomputed by the latest method, and the first published one that they lead to."""
    found = {point.year: point.restated for point in listed if point.restated is not None}
    following = next((point for point in listed if found and point.year == max(found) + 1), None)
    if following and following.value is not None:
        found[following.year] = following.value
    return found


def changes(listed: Sequence[YearPoint]) -> Sequence[tuple[int, int]]:
    """List the first year of each later method that gave values, and its version."""
    known = [
        (point.year, point.reading.method) for point in listed if point.reading and point.reading.value is not None
    ]
    return [(year, method) for (_, before), (year, method) in pairwise(known) if method != before]


def versions(listed: Sequence[YearPoint]) -> Sequence[tuple[Target, Sequence[YearPoint]]]:
    """Give the years of each version of the target that is drawn, in the order of the years."""
    found: list[tuple[Target, list[YearPoint]]] = []
    for point in listed:
        if point.target_version is None:
            continue
        if not found or found[-1][0] is not point.target_version:
            found.append((point.target_version, []))
        found[-1][1].append(point)
    return found
