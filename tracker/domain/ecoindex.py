"""The EcoIndex of a page: its score and grade, and the greenhouse gases and the water that the method draws from it.

Source: method and quantiles of cnumr/EcoIndex_python (Collectif numérique responsable, since version 3): weights 3 for
the elements, 2 for the requests, 1 for the kilobytes of 1,000 bytes. That tool rounds the score to a whole number
before it grades it; here the grade is that of the exact score, half a point away at the most.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

WINDOW = (1920, 1080)
"""The window, in pixels, that the method opens a page in."""
_ELEMENTS = (
    0,
    47,
    75,
    159,
    233,
    298,
    358,
    417,
    476,
    537,
    603,
    674,
    753,
    843,
    949,
    1076,
    1237,
    1459,
    1801,
    2479,
    594601,
)
_REQUESTS = (0, 2, 15, 25, 34, 42, 49, 56, 63, 70, 78, 86, 95, 105, 117, 130, 147, 170, 205, 281, 3920)
_KILOBYTES = (
    *("0", "1.37", "144.7", "319.53", "479.46", "631.97", "783.38", "937.91", "1098.62", "1265.47", "1448.32"),
    *("1648.27", "1876.08", "2142.06", "2465.37", "2866.31", "3401.59", "4155.73", "5400.08", "8037.54", "223212.26"),
)
ELEMENTS, REQUESTS, KILOBYTES = (tuple(map(Decimal, table)) for table in (_ELEMENTS, _REQUESTS, _KILOBYTES))
GRADES = ((80, "A"), (70, "B"), (55, "C"), (40, "D"), (25, "E"), (10, "F"))
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class EcoIndex:
    """The score of a page, from 0 to 100 with one decimal, and its grade, from A to G."""

    score: Decimal
    grade: str

    @property
    def grams(self) -> Decimal:
        """Give the grams of CO2 equivalent of one view."""
        return grams(self.score)


def ecoindex(elements: int, requests: int, kilobytes: Decimal) -> EcoIndex:
    """Give the EcoIndex of a page by the elements of its DOM (but those in a drawing), its requests, its weight."""
    exact = exact_score(elements, requests, kilobytes)
    return EcoIndex(exact.quantize(_TENTH), grade(exact))


def exact_score(elements: int, requests: int, kilobytes: Decimal) -> Decimal:
    """Give the score of a page, not rounded."""
    ranks = 3 * rank(ELEMENTS, Decimal(elements)) + 2 * rank(REQUESTS, Decimal(requests)) + rank(KILOBYTES, kilobytes)
    return 100 - 5 * ranks / 6


def rank(table: Sequence[Decimal], value: Decimal) -> Decimal:
    """Give the place of ``value`` among the quantiles of ``table``, between 0 and 20."""
    for place, (low, high) in enumerate(pairwise(table)):
        if value < high:
            return place + (value - low) / (high - low)
    return Decimal(len(table) - 1)


def grade(score: Decimal) -> str:
    """Give the grade of a score; the floor of a grade itself belongs to the grade below."""
    return next((letter for floor, letter in GRADES if score > floor), "G")


def grams(score: Decimal) -> Decimal:
    """Give the grams of CO2 equivalent of one view: 2 + 2 × (50 − score) / 100."""
    return 2 + 2 * (50 - score) / 100


def centilitres(score: Decimal) -> Decimal:
    """Give the centilitres of water of one view: 3 + 3 × (50 − score) / 100."""
    return 3 + 3 * (50 - score) / 100
