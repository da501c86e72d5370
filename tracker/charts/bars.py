"""The chart of two years side by side: how far each indicator moved, as bars from nothing, in per cent or in points."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.charts.interactive import Trace, plain, written
from tracker.charts.placing import NARROW, WIDE, letters
from tracker.domain.comparison import Compared, Direction
from tracker.labels import say, text
from tracker.labels.comparison import difference_phrase, direction_word, relative_phrase

LEFT, RIGHT = 14, 626
_ROW, _HEAD = 46, 34
_HEIGHTS = {Direction.BETTER: 14, Direction.WORSE: 14}
_FLAT = 6
FARTHEST = Decimal(100)
"""Beyond this change a bar is cut, and says so: drawn whole, it would flatten all the others."""

_GAP = 2.5  # rows that the axis of a panel and its name take
_LETTERS_AXIS = 34
_APART = 2  # letters between a name and its figure


@dataclass(frozen=True, slots=True)
class Bar:
    """An indicator that moved: ``value`` in per cent or in points, ``told`` as the table says it."""

    code: str
    name: str
    direction: Direction
    value: Decimal
    told: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A bar at its place, from ``x`` over ``width``; ``cut`` is where it is cut, None where it is whole."""

    bar: Bar
    top: float
    x: float
    width: float
    height: float
    cut: float | None

    @property
    def name(self) -> str:
        """Give the name as a wide screen has room for it beside the figure."""
        return _beside(self.bar, WIDE)

    @property
    def short(self) -> str:
        """Give the name as a phone has room for it beside the figure."""
        return _beside(self.bar, NARROW)


@dataclass(frozen=True, slots=True)
class Panel:
    """Bars of one unit below ``top``, with the place of nothing at ``zero``."""

    title: str
    top: float
    zero: float
    bars: Sequence[Placed]


@dataclass(frozen=True, slots=True)
class BarChart:
    """The drawing."""

    panels: Sequence[Panel]
    height: float


def groups(rows: Sequence[Compared]) -> Sequence[tuple[str, Sequence[Bar]]]:
    """Give what can be drawn of ``rows``: changes in per cent, then those of percentages, in points."""
    shares, points = [], []
    for row in rows:
        indicator = row.aim.indicator
        if indicator.unit == "percent" and row.difference is not None:
            points.append(_bar(row, row.difference, difference_phrase(row)))
        elif row.relative is not None and (told := relative_phrase(row)):
            shares.append(_bar(row, row.relative, told))
    found = ((text("Variation en %"), shares), (text("Écart en points"), points))
    return [(title, bars) for title, bars in found if bars]


def bar_chart(rows: Sequence[Compared]) -> BarChart | None:
    """Draw how far the indicators of ``rows`` moved; None where nothing can be drawn."""
    panels, y = [], 0.0
    for title, bars in groups(rows):
        top = y + _HEAD
        low, high = _span(bars)
        zero = _x(Decimal(0), low, high)
        placed = [_placed(bar, top + _ROW * rank, zero, low, high) for rank, bar in enumerate(bars)]
        y = top + _ROW * len(bars)
        panels.append(Panel(title, top, zero, placed))
    return BarChart(panels, y + 10) if panels else None


def bars_figure(rows: Sequence[Compared]) -> str:
    """Give the same as an interactive figure, a pair of axes for each unit."""
    found = groups(rows)
    total = sum(len(bars) + _GAP for _, bars in found)
    traces: list[Trace] = []
    layout: dict[str, object] = {"margin": {"l": 10, "r": 20, "t": 10, "b": 10}, "showlegend": False}
    top = 1.0
    for rank, (title, bars) in enumerate(found):
        number = "" if rank == 0 else str(rank + 1)
        bottom = max(top - (len(bars) + _GAP) / total, 0)
        layout[f"xaxis{number}"] = {
            "title": {"text": plain(title), "standoff": 4},
            "anchor": f"y{number}",
            "zeroline": True,
        }
        layout[f"yaxis{number}"] = {
            "domain": [round(bottom + _GAP / total, 3), round(top, 3)],
            "anchor": f"x{number}",
            "type": "category",
            "autorange": "reversed",
            "automargin": True,
            "tickvals": [bar.code for bar in bars],
            "ticktext": [plain(_short(bar.name, _LETTERS_AXIS)) for bar in bars],
        }
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": plain(title),
                "meta": "bars",
                "x": [float(bar.value) for bar in bars],
                "y": [bar.code for bar in bars],
                "customdata": [str(bar.direction) for bar in bars],
                "text": [_sentence(bar) for bar in bars],
                "textposition": "none",
                "hoverinfo": "text",
                "xaxis": f"x{number}",
                "yaxis": f"y{number}",
            }
        )
        top = bottom
    return written(traces, layout)


def _sentence(bar: Bar) -> str:
    told = text(
        "{name} : {change}, {direction}", name=bar.name, change=bar.told, direction=direction_word(bar.direction)
    )
    return plain(told)


def _bar(row: Compared, value: Decimal, told: str) -> Bar:
    indicator = row.aim.indicator
    return Bar(indicator.code, say(indicator.name), row.direction, value, told)


def _span(bars: Sequence[Bar]) -> tuple[Decimal, Decimal]:
    values = [_capped(bar.value) for bar in bars]
    low, high = min(Decimal(0), *values), max(Decimal(0), *values)
    return (low, high) if low != high else (Decimal(0), Decimal(1))


def _placed(bar: Bar, top: float, zero: float, low: Decimal, high: Decimal) -> Placed:
    end = _x(_capped(bar.value), low, high)
    height = _HEIGHTS.get(bar.direction, _FLAT)
    is_cut = abs(bar.value) > FARTHEST
    cut = end - 12 if bar.value > 0 else end + 12
    return Placed(bar, top, min(zero, end), round(max(abs(end - zero), 1), 1), height, cut if is_cut else None)


def _capped(value: Decimal) -> Decimal:
    return max(-FARTHEST, min(FARTHEST, value))


def _x(value: Decimal, low: Decimal, high: Decimal) -> float:
    return round(LEFT + (RIGHT - LEFT) * float((value - low) / (high - low)), 1)


def _beside(bar: Bar, height: float) -> str:
    return _short(bar.name, letters(RIGHT - LEFT, height) - len(bar.told) - _APART)


def _short(name: str, room: int) -> str:
    """Give a name in ``room`` letters at most, cut between two words where one ends late enough."""
    if len(name) <= room:
        return name
    cut = name[: max(room - 1, 1)]
    whole = name[: len(cut) + 1].rpartition(" ")[0]
    return (whole if len(whole) > room // 2 else cut).rstrip(" ,;:") + "…"
