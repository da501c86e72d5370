"""Digital services and AI in the review of a year, and in a line of the dashboard."""

from datetime import date

from sqlalchemy.orm import Session

from tracker.reports.service_review import ServicesReview
from tracker.services import ai_systems, digital_services, evaluations
from tracker.store.models import Organisation


def service_review(session: Session, organisation: Organisation, year: int, today: date) -> ServicesReview:
    """Gather the services, with their legal state at the end of ``year`` or today while it runs, and the AI systems.

    A system that began later is none of that year; what a register that says today cannot tell stays as it is today.
    """
    day = min(today, date(year, 12, 31))
    views = digital_services.known(session, organisation, day)
    systems = [one.record for one in ai_systems.known(session, organisation)]
    return ServicesReview(
        day,
        [(one.record, one.standing) for one in views],
        sum(one.found is not None for one in evaluations.lines(session, organisation, year, today)),
        [one for one in systems if one.started_on is None or one.started_on <= day],
    )
