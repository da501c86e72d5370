"""The section of the report that tells what the law asks, in figures where it can."""

from collections.abc import Sequence

from tracker.domain.duties import DutyState
from tracker.exports.tabular import Column, DataTable
from tracker.labels import say, word
from tracker.labels.language import N_
from tracker.labels.units import unit_name
from tracker.reports.review import Review
from tracker.reports.section import Section

COLUMNS = (
    Column("obligation", "string", N_("code de l'obligation"), is_required=True),
    Column("intitule", "string", N_("ce que le texte demande"), is_required=True),
    Column("texte", "string", N_("texte qui le demande"), is_required=True),
    Column("depuis", "year", N_("première année où il s'applique ; vide quand elle n'est pas établie")),
    Column("texte_certain", "boolean", N_("faux quand le texte reste à vérifier"), is_required=True),
    Column("valeur", "number", N_("valeur de l'année ; vide quand elle manque")),
    Column("unite", "string", N_("unité de la valeur")),
    Column("seuil", "number", N_("valeur que le texte demande pour l'année ; vide quand il n'en fixe pas")),
    Column("etat", "string", N_("où en est l'obligation"), DutyState, is_required=True),
)


def _tables(review: Review) -> Sequence[DataTable]:
    rows = [
        (
            row.duty.code,
            say(row.duty.name),
            row.duty.legal_source,
            row.duty.since,
            row.duty.is_certain,
            row.value,
            unit_name(row.unit) if row.duty.indicator else None,
            row.threshold,
            word(row.state),
        )
        for row in review.duties
    ]
    return [DataTable("obligations", N_("obligations légales"), COLUMNS, rows, ("obligation",))]


SECTION = Section("duties", N_("Obligations légales"), _tables)
