"""The section of the report that tells the frozen carbon assessment of the year."""

from collections.abc import Sequence
from decimal import Decimal

from tracker.domain.factors import Span
from tracker.domain.footprint import AmountScope
from tracker.exports.paper import Figure
from tracker.exports.tabular import Cell, Column, DataTable
from tracker.labels import text, word
from tracker.labels.language import N_
from tracker.reports.drawings import footprint_figure
from tracker.reports.review import Review
from tracker.reports.section import Section, filled, rounded

_SPAN = (
    Column("kg_co2e", "number", N_("kg CO₂e ; vide quand c'est inconnu")),
    Column("bas", "number", N_("bas de la fourchette")),
    Column("haut", "number", N_("haut de la fourchette")),
)
BY_CATEGORY = (
    Column("categorie", "string", N_("catégorie d'équipements"), is_required=True),
    Column("etape", "string", N_("étape de la vie, ou l'ensemble"), is_required=True),
    Column("en_service", "integer", N_("équipements en service à la fin de l'année"), is_required=True),
    *_SPAN,
)
AMOUNTS = (
    Column("portee", "string", N_("ce dont le montant parle"), AmountScope, is_required=True),
    Column("nom", "string", N_("nom du montant"), is_required=True),
    *_SPAN,
    Column("source", "string", N_("source de la valeur")),
)
TOTALS = (
    Column("grandeur", "string", N_("ce qui est compté"), is_required=True),
    Column("valeur", "number", N_("valeur ; vide quand elle manque, jamais zéro à sa place")),
    Column("bas", "number", N_("bas de la fourchette")),
    Column("haut", "number", N_("haut de la fourchette")),
    Column("unite", "string", N_("unité de la valeur"), is_required=True),
)


def _tables(review: Review) -> Sequence[DataTable]:
    found = review.resources.footprint
    if found is None:
        return ()
    lines: list[Sequence[Cell]] = []
    for one in found.lines:
        lines += [(word(one.category), word(stage), one.in_use, *_told(span)) for stage, span in one.stages.items()]
        lines.append((word(one.category), text("ensemble"), one.in_use, *_told(one.carbon)))
    stages = [
        (text("Empreinte carbone : {stage}", stage=word(stage)), *_told(span), "kg CO₂e")
        for stage, span in found.stages.items()
    ]
    totals: list[Sequence[Cell]] = [
        (text("Empreinte carbone"), *_told(found.carbon), "kg CO₂e"),
        *stages,
        (text("Empreinte carbone par agent équipé"), *_told(found.per_head), "kg CO₂e"),
        (text("Ressources minérales"), *_told(found.resources), text("kg Sb éq.")),
        (text("Électricité"), *_told(found.energy), "kWh"),
        (text("Agents équipés"), found.staff, None, None, text("agents")),
        (text("Équipements comptés en entier"), rounded(found.coverage), None, None, "%"),
    ]
    amounts = [(word(one.scope), one.name, *_told(one.carbon), one.source) for one in found.amounts]
    return filled(
        DataTable(
            "empreinte",
            N_("empreinte carbone de l'année"),
            TOTALS,
            [row for row in totals if row[1] is not None],
            ("grandeur",),
        ),
        DataTable(
            "empreinte_par_categorie",
            N_("empreinte par catégorie et par étape"),
            BY_CATEGORY,
            lines,
            ("categorie", "etape"),
        ),
        DataTable("empreinte_montants", N_("montants d'empreinte saisis"), AMOUNTS, amounts),
    )


def _drawings(review: Review) -> Sequence[Figure]:
    figure = footprint_figure(review.resources.footprint)
    return (figure,) if figure else ()


def _told(span: Span | None) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    return (None, None, None) if span is None else (rounded(span.value), rounded(span.low), rounded(span.high))


SECTION = Section("carbon", N_("Empreinte carbone du numérique"), _tables, _drawings)
