"""A sparkline: ten years of an indicator and its target line, in a few dozen bytes."""

from dataclasses import dataclass

from tracker.charts.scale import Scale, bounds
from tracker.domain.records import Aim

YEARS = 10


@dataclass(frozen=True, slots=True)
class Sparkline:
    """The line, its last point, and the height of the target (None without one), in a 100 × 30 frame.

    The line breaks where the method changes, as where a year is missing.
    """

    path: str
    last_x: float
    last_y: float
    goal_y: float | None


def sparkline(aim: Aim, year: int) -> Sparkline | None:
    """Draw the ten years up to ``year``; None with fewer than two values."""
    start = year - YEARS + 1
    shown = [reading for reading in aim.known if start <= reading.year <= year]
    values = {reading.year: reading.value for reading in shown if reading.value is not None}
    if len(values) < 2:
        return None
    threshold = aim.threshold(year)
    drawn = [*values.values(), *([threshold.value] if threshold else [])]
    low, high = bounds(drawn)
    scale = Scale(start, year, low, high, 3, 97, 3, 27)
    last = max(values)
    methods = dict.fromkeys(reading.method for reading in shown)
    lines = ({one.year: values[one.year] for one in shown if one.method == method} for method in methods)
    return Sparkline(
        "".join(map(scale.path, lines)),
        scale.x(last),
        scale.y(values[last]),
        scale.y(threshold.value) if threshold else None,
    )
