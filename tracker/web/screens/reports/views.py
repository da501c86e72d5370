"""The REEN review: a page to read and print, and the same as a table."""

from flask import Blueprint, Response, render_template

from tracker.domain.permissions import Permission
from tracker.reports import table as report_table
from tracker.services.reviews import review
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.files import attached
from tracker.web.platform.guards import requires
from tracker.web.platform.years import years_on_offer

area = Blueprint("reports", __name__)


@area.get("/<slug>/rapport/<int:year>")
@requires(Permission.READ)
def show(visitor: Visitor, year: int) -> str:
    """Show the review of a year."""
    found = review(session(), visitor, year, today())
    voted = [card.commitment.deliberation.adopted_on.year for card in found.cards]
    return render_template(
        "screens/reports/report.html",
        review=found,
        year=year,
        years=years_on_offer(min(voted, default=year)),
    )


@area.get("/<slug>/rapport/<int:year>.csv")
@requires(Permission.READ)
def table(visitor: Visitor, year: int) -> Response:
    """Give the review as CSV."""
    found = review(session(), visitor, year, today())
    return attached(report_table.csv(found), "text/csv", f"{visitor.organisation.slug}-rapport-{year}.csv")
