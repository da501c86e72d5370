"""Values that the ecodesign of the services gives to the indicators of a year."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.ecodesign_values import EcodesignValue, values
from tracker.domain.offers import Given
from tracker.domain.permissions import Permission
from tracker.labels.ecodesign import SOURCE, gap_sentence, value_comment
from tracker.services import ecodesign, offers
from tracker.services.offers import Offers
from tracker.services.visitor import Visitor


def offered(session: Session, visitor: Visitor, year: int, today: date) -> Offers:
    """Say which values of ``year`` the services give, and what would become of each; nothing is written.

    Raises:
        Forbidden: without the right to enter any value.
        NotFound: for a year that cannot have values.
    """
    return offers.offers(session, visitor, year, _given(session, visitor, year, today), today)


def confirm(session: Session, visitor: Visitor, year: int, shown: str, reason: str, today: date) -> int:
    """Write the values that were shown, as measurements that go their usual way; give how many.

    Raises:
        Forbidden, NotFound: as `offered` does.
        Conflict: when a service or a stored value has changed since.
        Invalid: without the reason that a closed campaign asks for.
    """
    return offers.confirm(session, visitor, year, _given(session, visitor, year, today), shown, reason, today)


def _given(session: Session, visitor: Visitor, year: int, today: date) -> Sequence[Given]:
    visitor.require(Permission.ENTER_ANY)
    known = ecodesign.records(session, visitor.organisation)
    return [_worded(one) for one in values(ecodesign.referential(), known, year, today)]


def _worded(value: EcodesignValue) -> Given:
    return Given(
        value.code,
        SOURCE,
        value.value,
        value.numerator,
        value.denominator,
        value.coverage,
        "" if value.gap else value_comment(value),
        gap_sentence(value),
    )
