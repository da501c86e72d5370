"""A sparkline: ten years of an indicator and its target line, in a few dozen bytes."""

from dataclasses import dataclass

from tracker.charts.scale import Scale, bounds
from tracker.domain.records import Aim
from tracker.domain.targets import in_force, resolve

YEARS = 10


@dataclass(frozen=True, slots=True)
class Sparkline:
    """The line, its last point, and the height of the target (None without one), in a 100 × 30 frame."""

    path: str
    last_x: float
    last_y: float
    goal_y: float | None


def sparkline(aim: Aim, year: int) -> Sparkline | None:
    """Draw the ten years up to ``year``; None with fewer than two values."""
    start = year - YEARS + 1
    values = {
        y: reading.value for y, reading in aim.readings.items() if start <= y <= year and reading.value is not None
    }
    if len(values) < 2:
        return None
    target = in_force(aim.targets, year)
    threshold = resolve(target, aim.baseline) if target else None
    drawn = [*values.values(), *([threshold.value] if threshold else [])]
    low, high = bounds(drawn)
    scale = Scale(start, year, low, high, 3, 97, 3, 27)
    last = max(values)
    return Sparkline(
        scale.path(values), scale.x(last), scale.y(values[last]), scale.y(threshold.value) if threshold else None
    )
