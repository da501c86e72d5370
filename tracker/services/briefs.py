"""The brief of an organisation's year."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.domain.errors import Invalid, NotFound
from tracker.reports.brief import Brief
from tracker.reports.brief import brief as gather
from tracker.services.dashboards import campaigns_known, dashboard, fees_to_decide
from tracker.services.visitor import Visitor


def brief(session: Session, visitor: Visitor, year: int, today: date, until: datetime | None = None) -> Brief:
    """Gather the brief of ``year``; with ``until``, as it stood at that moment, whose day is ``today``.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a year that cannot have values, or for a day before the first vote.
    """
    try:
        found = dashboard(session, visitor, year, today, until)
    except Invalid as refused:
        raise NotFound(today) from refused
    campaigns = campaigns_known(session, visitor.organisation, until)
    fees = fees_to_decide(session, visitor, found)
    return gather(found.scorecard, campaigns, fees, is_empty=not found.known.commitments, is_past=until is not None)
