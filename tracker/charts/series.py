"""The chart of one indicator: its values and the target in force, year by year, as points both drawings share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from tracker.charts.scale import Scale, bounds
from tracker.domain.records import Aim, Reading
from tracker.domain.targets import Threshold, amount

LEFT, RIGHT, TOP, BOTTOM = 12, 560, 24, 224


@dataclass(frozen=True, slots=True)
class YearPoint:
    """A year: its reading, its threshold as voted, and what else the drawing shows, each None where there is none.

    ``restated`` is the value by the latest method, where the year was published by another or not at all;
    ``voted`` the value voted for that year on the way to the target.
    """

    year: int
    reading: Reading | None
    threshold: Threshold | None
    restated: Decimal | None = None
    voted: Decimal | None = None

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


@dataclass(frozen=True, slots=True)
class Label:
    """A text at a place of the drawing: a number or a year to format."""

    x: float
    y: float
    value: Decimal | None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the method changes: nothing is drawn across it."""

    x: float
    method: int


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
    breaks: Sequence[Break] = ()
    restated: str = ""
    restated_label: Label | None = None
    restated_falls: bool = False
    voted: Sequence[tuple[float, float]] = ()


def points(aim: Aim, last_year: int) -> Sequence[YearPoint]:
    """List the years from the first known one to ``last_year`` and the horizon's threshold in each."""
    known = [year for year, reading in aim.readings.items() if reading.value is not None]
    voted = [target.in_force_from for target in aim.targets]
    start = min([*known, *voted, last_year])
    method = aim.method(last_year)
    restated = {point.year: point.value for point in aim.restated.get(method, ())}
    listed = []
    for year in range(start, last_year + 1):
        reading = aim.readings.get(year)
        is_published = reading is not None and reading.value is not None and reading.method == method
        constant = None if is_published else restated.get(year)
        listed.append(YearPoint(year, reading, _threshold(aim, year), constant, _voted(aim, year)))
    return listed


def _threshold(aim: Aim, year: int) -> Threshold | None:
    """Give the threshold of ``year``; none where it would count from a baseline of another method."""
    target, base = aim.target(year), aim.departure(year)
    is_cut = target is not None and target.is_relative and base is not None and not aim.compares(base, year)
    return None if is_cut else aim.threshold(year)


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


def line_chart(listed: Sequence[YearPoint]) -> LineChart | None:
    """Draw the points; None without any value."""
    values = {point.year: point.value for point in listed if point.value is not None}
    if not values:
        return None
    goals = {point.year: point.target for point in listed if point.target is not None}
    uppers = {point.year: point.upper for point in listed if point.upper is not None}
    voted = {point.year: point.voted for point in listed if point.voted is not None}
    restated = constant(listed)
    low, high = bounds([*values.values(), *goals.values(), *uppers.values(), *voted.values(), *restated.values()])
    margin = (high - low) * 0.08 or abs(high) * 0.08 or 1.0
    scale = Scale(listed[0].year, listed[-1].year, low - margin, high + margin, LEFT, RIGHT, TOP, BOTTOM)
    first, last = min(values), max(values)
    half_year = (RIGHT - LEFT) / max(len(listed) - 1, 1) / 2
    goal_year = max(goals, default=None)
    return LineChart(
        line="".join(scale.path(told) for told in by_method(listed).values()),
        goal=_steps(scale, goals) + _steps(scale, uppers),
        points=[(scale.x(year), scale.y(value)) for year, value in values.items()],
        years=[Label(scale.x(point.year), BOTTOM + 22, None, point.year) for point in listed],
        first=Label(scale.x(first), scale.y(values[first]), values[first]) if first != last else None,
        last=Label(scale.x(last), scale.y(values[last]), values[last]),
        goal_label=_goal_label(scale, uppers or goals, goal_year) if goal_year else None,
        breaks=[Break(round(scale.x(year) - half_year, 1), method) for year, method in changes(listed)],
        restated=scale.path(restated),
        restated_label=_middle(scale, restated) if restated else None,
        restated_falls=bool(restated) and restated[max(restated)] < restated[min(restated)],
        voted=[(scale.x(year), scale.y(value)) for year, value in voted.items()],
    )


def _goal_label(scale: Scale, drawn: Mapping[int, Decimal], year: int) -> Label:
    value = drawn.get(year, drawn[max(drawn)])
    return Label(RIGHT, scale.y(value), value, year)


def _middle(scale: Scale, drawn: Mapping[int, Decimal]) -> Label:
    year = sorted(drawn)[len(drawn) // 2]
    return Label(scale.x(year), scale.y(drawn[year]), drawn[year])


def _steps(scale: Scale, goals: Mapping[int, Decimal]) -> str:
    """Draw the target as steps: a new version takes effect at once, it is not a slope."""
    parts, previous = [], None
    for year in sorted(goals):
        x, y = scale.x(year), scale.y(goals[year])
        parts.append(f"M{x:g} {y:g}" if previous is None else f"H{x:g}V{y:g}")
        previous = year
    if previous is not None:
        parts.append(f"H{RIGHT:g}")
    return "".join(parts)
