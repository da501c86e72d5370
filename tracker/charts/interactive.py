"""The interactive chart of an indicator, as Plotly reads it."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from tracker.charts.series import target_name
from tracker.charts.years import YearPoint, by_method, changes, constant, versions
from tracker.domain.records import IndicatorRecord
from tracker.labels import quantity, text
from tracker.labels.charts import mark_word
from tracker.labels.targets import edges, telling_decimals, voted_decimals
from tracker.labels.units import unit_name

Trace = dict[str, Any]

MARGIN = {"l": 60, "r": 20, "t": 28, "b": 50}


def plain(words: str) -> str:
    """Give ``words`` as Plotly shows them unchanged: it reads some tags in its texts."""
    return words.replace("&", "&amp;").replace("<", "&lt;")


def written(traces: Sequence[Trace], layout: Mapping[str, Any]) -> str:
    """Write a figure as JSON; ``template: none`` spares the 7 kB of Plotly's own look."""
    content = {"data": traces, "layout": {"template": "none", **layout}}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def figure(listed: Sequence[YearPoint], indicator: IndicatorRecord) -> str:
    """Give the figure as JSON: values as a line broken at missing years and changes of method, targets as steps.

    Years stand on a category axis so that Plotly does not invent half-years. ``meta`` says what each line is, for the
    page to colour it, and ``text`` has each number in words. No number is made here: all come from ``listed``.
    """
    years = [point.year for point in listed]
    lines = _Lines(years, indicator)
    _measured(lines, listed)
    _voted(lines, listed)
    _ahead(lines, listed)
    cuts = changes(listed)
    layout = {
        "xaxis": {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": [str(year) for year in years],
            "tickangle": 0,
        },
        "yaxis": {"title": {"text": plain(unit_name(indicator.unit))}},
        "margin": MARGIN,
        "legend": {"orientation": "h", "y": -0.12, "traceorder": "normal"},
        "shapes": [_cut(year - years[0] - 0.5) for year, _ in cuts],
        "annotations": [_cut_name(year - years[0] - 0.5, method) for year, method in cuts],
    }
    return written(lines.traces, layout)


class _Lines:
    """The lines of a figure, each over its own years."""

    def __init__(self, years: Sequence[int], indicator: IndicatorRecord) -> None:
        self.years, self.indicator = years, indicator
        self.traces: list[Trace] = []

    def add(
        self,
        name: str,
        values: Mapping[int, Decimal | None],
        kind: str,
        decimals: int | Mapping[int, int],
        start: Mapping[int, Decimal | None] | None = None,
        **look: Any,
    ) -> None:
        """Add a line, broken where a year has no value; ``start`` is where it comes from, which another line tells.

        ``decimals`` may be given by year.
        """
        drawn = {**(start or {}), **values}
        years = range(min(drawn), max(drawn) + 1) if drawn else self.years
        self.traces.append(
            {
                "type": "scatter",
                "name": plain(name),
                "meta": kind,
                "x": [str(year) for year in years],
                "y": [None if (value := drawn.get(year)) is None else float(value) for year in years],
                "text": [self._told(name, year, values.get(year), decimals) for year in years],
                "hoverinfo": "text",
                "connectgaps": False,
                **look,
            }
        )

    def _told(self, name: str, year: int, value: Decimal | None, decimals: int | Mapping[int, int]) -> str | None:
        if value is None:
            return None
        kept = decimals if isinstance(decimals, int) else decimals[year]
        shown = quantity(value, self.indicator.unit, kept)
        return plain(text("{name}, {year} : {value}", name=name, year=year, value=shown))


def _measured(lines: _Lines, listed: Sequence[YearPoint]) -> None:
    decimals, methods, telling = lines.indicator.decimals, by_method(listed), _telling(listed, lines.indicator)
    name, mode = mark_word("value"), "lines+markers"
    for method, values in methods.items():
        named = name if len(methods) == 1 else text("{name}, méthode {n}", name=name, n=method)
        lines.add(named, values, "value", telling, mode=mode)
    if not methods:
        lines.add(name, {}, "value", decimals, mode=mode)
    if restated := constant(listed):
        lines.add(mark_word("restated"), restated, "restated", decimals, mode="lines", line={"dash": "dot"})
    if corrected := {point.year: point.value for point in listed if point.is_corrected}:
        marker = {"symbol": "circle-open", "size": 14}
        lines.add(mark_word("corrected"), corrected, "corrected", telling, mode="markers", marker=marker)


def _telling(listed: Sequence[YearPoint], indicator: IndicatorRecord) -> Mapping[int, int]:
    """Give by year the decimals that tell its value from its target and from the level expected."""
    found = {}
    for point in listed:
        told = [value for value in (point.value, point.expected) if value is not None]
        found[point.year] = telling_decimals(indicator, told, edges(point.threshold))
    return found


def _voted(lines: _Lines, listed: Sequence[YearPoint]) -> None:
    decimals, before = voted_decimals(lines.indicator), None
    for target, years in versions(listed):
        for side in ("target", "upper"):
            if goals := {point.year: getattr(point, side) for point in years if getattr(point, side) is not None}:
                mode, line = "lines+markers" if len(goals) == 1 else "lines", {"dash": "dash", "shape": "hv"}
                lines.add(target_name(target, before), goals, "target", decimals, mode=mode, line=line)
        before = target
    if voted := {point.year: point.voted for point in listed if point.voted is not None}:
        marker = {"symbol": "diamond-open", "size": 10}
        lines.add(mark_word("voted"), voted, "voted", decimals, mode="markers", marker=marker)
    look: Trace = {"mode": "lines+markers", "marker": {"symbol": "circle-open", "size": 6}, "line": {"width": 1}}
    look["legendgroup"], name = "expected", mark_word("expected")
    ways = [
        {point.year: point.expected for point in years if point.expected is not None} for _, years in versions(listed)
    ]
    for rank, way in enumerate(filter(None, ways)):
        lines.add(name, way, "expected", lines.indicator.decimals + 1, **look, showlegend=rank == 0)


def _ahead(lines: _Lines, listed: Sequence[YearPoint]) -> None:
    ahead = {point.year: point.ahead for point in listed if point.ahead is not None}
    if not ahead:
        return
    decimals = lines.indicator.decimals + 1
    last = max(point.year for point in listed if point.value is not None)
    start = {last: next(point.value for point in listed if point.year == last)}
    middle = {year: one.value for year, one in ahead.items()}
    lines.add(mark_word("ahead"), middle, "ahead", decimals, start, mode="lines+markers", line={"dash": "dashdot"})
    low = {year: one.low for year, one in ahead.items() if one.low is not None}
    high = {year: one.high for year, one in ahead.items() if one.high is not None}
    if low and high:
        look = {"mode": "lines", "line": {"dash": "dot", "width": 1}}
        lines.add(text("Prévision, bas de la marge du rythme"), low, "fan", decimals, start, **look, showlegend=False)
        lines.add(
            text("Prévision, haut de la marge du rythme"),
            high,
            "fan",
            decimals,
            start,
            **look,
            showlegend=False,
            fill="tonexty",
        )


def _cut(x: float) -> Mapping[str, Any]:
    return {"type": "line", "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1, "line": {"dash": "dot", "width": 1}}


def _cut_name(x: float, method: int) -> Mapping[str, Any]:
    named = text("méthode {n}", n=method)
    return {"text": named, "x": x, "yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False, "xanchor": "left"}
