"""Who writes files of an instance from its machine, without an account: the machine's own rights apply."""

from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound
from tracker.domain.vocabulary import Role
from tracker.services import data_files, published
from tracker.services.data_files import DataFiles
from tracker.services.visitor import Visitor
from tracker.store.queries import organisations


def operator(session: Session, slug: str) -> Visitor:
    """Let the operator into an organisation, to read all of it.

    Raises:
        NotFound: for an organisation that does not exist.
    """
    organisation = organisations.by_slug(session, slug) if slug.isprintable() else None
    if organisation is None:
        raise NotFound(slug)
    return Visitor(0, "", Role.ADMIN, organisation, frozenset())


def data(session: Session, slug: str, today: date, address: str, *, is_whole: bool) -> DataFiles:
    """Make the files of what an organisation publishes, or, ``is_whole``, of all that its members read.

    Raises:
        NotFound: for an organisation that does not exist, or that never published anything.
    """
    if not is_whole:
        return data_files.public(session, published.find(session, slug, today), address)
    return data_files.whole_of(session, operator(session, slug).organisation, today, address)
