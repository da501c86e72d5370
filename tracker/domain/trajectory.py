"""The way from a baseline to a target: progress made, and value expected on the way."""

from decimal import Decimal


def progress(value: Decimal, baseline: Decimal, target: Decimal) -> Decimal | None:
    """Give p = (v - b) / (t - b), 1 when the target is reached; None when t = b. Never capped.

    The sign of t - b carries the direction, so a falling indicator needs no special case.
    """
    if target == baseline:
        return None
    return (value - baseline) / (target - baseline)


def expected(year: int, baseline: Decimal, baseline_year: int, target: Decimal, horizon_year: int) -> Decimal | None:
    """Give the value expected in ``year`` on the straight line from baseline to target.

    Before the baseline year it is the baseline, from the horizon on the target; None when the horizon does
    not come after the baseline year (there is no line to draw).
    """
    if horizon_year <= baseline_year:
        return None
    if year >= horizon_year:
        return target
    elapsed = max(year - baseline_year, 0)
    return baseline + (target - baseline) * elapsed / (horizon_year - baseline_year)
