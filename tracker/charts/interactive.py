"""The interactive chart of an indicator, as Plotly reads it."""

from collections.abc import Sequence

from tracker.charts.series import YearPoint


def figure(listed: Sequence[YearPoint], *, value_name: str, target_name: str, axis_title: str, unit: str) -> str:
    """Give the figure as JSON: values as a line broken at missing years, the target as dashed steps.

    Years stand on a category axis so that Plotly does not invent half-years.
    """
    import plotly.graph_objects as go  # noqa: PLC0415 - heavy: only the one who asks for a chart pays for it

    years = [str(point.year) for point in listed]
    drawn = go.Figure(layout={"template": "none"})
    drawn.add_scatter(
        x=years,
        y=[None if point.value is None else float(point.value) for point in listed],
        name=value_name,
        mode="lines+markers",
        connectgaps=False,
        hovertemplate=f"%{{x}} : %{{y}} {unit}<extra></extra>",
    )
    if any(point.target is not None for point in listed):
        drawn.add_scatter(
            x=years,
            y=[None if point.target is None else float(point.target) for point in listed],
            name=target_name,
            mode="lines",
            line={"dash": "dash", "shape": "hv"},
            hovertemplate=f"{target_name} : %{{y}} {unit}<extra></extra>",
        )
    drawn.update_xaxes(type="category")
    drawn.update_yaxes(title_text=axis_title)
    drawn.update_layout(margin={"l": 60, "r": 20, "t": 20, "b": 50}, legend={"orientation": "h", "y": -0.12})
    written: str = drawn.to_json()
    return written
