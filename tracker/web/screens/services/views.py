"""The register of digital services: its list, one service with its panels, the form of one, its table."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from tracker.domain.digital_services import Audience, ServiceState
from tracker.domain.errors import Conflict, Invalid
from tracker.domain.periods import last_full_year
from tracker.domain.permissions import Permission
from tracker.exports.services import services_csv
from tracker.labels import services as words
from tracker.labels import text
from tracker.services import digital_services, service_changes
from tracker.services.digital_services import ServiceView
from tracker.services.service_changes import draft_of
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.files import attached
from tracker.web.platform.guards import requires
from tracker.web.platform.pages import asked_page
from tracker.web.platform.panels import PANELS
from tracker.web.platform.refusals import by_field, status_of
from tracker.web.screens.services.forms import FilterForm, ServiceForm

area = Blueprint("services", __name__)
SENTENCES = (
    words.conformity_phrase,
    words.register_sentence,
    words.services_sentence,
    words.share_sentence,
    words.standing_sentences,
)


@area.context_processor
def _words() -> dict[str, Any]:
    """Give the templates of the register its own sentences."""
    return {told.__name__: told for told in SENTENCES}


@area.get("/<slug>/services")
@requires(Permission.READ)
def list_(visitor: Visitor) -> str:
    """Show the services that answer the filters, each with its legal state."""
    form = FilterForm(request.args)
    found = digital_services.overview(session(), visitor, form.wanted(), asked_page(), today())
    form.offer(found.departments)
    return render_template(
        "screens/services/list.html",
        found=found,
        form=form,
        departments={row.code: row.name for row in found.departments},
        page=asked_page(),
        on=today(),
        last_year=last_full_year(today()),
    )


@area.get("/<slug>/services.csv")
@requires(Permission.READ)
def table(visitor: Visitor) -> Response:
    """Give the services that answer the filters as a table."""
    listed = digital_services.listed(session(), visitor, FilterForm(request.args).wanted(), today())
    content = services_csv(((one.record, one.standing) for one in listed), today())
    return attached(content, "text/csv", f"{visitor.organisation.slug}-services-numeriques.csv")


@area.get("/<slug>/services/ajout")
@requires(Permission.KEEP_SERVICES)
def new(visitor: Visitor) -> str:
    """Show the form of a new service."""
    return _form_page(visitor, ServiceForm(data={"audience": Audience.PUBLIC, "state": ServiceState.ONLINE}))


@area.post("/<slug>/services/ajout")
@requires(Permission.KEEP_SERVICES)
def add(visitor: Visitor) -> Answer:
    """Add a service, or show the form again with what is wrong."""
    form = ServiceForm(request.form)
    try:
        number = service_changes.add(session(), visitor, form.draft(), today())
    except Invalid as refused:
        return make_response(_form_page(visitor, form, refused), status_of(refused))
    flash(text("Service numérique ajouté."))
    return redirect(url_for("services.show", slug=visitor.organisation.slug, number=number))


@area.get("/<slug>/services/<int:number>")
@requires(Permission.READ)
def show(visitor: Visitor, number: int) -> str:
    """Show one service: what is known, its legal state, and what each area says of it."""
    found = digital_services.sheet(session(), visitor, number, today())
    gathered = [(panel, panel.gather(session(), visitor, found.view, today())) for panel in PANELS]
    return render_template(
        "screens/services/service.html",
        sheet=found,
        panels=[(panel, told) for panel, told in gathered if told is not None],
        on=today(),
    )


@area.get("/<slug>/services/<int:number>/modifier")
@requires(Permission.KEEP_SERVICES)
def edit(visitor: Visitor, number: int) -> str:
    """Show the form that corrects a service."""
    view = digital_services.sheet(session(), visitor, number, today()).view
    return _form_page(visitor, ServiceForm(data=asdict(draft_of(view.record, view.version))), view=view)


@area.post("/<slug>/services/<int:number>/modifier")
@requires(Permission.KEEP_SERVICES)
def correct(visitor: Visitor, number: int) -> Answer:
    """Correct a service, or show the form again; after a conflict it answers the version that is now stored."""
    form = ServiceForm(request.form)
    try:
        is_new = service_changes.correct(session(), visitor, number, form.draft(), today())
    except Invalid as refused:
        view = digital_services.sheet(session(), visitor, number, today()).view
        if isinstance(refused, Conflict):
            form.seen.data = str(view.version)
        return make_response(_form_page(visitor, form, refused, view), status_of(refused))
    flash(text("Service numérique enregistré.") if is_new else text("Aucune modification."))
    return redirect(url_for("services.show", slug=visitor.organisation.slug, number=number))


def _form_page(
    visitor: Visitor, form: ServiceForm, refused: Invalid | None = None, view: ServiceView | None = None
) -> str:
    form.offer(digital_services.departments(session(), visitor))
    return render_template(
        "screens/services/form.html",
        form=form,
        view=view,
        problems=by_field(refused.problems) if refused else {},
        is_stale=isinstance(refused, Conflict),
    )
