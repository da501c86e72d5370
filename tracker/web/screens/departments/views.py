"""The departments of an organisation: what each has on its hands, and the same sent to the people who work for it."""

import logging
from datetime import date
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from tracker.config.settings import Settings
from tracker.domain.errors import Forbidden, NotFound
from tracker.domain.paging import page_count
from tracker.domain.permissions import Permission
from tracker.exports.odt import ODT, odt_file
from tracker.labels import deadlines as deadline_words
from tracker.labels import plural, text
from tracker.labels import remits as words
from tracker.reports.meeting import meeting_paper
from tracker.services import circulars, deadlines, remits
from tracker.services.circulars import Circulated
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import once_stored, session
from tracker.web.platform.files import attached
from tracker.web.platform.guards import requires
from tracker.web.platform.pages import asked_page
from tracker.web.platform.years import asked_year, years_on_offer

area = Blueprint("departments", __name__)
log = logging.getLogger(__name__)
ENTRUSTED_SHOWN = 20
DEADLINES_SHOWN = 8
CARDS_SHOWN = 12
SENTENCES = (
    deadline_words.deadline_title,
    deadline_words.deadline_day,
    deadline_words.lateness,
    deadline_words.whose,
    words.remit_reading,
    words.action_phrase,
    words.entrusted_phrase,
)


@area.context_processor
def _words() -> dict[str, Any]:
    """Give the templates of the departments their own sentences."""
    return {told.__name__: told for told in SENTENCES} | {"page_of": deadlines.page_of}


@area.get("/<slug>/directions")
@requires(Permission.READ)
def list_(visitor: Visitor) -> str:
    """Show the departments, the reader's own first, each with its reading."""
    found = remits.remits(session(), visitor, asked_year(), today())
    return render_template("screens/departments/departments.html", found=found, own=remits.own(session(), visitor))


@area.get("/<slug>/directions/<code>")
@requires(Permission.READ)
def show(visitor: Visitor, code: str) -> str:
    """Show what a department has on its hands; to who runs the campaign, the button that sends it."""
    year = asked_year()
    found, page = remits.remit(session(), visitor, code, year, today()), asked_page()
    runs = visitor.may(Permission.RUN_CAMPAIGN)
    return render_template(
        "screens/departments/department.html",
        found=found,
        entrusted=found.entrusted[(page - 1) * ENTRUSTED_SHOWN : page * ENTRUSTED_SHOWN],
        page=page,
        pages=page_count(len(found.entrusted), ENTRUSTED_SHOWN, page),
        deadlines=found.deadlines[:DEADLINES_SHOWN],
        cards=found.cards[:CARDS_SHOWN],
        names=deadlines.names(session(), visitor.organisation),
        is_own=remits.own(session(), visitor) == code,
        year=year,
        years=years_on_offer(today().year - 10),
        readers=len(circulars.readers(session(), visitor, code)) if runs else None,
        is_mailed=_settings().mailing is not None,
    )


@area.get("/<slug>/directions/<code>/dossier.odt")
@requires(Permission.READ)
def pack(visitor: Visitor, code: str) -> Response:
    """Give what the yearly meeting with the department has on the table."""
    year = asked_year()
    content = odt_file(meeting_paper(remits.meeting_pack(session(), visitor, code, year, today())))
    return attached(content, ODT, f"{visitor.organisation.slug}-{code}-{year}.odt")


@area.post("/<slug>/directions/<code>/courriel")
@requires(Permission.RUN_CAMPAIGN)
def send(visitor: Visitor, code: str) -> Response:
    """Send the page to the people who work for the department; their letters leave once this request is over."""
    people = circulars.readers(session(), visitor, code)
    number, slug, year, day = visitor.account_id, visitor.organisation.slug, asked_year(), today()
    if _settings().mailing is None:
        flash(text("Aucun courriel : ce serveur n'en envoie pas. Rien n'est parti."))
    elif not people:
        flash(text("Aucun compte n'est rattaché à ce service : rien n'est parti."))
    else:
        once_stored(lambda: _circulate(number, slug, code, year, day))
    return redirect(url_for("departments.show", slug=slug, code=code, annee=year, _anchor="courriel"))


def _circulate(number: int, slug: str, code: str, year: int, day: date) -> None:
    """Send the letters, and say on the page that follows what became of them."""
    store = current_app.extensions["tracker_database"]
    try:
        told = circulars.circulate(store, _settings(), number, slug, code, year, day)
    except (OSError, OperationalError, Forbidden, NotFound):  # the answer is on its way: it must not become a failure
        log.exception("letters could not leave")
        flash(text("Aucun courriel n'est parti. Réessayez dans un instant."))
        return
    for sentence in _told(told):
        flash(sentence)


def _told(told: Circulated) -> list[str]:
    if told.unavailable is not None:
        return [told.unavailable.sentence]
    said, count, failed, already = [], len(told.sent), len(told.failed), told.already
    if count:
        said.append(plural("{n} courriel est parti.", "{n} courriels sont partis.", count, n=count))
    if failed:
        addresses = ", ".join(told.failed)
        said.append(
            plural(
                "{n} courriel n'est pas parti ({addresses}) : vous pouvez réessayer.",
                "{n} courriels ne sont pas partis ({addresses}) : vous pouvez réessayer.",
                failed,
                n=failed,
                addresses=addresses,
            )
        )
    if already:
        said.append(
            plural(
                "{n} personne l'a déjà reçu aujourd'hui : elle n'est pas dérangée deux fois.",
                "{n} personnes l'ont déjà reçu aujourd'hui : elles ne sont pas dérangées deux fois.",
                already,
                n=already,
            )
        )
    return said


def _settings() -> Settings:
    settings: Settings = current_app.config["TRACKER_SETTINGS"]
    return settings
