"""Who reads: a stranger, or the account of a token. No cookie gives anything here."""

import logging
from contextlib import suppress
from dataclasses import dataclass

from flask import current_app, g, request
from sqlalchemy.exc import OperationalError

from tracker.domain.permissions import Permission
from tracker.labels import text
from tracker.services import api_tokens, published, visitor
from tracker.services.published import Published
from tracker.services.visitor import Visitor
from tracker.store.models import Account, ApiToken
from tracker.store.session import Database
from tracker.web.platform.clock import today
from tracker.web.platform.database import SAFE, session
from tracker.web.platform.programs import Refusal

log = logging.getLogger(__name__)
CHALLENGE = 'Bearer realm="Parole tenue"'
LONGEST = 200
"""Characters of what can be a token: a longer one is not even looked up."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks: with the token and its account, without either, or with a token that opens nothing."""

    token: ApiToken | None = None
    account: Account | None = None
    is_refused: bool = False


def reader() -> Reader:
    """Give who reads; one query a request, and only where a token is shown."""
    if "api_reader" not in g:
        g.api_reader = _read(request.headers.get("Authorization"))
    found: Reader = g.api_reader
    return found


def key() -> str:
    """Name who is counted: a token that opens something, otherwise the address that asks."""
    known = reader().token
    return f"token:{known.id}" if known else f"address:{request.remote_addr}"


def check() -> None:
    """Refuse a token that opens nothing; it is never answered with what strangers read.

    Raises:
        Refusal: 401.
    """
    if reader().is_refused:
        detail = text(
            "Ce jeton est inconnu, révoqué ou expiré, ou son en-tête ne se lit pas : Authorization: Bearer JETON."
        )
        raise Refusal(401, detail, headers={"WWW-Authenticate": f'{CHALLENGE}, error="invalid_token"'})


def audience(slug: str) -> Published | Visitor:
    """Give what a stranger may read of an organisation, or the account of the token inside one of its own.

    Raises:
        NotFound: where there is nothing to read: no such organisation, nothing published, no role there.
    """
    account = reader().account
    if account is None:
        return published.find(session(), slug, today())
    found = visitor.enter(session(), account, slug)
    found.require(Permission.READ)
    return found


def note_use() -> None:
    """Remember the day on which the token of the request was last used, once a day; reading goes on if it cannot be."""
    known = reader().token
    if known is None or known.used_on == today():
        return
    database: Database = current_app.extensions["tracker_database"]
    with suppress(OperationalError), database.transaction() as writing:
        api_tokens.note_use(writing, known.id, today())


def _read(header: str | None) -> Reader:
    if header is None or request.method not in SAFE:  # anything but reading is refused whoever asks
        return Reader()
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or len(token) > LONGEST:
        return Reader(is_refused=True)
    found = api_tokens.holder(session(), token.strip(), today())
    return Reader(*found) if found else Reader(is_refused=True)
