"""The footprint of a scenario year by year with its range, beside the estate left as it is and what was voted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.charts.placing import Box, Label, Sheet
from tracker.charts.scale import Scale
from tracker.domain.factors import Span
from tracker.labels import text
from tracker.labels.footprint import weight

LEFT, RIGHT, TOP, BOTTOM = 14, 614, 34, 284
_WIDTH = 640
HEIGHT = 320
_FARTHEST = 2
"""A vote that is more than this many times higher than all the rest is left to the table: it would flatten it."""

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Tick:
    """A year under the axis, ``is_odd`` where a narrow screen leaves it out."""

    x: float
    year: int
    is_odd: bool


@dataclass(frozen=True, slots=True)
class ScenarioChart:
    """The drawing: the scenario and its range, the estate left as it is, the levels voted."""

    line: str
    fan: str
    way: str
    points: Sequence[Place]
    voted: Sequence[Place]
    ticks: Sequence[Tick]
    labels: Sequence[Label]


def scenario_chart(
    led: Mapping[int, Span], plain: Mapping[int, Span], voted: Iterable[tuple[int, Decimal]]
) -> ScenarioChart | None:
    """Draw kgCO2e by year; None where fewer than two years are known. ``voted`` are levels by their year."""
    if len(led) < 2:
        return None
    first, last = min(led), max(led)
    top = max(span.high for span in (*led.values(), *plain.values()))
    drawn = [(year, level) for year, level in voted if first <= year <= last and 0 <= level <= _FARTHEST * top]
    top = max([top, *(level for _, level in drawn)])
    scale = Scale(first, last, 0.0, float(top) or 1.0, LEFT, RIGHT, TOP, BOTTOM)
    points = [(scale.x(year), scale.y(span.value)) for year, span in sorted(led.items())]
    marks = [(scale.x(year), scale.y(level)) for year, level in drawn]
    return ScenarioChart(
        line=scale.path({year: span.value for year, span in led.items()}),
        fan=_fan(scale, led),
        way=scale.path({year: span.value for year, span in plain.items()}),
        points=points,
        voted=marks,
        ticks=[Tick(scale.x(year), year, (last - year) % 2 == 1) for year in sorted(led)],
        labels=_labels(scale, led, plain, list(zip(marks, drawn, strict=True))),
    )


def _fan(scale: Scale, led: Mapping[int, Span]) -> str:
    years = sorted(led)
    edges = [(year, led[year].high) for year in years] + [(year, led[year].low) for year in reversed(years)]
    return "M" + "L".join(f"{scale.x(year):g} {scale.y(edge):g}" for year, edge in edges) + "Z"


def _labels(
    scale: Scale,
    led: Mapping[int, Span],
    plain: Mapping[int, Span],
    voted: Sequence[tuple[Place, tuple[int, Decimal]]],
) -> Sequence[Label]:
    sheet = Sheet(Box(0, 0, _WIDTH, BOTTOM))
    for told in (led, plain):
        sheet.line([(scale.x(year), scale.y(span.value)) for year, span in sorted(told.items())])
    first, last = min(led), max(led)
    for year in (first, last):
        value = weight(led[year].value)
        sheet.place([(scale.x(year), scale.y(led[year].value))], value, value, "last")
    if last in plain and plain[last].value != led[last].value:
        value = weight(plain[last].value)
        whole = text("sans rien changer : {value}", value=value)
        sheet.place([(scale.x(last), scale.y(plain[last].value))], whole, value, "")
    for place, (_, level) in voted:
        value = weight(level)
        sheet.place([place], text("voté : {value}", value=value), value, "")
    return sheet.labels
