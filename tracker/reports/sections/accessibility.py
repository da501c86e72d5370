"""The section of the report that tells the accessibility duties kept in the year."""

from collections.abc import Sequence
from decimal import Decimal

from tracker.domain.vocabulary import ActionStatus
from tracker.exports.tabular import Column, DataTable
from tracker.labels.language import N_
from tracker.reports.review import Review
from tracker.reports.section import Section, filled, rounded

COLUMNS = (
    Column("annee", "year", N_("année du bilan"), is_required=True),
    Column("services_en_ligne", "integer", N_("services en ligne à la fin de l'année"), is_required=True),
    Column(
        "declarations_valides", "integer", N_("services dont la déclaration est en cours de validité"), is_required=True
    ),
    Column("schema_du", "date", N_("premier jour du schéma pluriannuel")),
    Column("schema_au", "date", N_("dernier jour du schéma pluriannuel")),
    Column("actions", "integer", N_("actions du plan d'accessibilité de l'année")),
    Column("actions_faites", "integer", N_("actions faites")),
    Column("reclamations", "integer", N_("réclamations reçues dans l'année"), is_required=True),
    Column("reponses", "integer", N_("réclamations qui ont une réponse"), is_required=True),
    Column("delai_moyen", "number", N_("délai moyen de réponse, en jours")),
    Column("en_retard", "integer", N_("réclamations qui ont attendu plus d'une semaine"), is_required=True),
)


def _tables(review: Review) -> Sequence[DataTable]:
    told = review.resources.access
    if told is None or not told.is_told:
        return ()
    asked = told.complaints
    row = (
        review.year,
        told.statements.whole,
        told.statements.part,
        told.scheme.starts_on if told.scheme else None,
        told.scheme.ends_on if told.scheme else None,
        len(told.plan.actions) if told.plan else None,
        sum(one.status is ActionStatus.DONE for one in told.plan.actions) if told.plan else None,
        asked.received,
        asked.answered,
        rounded(Decimal(asked.days) / asked.answered) if asked.answered else None,
        told.late,
    )
    return filled(DataTable("accessibilite", N_("accessibilité de l'année"), COLUMNS, [row], ("annee",)))


SECTION = Section("accessibility", N_("Accessibilité"), _tables)
