"""A series: the values of an indicator that may be compared with one another, oldest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Point:
    """A value and its year."""

    year: int
    value: Decimal


Series = Sequence[Point]
"""Points in the order of their years, at most one a year, all obtained by one method."""
