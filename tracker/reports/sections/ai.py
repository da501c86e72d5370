"""The section of the report that tells the AI systems and their class of risk."""

from collections.abc import Sequence

from tracker.domain.ai_register import AiRole, AiState, RiskClass, YesNo
from tracker.exports.tabular import Column, DataTable
from tracker.labels import word
from tracker.labels.language import N_
from tracker.reports.review import Review
from tracker.reports.section import Section, filled

COLUMNS = (
    Column("systeme", "integer", N_("numéro du système au registre"), is_required=True),
    Column("nom", "string", N_("nom du système"), is_required=True),
    Column("etat", "string", N_("où en est le système"), AiState, is_required=True),
    Column("role", "string", N_("rôle de la collectivité au sens du règlement"), AiRole, is_required=True),
    Column("risque", "string", N_("niveau de risque"), RiskClass, is_required=True),
    Column("mention", "string", N_("dit-il qu'il est automatique ?"), YesNo, is_required=True),
    Column(
        "fiche_complete", "boolean", N_("vrai quand objet, fournisseur, rôle et risque sont dits"), is_required=True
    ),
    Column("source", "string", N_("où cela est dit")),
)


def _tables(review: Review) -> Sequence[DataTable]:
    told = review.resources.services
    rows = [
        (
            one.number,
            one.name,
            word(one.state),
            word(one.role),
            word(one.risk),
            word(one.notice),
            one.is_classified,
            one.source,
        )
        for one in (told.systems if told else ())
    ]
    return filled(DataTable("systemes_ia", N_("systèmes d'intelligence artificielle"), COLUMNS, rows, ("systeme",)))


SECTION = Section("ai", N_("Intelligence artificielle"), _tables)
