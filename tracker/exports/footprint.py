"""The footprint as tables: a line a category and stage, or a factor; headings in French, since programs read them."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from tracker.domain.factors import FactorTable, Span
from tracker.domain.footprint import Amount, Footprint, LifeStage
from tracker.exports import spreadsheet
from tracker.exports.spreadsheet import Cell
from tracker.labels import speaking, word
from tracker.labels.footprint import factor_name, missing_phrase

HEADINGS = (
    "serie",
    "annee",
    "methode",
    "facteurs",
    "electricite_de",
    "categorie",
    "etape",
    "equipements_en_service",
    "sans_date",
    "amortis",
    "entres_dans_l_annee",
    "kg_co2e",
    "borne_basse",
    "borne_haute",
    "facteurs_manquants",
    "source",
)
FACTOR_HEADINGS = (
    "code",
    "facteur",
    "valeur",
    "borne_basse",
    "borne_haute",
    "unite",
    "source",
    "version_de_la_source",
    "annee",
    "licence",
    "confiance",
    "fourchette",
    "propre_a_la_collectivite",
    "raison",
)
AMOUNT_HEADINGS = (
    "libelle",
    "objet",
    "etape",
    "kgco2e",
    "kgco2e_bas",
    "kgco2e_haut",
    "kgsbeq",
    "kwh",
    "outil",
    "version",
    "source",
    "annee",
)
_STEP = Decimal("0.001")


def footprint_csv(found: Footprint, years: Iterable[Footprint]) -> bytes:
    """Write each category and stage of a year, then of the ``years`` at constant method; what is unknown is empty."""
    with speaking("fr"):
        rows = [("année", *line) for line in _lines(found)]
        rows += [("parc à méthode constante", *line) for one in years for line in _lines(one)]
        return spreadsheet.write(HEADINGS, rows)


def factors_csv(table: FactorTable) -> bytes:
    """Write every factor that counts, with where it comes from."""
    with speaking("fr"):
        rows = [
            [
                code,
                factor_name(code),
                one.value,
                one.low,
                one.high,
                one.unit,
                one.source,
                one.source_version,
                one.year,
                one.licence,
                word(one.confidence),
                one.bounds,
                one.revision or None,
                one.reason,
            ]
            for code, one in sorted(table.factors.items())
        ]
        return spreadsheet.write(FACTOR_HEADINGS, rows)


def amounts_csv(amounts: Iterable[Amount]) -> bytes:
    """Write amounts as the plain table of totals, which is read back to the same; its headings alone without any."""
    with speaking("fr"):
        rows = [
            [
                one.name,
                word(one.scope),
                "",
                one.carbon.value,
                one.carbon.low,
                one.carbon.high,
                one.resources,
                one.energy,
                word(one.tool),
                "",
                one.source,
                one.year,
            ]
            for one in amounts
        ]
        return spreadsheet.write(AMOUNT_HEADINGS, rows)


def _lines(found: Footprint) -> Iterable[Sequence[Cell]]:
    head = (found.year, word(found.accounting), found.method, found.electricity)
    for one in found.categories:
        counts = (one.in_use, one.undated, one.spread, one.came)
        for stage in (LifeStage.MAKING, LifeStage.USE, LifeStage.END):
            yield [
                *head,
                word(one.category),
                word(stage),
                *counts,
                *_numbers(one.stage(stage)),
                missing_phrase(one),
                "",
            ]
    for amount in (*found.amounts, *found.beside):
        named = (f"{word(amount.scope)} : {amount.name}", word(LifeStage.UNDIVIDED))
        yield [
            *head,
            *named,
            None,
            None,
            None,
            None,
            *_numbers(amount.carbon),
            "",
            f"{word(amount.tool)} : {amount.source}",
        ]


def _numbers(span: Span | None) -> Sequence[Decimal | None]:
    if span is None:
        return None, None, None
    return tuple(one.quantize(_STEP, rounding=ROUND_HALF_EVEN).normalize() for one in (span.value, span.low, span.high))
