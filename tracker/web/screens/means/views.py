"""Means: what the commitments cost in a year, by axis, commitment and line, each tax regime apart."""

from flask import Blueprint, Response, render_template, request

from tracker.domain.errors import NotFound
from tracker.domain.paging import page_count
from tracker.domain.permissions import Permission
from tracker.exports.memberships import means_csv
from tracker.services.means import YearMeans, means
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.files import attached
from tracker.web.platform.guards import requires
from tracker.web.platform.pages import asked_page
from tracker.web.platform.years import written_year

area = Blueprint("means", __name__)
PAGE, COMMITMENTS = 12, 12
"""Lines on a page, and commitments listed; the table to take away has all of them."""


@area.get("/<slug>/moyens")
@requires(Permission.READ)
def show(visitor: Visitor) -> str:
    """Show what the commitments cost in a year."""
    found, page = _found(visitor), asked_page()
    pages = page_count(len(found.costs), PAGE, page)
    return render_template(
        "screens/means/means.html",
        found=found,
        year=found.year if found.year <= today().year else None,
        costs=found.costs[(page - 1) * PAGE : page * PAGE],
        page=page,
        pages=pages,
        listed=found.by_commitment[:COMMITMENTS],
        rest=max(0, len(found.by_commitment) - COMMITMENTS),
    )


@area.get("/<slug>/moyens.csv")
@requires(Permission.READ)
def table(visitor: Visitor) -> Response:
    """Give the lines of a year as CSV, in the accounting codes that were given."""
    found = _found(visitor)
    return attached(means_csv(found.costs), "text/csv", f"{visitor.organisation.slug}-moyens-{found.year}.csv")


def _found(visitor: Visitor) -> YearMeans:
    """Gather the year of ``?annee=``, this year without it.

    Raises:
        NotFound: for what is no year, or one out of reach.
    """
    written = request.args.get("annee", "")
    year = written_year(written) if written else today().year
    if year is None:
        raise NotFound(written)
    return means(session(), visitor, year, today())
