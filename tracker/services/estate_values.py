"""Values that the estate gives to the indicators of a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound, ProblemCode
from tracker.domain.estate import Destination
from tracker.domain.estate_values import EstateValue, Withheld, mean_age, reuse, reused_inside, share, there
from tracker.domain.offers import Given
from tracker.domain.periods import FIRST_YEAR, last_full_year
from tracker.domain.permissions import Permission
from tracker.labels.lifetimes import SOURCE, value_comment, withheld_sentence
from tracker.services import lifetimes, offers
from tracker.services.lifetimes import EstateLifetimes
from tracker.services.offers import Offers
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor


@dataclass(frozen=True, slots=True)
class EstateOffers(Offers):
    """The values that the estate gives for a year, and the lifetimes that they come from."""

    found: EstateLifetimes


def offered(session: Session, visitor: Visitor, year: int, stock: str, today: date) -> EstateOffers:
    """Say which values of ``year`` the estate gives, and what would become of each; nothing is written.

    ``stock`` is B of the rate of reuse as it was typed, blank when nobody told it.

    Raises:
        Forbidden: without the right to enter any value.
        NotFound: for a year that is not over.
        Invalid: for a stock that is no whole number.
    """
    found, values = _given(session, visitor, year, stock, today)
    return EstateOffers(year, offers.offers(session, visitor, year, values, today).listed, found)


def confirm(session: Session, visitor: Visitor, year: int, stock: str, shown: str, reason: str, today: date) -> int:
    """Write the values that were shown, as measurements that go their usual way; give how many.

    ``shown`` is the mark of the offers that were on the screen, ``reason`` says why a closed campaign is corrected.

    Raises:
        Forbidden, NotFound: as `offered` does.
        Conflict: when the estate or a value has changed since.
        Invalid: for a stock that is no whole number, or without the reason that a closed campaign asks for.
    """
    values = _given(session, visitor, year, stock, today)[1]
    return offers.confirm(session, visitor, year, values, shown, reason, today)


def _given(
    session: Session, visitor: Visitor, year: int, stock: str, today: date
) -> tuple[EstateLifetimes, Sequence[Given]]:
    visitor.require(Permission.ENTER_ANY)
    if not FIRST_YEAR <= year <= last_full_year(today):
        raise NotFound(year)
    told = _stock(stock)
    found = lifetimes.known(session, visitor.organisation, year, year, today)
    return found, [] if found.is_empty else [_worded(one, found) for one in _values(found, told)]


def _stock(text: str) -> int | None:
    """Read B, None when it is blank.

    Raises:
        Invalid: for what is no whole number, or a negative one.
    """
    fields = Typed()
    value = fields.number("stock", text)
    if value is not None and value != value.to_integral_value():
        fields.refuse("stock", ProblemCode.NOT_WHOLE, value=value)
    elif value is not None and value < 0:
        fields.refuse("stock", ProblemCode.BELOW_MINIMUM, value=value, bound=0)
    fields.end()
    return None if value is None else int(value)


def _values(found: EstateLifetimes, stock: int | None) -> Sequence[EstateValue]:
    where = found.destinations
    unknown, exits = where.get(None, 0) + found.unplaced, sum(where.values()) + found.unplaced
    return (
        mean_age("SOB-06", found.computers.at_exit, Withheld.NOTHING_RETIRED),
        mean_age("SOB-07", found.mobiles.at_exit, Withheld.NOTHING_RETIRED),
        mean_age("SOB-09", found.whole.in_service, Withheld.NOTHING_DATED),
        share("SOB-10", found.older),
        reuse("SOB-11", found.sent, stock),
        reused_inside("SOB-12", where.get(Destination.REUSED_INSIDE, 0), unknown, exits),
        EstateValue("SOB-13", withheld=Withheld.UNKNOWN_TAKER),
        there("SOB-31", found.personal),
    )


def _worded(value: EstateValue, found: EstateLifetimes) -> Given:
    return Given(
        value.code,
        SOURCE,
        value.value,
        value.numerator,
        value.denominator,
        value.coverage,
        value_comment(value, found.whole.undated),
        withheld_sentence(value),
    )
