"""The page of one's tokens: one is shown once, listed by its first characters, revoked once it is confirmed."""

import re

from flask import Flask

from tests.screens.conftest import Browser
from tests.screens.lint import words
from tracker.store.models import ApiToken
from tracker.store.session import Database

PAGE = "/compte/jetons"
TOKEN = re.compile(r"pt_[\w-]{43}")


def made(browser: Browser, name: str = "Tableur", seen: str = "0") -> str:
    """Make a token as the page does, and give it."""
    answer = browser.send(PAGE, {"name": name, "days": "90", "seen": seen})
    assert answer.status_code == 302, answer.text
    [token] = TOKEN.findall(browser.get(PAGE).text)
    return str(token)


def test_a_token_is_shown_once_then_by_its_first_characters_only(elu: Browser):
    assert "Aucun pour l’instant" in words(elu.page(PAGE))
    token = made(elu)
    page = words(elu.page(PAGE))
    assert token not in page
    assert token[:10] in page
    assert "jamais utilisé" in page
    assert "valable jusqu’au 20 février 2027" in page


def test_a_token_without_a_name_is_refused_at_its_field_and_nothing_is_made(elu: Browser, store: Database):
    answer = elu.send(PAGE, {"name": "", "days": "180", "seen": "0"})
    assert answer.status_code == 422
    assert "Donnez un nom à ce jeton" in answer.text
    assert '<option value="180" selected>' in answer.text
    with store.reading() as session:
        assert session.query(ApiToken).count() == 0


def test_the_same_form_sent_twice_makes_one_token(elu: Browser, store: Database):
    made(elu)
    answer = elu.send(PAGE, {"name": "Tableur", "days": "90", "seen": "0"})
    assert answer.status_code == 409
    assert "dans une autre fenêtre" in answer.text
    with store.reading() as session:
        assert session.query(ApiToken).count() == 1


def test_revoking_asks_first_and_the_token_then_opens_nothing(elu: Browser, app: Flask):
    token = made(elu)
    client = app.test_client()
    asking = {"headers": {"Authorization": f"Bearer {token}"}}
    assert client.get("/api/v1/organisations", **asking).status_code == 200
    assert "dernier usage le 22 novembre 2026" in words(elu.page(PAGE))
    assert "ne reviendra" not in words(elu.page(f"{PAGE}/1/revocation"))
    assert client.get("/api/v1/organisations", **asking).status_code == 200
    assert elu.send(f"{PAGE}/1/revocation", {}).status_code == 302
    assert client.get("/api/v1/organisations", **asking).status_code == 401
    page = words(elu.page(PAGE))
    assert "n’ouvrent plus rien" in page
    assert "révoqué le 22 novembre 2026" in page
    assert "déjà révoqué" in words(elu.page(f"{PAGE}/1/revocation"))
    elu.send(f"{PAGE}/1/revocation", {})
    assert "Aucune modification" in words(elu.page(PAGE))


def test_nobody_sees_nor_revokes_the_token_of_somebody_else(elu: Browser, agent: Browser, app: Flask):
    token = made(elu)
    assert "Tableur" not in words(agent.page(PAGE))
    agent.page(f"{PAGE}/1/revocation", status=404)
    assert agent.send(f"{PAGE}/1/revocation", {}).status_code == 404
    headers = {"Authorization": f"Bearer {token}"}
    assert app.test_client().get("/api/v1/organisations", headers=headers).status_code == 200


def test_a_name_is_shown_as_text(elu: Browser):
    made(elu, "<b>x</b>")
    assert "<b>x</b>" in words(elu.page(PAGE))


def test_the_account_and_the_help_lead_to_it_and_to_the_page_on_the_api(elu: Browser, browser: Browser):
    assert {PAGE, "/api"} <= {link.get("href") for link in elu.page("/compte").iter("a")}
    assert "/api" in [link.get("href") for link in browser.page("/aide").iter("a")]


def test_the_page_on_the_api_shows_each_resource_with_its_example_in_both_languages(browser: Browser):
    page = words(browser.page("/api"))
    described = browser.get("/api/v1/openapi.json").json["paths"]
    assert len(described) == 16
    for path in described:
        assert path in page, path
    assert '"engagement": "DEM16-S01"' in page
    assert "120 demandes par minute" in page or "999 999 demandes par minute" in page
    english = words(browser.page("/api?langue=en"))
    assert "What the yearly plans do" in english
    assert "one indicator only, by its code" in english
