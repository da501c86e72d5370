"""The journal: who changed what, when; open to every reader."""

from flask import Blueprint, render_template

from tracker.domain.permissions import Permission
from tracker.services import journal
from tracker.services.visitor import Visitor
from tracker.web.platform.database import session
from tracker.web.platform.guards import requires
from tracker.web.platform.pages import asked_page

area = Blueprint("journal", __name__)


@area.get("/<slug>/journal")
@requires(Permission.READ)
def show(visitor: Visitor) -> str:
    """Show a page of the journal, latest line first."""
    entries, pages = journal.page(session(), visitor, asked_page())
    veiled = journal.veiled(session(), visitor, entries)
    return render_template(
        "screens/journal/journal.html", entries=entries, veiled=veiled, pages=pages, page=asked_page()
    )
