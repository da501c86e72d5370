"""Reuse: what becomes of retired equipment, and what is bought second-hand or easy to repair."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.domain.estate import Destination, EquipmentCategory, EquipmentOrigin

PARTED_WITH = frozenset({Destination.GIVEN, Destination.SOLD})
"""Where reuse takes what an authority parts with; what it keeps for another of its departments is not parted with."""

STATUTORY = frozenset(EquipmentCategory) - {
    EquipmentCategory.COPIER,
    EquipmentCategory.SERVER,
    EquipmentCategory.STORAGE,
    EquipmentCategory.OTHER,
}
"""What the décret 2023-266 is about: screens, and small computer and telephone equipment (2° and 6° of R. 543-172 II).

What is over 50 cm as a rule, or is not known, stays out.
"""

_DECIMALS = Decimal(1).scaleb(-6)


@dataclass(slots=True)  # not frozen: an estate has hundreds of thousands, each made thrice as fast so
class Disposal:
    """Pieces that were retired: when, and where they went, either None where nobody told."""

    category: EquipmentCategory
    retired_on: date | None
    destination: Destination | None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Share:
    """``part`` out of ``n``, of the ``whole`` of which the others are not known."""

    part: int = 0
    n: int = 0
    whole: int = 0

    @property
    def percent(self) -> Decimal | None:
        """Give 100 × part / n; None when nothing is known."""
        return (Decimal(100 * self.part) / self.n).quantize(_DECIMALS).normalize() if self.n else None

    @property
    def coverage(self) -> Decimal | None:
        """Give 100 × n / whole, in per cent; None where there is nothing to cover."""
        return (Decimal(100 * self.n) / self.whole).quantize(_DECIMALS).normalize() if self.whole else None


@dataclass(frozen=True, slots=True)
class Repairability:
    """The indices of repairability, out of 10, of ``n`` pieces out of ``whole``; ``total`` is their sum."""

    n: int = 0
    whole: int = 0
    total: Decimal = Decimal(0)

    @property
    def mean(self) -> Decimal | None:
        """Give the mean index; None when none is known."""
        return (self.total / self.n).quantize(_DECIMALS).normalize() if self.n else None


def reuse_rate(flow: int, stock: int) -> Decimal | None:
    """Give A / B × 100, the rate of reuse of the décret 2023-266 (article 3), for article 16 of the REEN law.

    A is the flow of a year: what was retired and sent to reuse. B is a stock on its 1 January: what was retired, works
    and waits. The rate may be above 100; it is None for an empty stock.
    """
    return (Decimal(100 * flow) / stock).quantize(_DECIMALS).normalize() if stock else None


def sent_to_reuse(disposals: Iterable[Disposal], year: int) -> int:
    """Count A: what was retired in ``year``, among what the décret is about, and given or sold."""
    return sum(
        one.count
        for one in disposals
        if one.category in STATUTORY and _is_of(one, year) and one.destination in PARTED_WITH
    )


def waiting(disposals: Iterable[Disposal], year: int) -> int:
    """Count what was retired before ``year``, among what the décret is about, and has no destination to this day.

    It helps to find B, and is not B: nobody told whether it works, nor what has left since that 1 January.
    """
    return sum(
        one.count
        for one in disposals
        if one.category in STATUTORY
        and one.destination is None
        and one.retired_on is not None
        and one.retired_on.year < year
    )


def destinations(disposals: Iterable[Disposal], year: int) -> Mapping[Destination | None, int]:
    """Count what was retired in ``year`` by where it went, None for what nobody told."""
    found: dict[Destination | None, int] = {}
    for one in disposals:
        if _is_of(one, year):
            found[one.destination] = found.get(one.destination, 0) + one.count
    return {where: found[where] for where in (*Destination, None) if where in found}


def reconditioned(bought: Mapping[EquipmentOrigin, int]) -> Share:
    """Give the share of what was bought that is reconditioned, in pieces: gifts are not bought, the rest is unknown."""
    part, new = bought.get(EquipmentOrigin.RECONDITIONED, 0), bought.get(EquipmentOrigin.NEW, 0)
    return Share(part, part + new, part + new + bought.get(EquipmentOrigin.UNKNOWN, 0))


def repairability(indices: Mapping[Decimal | None, int]) -> Repairability:
    """Give the mean index of the pieces counted by their index, None for those that have none."""
    known = {index: count for index, count in indices.items() if index is not None}
    total = sum((index * count for index, count in known.items()), Decimal(0))
    return Repairability(sum(known.values()), sum(indices.values()), total)


def _is_of(one: Disposal, year: int) -> bool:
    return one.retired_on is not None and one.retired_on.year == year
