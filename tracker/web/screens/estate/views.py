"""The register of equipment: the estate in one reading, its lines, one of them with its life and its history."""

from typing import Any

from flask import Blueprint, Response, render_template, request

from tracker.domain.permissions import Permission
from tracker.exports.equipment import equipment_csv
from tracker.labels import estate as words
from tracker.services import estate
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.files import streamed
from tracker.web.platform.guards import requires
from tracker.web.platform.pages import asked_page
from tracker.web.screens.estate.forms import FilterForm

area = Blueprint("estate", __name__)
SENTENCES = (
    words.by_state,
    words.count,
    words.equipment_name,
    words.estate_reading,
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


@area.get("/<slug>/parc/<int:number>")
@requires(Permission.READ)
def show(visitor: Visitor, number: int) -> str:
    """Show one line: what is known of its life, what its inventory said, what was changed."""
    return render_template("screens/estate/equipment.html", sheet=estate.sheet(session(), visitor, number))
