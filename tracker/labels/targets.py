"""Targets put into words: as they were voted, what they come to, and how fast a value moves."""

from decimal import Decimal

from tracker.domain.records import Aim, IndicatorRecord
from tracker.domain.targets import STRICT, Baseline, Target, Threshold, resolve, stated_departure
from tracker.domain.vocabulary import Comparator, TargetBasis
from tracker.labels.formats import number, percent, quantity
from tracker.labels.language import N_, plural, text

_THRESHOLDS = {
    Comparator.GREATER: N_("plus de {value}"),
    Comparator.AT_LEAST: N_("{value}"),
    Comparator.LESS: N_("moins de {value}"),
    Comparator.AT_MOST: N_("{value} au plus"),
    Comparator.EXACTLY: N_("exactement {value}"),
    Comparator.BETWEEN: N_("entre {value} et {upper}"),
}


def threshold_phrase(threshold: Threshold, indicator: IndicatorRecord) -> str:
    """Say a threshold in the indicator's unit: « plus de 6,3 ans », « entre 2 et 4 h »."""
    unit, decimals = indicator.unit, indicator.decimals
    upper = "" if threshold.upper is None else quantity(threshold.upper, unit, decimals)
    return text(_THRESHOLDS[threshold.comparator], value=quantity(threshold.value, unit, decimals), upper=upper)


def target_phrase(target: Target, aim: Aim, base: Baseline | None = None) -> str:
    """Say a target as it was voted, and what it comes to: « plus de 25 % au-dessus de la référence (5 ans), soit… ».

    ``base`` is the baseline to count from, the one last decided when none is given.
    """
    indicator = aim.indicator
    if target.basis is TargetBasis.FROM_TO and target.start is not None:
        start = quantity(target.start, indicator.unit, indicator.decimals)
        reached = threshold_phrase(Threshold(target.comparator, target.value, target.upper), indicator)
        return text("passer de {start} à {value}", start=start, value=reached)
    if not target.is_relative:
        return threshold_phrase(Threshold(target.comparator, target.value, target.upper), indicator)
    base = base or departure(target, aim)
    change, threshold = _change(target, indicator), resolve(target, base)
    if threshold is None or base is None or base.value is None:
        return text(
            N_("{change} sous la référence") if target.value < 0 else N_("{change} au-dessus de la référence"),
            change=change,
        )
    message = (
        N_("{change} sous la référence ({base}), soit {value}")
        if target.value < 0
        else N_("{change} au-dessus de la référence ({base}), soit {value}")
    )
    stated = quantity(base.value, indicator.unit, indicator.decimals)
    return text(message, change=change, base=stated, value=threshold_phrase(threshold, indicator))


def departure(target: Target, aim: Aim) -> Baseline | None:
    """Give what a target is counted from today: what it states itself, else the baseline last decided."""
    return stated_departure(target) or aim.baseline


def _change(target: Target, indicator: IndicatorRecord) -> str:
    """Say how far from the baseline: « plus de 25 % », « entre 10 % et 20 % »."""

    def shown(value: Decimal) -> str:
        if target.basis is TargetBasis.RELATIVE_PERCENT:
            return percent(abs(value))
        return quantity(abs(value), indicator.unit, indicator.decimals)

    if target.upper is not None:
        return text(_THRESHOLDS[Comparator.BETWEEN], value=shown(target.value), upper=shown(target.upper))
    change = shown(target.value)
    return text(_THRESHOLDS[Comparator.GREATER], value=change) if target.comparator in STRICT else change


def short_target(aim: Aim, year: int) -> str:
    """Say the threshold in force for ``year`` in the indicator's unit, as shortly as can be; empty if none."""
    target = aim.target(year)
    if target is None:
        return ""
    threshold = aim.threshold(year)
    return threshold_phrase(threshold, aim.indicator) if threshold else text("référence à établir")


def rate(change: Decimal, indicator: IndicatorRecord) -> str:
    """Say a yearly change with its sign: « +0,3 ans par an », percentages in points."""
    decimals = indicator.decimals + 1
    sign = "+" if change > 0 else "−" if change < 0 else ""
    if indicator.unit == "percent":
        shown = plural("{n} point", "{n} points", abs(change), n=number(abs(change), decimals))
    else:
        shown = quantity(abs(change), indicator.unit, decimals)
    return text("{change} par an", change=f"{sign}{shown}")
