"""The year on one page, to print or to project: the brief, its PDF, the presentation."""

from flask import Blueprint, Response, current_app, render_template, url_for

from tracker.charts.decade import decade
from tracker.config.settings import Settings
from tracker.domain.permissions import Permission
from tracker.labels import say
from tracker.labels.briefs import change_phrase, date_words, drawn_values, origin_sentences, rest_phrase
from tracker.labels.sentences import headline
from tracker.reports import brief_pdf
from tracker.reports.brief import DATES, LINES, Brief
from tracker.services.briefs import brief
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.files import attached
from tracker.web.platform.guards import requires

area = Blueprint("briefs", __name__)
WORDS = {
    "change_phrase": change_phrase,
    "date_words": date_words,
    "rest_phrase": rest_phrase,
    "origin_sentences": origin_sentences,
    "decade": decade,
    "drawn_values": drawn_values,
    "LINES": LINES,
    "DATES": DATES,
}
ROOMY = 1900
"""Letters that one sheet holds at its usual size; what says more is printed smaller."""


@area.get("/<slug>/synthese/<int:year>")
@requires(Permission.READ)
def show(visitor: Visitor, year: int) -> str:
    """Show the year on one page, which prints on one sheet."""
    found = brief(session(), visitor, year, today())
    return _page("brief.html", found, is_dense=_letters(found) > ROOMY)


@area.get("/<slug>/synthese/<int:year>.pdf")
@requires(Permission.READ)
def sheet(visitor: Visitor, year: int) -> Response:
    """Give the same page as a PDF."""
    found = brief(session(), visitor, year, today())
    content = brief_pdf.pdf(found, _address(found))
    return attached(content, "application/pdf", f"{visitor.organisation.slug}-synthese-{year}.pdf")


@area.get("/<slug>/presentation/<int:year>")
@requires(Permission.READ)
def presentation(visitor: Visitor, year: int) -> str:
    """Show the year as slides, for the council."""
    return _page("presentation.html", brief(session(), visitor, year, today()))


def _page(template: str, found: Brief, **more: bool) -> str:
    told = {"brief": found, "year": found.year, "slug": found.organisation.slug, "address": _address(found)}
    return render_template(f"screens/briefs/{template}", **told, **more, **WORDS)


def _letters(found: Brief) -> int:
    """Count the letters of what one page lists."""
    lines = [say(card.commitment.title) + headline(card, found.year) for card in found.cards]
    lines += map(change_phrase, found.changes.moved[:LINES])
    lines += ["".join(date_words(due)) for due in (*found.late[:LINES], *found.dates[:DATES])]
    return sum(map(len, lines))


def _address(found: Brief) -> str:
    """Give the address of the page as people know it, to be read on paper."""
    settings: Settings = current_app.config["TRACKER_SETTINGS"]
    return settings.public_url + url_for("briefs.show", slug=found.organisation.slug, year=found.year)
