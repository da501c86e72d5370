"""The texts that an organisation voted."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound
from tracker.domain.permissions import Permission
from tracker.domain.scorecard import Card
from tracker.services.scorecards import scorecard
from tracker.services.visitor import Visitor
from tracker.store.models import Deliberation
from tracker.store.queries import commitments


def deliberations(session: Session, visitor: Visitor) -> Sequence[Deliberation]:
    """List the texts of the organisation, oldest first."""
    visitor.require(Permission.READ)
    return commitments.deliberations(session, visitor.organisation.id)


def deliberation(
    session: Session, visitor: Visitor, reference: str, today: date
) -> tuple[Deliberation, Sequence[Card]]:
    """Give one text and its commitments, judged for the year of ``today``.

    Raises:
        NotFound: when the organisation has no such text.
    """
    for row in deliberations(session, visitor):
        if row.reference == reference:
            judged = scorecard(session, visitor, today.year, today)
            own = [card for card in judged.cards if card.commitment.deliberation.reference == reference]
            return row, own
    raise NotFound(reference)
