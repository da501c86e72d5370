"""The section of the report that tells the values that its commitments are counted from."""

from collections.abc import Sequence

from tracker.domain.vocabulary import BaselineState
from tracker.exports.tabular import Column, DataTable
from tracker.labels import say, word
from tracker.labels.language import N_
from tracker.labels.units import unit_name
from tracker.reports.review import Review
from tracker.reports.section import Section, filled

COLUMNS = (
    Column("engagement", "string", N_("code de l'engagement"), is_required=True),
    Column("indicateur", "string", N_("code de l'indicateur"), is_required=True),
    Column("intitule_indicateur", "string", N_("nom de l'indicateur"), is_required=True),
    Column("valeur", "number", N_("valeur de référence ; vide tant qu'elle est à établir")),
    Column("unite", "string", N_("unité de la valeur")),
    Column("annee", "year", N_("année de la référence")),
    Column("enoncee", "boolean", N_("vrai quand le vote énonce lui-même le départ"), is_required=True),
    Column("etat", "string", N_("où en est la référence"), BaselineState, is_required=True),
    Column("methode", "integer", N_("version de la méthode")),
    Column("source", "string", N_("source de la valeur")),
)


def _tables(review: Review) -> Sequence[DataTable]:
    rows = [
        (
            card.commitment.code,
            aim.indicator.code,
            say(aim.indicator.name),
            base.value,
            unit_name(aim.indicator.unit),
            base.year,
            base.is_stated,
            word(base.state),
            base.method,
            base.source,
        )
        for card, aim, base in review.departures()
    ]
    return filled(DataTable("references", N_("valeurs de référence"), COLUMNS, rows, ("engagement", "indicateur")))


SECTION = Section("baseline", N_("Situation de départ"), _tables)
