"""Tokens of the API: made once and shown once, listed, revoked, ended with their account; they only read.

Only the digest of a token is kept. Nothing of it but its first characters is ever shown again.
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from tracker.domain.errors import Conflict, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.texts import tidy
from tracker.services import journal
from tracker.store.models import Account, ApiToken
from tracker.store.queries import accounts, api_tokens

TOKEN_BYTES = 32
"""Random bytes of a token."""
MARK = "pt_"
"""What tokens begin by, so that they are known for what they are where they should not lie."""
PREFIX = 10
"""Characters of a token that are kept to tell it from others, the mark included."""
NAME_LIMIT = 80
LIVES = (30, 90, 180, 365)
"""Days that a token may live, a year at most."""
USUAL_LIFE = 90
MOST = 10
"""Tokens that an account may have alive at once."""


def is_alive(token: ApiToken, today: date) -> bool:
    """Tell whether a token still opens something, its account being open."""
    return token.revoked_at is None and token.expires_on >= today


def listed(session: Session, account: Account) -> Sequence[ApiToken]:
    """List the tokens of an account, latest first, those that ended included."""
    return api_tokens.of_account(session, account.id)


def create(session: Session, account: Account, name: str, days: int, seen: int, today: date) -> str:
    """Make a token of ``days`` and give it: nobody can be told it again.

    ``seen`` is the number of the latest token that was on the screen, 0 for none.

    Raises:
        Invalid: without a name, with a life that is not on offer, with too many tokens alive.
        Conflict: when another token was made meanwhile.
    """
    accounts.hold(session, account.id)
    known = api_tokens.of_account(session, account.id)
    if (known[0].id if known else 0) != seen:
        raise Conflict(Problem("seen", ProblemCode.TOKENS_CHANGED))
    shown = tidy(name)
    if problems := _problems(shown, days, [one for one in known if is_alive(one, today)]):
        raise Invalid(*problems)
    token = MARK + secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        ApiToken(
            account_id=account.id,
            name=shown,
            prefix=token[:PREFIX],
            sha256=digest(token),
            created_at=datetime.now(UTC),
            expires_on=today + timedelta(days=days),
        )
    )
    _journal(session, JournalAction.API_TOKEN_CREATED, account.name, shown)
    session.flush()
    return token


def _problems(name: str, days: int, alive: Sequence[ApiToken]) -> Sequence[Problem]:
    found = []
    if not name:
        found.append(Problem("name", ProblemCode.TOKEN_NAME_MISSING))
    elif len(name) > NAME_LIMIT:
        found.append(Problem("name", ProblemCode.TOO_LONG, {"limit": NAME_LIMIT}))
    if days not in LIVES:
        found.append(Problem("days", ProblemCode.UNKNOWN_CHOICE, {"text": str(days)}))
    if len(alive) >= MOST:
        found.append(Problem("name", ProblemCode.TOKENS_MANY, {"limit": MOST}))
    return found


def one(session: Session, account: Account, number: int) -> ApiToken:
    """Give a token of an account.

    Raises:
        NotFound: when it is not one of its own.
    """
    found = api_tokens.by_number(session, account.id, number)
    if found is None:
        raise NotFound(number)
    return found


def revoke(session: Session, account: Account, number: int) -> bool:
    """End a token of an account at once; tell whether there was anything to end.

    Raises:
        NotFound: when it is not one of its own.
    """
    accounts.hold(session, account.id)
    return _end(session, one(session, account, number), account.name)


def end(session: Session, account: Account, actor: str) -> None:
    """End every token of an account that is closed, or whose password changes: none comes back to life."""
    for token in api_tokens.of_account(session, account.id):
        _end(session, token, actor)


def holder(session: Session, token: str, today: date) -> tuple[ApiToken, Account] | None:
    """Give the token and the account that it speaks for.

    None for one that is unknown, revoked, past its day or of a closed account: all look the same.
    """
    return api_tokens.holder(session, digest(token), today)


def note_use(session: Session, number: int, today: date) -> None:
    """Remember the day on which a token was last used; the day only, never from where."""
    token = session.get(ApiToken, number)
    if token is not None and token.used_on != today:
        token.used_on = today


def digest(token: str) -> str:
    """Give the digest under which a token is kept."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _end(session: Session, token: ApiToken, actor: str) -> bool:
    if token.revoked_at is not None:
        return False
    token.revoked_at = datetime.now(UTC)
    _journal(session, JournalAction.API_TOKEN_REVOKED, actor, token.name)
    session.flush()
    return True


def _journal(session: Session, action: JournalAction, actor: str, name: str) -> None:
    journal.write(session, action, organisation_id=None, actor=actor, subject=name[: journal.SUBJECT])
