"""What the pages of the product cost: the last figures of ``make measure`` that were kept."""

from functools import cache

from tracker.config.paths import bundled
from tracker.domain.page_costs import Weighing
from tracker.importers import page_costs


@cache
def weighing() -> Weighing:
    """Give the figures that this version carries; read once, since they come with the code."""
    return page_costs.read(bundled("seeds") / "page_costs.yaml")
