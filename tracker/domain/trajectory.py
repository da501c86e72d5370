"""The way from a baseline to a target: progress made, and value expected on the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.domain.series import Point
from tracker.domain.targets import Baseline, Target, Threshold, amount
from tracker.domain.vocabulary import Origin, TargetPath


@dataclass(frozen=True, slots=True)
class Expected:
    """The value expected in a year, in the unit, and whether it was voted, is a step of the vote, or interpolated.

    ``since`` is the year of the step.
    """

    value: Decimal
    origin: Origin
    since: int


def progress(value: Decimal, baseline: Decimal, target: Decimal) -> Decimal | None:
    """Give p = (v - b) / (t - b), 1 when the target is reached; None when t = b. Never capped.

    The sign of t - b carries the direction, so a falling indicator needs no special case.
    """
    if target == baseline:
        return None
    return (value - baseline) / (target - baseline)


def expected(year: int, baseline: Decimal, baseline_year: int, target: Decimal, horizon_year: int) -> Decimal | None:
    """Give the value expected in ``year`` on the straight line from baseline to target.

    Before the baseline year it is the baseline, from the horizon on the target; None when the horizon does
    not come after the baseline year (there is no line to draw).
    """
    if horizon_year <= baseline_year:
        return None
    if year >= horizon_year:
        return target
    elapsed = max(year - baseline_year, 0)
    return baseline + (target - baseline) * elapsed / (horizon_year - baseline_year)


def waypoint(target: Target, threshold: Threshold, departure: Baseline | None, year: int) -> Expected | None:
    """Give the value expected in ``year`` on the way that ``target`` draws; None where it draws none.

    The way goes from the departure, if it is known and dated, through the voted points to the horizon.
    Linear and explicit ways are interpolated between two of these; a stepwise one stays at its last point.
    """
    start = _start(departure)
    if not target.points and target.path is not TargetPath.STEPWISE:
        return _straight(threshold, start, target.horizon_year, year)
    marks = [start] if start else []
    marks = sorted(marks + _voted(target, departure), key=lambda mark: mark.year)
    if target.horizon_year is not None and (not marks or target.horizon_year > marks[-1].year):
        marks.append(Point(target.horizon_year, threshold.edge(marks[-1].value if marks else threshold.value)))
    if len(marks) < 2 and not target.points:
        return None
    return _on_the_way(marks, year, is_stepwise=target.path is TargetPath.STEPWISE, start=start)


def _straight(threshold: Threshold, start: Point | None, horizon: int | None, year: int) -> Expected | None:
    """Give the value on the one line from the departure to the horizon: by far the most frequent way."""
    if start is None or horizon is None:
        return None
    if year >= horizon > start.year:
        return Expected(threshold.edge(start.value), Origin.VOTED, horizon)
    value = expected(year, start.value, start.year, threshold.edge(start.value), horizon)
    if value is None:
        return None
    return Expected(value, Origin.DEPARTURE if year <= start.year else Origin.INTERPOLATED, start.year)


def _start(departure: Baseline | None) -> Point | None:
    if departure is None or not departure.is_known or departure.value is None or departure.year is None:
        return None
    return Point(departure.year, departure.value)


def _voted(target: Target, departure: Baseline | None) -> list[Point]:
    brought = ((point.year, amount(target, point.value, departure)) for point in target.points)
    return [Point(year, value) for year, value in brought if value is not None]


def _on_the_way(marks: Sequence[Point], year: int, *, is_stepwise: bool, start: Point | None) -> Expected | None:
    behind = [mark for mark in marks if mark.year <= year]
    if not behind:
        # before a departure nothing has moved yet; without one, nothing was expected before the first point
        return Expected(start.value, Origin.DEPARTURE, start.year) if start and marks[0] is start else None
    last = behind[-1]
    if last is not start and (last.year == year or len(behind) == len(marks)):
        is_step = is_stepwise and last.year < year
        return Expected(last.value, Origin.STEP if is_step else Origin.VOTED, last.year)
    if is_stepwise or (last is start and last.year == year):
        return Expected(last.value, Origin.DEPARTURE if last is start else Origin.STEP, last.year)
    if len(behind) == len(marks):
        return None  # nothing lies ahead of the departure
    following = marks[len(behind)]
    value = expected(year, last.value, last.year, following.value, following.year)
    return None if value is None else Expected(value, Origin.INTERPOLATED, last.year)
