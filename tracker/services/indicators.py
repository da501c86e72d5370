"""One indicator of an organisation: what it is, its values, its revisions, the commitments it serves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.charts.series import YearPoint, points
from tracker.domain.errors import NotFound
from tracker.domain.permissions import Permission
from tracker.domain.records import Aim, CommitmentRecord, Reading
from tracker.services.records import commitment_records, reading
from tracker.services.visitor import Visitor
from tracker.store.models import Indicator
from tracker.store.queries import indicators, measurements


@dataclass(frozen=True, slots=True)
class Sheet:
    """An indicator as an organisation uses it. ``aim`` carries the target that is drawn: the first one voted."""

    row: Indicator
    aim: Aim
    commitments: Sequence[tuple[CommitmentRecord, Aim]]
    revisions: Sequence[Reading]
    points: Sequence[YearPoint]


def sheet(session: Session, visitor: Visitor, code: str, today: date) -> Sheet:
    """Gather what there is to say of an indicator.

    Raises:
        Forbidden: without the right to read.
        NotFound: when no commitment of the organisation uses it.
    """
    visitor.require(Permission.READ)
    row = indicators.by_code(session, code)
    if row is None:
        raise NotFound(code)
    served = [
        (commitment, aim)
        for commitment in commitment_records(session, visitor.organisation)
        for aim in commitment.aims
        if aim.indicator.code == code
    ]
    if not served:
        raise NotFound(code)
    drawn = next((aim for _, aim in served if aim.targets), served[0][1])
    last_year = max([today.year - 1, *drawn.readings])
    revisions = [reading(one) for one in measurements.revisions(session, visitor.organisation.id, row.id)]
    return Sheet(row, drawn, served, revisions, points(drawn, last_year))
