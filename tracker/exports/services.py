"""The register of digital services as a table, a line each; it is read again by the import of services.

Headings and words are in French whatever the language, since programs read them.
"""

from collections.abc import Iterable
from datetime import date

from tracker.domain.digital_services import ServiceRecord
from tracker.domain.rgaa import Standing
from tracker.exports import spreadsheet
from tracker.exports.spreadsheet import Cell
from tracker.labels import speaking, text, word

HEADINGS = (
    "numero",
    "nom",
    "type",
    "public",
    "etat",
    "objet",
    "adresse",
    "service",
    "fournisseur",
    "hebergement",
    "hebergeur",
    "donnees_personnelles",
    "utilise_ia",
    "ouvert_le",
    "refondu_le",
    "ferme_le",
    "mention_accueil",
    "declaration_adresse",
    "declaration_le",
    "contact",
    "technologies",
    "note",
    "conformite_rgaa",
    "raison",
    "audit_valable_jusqu_au",
)


def services_csv(listed: Iterable[tuple[ServiceRecord, Standing]], on: date) -> bytes:
    """Write services with their legal state on ``on``, none for those that are not online; what is unknown is empty."""
    return spreadsheet.write(HEADINGS, (_cells(record, standing, on) for record, standing in listed))


def _cells(record: ServiceRecord, standing: Standing, on: date) -> list[Cell]:
    is_judged = record.is_online(on)
    with speaking("fr"):
        return [
            record.number,
            record.name,
            word(record.kind),
            word(record.audience),
            word(record.state),
            record.purpose,
            record.address,
            record.department,
            record.supplier,
            word(record.hosting),
            record.host,
            word(record.personal_data),
            None if record.uses_ai is None else text("oui") if record.uses_ai else text("non"),
            record.opened_on,
            record.redesigned_on,
            record.closed_on,
            word(record.home_mention),
            record.statement_url,
            record.statement_on,
            record.contact,
            record.technologies,
            record.note,
            word(standing.conformity) if is_judged else None,
            word(standing.reason) if is_judged else None,
            standing.validity.until if is_judged and standing.validity else None,
        ]
