"""Revisions of a target: what a new version changes, and what in it contradicts the indicator."""

from enum import StrEnum

from tracker.domain.targets import DOWNWARD, POINTED, STRICT, UPWARD, Baseline, Target, resolve
from tracker.domain.vocabulary import Better, Comparator, TargetChange


def changes(before: Target | None, after: Target, departure: Baseline | None) -> tuple[TargetChange, ...]:
    """Say what ``after`` did to ``before``: made it more or less demanding, moved its date, or only restated it.

    More demanding means harder to meet, whichever way the indicator goes: 4 after 5 raises a target « au plus ».
    """
    if before is None:
        return (TargetChange.FIRST,)
    found = [*_ambition(before, after, departure), *_date(before.horizon_year, after.horizon_year)]
    return tuple(found) or (TargetChange.RESTATED,)


def _ambition(before: Target, after: Target, departure: Baseline | None) -> list[TargetChange]:
    old, new = resolve(before, departure), resolve(after, departure)
    if old is None or new is None:  # both in per cent of a baseline still to establish: the percentages compare
        if before.basis is not after.basis:
            return [TargetChange.RESTATED]
        was, now = before.value, after.value
    else:
        was, now = old.value, new.value
    is_upward = {before.comparator, after.comparator} <= UPWARD
    is_downward = {before.comparator, after.comparator} <= DOWNWARD
    if not is_upward and not is_downward:
        is_same = before.comparator is after.comparator and (was, before.upper) == (now, after.upper)
        return [] if is_same else [TargetChange.RESTATED]
    if was != now:
        return [TargetChange.RAISED if (now > was) is is_upward else TargetChange.LOWERED]
    if before.comparator is not after.comparator:  # « plus de 6 » asks more than « au moins 6 »
        return [TargetChange.RAISED if after.comparator in STRICT else TargetChange.LOWERED]
    return []


def _date(before: int | None, after: int | None) -> list[TargetChange]:
    if before == after:
        return []
    if before is None or after is None:
        return [TargetChange.DATED if before is None else TargetChange.UNDATED]
    return [TargetChange.POSTPONED if after > before else TargetChange.ADVANCED]


class Contradiction(StrEnum):
    """What cannot be meant: the target asks the indicator to go the wrong way."""

    WRONG_COMPARATOR = "wrong_comparator"
    WRONG_SIDE = "wrong_side"
    EMPTY_BAND = "empty_band"


_FITTING = {
    Better.UP: UPWARD,
    Better.DOWN: DOWNWARD,
    Better.EXACT: POINTED,
    Better.IN_RANGE: POINTED,
    Better.NEUTRAL: frozenset(Comparator),
}


def contradiction(target: Target, better: Better, departure: Baseline | None) -> Contradiction | None:
    """Say in what ``target`` contradicts the direction of its indicator, the first thing found; None when nothing.

    The sign of t - b must agree with the direction; t = b is something to keep, and no contradiction.
    """
    if target.comparator not in _FITTING[better]:
        return Contradiction.WRONG_COMPARATOR
    if target.upper is not None and target.upper < target.value:
        return Contradiction.EMPTY_BAND
    if better not in {Better.UP, Better.DOWN}:
        return None
    threshold = resolve(target, departure)
    if threshold is None or departure is None or departure.value is None:
        is_against = target.is_relative and target.value != 0 and (target.value < 0) is (better is Better.UP)
        return Contradiction.WRONG_SIDE if is_against else None
    way = threshold.value - departure.value
    return Contradiction.WRONG_SIDE if way and (way > 0) is not (better is Better.UP) else None
