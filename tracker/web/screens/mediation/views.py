"""Places of digital mediation: a year at a time, and the form of one."""

from dataclasses import asdict

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from tracker.domain.errors import Conflict, Invalid
from tracker.domain.mediation import MediationKind
from tracker.domain.numbers import whole_number
from tracker.domain.permissions import Permission
from tracker.exports.mediation import places_csv
from tracker.labels import current, text
from tracker.labels.mediation import people_phrase, places_sentence
from tracker.services import mediation
from tracker.services.mediation import PlaceDraft, PlaceView, draft_of
from tracker.services.visitor import Visitor
from tracker.web.platform.boxes import boxes, choice_of
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.files import attached
from tracker.web.platform.guards import requires
from tracker.web.platform.refusals import by_field, status_of
from tracker.web.platform.years import asked_year, checked_year, years_on_offer

area = Blueprint("mediation", __name__)
EARLIER = 8
"""Years on offer before this one."""
MOST_DIGITS = 9
TEXTS = ("name", "kind", "address", "postcode", "town", "hours", "website", "people")


@area.get("/<slug>/services/mediation")
@requires(Permission.READ)
def list_(visitor: Visitor) -> str:
    """Show the places, with the people that each helped in a year."""
    year = asked_year()
    listed = mediation.of_year(session(), visitor, year, today())
    return render_template(
        "screens/mediation/list.html",
        listed=listed,
        year=year,
        people_phrase=people_phrase,
        years=years_on_offer(today().year - EARLIER),
        sentence=places_sentence([one.people for one in listed if one.record.is_open or one.people is not None], year),
    )


@area.get("/<slug>/services/mediation.csv")
@requires(Permission.READ)
def table(visitor: Visitor) -> Response:
    """Give the places as a table, in the columns of the national schema where they match."""
    year = asked_year()
    listed = mediation.of_year(session(), visitor, year, today())
    content = places_csv(((one.record, one.people) for one in listed), visitor.organisation.slug, year)
    return attached(content, "text/csv", f"{visitor.organisation.slug}-mediation-{year}.csv")


@area.get("/<slug>/services/mediation/<int:year>/ajout")
@requires(Permission.KEEP_SERVICES)
def new(visitor: Visitor, year: int) -> str:  # noqa: ARG001 - the guard hands it over
    """Show the form of a new place."""
    return _form_page(checked_year(year), PlaceDraft())


@area.post("/<slug>/services/mediation/<int:year>/ajout")
@requires(Permission.KEEP_SERVICES)
def add(visitor: Visitor, year: int) -> Answer:
    """Add a place, or show the form again with what is wrong."""
    draft = _typed()
    try:
        mediation.add(session(), visitor, year, draft, today())
    except Invalid as refused:
        return make_response(_form_page(year, draft, refused), status_of(refused))
    flash(text("Lieu de médiation ajouté."))
    return redirect(url_for("mediation.list_", slug=visitor.organisation.slug, annee=year))


@area.get("/<slug>/services/mediation/<int:year>/<int:number>")
@requires(Permission.KEEP_SERVICES)
def edit(visitor: Visitor, year: int, number: int) -> str:
    """Show the form that corrects a place and what it told of a year."""
    view = mediation.find(session(), visitor, number, year, today())
    return _form_page(year, draft_of(view), view=view)


@area.post("/<slug>/services/mediation/<int:year>/<int:number>")
@requires(Permission.KEEP_SERVICES)
def correct(visitor: Visitor, year: int, number: int) -> Answer:
    """Correct a place, or show the form again; after a conflict it answers the versions that are now stored."""
    draft = _typed()
    try:
        is_new = mediation.correct(session(), visitor, number, year, draft, today())
    except Invalid as refused:
        view = mediation.find(session(), visitor, number, year, today())
        return make_response(_form_page(year, draft, refused, view), status_of(refused))
    flash(text("Lieu de médiation enregistré.") if is_new else text("Aucune modification."))
    return redirect(url_for("mediation.list_", slug=visitor.organisation.slug, annee=year))


def _typed() -> PlaceDraft:
    """Give what was typed."""
    seen, counted = (_version(request.form.get(name, "0")) for name in ("seen", "counted"))
    told = {name: request.form.get(name, "") for name in (*TEXTS, "is_open")}
    return PlaceDraft(**told, seen=seen, counted=counted, has_comma_groups=current() == "en")


def _version(text: str) -> int:
    found = whole_number(text, MOST_DIGITS)
    return -1 if found is None else found


def _form_page(year: int, draft: PlaceDraft, refused: Invalid | None = None, view: PlaceView | None = None) -> str:
    is_stale = isinstance(refused, Conflict)
    told = {name: str(value) for name, value in asdict(draft).items() if name in {*TEXTS, "is_open"}}
    return render_template(
        "screens/mediation/form.html",
        year=year,
        view=view,
        form=boxes(told, choices={"kind": choice_of(MediationKind)}),
        seen=view.version if is_stale and view else draft.seen,
        counted=view.counted if is_stale and view else draft.counted,
        problems=by_field(refused.problems) if refused else {},
        is_stale=is_stale,
    )
