"""A bar split by status or by progress: one segment each, widths in per cent of the whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

GAP = 0.5
Code = TypeVar("Code", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the bar, from ``x`` over ``width``, in units of a hundred."""

    status: StrEnum
    x: float
    width: float


def segments(counts: Mapping[Code, int]) -> Sequence[Segment]:
    """Split a bar of a hundred by ``counts``, with a small gap between parts."""
    total = sum(counts.values())
    placed, x = [], 0.0
    for status, count in counts.items():
        width = 100 * count / total
        placed.append(Segment(status, round(x, 1), round(max(width - GAP, 0.3), 1)))
        x += width
    return placed
