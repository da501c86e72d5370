"""The approval commission: its sessions, who is due, the file and the decision of each service, the minutes."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from tracker.domain.errors import Conflict, Invalid, NotFound
from tracker.domain.permissions import Permission
from tracker.exports.approvals import decisions_csv
from tracker.labels import commission as words
from tracker.labels import plural, text
from tracker.services import agendas, approvals, commission, minutes
from tracker.services.minutes import MEDIA
from tracker.services.visitor import Visitor
from tracker.store.models import CommissionSession
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.files import attached
from tracker.web.platform.guards import requires
from tracker.web.platform.pages import asked_page
from tracker.web.platform.refusals import by_field, status_of
from tracker.web.screens.commission import forms
from tracker.web.screens.commission.forms import DecisionForm, SessionForm

area = Blueprint("commission", __name__)
SENTENCES = (
    words.approval_phrase,
    words.approved_sentence,
    words.audit_phrase,
    words.decision_phrase,
    words.dues_phrase,
    words.earlier_phrase,
    words.gap_phrase,
    words.rectified_lines,
    words.session_title,
    words.standing_phrase,
)


@area.context_processor
def _words() -> dict[str, Any]:
    """Give the templates the sentences of the commission."""
    return {told.__name__: told for told in SENTENCES}


@area.get("/<slug>/commission")
@requires(Permission.READ)
def list_(visitor: Visitor) -> str:
    """Show the sessions, and the services that are due before the commission."""
    found = commission.overview(session(), visitor, asked_page(), today())
    return render_template("screens/commission/list.html", found=found, page=asked_page())


@area.get("/<slug>/commission.csv")
@requires(Permission.READ)
def table(visitor: Visitor) -> Response:
    """Give every decision as a table."""
    content = decisions_csv(approvals.decided(session(), visitor))
    return attached(content, "text/csv", f"{visitor.organisation.slug}-homologations.csv")


@area.get("/<slug>/commission/ajout")
@requires(Permission.KEEP_SERVICES)
def new(visitor: Visitor) -> str:  # noqa: ARG001 - the guard gives it
    """Show the form of a new session."""
    return _form_page(SessionForm())


@area.post("/<slug>/commission/ajout")
@requires(Permission.KEEP_SERVICES)
def open_(visitor: Visitor) -> Answer:
    """Prepare a session, or show the form again with what is wrong."""
    form = SessionForm(request.form)
    try:
        number = commission.open_session(session(), visitor, form.draft())
    except Invalid as refused:
        return make_response(_form_page(form, refused), status_of(refused))
    flash(text("Séance ajoutée : composez maintenant son ordre du jour."))
    return redirect(_address(visitor, number))


@area.get("/<slug>/commission/<int:number>")
@requires(Permission.READ)
def show(visitor: Visitor, number: int) -> str:
    """Show one session: its agenda, its decisions, its minutes."""
    return _page(visitor, number)


@area.get("/<slug>/commission/<int:number>/modifier")
@requires(Permission.KEEP_SERVICES)
def edit(visitor: Visitor, number: int) -> str:
    """Show the form that changes what is told of a session."""
    row = commission.sheet(session(), visitor, number).row
    return _form_page(SessionForm(data=forms.stored_session(row)), row=row)


@area.post("/<slug>/commission/<int:number>/modifier")
@requires(Permission.KEEP_SERVICES)
def change(visitor: Visitor, number: int) -> Answer:
    """Change a session, or show the form again; after a conflict it answers the version that is now stored."""
    form = SessionForm(request.form)
    try:
        is_new = commission.change_session(session(), visitor, number, form.draft(), today())
    except Invalid as refused:
        row = commission.sheet(session(), visitor, number).row
        if isinstance(refused, Conflict):
            form.seen.data = str(row.version)
        return make_response(_form_page(form, refused, row), status_of(refused))
    flash(text("Séance enregistrée.") if is_new else text("Aucune modification."))
    return redirect(_address(visitor, number))


@area.post("/<slug>/commission/<int:number>/ordre-du-jour")
@requires(Permission.KEEP_SERVICES)
def list_services(visitor: Visitor, number: int) -> Answer:
    """Put services on the agenda, those that the rule proposes or one that is asked for, or take one off it."""
    sent = request.form
    acts: Mapping[str, tuple[Callable[[], object], str]] = {
        "proposed": (
            lambda: agendas.add_proposed(session(), visitor, number, set(map(forms.number, sent.getlist("chosen")))),
            text("Ordre du jour complété."),
        ),
        "asked": (
            lambda: agendas.add_asked(session(), visitor, number, sent.get("service", ""), sent.get("note", "")),
            text("Ordre du jour complété."),
        ),
        "remove": (
            lambda: agendas.remove(session(), visitor, number, forms.number(sent.get("service"))),
            text("Service retiré de l'ordre du jour."),
        ),
    }
    return _act(visitor, number, acts)


@area.post("/<slug>/commission/<int:number>/avancement")
@requires(Permission.KEEP_SERVICES)
def move(visitor: Visitor, number: int) -> Answer:
    """Say that a session was held, or seal its minutes."""
    seen = forms.number(request.form.get("seen"))
    acts: Mapping[str, tuple[Callable[[], object], str]] = {
        "hold": (
            lambda: commission.hold(session(), visitor, number, seen, today()),
            text("La séance est tenue : décidez maintenant service par service."),
        ),
        "seal": (lambda: minutes.seal(session(), visitor, number, seen), text("Le procès-verbal est arrêté.")),
    }
    return _act(visitor, number, acts)


@area.get("/<slug>/commission/<int:number>/proces-verbal.<any(odt, pdf):form>")
@requires(Permission.READ)
def paper(visitor: Visitor, number: int, form: str) -> Response:
    """Give the minutes of a session, or their draft, as a document."""
    content = minutes.minutes_file(session(), visitor, number, form)
    return attached(content, MEDIA[form], f"{visitor.organisation.slug}-commission-{number}.{form}")


@area.get("/<slug>/commission/<int:number>/services/<int:place>")
@requires(Permission.READ)
def service(visitor: Visitor, number: int, place: int) -> str:
    """Show the file of a service at a session, and what was decided of it."""
    return _service_page(visitor, number, place)


@area.post("/<slug>/commission/<int:number>/services/<int:place>")
@requires(Permission.KEEP_SERVICES)
def decide(visitor: Visitor, number: int, place: int) -> Answer:
    """Decide of a service, or show the form again; after a conflict it answers the version that is now stored."""
    form = DecisionForm(request.form)
    try:
        is_new = approvals.decide(session(), visitor, number, place, form.draft())
    except Invalid as refused:
        return make_response(_service_page(visitor, number, place, form, refused), status_of(refused))
    flash(text("Décision enregistrée.") if is_new else text("Aucune modification."))
    return redirect(_address(visitor, number))


def _act(visitor: Visitor, number: int, acts: Mapping[str, tuple[Callable[[], object], str]]) -> Answer:
    """Do what the pressed button asks for, or show the session again with why it cannot be."""
    asked = request.form.get("step", "")
    if asked not in acts:
        raise NotFound(asked)
    act, done = acts[asked]
    try:
        act()
    except Invalid as refused:
        return make_response(_page(visitor, number, refused), status_of(refused))
    flash(done)
    return redirect(_address(visitor, number))


def _page(visitor: Visitor, number: int, refused: Invalid | None = None) -> str:
    sheet = commission.sheet(session(), visitor, number)
    waiting = len(sheet.undecided)
    return render_template(
        "screens/commission/session.html",
        sheet=sheet,
        files={one.listed.known.id: one for one in approvals.sheets(session(), visitor, sheet.row)},
        waiting=plural("{n} service attend sa décision.", "{n} services attendent leur décision.", waiting, n=waiting),
        problems=by_field(refused.problems) if refused else {},
        typed=request.form,
        chosen=request.form.getlist("chosen"),
        today=today(),
    )


def _form_page(form: SessionForm, refused: Invalid | None = None, row: CommissionSession | None = None) -> str:
    form.offer()
    return render_template(
        "screens/commission/form.html",
        form=form,
        row=row,
        problems=by_field(refused.problems) if refused else {},
        is_stale=isinstance(refused, Conflict),
    )


def _service_page(
    visitor: Visitor, number: int, place: int, form: DecisionForm | None = None, refused: Invalid | None = None
) -> str:
    sheet = approvals.decision_sheet(session(), visitor, number, place)
    shown = form or DecisionForm(data=forms.stored_decision(sheet))
    shown.offer(sheet)
    if isinstance(refused, Conflict):
        shown.seen.data = str(sheet.seen)
    return render_template(
        "screens/commission/service.html",
        sheet=sheet,
        form=shown,
        problems=by_field(refused.problems) if refused else {},
        is_stale=isinstance(refused, Conflict),
    )


def _address(visitor: Visitor, number: int) -> str:
    return url_for("commission.show", slug=visitor.organisation.slug, number=number)
