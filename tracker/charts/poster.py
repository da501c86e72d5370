"""A drawing that stands alone, as a file: its title and subtitle above, its key below, in lines that fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from tracker.labels.charts import mark_word

WIDTH = 640
_TITLE, _SMALL = 17, 12  # heights of letters
_LETTERS = {_TITLE: 74, _SMALL: 108}  # that a line of that height holds
_BESIDE = 300


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text at its place."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Poster:
    """Where the parts of the file stand: ``top`` is how far the drawing is moved down; a key is a mark and its word."""

    title: Sequence[Line]
    subtitle: Sequence[Line]
    top: float
    key: Sequence[tuple[str, Line]]
    foot: Sequence[Line]
    height: float


def poster(title: str, subtitle: str, foot: str, marks: Sequence[str], drawing_height: float) -> Poster:
    """Set the words around a drawing of ``drawing_height``."""
    y = 10.0
    headed, y = _lines(title, _TITLE, y)
    under, y = _lines(subtitle, _SMALL, y + 4)
    top = y + 12
    y = top + drawing_height + 18
    key = [
        (mark, Line(14 + _BESIDE * (rank % 2), y + 20 * (rank // 2), mark_word(mark)))
        for rank, mark in enumerate(marks)
    ]
    feet, y = _lines(foot, _SMALL, y + 20 * ((len(marks) + 1) // 2) - 6)
    return Poster(headed, under, top, key, feet, y + 12)


def _lines(text: str, size: int, top: float) -> tuple[Sequence[Line], float]:
    """Break a text into lines below ``top``; give where they end too."""
    step = size * 1.35
    broken = [Line(14, round(top + step * (rank + 1), 1), part) for rank, part in enumerate(wrap(text, _LETTERS[size]))]
    return broken, top + step * len(broken)
