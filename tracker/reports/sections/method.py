"""The section of the report that tells by which method its figures were made, what lacks and what was corrected."""

from collections.abc import Sequence

from tracker.domain.vocabulary import Absence, Quality
from tracker.exports.tabular import Column, DataTable
from tracker.labels import say, word
from tracker.labels.language import N_
from tracker.labels.qualities import method_text
from tracker.reports.review import Review
from tracker.reports.section import Section, filled

_INDICATOR = (
    Column("indicateur", "string", N_("code de l'indicateur"), is_required=True),
    Column("intitule_indicateur", "string", N_("nom de l'indicateur"), is_required=True),
)
MISSING = (
    *_INDICATOR,
    Column("motif_absence", "string", N_("pourquoi la valeur manque ; vide quand nul ne l'a dit"), Absence),
)
PARTIAL = (
    *_INDICATOR,
    Column("qualite", "string", N_("comment la valeur est obtenue"), Quality),
    Column("couverture", "number", N_("part couverte, en %")),
)
REVISIONS = (
    Column("indicateur", "string", N_("code de l'indicateur"), is_required=True),
    Column("revision", "integer", N_("rang de la version qui compte"), is_required=True),
    Column("le", "date", N_("jour de la correction")),
    Column("raison", "string", N_("commentaire de la valeur")),
)
METHODS = (
    *_INDICATOR,
    Column("version", "integer", N_("version de la méthode"), is_required=True),
    Column("depuis", "year", N_("première année de cette version ; vide pour celle du catalogue")),
    Column("methode", "string", N_("la méthode en mots")),
    Column("raison", "string", N_("pourquoi la méthode a changé")),
)
FACTORS = (
    Column("facteur", "string", N_("code du facteur"), is_required=True),
    Column("valeur", "number", N_("valeur du facteur")),
    Column("source", "string", N_("source de la valeur")),
    Column("version", "integer", N_("version du facteur"), is_required=True),
    Column("jeu", "string", N_("jeu de facteurs du bilan"), is_required=True),
    Column("annee", "year", N_("année du bilan"), is_required=True),
)


def _tables(review: Review) -> Sequence[DataTable]:
    missing = [
        (
            row.indicator.code,
            say(row.indicator.name),
            word(row.reading.absence) if row.reading and row.reading.absence else None,
        )
        for row in review.rows
        if row.reading is None or row.reading.value is None
    ]
    partial = [
        (
            row.indicator.code,
            say(row.indicator.name),
            word(row.reading.quality) if row.reading.quality else None,
            row.reading.coverage,
        )
        for row in review.partial()
        if row.reading
    ]
    revisions = [(one.indicator, one.revision, one.on, one.reason) for one in review.resources.traces.corrections]
    methods = [
        (
            row.indicator.code,
            say(row.indicator.name),
            one.version,
            one.in_force_from or None,
            method_text(one),
            one.reason,
        )
        for row in review.rows
        if len(row.aim.methods) > 1
        for one in row.aim.methods
    ]
    frozen = review.resources.footprint
    factors = (
        [
            (one.code, one.value, one.source, one.revision, frozen.method, frozen.year)
            for one in (frozen.factors if frozen else ())
        ]
        if frozen
        else []
    )
    return filled(
        DataTable("donnees_manquantes", N_("indicateurs sans valeur pour l'année"), MISSING, missing, ("indicateur",)),
        DataTable("valeurs_partielles", N_("valeurs estimées ou partielles"), PARTIAL, partial, ("indicateur",)),
        DataTable("corrections", N_("valeurs de l'année corrigées"), REVISIONS, revisions, ("indicateur",)),
        DataTable("methodes", N_("méthodes qui ont changé"), METHODS, methods, ("indicateur", "version")),
        DataTable("facteurs", N_("facteurs du bilan carbone"), FACTORS, factors, ("facteur",)),
    )


SECTION = Section("method", N_("Annexe : méthode"), _tables)
