"""The scorecard of an organisation for a year."""

from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound
from tracker.domain.periods import is_open_year
from tracker.domain.permissions import Permission
from tracker.domain.scorecard import Scorecard, score
from tracker.services.portfolio import Portfolio, portfolio
from tracker.services.records import organisation_record
from tracker.services.visitor import Visitor


def scorecard(session: Session, visitor: Visitor, year: int, today: date) -> Scorecard:
    """Judge all commitments of the visitor's organisation for ``year``.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a year that cannot have values.
    """
    return judged(session, visitor, year, today)[1]


def judged(session: Session, visitor: Visitor, year: int, today: date) -> tuple[Portfolio, Scorecard]:
    """Give the scorecard with the portfolio that it was judged on, for whoever reads more than the verdicts.

    Raises:
        Forbidden, NotFound: as `scorecard` does.
    """
    visitor.require(Permission.READ)
    if not is_open_year(year, today):
        raise NotFound(year)
    known = portfolio(session, visitor.organisation)
    return known, score(organisation_record(visitor.organisation), known.commitments, year, today)
