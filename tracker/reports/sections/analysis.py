"""The section of the report that tells where the commitments stand, and how the year's work was done."""

from collections.abc import Sequence

from tracker.domain.vocabulary import Axis, Status
from tracker.exports.paper import Figure
from tracker.exports.tabular import Column, DataTable
from tracker.labels import say, word
from tracker.labels.language import N_
from tracker.reports.drawings import axes_figure
from tracker.reports.review import Review
from tracker.reports.section import Section, filled

STATUSES = (
    Column("axe", "string", N_("axe de la stratégie"), Axis, is_required=True),
    Column("etat", "string", N_("état des engagements"), Status, is_required=True),
    Column("engagements", "integer", N_("nombre d'engagements"), is_required=True),
)
CHANGES = (
    Column("engagement", "string", N_("code de l'engagement"), is_required=True),
    Column("intitule", "string", N_("ce à quoi il engage, en quelques mots"), is_required=True),
    Column("etat_avant", "string", N_("état de l'année d'avant"), Status, is_required=True),
    Column("etat", "string", N_("état de l'engagement pour l'année"), Status, is_required=True),
)
TRACES = (
    Column("annee", "year", N_("année du bilan"), is_required=True),
    Column("ouverte_le", "date", N_("ouverture de la campagne de l'année")),
    Column("attendue_le", "date", N_("jour où les valeurs étaient attendues")),
    Column("close_le", "date", N_("clôture de la campagne de l'année")),
    Column("quatre_yeux", "boolean", N_("vrai quand une autre personne valide chaque valeur"), is_required=True),
    Column("valeurs", "integer", N_("indicateurs qui ont une valeur pour l'année"), is_required=True),
    Column("validees", "integer", N_("valeurs validées dans la campagne"), is_required=True),
    Column("renvoyees", "integer", N_("valeurs renvoyées au moins une fois"), is_required=True),
    Column("corrigees", "integer", N_("valeurs corrigées après leur première saisie"), is_required=True),
    Column("questions", "integer", N_("questions posées dans l'année"), is_required=True),
    Column("reponses", "integer", N_("questions qui ont une réponse"), is_required=True),
    Column("services", "integer", N_("services de la collectivité associés"), is_required=True),
    Column("pieces", "integer", N_("pièces jointes"), is_required=True),
)


def _tables(review: Review) -> Sequence[DataTable]:
    statuses = [
        (word(axis), word(status), count)
        for axis, counts in review.scorecard.by_axis().items()
        for status, count in counts.items()
    ]
    changes = [
        (card.commitment.code, say(card.commitment.title), word(card.before.status), word(card.status))
        for card in ([] if review.scorecard.is_running else review.changes())
    ]
    found = review.resources.traces
    traces = (
        review.year,
        found.opened_on,
        found.due_on,
        found.closed_on,
        found.has_four_eyes,
        review.valued,
        found.validated,
        found.returned,
        review.revised,
        found.asked,
        found.answered,
        len(review.departments),
        sum(found.files.values()),
    )
    return filled(
        DataTable("etats_par_axe", N_("états des engagements par axe"), STATUSES, statuses, ("axe", "etat")),
        DataTable("changements", N_("engagements qui ont changé d'état"), CHANGES, changes, ("engagement",)),
        DataTable("traces", N_("comment les chiffres de l'année ont été réunis"), TRACES, [traces], ("annee",)),
    )


def _drawings(review: Review) -> Sequence[Figure]:
    figure = axes_figure(review.scorecard)
    return (figure,) if figure else ()


SECTION = Section("analysis", N_("Analyse"), _tables, _drawings)
