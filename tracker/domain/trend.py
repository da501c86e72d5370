"""Where a series is heading when no dated line can be drawn: better, worse or unmoved."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tracker.domain.records import Aim
from tracker.domain.targets import Threshold
from tracker.domain.vocabulary import Better


class Move(StrEnum):
    """What a value did since the one it is compared with."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class Point:
    """A value and its year."""

    year: int | None
    value: Decimal


def departure(aim: Aim) -> Point | None:
    """Give where the series starts from: its baseline if known, else its first reading."""
    if aim.baseline and aim.baseline.is_known and aim.baseline.value is not None:
        return Point(aim.baseline.year, aim.baseline.value)
    first = aim.first()
    return Point(first.year, first.value) if first and first.value is not None else None


def move(value: Decimal, since: Decimal, better: Better, threshold: Threshold | None) -> Move:
    """Say how ``value`` moved ``since``: toward the threshold where there is one, else by direction."""
    if threshold is not None:
        nearer = threshold.gap(since) - threshold.gap(value)
        return Move.SAME if nearer == 0 else Move.BETTER if nearer > 0 else Move.WORSE
    if value == since or better is Better.EXACT:
        return Move.SAME
    rising = value > since
    return Move.BETTER if rising is (better is not Better.DOWN) else Move.WORSE
