"""A value written so that it looks as it stands: apart from its target, and from the values that it is set beside."""

from collections.abc import Iterable
from decimal import Decimal

from tracker.domain.entries import shown_value
from tracker.domain.records import Aim, Reading
from tracker.labels.formats import quantity
from tracker.labels.targets import edges, telling_decimals


def value_decimals(value: Decimal, aim: Aim, year: int, beside: Iterable[Decimal | None] = ()) -> int:
    """Give the decimals that tell ``value`` from the target in force in ``year`` and from the values ``beside`` it."""
    return telling_decimals(
        aim.indicator, [value, *(one for one in beside if one is not None)], edges(aim.threshold(year))
    )


def value_phrase(value: Decimal, aim: Aim, year: int, beside: Iterable[Decimal | None] = ()) -> str:
    """Say a value of ``year`` with those decimals: « 2,99 ans » where the target is 3, else « 3 ans »."""
    return quantity(value, aim.indicator.unit, value_decimals(value, aim, year, beside))


def recorded_phrase(reading: Reading, aim: Aim, beside: Iterable[Decimal | None] = ()) -> str:
    """Say a value as it was typed; a ratio or a computed one, which has no end of its own, as `value_phrase` does.

    Empty without a value.
    """
    if reading.value is None:
        return ""
    if reading.revision == 0 or shown_value(reading, aim.indicator) != reading.value:
        return value_phrase(reading.value, aim, reading.year, beside)
    return quantity(reading.value, aim.indicator.unit)
