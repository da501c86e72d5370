"""Ten years of an indicator drawn large, for a slide: the line, its two ends and the target, to be labelled."""

from dataclasses import dataclass
from decimal import Decimal

from tracker.charts.scale import Scale
from tracker.charts.sparkline import window
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
    shown = window(aim, year)
    if shown is None:
        return None
    scale = Scale(min(shown.values), year, *shown.bounds, _LEFT, _RIGHT, _TOP, _BOTTOM)
    return Decade(
        shown.path(scale),
        tuple(Mark(at, value, scale.x(at), scale.y(value)) for at, value in shown.values.items()),
        (shown.threshold, scale.y(shown.threshold.value)) if shown.threshold else None,
    )
