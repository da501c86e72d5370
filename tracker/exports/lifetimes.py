"""Lifetimes as tables: a line a category, a step of a survival curve, or an age of the pyramid.

Headings and words are in French whatever the language, since programs read them. Ages are in years of 365.25 days.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from tracker.domain.estate import EquipmentCategory
from tracker.domain.lifetimes import Lifetimes, in_years
from tracker.domain.survival import Curve
from tracker.exports import spreadsheet
from tracker.exports.spreadsheet import Cell
from tracker.labels import speaking, text, word
from tracker.labels.lifetimes import agreement_phrase

LIFETIME_HEADINGS = (
    "categorie",
    "nom",
    "age_moyen_a_la_sortie",
    "age_median_a_la_sortie",
    "sorties_datees",
    "sorties",
    "couverture_sorties",
    "mediane_de_survie",
    "age_moyen_en_service",
    "en_service_dates",
    "en_service",
    "couverture_en_service",
    "parc_sur_sorties",
    "controle_croise",
    "reformes_sans_date",
    "dates_contradictoires",
)
CURVE_HEADINGS = ("age_jours", "age_ans", "exposes", "sortis", "part_restante")
AGE_HEADINGS = ("age", "equipements")


def lifetimes_csv(categories: Mapping[EquipmentCategory, Lifetimes], whole: Lifetimes) -> bytes:
    """Write the lifetimes of each category, then of the whole estate."""
    with speaking("fr"):
        rows = [_row(str(category), word(category), found) for category, found in categories.items()]
        rows += [_row("", text("ensemble du parc"), whole)] if categories else []
        return spreadsheet.write(LIFETIME_HEADINGS, rows)


def curve_csv(curve: Curve) -> bytes:
    """Write every step of a survival curve."""
    rows = [(step.days, in_years(step.days), step.at_risk, step.ended, step.surviving) for step in curve.steps]
    return spreadsheet.write(CURVE_HEADINGS, rows)


def ages_csv(counts: Iterable[tuple[str, int]]) -> bytes:
    """Write how many pieces in service have each age, by its name."""
    return spreadsheet.write(AGE_HEADINGS, list(counts))


def _row(code: str, name: str, found: Lifetimes) -> tuple[Cell, ...]:
    left, here = found.at_exit, found.in_service
    return (
        code,
        name,
        _years(left.mean),
        _years(left.median),
        left.n,
        left.whole,
        left.coverage,
        _years(found.curve.median),
        _years(here.mean),
        here.n,
        here.whole,
        here.coverage,
        _years(found.cross_check),
        None if found.agreement is None else agreement_phrase(found),
        found.undated,
        found.contradictory,
    )


def _years(days: Fraction | int | None) -> Cell:
    return None if days is None else in_years(days)
