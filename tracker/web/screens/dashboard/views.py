"""The dashboard: the year in a sentence, the flagship commitments, the axes, the dates."""

from flask import Blueprint, render_template

from tracker.domain.permissions import Permission
from tracker.services.choices import aside
from tracker.services.scorecards import judged
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.guards import requires
from tracker.web.platform.years import asked_year, years_on_offer

area = Blueprint("dashboard", __name__)
DATES_SHOWN = 5


@area.get("/<slug>/")
@requires(Permission.READ)
def show(visitor: Visitor) -> str:
    """Show where the commitments stand for a year."""
    year = asked_year()
    known, card = judged(session(), visitor, year, today())
    voted = [one.commitment.deliberation.adopted_on.year for one in card.cards]
    return render_template(
        "screens/dashboard/dashboard.html",
        scorecard=card,
        year=year,
        years=years_on_offer(min(voted, default=year)),
        overdue=card.overdue(),
        coming=card.coming(),
        shown=DATES_SHOWN,
        is_empty=not known.commitments and not known.figures.sources.typed,
        followed=() if known.commitments else aside(known),
    )
