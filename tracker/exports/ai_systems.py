"""The register of AI systems as a table, a line each.

Headings and words are in French whatever the language, since programs read them.
"""

from collections.abc import Iterable

from tracker.domain.ai_register import AiRecord
from tracker.exports import spreadsheet
from tracker.exports.spreadsheet import Cell
from tracker.labels import speaking, text, word

HEADINGS = (
    "numero",
    "nom",
    "service_numerique",
    "objet",
    "fournisseur",
    "etat",
    "en_service_le",
    "role",
    "donnees",
    "niveau_de_risque",
    "dialogue",
    "mention",
    "recours_humain",
    "evalue_le",
    "methode_evaluation",
    "resultat_evaluation",
    "charte_le",
    "avis_charte",
    "decisions_individuelles",
    "regles_publiees",
    "source",
    "note",
    "publie",
)


def ai_csv(listed: Iterable[tuple[AiRecord, str]]) -> bytes:
    """Write AI systems, each with the name of its service; what is unknown is said so, what nobody told is empty."""
    return spreadsheet.write(HEADINGS, (_cells(record, service) for record, service in listed))


def _cells(record: AiRecord, service: str) -> list[Cell]:
    with speaking("fr"):
        return [
            record.number,
            record.name,
            service,
            record.purpose,
            record.supplier,
            word(record.state),
            record.started_on,
            word(record.role),
            record.data_used,
            word(record.risk),
            word(record.is_conversational),
            word(record.notice),
            record.recourse,
            record.evaluated_on,
            record.evaluation_method,
            record.evaluation_result,
            record.charter_on,
            word(record.charter_opinion),
            word(record.decides),
            record.rules_url,
            record.source,
            record.note,
            text("oui") if record.is_published else text("non"),
        ]
