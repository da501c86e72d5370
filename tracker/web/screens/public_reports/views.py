"""The frozen reports that anyone reads: the document at an address that stays, and its files."""

import re
from base64 import b64encode
from hashlib import sha256

from flask import Blueprint, make_response, render_template
from werkzeug.wrappers import Response

from tracker.domain.errors import NotFound
from tracker.domain.publications import PublicationState
from tracker.exports.paper import Heading, legible
from tracker.labels import speaking, text
from tracker.labels.frozen_reports import report_title
from tracker.reports.formats import FORMATS
from tracker.reports.paper_html import block_kind, data_address, linked
from tracker.reports.report import by_chapter, paper
from tracker.services import frozen_reports, public_reports
from tracker.services.frozen_reports import AlteredReport, Version
from tracker.services.public_reports import PublicReports
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.errors import answer
from tracker.web.platform.files import attached
from tracker.web.platform.guards import everyone
from tracker.web.platform.shared import Keeping, kept, shared

area = Blueprint("public_reports", __name__)
FORMS = f"any({','.join(FORMATS)})"
GONE = 410
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)

area.add_app_template_filter(linked)
area.add_app_template_filter(legible)
area.add_app_template_filter(data_address)
area.add_app_template_filter(block_kind, "kind")


@area.errorhandler(AlteredReport)
def _altered(_: AlteredReport) -> Response:
    """Say that the kept text is not the one that was sealed: nothing of it is shown or given."""
    return answer(404, text("Le texte gardé de ce rapport a été altéré : rien n'en est montré."))


@area.get("/<slug>/public/rapport/<int:year>")
@everyone
@shared
def latest(slug: str, year: int) -> Response:
    """Show the last published version of the report of a year, at an address that stays."""
    return _document(slug, year, None)


@area.get("/<slug>/public/rapport/<int:year>/v<int:number>")
@everyone
@shared
def version(slug: str, year: int, number: int) -> Response:
    """Show one published version, at its own address."""
    return _document(slug, year, number)


@area.get("/<slug>/public/rapport/<int:year>/v<int:number>/chapitres/<int(min=1):place>")
@everyone
@shared
def chapter(slug: str, year: int, number: int, place: int) -> Response:
    """Show one chapter of it: a report on one page would weigh what no page should."""
    return _document(slug, year, number, place)


@area.get(f"/<slug>/public/rapport/<int:year>/v<int:number>.<{FORMS}:form>")
@everyone
@shared
def file(slug: str, year: int, number: int, form: str) -> Response:
    """Give one published version as a file."""
    known = public_reports.find(session(), slug, today())
    found, standing = known.find(year, number)
    keeping = kept(known.mark, known.changed_at, is_open=True)
    if standing is not PublicationState.VISIBLE:
        return _gone(keeping, known, found)
    name = f"{slug}-rapport-{year}-v{number}.{form}"
    return keeping.same() or keeping.on(attached(frozen_reports.file(found.row, form), FORMATS[form].media_type, name))


def _document(slug: str, year: int, number: int | None, place: int = 0) -> Response:
    """Show the opening of a version with the list of its chapters, or one of them.

    Raises:
        NotFound: for a version or a chapter that does not exist.
    """
    known = public_reports.find(session(), slug, today())
    found, standing = known.find(year, number)
    keeping = kept(known.mark, known.changed_at)
    if standing is not PublicationState.VISIBLE:
        return _gone(keeping, known, found)
    same = keeping.same()
    if same is not None:
        return same
    with speaking("fr"):  # the report is in French, and what stands around it too
        made = paper(frozen_reports.read(found.row), notes=frozen_reports.seal(found.row).notes)
        opening, chapters = by_chapter(made)
        if place > len(chapters):
            raise NotFound(place)
        page = render_template(
            "screens/public_reports/report.html",
            paper=made,
            told=chapters[place - 1] if place else opening,
            place=place,
            titles=[one[0].text for one in chapters if isinstance(one[0], Heading)],
            known=known,
            found=found,
            others=[one for one in known.of_year(year) if one is not found],
            formats=FORMATS,
            report_title=report_title,
        )
    return _alone(keeping.on(make_response(page)))


def _gone(keeping: Keeping, known: PublicReports, found: Version) -> Response:
    with speaking("fr"):
        page = render_template(
            "screens/public_reports/gone.html",
            known=known,
            found=found,
            year=found.row.year,
            reason=next(one for one in reversed(found.acts) if one.is_withdrawn),
        )
    return _alone(keeping.on(make_response(page, GONE)))


def _alone(made: Response) -> Response:
    """Let the document have its own style, and nothing else: it loads nothing and runs nothing."""
    found = _STYLE.search(made.get_data(as_text=True))
    digest = b64encode(sha256(found[1].encode() if found else b"").digest()).decode()
    rules = (
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
    made.headers["Content-Security-Policy"] = "; ".join(rules)
    return made
