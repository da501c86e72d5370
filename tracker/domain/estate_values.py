"""What the estate says of the indicators: the terms of each value, or why none can be given."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tracker.domain.estate import EquipmentCategory
from tracker.domain.lifetimes import Ages, in_years
from tracker.domain.reuse import Share, reuse_rate

COMPUTERS = frozenset({EquipmentCategory.LAPTOP, EquipmentCategory.DESKTOP})
"""The « ordinateurs » of SOB-06 and SOB-10: laptops and desktops, no servers."""
MOBILES = frozenset({EquipmentCategory.SMARTPHONE, EquipmentCategory.BASIC_PHONE})
"""The « téléphones mobiles » of SOB-07."""
PERSONAL = COMPUTERS | MOBILES | {EquipmentCategory.MONITOR, EquipmentCategory.TABLET, EquipmentCategory.IP_PHONE}
"""The « ordinateurs, écrans, téléphones et tablettes » of SOB-31."""

OLD_YEARS = 5
"""The years that a computer of SOB-10 is older than."""

_DECIMALS = Decimal(1).scaleb(-6)

METHOD = 1
"""The version of the way that values are made from the estate: it changes when the same estate would give others."""


class Withheld(StrEnum):
    """Why the estate gives no value of an indicator."""

    NOTHING_RETIRED = "nothing_retired"
    NOTHING_DATED = "nothing_dated"
    UNDATED = "undated"
    UNKNOWN_DESTINATION = "unknown_destination"
    UNKNOWN_TAKER = "unknown_taker"
    STOCK_MISSING = "stock_missing"
    STOCK_EMPTY = "stock_empty"


@dataclass(frozen=True, slots=True)
class EstateValue:
    """A value that the estate gives, by its terms or as a count, with what it covers in per cent.

    It rests on ``n`` pieces out of ``whole``. ``withheld`` says why there is no value.
    """

    code: str
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    coverage: Decimal | None = None
    n: int = 0
    whole: int = 0
    withheld: Withheld | None = None


def mean_age(code: str, ages: Ages, nothing: Withheld) -> EstateValue:
    """Give a mean age in years: the sum of the ages over their number (SOB-06, SOB-07, SOB-09)."""
    if not ages.n:
        return EstateValue(code, n=0, whole=ages.whole, withheld=Withheld.UNDATED if ages.whole else nothing)
    return EstateValue(code, None, in_years(ages.total), Decimal(ages.n), ages.coverage, ages.n, ages.whole)


def share(code: str, found: Share) -> EstateValue:
    """Give a share in per cent: the part over what is known (SOB-10)."""
    if not found.n:
        return EstateValue(code, whole=found.whole, withheld=Withheld.NOTHING_DATED)
    return EstateValue(code, None, Decimal(found.part), Decimal(found.n), found.coverage, found.n, found.whole)


def reuse(code: str, flow: int, stock: int | None) -> EstateValue:
    """Give the rate of reuse by its two terms (SOB-11); the stock is told by whoever knows what works in it."""
    if not stock:
        return EstateValue(code, withheld=Withheld.STOCK_MISSING if stock is None else Withheld.STOCK_EMPTY)
    return EstateValue(code, reuse_rate(flow, stock), Decimal(flow), Decimal(stock), None, flow, stock)


def reused_inside(code: str, count: int, unknown: int, exits: int) -> EstateValue:
    """Count what was reused inside (SOB-12), once every exit of the year has its destination: unknown is not zero."""
    if not exits:
        return EstateValue(code, withheld=Withheld.NOTHING_RETIRED)
    if unknown:
        return EstateValue(code, n=exits - unknown, whole=exits, withheld=Withheld.UNKNOWN_DESTINATION)
    return EstateValue(code, Decimal(count), None, None, Decimal(100), exits, exits)


def there(code: str, ages: Ages) -> EstateValue:
    """Count what is in service (SOB-31), once the beginning of every piece is known: a part of a count is no count."""
    if not ages.whole:
        return EstateValue(code, withheld=Withheld.NOTHING_DATED)
    if ages.n < ages.whole:
        return EstateValue(code, n=ages.n, whole=ages.whole, withheld=Withheld.UNDATED)
    return EstateValue(code, Decimal(ages.n), None, None, Decimal(100), ages.n, ages.whole)


@dataclass(frozen=True, slots=True)
class Grown:
    """A category for SOB-08: how long it is kept and was at the baseline, in years, and how many are in service."""

    mean: Decimal
    baseline: Decimal
    in_service: int


def growth(parts: Sequence[Grown]) -> Decimal | None:
    """Give SOB-08: 100 × (life - baseline) / baseline of each category, weighted by its pieces in service.

    None without any piece in service, or a baseline that is not above zero.
    """
    weight = sum(part.in_service for part in parts)
    if not weight or any(part.baseline <= 0 for part in parts):
        return None
    total = sum((100 * (part.mean - part.baseline) / part.baseline * part.in_service for part in parts), Decimal(0))
    return (total / weight).quantize(_DECIMALS).normalize()
