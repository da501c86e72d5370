"""The campaigns of an organisation, one of them followed day by day, and its assignments."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from tracker.config.settings import Settings
from tracker.domain.campaigns import Progress, days_of, waiting
from tracker.domain.errors import Conflict, Invalid, Problem
from tracker.domain.paging import page_count
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import Axis
from tracker.labels import campaigns as words
from tracker.labels import plural, text, word
from tracker.services import assignments, campaigns, followups, reminders
from tracker.services.assignments import named
from tracker.services.deliveries import Delivered
from tracker.services.reminders import Reminded
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import once_stored, session
from tracker.web.platform.guards import requires
from tracker.web.platform.pages import asked_page
from tracker.web.platform.refusals import status_of
from tracker.web.screens.campaigns import forms
from tracker.web.screens.campaigns.forms import DaysForm, EntrustingForm, OpeningForm, ReopeningForm

area = Blueprint("campaigns", __name__)
log = logging.getLogger(__name__)
MISSING_SHOWN = 20
PEOPLE_SHOWN = 20
SENTENCES: tuple[Callable[..., str], ...] = (
    named,
    words.campaign_reading,
    words.campaign_state,
    words.counts_phrase,
    words.late_phrase,
    words.progress_word,
)


@area.context_processor
def _words() -> dict[str, Any]:
    """Give the templates of the campaigns their own sentences."""
    return {told.__name__: told for told in SENTENCES} | {"Progress": Progress, "waiting": waiting, "today": today}


@area.get("/<slug>/campagnes")
@requires(Permission.READ)
def list_(visitor: Visitor) -> str:
    """Show the campaigns, and to who runs them the form that opens one."""
    return _list_page(visitor, None, {})


@area.post("/<slug>/campagnes")
@requires(Permission.RUN_CAMPAIGN)
def open_(visitor: Visitor) -> Response:
    """Open the campaign of a year."""
    form = OpeningForm(request.form)
    try:
        year = campaigns.open_(session(), visitor, form.draft(), today())
    except Invalid as refused:
        return make_response(_list_page(visitor, form, _by_field(refused)), status_of(refused))
    flash(text("La campagne {year} est ouverte.", year=year))
    return redirect(_address(visitor, year))


@area.get("/<slug>/campagnes/<int:year>")
@requires(Permission.READ)
def show(visitor: Visitor, year: int) -> str:
    """Show how far a campaign has come."""
    return _page(visitor, year)


@area.post("/<slug>/campagnes/<int:year>")
@requires(Permission.RUN_CAMPAIGN)
def change(visitor: Visitor, year: int) -> Response:
    """Change the days of a campaign."""
    form = DaysForm(request.form)
    try:
        is_new = campaigns.change(session(), visitor, year, form.draft(), today())
    except Invalid as refused:
        return make_response(_page(visitor, year, days=form, refused=refused), status_of(refused))
    flash(text("Campagne modifiée.") if is_new else text("Aucune modification."))
    return redirect(_address(visitor, year))


@area.post("/<slug>/campagnes/<int:year>/rappels")
@requires(Permission.RUN_CAMPAIGN)
def remind(visitor: Visitor, year: int) -> Response:
    """Remind those who owe values; their letters leave once the reminders are stored."""
    try:
        told = reminders.remind(session(), visitor, year, today())
    except Conflict as refused:
        return make_response(_page(visitor, year, refused=refused), status_of(refused))
    flash(_reminded(told))
    if told.debts:
        once_stored(_deliver)
    return redirect(_address(visitor, year, "rappels"))


@area.post("/<slug>/campagnes/<int:year>/cloture")
@requires(Permission.RUN_CAMPAIGN)
def close(visitor: Visitor, year: int) -> Response:
    """Close a campaign."""
    sent = request.form
    uncounted = forms.number(sent.get("uncounted"))
    is_confirmed = bool(sent.get("confirmed"))
    try:
        campaigns.close(session(), visitor, year, uncounted, today(), is_confirmed=is_confirmed)
    except Invalid as refused:
        return make_response(_page(visitor, year, refused=refused), status_of(refused))
    flash(text("La campagne {year} est close.", year=year))
    return redirect(_address(visitor, year))


@area.post("/<slug>/campagnes/<int:year>/reouvertures")
@requires(Permission.RUN_CAMPAIGN)
def reopen(visitor: Visitor, year: int) -> Response:
    """Give one indicator back to one person."""
    form = ReopeningForm(request.form)
    try:
        is_new = campaigns.reopen(session(), visitor, year, form.draft(), today())
    except Invalid as refused:
        return make_response(_page(visitor, year, reopening=form, refused=refused), status_of(refused))
    flash(text("Indicateur rouvert ; la personne est prévenue.") if is_new else text("Aucune modification."))
    return redirect(_address(visitor, year, "reouvertures"))


@area.get("/<slug>/campagnes/<int:year>/attributions")
@requires(Permission.RUN_CAMPAIGN)
def assignments_(visitor: Visitor, year: int) -> str:
    """Show who holds each indicator of the year."""
    return _assignments_page(visitor, year, EntrustingForm(), {})


@area.post("/<slug>/campagnes/<int:year>/attributions")
@requires(Permission.RUN_CAMPAIGN)
def entrust(visitor: Visitor, year: int) -> Response:
    """Entrust indicators to a department or a person."""
    form = EntrustingForm(request.form)
    try:
        changed = assignments.entrust(session(), visitor, year, _asked_axis(), form.asked(request.form), today())
    except Invalid as refused:
        return make_response(_assignments_page(visitor, year, form, _by_field(refused)), status_of(refused))
    count = len(changed)
    done = plural("{n} indicateur a changé de mains.", "{n} indicateurs ont changé de mains.", count, n=count)
    flash(done if changed else text("Aucune modification."))
    place = {name: request.args[name] for name in ("axe", "page") if request.args.get(name)}
    return redirect(url_for("campaigns.assignments_", slug=visitor.organisation.slug, year=year, **place))  # type: ignore[arg-type]


def _list_page(visitor: Visitor, form: OpeningForm | None, problems: Mapping[str, Problem]) -> str:
    found = followups.overviews(session(), visitor)
    return render_template(
        "screens/campaigns/list.html",
        found=found,
        form=form or OpeningForm(data=forms.opening({one.campaign.year for one in found}, today())),
        problems=problems,
    )


def _page(
    visitor: Visitor,
    year: int,
    *,
    days: DaysForm | None = None,
    reopening: ReopeningForm | None = None,
    refused: Invalid | None = None,
) -> str:
    """Show the follow-up; after a conflict the form answers the version that is now stored."""
    found = followups.followup(session(), visitor, year, today())
    kept = forms.stored(days_of(found.campaign), has_four_eyes=found.campaign.has_four_eyes, seen=found.version)
    if days is not None and isinstance(refused, Conflict):
        days.seen.data = kept["seen"]
    given = reopening or ReopeningForm()
    given.offer(found)
    page = asked_page()
    return render_template(
        "screens/campaigns/campaign.html",
        found=found,
        year=year,
        days=days or DaysForm(data=kept),
        is_typed=days is not None,
        reopening=given,
        is_given=reopening is not None,
        problems=_by_field(refused) if refused else {},
        missing=found.missing[(page - 1) * MISSING_SHOWN : page * MISSING_SHOWN],
        people=found.by_person(),
        people_shown=PEOPLE_SHOWN,
        page=page,
        pages=page_count(len(found.missing), MISSING_SHOWN, page),
        is_mailed=_settings().mailing is not None,
        runs=visitor.may(Permission.RUN_CAMPAIGN),
    )


def _assignments_page(visitor: Visitor, year: int, form: EntrustingForm, problems: Mapping[str, Problem]) -> str:
    found = assignments.sheet(session(), visitor, year, _asked_axis(), asked_page(), today())
    form.offer(found.holdings)
    form.digest.data = found.digest
    return render_template(
        "screens/campaigns/assignments.html",
        found=found,
        year=year,
        form=form,
        problems=problems,
        chosen=set(request.form.getlist("chosen")),
        page=asked_page(),
        axis=_asked_axis(),
        axes=[("", text("Tous les axes")), *((axis.value, word(axis)) for axis in Axis)],
    )


def _asked_axis() -> Axis | None:
    asked = request.args.get("axe", "")
    return Axis(asked) if asked in set(Axis) else None


def _deliver() -> None:
    """Send the letters, and say on the page that follows what became of them."""
    settings = _settings()
    if settings.mailing is None:
        flash(text("Aucun courriel : ce serveur n'en envoie pas."))
        return
    try:
        told = reminders.deliver(current_app.extensions["tracker_database"], settings, today())
    except (OSError, OperationalError):  # the reminders are stored: an error page would say that nothing is
        log.exception("letters could not leave")
        flash(text("Aucun courriel n'est parti. Ils seront retentés au prochain passage de « tracker remind »."))
        return
    for sentence in _delivered(told):
        flash(sentence)


def _delivered(told: Delivered) -> list[str]:
    if told.unavailable is not None:
        return [told.unavailable.sentence, text("Ils seront retentés au prochain passage de « tracker remind ».")]
    said = (
        [plural("{n} courriel est parti.", "{n} courriels sont partis.", told.sent, n=told.sent)] if told.sent else []
    )
    if told.failed:
        count = len(told.failed)
        said.append(
            plural(
                "{n} courriel n'est pas parti ({addresses}) : il sera retenté.",
                "{n} courriels ne sont pas partis ({addresses}) : ils seront retentés.",
                count,
                n=count,
                addresses=", ".join(told.failed),
            )
        )
    return said


def _reminded(told: Reminded) -> str:
    count = len(told.debts)
    if count:
        return plural(
            "{n} personne est prévenue dans l'application.",
            "{n} personnes sont prévenues dans l'application.",
            count,
            n=count,
        )
    if told.already:
        return text("Tout le monde a déjà été rappelé aujourd'hui : personne n'est dérangé deux fois.")
    return text("Personne n'a de relevé à soumettre : aucun rappel n'est parti.")


def _settings() -> Settings:
    settings: Settings = current_app.config["TRACKER_SETTINGS"]
    return settings


def _address(visitor: Visitor, year: int, anchor: str | None = None) -> str:
    return url_for("campaigns.show", slug=visitor.organisation.slug, year=year, _anchor=anchor)


def _by_field(refused: Invalid) -> dict[str, Problem]:
    return {problem.where.replace("reminder-", "reminder_"): problem for problem in refused.problems}
