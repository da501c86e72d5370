"""A sparkline: ten years of an indicator and its target line, in a few dozen bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.charts.scale import Scale, bounds
from tracker.domain.records import Aim
from tracker.domain.targets import Threshold

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


@dataclass(frozen=True, slots=True)
class Window:
    """The values of the ten years up to ``year``, at least two, cut where the method changes; and the target then."""

    year: int
    values: Mapping[int, Decimal]
    lines: Sequence[Mapping[int, Decimal]]
    threshold: Threshold | None

    @property
    def bounds(self) -> tuple[float, float]:
        """Give the lowest and the highest of what is drawn."""
        return bounds([*self.values.values(), *([self.threshold.value] if self.threshold else [])])

    def path(self, scale: Scale) -> str:
        """Draw the lines."""
        return "".join(map(scale.path, self.lines))


def window(aim: Aim, year: int) -> Window | None:
    """Give the ten years of ``aim`` up to ``year``; None with fewer than two values."""
    shown = [reading for reading in aim.known if year - YEARS < reading.year <= year]
    values = {reading.year: reading.value for reading in shown if reading.value is not None}
    if len(values) < 2:
        return None
    methods = dict.fromkeys(reading.method for reading in shown)
    lines = [{one.year: values[one.year] for one in shown if one.method == method} for method in methods]
    return Window(year, values, lines, aim.threshold(year))


def sparkline(aim: Aim, year: int) -> Sparkline | None:
    """Draw the ten years up to ``year``; None with fewer than two values."""
    shown = window(aim, year)
    if shown is None:
        return None
    scale = Scale(year - YEARS + 1, year, *shown.bounds, 3, 97, 3, 27)
    last = max(shown.values)
    return Sparkline(
        shown.path(scale),
        scale.x(last),
        scale.y(shown.values[last]),
        scale.y(shown.threshold.value) if shown.threshold else None,
    )
