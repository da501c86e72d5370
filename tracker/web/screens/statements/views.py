"""The accessibility statement of a service: read before it is published, taken away as a file, told once online."""

from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from tracker.domain.errors import Conflict, Invalid
from tracker.domain.permissions import Permission
from tracker.domain.statements import NEEDS
from tracker.exports.odt import ODT
from tracker.exports.paper import legible
from tracker.labels import statements as words
from tracker.labels import text
from tracker.reports.paper_html import HTML, block_kind, linked
from tracker.reports.statement_paper import statement_paper
from tracker.services import statements
from tracker.services.statements import StatementSheet
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.files import attached
from tracker.web.platform.guards import requires
from tracker.web.platform.refusals import INVALID, by_field, status_of
from tracker.web.screens.statements.forms import PublicationForm, stored

area = Blueprint("statements", __name__)
area.add_app_template_filter(linked, "linked")
area.add_app_template_filter(legible, "legible")
area.add_app_template_filter(block_kind, "kind")
MEDIA = {"html": HTML, "odt": ODT}


@area.context_processor
def _words() -> dict[str, Any]:
    """Give the templates the sentences of statements."""
    return {one.__name__: one for one in (words.state_sentence, words.mend_address, words.publication_sentence)}


@area.get("/<slug>/services/<int:number>/declaration")
@requires(Permission.READ)
def show(visitor: Visitor, number: int) -> str:
    """Show the statement as it would be made today, or what it lacks."""
    return _page(statements.sheet(session(), visitor, number, today()))


@area.get("/<slug>/services/<int:number>/declaration.<any(html, odt):form>")
@requires(Permission.READ)
def paper(visitor: Visitor, number: int, form: str) -> Answer:
    """Give the statement as a file; refused with the list of what it lacks."""
    found = statements.sheet(session(), visitor, number, today())
    try:
        content = statements.statement_file(found, form)
    except Invalid:
        return make_response(_page(found, is_refused=True), INVALID)
    return _file(visitor, found, content, form)


def _file(visitor: Visitor, found: StatementSheet, content: bytes, form: str) -> Response:
    name = f"{visitor.organisation.slug}-declaration-accessibilite-{found.record.number}.{form}"
    return attached(content, MEDIA[form], name)


@area.post("/<slug>/services/<int:number>/declaration")
@requires(Permission.KEEP_SERVICES)
def publish(visitor: Visitor, number: int) -> Answer:
    """Tell that the statement is online, or show the form again with what is wrong."""
    form = PublicationForm(request.form)
    try:
        is_new = statements.publish(session(), visitor, number, form.draft(), today())
    except Invalid as refused:
        found = statements.sheet(session(), visitor, number, today())
        if isinstance(refused, Conflict):
            form.seen.data = str(found.seen)
        return make_response(_page(found, form, refused), status_of(refused))
    flash(text("Publication enregistrée.") if is_new else text("Aucune modification."))
    return redirect(url_for("statements.show", slug=visitor.organisation.slug, number=number))


def _page(
    found: StatementSheet,
    form: PublicationForm | None = None,
    refused: Invalid | None = None,
    *,
    is_refused: bool = False,
) -> str:
    told = None if found.missing else statement_paper(found.statement, is_fictional=found.is_fictional)
    return render_template(
        "screens/statements/statement.html",
        found=found,
        paper=told,
        lacks=[(field, NEEDS[field].mend) for field in found.missing],
        form=form or PublicationForm(data=stored(found)),
        problems=by_field(refused.problems) if refused else {},
        is_stale=isinstance(refused, Conflict),
        is_refused=is_refused,
        today=today(),
    )
