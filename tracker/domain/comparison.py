"""Two years of the same indicators side by side: what moved, by how much, and whether for the better."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tracker.domain.records import Aim, Reading
from tracker.domain.targets import HUNDRED, Threshold
from tracker.domain.trend import Move, heading, move
from tracker.domain.vocabulary import Better, ValueKind


class Direction(StrEnum):
    """Where a value went from one year to another; ``neither`` moved, and that is neither better nor worse."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    NEITHER = "neither"
    UNKNOWN = "unknown"


class Uncompared(StrEnum):
    """Why two years do not compare, or not in some respect; ``labels`` has one sentence for each."""

    NO_VALUE = "no_value"
    NO_EARLIER = "no_earlier"
    NO_LATER = "no_later"
    METHOD_BREAK = "method_break"
    NO_TARGET = "no_target"
    ZERO_BEFORE = "zero_before"
    SIGN_CHANGE = "sign_change"
    YES_OR_NO = "yes_or_no"


@dataclass(frozen=True, slots=True)
class Compared:
    """One indicator in two years.

    ``before`` and ``after`` are the values that were compared: the published ones, or those recomputed by the method
    of the later year where ``is_restated``. ``relative`` is the change in per cent of the earlier value, more when
    positive. ``reason`` says why there is no difference or no direction, ``relative_reason`` why no percentage.
    ``is_broken`` says that the two published values come from different methods.
    """

    aim: Aim
    earlier: Reading | None
    later: Reading | None
    direction: Direction = Direction.UNKNOWN
    before: Decimal | None = None
    after: Decimal | None = None
    difference: Decimal | None = None
    relative: Decimal | None = None
    is_broken: bool = False
    is_restated: bool = False
    reason: Uncompared | None = None
    relative_reason: Uncompared | None = None


_DIRECTIONS = {Move.BETTER: Direction.BETTER, Move.WORSE: Direction.WORSE, Move.SAME: Direction.NEITHER}


def compare(aims: Iterable[Aim], earlier: int, later: int) -> tuple[Compared, ...]:
    """Compare two years of each indicator, in the order given; never the values of two different methods."""
    return tuple(_compared(aim, earlier, later) for aim in aims)


def _compared(aim: Aim, earlier: int, later: int) -> Compared:
    first, second = aim.readings.get(earlier), aim.readings.get(later)
    before, after = aim.value(earlier), aim.value(later)
    if before is None or after is None:
        return Compared(aim, first, second, before=before, after=after, reason=_missing(before, after))
    is_broken = aim.method(earlier) != aim.method(later)
    recomputed = {point.year: point.value for point in aim.restated.get(aim.method(later), ())}
    is_restated = is_broken and earlier in recomputed and later in recomputed
    if is_restated:
        before, after = recomputed[earlier], recomputed[later]
    elif is_broken:
        why = Uncompared.METHOD_BREAK
        return Compared(aim, first, second, before=before, after=after, is_broken=True, reason=why)
    direction, reason = _direction(aim, before, after, aim.threshold(later))
    relative, relative_reason = _relative(aim, before, after)
    return Compared(
        aim,
        first,
        second,
        direction,
        before,
        after,
        after - before,
        relative,
        is_broken,
        is_restated,
        reason,
        relative_reason,
    )


def _missing(before: Decimal | None, after: Decimal | None) -> Uncompared:
    if before is None and after is None:
        return Uncompared.NO_VALUE
    return Uncompared.NO_EARLIER if before is None else Uncompared.NO_LATER


def _direction(
    aim: Aim, before: Decimal, after: Decimal, threshold: Threshold | None
) -> tuple[Direction, Uncompared | None]:
    """Say where the value went: by the direction stored, or by the distance to the point or the band aimed at."""
    better = aim.indicator.better
    if before == after:
        return Direction.SAME, None
    if better in {Better.UP, Better.DOWN, Better.NEUTRAL}:
        return _DIRECTIONS[heading(after - before, better)], None
    if threshold is None:
        return Direction.UNKNOWN, Uncompared.NO_TARGET
    return _DIRECTIONS[move(after, before, better, threshold)], None


def _relative(aim: Aim, before: Decimal, after: Decimal) -> tuple[Decimal | None, Uncompared | None]:
    """Give the change in per cent of the size of ``before``, or why there is none."""
    if aim.indicator.value_kind is ValueKind.BOOLEAN:
        return None, Uncompared.YES_OR_NO
    if before == 0:
        return None, Uncompared.ZERO_BEFORE
    if before * after < 0:
        return None, Uncompared.SIGN_CHANGE
    return HUNDRED * (after - before) / abs(before), None
