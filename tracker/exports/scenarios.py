"""A scenario as a table: a line a year and a category, then the whole of the year.

Headings are in French whatever the language, since programs read them. Weights are in kgCO2e. What is
bought in the year under way is not reckoned: it is left empty.
"""

from collections.abc import Iterator
from decimal import Decimal

from tracker.domain.factors import Span
from tracker.domain.footprint import Accounting
from tracker.domain.scenarios import Projection
from tracker.exports import spreadsheet
from tracker.exports.spreadsheet import Cell
from tracker.labels import speaking, text, word

AGES = 11
HEADINGS = (
    "annee",
    "categorie",
    "nom",
    "parc",
    "achats",
    "dont_reconditionnes",
    "budget_eur",
    "methode",
    "kgco2e",
    "kgco2e_bas",
    "kgco2e_haut",
    *(f"age_{age}" for age in range(AGES - 1)),
    f"age_{AGES - 1}_et_plus",
)


def scenario_csv(found: Projection, accounting: Accounting) -> bytes:
    """Write every year of a projection, today first, with the method that weighs it."""
    with speaking("fr"):
        return spreadsheet.write(HEADINGS, list(_rows(found, word(accounting))))


def _rows(found: Projection, how: str) -> Iterator[tuple[Cell, ...]]:
    for year in found.years:
        weights = {one.category: one.carbon for one in (*year.footprint.categories, *year.footprint.replaced)}
        is_today = year is found.years[0]
        for one in year.categories:
            bought = (None, None, None) if is_today else (one.bought, one.reconditioned, one.budget)
            counts = (one.fleet, *bought)
            ages = one.ages or (None,) * AGES
            told = (*_span(weights.get(one.category)), *ages)
            yield (year.year, str(one.category), word(one.category), *map(_rounded, counts), how, *map(_rounded, told))
        bought = (None, None, None) if is_today else (year.bought, year.reconditioned, year.budget)
        whole, weight = (year.fleet, *bought), (*_span(year.footprint.carbon), *(None,) * AGES)
        yield (year.year, "", text("ensemble du parc"), *map(_rounded, whole), how, *map(_rounded, weight))


def _span(span: Span | None) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    return (None, None, None) if span is None else (span.value, span.low, span.high)


def _rounded(value: Decimal | None) -> Decimal | None:
    """Give a number as finely as a table needs it: the gram, the cent and the piece are coarser."""
    return None if value is None else round(value, 3).normalize() + 0
