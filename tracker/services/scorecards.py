"""The scorecard of an organisation for a year."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound
from tracker.domain.periods import is_open_year
from tracker.domain.permissions import Permission
from tracker.domain.scorecard import Scorecard, score
from tracker.services.portfolio import Portfolio, portfolio
from tracker.services.records import organisation_record
from tracker.services.visitor import Visitor
from tracker.store.models import Organisation


def scorecard(session: Session, visitor: Visitor, year: int, today: date) -> Scorecard:
    """Judge all commitments of the visitor's organisation for ``year``.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a year that cannot have values.
    """
    return judged(session, visitor, year, today)[1]


def judged(
    session: Session, visitor: Visitor, year: int, today: date, until: datetime | None = None
) -> tuple[Portfolio, Scorecard]:
    """Give the scorecard with the portfolio that it was judged on, for whoever reads more than the verdicts.

    With ``until``, as it stood at that moment; ``today`` is then the day of it.

    Raises:
        Forbidden, NotFound: as `scorecard` does.
    """
    visitor.require(Permission.READ)
    return judged_of(session, visitor.organisation, year, today, until)


def judged_of(
    session: Session, organisation: Organisation, year: int, today: date, until: datetime | None = None
) -> tuple[Portfolio, Scorecard]:
    """Give what `judged` gives, for whoever was let in otherwise: the operator, or the reader of what is published.

    Raises:
        NotFound: for a year that cannot have values.
    """
    if not is_open_year(year, today):
        raise NotFound(year)
    known = portfolio(session, organisation, until=until)
    return known, score(organisation_record(organisation), known.commitments, year, today)
