"""The order of the report: that of its outline, until an authority moves or hides a section."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class Move(StrEnum):
    """What is done to a section."""

    UP = "up"
    DOWN = "down"
    HIDE = "hide"
    SHOW = "show"


@dataclass(frozen=True, slots=True)
class Position:
    """A section where it stands, and whether the report leaves it out."""

    section: str
    is_hidden: bool = False


Order = tuple[Position, ...]


def arranged(standard: Sequence[str], told: Mapping[str, tuple[int, bool]]) -> Order:
    """Put the sections of the outline in the order that was told: (rank, is hidden) by section.

    A section that nobody placed comes after the one that it follows in the outline; one that is not in the outline
    any more is left out.
    """
    placed = sorted((code for code in standard if code in told), key=lambda code: told[code][0])
    found = [Position(code, is_hidden=told[code][1]) for code in placed]
    for rank, code in enumerate(standard):
        if code in told:
            continue
        before = standard[rank - 1] if rank else None
        at = next((place + 1 for place, one in enumerate(found) if one.section == before), 0)
        found.insert(at, Position(code))
    return tuple(found)


def moved(order: Order, section: str, move: Move) -> Order:
    """Give the order after ``section`` was moved one place, hidden or shown; at an end, or so already, it stays.

    Raises:
        KeyError: when there is no such section.
    """
    at = next((rank for rank, one in enumerate(order) if one.section == section), None)
    if at is None:
        raise KeyError(section)
    found = list(order)
    match move:
        case Move.UP if at > 0:
            found[at - 1], found[at] = found[at], found[at - 1]
        case Move.DOWN if at < len(order) - 1:
            found[at + 1], found[at] = found[at], found[at + 1]
        case Move.HIDE | Move.SHOW:
            found[at] = replace(found[at], is_hidden=move is Move.HIDE)
    return tuple(found)


def told(order: Order) -> str:
    """Write an order in one line, to tell whether it is still the one that was seen: « identity -governance »."""
    return " ".join(f"{'-' if one.is_hidden else ''}{one.section}" for one in order)
