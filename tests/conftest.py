"""The databases that tests run on: a SQLite file and a PostgreSQL server, both real, both started here when asked for.

Each engine is built and seeded once a session; a test gets a copy of its own, thrown away afterwards.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import date
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy.orm import Session

from tracker.config.paths import bundled
from tracker.domain.vocabulary import Role
from tracker.labels.language import speak
from tracker.services import demonstration, instance
from tracker.services.visitor import Visitor, enter
from tracker.store.queries import accounts
from tracker.store.session import Database

ENGINES = ("sqlite", "postgresql")
PASSWORD = "demonstration-2026"
TODAY = date(2026, 11, 22)

EnterAs = Callable[..., Visitor]

settings.register_profile("quick", max_examples=100, deadline=None)
settings.register_profile(
    "thorough", max_examples=10_000, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("PROFILE", "quick"))


def pytest_configure(config: pytest.Config) -> None:
    """Give pgserver a private folder for its lock before anything imports it; workers take their parent's."""
    if hasattr(config, "workerinput"):
        return
    folder = tempfile.mkdtemp(prefix="parole-tenue-run-")
    os.environ["XDG_RUNTIME_DIR"] = folder
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


class Source(Protocol):
    """Where the databases of one engine come from."""

    def empty(self) -> AbstractContextManager[Database]:
        """Open a database without any table."""
        ...

    def seeded(self) -> AbstractContextManager[Database]:
        """Open a database with the schema, the seeds and the demonstration."""
        ...


@contextmanager
def opened(url: str) -> Iterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        database.dispose()


def build(database: Database) -> None:
    instance.initialise(database, bundled("seeds"), demo=True, password=PASSWORD)


class SqliteSource:
    """Files in one folder; the seeded one is built on first use and copied by SQLite itself."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._model = folder / "seeded.sqlite3"

    @contextmanager
    def empty(self) -> Iterator[Database]:
        file = self._folder / f"test-{next(self._numbers)}.sqlite3"
        try:
            with opened(f"sqlite:///{file}") as database:
                yield database
        finally:
            for path in self._folder.glob(f"{file.name}*"):
                path.unlink()

    @contextmanager
    def seeded(self) -> Iterator[Database]:
        if not self._model.exists():
            with opened(f"sqlite:///{self._model}") as model:
                build(model)
        with self.empty() as database:
            assert database.url.database
            with closing(sqlite3.connect(self._model)) as model, closing(sqlite3.connect(database.url.database)) as own:
                model.backup(own)
            yield database


class PostgresqlSource:
    """Databases on one server; the seeded one is built on first use and serves as a template."""

    def __init__(self, uri: Callable[[str], str]) -> None:
        import psycopg

        self._uri = uri
        self._numbers = count(1)
        self._used: list[str] = []
        self._has_model = False
        self._server = psycopg.connect(uri("postgres"), autocommit=True)
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            self._server.execute(f"ALTER SYSTEM SET {setting} = off")
        self._server.execute("SELECT pg_reload_conf()")

    def close(self) -> None:
        self._server.close()

    def empty(self) -> AbstractContextManager[Database]:
        return self._copy("template1")

    def seeded(self) -> AbstractContextManager[Database]:
        if not self._has_model:
            self._server.execute("CREATE DATABASE seeded")
            with opened(self._uri("seeded")) as model:
                build(model)
            self._has_model = True
        return self._copy("seeded")

    @contextmanager
    def _copy(self, template: str) -> Iterator[Database]:
        while self._used:  # dropped late: by now the server has seen their connections end
            self._server.execute(f"DROP DATABASE {self._used.pop()} WITH (FORCE)")
        name = f"test_{next(self._numbers)}"
        self._server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            with opened(self._uri(name)) as database:
                yield database
        finally:
            self._used.append(name)


@pytest.fixture(autouse=True)
def french() -> None:
    """Start every test in French: a request in English leaves its language to whatever runs next in the process."""
    speak("fr")


@pytest.fixture(scope="session")
def sqlite_source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    return SqliteSource(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_source() -> Iterator[Source]:
    import pgserver

    folder = Path(tempfile.mkdtemp(prefix="parole-tenue-pg-"))  # a short path: the server's socket lies in it
    server = pgserver.get_server(folder / "data", cleanup_mode="delete")
    source = PostgresqlSource(server.get_uri)
    try:
        yield source
    finally:
        source.close()
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=ENGINES)
def source(request: pytest.FixtureRequest) -> Source:
    """Give the databases of each engine in turn."""
    found: Source = request.getfixturevalue(f"{request.param}_source")
    return found


@pytest.fixture
def database(source: Source) -> Iterator[Database]:
    """Give a database of the test's own with the schema, the seeds and the demonstration."""
    with source.seeded() as database:
        yield database


@pytest.fixture
def empty_database(source: Source) -> Iterator[Database]:
    """Give a database of the test's own without any table."""
    with source.empty() as database:
        yield database


@pytest.fixture(scope="session")
def today() -> date:
    """Give the day on which every test takes place."""
    return TODAY


@pytest.fixture(scope="session")
def password() -> str:
    """Give the password of the demonstration accounts."""
    return PASSWORD


@pytest.fixture(scope="session")
def enter_as() -> EnterAs:
    """Give the function that lets the demonstration account of a role into an organisation."""

    def visitor(session: Session, role: Role = Role.AGENT, slug: str = "marseille") -> Visitor:
        account = accounts.by_email(session, demonstration.address(role))
        assert account is not None
        return enter(session, account, slug)

    return visitor
