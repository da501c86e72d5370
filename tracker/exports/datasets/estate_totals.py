"""The estate as open data: how many devices of each category, how long they last; no single device."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from tracker.domain.estate import EquipmentCategory
from tracker.domain.lifetimes import Lifetimes, in_years
from tracker.exports.tabular import Cell, Column, DataTable
from tracker.labels import N_, speaking, word

ESTATE_TOTALS = DataTable(
    "parc",
    N_("Parc : les équipements comptés par catégorie et par année"),
    (
        Column("annee", "year", N_("année, comptée à son dernier jour"), is_required=True),
        Column("categorie", "string", N_("catégorie d'équipement"), EquipmentCategory, is_required=True),
        Column("en_service", "integer", N_("équipements en service"), is_required=True),
        Column("sorties", "integer", N_("équipements sortis dans l'année"), is_required=True),
        Column("age_moyen", "number", N_("âge moyen de ceux qui sont en service, en années")),
        Column("couverture", "number", N_("part des équipements en service dont l'âge est connu, en %")),
        Column("duree_moyenne", "number", N_("âge moyen de ceux qui sont sortis, en années")),
        Column("duree_mediane", "number", N_("âge médian de ceux qui sont sortis, en années")),
        Column("couverture_sorties", "number", N_("part des équipements sortis dont l'âge est connu, en %")),
    ),
    (),
    ("annee", "categorie"),
)


def estate_totals(years: Mapping[int, Mapping[EquipmentCategory, Lifetimes]]) -> DataTable:
    """Give a row a year and a category that had something in service or retired then."""
    with speaking("fr"):
        rows = [
            _row(year, category, found[category])
            for year, found in sorted(years.items())
            for category in EquipmentCategory
            if category in found and (found[category].in_service.whole or found[category].exits)
        ]
        return replace(ESTATE_TOTALS, rows=rows)


def _row(year: int, category: EquipmentCategory, found: Lifetimes) -> tuple[Cell, ...]:
    here, left = found.in_service, found.at_exit
    return (
        year,
        word(category),
        here.whole,
        found.exits,
        _years(here.mean),
        here.coverage,
        _years(left.mean),
        _years(left.median),
        left.coverage,
    )


def _years(days: Fraction | int | None) -> Cell:
    return None if days is None else in_years(days)
