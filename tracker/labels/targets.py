"""Targets put into words: as they were voted, what they come to, and how fast a value moves."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import combinations

from tracker.domain.numbers import MAX_DECIMALS
from tracker.domain.records import Aim, IndicatorRecord
from tracker.domain.targets import DOWNWARD, STRICT, UPWARD, Baseline, Target, Threshold, resolve, stated_departure
from tracker.domain.vocabulary import Comparator, TargetBasis
from tracker.labels.formats import number, percent, quantity, round_to
from tracker.labels.language import N_, plural, text

_THRESHOLDS = {
    Comparator.GREATER: N_("plus de {value}"),
    Comparator.AT_LEAST: N_("{value}"),
    Comparator.LESS: N_("moins de {value}"),
    Comparator.AT_MOST: N_("{value} au plus"),
    Comparator.EXACTLY: N_("exactement {value}"),
    Comparator.BETWEEN: N_("entre {value} et {upper}"),
}

_SIGNED = {**_THRESHOLDS, Comparator.AT_LEAST: N_("au moins {value}")}
_CLOSER = 2
"""Decimals that a voted value may show beyond those of its indicator."""


def voted_decimals(indicator: IndicatorRecord) -> int:
    """Give the most decimals that a voted value shows: rounding it would make its verdict look false."""
    return min(indicator.decimals + _CLOSER, MAX_DECIMALS)


def voted_quantity(value: Decimal, indicator: IndicatorRecord) -> str:
    """Say a voted value, or one counted from it, with the decimals that it was voted with."""
    return quantity(value, indicator.unit, voted_decimals(indicator))


def telling_decimals(indicator: IndicatorRecord, values: Iterable[Decimal], voted: Iterable[Decimal] = ()) -> int:
    """Give as many decimals as ``values`` take to look as they compare, with each other and with what was ``voted``."""
    found, fixed = list(values), list(voted)
    exact = [*found, *fixed]
    decimals = indicator.decimals
    while decimals < MAX_DECIMALS:
        closer = max(decimals, voted_decimals(indicator))
        shown = [*(round_to(one, decimals) for one in found), *(round_to(one, closer) for one in fixed)]
        pairs = combinations(zip(exact, shown, strict=True), 2)
        if all(one.compare(other) == seen.compare(too) for (one, seen), (other, too) in pairs):
            break
        decimals += 1
    return decimals


def edges(threshold: Threshold | None) -> list[Decimal]:
    """Give the numbers of a threshold: none without one, both ends of a band."""
    if threshold is None:
        return []
    return [threshold.value] if threshold.upper is None else [threshold.value, threshold.upper]


def threshold_phrase(threshold: Threshold, indicator: IndicatorRecord) -> str:
    """Say a threshold in the indicator's unit: « plus de 6,25 ans », « entre 2 et 4 h »."""
    upper = "" if threshold.upper is None else voted_quantity(threshold.upper, indicator)
    return text(_THRESHOLDS[threshold.comparator], value=voted_quantity(threshold.value, indicator), upper=upper)


def target_phrase(target: Target, aim: Aim, base: Baseline | None = None) -> str:
    """Say a target as it was voted, and what it comes to: « plus de 25 % au-dessus de la référence (5 ans), soit… ».

    ``base`` is the baseline to count from, the one last decided when none is given.
    """
    indicator = aim.indicator
    if target.basis is TargetBasis.FROM_TO and target.start is not None:
        start = voted_quantity(target.start, indicator)
        reached = threshold_phrase(Threshold(target.comparator, target.value, target.upper), indicator)
        return text("passer de {start} à {value}", start=start, value=reached)
    if not target.is_relative:
        return threshold_phrase(Threshold(target.comparator, target.value, target.upper), indicator)
    base = base or departure(target, aim)
    change, threshold = _change(target, indicator), resolve(target, base)
    alone, whole = _against_reference(target)
    if threshold is None or base is None or base.value is None:
        return text(alone, change=change)
    stated = voted_quantity(base.value, indicator)
    return text(whole, change=change, base=stated, value=threshold_phrase(threshold, indicator))


def _is_usual(target: Target) -> bool:
    """Tell whether a relative target asks to go the way of its own sign: up from the baseline, or down from it."""
    if target.comparator in UPWARD:
        return target.value >= 0
    return target.comparator in DOWNWARD and target.value <= 0


def _against_reference(target: Target) -> tuple[str, str]:
    """Give how a change is held against the baseline, without and with what it comes to."""
    if not _is_usual(target):
        return (
            N_("{change} par rapport à la référence"),
            N_("{change} par rapport à la référence ({base}), soit {value}"),
        )
    if target.comparator in DOWNWARD:
        return N_("{change} sous la référence"), N_("{change} sous la référence ({base}), soit {value}")
    return N_("{change} au-dessus de la référence"), N_("{change} au-dessus de la référence ({base}), soit {value}")


def departure(target: Target, aim: Aim) -> Baseline | None:
    """Give what a target is counted from today: what it states itself, else the baseline last decided."""
    return stated_departure(target) or aim.baseline


def _change(target: Target, indicator: IndicatorRecord) -> str:
    """Say how far from the baseline: « plus de 25 % » ; with signs, « entre −10 % et +20 % », where those tell."""

    def shown(value: Decimal) -> str:
        if target.basis is TargetBasis.RELATIVE_PERCENT:
            return percent(abs(value), 1 + _CLOSER)
        return voted_quantity(abs(value), indicator)

    if not _is_usual(target):
        upper = "" if target.upper is None else _sign(target.upper) + shown(target.upper)
        return text(_SIGNED[target.comparator], value=_sign(target.value) + shown(target.value), upper=upper)
    change = shown(target.value)
    return text(_THRESHOLDS[Comparator.GREATER], value=change) if target.comparator in STRICT else change


def short_target(aim: Aim, year: int) -> str:
    """Say the threshold in force for ``year`` in the indicator's unit, as shortly as can be; empty if none."""
    target = aim.target(year)
    if target is None:
        return ""
    threshold = aim.threshold(year)
    return threshold_phrase(threshold, aim.indicator) if threshold else text("référence à établir")


def _sign(value: Decimal) -> str:
    return "+" if value > 0 else "−" if value < 0 else ""


def rate(change: Decimal, indicator: IndicatorRecord, decimals: int | None = None) -> str:
    """Say a yearly change with its sign: « +0,3 ans par an », percentages in points."""
    decimals = indicator.decimals + 1 if decimals is None else decimals
    if indicator.unit == "percent":
        shown = plural("{n} point", "{n} points", abs(change), n=number(abs(change), decimals))
    else:
        shown = quantity(abs(change), indicator.unit, decimals)
    return text("{change} par an", change=f"{_sign(change)}{shown}")
