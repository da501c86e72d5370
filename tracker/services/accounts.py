"""Accounts: adding, signing in, changing a password, disabling."""

import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy.orm import Session

from tracker.domain.errors import Invalid, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.texts import tidy
from tracker.domain.vocabulary import Role
from tracker.services import api_tokens, calendars, journal
from tracker.store.models import Account, RoleGrant
from tracker.store.queries import accounts, organisations

PASSWORD_MINIMUM = 8
PASSWORD_MAXIMUM = 256
NAME_LIMIT = 120
_ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]{1,189}")
_hasher = PasswordHasher()


def authenticate(session: Session, email: str, password: str) -> Account | None:
    """Give the active account of this address and password, None otherwise, in the same time either way."""
    account = accounts.by_email(session, normalised(email)) if email.strip().isprintable() else None
    try:
        is_right = _hasher.verify(account.password_hash if account else _nobody(), password[:PASSWORD_MAXIMUM])
    except VerifyMismatchError:
        return None
    return account if account and account.is_active and is_right else None


@cache
def _nobody() -> str:
    """Give a hash to compare with when there is no account, so that the answer takes as long."""
    return _hasher.hash(secrets.token_urlsafe(16))


def normalised(email: str) -> str:
    """Give an address as it is stored and looked up."""
    return tidy(email).lower()


def add(session: Session, *, email: str, name: str, password: str, roles: Mapping[str, Role], actor: str) -> Account:
    """Create an account with a role in each organisation named (by its address).

    Raises:
        Invalid: for an address that is taken or unreadable, a short password, an unknown organisation.
    """
    address = normalised(email)
    if not _ADDRESS.fullmatch(address):
        raise Invalid(Problem("email", ProblemCode.ADDRESS_UNREADABLE, {"text": email}))
    if accounts.by_email(session, address):
        raise Invalid(Problem("email", ProblemCode.ADDRESS_TAKEN, {"text": address}))
    shown = tidy(name) or address
    if len(shown) > NAME_LIMIT:
        raise Invalid(Problem("name", ProblemCode.TOO_LONG, {"limit": NAME_LIMIT}))
    account = Account(email=address, name=shown, created_at=datetime.now(UTC))
    _set_password(account, password)
    session.add(account)
    session.flush()
    if not roles:
        _journal(session, JournalAction.ACCOUNT_ADDED, None, actor, address)
    for slug, role in roles.items():
        organisation = organisations.by_slug(session, slug)
        if organisation is None:
            raise Invalid(Problem("organisation", ProblemCode.UNKNOWN_ORGANISATION, {"text": slug}))
        session.add(RoleGrant(account_id=account.id, organisation_id=organisation.id, role=role))
        _journal(session, JournalAction.ACCOUNT_ADDED, organisation.id, actor, address, after=role)
    session.flush()
    return account


def change_password(session: Session, email: str, password: str, actor: str) -> None:
    """Give the account a new password; every session open on the old one ends, and every token of the API."""
    account = _find(session, email)
    _set_password(account, password)
    api_tokens.end(session, account, actor)
    _journal(session, JournalAction.PASSWORD_CHANGED, None, actor, account.email)


def disable(session: Session, email: str, actor: str) -> None:
    """Close an account: it can no longer sign in, its open sessions, private calendars and tokens end."""
    account = _find(session, email)
    account.is_active = False
    calendars.end(session, account, actor)
    api_tokens.end(session, account, actor)
    _journal(session, JournalAction.ACCOUNT_DISABLED, None, actor, account.email)


def _find(session: Session, email: str) -> Account:
    account = accounts.by_email(session, normalised(email))
    if account is None:
        raise Invalid(Problem("email", ProblemCode.UNKNOWN_ACCOUNT, {"text": email}))
    return account


def _set_password(account: Account, password: str) -> None:
    if len(password) < PASSWORD_MINIMUM:
        raise Invalid(Problem("password", ProblemCode.PASSWORD_SHORT, {"limit": PASSWORD_MINIMUM}))
    account.password_hash = _hasher.hash(password[:PASSWORD_MAXIMUM])
    account.stamp = secrets.token_urlsafe(32)


def _journal(
    session: Session, action: JournalAction, organisation_id: int | None, actor: str, subject: str, after: str = ""
) -> None:
    journal.write(session, action, organisation_id=organisation_id, actor=actor, subject=subject[:80], after=after)


def everything(session: Session) -> Sequence[Account]:
    """List all accounts by address, with their roles."""
    return accounts.everything(session)
