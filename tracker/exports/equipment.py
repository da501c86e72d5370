"""The register of equipment as a table, a line each, written as it is read.

Headings and words are in French whatever the language, since programs read them.
"""

from collections.abc import Iterable, Iterator

from tracker.domain.estate import EquipmentRecord
from tracker.exports import spreadsheet
from tracker.exports.spreadsheet import Cell
from tracker.labels import speaking, word

HEADINGS = (
    "ligne",
    "categorie",
    "nombre",
    "modele",
    "fabricant",
    "service",
    "origine",
    "etat",
    "commande_le",
    "achete_le",
    "livre_le",
    "mis_en_service_le",
    "reforme_le",
    "destination",
    "garantie_mois",
    "indice_reparabilite",
    "inventaire",
    "numero_inventaire",
    "note",
)


def equipment_csv(listed: Iterable[tuple[int, EquipmentRecord]]) -> Iterator[bytes]:
    """Write equipment, each with the number of its line, a few hundred lines at a time; what is unknown is empty."""
    return spreadsheet.stream(HEADINGS, (_cells(number, record) for number, record in listed))


def _cells(number: int, record: EquipmentRecord) -> list[Cell]:
    with speaking("fr"):
        return [
            number,
            word(record.category),
            record.quantity,
            record.model,
            record.maker,
            record.department,
            word(record.origin),
            word(record.state),
            record.ordered_on,
            record.purchased_on,
            record.delivered_on,
            record.started_on,
            record.retired_on,
            word(record.destination) if record.destination is not None else None,
            record.warranty_months,
            record.repairability,
            record.source,
            record.key,
            record.note,
        ]
