"""What of a service is not accessible: the list, and the form that adds a content, changes it or says it is mended."""

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from tracker.domain.errors import Conflict, Invalid
from tracker.domain.permissions import Permission
from tracker.labels import commission as words
from tracker.labels import text
from tracker.services import access_gaps
from tracker.services.access_gaps import GapSheet
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.guards import requires
from tracker.web.platform.refusals import by_field, status_of
from tracker.web.screens.access_gaps.forms import GapForm, stored

area = Blueprint("access_gaps", __name__)


@area.context_processor
def _words() -> dict[str, Any]:
    """Give the templates the sentences of gaps."""
    return {"until_phrase": words.until_phrase}


@area.get("/<slug>/services/<int:number>/ecarts")
@requires(Permission.READ)
def list_(visitor: Visitor, number: int) -> str:
    """Show what of a service is not accessible, and what was mended."""
    found = access_gaps.gaps(session(), visitor, number, today())
    return render_template("screens/access_gaps/list.html", found=found, today=today())


@area.get("/<slug>/services/<int:number>/ecarts/ajout")
@requires(Permission.KEEP_SERVICES)
def new(visitor: Visitor, number: int) -> str:
    """Show the form of a new content."""
    return _form_page(visitor, number, GapForm())


@area.post("/<slug>/services/<int:number>/ecarts/ajout")
@requires(Permission.KEEP_SERVICES)
def add(visitor: Visitor, number: int) -> Answer:
    """Add a content, or show the form again with what is wrong."""
    form = GapForm(request.form)
    try:
        access_gaps.add(session(), visitor, number, form.draft(), today())
    except Invalid as refused:
        return make_response(_form_page(visitor, number, form, refused), status_of(refused))
    flash(text("Contenu ajouté."))
    return redirect(url_for("access_gaps.list_", slug=visitor.organisation.slug, number=number))


@area.get("/<slug>/services/<int:number>/ecarts/<int:place>/modifier")
@requires(Permission.KEEP_SERVICES)
def edit(visitor: Visitor, number: int, place: int) -> str:
    """Show the form that changes a content, or says that it was mended."""
    sheet = access_gaps.sheet(session(), visitor, number, place)
    return _form_page(visitor, number, GapForm(data=stored(sheet)), sheet=sheet)


@area.post("/<slug>/services/<int:number>/ecarts/<int:place>/modifier")
@requires(Permission.KEEP_SERVICES)
def change(visitor: Visitor, number: int, place: int) -> Answer:
    """Change a content, or show the form again; after a conflict it answers the version that is now stored."""
    form = GapForm(request.form)
    try:
        is_new = access_gaps.change(session(), visitor, number, place, form.draft(), today())
    except Invalid as refused:
        sheet = access_gaps.sheet(session(), visitor, number, place)
        if isinstance(refused, Conflict):
            form.seen.data = str(sheet.version)
        return make_response(_form_page(visitor, number, form, refused, sheet), status_of(refused))
    flash(text("Contenu enregistré.") if is_new else text("Aucune modification."))
    return redirect(url_for("access_gaps.list_", slug=visitor.organisation.slug, number=number))


def _form_page(
    visitor: Visitor, number: int, form: GapForm, refused: Invalid | None = None, sheet: GapSheet | None = None
) -> str:
    form.offer()
    return render_template(
        "screens/access_gaps/form.html",
        service=access_gaps.gaps(session(), visitor, number, today()).service,
        form=form,
        sheet=sheet,
        problems=by_field(refused.problems) if refused else {},
        is_stale=isinstance(refused, Conflict),
    )
