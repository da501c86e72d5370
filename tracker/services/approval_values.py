"""What the approval commission gives to the indicators of a year: the releases that it examined before they opened."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from tracker.domain.approvals import examined_releases
from tracker.domain.offers import Given
from tracker.labels import speaking
from tracker.labels.commission import MINUTES, releases_comment, undated_sentence, without_releases_sentence
from tracker.services.commission_files import known_services
from tracker.store.models import Organisation

EXAMINED = "ACC-05"
_TENTH = Decimal("0.1")


def given(session: Session, organisation: Organisation, year: int, today: date) -> Sequence[Given]:
    """Give ACC-05 of ``year``: the releases examined before they opened, over those that are known.

    It covers the services whose opening somebody dated.
    """
    files = [one.file for one in known_services(session, organisation).values()]
    found = examined_releases(files, year, today)
    if not found.releases.whole:
        why = undated_sentence(found.undated) if found.undated.n else without_releases_sentence(year)
        return [Given(EXAMINED, MINUTES, withheld=why)]
    with speaking("fr"):
        comment = releases_comment(found.undated)
    return [
        Given(
            EXAMINED,
            MINUTES,
            numerator=Decimal(found.releases.n),
            denominator=Decimal(found.releases.whole),
            coverage=found.coverage.quantize(_TENTH),
            comment=comment,
        )
    ]
