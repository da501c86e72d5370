"""The dashboard: the year in a sentence, the flagship commitments, the axes, the dates."""

from flask import Blueprint, Response, make_response, render_template, request

from tracker.domain.changes import Changes
from tracker.domain.errors import Invalid, Problem
from tracker.domain.permissions import Permission
from tracker.labels.memberships import renewal_title
from tracker.labels.plans import plan_reading
from tracker.labels.services import registers_line
from tracker.services import digital_services, plans
from tracker.services.dashboards import Dashboard, fees_to_decide, out_of_range, upcoming, year_means
from tracker.services.visitor import Visitor
from tracker.web.platform.database import session
from tracker.web.platform.guards import requires
from tracker.web.platform.seen import seen
from tracker.web.platform.years import written_year, years_on_offer

area = Blueprint("dashboard", __name__)
AHEAD = 12
"""Commitments put first; the others are behind the register."""
CHANGES = 6
"""Changes of state told in a table; the others follow in short."""
DATES = 5
ASIDE = 20


@area.get("/<slug>/")
@requires(Permission.READ)
def show(visitor: Visitor) -> Response:
    """Show where the commitments stand for a year, today or on an earlier day, and what another year changes to it."""
    vantage, found = seen(visitor)
    card, fees = found.scorecard, fees_to_decide(session(), visitor, found)
    compared, problem = _compared(found)
    plan = None if vantage.until else plans.in_short(session(), visitor, card.year)
    registers = None if vantage.until else digital_services.in_short(session(), visitor, vantage.today)
    page = render_template(
        "screens/dashboard/dashboard.html",
        registers=registers,
        registers_line=registers_line,
        vantage=vantage,
        scorecard=card,
        year=card.year,
        years=years_on_offer(found.first_year, vantage.today.year),
        flagships=card.flagships[:AHEAD],
        overdue=card.overdue(),
        coming=upcoming(session(), visitor, found, fees)[:DATES],
        late_fees=sum(one.is_past(card.today) for one in fees),
        renewal_title=renewal_title,
        shown=DATES,
        is_empty=found.is_empty,
        followed=() if found.known.commitments else found.aside(),
        followed_shown=ASIDE,
        against=request.args.get("avec", ""),
        compared=compared,
        told=CHANGES,
        problem=problem,
        plan=plan,
        means=year_means(session(), visitor, found, plan),
        plan_reading=plan_reading,
    )
    return make_response(page, 422 if problem or vantage.problem else 200)


def _compared(found: Dashboard) -> tuple[Changes | None, Problem | None]:
    """Compare with the year of ``?avec=``, or say why it cannot be; where nothing is known, nothing is compared."""
    written = request.args.get("avec", "").strip()
    if not written or found.is_empty:
        return None, None
    other = written_year(written)
    if other is None:
        return None, out_of_range(written, found)
    try:
        return found.changes(other), None
    except Invalid as refused:
        return None, refused.problems[0]
