"""The values that everything around digital services gives to the indicators of a year, and their confirmation."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.domain.errors import Invalid
from tracker.domain.permissions import Permission
from tracker.labels import plural, text
from tracker.services import service_values
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.guards import requires
from tracker.web.platform.refusals import by_field, status_of
from tracker.web.platform.years import years_on_offer

area = Blueprint("service_values", __name__)
EARLIER = 8
"""Years on offer before this one."""


@area.get("/<slug>/services/indicateurs/<int:year>")
@requires(Permission.ENTER_ANY)
def show(visitor: Visitor, year: int) -> Response:
    """Show the values that the registers give to the indicators of a year, and what would become of each."""
    return _page(visitor, year)


@area.post("/<slug>/services/indicateurs/<int:year>")
@requires(Permission.ENTER_ANY)
def confirm(visitor: Visitor, year: int) -> Response:
    """Write the values that were shown, or show them again with what stands against it."""
    shown, reason = (request.form.get(name, "") for name in ("shown", "reason"))
    try:
        count = service_values.confirm(session(), visitor, year, shown, reason, today())
    except Invalid as refused:
        return _page(visitor, year, reason, refused)
    told = plural(
        "{n} valeur enregistrée d'après les registres.",
        "{n} valeurs enregistrées d'après les registres.",
        count,
        n=count,
    )
    flash(told if count else text("Aucune modification."))
    return redirect(url_for("service_values.show", slug=visitor.organisation.slug, year=year))


def _page(visitor: Visitor, year: int, reason: str = "", refused: Invalid | None = None) -> Response:
    page = render_template(
        "screens/service_values/offers.html",
        found=service_values.offered(session(), visitor, year, today()),
        year=year,
        years=years_on_offer(today().year - EARLIER),
        reason=reason,
        problems=by_field(refused.problems) if refused else {},
    )
    return make_response(page, status_of(refused) if refused else 200)
