"""How complete the report of a year is, held against the texts."""

from sqlalchemy.orm import Session

from tracker.reports.completeness import Completeness, complete
from tracker.reports.review import Review
from tracker.services.report_order import order
from tracker.services.report_texts import spoken
from tracker.store.models import Organisation


def completeness(session: Session, organisation: Organisation, review: Review) -> Completeness:
    """Check a review with the words and the order of its organisation."""
    words = spoken(session, organisation, review.year)
    hidden = [one.section for one in order(session, organisation) if one.is_hidden]
    return complete(review, words, hidden)
