"""The organisations that one may read, and a sign that the service is alive."""

from flask import Blueprint, Response, jsonify, render_template

from tracker.services import published
from tracker.store.queries import organisations as rows
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.guards import everyone
from tracker.web.platform.sign_in import account

area = Blueprint("home", __name__)
LISTED = 20


@area.get("/")
@everyone
def organisations() -> str:
    """Show the organisations of the account; to a stranger, what the product is and who publishes something."""
    known = account()
    granted = rows.granted(session(), known.id) if known else []
    shown = [] if known else published.listed(session(), today())
    return render_template("screens/home/organisations.html", granted=granted, shown=shown[:LISTED])


@area.get("/healthz")
@everyone
def health() -> Response:
    """Say that the service answers and reaches its database."""
    rows.by_slug(session(), "")
    return jsonify(status="ok")
