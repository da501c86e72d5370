"""The ecodesign statement of a service as files: a page to put online, a document to keep."""

from collections.abc import Mapping
from datetime import date

from tracker.domain.errors import NotFound
from tracker.exports.odt import ODT, odt_file
from tracker.exports.paper import Paper
from tracker.labels import speaking
from tracker.reports.ecodesign_paper import EcodesignDossier, ecodesign_paper
from tracker.reports.paper_html import HTML, html_file
from tracker.services.ecodesign import EcodesignSheet, referential
from tracker.services.records import organisation_record
from tracker.services.visitor import Visitor

MEDIA: Mapping[str, str] = {"html": HTML, "odt": ODT}
"""The forms that a statement can be taken away in, and what each is called on the web."""


def statement(visitor: Visitor, sheet: EcodesignSheet, today: date) -> Paper:
    """Give the statement of a service, in French whatever the language: it is for the public of its site.

    Raises:
        NotFound: without a self-assessment that was closed.
    """
    assessment = sheet.closed(today)
    if assessment is None:
        raise NotFound(sheet.service.number)
    with speaking("fr"):
        return ecodesign_paper(
            EcodesignDossier(
                organisation=organisation_record(visitor.organisation),
                service=sheet.service,
                referential=referential(),
                assessment=assessment,
                pages=sheet.years[-1] if sheet.years else None,
                as_of=assessment.assessed_on or today,
            )
        )


def statement_file(visitor: Visitor, sheet: EcodesignSheet, form: str, today: date) -> bytes:
    """Write the statement in one of the forms of `MEDIA`.

    Raises:
        NotFound: without a self-assessment that was closed.
    """
    paper = statement(visitor, sheet, today)
    with speaking("fr"):
        return html_file(paper) if form == "html" else odt_file(paper)
