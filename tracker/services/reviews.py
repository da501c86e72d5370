"""The REEN review of an organisation's year."""

from datetime import date

from sqlalchemy.orm import Session

from tracker.config.paths import bundled
from tracker.domain.errors import NotFound
from tracker.domain.periods import is_open_year
from tracker.domain.permissions import Permission
from tracker.domain.scorecard import score
from tracker.importers import duties
from tracker.reports.review import Review
from tracker.reports.review import review as gather
from tracker.services.portfolio import portfolio
from tracker.services.records import organisation_record
from tracker.services.visitor import Visitor
from tracker.store.queries import organisations


def review(session: Session, visitor: Visitor, year: int, today: date) -> Review:
    """Gather the review of ``year``.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a year that cannot have values.
    """
    visitor.require(Permission.READ)
    if not is_open_year(year, today):
        raise NotFound(year)
    known = portfolio(session, visitor.organisation)
    judged = score(organisation_record(visitor.organisation), known.commitments, year, today)
    departments = [row.name for row in organisations.departments(session, visitor.organisation.id)]
    typed = known.figures.sources.typed.values()
    revised = sum(1 for readings in typed if year in readings and readings[year].revision > 1)
    catalogue = {code: known.figures.aim(code) for code in known.figures.rows}
    return gather(judged, duties.read(bundled("seeds") / "duties.yaml"), catalogue, departments, revised)
