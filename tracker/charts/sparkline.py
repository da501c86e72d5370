"""A sparkline: ten years of an indicator and the targets in force in them, in a few dozen bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.charts.scale import Scale, bounds
from tracker.domain.records import Aim
from tracker.domain.targets import Threshold

YEARS = 10
_BEYOND = 6


@dataclass(frozen=True, slots=True)
class Sparkline:
    """The line, its last point, and the steps of the target (empty without one), in a 100 × 30 frame.

    The line breaks where the method changes, as where a year is missing.
    """

    path: str
    last_x: float
    last_y: float
    goal: str


@dataclass(frozen=True, slots=True)
class Window:
    """The values of the ten years up to ``year``, at least two, cut where the method changes.

    ``goals`` are the thresholds by year, each of the version in force then: none before the first.
    """

    year: int
    values: Mapping[int, Decimal]
    lines: Sequence[Mapping[int, Decimal]]
    goals: Mapping[int, Threshold]

    @property
    def bounds(self) -> tuple[float, float]:
        """Give the lowest and the highest of what is drawn."""
        return bounds([*self.values.values(), *(edge for side in self.sides for edge in side.values())])

    @property
    def sides(self) -> Sequence[Mapping[int, Decimal]]:
        """Give the target by year; for a band its lower ends, then its upper ones."""
        uppers = {year: goal.upper for year, goal in self.goals.items() if goal.upper is not None}
        return [{year: goal.value for year, goal in self.goals.items()}, uppers]

    def path(self, scale: Scale) -> str:
        """Draw the lines."""
        return "".join(map(scale.path, self.lines))

    def goal(self, scale: Scale, beyond: float) -> str:
        """Draw the targets as steps, the last one going on for ``beyond``."""
        return "".join(scale.steps(side, beyond) for side in self.sides)


def window(aim: Aim, year: int, *, is_cut: bool = False) -> Window | None:
    """Give the ten years of ``aim`` up to ``year``; None with fewer than two values.

    ``is_cut`` leaves out the years before the first value.
    """
    shown = [reading for reading in aim.known if year - YEARS < reading.year <= year]
    values = {reading.year: reading.value for reading in shown if reading.value is not None}
    if len(values) < 2:
        return None
    methods = dict.fromkeys(reading.method for reading in shown)
    lines = [{one.year: values[one.year] for one in shown if one.method == method} for method in methods]
    years = range(min(values) if is_cut else year - YEARS + 1, year + 1)
    goals = {one: goal for one in years if (goal := aim.threshold(one))}
    return Window(year, values, lines, goals)


def sparkline(aim: Aim, year: int) -> Sparkline | None:
    """Draw the ten years up to ``year``; None with fewer than two values."""
    shown = window(aim, year)
    if shown is None:
        return None
    scale = Scale(year - YEARS + 1, year, *shown.bounds, 3, 97, 3, 27)
    last = max(shown.values)
    return Sparkline(shown.path(scale), scale.x(last), scale.y(shown.values[last]), shown.goal(scale, _BEYOND))
