"""The dashboard that an address asks for: of a year, as things are or stood on a day."""

from tracker.domain.errors import Invalid
from tracker.services.dashboards import Dashboard, dashboard
from tracker.services.visitor import Visitor
from tracker.web.platform.database import session
from tracker.web.platform.vantage import Vantage, asked_vantage
from tracker.web.platform.years import year_seen


def seen(visitor: Visitor) -> tuple[Vantage, Dashboard]:
    """Give the dashboard, and the day that it is of: today where the one asked for cannot be shown, which it says."""
    vantage = asked_vantage()
    try:
        return vantage, _of(visitor, vantage)
    except Invalid as refused:
        vantage = vantage.refused(refused.problems[0])
        return vantage, _of(visitor, vantage)


def _of(visitor: Visitor, vantage: Vantage) -> Dashboard:
    found = dashboard(session(), visitor, year_seen(vantage), vantage.today, vantage.until)
    return found.of_year(year_seen(vantage, found.first_year))
