"""Private calendars: the secret address at which an agenda reads the deadlines of an organisation without a session.

Only the digest of a key is kept: its address is shown once, to whoever opened it.
"""

import hashlib
import secrets
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from tracker.domain.errors import Conflict, NotFound, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.permissions import Permission
from tracker.services import journal
from tracker.services.visitor import Visitor
from tracker.store.models import Account, CalendarKey, Organisation
from tracker.store.queries import accounts, calendars, organisations

KEY_BYTES = 24
"""Random bytes of a key: 192 bits, 32 characters in an address."""


def standing(session: Session, visitor: Visitor) -> CalendarKey | None:
    """Give the version that counts of the visitor's key, one that is closed included; None for whoever never had one.

    Raises:
        Forbidden: without the right to read.
    """
    visitor.require(Permission.READ)
    return calendars.newest(session, visitor.account_id, visitor.organisation.id)


def open_(session: Session, visitor: Visitor, seen: int) -> str:
    """Make a new key, which ends the one before, and give it: nobody can be told it again.

    ``seen`` is the version that was on the screen, 0 for none.

    Raises:
        Forbidden: without the right to read.
        Conflict: when another version was made meanwhile.
    """
    last = _seen(session, visitor, seen)
    key = secrets.token_urlsafe(KEY_BYTES)
    _add(session, visitor.account_id, visitor.organisation.id, last, digest(key))
    _journal(session, JournalAction.CALENDAR_OPENED, visitor.organisation, visitor.name)
    session.flush()
    return key


def close(session: Session, visitor: Visitor, seen: int) -> bool:
    """End the visitor's key; tell whether there was one to end.

    Raises:
        Forbidden: without the right to read.
        Conflict: when another version was made meanwhile.
    """
    last = _seen(session, visitor, seen)
    if last is None or not last.sha256:
        return False
    _add(session, visitor.account_id, visitor.organisation.id, last, "")
    _journal(session, JournalAction.CALENDAR_CLOSED, visitor.organisation, visitor.name)
    session.flush()
    return True


def end(session: Session, account: Account, actor: str) -> None:
    """End every key of an account that is closed: none comes back to life with it."""
    homes = {row.id: row for row in organisations.everything(session)}
    for last in calendars.opened(session, account.id):
        _add(session, account.id, last.organisation_id, last, "")
        _journal(session, JournalAction.CALENDAR_CLOSED, homes[last.organisation_id], actor)
    session.flush()


def holder(session: Session, key: str) -> Visitor:
    """Let whoever holds ``key`` into the organisation whose calendar it opens, to read and no more.

    Raises:
        NotFound: for a key that is unknown or ended, or whose account may no longer read there: all look the same.
    """
    found = calendars.holder(session, digest(key))
    if found is None:
        raise NotFound("key")
    account, grant, organisation = found
    visitor = Visitor(account.id, account.name, grant.role, organisation, frozenset())
    if not visitor.may(Permission.READ):
        raise NotFound("key")
    return visitor


def digest(key: str) -> str:
    """Give the digest under which a key is kept."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def _seen(session: Session, visitor: Visitor, seen: int) -> CalendarKey | None:
    visitor.require(Permission.READ)
    accounts.hold(session, visitor.account_id)
    last = calendars.newest(session, visitor.account_id, visitor.organisation.id)
    if (last.version if last else 0) != seen:
        raise Conflict(Problem("seen", ProblemCode.CALENDAR_CHANGED))
    return last


def _add(session: Session, account_id: int, organisation_id: int, last: CalendarKey | None, sha256: str) -> None:
    session.add(
        CalendarKey(
            account_id=account_id,
            organisation_id=organisation_id,
            version=last.version + 1 if last else 1,
            sha256=sha256,
            recorded_at=datetime.now(UTC),
        )
    )


def _journal(session: Session, action: JournalAction, organisation: Organisation, actor: str) -> None:
    journal.write(
        session, action, organisation_id=organisation.id, actor=actor, subject=organisation.name[: journal.SUBJECT]
    )
