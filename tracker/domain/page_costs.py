"""What a page of the product costs, as a browser measured it, and the greenhouse gases that EcoIndex draws from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.domain.ecoindex import grams


@dataclass(frozen=True, slots=True)
class PageCost:
    """One page: its address pattern and screen, requests, kilobytes (1,000 bytes) over the wire, elements, EcoIndex.

    ``again`` figures are those of a second visit by the same browser; ``elements`` leaves out what drawings hold.
    """

    pattern: str
    screen: str
    address: str
    requests: int
    kilobytes: Decimal
    again_requests: int
    again_kilobytes: Decimal
    elements: int
    ecoindex: Decimal
    grade: str

    @property
    def grams(self) -> Decimal:
        """Give the grams of CO2 equivalent of one view."""
        return grams(self.ecoindex)


@dataclass(frozen=True, slots=True)
class Weighing:
    """All the pages measured on one day: with which version of the product, by which browser."""

    on: date
    version: str
    browser: str
    costs: Sequence[PageCost]


def dearest_first(costs: Sequence[PageCost]) -> list[PageCost]:
    """Order pages from the lowest EcoIndex to the highest, and keep the dearest one of each address pattern."""
    kept: dict[str, PageCost] = {}
    for cost in sorted(costs, key=lambda one: (one.ecoindex, one.address)):
        kept.setdefault(cost.pattern, cost)
    return list(kept.values())
