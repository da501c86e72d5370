"""Values that everything around digital services gives to the indicators of a year: one list, one confirmation."""

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound
from tracker.domain.offers import Given
from tracker.domain.periods import is_open_year
from tracker.domain.permissions import Permission
from tracker.services import access_values, approval_values, ecodesign_values, offers, register_values, rgaa_values
from tracker.services.offers import Offers
from tracker.services.visitor import Visitor
from tracker.store.models import Organisation

Giver = Callable[[Session, Organisation, int, date], Sequence[Given]]
GIVERS: Sequence[Giver] = (
    register_values.given,
    rgaa_values.given,
    access_values.given,
    approval_values.given,
    ecodesign_values.given,
)
"""What gives values of a year: another area adds its line here. Two never give the same indicator."""


def offered(session: Session, visitor: Visitor, year: int, today: date) -> Offers:
    """Say which values of ``year`` the registers give, and what would become of each; nothing is written.

    Raises:
        Forbidden: without the right to enter any value.
        NotFound: for a year that cannot have values.
    """
    return offers.offers(session, visitor, year, _given(session, visitor, year, today), today)


def confirm(session: Session, visitor: Visitor, year: int, shown: str, reason: str, today: date) -> int:
    """Write the values that were shown, and give how many.

    Raises:
        Forbidden, NotFound: as `offered` does.
        Conflict: when a register or a value has changed since.
        Invalid: without the reason that a closed campaign asks for.
    """
    return offers.confirm(session, visitor, year, _given(session, visitor, year, today), shown, reason, today)


def _given(session: Session, visitor: Visitor, year: int, today: date) -> Sequence[Given]:
    visitor.require(Permission.ENTER_ANY)
    if not is_open_year(year, today):
        raise NotFound(year)
    return [one for give in GIVERS for one in give(session, visitor.organisation, year, today)]
