"""What the operator of an instance writes to files, without an account: the machine's own rights apply."""

from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound
from tracker.domain.vocabulary import Role
from tracker.reports.review import Review
from tracker.services import reviews
from tracker.services.visitor import Visitor
from tracker.store.queries import organisations


def review(session: Session, slug: str, year: int, today: date) -> Review:
    """Gather the review of an organisation's year.

    Raises:
        NotFound: for an organisation that does not exist or a year that cannot have values.
    """
    organisation = organisations.by_slug(session, slug)
    if organisation is None:
        raise NotFound(slug)
    operator = Visitor(0, "", Role.ADMIN, organisation, frozenset())
    return reviews.review(session, operator, year, today)
