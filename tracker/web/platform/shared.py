"""Pages that look the same to everybody: no session, no cookie, kept by caches until something else is published."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Request, Response, current_app, request
from flask.sessions import NullSession, SecureCookieSessionInterface, SessionMixin
from werkzeug.exceptions import HTTPException

from tracker.config.paths import PACKAGE, bundled
from tracker.config.settings import Settings
from tracker.labels import current
from tracker.web.platform.headers import FRAMED_POLICY
from tracker.web.platform.programs import is_for_programs

View = Callable[..., Any]
KEPT_MINUTES = 5
"""How long a cache may answer with what it has: within as much a withdrawal, or an update, reaches everyone."""
_GONE_SECONDS = 60


def shared(view: View) -> View:
    """Declare an address that looks the same to everybody; the cookie of whoever is signed in is not even read."""
    view.is_shared = True  # type: ignore[attr-defined]
    return view


def is_shared() -> bool:
    """Tell whether the request is for such an address."""
    return _is_shared(current_app, request.endpoint)


def init_app(app: Flask) -> None:
    """Keep the session away from the addresses that are shared."""
    app.session_interface = _Sessions()


class _Sessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie, except where a page is the same for all: there it is neither read nor written."""

    def open_session(self, app: Flask, request: Request) -> Any:
        """Open the session of a request."""
        if is_for_programs(request) or _is_shared(app, _endpoint(app, request)):
            return NullSession()
        session: SessionMixin | None = super().open_session(app, request)
        return session


def _endpoint(app: Flask, request: Request) -> str | None:
    """Give the endpoint that a request will reach: a session is opened before that is known."""
    try:
        adapter = app.create_url_adapter(request)
        found = adapter.match() if adapter else ("", {})
    except HTTPException:
        return None
    return str(found[0])


def _is_shared(app: Flask, endpoint: str | None) -> bool:
    return bool(getattr(app.view_functions.get(endpoint or ""), "is_shared", False))


def kept(mark: str, changed_at: datetime, *, is_open: bool = False, is_framed: bool = False) -> "Keeping":
    """Say of what the answer is made, and since when: ``mark`` is another one as soon as the content is.

    ``is_open`` lets programs of other sites read the answer, ``is_framed`` lets their pages show it in a frame.
    """
    settings: Settings = current_app.config["TRACKER_SETTINGS"]
    told = f"{mark}\n{request.full_path}\n{current()}\n{settings.public_url}\n{_code()}"
    return Keeping(hashlib.sha256(told.encode()).hexdigest()[:32], changed_at, is_open=is_open, is_framed=is_framed)


class Keeping:
    """How long an answer is kept, and how a cache asks whether it is still the one."""

    def __init__(self, tag: str, changed_at: datetime, *, is_open: bool, is_framed: bool) -> None:
        self.tag, self.changed_at = tag, changed_at
        self.is_open, self.is_framed = is_open, is_framed

    def same(self) -> Response | None:
        """Give the answer « not modified » when the cache that asks has this very one, however compressed.

        The day of what it has is asked only where it says nothing better, as HTTP wants.
        """
        for known in request.if_none_match.as_set(include_weak=True):
            if known.partition(":")[0] == self.tag:
                return self.on(Response(status=304), known)
        since = None if "If-None-Match" in request.headers else request.if_modified_since
        return self.on(Response(status=304)) if since and since >= self.modified_at else None

    @property
    def modified_at(self) -> datetime:
        """Give the moment, to the second, since which the answer is the same: the code that makes it counts too."""
        told = [self.changed_at, *(code for code in (_code_at(),) if code <= datetime.now(UTC))]
        return max(told).replace(microsecond=0)

    def on(self, response: Response, tag: str = "") -> Response:
        """Write on ``response`` that caches may keep it."""
        response.set_etag(tag or self.tag)
        response.last_modified = self.modified_at
        seconds = _GONE_SECONDS if response.status_code == 410 else KEPT_MINUTES * 60
        response.headers["Cache-Control"] = f"public, max-age={seconds}"
        if self.is_open:
            response.headers["Access-Control-Allow-Origin"] = "*"
        if self.is_open or self.is_framed:
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        if self.is_framed:
            response.headers["Content-Security-Policy"] = FRAMED_POLICY
        return response


@cache
def _code() -> str:
    """Give the digest of the code and the templates: what they made before is not what they make now."""
    told = hashlib.sha256()
    for file in _sources():
        told.update(file.read_bytes())
    return told.hexdigest()


@cache
def _code_at() -> datetime:
    """Give the moment at which the code or the templates last changed."""
    return datetime.fromtimestamp(max(file.stat().st_mtime for file in _sources()), UTC)


def _sources() -> Iterator[Path]:
    for folder, endings in ((PACKAGE, (".py", ".css", ".po")), (bundled("templates"), (".html",))):
        yield from sorted(file for file in folder.rglob("*") if file.suffix in endings)
