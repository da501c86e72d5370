"""The deadlines of an organisation: one list, the same as a calendar, and its private address for an agenda."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, time
from time import monotonic
from typing import Any

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask import session as cookie
from werkzeug.wrappers import Response

from tracker.config.settings import Settings
from tracker.domain.errors import Conflict, NotFound, Problem
from tracker.domain.permissions import Permission
from tracker.labels import current, text
from tracker.labels import deadlines as words
from tracker.services import calendars, deadlines
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import PARIS, now, today
from tracker.web.platform.database import session
from tracker.web.platform.files import attached
from tracker.web.platform.guards import everyone, requires
from tracker.web.platform.language import PARAMETER
from tracker.web.platform.pace import Pace
from tracker.web.platform.pages import asked_page
from tracker.web.platform.refusals import by_field
from tracker.web.platform.shared import shared
from tracker.web.screens.deadlines.forms import NarrowingForm

area = Blueprint("deadlines", __name__)
SENTENCES = (words.deadline_title, words.deadline_day, words.lateness, words.whose)
NEW_KEY = "calendar_key"
pace = Pace(most=60, seconds=3600)
"""An agenda asks a few times a day; what asks every minute is not one."""


@area.context_processor
def _words() -> dict[str, Any]:
    """Give the templates of the deadlines their own sentences."""
    return {told.__name__: told for told in SENTENCES} | {"page_of": deadlines.page_of}


@area.get("/<slug>/echeances")
@requires(Permission.READ)
def list_(visitor: Visitor) -> str:
    """Show what is due, the late ones first; to whoever has just opened a private calendar, its address."""
    return _page(visitor, {})


@area.get("/<slug>/echeances.ics")
@requires(Permission.READ)
def calendar(visitor: Visitor) -> Response:
    """Give the same list as a calendar."""
    wanted = NarrowingForm(request.args).wanted()
    content = deadlines.calendar(session(), visitor, _settings().public_url, today(), now(), wanted)
    return attached(content, "text/calendar", f"{visitor.organisation.slug}-echeances.ics")


@area.post("/<slug>/echeances/agenda")
@requires(Permission.READ)
def subscribe(visitor: Visitor) -> Response:
    """Open a private calendar, give it a new address, or close it."""
    seen = request.form.get("seen", "")
    version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
    try:
        if request.form.get("act") == "close":
            is_closed = calendars.close(session(), visitor, version)
            flash(text("Votre adresse privée est fermée.") if is_closed else text("Aucune modification."))
        else:
            key = calendars.open_(session(), visitor, version)
            cookie[NEW_KEY] = [visitor.account_id, visitor.organisation.slug, key]
            flash(text("Votre adresse privée est prête : copiez-la, elle n'est montrée qu'une fois."))
    except Conflict as refused:
        return make_response(_page(visitor, by_field(refused.problems)), 409)
    return redirect(url_for("deadlines.list_", slug=visitor.organisation.slug, _anchor="agenda"))


@area.get("/calendrier/<key>.ics")
@everyone
@shared
def feed(key: str) -> Response:
    """Give the calendar to whoever holds its key, without any session; an agenda that has it already is told so."""
    if not pace.allows(calendars.digest(key), monotonic()):
        told = make_response(text("Trop de demandes : cette adresse se relit quelques fois par jour."), 429)
        told.headers["Retry-After"], told.mimetype = str(pace.seconds), "text/plain"
        return told
    visitor = calendars.holder(session(), key)
    wanted = NarrowingForm(request.args).wanted()
    # The stamp is of the day, not of the second: what did not change is told in the same bytes.
    stamp = datetime.combine(today(), time(), PARIS)
    content = deadlines.calendar(session(), visitor, _settings().public_url, today(), stamp, wanted)
    tag = hashlib.sha256(content).hexdigest()[:32]
    held = [known for known in request.if_none_match.as_set(include_weak=True) if known.partition(":")[0] == tag]
    answer = make_response(b"", 304) if held else make_response(content)
    answer.mimetype = "text/calendar"
    answer.set_etag(held[0] if held else tag)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _page(visitor: Visitor, problems: Mapping[str, Problem]) -> str:
    form = NarrowingForm(request.args)
    found = deadlines.schedule(session(), visitor, form.wanted(), asked_page(), today())
    if form.service.data and form.service.data not in found.departments:
        raise NotFound(form.service.data)
    form.offer(found.departments)
    key = calendars.standing(session(), visitor)
    return render_template(
        "screens/deadlines/deadlines.html",
        found=found,
        form=form,
        page=asked_page(),
        today=today(),
        most=deadlines.CALENDAR_MOST,
        narrowed={name: request.args[name] for name in ("jours", "service", "nature") if request.args.get(name)},
        key=key,
        new=_new_address(visitor),
        problems=problems,
    )


def _new_address(visitor: Visitor) -> str:
    """Give once the address of a calendar that was just opened, empty the next time."""
    if NEW_KEY not in cookie:
        return ""
    account, slug, key = cookie[NEW_KEY]
    if slug != visitor.organisation.slug:
        return ""
    del cookie[NEW_KEY]
    if account != visitor.account_id:
        return ""
    language = None if current() == "fr" else current()
    return _settings().public_url + url_for("deadlines.feed", key=key, **{PARAMETER: language})  # type: ignore[arg-type]


def _settings() -> Settings:
    settings: Settings = current_app.config["TRACKER_SETTINGS"]
    return settings
