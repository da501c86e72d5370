"""Values that a register of the authority gives to the indicators of a year, and what would become of each."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class OfferState(StrEnum):
    """What would become of a value that is given to an indicator."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    HELD = "held"
    REFUSED = "refused"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Given:
    """A value given to an indicator, plain or by its two terms, with what it covers in per cent.

    ``source`` and ``comment`` are kept with it, in French; a stored value of the same source may be replaced.
    ``withheld`` says in words why there is no value; it is empty where there is one.
    """

    code: str
    source: str = ""
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    coverage: Decimal | None = None
    comment: str = ""
    withheld: str = ""
