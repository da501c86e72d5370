"""Accessibility in the review of a year."""

from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.complaints import answer_time
from tracker.domain.statements import in_force
from tracker.reports.access_review import AccessReview
from tracker.services import accessibility
from tracker.store.models import Organisation


def access_review(session: Session, organisation: Organisation, year: int, today: date) -> AccessReview:
    """Gather what is known of accessibility at the end of ``year``, or today while it runs."""
    day = min(today, date(year, 12, 31))
    known = accessibility.known(session, organisation)
    plan = known.plans.get(year)
    came = [one for one in known.complaints if one.received_on.year == year and one.received_on <= day]
    return AccessReview(
        day=day,
        statements=in_force(known.services.values(), known.versions, day),
        scheme=known.scheme(day),
        plan=plan,
        lacks=known.lacks(plan) if plan is not None else (),
        complaints=answer_time(came, year, day),
        late=sum(one.is_late(day) for one in came),
    )
