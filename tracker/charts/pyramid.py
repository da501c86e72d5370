"""The pyramid of ages as a drawing: a bar for each whole year of age of what is in service."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.labels import number, quantity, text

LEFT, RIGHT = 190, 540
_ROW, _HEAD = 34, 6


@dataclass(frozen=True, slots=True)
class AgeBar:
    """The pieces of an age, in whole years, as a bar at ``top`` over ``width``; ``told`` is their number."""

    name: str
    count: int
    told: str
    top: float
    width: float


@dataclass(frozen=True, slots=True)
class AgePyramid:
    """The drawing."""

    bars: Sequence[AgeBar]
    height: float


def age_pyramid(counts: Sequence[int]) -> AgePyramid | None:
    """Draw how many pieces have each age: 0, 1… years, the last one and more; None where there is none."""
    most = max(counts, default=0)
    if not most:
        return None
    bars = [
        AgeBar(
            age_name(years, is_last=years == len(counts) - 1),
            count,
            number(Decimal(count)),
            _HEAD + _ROW * years,
            round((RIGHT - LEFT) * count / most, 1),
        )
        for years, count in enumerate(counts)
    ]
    return AgePyramid(bars, _HEAD + _ROW * len(bars))


def age_name(years: int, *, is_last: bool) -> str:
    """Name an age in whole years: « moins d'un an », « 3 ans », « 10 ans et plus »."""
    if is_last:
        return text("{age} et plus", age=quantity(Decimal(years), "years", 0))
    return quantity(Decimal(years), "years", 0) if years else text("moins d'un an")
