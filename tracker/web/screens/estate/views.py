"""The register of equipment: the estate in one reading, its lines, one of them with its life and its history."""

from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from tracker.domain.errors import Conflict, Invalid
from tracker.domain.estate import EquipmentState
from tracker.domain.permissions import Permission
from tracker.exports.equipment import equipment_csv
from tracker.labels import estate as words
from tracker.labels import plural, text
from tracker.services import equipment_bulk, equipment_changes, estate
from tracker.services.equipment_bulk import Choice, Weighed
from tracker.services.estate import EstateLine
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.files import streamed
from tracker.web.platform.guards import requires
from tracker.web.platform.pages import asked_page
from tracker.web.platform.refusals import INVALID, by_field, status_of
from tracker.web.screens.estate.forms import BulkForm, EquipmentForm, FilterForm, chosen, stored

area = Blueprint("estate", __name__)
SENTENCES = (
    words.bulk_sentence,
    words.by_state,
    words.chosen_sentence,
    words.count,
    words.equipment_name,
    words.estate_reading,
    words.key_phrase,
    words.known_start_sentence,
    words.lines_sentence,
    words.start_phrase,
    words.start_sentence,
    words.state_sentence,
)


@area.context_processor
def _words() -> dict[str, Any]:
    """Give the templates of the register its own sentences."""
    return {told.__name__: told for told in SENTENCES}


@area.get("/<slug>/parc")
@requires(Permission.READ)
def list_(visitor: Visitor) -> str:
    """Show the estate in one reading, and the lines that answer the filters."""
    form = FilterForm(request.args)
    found = estate.overview(session(), visitor, form.wanted(), asked_page(), today())
    form.offer(found.departments)
    return render_template(
        "screens/estate/list.html",
        found=found,
        form=form,
        is_narrowed=not form.wanted().is_all,
        departments={row.code: row.name for row in found.departments},
        page=asked_page(),
    )


@area.get("/<slug>/parc.csv")
@requires(Permission.READ)
def table(visitor: Visitor) -> Response:
    """Give the lines that answer the filters as a table."""
    listed = estate.everything(session(), visitor, FilterForm(request.args).wanted())
    content = equipment_csv((line.number, line.record) for line in listed)
    return streamed(content, "text/csv", f"{visitor.organisation.slug}-parc.csv")


@area.get("/<slug>/parc/ajout")
@requires(Permission.KEEP_ESTATE)
def new(visitor: Visitor) -> str:
    """Show the form of a new line."""
    return _form_page(visitor, EquipmentForm(data={"quantity": "1", "state": EquipmentState.IN_USE.value}))


@area.post("/<slug>/parc/ajout")
@requires(Permission.KEEP_ESTATE)
def add(visitor: Visitor) -> Answer:
    """Add a line, or show the form again with what is wrong."""
    form = EquipmentForm(request.form)
    try:
        number = equipment_changes.add(session(), visitor, form.draft(), today())
    except Invalid as refused:
        return make_response(_form_page(visitor, form, refused), status_of(refused))
    flash(text("Équipement ajouté."))
    return redirect(url_for("estate.show", slug=visitor.organisation.slug, number=number))


@area.get("/<slug>/parc/modifier")
@requires(Permission.KEEP_ESTATE)
def bulk(visitor: Visitor) -> str:
    """Show the form that changes the lines which the address means."""
    return _bulk_page(visitor, chosen(request.args), BulkForm())


@area.post("/<slug>/parc/modifier")
@requires(Permission.KEEP_ESTATE)
def change(visitor: Visitor) -> Answer:
    """Show what would change, then change it; what was not shown is refused, and shown."""
    choice, form = chosen(request.args), BulkForm(request.form)
    if choice is None:
        return make_response(_bulk_page(visitor, None, form), INVALID)
    draft = form.draft()
    try:
        if request.form.get("step") != "confirm":
            found = equipment_bulk.preview(session(), visitor, choice, draft, today())
            return make_response(_bulk_page(visitor, choice, form, found))
        done = equipment_bulk.apply(session(), visitor, choice, draft, form.shown.data or "", today())
    except Conflict as refused:
        found = equipment_bulk.preview(session(), visitor, choice, draft, today())
        return make_response(_bulk_page(visitor, choice, form, found, refused), status_of(refused))
    except Invalid as refused:
        return make_response(_bulk_page(visitor, choice, form, None, refused), status_of(refused))
    flash(plural("{n} ligne modifiée.", "{n} lignes modifiées.", done, n=words.count(done)))
    return redirect(url_for("estate.list_", slug=visitor.organisation.slug))


def _bulk_page(
    visitor: Visitor,
    choice: Choice | None,
    form: BulkForm,
    found: Weighed | None = None,
    refused: Invalid | None = None,
) -> str:
    """Show what is chosen, what would change of it and the form; without a choice, that there is none."""
    form.offer(estate.departments(session(), visitor))
    lines, pieces = equipment_bulk.chosen(session(), visitor, choice) if choice is not None else (0, 0)
    return render_template(
        "screens/estate/bulk.html",
        form=form,
        found=found,
        lines=lines,
        pieces=pieces,
        problems=by_field(refused.problems) if refused else {},
    )


@area.get("/<slug>/parc/<int:number>/modifier")
@requires(Permission.KEEP_ESTATE)
def edit(visitor: Visitor, number: int) -> str:
    """Show the form that corrects a line."""
    line = estate.sheet(session(), visitor, number).line
    return _form_page(visitor, EquipmentForm(data=stored(line)), line=line)


@area.post("/<slug>/parc/<int:number>/modifier")
@requires(Permission.KEEP_ESTATE)
def correct(visitor: Visitor, number: int) -> Answer:
    """Correct a line, or show the form again; after a conflict it answers the version that is now stored."""
    form = EquipmentForm(request.form)
    try:
        is_new = equipment_changes.correct(session(), visitor, number, form.draft(), today())
    except Invalid as refused:
        line = estate.sheet(session(), visitor, number).line
        if isinstance(refused, Conflict):
            form.seen.data = str(line.version)
        return make_response(_form_page(visitor, form, refused, line), status_of(refused))
    flash(text("Équipement enregistré.") if is_new else text("Aucune modification."))
    return redirect(url_for("estate.show", slug=visitor.organisation.slug, number=number))


def _form_page(
    visitor: Visitor, form: EquipmentForm, refused: Invalid | None = None, line: EstateLine | None = None
) -> str:
    form.offer(estate.departments(session(), visitor))
    return render_template(
        "screens/estate/form.html",
        form=form,
        line=line,
        problems=by_field(refused.problems) if refused else {},
        is_stale=isinstance(refused, Conflict),
    )


@area.get("/<slug>/parc/<int:number>")
@requires(Permission.READ)
def show(visitor: Visitor, number: int) -> str:
    """Show one line: what is known of its life, what its inventory said, what was changed."""
    return render_template("screens/estate/equipment.html", sheet=estate.sheet(session(), visitor, number))
