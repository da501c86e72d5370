"""One session a request: a GET reads, a POST commits once if its answer is below 400."""

from collections.abc import Callable

from flask import Flask, Response, current_app, g, request
from sqlalchemy.orm import Session

from tracker.store.session import Database

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask, database: Database) -> None:
    """Give every request its session, and end it with the request."""
    app.extensions["tracker_database"] = database
    app.after_request(_settle)
    app.teardown_request(_close)


def session() -> Session:
    """Give the session of the request, opened when first asked for."""
    if "session" not in g:
        database: Database = current_app.extensions["tracker_database"]
        g.session = database.reading() if request.method in SAFE else database.writing()
    opened: Session = g.session
    return opened


def once_stored(act: Callable[[], None]) -> None:
    """Have ``act`` run after the request's one commit, and not at all if nothing is stored: letters leave then."""
    g.setdefault("once_stored", []).append(act)


def release() -> None:
    """Give the write lock back before long work that needs no database; what follows begins a new transaction."""
    session().rollback()


def _settle(response: Response) -> Response:
    opened: Session | None = g.get("session")
    if opened is not None and request.method not in SAFE:
        if response.status_code < 400:
            opened.commit()
            for act in g.pop("once_stored", ()):
                act()
        else:
            opened.rollback()
    return response


def _close(error: BaseException | None) -> None:  # noqa: ARG001
    opened: Session | None = g.pop("session", None)
    if opened is not None:
        opened.close()
