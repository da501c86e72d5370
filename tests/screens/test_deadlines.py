"""The list of deadlines, the same as a calendar, and the private address that an agenda reads without a session."""

import re
from datetime import date

import pytest
from flask import Flask
from icalendar import Calendar

from tests.integration.planned_rows import add_action, add_plan
from tests.screens.conftest import Browser
from tests.screens.lint import lint, words
from tests.screens.test_every_page import counts
from tracker.domain.vocabulary import OrganisationKind, Role
from tracker.services import accounts, organisations
from tracker.store.queries.organisations import by_slug
from tracker.store.session import Database
from tracker.web.platform.pace import Pace
from tracker.web.screens.deadlines import views

SECRET = "long-enough-2026"
LIST = "/demonstration/echeances"
AGENDA = f"{LIST}/agenda"


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count the requests of each test from none."""
    monkeypatch.setattr(views, "pace", Pace(60, 3600))


@pytest.fixture
def plan(store: Database) -> None:
    """Have an action that is late, with a step to come."""
    with store.transaction() as session:
        town = by_slug(session, "demonstration")
        assert town is not None
        steps = [("Commander <b>vite</b>", date(2026, 12, 24), None)]
        add_action(
            session,
            town,
            add_plan(session, town, 2098),
            "A-01",
            "Reconditionner",
            lead="DSI",
            ends_on=date(2026, 11, 12),
            steps=steps,
            pilot="Chef de projet parc",
        )


def main(tree) -> str:
    return words(tree.find(".//main"))


def private(browser: Browser, address: str = LIST) -> str:
    """Open a private calendar as a person does, and give the path of its address."""
    sent = browser.send(f"{address}/agenda", {"act": "open", "seen": seen(browser, address)})
    assert sent.status_code == 302
    found = re.search(r'href="[^"]*(/calendrier/[^"]+)"', browser.get(sent.location).text)
    assert found
    return found[1]


def seen(browser: Browser, address: str = LIST) -> str:
    tree = browser.page(address)
    return next(str(node.get("value")) for node in tree.iter("input") if node.get("name") == "seen")


@pytest.mark.usefixtures("plan")
def test_what_is_late_comes_first_with_whose_it_is_and_how_late(elu: Browser):
    tree = elu.page(LIST)
    late, ahead = tree.findall(".//ul[@class='dates']")
    told = [words(line) for line in late]
    line = next(one for one in told if "Reconditionner" in one)
    assert line == (
        "12 novembre 2026 Fin de l’action : Reconditionner Direction des systèmes d'information, "
        "pilote : Chef de projet parc ; en retard de 10 jours"
    ).replace("d'inf", "d’inf")
    campaign = "4 décembre 2026 Campagne 2025 : dernier jour pour soumettre Tous les services"
    assert any(words(line).startswith(campaign) for line in ahead)
    assert "Étape : Commander <b>vite</b>" in words(ahead)
    assert f" échéances, dont {len(told)} en retard." in main(tree)
    assert "Direction des systèmes d’information" in {words(one) for one in tree.iter("option")}
    assert sum(1 for _ in tree.iter()) <= 400


@pytest.mark.usefixtures("plan")
def test_filters_narrow_the_list_and_its_calendar_alike(elu: Browser):
    asked = "?service=DSI&nature=step&jours=90"
    tree = elu.page(LIST + asked)
    shown = tree.findall(".//ul[@class='dates']/li")
    assert all("Étape : " in words(line) for line in shown)
    assert "Commander" in main(tree)
    events = Calendar.from_ical(elu.get(f"{LIST}.ics{asked}").data).walk("VEVENT")
    assert len(events) == len(shown) < len(Calendar.from_ical(elu.get(f"{LIST}.ics").data).walk("VEVENT"))
    told = main(elu.page(f"{LIST}?service=DRH&nature=review"))
    assert "Aucune échéance ne répond à tous ces critères à la fois. Tout afficher" in told
    assert elu.get(f"{LIST}?service=RIEN").status_code == 404
    assert elu.get(f"{LIST}?page=99").status_code == 404
    for odd in ("?jours=-1", "?jours=beaucoup", "?nature=x", "?jours=²"):
        assert elu.get(LIST + odd).status_code == 200, odd


def test_where_nothing_is_due_the_page_says_the_next_step_of_each(store: Database, app: Flask):
    with store.transaction() as session:
        organisations.add(
            session, slug="neuve", name="Ville neuve", kind=OrganisationKind.COMMUNE, departments=(), actor="test"
        )
        for role in (Role.REFERENT, Role.ELU):
            accounts.add(
                session, email=f"{role}@neuve.example", name=role, password=SECRET, roles={"neuve": role}, actor="test"
            )
    for role, way in ((Role.REFERENT, "Ouvrir une campagne"), (Role.ELU, "Tous les engagements")):
        client = app.test_client()
        assert isinstance(client, Browser)
        client.sign_in(email=f"{role}@neuve.example", password=SECRET)
        told = main(client.page("/neuve/echeances"))
        assert (
            f"Rien n’est attendu pour l’instant : ni campagne ouverte, ni date votée, ni action à mener. {way}" in told
        )


def test_an_address_is_shown_once_and_reads_without_a_session(elu: Browser, app: Flask):
    assert "Créer mon adresse privée" in main(elu.page(LIST))
    address = private(elu)
    told = main(elu.page(LIST))
    assert "Votre adresse privée est ouverte depuis le 22 novembre 2026" in told
    assert address not in elu.get(LIST).text
    stranger = app.test_client()
    answer = stranger.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Cache-Control"].startswith("private")
    assert "Set-Cookie" not in answer.headers
    events = Calendar.from_ical(answer.data).walk("VEVENT")
    assert {str(one["UID"]) for one in events} >= {"demonstration-campaign-2025-due", "demonstration-DEM22-A05-due"}
    assert len(answer.data) < 24_000


def test_an_agenda_that_has_it_already_is_told_so_and_a_change_is_read(elu: Browser, referent: Browser, app: Flask):
    address = private(elu)
    stranger = app.test_client()
    first = stranger.get(address)
    again = stranger.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    packed = stranger.get(address, headers={"Accept-Encoding": "br"})
    told = {"If-None-Match": packed.headers["ETag"], "Accept-Encoding": "br"}
    assert stranger.get(address, headers=told).status_code == 304
    changed = {"due_on": "11/12/2026", "seen": "1"}
    assert referent.send("/demonstration/campagnes/2025", changed).status_code == 302
    answer = stranger.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert answer.status_code == 200
    assert b"20261211" in answer.data


def test_a_new_address_or_a_closed_one_leaves_the_old_one_unknown(elu: Browser, app: Flask):
    stranger = app.test_client()
    first = private(elu)
    second = private(elu)
    assert first != second
    unknown = stranger.get(f"/calendrier/{'x' * 32}.ics")
    ended = stranger.get(first)
    assert (unknown.status_code, ended.status_code) == (404, 404)
    assert unknown.text.replace("x" * 32, "") == ended.text.replace(first.split("/")[-1][:-4], "")
    assert stranger.get(second).status_code == 200
    assert elu.send(AGENDA, {"act": "close", "seen": seen(elu)}).status_code == 302
    assert stranger.get(second).status_code == 404
    assert "Créer mon adresse privée" in main(elu.page(LIST))


def test_a_button_pressed_on_an_old_page_changes_nothing_and_says_so(elu: Browser, store: Database):
    private(elu)
    before = counts(store)
    answer = elu.send(AGENDA, {"act": "close", "seen": "0"})
    assert answer.status_code == 409
    assert "votre adresse privée a changé" in main(lint(AGENDA, answer.text))
    for odd in ("", "x", "²", "9" * 30):
        assert elu.send(AGENDA, {"act": "close", "seen": odd}).status_code == 409, odd
    assert counts(store) == before


def test_an_address_speaks_the_language_of_the_page_that_gave_it(elu: Browser, app: Flask):
    elu.get(f"{LIST}?langue=en")
    address = private(elu)
    assert address.endswith(".ics?langue=en")
    assert b"2025 campaign" in app.test_client().get(address).data


def test_who_asks_every_minute_is_asked_to_slow_down(elu: Browser, app: Flask, monkeypatch: pytest.MonkeyPatch):
    address = private(elu)
    monkeypatch.setattr(views, "pace", Pace(2, 3600))
    stranger = app.test_client()
    assert [stranger.get(address).status_code for _ in range(3)] == [200, 200, 429]
    refused = stranger.get(address)
    assert refused.headers["Retry-After"] == "3600"
    assert refused.mimetype == "text/plain"
    assert stranger.get(f"/calendrier/{'y' * 32}.ics").status_code == 404
