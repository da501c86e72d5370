"""How sure a figure made of several is: no surer than the least sure of them."""

from collections.abc import Iterable
from decimal import Decimal

from tracker.domain.vocabulary import Quality

_GRADES = tuple(Quality)  # best first, as the vocabulary orders them


def weakest(qualities: Iterable[Quality | None]) -> Quality | None:
    """Give the lowest grade among the stated ones, None when none is."""
    return max((quality for quality in qualities if quality is not None), key=_GRADES.index, default=None)


def least_coverage(coverages: Iterable[Decimal | None]) -> Decimal | None:
    """Give the smallest coverage among the stated ones, in per cent, None when none is."""
    return min((coverage for coverage in coverages if coverage is not None), default=None)
