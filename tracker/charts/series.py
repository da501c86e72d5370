"""The chart of one indicator: its values and the target in force, year by year, as points both drawings share."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.charts.scale import Scale, bounds
from tracker.domain.records import Aim
from tracker.domain.targets import in_force, resolve

LEFT, RIGHT, TOP, BOTTOM = 12, 560, 24, 224


@dataclass(frozen=True, slots=True)
class YearPoint:
    """A year: its value and its threshold, each None where there is none; the threshold is as voted."""

    year: int
    value: Decimal | None
    target: Decimal | None


@dataclass(frozen=True, slots=True)
class Label:
    """A text at a place of the drawing; ``text`` is a number or a year to format."""

    x: float
    y: float
    value: Decimal | None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class LineChart:
    """The drawing: paths, the points' places and the labels beside them."""

    line: str
    goal: str
    points: Sequence[tuple[float, float]]
    years: Sequence[Label]
    first: Label | None
    last: Label | None
    goal_label: Label | None


def points(aim: Aim, last_year: int) -> Sequence[YearPoint]:
    """List the years from the first known one to ``last_year`` and the horizon's threshold in each."""
    known = [year for year, reading in aim.readings.items() if reading.value is not None]
    voted = [target.in_force_from for target in aim.targets]
    start = min([*known, *voted, last_year])
    listed = []
    for year in range(start, last_year + 1):
        target = in_force(aim.targets, year)
        threshold = resolve(target, aim.baseline) if target else None
        listed.append(YearPoint(year, aim.value(year), threshold.value if threshold else None))
    return listed


def line_chart(listed: Sequence[YearPoint]) -> LineChart | None:
    """Draw the points; None without any value."""
    values = {point.year: point.value for point in listed if point.value is not None}
    goals = {point.year: point.target for point in listed if point.target is not None}
    if not values:
        return None
    low, high = bounds([*values.values(), *goals.values()])
    margin = (high - low) * 0.08 or abs(high) * 0.08 or 1.0
    scale = Scale(listed[0].year, listed[-1].year, low - margin, high + margin, LEFT, RIGHT, TOP, BOTTOM)
    first, last = min(values), max(values)
    goal_year = max(goals, default=None)
    return LineChart(
        line=scale.path(values),
        goal=_steps(scale, goals),
        points=[(scale.x(year), scale.y(value)) for year, value in values.items()],
        years=[Label(scale.x(point.year), BOTTOM + 22, None, point.year) for point in listed],
        first=Label(scale.x(first), scale.y(values[first]), values[first]) if first != last else None,
        last=Label(scale.x(last), scale.y(values[last]), values[last]),
        goal_label=Label(RIGHT, scale.y(goals[goal_year]), goals[goal_year]) if goal_year else None,
    )


def _steps(scale: Scale, goals: dict[int, Decimal]) -> str:
    """Draw the target as steps: a new version takes effect at once, it is not a slope."""
    parts, previous = [], None
    for year in sorted(goals):
        x, y = scale.x(year), scale.y(goals[year])
        parts.append(f"M{x:g} {y:g}" if previous is None else f"H{x:g}V{y:g}")
        previous = year
    if previous is not None:
        parts.append(f"H{RIGHT:g}")
    return "".join(parts)
