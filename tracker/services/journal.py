"""The journal: one line in the transaction of each change, and its reading."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from tracker.domain.journal_actions import JournalAction
from tracker.domain.paging import page_count
from tracker.domain.permissions import Permission
from tracker.services.visitor import Visitor
from tracker.store.models import JournalEntry
from tracker.store.queries import campaigns, journal

PAGE = 25
SUBJECT = 80
"""Characters that the subject of a line holds."""
PREPARING = frozenset(
    {
        JournalAction.VALUE_RECORDED,
        JournalAction.VALUE_CORRECTED,
        JournalAction.VALUE_WITHDRAWN,
        JournalAction.VALUE_RETURNED,
    }
)
"""What is told of values on their way to validation."""
NAMING = frozenset(
    {
        JournalAction.REMINDERS_SENT,
        JournalAction.ASSIGNMENT_CHANGED,
        JournalAction.VALUE_REOPENED,
        JournalAction.DIGESTS_SENT,
        JournalAction.REMIT_SENT,
    }
)
"""What tells by name who is late, or who does what: between those people and whoever runs the campaign."""
PERSONAL = frozenset(
    {
        JournalAction.COMMITMENT_FOLLOWED,
        JournalAction.COMMITMENT_LEFT,
        JournalAction.DIGEST_CHOSEN,
        JournalAction.CALENDAR_OPENED,
        JournalAction.CALENDAR_CLOSED,
    }
)
"""What a person does for themself alone: that it was done is told, who did it is for whoever runs the campaign."""


class Veil(StrEnum):
    """Why the words of a line are kept from a visitor: a value that is being prepared, names of persons, its author."""

    PREPARING = "preparing"
    NAMES = "names"
    AUTHOR = "author"


def write(
    session: Session,
    action: JournalAction,
    *,
    organisation_id: int | None,
    actor: str,
    subject: str,
    year: int | None = None,
    before: str = "",
    after: str = "",
    comment: str = "",
    at: datetime | None = None,
) -> None:
    """Add a line about ``subject`` to the journal; it lives or dies with the caller's transaction.

    It is dated of the present moment, or of ``at``: that of the rows that it tells of, or of an invented past.
    """
    session.add(
        JournalEntry(
            organisation_id=organisation_id,
            at=at or datetime.now(UTC),
            actor=actor,
            action=action,
            subject=subject,
            year=year,
            before=before,
            after=after,
            comment=comment,
        )
    )


def trace(session: Session, organisation_id: int) -> tuple[int, int]:
    """Give what is not the same once anything changed for an organisation: each change writes its line here."""
    return journal.trace(session, organisation_id)


def page(session: Session, visitor: Visitor, number: int) -> tuple[Sequence[JournalEntry], int]:
    """Give page ``number`` (from 1) of the organisation's journal, latest first, and how many pages there are.

    Raises:
        NotFound: for a page that does not exist.
    """
    visitor.require(Permission.READ)
    pages = page_count(journal.count(session, visitor.organisation.id), PAGE, number)
    rows = journal.page(session, visitor.organisation.id, skip=(number - 1) * PAGE, limit=PAGE)
    return rows, pages


def veiled(session: Session, visitor: Visitor, entries: Sequence[JournalEntry]) -> Mapping[int, Veil]:
    """Give the numbers of the lines whose figures and words the visitor does not see, each with the reason.

    Whoever enters nothing learns that a value was typed, not which, while the campaign of its year is open: a figure is
    theirs to read once it is validated, and its whole story once the campaign is closed. Who was reminded, who holds
    what and who follows what stays with whoever runs the campaign.
    """
    found: dict[int, Veil] = {}
    if not visitor.may(Permission.RUN_CAMPAIGN):
        found |= {one.id: Veil.NAMES for one in entries if one.action in NAMING}
        found |= {one.id: Veil.AUTHOR for one in entries if one.action in PERSONAL}
    if not visitor.may(Permission.ENTER_ASSIGNED):
        found |= {one.id: Veil.PREPARING for one in _preparing(session, visitor, entries)}
    return found


def _preparing(session: Session, visitor: Visitor, entries: Sequence[JournalEntry]) -> Sequence[JournalEntry]:
    """List the lines about values whose campaign is open, and which were written since it was opened."""
    rows = campaigns.of_organisation(session, visitor.organisation.id)
    opened = {row.year: row.opened_at for row in rows if row.closed_at is None}
    return [one for one in entries if one.action in PREPARING and one.year in opened and one.at >= opened[one.year]]
