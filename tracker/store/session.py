"""Connections and transactions: one session a request, reading or writing, on SQLite or PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, UOWTransaction

from tracker.store import stamps
from tracker.store.kept import Kept
from tracker.store.plain import FUNCTION, plainly

BUSY_TIMEOUT_MS = 10_000


class WriteInReadRequest(RuntimeError):
    """A reading session was about to write: a GET must not change anything."""


class Database:
    """One database and its two kinds of session."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.engine = _engine(url)
        self._writing = self.engine.execution_options(writes=True)
        self._kept = Kept()

    def reading(self) -> Session:
        """Open a session that cannot write, with what those before it left for the next."""
        session = Session(self.engine, expire_on_commit=False, info={Kept: self._kept})
        event.listen(session, "before_flush", _refuse_flush)
        return session

    def writing(self) -> Session:
        """Open a session that takes the write lock at once on SQLite, so that it never fails half-way."""
        session = Session(self._writing, expire_on_commit=False)
        stamps.keep(session)
        return session

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Commit what the block wrote, or nothing at all if it raised."""
        with self.writing() as session, session.begin():
            yield session

    def dispose(self) -> None:
        """Close every pooled connection and forget what was kept."""
        self._kept.clear()
        self.engine.dispose()


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """Give the database at ``url``, and let go of it at the end of the block."""
    found = Database(url)
    try:
        yield found
    finally:
        found.dispose()


def kept(session: Session) -> Kept | None:
    """Give what the process keeps from one reading session to the next; None to a session that writes."""
    found: Kept | None = session.info.get(Kept)
    return found


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        engine = create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
        event.listen(engine, "begin", _begin_postgresql)
        return engine
    engine = create_engine(parsed)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, record: Any) -> None:  # noqa: ARG001
    connection.create_function(FUNCTION, 1, plainly, deterministic=True)
    connection.isolation_level = None  # transactions are begun below, not by the driver
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "recursive_triggers=ON",
        "trusted_schema=OFF",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if not connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def _refuse_flush(session: Session, context: UOWTransaction, instances: object) -> None:  # noqa: ARG001
    if session.new or session.dirty or session.deleted:
        raise WriteInReadRequest
