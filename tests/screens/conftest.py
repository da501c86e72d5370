"""A client that signs in, follows the rules of a browser for tokens, and lints each page."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import time_machine
from flask import Flask
from flask import session as flask_session
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.conftest import PASSWORD, TODAY, Source
from tests.screens.lint import lint
from tracker.config.settings import read
from tracker.domain.vocabulary import Role
from tracker.services import demonstration
from tracker.store.queries import accounts
from tracker.store.session import Database
from tracker.web import create_app
from tracker.web.platform.sign_in import open_session
from tracker.web.screens.settings.forms import ShownForm

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
ON_BOTH_ENGINES = frozenset({"test_every_page", "test_refusals", "test_rights", "test_searches"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave PostgreSQL to the files that go over every page and right: the rest is about pages.

    What a page asks of the services, `tests/integration` asks of them on both engines.
    """
    for item in items:
        path = Path(str(item.path))
        if "screens" in path.parts and path.stem not in ON_BOTH_ENGINES:
            item.add_marker(pytest.mark.one_engine)


class Browser(FlaskClient):
    """A test client that refuses a page the house rules refuse, and any answer of 500 or more."""

    _tree: Element | None = None
    _token = ""

    def open(self, *args: Any, **values: Any) -> TestResponse:
        answer = super().open(*args, **values)
        assert answer.status_code < 500, answer.text
        self._tree = None
        is_alone = "style-src 'sha256-" in answer.headers.get("Content-Security-Policy", "")
        is_file = "attachment" in answer.headers.get("Content-Disposition", "")
        is_page = not (is_alone or is_file)  # a document stands alone, style and all
        if is_page and answer.mimetype == "text/html" and answer.data and answer.status_code not in {301, 302}:
            self._tree = lint(answer.request.path, answer.text)
        return answer

    def page(self, address: str, status: int = 200) -> Element:
        """Open ``address`` and give its tree."""
        answer = self.get(address)
        assert answer.status_code == status, f"{address}: {answer.status_code}"
        assert self._tree is not None, f"{address}: {answer.mimetype}"
        return self._tree

    def token(self, address: str = "/compte") -> str:
        """Give the token that a form of ``address`` carries; the page itself is linted where it is looked at."""
        found = TOKEN.search(FlaskClient.open(self, address).text)
        assert found, address
        return found[1]

    def send(self, address: str, data: dict[str, Any], **values: Any) -> TestResponse:
        """Post a form as a browser does, with the token of the session."""
        self._token = self._token or self.token()
        return self.post(address, data={**data, "csrf_token": self._token}, **values)

    def sign_in(self, role: Role = Role.REFERENT, *, email: str = "", password: str = PASSWORD) -> "Browser":
        """Sign in as the demonstration account of ``role``, or through the form as ``email``.

        The session of a role is the one that the form opens, without the tenth of a second that its password takes.
        """
        if not email:
            return self._hold(demonstration.address(role))
        data = {"email": email, "password": password, "csrf_token": self.token("/connexion")}
        answer = self.post("/connexion", data=data)
        assert answer.status_code == 302, answer.text
        return self

    def _hold(self, address: str) -> "Browser":
        database: Database = self.application.extensions["tracker_database"]
        with database.reading() as session, self.application.test_request_context():
            account = accounts.by_email(session, address)
            assert account is not None, address
            open_session(account)
            opened = dict(flask_session)
        with self.session_transaction() as own:
            own.update(opened)
        return self


def confirmed(kind: type[ShownForm], **typed: str) -> dict[str, str]:
    """Give the fields of a form of the settings whose effect was shown, as its last button sends them."""
    data = {f"{kind.name}-{name}": text for name, text in typed.items()}
    return data | {f"{kind.name}-shown": kind(MultiDict(data)).digest, "step": "confirm"}


@pytest.fixture(scope="session")
def instance_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder where assets are prepared once for all the screens."""
    return tmp_path_factory.mktemp("instance")


@pytest.fixture
def store(source: Source) -> Iterator[Database]:
    """Give a seeded database of the test's own, on each engine in turn."""
    with source.seeded() as database:
        yield database


def build_app(store: Database, folder: Path) -> Flask:
    """Give the application on ``store``: built once a folder, since each anew compiles its addresses and templates."""
    settings = read({"TRACKER_INSTANCE": str(folder), "TRACKER_API_RATE": "999999 per minute"})
    app = _built(folder)
    app.config["TRACKER_SETTINGS"] = settings  # a test may have put its own
    app.extensions["tracker_database"] = store
    return app


@cache
def _built(folder: Path) -> Flask:
    app = create_app(read({"TRACKER_INSTANCE": str(folder)}))
    app.config["TESTING"] = False
    app.test_client_class = Browser
    return app


@pytest.fixture
def app(store: Database, instance_folder: Path) -> Iterator[Flask]:
    """Give the application on a seeded database, on the day of the tests."""
    with time_machine.travel(f"{TODAY} 10:00:00+01:00", tick=True):
        yield build_app(store, instance_folder)


@pytest.fixture
def browser(app: Flask) -> Browser:
    """Give a stranger's browser."""
    client = app.test_client()
    assert isinstance(client, Browser)
    return client


@pytest.fixture
def referent(browser: Browser) -> Browser:
    """Give the browser of the responsible-digital lead."""
    return browser.sign_in(Role.REFERENT)


@pytest.fixture
def agent(app: Flask) -> Browser:
    """Give the browser of the officer who enters values."""
    client = app.test_client()
    assert isinstance(client, Browser)
    return client.sign_in(Role.AGENT)


@pytest.fixture
def elu(app: Flask) -> Browser:
    """Give the browser of the elected official."""
    client = app.test_client()
    assert isinstance(client, Browser)
    return client.sign_in(Role.ELU)
