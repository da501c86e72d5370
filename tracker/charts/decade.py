"""Ten years of an indicator drawn large, for a slide: the line, its two ends and the target, to be labelled."""

from dataclasses import dataclass
from decimal import Decimal

from tracker.charts.scale import Scale, bounds
from tracker.charts.sparkline import YEARS
from tracker.domain.records import Aim
from tracker.domain.targets import Threshold

_LEFT, _RIGHT, _TOP, _BOTTOM = 12, 430, 34, 160
_APART = 50
"""What keeps the two lines of the target's label off the label of the latest value."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A value of a year and its place on the drawing."""

    year: int
    value: Decimal
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Decade:
    """The line, broken where a year is missing or the method changes, the values, and the target of the year shown.

    ``goal`` is the target and its height in a 640 × 200 frame, None without one.
    """

    path: str
    marks: tuple[Mark, ...]
    goal: tuple[Threshold, float] | None

    @property
    def first(self) -> Mark:
        """Give the oldest value."""
        return self.marks[0]

    @property
    def last(self) -> Mark:
        """Give the latest value."""
        return self.marks[-1]

    @property
    def goal_label_y(self) -> float:
        """Give a height for the target's label that leaves the one of the latest value alone."""
        if self.goal is None:
            return 0
        height, last = self.goal[1], self.last.y
        if abs(height - last) >= _APART:
            return height
        is_above = height <= last and last - _APART >= 0
        return last - _APART if is_above else last + _APART - 12


def decade(aim: Aim, year: int) -> Decade | None:
    """Draw the ten years up to ``year``; None with fewer than two values."""
    start = year - YEARS + 1
    shown = [reading for reading in aim.known if start <= reading.year <= year]
    values = {reading.year: reading.value for reading in shown if reading.value is not None}
    if len(values) < 2:
        return None
    threshold = aim.threshold(year)
    low, high = bounds([*values.values(), *([threshold.value] if threshold else [])])
    scale = Scale(min(values), year, low, high, _LEFT, _RIGHT, _TOP, _BOTTOM)
    methods = dict.fromkeys(reading.method for reading in shown)
    lines = ({one.year: values[one.year] for one in shown if one.method == method} for method in methods)
    return Decade(
        "".join(map(scale.path, lines)),
        tuple(Mark(at, value, scale.x(at), scale.y(value)) for at, value in values.items()),
        (threshold, scale.y(threshold.value)) if threshold else None,
    )
