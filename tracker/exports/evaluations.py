"""The evaluations of services in a year as a table, a line a service.

Headings are in French whatever the language, since programs read them.
"""

from collections.abc import Iterable

from tracker.domain.digital_services import ServiceRecord
from tracker.domain.register_values import Evaluated
from tracker.exports import spreadsheet
from tracker.exports.spreadsheet import Cell

HEADINGS = ("numero", "service_numerique", "methode", "note", "echelle_min", "echelle_max", "reponses", "enseignements")


def evaluations_csv(listed: Iterable[tuple[ServiceRecord, tuple[str, Evaluated, str] | None]]) -> bytes:
    """Write services, each with the method, the figures and the lessons of its evaluation; empty without any."""
    return spreadsheet.write(HEADINGS, (_cells(record, found) for record, found in listed))


def _cells(record: ServiceRecord, found: tuple[str, Evaluated, str] | None) -> list[Cell]:
    if found is None:
        return [record.number, record.name, *[None] * 6]
    method, figures, lessons = found
    return [
        record.number,
        record.name,
        method,
        figures.score,
        figures.low,
        figures.high,
        figures.respondents,
        lessons,
    ]
