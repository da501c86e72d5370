"""Money as the field keeps it: sums of one tax regime, and the line of the accounts that they stand on."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from tracker.domain.vocabulary import TaxRegime


@dataclass(frozen=True, slots=True)
class Imputation:
    """Where a sum stands in the accounts of an authority; a code that nobody stated is empty, an unknown year None."""

    year: int | None = None
    budget: str = ""
    section: str = ""
    chapter: str = ""
    function: str = ""
    nature: str = ""
    policy: str = ""
    programme: str = ""
    manager: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """Euros of one tax regime; ``amount`` is None where no text states it, which is not zero."""

    amount: Decimal | None
    tax: TaxRegime


def totals(sums: Iterable[Sum]) -> dict[TaxRegime, Decimal]:
    """Add up the known amounts, each tax regime apart: including and excluding VAT are never added together."""
    found: dict[TaxRegime, Decimal] = {}
    for one in sums:
        if one.amount is not None:
            found[one.tax] = found.get(one.tax, Decimal()) + one.amount
    return found
