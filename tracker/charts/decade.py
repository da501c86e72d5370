"""Ten years of an indicator drawn large, for a slide: the line, its two ends and the target, all named."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap

from tracker.charts.placing import Box, Label, Sheet
from tracker.charts.scale import Scale
from tracker.charts.sparkline import Window, window
from tracker.domain.records import Aim
from tracker.labels import text
from tracker.labels.briefs import drawn_values

_LEFT, _RIGHT, _TOP, _BOTTOM = 12, 430, 34, 160
_FLOOR = 170
_BEYOND = 8
_LETTERS = (17, 24)
"""Heights of a letter on a wide screen and on a phone: the style sheet of the slides says the same."""
_TARGET_X = 442
_TARGET_LETTERS = 14
"""Letters that a line beside the drawing holds on a phone."""
_HIGHEST, _LOWEST = 22, 166
"""Between which the lines that name the target stay on a phone."""
_LINE = 1.15
_ROOMY = 350
"""How far the years must lie apart for a note between them."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A value of a year and its place on the drawing."""

    year: int
    value: Decimal
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Decade:
    """The line, broken where a year is missing or the method changes, the values, and the steps of the target.

    ``labels`` name the two ends where they cover nothing. ``target`` are the lines that name the target of the year
    shown, the first one at ``target_y``; none without one. ``cut`` is where to say that the scale has no zero, None
    where it has. The frame is 640 × 200.
    """

    path: str
    marks: tuple[Mark, ...]
    goal: str
    labels: Sequence[Label]
    told: tuple[str, str]
    target: Sequence[str]
    target_y: float
    cut: tuple[float, str] | None

    @property
    def first(self) -> Mark:
        """Give the oldest value."""
        return self.marks[0]

    @property
    def last(self) -> Mark:
        """Give the latest value."""
        return self.marks[-1]


def decade(aim: Aim, year: int) -> Decade | None:
    """Draw the ten years up to ``year``; None with fewer than two values."""
    shown = window(aim, year, is_cut=True)
    if shown is None:
        return None
    low, high = shown.bounds
    scale = Scale(min(shown.values), year, low, high, _LEFT, _RIGHT, _TOP, _BOTTOM)
    marks = tuple(Mark(at, value, scale.x(at), scale.y(value)) for at, value in shown.values.items())
    goal = shown.goals.get(year)
    first, last, target = drawn_values(aim.indicator, marks[0].value, marks[-1].value, goal)
    lines = [text("objectif"), *wrap(target, _TARGET_LETTERS, break_long_words=False)] if goal else []
    lowest = _LOWEST - _LINE * _LETTERS[1] * (len(lines) - 1)
    height = min(max(scale.y(goal.value) - 4, _HIGHEST), lowest) if goal else 0
    sheet = _sheet(shown, scale, marks)
    for rank, line in enumerate(lines):
        for size in _LETTERS:
            sheet.put(Label(_TARGET_X, height + _LINE * size * rank, "start", line, line, "target"))
    named = len(sheet.labels)
    sheet.place([(marks[-1].x, marks[-1].y)], last, last, "last")
    sheet.place([(marks[0].x, marks[0].y)], first, first, "first")
    return Decade(
        shown.path(scale),
        marks,
        shown.goal(scale, _BEYOND),
        sheet.labels[named:],
        (first, last),
        lines,
        round(height, 1),
        None if low <= 0 <= high else _cut(marks),
    )


def _cut(marks: Sequence[Mark]) -> tuple[float, str]:
    """Give where the words about the scale stand under the axis, and their anchor: between the years, or after them."""
    far = marks[-1].x
    return (round((marks[0].x + far) / 2, 1), "middle") if far >= _ROOMY else (far + 8, "start")


def _sheet(shown: Window, scale: Scale, marks: Sequence[Mark]) -> Sheet:
    """Give the sheet that the labels are set on, with what they should not cover."""
    sheet = Sheet(Box(0, 0, 640, _FLOOR), sizes=_LETTERS)
    for mark in marks:
        sheet.dot(mark.x, mark.y)
    for line in shown.lines:
        sheet.line([(scale.x(year), scale.y(value)) for year, value in sorted(line.items())])
    for side in shown.sides:
        for year, edge in side.items():
            x, y = scale.x(year), scale.y(edge)
            ends = [(x, y), (scale.x(year + 1) if year + 1 in side else x + _BEYOND, y)]
            sheet.line([*ends, (ends[-1][0], scale.y(side[year + 1]))] if year + 1 in side else ends)
    return sheet
