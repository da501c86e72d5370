"""The texts that were voted, and one of them with its commitments."""

from flask import Blueprint, render_template

from tracker.domain.permissions import Permission
from tracker.services import deliberations
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.guards import requires

area = Blueprint("deliberations", __name__)


@area.get("/<slug>/deliberations")
@requires(Permission.READ)
def list_(visitor: Visitor) -> str:
    """Show the organisation's texts."""
    return render_template(
        "screens/deliberations/deliberations.html", texts=deliberations.deliberations(session(), visitor)
    )


@area.get("/<slug>/deliberations/<reference>")
@requires(Permission.READ)
def show(visitor: Visitor, reference: str) -> str:
    """Show one text: what it is, what it refers to, what it commits to."""
    text, cards = deliberations.deliberation(session(), visitor, reference, today())
    return render_template("screens/deliberations/deliberation.html", text=text, cards=cards)
