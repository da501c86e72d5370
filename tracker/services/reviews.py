"""The REEN review of an organisation's year."""

from datetime import date

from sqlalchemy.orm import Session

from tracker.config.paths import bundled
from tracker.domain.records import Aim
from tracker.importers import duties
from tracker.reports.review import Review
from tracker.reports.review import review as gather
from tracker.services.records import indicator_record, readings_by_year
from tracker.services.scorecards import scorecard
from tracker.services.visitor import Visitor
from tracker.store.queries import indicators, measurements, organisations


def review(session: Session, visitor: Visitor, year: int, today: date) -> Review:
    """Gather the review of ``year``.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a year that cannot have values.
    """
    judged = scorecard(session, visitor, year, today)
    latest = measurements.latest(session, visitor.organisation.id)
    readings = readings_by_year(latest)
    known = {
        row.code: Aim(indicator_record(row), readings=readings.get(row.id, {}))
        for row in indicators.everything(session)
    }
    departments = [row.name for row in organisations.departments(session, visitor.organisation.id)]
    revised = sum(1 for row in latest if row.year == year and row.revision > 1)
    return gather(judged, duties.read(bundled("seeds") / "duties.yaml"), known, departments, revised)
