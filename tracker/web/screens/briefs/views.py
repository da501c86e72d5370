"""The year on one page, to print or to project: the brief, its PDF, the presentation."""

from flask import Blueprint, Response, current_app, render_template, url_for

from tracker.charts.decade import decade
from tracker.config.settings import Settings
from tracker.domain.permissions import Permission
from tracker.labels import say
from tracker.labels.briefs import change_phrase, date_words, origin_sentences, past_sentence, rest_phrase
from tracker.labels.sentences import headline
from tracker.reports import brief_pdf
from tracker.reports.brief import DATES, LINES, Brief
from tracker.services.briefs import brief
from tracker.services.visitor import Visitor
from tracker.web.platform.database import session
from tracker.web.platform.files import attached
from tracker.web.platform.guards import requires
from tracker.web.platform.vantage import Vantage, sound_vantage

area = Blueprint("briefs", __name__)
WORDS = {
    "change_phrase": change_phrase,
    "date_words": date_words,
    "rest_phrase": rest_phrase,
    "origin_sentences": origin_sentences,
    "past_sentence": past_sentence,
    "decade": decade,
    "LINES": LINES,
    "DATES": DATES,
}
ROOMY = 1900
"""Letters that one sheet holds at its usual size; what says more is printed smaller."""


@area.get("/<slug>/synthese/<int:year>")
@requires(Permission.READ)
def show(visitor: Visitor, year: int) -> str:
    """Show the year on one page, which prints on one sheet, as things are or stood on a day."""
    vantage = sound_vantage()
    found = _brief(visitor, year, vantage)
    return _page("brief.html", found, vantage, is_dense=_letters(found) > ROOMY)


@area.get("/<slug>/synthese/<int:year>.pdf")
@requires(Permission.READ)
def sheet(visitor: Visitor, year: int) -> Response:
    """Give the same page as a PDF."""
    vantage = sound_vantage()
    found = _brief(visitor, year, vantage)
    content = brief_pdf.pdf(found, _address(found, vantage))
    day = "".join(f"-{name}-{told}" for name, told in vantage.told.items())
    return attached(content, "application/pdf", f"{visitor.organisation.slug}-synthese-{year}{day}.pdf")


@area.get("/<slug>/presentation/<int:year>")
@requires(Permission.READ)
def presentation(visitor: Visitor, year: int) -> str:
    """Show the year as slides, for the council, as things are or stood on a day."""
    vantage = sound_vantage()
    return _page("presentation.html", _brief(visitor, year, vantage), vantage)


def _brief(visitor: Visitor, year: int, vantage: Vantage) -> Brief:
    return brief(session(), visitor, year, vantage.today, vantage.until)


def _page(template: str, found: Brief, vantage: Vantage, **more: bool) -> str:
    told = {"brief": found, "year": found.year, "slug": found.organisation.slug, "address": _address(found, vantage)}
    return render_template(f"screens/briefs/{template}", vantage=vantage, **told, **more, **WORDS)


def _letters(found: Brief) -> int:
    """Count the letters of what one page lists."""
    lines = [say(card.commitment.title) + headline(card, found.year) for card in found.cards]
    lines += map(change_phrase, found.moved[:LINES])
    lines += ["".join(date_words(due)) for due in (*found.late[:LINES], *found.dates[:DATES])]
    return sum(map(len, lines))


def _address(found: Brief, vantage: Vantage) -> str:
    """Give the address of the page as people know it, to be read on paper."""
    settings: Settings = current_app.config["TRACKER_SETTINGS"]
    return settings.public_url + url_for("briefs.show", slug=found.organisation.slug, year=found.year, **vantage.told)
