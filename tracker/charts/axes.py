"""The verdicts of each axis as bars: a part a status, as wide as its share, with its shape and its number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.vocabulary import Axis, Status
from tracker.labels import word

LEFT, RIGHT = 14, 626
_ROW, _APART = 66, 2


@dataclass(frozen=True, slots=True)
class StatusPart:
    """So many commitments of a status, from ``x`` over ``width``."""

    status: Status
    count: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class AxisBar:
    """The commitments of an axis."""

    name: str
    top: float
    parts: Sequence[StatusPart]


@dataclass(frozen=True, slots=True)
class AxesChart:
    """The drawing, and the statuses that it shows."""

    bars: Sequence[AxisBar]
    statuses: Sequence[Status]
    height: float


def axes_chart(counted: Mapping[Axis, Mapping[Status, int]]) -> AxesChart | None:
    """Draw the verdicts of each axis over the same scale; None where nothing is judged."""
    most = max((sum(counts.values()) for counts in counted.values()), default=0)
    if not most:
        return None
    bars = [
        AxisBar(word(axis), _ROW * rank, _parts(counts, most)) for rank, (axis, counts) in enumerate(counted.items())
    ]
    found = {part.status for bar in bars for part in bar.parts}
    return AxesChart(bars, [status for status in Status if status in found], _ROW * len(bars) + 4)


def _parts(counts: Mapping[Status, int], most: int) -> Sequence[StatusPart]:
    parts, x = [], float(LEFT)
    for status, count in counts.items():
        width = (RIGHT - LEFT) * count / most
        parts.append(StatusPart(status, count, round(x, 1), round(max(width - _APART, 1), 1)))
        x += width
    return parts
