"""The complaints about accessibility: those that wait first, how long the answers took, the form of one."""

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from tracker.domain.complaints import Complaint, answer_time
from tracker.domain.errors import Conflict, Invalid
from tracker.domain.paging import page_count
from tracker.domain.permissions import Permission
from tracker.labels import complaints as words
from tracker.labels import text
from tracker.services import accessibility, complaints
from tracker.services.accessibility import find_complaint
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.guards import requires
from tracker.web.platform.pages import asked_page
from tracker.web.platform.refusals import by_field, status_of
from tracker.web.screens.complaints.forms import ComplaintForm, stored

area = Blueprint("complaints", __name__)
PAGE = 20


@area.context_processor
def _words() -> dict[str, Any]:
    """Give the templates the sentences of complaints."""
    return {"complaint_sentence": words.complaint_sentence}


@area.get("/<slug>/services/reclamations")
@requires(Permission.READ)
def list_(visitor: Visitor) -> str:
    """Show the complaints, those without an answer first."""
    found = accessibility.accessibility(session(), visitor)
    listed = sorted(found.complaints, key=lambda one: one.answered_on is not None)
    page = asked_page()
    pages = page_count(len(listed), PAGE, page)
    return render_template(
        "screens/complaints/complaints.html",
        found=found,
        listed=listed[(page - 1) * PAGE : page * PAGE],
        time=answer_time(found.complaints, today().year, today()),
        page=page,
        pages=pages,
        today=today(),
    )


@area.get("/<slug>/services/reclamations/ajout")
@requires(Permission.KEEP_SERVICES)
def new(visitor: Visitor) -> str:
    """Show the form of a new complaint."""
    return _form_page(visitor, ComplaintForm(), None)


@area.post("/<slug>/services/reclamations/ajout")
@requires(Permission.KEEP_SERVICES)
def add(visitor: Visitor) -> Answer:
    """Record a complaint, or show the form again with what is wrong."""
    return _write(visitor, None)


@area.get("/<slug>/services/reclamations/<int:number>")
@requires(Permission.READ)
def show(visitor: Visitor, number: int) -> str:
    """Show one complaint, with its form to whoever may answer it."""
    one = find_complaint(accessibility.accessibility(session(), visitor), number)
    return _form_page(visitor, ComplaintForm(data=stored(one)), one)


@area.post("/<slug>/services/reclamations/<int:number>")
@requires(Permission.KEEP_SERVICES)
def change(visitor: Visitor, number: int) -> Answer:
    """Change a complaint, or show the form again; after a conflict it answers the version that is now stored."""
    return _write(visitor, number)


def _write(visitor: Visitor, number: int | None) -> Answer:
    form = ComplaintForm(request.form)
    try:
        is_new = complaints.write(session(), visitor, number, form.draft(), today())
    except Invalid as refused:
        found = accessibility.accessibility(session(), visitor)
        one = None if number is None else find_complaint(found, number)
        if one is not None and isinstance(refused, Conflict):
            form.seen.data = str(one.version)
        return make_response(_form_page(visitor, form, one, refused), status_of(refused))
    flash(text("Réclamation enregistrée.") if is_new else text("Aucune modification."))
    return redirect(url_for("complaints.list_", slug=visitor.organisation.slug))


def _form_page(visitor: Visitor, form: ComplaintForm, one: Complaint | None, refused: Invalid | None = None) -> str:
    found = accessibility.accessibility(session(), visitor)
    form.offer(stated.record for stated in found.services.values())
    return render_template(
        "screens/complaints/complaint.html",
        found=found,
        form=form,
        one=one,
        problems=by_field(refused.problems) if refused else {},
        is_stale=isinstance(refused, Conflict),
        today=today(),
    )
