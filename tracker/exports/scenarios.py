"""A scenario as a table: a line a year and a category, then the whole of the year.

Headings are in French whatever the language, since programs read them. Weights are in kgCO2e.
"""

from collections.abc import Iterator

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
        for one in year.categories:
            counts = (one.fleet, one.bought, one.reconditioned, one.budget)
            ages = one.ages or (None,) * AGES
            yield (
                year.year,
                str(one.category),
                word(one.category),
                *counts,
                how,
                *_span(weights.get(one.category)),
                *ages,
            )
        whole = (year.fleet, year.bought, year.reconditioned, year.budget)
        yield (year.year, "", text("ensemble du parc"), *whole, how, *_span(year.footprint.carbon), *(None,) * AGES)


def _span(span: Span | None) -> tuple[Cell, Cell, Cell]:
    return (None, None, None) if span is None else (span.value, span.low, span.high)
