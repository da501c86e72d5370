"""One's own account: name, roles, signing out."""

from flask import Blueprint, render_template

from tracker.store.queries import organisations
from tracker.web.platform.database import session
from tracker.web.platform.guards import signed_in
from tracker.web.platform.sign_in import account

area = Blueprint("account", __name__)


@area.get("/compte")
@signed_in
def show() -> str:
    """Show who one is here, and where one has which role."""
    known = account()
    assert known is not None  # noqa: S101 - the guard let somebody in
    return render_template("screens/account/account.html", granted=organisations.granted(session(), known.id))
