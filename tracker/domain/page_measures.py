"""Pages measured by EcoIndex: year by year the median and the worst of a service, one version of the tool at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from tracker.domain.ecoindex import EcoIndex, ecoindex


@dataclass(frozen=True, slots=True)
class PageMeasure:
    """A page as a tool measured it on a day: its elements but those in a drawing, its requests, its kilobytes.

    ``told`` is the score that the file of the tool states, None where it states none: ours is always reckoned.
    """

    address: str
    on: date
    elements: int
    requests: int
    kilobytes: Decimal
    tool: str
    version: str
    told: Decimal | None = None

    @property
    def index(self) -> EcoIndex:
        """Give its EcoIndex."""
        return ecoindex(self.elements, self.requests, self.kilobytes)

    @property
    def method(self) -> tuple[str, str]:
        """Give what measured it: measures of two methods are not compared."""
        return self.tool, self.version

    @property
    def key(self) -> tuple[str, date, str, str]:
        """Give what tells it from any other measure of the service."""
        return self.address, self.on, self.tool, self.version


@dataclass(frozen=True, slots=True)
class YearOfPages:
    """What the pages of a service were in a year: the last measure of each, all by the latest method of the year.

    ``breaks`` where that is not the method of the year before; ``left`` counts the pages that only another measured.
    """

    year: int
    tool: str
    version: str
    pages: tuple[PageMeasure, ...]
    breaks: bool
    left: int

    @property
    def score(self) -> Decimal:
        """Give the median of the scores."""
        return median(one.index.score for one in self.pages)

    @property
    def kilobytes(self) -> Decimal:
        """Give the median of the weights."""
        return median(one.kilobytes for one in self.pages)

    @property
    def worst(self) -> PageMeasure:
        """Give the page of the lowest score, the first by its address of several."""
        return min(self.pages, key=lambda one: (one.index.score, one.address))


def by_year(measures: Sequence[PageMeasure]) -> Sequence[YearOfPages]:
    """Give the years of a service that have a measure, in their order."""
    found: list[YearOfPages] = []
    for year in sorted({one.on.year for one in measures}):
        of_year = sorted((one for one in measures if one.on.year == year), key=lambda one: (one.on, one.method))
        method = of_year[-1].method
        kept = {one.address: one for one in of_year if one.method == method}
        found.append(
            YearOfPages(
                year=year,
                tool=method[0],
                version=method[1],
                pages=tuple(kept[address] for address in sorted(kept)),
                breaks=bool(found) and (found[-1].tool, found[-1].version) != method,
                left=len({one.address for one in of_year} - kept.keys()),
            )
        )
    return found


def of_year(measures: Sequence[PageMeasure], year: int) -> YearOfPages | None:
    """Give what the pages were in ``year``, None where nobody measured any."""
    return next((one for one in by_year(measures) if one.year == year), None)
