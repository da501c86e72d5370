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
from tracker.services import accessibility
from tracker.store.models import Organisation


def given(session: Session, organisation: Organisation, year: int, today: date) -> Sequence[Given]:
    """Give the three values as they were at the end of ``year``, or stand today while it runs."""
    known = accessibility.known(session, organisation)
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
