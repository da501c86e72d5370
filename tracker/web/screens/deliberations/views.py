"""The texts that were voted: their register, one of them with its commitments, and the open table of all."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain.permissions import Permission
from tracker.exports import scdl as table
from tracker.importers.deliberations.files import MAX_MEGABYTES
from tracker.labels import plural, text
from tracker.labels.imports import cell_name
from tracker.services import deliberations, scdl
from tracker.services.scdl import Offer
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.files import attached
from tracker.web.platform.folding import MOST_BYTES, folded, sent, unfolded
from tracker.web.platform.guards import requires
from tracker.web.platform.pages import asked_page
from tracker.web.platform.years import written_year

area = Blueprint("deliberations", __name__)
CONFIRM = "confirm"
SHOWN = 50


@area.get("/<slug>/deliberations")
@requires(Permission.READ)
def list_(visitor: Visitor) -> str:
    """Show the organisation's texts, a page at a time, narrowed to a year and a body where they are asked for."""
    year, body, page = written_year(request.args.get("annee", "")), request.args.get("assemblee", ""), asked_page()
    return render_template(
        "screens/deliberations/deliberations.html",
        found=deliberations.texts(session(), visitor, page, year, body),
        asked_year=year,
        body=body,
        page=page,
        limit=MAX_MEGABYTES,
    )


@area.get("/<slug>/deliberations/<reference>")
@requires(Permission.READ)
def show(visitor: Visitor, reference: str) -> str:
    """Show one text: what it decides, what it costs, what it does to others, what it commits to."""
    act = deliberations.deliberation(session(), visitor, reference, today())
    return render_template("screens/deliberations/deliberation.html", act=act, text=act.row)


@area.get("/<slug>/deliberations.csv")
@requires(Permission.READ)
def csv(visitor: Visitor) -> Response:
    """Give every text as the open table (SCDL)."""
    content = table.table(deliberations.published(session(), visitor))
    return attached(content, "text/csv", f"{visitor.organisation.slug}-deliberations.csv")


@area.get("/<slug>/deliberations.json")
@requires(Permission.READ)
def schema(visitor: Visitor) -> Response:
    """Describe the columns of that table."""
    return attached(table.schema(), "application/json", f"{visitor.organisation.slug}-deliberations-schema.json")


@area.post("/<slug>/deliberations/scdl")
@requires(Permission.TAKE_IN)
def take_table(visitor: Visitor) -> AnyResponse:
    """Show what a table of deliberations would add, or add it once that was shown."""
    is_confirmed = request.form.get("step") == CONFIRM
    content = unfolded(request.form.get("shown", "")) if is_confirmed else sent(request.files.get("file"))
    act = scdl.store if is_confirmed else scdl.examine
    found = act(session(), visitor, content, today())
    if found.problems or not is_confirmed:
        return make_response(_table_page(found, content), 422 if found.problems else 200)
    count = len(found.fresh)
    flash(plural("{n} délibération ajoutée.", "{n} délibérations ajoutées.", count, n=count) if count else _nothing())
    return redirect(url_for("deliberations.list_", slug=visitor.organisation.slug))


def _nothing() -> str:
    return text("Rien à ajouter : tout ce que dit ce tableau est déjà au registre.")


def _table_page(found: Offer, content: bytes) -> str:
    return render_template(
        "screens/deliberations/table.html",
        found=found,
        shown=found.fresh[:SHOWN],
        problems=found.problems[:SHOWN],
        folded="" if found.problems or len(content) > MOST_BYTES else folded(content),
        cell_name=cell_name,
        nothing=_nothing(),
    )
