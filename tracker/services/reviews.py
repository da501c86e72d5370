"""The REEN review of an organisation's year."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.config.paths import bundled
from tracker.domain.ecodesign_records import EcodesignLine, line
from tracker.domain.ecodesign_values import last_day
from tracker.domain.memberships import standings
from tracker.importers import duties
from tracker.reports.review import EstateReview, Resources, Review
from tracker.reports.review import review as gather
from tracker.services import ecodesign, lifetimes, memberships
from tracker.services.access_reviews import access_review
from tracker.services.approval_reviews import approval_review
from tracker.services.carbon import published
from tracker.services.means import costs
from tracker.services.planned import plan_records
from tracker.services.scorecards import judged
from tracker.services.service_reviews import service_review
from tracker.services.trace_reviews import trace_review
from tracker.services.visitor import Visitor
from tracker.store.queries import organisations


def review(session: Session, visitor: Visitor, year: int, today: date, until: datetime | None = None) -> Review:
    """Gather the review of ``year``; with ``until``, its commitments and figures are those of that moment.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a year that cannot have values.
    """
    known, scorecard = judged(session, visitor, year, today, until)
    departments = [row.name for row in organisations.departments(session, visitor.organisation.id)]
    typed = known.figures.sources.typed.values()
    revised = sum(1 for readings in typed if year in readings and readings[year].revision > 1)
    owed = duties.read(bundled("seeds") / "duties.yaml")
    shown = {duty.indicator: known.figures.aim(duty.indicator) for duty in owed if duty.indicator in known.figures.rows}
    home = visitor.organisation
    resources = Resources(
        [cost for cost in costs(session, home, known, today) if cost.year == year],
        [(one, standings(one, today)) for one in memberships.known(session, home, known)],
        plan_records(session, home.id, {year, year + 1}),
        published(session, home, year).get(year),
        _estate(session, visitor, year, today),
        approval_review(session, home, year, today),
        service_review(session, home, year, today),
        access=access_review(session, home, year, today),
        ecodesign=_ecodesign(session, visitor, year, today),
        traces=trace_review(session, home, year, known.figures.sources.typed.items()),
    )
    return gather(scorecard, owed, shown, departments, revised, resources)


def _estate(session: Session, visitor: Visitor, year: int, today: date) -> EstateReview:
    found = lifetimes.of_year(session, visitor, year, today)
    return EstateReview(found.categories, found.whole, found.pyramid)


def _ecodesign(session: Session, visitor: Visitor, year: int, today: date) -> Sequence[EcodesignLine]:
    day = last_day(year, today)
    known = ecodesign.records(session, visitor.organisation)
    return [line(ecodesign.referential(), one, day) for one in known if one.service.is_online(day)]
