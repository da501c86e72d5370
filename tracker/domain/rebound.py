"""The rebound effect: a ratio that improves while the total it is paired with worsens."""

from dataclasses import dataclass
from decimal import Decimal

from tracker.domain.series import Series
from tracker.domain.vocabulary import Better


@dataclass(frozen=True, slots=True)
class Rebound:
    """What the ratio gained and the total lost between ``since_year`` and ``year``, each in its own unit."""

    year: int
    since_year: int
    ratio_before: Decimal
    ratio_after: Decimal
    total_before: Decimal
    total_after: Decimal


def rebound(ratio: Series, ratio_better: Better, total: Series, total_better: Better, year: int) -> Rebound | None:
    """Tell whether ``ratio`` improved and ``total`` worsened in ``year``, since the last earlier year both have.

    None when they did not, when one of the two has no value to compare, and when one of the two improves
    neither up nor down: an indicator that aims at a point or a band is neither an efficiency nor an amount.
    A value that did not move neither improved nor worsened.
    """
    ratios = {point.year: point.value for point in ratio}
    totals = {point.year: point.value for point in total}
    common = ratios.keys() & totals.keys()
    since = max((earlier for earlier in common if earlier < year), default=None)
    if year not in common or since is None:
        return None
    gain = _improvement(ratios[since], ratios[year], ratio_better)
    loss = _improvement(totals[since], totals[year], total_better)
    if gain is None or loss is None or gain <= 0 or loss >= 0:
        return None
    return Rebound(year, since, ratios[since], ratios[year], totals[since], totals[year])


def _improvement(before: Decimal, after: Decimal, better: Better) -> Decimal | None:
    match better:
        case Better.UP:
            return after - before
        case Better.DOWN:
            return before - after
        case _:
            return None
