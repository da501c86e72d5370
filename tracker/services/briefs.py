"""The brief of an organisation's year."""

from datetime import date

from sqlalchemy.orm import Session

from tracker.reports.brief import Brief
from tracker.reports.brief import brief as gather
from tracker.services.dashboards import campaigns_known
from tracker.services.scorecards import judged
from tracker.services.visitor import Visitor


def brief(session: Session, visitor: Visitor, year: int, today: date) -> Brief:
    """Gather the brief of ``year``.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a year that cannot have values.
    """
    known, scorecard = judged(session, visitor, year, today)
    campaigns = campaigns_known(session, visitor.organisation)
    return gather(scorecard, campaigns, is_empty=not known.commitments)
