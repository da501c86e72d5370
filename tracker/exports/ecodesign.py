"""Ecodesign as tables: the services, the answers to each criterion, the measured pages.

Headings and words are in French whatever the language, since programs read them.
"""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from tracker.domain.ecodesign import Assessment
from tracker.domain.ecodesign_records import EcodesignLine
from tracker.domain.page_measures import PageMeasure
from tracker.domain.rgesn import EcodesignAnswer, Referential
from tracker.exports import spreadsheet
from tracker.labels import speaking, word

SERVICES = (
    "service",
    "nom",
    "evalue_le",
    "criteres_conformes",
    "criteres_applicables",
    "part",
    "score_avancement",
    "declaration",
    "publiee_le",
    "adresse_declaration",
    "annee_mesures",
    "pages",
    "ecoindex_median",
    "ecoindex_pire",
    "outil",
    "version_outil",
    "rupture_de_serie",
)
CRITERIA = ("evaluation", "evaluee_le", "critere", "thematique", "priorite", "intitule", "reponse", "justification")
PAGES = (
    "adresse",
    "mesuree_le",
    "elements",
    "requetes",
    "ko",
    "ecoindex",
    "note",
    "score_du_fichier",
    "outil",
    "version_outil",
)
_TENTH = Decimal("0.1")


def services_csv(lines: Iterable[EcodesignLine]) -> bytes:
    """Write the services, each with its last closed self-assessment and its last year of pages."""
    return spreadsheet.write(SERVICES, [_service(one) for one in lines])


def criteria_csv(referential: Referential, assessments: Sequence[Assessment]) -> bytes:
    """Write the answer to each criterion of each self-assessment, the latest one first."""
    with speaking("fr"):
        rows = [
            (
                told.number,
                told.assessed_on,
                one.number,
                word(one.theme),
                word(one.priority),
                one.title.fr,
                word(told.answers.get(one.number, EcodesignAnswer.OPEN)),
                told.notes.get(one.number, ""),
            )
            for told in assessments
            for one in referential.criteria
        ]
    return spreadsheet.write(CRITERIA, rows)


def pages_csv(measures: Iterable[PageMeasure]) -> bytes:
    """Write measured pages, a line each."""
    return spreadsheet.write(
        PAGES,
        (
            (
                one.address,
                one.on,
                one.elements,
                one.requests,
                one.kilobytes,
                one.index.score,
                one.index.grade,
                one.told,
                one.tool,
                one.version,
            )
            for one in measures
        ),
    )


def _service(line: EcodesignLine) -> Sequence[spreadsheet.Cell]:
    told, found, pages = line.assessment, line.score, line.pages
    return (
        line.service.number,
        line.service.name,
        told.assessed_on if told else None,
        found.met if found else None,
        found.applicable if found else None,
        _tenth(found.share) if found else None,
        _tenth(found.progress) if found else None,
        "oui" if line.is_stated else "non",
        told.published_on if told else None,
        told.url if told else "",
        pages.year if pages else None,
        len(pages.pages) if pages else None,
        _tenth(pages.score) if pages else None,
        pages.worst.index.score if pages else None,
        pages.tool if pages else "",
        pages.version if pages else "",
        "" if pages is None else "oui" if pages.breaks else "non",
    )


def _tenth(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(_TENTH, ROUND_HALF_EVEN)
