"""What the ecodesign of the services gives to the indicators of a year."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.ecodesign_values import EcodesignValue, values
from tracker.domain.offers import Given
from tracker.labels.ecodesign import SOURCE, gap_sentence, value_comment
from tracker.services.ecodesign import records, referential
from tracker.store.models import Organisation


def given(session: Session, organisation: Organisation, year: int, today: date) -> Sequence[Given]:
    """Give SOB-25, SOB-26 and SOB-28 of ``year``, each with its value or why it has none."""
    return [_worded(one) for one in values(referential(), records(session, organisation), year, today)]


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
