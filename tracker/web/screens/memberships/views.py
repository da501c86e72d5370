"""The memberships: the years still to decide, each association with its chain of years, the form of a year."""

from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from tracker.domain.errors import Conflict, Invalid
from tracker.domain.memberships import ALERT_DAYS
from tracker.domain.permissions import Permission
from tracker.exports.memberships import memberships_csv
from tracker.exports.odt import ODT
from tracker.labels import memberships as words
from tracker.labels import text
from tracker.services import membership_years, memberships
from tracker.services.renewal_reports import renewal_report
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.files import attached
from tracker.web.platform.guards import requires
from tracker.web.platform.refusals import status_of
from tracker.web.screens.memberships.forms import MembershipForm, YearForm, stored

area = Blueprint("memberships", __name__)
AHEAD = 8
"""Years to decide that are put forward."""


@area.context_processor
def _words() -> dict[str, Any]:
    """Give the templates the sentences of memberships."""
    return {one.__name__: one for one in (words.renewal_sentence, words.renewal_title)}


@area.get("/<slug>/adhesions")
@requires(Permission.READ)
def list_(visitor: Visitor) -> str:
    """Show the memberships and the years still to decide."""
    return _list_page(visitor, MembershipForm(), None)


@area.post("/<slug>/adhesions")
@requires(Permission.TAKE_IN)
def add(visitor: Visitor) -> Answer:
    """Follow an association."""
    form = MembershipForm(request.form)
    try:
        code = memberships.add(session(), visitor, form.draft())
    except Invalid as refused:
        return make_response(_list_page(visitor, form, refused), 422)
    flash(text("Adhésion ajoutée : dites maintenant ce que vous savez de chaque année."))
    return redirect(url_for("memberships.show", slug=visitor.organisation.slug, code=code))


@area.get("/<slug>/adhesions.csv")
@requires(Permission.READ)
def table(visitor: Visitor) -> Response:
    """Give every year of every membership as CSV."""
    found = memberships.overview(session(), visitor, today())
    return attached(memberships_csv(found.listed), "text/csv", f"{visitor.organisation.slug}-adhesions.csv")


@area.get("/<slug>/adhesions/<code>")
@requires(Permission.READ)
def show(visitor: Visitor, code: str) -> str:
    """Show one membership, year by year."""
    found = memberships.sheet(session(), visitor, code, today())
    return render_template("screens/memberships/membership.html", found=found, today=today())


@area.get("/<slug>/adhesions/<code>/<int:year>/rapport.odt")
@requires(Permission.READ)
def report(visitor: Visitor, code: str, year: int) -> Response:
    """Give the draft of the report that proposes the fee of a year."""
    content = renewal_report(session(), visitor, code, year, today())
    return attached(content, ODT, f"{visitor.organisation.slug}-{code}-{year}.odt")


@area.get("/<slug>/adhesions/<code>/<int:year>")
@requires(Permission.TAKE_IN)
def year_(visitor: Visitor, code: str, year: int) -> str:
    """Show the form of a year."""
    return _year_page(visitor, code, year)


@area.post("/<slug>/adhesions/<code>/<int:year>")
@requires(Permission.TAKE_IN)
def record(visitor: Visitor, code: str, year: int) -> Answer:
    """Store what is known of a year, or show the form again with what is wrong."""
    form = YearForm(request.form)
    try:
        is_new = membership_years.record_year(session(), visitor, code, year, form.draft(), today())
    except Invalid as refused:
        return make_response(_year_page(visitor, code, year, form, refused), status_of(refused))
    flash(text("Année {year} enregistrée.", year=year) if is_new else text("Aucune modification."))
    return redirect(url_for("memberships.show", slug=visitor.organisation.slug, code=code))


def _list_page(visitor: Visitor, form: MembershipForm, refused: Invalid | None) -> str:
    found = memberships.overview(session(), visitor, today())
    near = [one for one in found.renewals if one.is_near(today())]
    return render_template(
        "screens/memberships/memberships.html",
        found=found,
        near=near[:AHEAD],
        rest=len(near) - len(near[:AHEAD]),
        alert_days=ALERT_DAYS,
        today=today(),
        form=form,
        problems={one.where: one for one in refused.problems} if refused else {},
    )


def _year_page(
    visitor: Visitor, code: str, year: int, form: YearForm | None = None, refused: Invalid | None = None
) -> str:
    """Show the form as it was sent, or what is known; after a conflict it answers the version that is now stored."""
    sheet = membership_years.year_sheet(session(), visitor, code, year, today())
    shown = form or YearForm(data=stored(sheet))
    shown.offer(sheet)
    if isinstance(refused, Conflict):
        shown.seen.data = str(sheet.seen)
    return render_template(
        "screens/memberships/year.html",
        sheet=sheet,
        form=shown,
        today=today(),
        problems={one.where: one for one in refused.problems} if refused else {},
    )
