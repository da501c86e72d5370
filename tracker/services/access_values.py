"""Values that statements, schemes and complaints give to the indicators of a year: ACC-04, ACC-06 and ACC-07."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from tracker.domain.access_schemes import both_readable
from tracker.domain.complaints import answer_time
from tracker.domain.offers import Given
from tracker.domain.statements import in_force
from tracker.labels import access_values as words
from tracker.services import accessibility, offers
from tracker.services.accessibility import Accessibility
from tracker.services.offers import Offers
from tracker.services.visitor import Visitor


def offered(session: Session, visitor: Visitor, year: int, today: date) -> Offers:
    """Say which values of ``year`` are given, and what would become of each; nothing is written.

    Raises:
        Forbidden: without the right to enter any value.
        NotFound: for a year that cannot have values.
    """
    return offers.offers(
        session, visitor, year, values(accessibility.accessibility(session, visitor), year, today), today
    )


def confirm(session: Session, visitor: Visitor, year: int, shown: str, reason: str, today: date) -> int:
    """Write the values that were shown, as measurements that go their usual way; give how many.

    Raises:
        Forbidden, NotFound: as `offered` does.
        Conflict: when what gives the values, or a stored one, has changed since.
        Invalid: without the reason that a closed campaign asks for.
    """
    given = values(accessibility.accessibility(session, visitor), year, today)
    return offers.confirm(session, visitor, year, given, shown, reason, today)


def values(known: Accessibility, year: int, today: date) -> Sequence[Given]:
    """Give the three values as they were at the end of ``year``, or stand today while it runs."""
    day = min(today, date(year, 12, 31))
    found = in_force(known.services.values(), known.versions, day)
    time = answer_time(known.complaints, year, day)
    readable = both_readable(known.schemes, known.plans, year, day)
    return (
        Given(
            "ACC-04",
            words.SOURCE,
            numerator=Decimal(found.part),
            denominator=Decimal(found.whole),
            coverage=Decimal(100),
            comment=words.statements_comment(day),
        )
        if found.whole
        else Given("ACC-04", withheld=words.no_service()),
        Given(
            "ACC-06",
            words.SOURCE,
            numerator=Decimal(time.days),
            denominator=Decimal(time.answered),
            coverage=time.coverage,
            comment=words.complaints_comment(time),
        )
        if time.answered
        else Given("ACC-06", withheld=words.no_answer(time)),
        Given("ACC-07", words.SOURCE, value=Decimal(int(readable)), comment=words.scheme_comment(day))
        if readable is not None
        else Given("ACC-07", withheld=words.no_scheme()),
    )
