"""Two years of an organisation's indicators side by side, an axis at a time, or all of them as a table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.comparison import Compared, Direction, compare
from tracker.domain.errors import Invalid, NotFound, Problem, ProblemCode
from tracker.domain.paging import page_count
from tracker.domain.periods import is_open_year
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import Axis, Collection
from tracker.services.portfolio import portfolio
from tracker.services.visitor import Visitor

PAGE = 20


@dataclass(frozen=True, slots=True)
class Comparison:
    """A page of the indicators of ``axis``, the earlier year first, and how many of that axis went which way.

    ``axes`` are those that have indicators; ``first_year`` is the first one with a value.
    """

    earlier: int
    later: int
    axis: Axis | None
    axes: Sequence[Axis]
    rows: Sequence[Compared]
    counts: Mapping[Direction, int]
    pages: int
    first_year: int


def whole(session: Session, visitor: Visitor, years: tuple[int, int], today: date) -> Sequence[Compared]:
    """Compare two years of every indicator of the organisation that has yearly values, in the catalogue's order.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a year that cannot have values.
        Invalid: for the same year twice.
    """
    visitor.require(Permission.READ)
    for year in years:
        if not is_open_year(year, today):
            raise NotFound(year)
    if years[0] == years[1]:
        raise Invalid(Problem("later", ProblemCode.SAME_YEAR_TWICE))
    aims = portfolio(session, visitor.organisation).aims().values()
    told = [aim for aim in aims if aim.indicator.collection is not Collection.FINDING]
    return compare(told, min(years), max(years))


def comparison(
    session: Session, visitor: Visitor, years: tuple[int, int], axis: Axis | None, page: int, today: date
) -> Comparison:
    """Give page ``page`` (from 1) of the comparison of two years for ``axis``, the first one with indicators if None.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a year that cannot have values, or a page that does not exist.
        Invalid: for the same year twice.
    """
    found = whole(session, visitor, years, today)
    axes = [one for one in Axis if any(row.aim.indicator.axis is one for row in found)]
    asked = axis or (axes[0] if axes else None)
    rows = [row for row in found if row.aim.indicator.axis is asked]
    pages = page_count(len(rows), PAGE, page)
    counted = Counter(row.direction for row in rows)
    return Comparison(
        earlier=min(years),
        later=max(years),
        axis=asked,
        axes=axes,
        rows=rows[(page - 1) * PAGE : page * PAGE],
        counts={one: counted[one] for one in Direction if counted[one]},
        pages=pages,
        first_year=min((row.aim.known[0].year for row in found if row.aim.known), default=min(years)),
    )
