"""The chart of one indicator: its values, the versions of its target as steps, the way to it and the forecast."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from tracker.charts.placing import Box, Label, Sheet
from tracker.charts.scale import Scale, bounds
from tracker.charts.years import (
    Ahead,
    YearPoint,
    by_method,
    changes,
    constant,
    points,
    versions,
)
from tracker.domain.records import IndicatorRecord
from tracker.domain.revisions import changes as target_changes
from tracker.domain.targets import Target, stated_departure
from tracker.domain.vocabulary import Origin, TargetChange
from tracker.labels import quantity, text
from tracker.labels.targets import edges, telling_decimals, threshold_phrase
from tracker.labels.versions import changes_phrase

__all__ = ["LineChart", "YearPoint", "by_method", "changes", "constant", "line_chart", "points", "target_name"]

WIDTH, HEIGHT = 640, 320
LEFT, RIGHT, TOP, BOTTOM = 26, 614, 34, 284
_WIDE, _NARROW = 38, 62  # what a year takes with its air, in units of the drawing

_BEYOND = 10
"""How far the last step of a target goes on after its year."""

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Year:
    """A year under the axis; ``is_odd`` leaves it out where the screen is narrow."""

    x: float
    year: int
    is_odd: bool


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the method changes: nothing is drawn across it."""

    x: float
    method: int


@dataclass(frozen=True, slots=True)
class LineChart:
    """The drawing: paths, places of marks, and labels that do not cover one another.

    ``ahead`` follows the pace of the past and ``fan`` its margin, which is not one of the values; ``expected`` are the
    places of the way that nobody voted, ``way`` the line through them; ``corrected`` the values that replaced others;
    ``has_zero`` tells whether zero is within the scale.
    """

    line: str
    goal: str
    points: Sequence[Place]
    years: Sequence[Year]
    labels: Sequence[Label]
    breaks: Sequence[Break] = ()
    restated: str = ""
    voted: Sequence[Place] = ()
    way: str = ""
    expected: Sequence[Place] = ()
    corrected: Sequence[Place] = ()
    fan: str = ""
    ahead: str = ""
    has_zero: bool = True

    @property
    def marks(self) -> Sequence[str]:
        """List what is drawn, for the key under the drawing: nothing where the values stand alone."""
        drawn = {
            "value": self.points,
            "restated": self.restated,
            "corrected": self.corrected,
            "goal": self.goal,
            "voted": self.voted,
            "expected": self.expected,
            "ahead": self.ahead,
            "fan": self.fan,
        }
        found = [name for name, there in drawn.items() if there]
        return found if len(found) > 1 else []


def line_chart(listed: Sequence[YearPoint], indicator: IndicatorRecord) -> LineChart | None:
    """Draw the points; None without any value."""
    values = {point.year: point.value for point in listed if point.value is not None}
    if not values:
        return None
    voted = {point.year: point.voted for point in listed if point.voted is not None}
    ahead = {point.year: point.ahead for point in listed if point.ahead is not None}
    restated, scale = constant(listed), _scale(listed)
    half_year = (RIGHT - LEFT) / max(len(listed) - 1, 1) / 2
    breaks = [Break(round(scale.x(year) - half_year, 1), method) for year, method in changes(listed)]
    goals = {one.year: one.target for one in listed if one.target is not None}
    uppers = {one.year: one.upper for one in listed if one.upper is not None}
    from_last = {max(values): values[max(values)], **{year: one.value for year, one in ahead.items()}}
    return LineChart(
        line="".join(scale.path(told) for told in by_method(listed).values()),
        goal=scale.steps(goals, _BEYOND) + scale.steps(uppers, _BEYOND),
        points=_places(scale, values),
        years=_years(scale, listed),
        labels=_labels(scale, listed, indicator, breaks),
        breaks=breaks,
        restated=scale.path(restated),
        voted=_places(scale, voted),
        way="".join(_way(scale, told) for _, told in versions(listed)),
        expected=_places(scale, {one.year: one.expected for one in listed if one.expected is not None}),
        corrected=_places(scale, {one.year: one.value for one in listed if one.is_corrected and one.value is not None}),
        fan=_fan(scale, max(values), values[max(values)], ahead),
        ahead=scale.path(from_last) if ahead else "",
        has_zero=scale.low <= 0 <= scale.high,
    )


def target_name(target: Target, before: Target | None) -> str:
    """Name a version of a target by the year of its vote, and by what it did to the one before."""
    if before is None:
        return text("Objectif {year}", year=target.decided_on.year)
    found = target_changes(before, target, stated_departure(target))
    if TargetChange.RESTATED in found:
        return text("Objectif {year}", year=target.decided_on.year)
    return text("Objectif {year}, {changes}", year=target.decided_on.year, changes=changes_phrase(found))


def _scale(listed: Sequence[YearPoint]) -> Scale:
    drawn: list[Decimal | None] = list(constant(listed).values())
    for point in listed:
        drawn += [point.value, point.target, point.upper, point.voted, point.expected]
        drawn += [point.ahead.value, point.ahead.low, point.ahead.high] if point.ahead else []
    low, high = bounds(value for value in drawn if value is not None)
    margin = (high - low) * 0.08 or abs(high) * 0.08 or 1.0
    return Scale(listed[0].year, listed[-1].year, low - margin, high + margin, LEFT, RIGHT, TOP, BOTTOM)


def _places(scale: Scale, values: Mapping[int, Decimal]) -> Sequence[Place]:
    return [(scale.x(year), scale.y(value)) for year, value in values.items()]


def _years(scale: Scale, listed: Sequence[YearPoint]) -> Sequence[Year]:
    """Name as many years as there is room for, counted from the last one, which always has its name."""
    each = (RIGHT - LEFT) / max(len(listed) - 1, 1)
    step = next(step for step in range(1, 100) if step * each >= _WIDE or step >= len(listed))
    on_narrow = next(many for many in range(step, 1000, step) if many * each >= _NARROW or many >= len(listed))
    last = listed[-1].year
    return [
        Year(scale.x(point.year), point.year, (last - point.year) % on_narrow != 0)
        for point in listed
        if (last - point.year) % step == 0
    ]


def _way(scale: Scale, told: Sequence[YearPoint]) -> str:
    """Draw the line that the expected values lie on, to the voted points and the horizon that they lead to."""
    drawn: dict[int, Decimal] = {}
    is_stepwise = False
    for point in told:
        is_stepwise |= point.origin is Origin.STEP
        horizon = point.target_version.horizon_year if point.target_version else None
        if point.expected is not None:
            drawn[point.year] = point.expected
        elif point.voted is not None:
            drawn[point.year] = point.voted
        elif point.year == horizon and point.threshold is not None and drawn:
            drawn[point.year] = point.threshold.edge(drawn[max(drawn)])
    if len(drawn) < 2:
        return ""
    if not is_stepwise:
        return scale.path(drawn)
    parts = [f"M{scale.x(min(drawn)):g} {scale.y(drawn[min(drawn)]):g}"]
    parts += [f"H{scale.x(year):g}V{scale.y(drawn[year]):g}" for year in sorted(drawn)[1:]]
    return "".join(parts)


def _fan(scale: Scale, year: int, value: Decimal, ahead: Mapping[int, Ahead]) -> str:
    """Draw the surface between the slowest and the quickest pace, from the last value on."""
    low = [(at, one.low) for at, one in sorted(ahead.items()) if one.low is not None]
    high = [(at, one.high) for at, one in sorted(ahead.items()) if one.high is not None]
    if not low or not high:
        return ""
    around = [(year, value), *high, *reversed(low)]
    return "M" + "L".join(f"{scale.x(at):g} {scale.y(edge):g}" for at, edge in around) + "Z"


def _labels(
    scale: Scale, listed: Sequence[YearPoint], indicator: IndicatorRecord, breaks: Sequence[Break]
) -> Sequence[Label]:
    """Name what is drawn: breaks at the top, the last and first values, the targets, the rest where room is left."""
    sheet = Sheet(Box(0, 0, WIDTH, BOTTOM))
    values = {point.year: point.value for point in listed if point.value is not None}
    _keep_off(sheet, scale, listed, values)
    for cut in breaks:
        named = text("méthode {n}", n=cut.method)
        sheet.put(Label(cut.x + 4, 16, "start", named, named, "cut"))
    first, last, aimed = min(values), max(values), {point.year: point.threshold for point in listed}
    for year in dict.fromkeys((last, first)):
        told = quantity(values[year], indicator.unit, telling_decimals(indicator, [values[year]], edges(aimed[year])))
        sheet.place([(scale.x(year), scale.y(values[year]))], told, told, "last" if year == last else "first")
    before = None
    for target, years in versions(listed):
        full, short = _target_label(target, before, years[-1], indicator)
        heights = [point.upper if point.upper is not None else point.target for point in years]
        sheet.place([(scale.x(one.year), scale.y(edge)) for one, edge in _ends(years, heights)], full, short, "target")
        before = target
    drawn = constant(listed)
    if drawn:
        middle, named = sorted(drawn)[len(drawn) // 2], text("à méthode constante")
        sheet.place([(scale.x(middle), scale.y(drawn[middle]))], named, named, "constant")
    ahead = [(point.year, point.ahead) for point in listed if point.ahead]
    if ahead:
        late = ahead[len(ahead) // 2 :][::-1]
        edges_ahead = [
            (year, edge) for year, one in late for edge in (one.low, one.high, one.value) if edge is not None
        ]
        named = text("Prévision")
        sheet.place([(scale.x(at), scale.y(edge)) for at, edge in edges_ahead], named, named, "forecast")
    return sheet.labels


def _target_label(
    target: Target, before: Target | None, point: YearPoint, indicator: IndicatorRecord
) -> tuple[str, str]:
    value = threshold_phrase(point.threshold, indicator) if point.threshold else ""
    named, plain = target_name(target, before), target_name(target, None)
    return text("{name} : {value}", name=named, value=value), text("{name} : {value}", name=plain, value=value)


def _ends(years: Sequence[YearPoint], edges: Sequence[Decimal | None]) -> Iterable[tuple[YearPoint, Decimal]]:
    """Give where a step may be named: its end, its start, its middle, then half-way to each."""
    there = [(point, edge) for point, edge in zip(years, edges, strict=True) if edge is not None]
    return [there[-1], there[0], *(there[len(there) * share // 4] for share in (2, 1, 3))]


def _keep_off(sheet: Sheet, scale: Scale, listed: Sequence[YearPoint], values: Mapping[int, Decimal]) -> None:
    """Tell the labels what they should not cover."""
    places = _places(scale, values)
    for x, y in places:
        sheet.dot(x, y)
    for drawn in [*by_method(listed).values(), constant(listed)]:
        sheet.line(_places(scale, drawn))
    for point in listed:
        for value in (point.expected, point.voted):
            if value is not None:
                sheet.dot(scale.x(point.year), scale.y(value), 4)
    for _, told in versions(listed):
        sheet.line([(scale.x(one.year), scale.y(one.expected)) for one in told if one.expected is not None])
    for side in ("target", "upper"):
        known = [(point.year, getattr(point, side)) for point in listed if getattr(point, side) is not None]
        for (year, value), (following, _) in pairwise(known):
            sheet.line([(scale.x(year), scale.y(value)), (scale.x(following), scale.y(value))])
    last = max(values)
    for edge in ("value", "low", "high"):
        sides = [(point.year, getattr(point.ahead, edge)) for point in listed if point.ahead]
        ends = [(scale.x(year), scale.y(value)) for year, value in sides if value is not None]
        sheet.line([(scale.x(last), scale.y(values[last])), *ends])
