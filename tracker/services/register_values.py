"""What the registers of AI systems, of evaluations and of mediation places give to the indicators of a year."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.offers import Given
from tracker.domain.periods import last_full_year
from tracker.domain.register_values import (
    SCALE,
    Counted,
    classified,
    disclosed,
    helped,
    published,
    reviewed,
    satisfaction,
)
from tracker.labels.register_values import EVALUATIONS, PLACES, REGISTER, count_comment, lacking_sentence, past_sentence
from tracker.services import ai_systems, evaluations, mediation
from tracker.store.models import Organisation


def given(session: Session, organisation: Organisation, year: int, today: date) -> Sequence[Given]:
    """Give ETH-01 to ETH-04, ACC-11 and ACC-13 of ``year``, each with its value or why it has none.

    The register of AI systems says how things are today: it speaks for this year and the last one over, no other.
    """
    counts = [one.people for one in mediation.known(session, organisation, year) if _counts(one)]
    return [
        *_of_systems(session, organisation, year, today),
        _score(session, organisation, year, today),
        _worded(helped(counts), PLACES),
    ]


def _of_systems(session: Session, organisation: Organisation, year: int, today: date) -> Iterator[Given]:
    systems = [one.record for one in ai_systems.known(session, organisation)]
    day = min(today, date(year, 12, 31))
    for count in (classified, reviewed, published, disclosed):
        found = count(systems, day)
        if year < last_full_year(today):
            yield Given(found.code, REGISTER, withheld=past_sentence(year))
        else:
            yield _worded(found, REGISTER)


def _score(session: Session, organisation: Organisation, year: int, today: date) -> Given:
    listed = evaluations.lines(session, organisation, year, today)
    told = [one.found.counted for one in listed if one.found is not None]
    aside = sum(one.score is not None and (one.low, one.high) != SCALE for one in told)
    return _worded(satisfaction(told, len(listed)), EVALUATIONS, aside)


def _counts(one: mediation.PlaceView) -> bool:
    """Tell whether a place is waited for: one that has closed counts only where it told something."""
    return one.record.is_open or one.people is not None


def _worded(found: Counted, source: str, aside: int = 0) -> Given:
    if found.lacking is not None:
        return Given(found.code, source, withheld=lacking_sentence(found))
    return Given(
        found.code,
        source,
        found.value,
        found.numerator,
        found.denominator,
        found.coverage,
        count_comment(found, aside),
    )
