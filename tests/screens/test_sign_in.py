"""Signing in and out."""

import pytest
from flask import Flask

from tests.conftest import PASSWORD
from tests.screens.conftest import Browser
from tests.screens.lint import words
from tracker.domain.vocabulary import Role
from tracker.services import accounts
from tracker.store.session import Database

ELU = "elu@demonstration.example"


def attempt(browser: Browser, **data: str):
    return browser.post("/connexion", data={**data, "csrf_token": browser.token("/connexion")})


def test_a_stranger_is_sent_to_sign_in_and_comes_back_where_they_were_going(browser: Browser):
    answer = browser.get("/marseille/engagements?axe=trust")
    assert answer.status_code == 302
    form = browser.page(answer.location)
    wanted = form.find(".//input[@name='suite']")
    assert wanted is not None
    answer = attempt(browser, email=ELU, password=PASSWORD, suite=str(wanted.get("value")))
    assert answer.location == "/marseille/engagements?axe=trust"


@pytest.mark.parametrize(
    ("email", "password"), [(ELU, "wrong"), ("nobody@demonstration.example", PASSWORD), ("", ""), (ELU, "")]
)
def test_a_wrong_pair_is_refused_in_one_sentence_that_does_not_say_which(browser: Browser, email, password):
    answer = attempt(browser, email=email, password=password)
    assert answer.status_code == 422
    assert "ne correspond pas" in answer.text
    assert f'value="{email}"' in answer.text
    assert browser.get("/compte").status_code == 302


@pytest.mark.parametrize("suite", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_never_leaves_the_service(browser: Browser, suite):
    answer = attempt(browser, email=ELU, password=PASSWORD, suite=suite)
    assert answer.location == "/"


def test_a_post_without_its_token_is_refused_with_a_sentence(browser: Browser):
    answer = browser.post("/connexion", data={"email": ELU, "password": PASSWORD})
    assert answer.status_code == 400
    assert "restée ouverte trop longtemps" in answer.text
    assert browser.get("/compte").status_code == 302


def test_signing_out_ends_the_session(elu: Browser):
    assert elu.get("/compte").status_code == 200
    assert elu.send("/deconnexion", {}).status_code == 302
    assert elu.get("/compte").status_code == 302


def test_a_changed_password_ends_the_open_session(elu: Browser, store: Database):
    with store.transaction() as session:
        accounts.change_password(session, ELU, "another-password-2026", "test")
    assert elu.get("/compte").status_code == 302


def test_a_disabled_account_is_out_at_once_and_cannot_come_back(elu: Browser, store: Database):
    with store.transaction() as session:
        accounts.disable(session, ELU, "test")
    assert elu.get("/marseille/").status_code == 302
    assert attempt(elu, email=ELU, password=PASSWORD).status_code == 422


def test_the_home_page_lists_the_organisations_of_the_account(app: Flask, elu: Browser):
    main = elu.page("/").find(".//main")
    assert main is not None
    for name in ("Ville de Marseille", "Métropole Aix-Marseille-Provence", "Ville de Démonstration"):
        assert name in words(main)
    assert "Élu" in words(main)


def test_an_account_without_a_role_reads_nothing(app: Flask, store: Database):
    with store.transaction() as session:
        accounts.add(session, email="nul@example.org", name="Nul", password="long-enough-2026", roles={}, actor="test")
    client = app.test_client()
    assert isinstance(client, Browser)
    client.sign_in(Role.ELU, email="nul@example.org", password="long-enough-2026")
    real, missing = client.get("/marseille/"), client.get("/nulle-part/")
    assert (real.status_code, missing.status_code) == (404, 404)
    assert real.text.replace("marseille", "") == missing.text.replace("nulle-part", "")


def test_a_stranger_is_told_what_can_be_read_without_an_account(browser: Browser):
    for wanted, address in (("/demonstration/?annee=2025", "/demonstration/public"), ("/amp/", "/"), ("", "/")):
        tree = browser.page(f"/connexion?suite={wanted}")
        link = next(a for a in tree.iterfind(".//main//a") if words(a) == "Lire sans compte les années publiées")
        assert link.get("href") == address
        assert browser.get(address).status_code == 200


def test_an_address_that_is_too_long_is_not_sent_back(browser: Browser):
    answer = browser.get("/demonstration/?x=" + "a" * 100_000)
    assert (answer.status_code, answer.location) == (302, "/connexion")
    assert "annee%3D2025" in browser.get("/demonstration/?annee=2025").location
