"""Long lists of numbers, cut so that no query carries more parameters than a database takes."""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

MOST = 10_000  # SQLite takes 32,766 parameters in one query, PostgreSQL 65,535


def slices(numbers: Collection[int]) -> Iterator[Sequence[int]]:
    """Give ``numbers`` in their order, in lists of ``MOST`` at most; no list for none."""
    left = iter(numbers)
    while some := list(islice(left, MOST)):
        yield some
