"""The AGEC declaration (law 2020-105, art. 58) in the words of its official schema (0.1.0), as far as it is known."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tracker.domain.opened import OpenValue
from tracker.exports.tabular import Cell, Column, DataTable
from tracker.labels import N_, speaking, text

INDICATOR = "SOB-14"
"""The share of purchases that come from reuse: its two terms are amounts of the declaration."""
PRODUCTS = "Matériel informatique et téléphonie"
AGEC = DataTable(
    "agec",
    N_("Déclaration AGEC : les achats issus du réemploi, au schéma officiel ; ce que l'on ignore y est vide"),
    (
        Column("annee", "year", N_("année civile des dépenses"), is_required=True),
        Column("siret", "string", N_("SIRET de la collectivité ; vide : il n'est pas connu ici")),
        Column("raison_sociale", "string", N_("nom de la collectivité"), is_required=True),
        Column("type_produit_acquis", "string", N_("catégorie de produits"), is_required=True),
        Column("montant_total", "number", N_("dépenses hors taxes de la catégorie, en euros")),
        Column("montant_reemploi_et_reutilisation", "number", N_("part issue du réemploi ou de la réutilisation")),
        Column("montant_produits_issus_don", "number", N_("part des dons, à leur valeur forfaitaire")),
        Column("montant_produits_recycles", "number", N_("part qui intègre des matières recyclées")),
        Column("commentaires", "string", N_("ce que les montants comptent")),
    ),
    (),
    ("annee", "type_produit_acquis"),
)


def agec(name: str, values: Iterable[OpenValue]) -> DataTable:
    """Give a row a year of which the indicator has a value that counts now; ``name`` is the authority's.

    The numerator of the indicator counts gifts as well: the comment says so, and their own amount stays empty.
    """
    told = [one for one in values if one.indicator == INDICATOR and one.is_current and one.reading.value is not None]
    with speaking("fr"):
        return replace(AGEC, rows=[_row(name, one) for one in sorted(told, key=lambda one: one.reading.year)])


def lacking(table: DataTable) -> Sequence[Column]:
    """List the columns of the declaration, comments aside, that some row of ``table`` leaves empty; all without row."""
    wanted = [place for place, column in enumerate(table.columns) if column.name != "commentaires"]
    known = [place for place in wanted if table.rows and all(row[place] is not None for row in table.rows)]
    return [table.columns[place] for place in wanted if place not in known]


def _row(name: str, one: OpenValue) -> tuple[Cell, ...]:
    told = one.reading
    note = text(
        "Numérateur et dénominateur de l'indicateur {code} ; les dons valorisés y sont comptés.", code=INDICATOR
    )
    return (
        told.year,
        None,
        name,
        PRODUCTS,
        told.denominator,
        told.numerator,
        None,
        None,
        note if told.numerator is not None else None,
    )
