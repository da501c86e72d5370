"""Places for the labels of a drawing: beside what they name, over nothing, and not over one another at either size."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from typing import Literal

Anchor = Literal["start", "middle", "end"]

WIDE, NARROW = 13, 22
"""Height of a letter on a wide screen and on a phone, in units of the drawing: the style sheet says the same."""

_LETTER = 0.56  # of the height: a little more than the mean letter of common faces
_ASCENT, _DESCENT = 0.8, 0.25
_ABOVE, _BELOW, _ASIDE = 9, 22, 9
_APART = 3
_STEP = 30


def letters(width: float, height: float) -> int:
    """Say how many letters of ``height`` a line of ``width`` holds."""
    return int(width / (height * _LETTER))


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def shared(self, other: "Box") -> float:
        """Give the surface that two boxes share."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(width, 0) * max(height, 0)

    def covered(self, others: Iterable["Box"]) -> float:
        """Give the surface that it shares with ``others``."""
        left, top, right, bottom = self.left, self.top, self.right, self.bottom
        found = 0.0
        for other in others:
            if other.left < right and other.right > left and other.top < bottom and other.bottom > top:
                found += self.shared(other)
        return found

    def outside(self, frame: "Box") -> float:
        """Give the surface that is out of ``frame``."""
        return (self.right - self.left) * (self.bottom - self.top) - self.shared(frame)

    def distance(self, x: float, y: float) -> float:
        """Give how far a point is from the nearest side, 0 inside."""
        return max(self.left - x, x - self.right, 0) + max(self.top - y, y - self.bottom, 0)


@dataclass(frozen=True, slots=True)
class Label:
    """A text at a place; ``short`` is what a narrow screen shows instead, ``role`` what it names."""

    x: float
    y: float
    anchor: Anchor
    text: str
    short: str
    role: str


@dataclass(slots=True)
class Sheet:
    """A drawing being labelled: its frame, what is drawn, the labels that have their place, how high letters are."""

    frame: Box
    drawn: list[Box] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    sizes: tuple[int, int] = (WIDE, NARROW)
    _taken: dict[int, list[Box]] = field(init=False)

    def __post_init__(self) -> None:
        """Take no place yet, at either size of letters."""
        self._taken = {size: [] for size in self.sizes}

    def dot(self, x: float, y: float, radius: float = 5) -> None:
        """Keep labels off a point."""
        self.drawn.append(Box(x - radius, y - radius, x + radius, y + radius))

    def line(self, places: Sequence[tuple[float, float]]) -> None:
        """Keep labels off a line, told by points that lie close to each other."""
        for (x, y), (far, end) in pairwise(places):
            parts = max(1, round(abs(end - y) / 8), round(abs(far - x) / 40))
            for part in range(parts):
                near, after = part / parts, (part + 1) / parts
                left, right = x + (far - x) * near, x + (far - x) * after
                top, bottom = sorted((y + (end - y) * near, y + (end - y) * after))
                self.drawn.append(Box(left, top - 1, right, bottom + 1))

    def put(self, label: Label) -> None:
        """Set a label where it is, whatever it covers."""
        self.labels.append(label)
        for size, taken in self._taken.items():
            taken.append(label_box(label, size))

    def place(self, places: Iterable[tuple[float, float]], text: str, short: str, role: str) -> None:
        """Set a label near the first of ``places`` where it covers least, other labels least of all."""
        named = list(dict.fromkeys(places))
        near = ((Label(x, y, anchor, text, short, role), place) for place in named for x, y, anchor in _around(*place))
        chosen, least = self._best(near)
        if chosen and self._covers(chosen):  # a crowd: anywhere is better, the nearer the better
            anywhere = ((Label(x, y, "middle", text, short, role), named[0]) for x, y in self._everywhere())
            other, cost = self._best(anywhere)
            chosen = other if cost < least else chosen
        if chosen:
            self.put(chosen)

    def _best(self, tried: Iterable[tuple[Label, tuple[float, float]]]) -> tuple[Label | None, float]:
        chosen, least = None, inf
        for label, place in tried:
            cost = self._cost(label, place, least)
            if cost < least:
                chosen, least = label, cost
        return chosen, least

    def _covers(self, label: Label) -> bool:
        return any(label_box(label, size).covered(taken) > size for size, taken in self._taken.items())

    def _everywhere(self) -> Iterable[tuple[float, float]]:
        frame = self.frame
        for y in range(round(frame.top) + NARROW, round(frame.bottom), NARROW):
            for x in range(round(frame.left) + _STEP, round(frame.right), _STEP):
                yield x, y

    def _cost(self, label: Label, named: tuple[float, float], least: float) -> float:
        """Tell how badly a label would stand; once it is no better than ``least``, the count stops there."""
        boxes = {size: label_box(label, size) for size in self._taken}
        cost = sum(5 * box.distance(*named) + 50 * box.outside(self.frame) for box in boxes.values())
        for size, box in boxes.items():
            if cost < least:
                cost += 40 * box.covered(self._taken[size]) + 3 * box.covered(self.drawn)
        return cost


def _around(x: float, y: float) -> Iterable[tuple[float, float, Anchor]]:
    """List places around a point, the usual ones first: ties are broken in their order."""
    for up in (
        y - _ABOVE,
        y + _BELOW,
        y - 2 * _ABOVE,
        y - 3 * _ABOVE,
        y + 1.5 * _BELOW,
        y - 5 * _ABOVE,
        y + 2 * _BELOW,
    ):
        yield x, up, "middle"
        yield x - 2, up, "start"
        yield x + 2, up, "end"
    yield x + _ASIDE, y + 5, "start"
    yield x - _ASIDE, y + 5, "end"


def label_box(label: Label, size: int) -> Box:
    """Give the part of the drawing that a label takes with letters of that ``size``."""
    shown = label.short if size == NARROW else label.text
    width = len(shown) * size * _LETTER
    left = {"start": label.x, "middle": label.x - width / 2, "end": label.x - width}[label.anchor]
    top, bottom = label.y - size * _ASCENT, label.y + size * _DESCENT
    return Box(left - _APART, top, left + width + _APART, bottom)
