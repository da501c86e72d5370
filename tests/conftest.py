"""The databases that tests run on: a SQLite file and a PostgreSQL server, both real, both started here when asked for.

Each engine is built and seeded once a session; a test gets a copy of its own, thrown away once anything was written to
it. What opened one seeded copy opens the next under the same name: SQLAlchemy then compiles a query once a session, not
once a test. The demonstration that the command initialises is made once a run, by the first worker that asks for it.
Files of tests lie in memory where there is room: a copy of PostgreSQL's is 770 files, ten times longer to make on disk.
"""

import fcntl
import gc
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy.orm import Session
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from benchmarks.server import initialised
from tracker.config.paths import bundled
from tracker.domain.vocabulary import Role
from tracker.labels.language import speak
from tracker.services import demonstration, instance
from tracker.services.visitor import Visitor, enter
from tracker.store.queries import accounts
from tracker.store.session import Database, opened

ENGINES = ("sqlite", "postgresql")
PASSWORD = "demonstration-2026"
TODAY = date(2026, 11, 22)

EnterAs = Callable[..., Visitor]

settings.register_profile("quick", max_examples=100, deadline=None)
settings.register_profile(
    "thorough", max_examples=10_000, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
PROFILE = os.environ.get("PROFILE", "quick")
settings.load_profile(PROFILE)


MEMORY = Path("/dev/shm")  # noqa: S108 - only folders with a name of their own are made there
ROOM_BYTES = 2 * 1024**3
A_DAY = 24 * 3600


def place() -> Path | None:
    """Give the folder of files in memory when it has room; None is the usual one of temporary files."""
    has_room = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM_BYTES
    return MEMORY if has_room else None


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Make the folder that the workers of a run share, where pgserver keeps its lock; workers take their parent's.

    The folders of the tests are in it, unless ``--basetemp`` says where to keep them.
    """
    if hasattr(config, "workerinput"):
        return
    for left in MEMORY.glob("parole-tenue-*"):  # by a run that was killed: memory is not given back by itself
        if time.time() - left.stat().st_mtime > A_DAY:
            shutil.rmtree(left, ignore_errors=True)
    folder = tempfile.mkdtemp(prefix="parole-tenue-run-", dir=place())
    os.environ["XDG_RUNTIME_DIR"] = folder
    config.option.basetemp = config.option.basetemp or f"{folder}/tests"
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run what is marked ``one_engine`` on SQLite alone, unless thoroughly: the other engine would say the same."""
    if PROFILE == "thorough":
        return
    left = {item for item in items if item.get_closest_marker("one_engine") and _is_on_postgresql(item)}
    config.hook.pytest_deselected(items=list(left))
    items[:] = [item for item in items if item not in left]


def _is_on_postgresql(item: pytest.Item) -> bool:
    call = getattr(item, "callspec", None)
    return call is not None and call.params.get("source") == "postgresql"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Send the journeys of one file to one worker, the longest files first: they share a server."""
    return Scheduling(config, log)


class Scheduling(LoadScopeScheduling):
    """Work by journeys of a file, and else by test; the groups of xdist 3.8 are lost on pytest 9.2."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if "journeys" in Path(file).parts else nodeid


def pytest_collection_finish() -> None:
    """Leave what is loaded by now out of the search for garbage: it is large, stays to the end, and was searched anew
    every few hundred rows.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


class Source(Protocol):
    """Where the databases of one engine come from."""

    def empty(self) -> AbstractContextManager[Database]:
        """Open a database without any table."""
        ...

    def seeded(self) -> AbstractContextManager[Database]:
        """Open a database with the schema, the seeds and the demonstration."""
        ...


def build(database: Database) -> None:
    instance.initialise(database, bundled("seeds"), demo=True, password=PASSWORD)


class SqliteSource:
    """Files in one folder; the seeded ones are copies of ``model``."""

    def __init__(self, folder: Path, model: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._model = model
        self._free: list[Database] = []

    @contextmanager
    def empty(self) -> Iterator[Database]:
        with opened(self._next()) as database:
            try:
                yield database
            finally:
                self._forget(database)

    @contextmanager
    def seeded(self) -> Iterator[Database]:
        database = self._free.pop() if self._free else Database(self._next())
        shutil.copyfile(self._model, str(database.url.database))
        try:
            yield database
        finally:
            self._forget(database)
            self._free.append(database)

    def _next(self) -> str:
        return f"sqlite:///{self._folder}/test-{next(self._numbers)}.sqlite3"

    def _forget(self, database: Database) -> None:
        database.dispose()
        for path in self._folder.glob(f"{Path(str(database.url.database)).name}*"):
            path.unlink()


class PostgresqlSource:
    """Databases on one server; the seeded one is built on first use and serves as a template.

    A copy that nothing was written to is given again, connections and all: half of the tests only read.
    """

    def __init__(self, uri: Callable[[str], str]) -> None:
        import psycopg

        self._uri = uri
        self._numbers = count(1)
        self._free: list[Database] = []
        self._last: dict[str | None, int] = {}
        self._has_model = False
        self._server = psycopg.connect(uri("postgres"), autocommit=True)
        for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
            self._server.execute(f"ALTER SYSTEM SET {setting} = off")
        self._server.execute("ALTER SYSTEM SET max_wal_size = '64MB'")
        self._server.execute("SELECT pg_reload_conf()")

    def close(self) -> None:
        for database in self._free:
            database.dispose()
        self._server.close()

    @contextmanager
    def empty(self) -> Iterator[Database]:
        with opened(self._uri(f"test_{next(self._numbers)}")) as database:
            self._copy("template1", database)
            yield database

    @contextmanager
    def seeded(self) -> Iterator[Database]:
        if not self._has_model:
            self._server.execute("CREATE DATABASE seeded")
            with opened(self._uri("seeded")) as model:
                build(model)
            self._has_model = True
        database = self._free.pop() if self._free else Database(self._uri(f"test_{next(self._numbers)}"))
        name, number = database.url.database, self._transaction()
        if number != self._last.get(name, 0) + 1:
            database.dispose()
            self._copy("seeded", database)
            number = self._transaction()
        self._last[name] = number
        try:
            yield database
        finally:
            self._free.append(database)

    def _transaction(self) -> int:
        """Take the server's next number of a transaction: those that write take one too, those that read do not."""
        found = self._server.execute("SELECT pg_current_xact_id()::text::bigint").fetchone()
        assert found is not None
        number: int = found[0]
        return number

    def _copy(self, template: str, database: Database) -> None:
        """Make the database anew; files are copied as they are, half the time of a copy through the server's log."""
        name = database.url.database
        self._server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self._server.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")


@pytest.fixture(autouse=True)
def french() -> None:
    """Start every test in French: a request in English leaves its language to whatever runs next in the process."""
    speak("fr")


@pytest.fixture(scope="session")
def instance_model() -> Path:
    """Give the folder of a demonstration that ``tracker init`` made once for all the workers, to be copied."""
    home = Path(os.environ["XDG_RUNTIME_DIR"]) / "model"
    with home.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            home.mkdir()
            initialised(home)
    return home / "instance"


@pytest.fixture(scope="session")
def sqlite_source(tmp_path_factory: pytest.TempPathFactory, instance_model: Path) -> Source:
    return SqliteSource(tmp_path_factory.mktemp("sqlite"), instance_model / "tracker.sqlite3")


@pytest.fixture(scope="session")
def postgresql_source() -> Iterator[Source]:
    import pgserver

    folder = Path(tempfile.mkdtemp(prefix="parole-tenue-pg-", dir=place()))  # short: the server's socket lies in it
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
