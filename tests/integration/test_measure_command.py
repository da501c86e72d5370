"""``tracker measure``: pages opened in Chromium when asked, private ones only when told, stored where asked."""

import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from benchmarks.server import BIN, environment_of
from tests.integration.test_command_line import ready
from tests.served import digital_service
from tracker.cli.measuring import check_address
from tracker.domain.errors import Invalid, ProblemCode
from tracker.domain.service_problems import ServiceProblem
from tracker.importers.page_measures.reading import parse
from tracker.store.queries import organisations
from tracker.store.session import Database

__all__ = ["ready"]

Shell = Callable[..., subprocess.CompletedProcess[str]]
PAGE = (
    b"<!doctype html><html lang=fr><head><title>x</title><link rel=icon href=data:,>"
    b"<link rel=stylesheet href=/a.css></head>"
    b"<body><p>Un</p><svg><path d='M0 0'/><path d='M1 1'/></svg></body></html>"
)


class Site(BaseHTTPRequestHandler):
    """A page with one style sheet, and one address that leads to it; anything else is not there."""

    def do_GET(self):
        body = {"/": PAGE, "/a.css": b"p{color:red}"}.get(self.path)
        self.send_response(200 if body else 302 if self.path == "/agents" else 404)
        if self.path == "/agents":
            self.send_header("Location", "/")
        self.send_header("Content-Type", "text/css" if self.path.endswith("css") else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *told):
        pass


def tracker(folder: Path, *words: str, status: int = 0) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own: a browser of the tests may be open in this one."""
    run = subprocess.run(
        [BIN / "tracker", *words], cwd=folder, env=environment_of(folder), capture_output=True, text=True, check=False
    )
    assert run.returncode == status, run.stdout + run.stderr
    return run


@pytest.fixture
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def shell(ready: Path) -> Shell:
    def run(*given: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        return tracker(ready, "measure", *given, status=status)

    return run


@pytest.mark.parametrize(
    "url",
    ["ftp://ville.example", "file:///etc/passwd", "javascript:alert(1)", "ville.example", "http://", "http://a:b@c.d"],
)
def test_what_is_no_page_of_the_web_is_refused(url):
    with pytest.raises(Invalid) as refusal:
        check_address(url, is_local=True)
    assert refusal.value.problems[0].code is ProblemCode.WEB_ADDRESS_UNREADABLE


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost:8080/",
        "http://10.1.2.3/",
        "http://192.168.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
        "http://[fd00::1]/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://nulle-part.invalid/",
    ],
)
def test_a_private_address_is_refused_unless_it_is_asked_for(url):
    with pytest.raises(Invalid) as refusal:
        check_address(url, is_local=False)
    assert refusal.value.problems[0].code is ServiceProblem.MEASURE_PRIVATE
    check_address(url, is_local=True)


@pytest.mark.browser
def test_a_page_is_measured_and_said_as_the_tool_says_it_and_nothing_is_stored(shell: Shell, site: str, ready: Path):
    assert "adresse privée" in shell(site, status=1).stderr
    file = next((ready / "instance").glob("*.sqlite3"))
    before = file.read_bytes()
    (page,) = json.loads(shell("--local", "--json", site).stdout)
    assert (page["nodes"], page["requests"], page["grade"], page["width"]) == (8, 2, "A", 1920)  # a drawing is one
    assert page["tool"] == "tracker measure"
    assert parse(json.dumps([page]).encode()).rows[0].elements == 8
    assert file.read_bytes() == before
    assert "404" in shell("--local", f"{site}/rien", status=1).stderr
    run = shell("--local", site, f"{site}/agents")
    assert run.stderr.splitlines() == [
        f"{site}/agents mène à {site}/\N{NO-BREAK SPACE}: c’est cette page qui est mesurée."
    ]


@pytest.mark.browser
def test_a_measure_is_stored_for_a_service_by_who_may(shell: Shell, site: str, ready: Path):
    database = Database(f"sqlite:///{next((ready / 'instance').glob('*.sqlite3'))}")
    with database.transaction() as session:
        town = organisations.by_slug(session, "demonstration")
        assert town is not None
        digital_service(session, town, number=91)
    database.dispose()
    store = ("--local", "--organisation", "demonstration", "--as")
    assert "n’a pas le droit" in shell(*store, "elu@demonstration.example", "--service", "91", site, status=1).stderr
    lead = (*store, "referent@demonstration.example", "--service")
    assert "999" in shell(*lead, "999", site, status=1).stderr
    told = shell(*lead, "91", site).stdout.replace("\xa0", " ")
    assert told.startswith(f"{site}\tEcoIndex 9")
    assert "8 éléments\t2 requêtes" in told
    assert "1 mesure enregistrée." in told
    assert shell("--local", "--service", "91", site, status=2).stdout == ""


def test_without_chromium_it_says_what_is_missing(ready: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CHROMIUM", "/nulle/part/chromium")
    told = tracker(ready, "measure", "--local", "http://127.0.0.1:9/", status=1)
    assert "Chromium manque" in told.stderr
    assert "Traceback" not in told.stderr
