"""Digital services taken in from a table: the form that sends it, what it would change, its confirmation."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.domain.permissions import Permission
from tracker.importers.services import HEADINGS
from tracker.labels import plural, text
from tracker.labels.imports import cell_name
from tracker.labels.journal import FIELDS
from tracker.services import service_imports
from tracker.services.service_imports import ServiceOffer
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.folding import MOST_BYTES, folded, sent, unfolded
from tracker.web.platform.guards import requires
from tracker.web.platform.refusals import INVALID

area = Blueprint("service_imports", __name__)
SHOWN = 20
CONFLICT = 409


@area.get("/<slug>/services/import")
@requires(Permission.KEEP_SERVICES)
def show(visitor: Visitor) -> str:  # noqa: ARG001 - the guard hands it over
    """Show the form that sends a table, and the headings that are understood."""
    return _page(None, b"")


@area.post("/<slug>/services/import")
@requires(Permission.KEEP_SERVICES)
def take(visitor: Visitor) -> Response:
    """Show what a table would change or, once that was shown, change it."""
    if request.form.get("step") != "confirm":
        content = sent(request.files.get("file"))
        found = service_imports.examine(session(), visitor, content, today())
        return make_response(_page(found, content), INVALID if found.problems else 200)
    content = unfolded(request.form.get("shown", ""))
    found = service_imports.store(session(), visitor, content, request.form.get("mark", ""), today())
    if found.problems or found.is_stale:
        return make_response(_page(found, content), CONFLICT if found.is_stale else INVALID)
    count = len(found.fresh) + len(found.changed)
    told = plural("{n} service numérique enregistré.", "{n} services numériques enregistrés.", count, n=count)
    flash(told if count else text("Aucune modification."))
    return redirect(url_for("services.list_", slug=visitor.organisation.slug))


def _page(found: ServiceOffer | None, content: bytes) -> str:
    return render_template(
        "screens/service_imports/import.html",
        found=found,
        problems=found.problems[:SHOWN] if found else (),
        shown=SHOWN,
        folded="" if found is None or found.problems or len(content) > MOST_BYTES else folded(content),
        headings=[names[0] for names in HEADINGS.values()],
        field_name=lambda name: text(FIELDS[name]),
        cell_name=cell_name,
    )
