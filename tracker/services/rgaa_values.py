"""What the audits give to the indicators of a year, as things stood on its last day, or stand today."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.offers import Given
from tracker.domain.rgaa_values import AuditedShare, fully_compliant, mean_rate, partly_compliant
from tracker.labels.rgaa_values import AUDITS, audited_comment, lacking_sentence
from tracker.services import digital_services
from tracker.store.models import Organisation


def given(session: Session, organisation: Organisation, year: int, today: date) -> Sequence[Given]:
    """Give ACC-01 to ACC-03 of ``year``, each with its value or why it has none."""
    day = min(today, date(year, 12, 31))
    known = digital_services.known(session, organisation, day)
    online = [(one.record, one.standing) for one in known if one.record.is_online(day)]
    return [_worded(found(online)) for found in (mean_rate, partly_compliant, fully_compliant)]


def _worded(found: AuditedShare) -> Given:
    if found.lacking is not None:
        return Given(found.code, AUDITS, withheld=lacking_sentence(found.lacking))
    return Given(
        found.code,
        AUDITS,
        numerator=found.numerator,
        denominator=found.denominator,
        coverage=found.coverage,
        comment=audited_comment(found),
    )
