"""What the operator of an instance writes to files, without an account: the machine's own rights apply."""

from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound
from tracker.domain.vocabulary import Role
from tracker.reports.review import Review
from tracker.services import data_files, published, reviews
from tracker.services.data_files import DataFiles
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


def data(session: Session, slug: str, today: date, address: str, *, is_whole: bool) -> DataFiles:
    """Make the files of what an organisation publishes, or, ``is_whole``, of all that its members read.

    Raises:
        NotFound: for an organisation that does not exist, or that never published anything.
    """
    if not is_whole:
        return data_files.public(session, published.find(session, slug, today), address)
    organisation = organisations.by_slug(session, slug)
    if organisation is None:
        raise NotFound(slug)
    return data_files.whole_of(session, organisation, today, address)
