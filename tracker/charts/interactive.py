"""The interactive chart of an indicator, as Plotly reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tracker.charts.series import YearPoint, by_method, changes, constant


@dataclass(frozen=True, slots=True)
class Names:
    """What the lines of the chart are called; ``method`` has a blank {n} for its version."""

    value: str
    target: str
    restated: str
    voted: str
    method: str


def figure(listed: Sequence[YearPoint], names: Names, *, axis_title: str, unit: str) -> str:
    """Give the figure as JSON: values as a line broken at missing years and changes of method, the target as steps.

    Years stand on a category axis so that Plotly does not invent half-years. ``meta`` says what each line is,
    for the page to colour it.
    """
    import plotly.graph_objects as go  # noqa: PLC0415 - heavy: only the one who asks for a chart pays for it

    years = [point.year for point in listed]
    drawn = go.Figure(layout={"template": "none"})

    def add(name: str, values: Mapping[int, Decimal], **look: Any) -> None:
        drawn.add_scatter(
            x=[str(year) for year in years],
            y=[float(values[year]) if year in values else None for year in years],
            name=name,
            connectgaps=False,
            **look,
        )

    hover, methods = f"%{{x}} : %{{y}} {unit}<extra></extra>", by_method(listed)
    for method, values in methods.items():
        name = names.value if len(methods) == 1 else f"{names.value}, {names.method.format(n=method)}"
        add(name, values, mode="lines+markers", hovertemplate=hover, meta="value")
    if not methods:
        add(names.value, {}, mode="lines+markers", meta="value")
    if restated := constant(listed):
        add(names.restated, restated, mode="lines", hovertemplate=hover, meta="restated", line={"dash": "dot"})
    for side in ("target", "upper"):
        if goals := {point.year: getattr(point, side) for point in listed if getattr(point, side) is not None}:
            look = {"dash": "dash", "shape": "hv"}
            told = f"{names.target} : %{{y}} {unit}<extra></extra>"
            add(names.target, goals, mode="lines", line=look, hovertemplate=told, meta="target")
    if voted := {point.year: point.voted for point in listed if point.voted is not None}:
        add(names.voted, voted, mode="markers", marker={"symbol": "diamond-open"}, hovertemplate=hover, meta="voted")
    for year, method in changes(listed):
        label = {"text": names.method.format(n=method), "yref": "paper", "y": 1, "showarrow": False, "xanchor": "left"}
        drawn.add_vline(x=year - years[0] - 0.5, line={"dash": "dot", "width": 1}, annotation=label)
    drawn.update_xaxes(type="category")
    drawn.update_yaxes(title_text=axis_title)
    drawn.update_layout(margin={"l": 60, "r": 20, "t": 20, "b": 50}, legend={"orientation": "h", "y": -0.12})
    written: str = drawn.to_json()
    return written
