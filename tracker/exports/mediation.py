"""Places of digital mediation as a table, in the columns of the national schema where they match.

Schema « lieux de médiation numérique » (La MedNum, ANCT): ``id``, ``nom``, ``commune``, ``code_postal``, ``adresse``,
``site_web``, ``horaires``. The schema asks for more than is known here, and its ``typologie`` and ``horaires`` have
codes of their own: what is written here is a text. ``ouvert``, ``annee`` and ``personnes_accompagnees`` are ours.
"""

from collections.abc import Iterable

from tracker.domain.mediation import PlaceRecord
from tracker.exports import spreadsheet
from tracker.labels import speaking, text, word

HEADINGS = (
    "id",
    "nom",
    "commune",
    "code_postal",
    "adresse",
    "site_web",
    "horaires",
    "type_de_lieu",
    "ouvert",
    "annee",
    "personnes_accompagnees",
)


def places_csv(listed: Iterable[tuple[PlaceRecord, int | None]], slug: str, year: int) -> bytes:
    """Write places with the people that each helped in ``year``; what nobody counted is empty."""
    with speaking("fr"):
        rows = [
            (
                f"{slug}-{one.number}",
                one.name,
                one.town,
                one.postcode,
                one.address,
                one.website,
                one.hours,
                word(one.kind),
                text("oui") if one.is_open else text("non"),
                year,
                people,
            )
            for one, people in listed
        ]
    return spreadsheet.write(HEADINGS, rows)
