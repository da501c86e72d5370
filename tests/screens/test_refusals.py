"""The pages that say no: a sentence and a way on for whoever looks, whatever broke, and nothing let out."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import TODAY, Source
from tests.screens.conftest import Browser
from tests.screens.lint import lint, words
from tracker.config.settings import read
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import Role
from tracker.store.session import Database
from tracker.web import create_app
from tracker.web.platform.guards import everyone, requires

FACTS = "/demonstration/engagements/DEM22-S01/constats"
SENTENCE = "Un texte long à ne pas perdre"


@everyone
def _break(what: str = "") -> str:
    raise RuntimeError("le mot de passe est secret")


@requires(Permission.READ)
def _break_inside(visitor: object) -> str:
    raise RuntimeError("le mot de passe est secret")


@pytest.fixture(scope="module")
def broken(sqlite_source: Source, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Give an application of its own on a seeded database, with two addresses that break."""
    with sqlite_source.seeded() as store:
        app = create_app(read({"TRACKER_INSTANCE": str(tmp_path_factory.mktemp("broken"))}), store)
        app.test_client_class = Browser
        app.add_url_rule("/casse", view_func=_break, methods=["GET", "POST"])
        app.add_url_rule("/casse/<what>", view_func=_break)
        app.add_url_rule("/<slug>/casse", view_func=_break_inside, methods=["GET", "POST"])
        with time_machine.travel(f"{TODAY} 10:00:00+01:00", tick=True):
            yield app


@pytest.fixture
def stranger(broken: Flask) -> Browser:
    client = broken.test_client()
    assert isinstance(client, Browser)
    return client


@pytest.fixture
def lead(stranger: Browser) -> Browser:
    return stranger.sign_in(Role.REFERENT)


@pytest.fixture
def without_tables(broken: Flask, tmp_path: Path) -> Iterator[None]:
    """Have every question to the database fail for the time of a test."""
    whole, empty = broken.extensions["tracker_database"], Database(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    broken.extensions["tracker_database"] = empty
    yield
    broken.extensions["tracker_database"] = whole
    empty.dispose()


def failing(browser: Browser, address: str, **values: object) -> TestResponse:
    """Ask for what fails: the client of the other tests takes no answer of 500."""
    answer: TestResponse = FlaskClient.open(browser, address, **values)  # type: ignore[arg-type]
    if answer.mimetype == "text/html" and answer.status_code >= 400:
        lint(address, answer.text)
    return answer


def main(answer: TestResponse) -> str:
    part = lint(answer.request.path, answer.text).find(".//main")
    assert part is not None
    return words(part)


def links(answer: TestResponse) -> list[str]:
    part = lint(answer.request.path, answer.text).find(".//main")
    assert part is not None
    return [str(link.get("href")) for link in part.iter("a")]


@pytest.mark.parametrize(
    ("language", "title", "again"),
    [("fr", "Une erreur est survenue", "Réessayer"), ("en", "Something broke", "Try again")],
)
def test_what_breaks_gives_a_page_that_lets_nothing_out_and_a_number_that_the_log_has_too(
    stranger: Browser, caplog: pytest.LogCaptureFixture, language: str, title: str, again: str
):
    answer = failing(stranger, f"/casse?langue={language}&endpoint=x")
    told = main(answer)
    assert answer.status_code == 500
    if language == "fr":
        assert title in told
        assert again in told
    assert f'<html lang="{language}">' in answer.text
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    number = re.search(r"\b[0-9A-F]{8}\b", told)
    assert number
    record = next(record for record in caplog.records if number[0] in record.getMessage())
    assert "/casse" in record.getMessage()
    assert record.exc_info
    assert record.exc_info[0] is RuntimeError


def test_a_line_break_in_an_address_forges_no_line_of_the_log(stranger: Browser, caplog: pytest.LogCaptureFixture):
    assert failing(stranger, "/casse/%0Aincident 12345678: x").status_code == 500
    lines = [record.getMessage() for record in caplog.records]
    assert len(lines) == 1
    assert "\n" not in lines[0]


def test_what_breaks_inside_an_organisation_asks_no_more_of_the_database(lead: Browser, without_tables: None):
    answer = failing(lead, "/casse")
    assert answer.status_code == 500
    assert "/" in links(answer)
    answer = failing(lead, "/demonstration/casse")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "momentanément indisponible" in main(answer)
    assert "/demonstration/casse" in links(answer)


def test_a_page_asked_for_again_stays_on_this_site(stranger: Browser):
    for address in ("//ailleurs.example/casse", "/casse?x=//ailleurs.example"):
        answer = failing(stranger, address)
        assert not [link for link in links(answer) if link.startswith(("//", "http", "/\\"))]


def test_a_script_gets_json_with_the_number(lead: Browser, without_tables: None):
    answer = failing(lead, "/demonstration/casse", headers={"Accept": "application/json"})
    told = json.loads(answer.text)
    assert (answer.status_code, set(told)) == (503, {"message", "incident"})


def test_what_was_written_comes_back_when_saving_it_broke(lead: Browser):
    data = {"csrf_token": lead.token(), "typed_by": "1", "comment": SENTENCE, "password": "phrase de passe"}
    answer = failing(lead, "/demonstration/casse", method="POST", data=data)
    assert answer.status_code == 500
    assert SENTENCE in main(answer)
    assert "phrase de passe" not in answer.text
    elsewhere = failing(
        lead, "/demonstration/casse", method="POST", data=data, headers={"Origin": "https://ailleurs.example"}
    )
    assert SENTENCE not in elsewhere.text


def test_an_old_token_gives_back_what_was_written(lead: Browser):
    answer = lead.post(FACTS, data={"csrf_token": "x", "typed_by": "1", "evidence": SENTENCE})
    assert answer.status_code == 400
    assert SENTENCE in main(answer)


def test_an_address_that_leads_nowhere_says_no_more_of_an_organisation_than_of_none(broken: Flask, stranger: Browser):
    pages = [main(stranger.get(address)) for address in ("/demonstration/rien", "/nulle-part/rien", "/rien/rien")]
    assert len(set(pages)) == 1
    assert "Se connecter" in pages[0]
    outsider = broken.test_client()
    assert isinstance(outsider, Browser)
    outsider.sign_in(Role.REFERENT)
    store: Database = broken.extensions["tracker_database"]
    with store.transaction() as session:
        session.execute(_forget("marseille"))
    there, nowhere = outsider.get("/marseille/rien"), outsider.get("/nulle-part/rien")
    assert main(there) == main(nowhere)
    assert outsider.get("/marseille/engagements").text.replace("marseille", "nulle-part") == (
        outsider.get("/nulle-part/engagements").text
    )


def _forget(slug: str):
    """Take the lead's role in ``slug`` away."""
    from sqlalchemy import delete, select

    from tracker.services import demonstration
    from tracker.store.models import Account, Organisation, RoleGrant

    return delete(RoleGrant).where(
        RoleGrant.organisation_id == select(Organisation.id).where(Organisation.slug == slug).scalar_subquery(),
        RoleGrant.account_id
        == select(Account.id).where(Account.email == demonstration.address(Role.REFERENT)).scalar_subquery(),
    )


def test_whoever_has_a_role_there_is_led_back_in(lead: Browser):
    for address in ("/demonstration/rien", "/demonstration/engagements/RIEN", "/demonstration/?annee=9999"):
        answer = lead.get(address)
        assert answer.status_code == 404
        assert "/demonstration/" in links(answer)
        assert lint(address, answer.text).find(".//main//form[@role='search']") is not None
        assert {lead.get(link).status_code for link in links(answer)} == {200}


def test_a_refusal_says_who_may(stranger: Browser):
    stranger.sign_in(Role.ELU)
    told = main(stranger.get("/demonstration/reglages"))
    assert "Votre rôle ici est « Élu ». Ce geste demande le rôle « Référent numérique responsable »." in told
    told = main(stranger.get("/demonstration/saisie/2025"))
    assert "l’un des rôles « Agent de saisie », « Référent numérique responsable »" in told


def test_a_method_that_an_address_does_not_take_says_which_it_takes(lead: Browser):
    answer = lead.send("/demonstration/journal", {})
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_the_names_that_build_an_address_are_words_like_any_other_in_a_question(lead: Browser):
    for name in ("endpoint", "_external", "_scheme", "_method", "_anchor", "slug", "values"):
        for address in ("/aide", "/demonstration/engagements", "/demonstration/journal"):
            answer = lead.get(f"{address}?{name}=x")
            assert answer.status_code == 200, (name, address)
            assert "http" not in {link.partition(":")[0] for link in links(answer)}
