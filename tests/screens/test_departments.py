"""The page of a department: what it has on its hands, for all who read; sending it, for who runs the campaign."""

import re
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from tests.integration.planned_rows import add_action, add_plan
from tests.integration.test_mailing import Office, serving
from tests.screens.conftest import Browser
from tests.screens.lint import words
from tests.screens.test_every_page import counts
from tracker.domain.vocabulary import Role
from tracker.store.queries.organisations import by_slug
from tracker.store.session import Database

LIST = "/demonstration/directions"
OWN = f"{LIST}/DSI"


def main(tree) -> str:
    return words(tree.find(".//main"))


def size(tree) -> int:
    return sum(1 for _ in tree.iter())


@pytest.fixture
def many(store: Database) -> None:
    """Have the department of the agent lead a dozen actions, one of them with a title that is markup."""
    with store.transaction() as session:
        town = by_slug(session, "demonstration")
        assert town is not None
        plan = add_plan(session, town, 2098)
        for number in range(12):
            title = "Menée <b>vite</b>" if number == 0 else f"Menée {number}"
            add_action(session, town, plan, f"A-{number:02}", title, lead="DSI", ends_on=date(2027, 1, 1))
        add_action(session, town, plan, "A-99", "Aidée", lead="DAC", contributors=["DSI"])


def test_the_list_gives_every_department_and_one_s_own_first(agent: Browser, elu: Browser):
    mine = agent.page(LIST)
    assert "votre service" in words(mine.findall(".//main//li")[0])
    assert len(mine.findall(".//main//li")) == 6
    told = main(elu.page(LIST))
    assert "votre service" not in told
    assert "Direction générale des services" in told
    assert words(elu.page("/demonstration/")).count("Les services") == 1


@pytest.mark.usefixtures("many")
def test_a_department_shows_its_deadlines_actions_indicators_and_commitments(elu: Browser):
    tree = elu.page(OWN)
    told = main(tree)
    headings = [words(node) for node in tree.findall(".//main//h2")]
    assert headings == [
        "Échéances",
        "Actions",
        "Indicateurs confiés, 2025",
        "Engagements dont il répond",
    ]
    assert "Menée <b>vite</b> : en cours, jusqu’au 1er janvier 2027" in told
    assert "Aidée : en cours, sans date de fin" in told
    assert re.search(r"\d+ actions, \d+ indicateurs, \d+ engagements", told)
    assert size(tree) <= 400
    assert elu.get(f"{OWN}?annee=2024").status_code == 200
    assert elu.get(f"{OWN}?annee=1999").status_code == 404
    assert elu.get(f"{OWN}?page=99").status_code == 404
    assert elu.get(f"{LIST}/RIEN").status_code == 404
    assert elu.get("/marseille/directions/DSI").status_code == 404


def test_what_is_missing_is_said_and_the_agent_goes_from_there_to_the_grid(agent: Browser, elu: Browser):
    tree = agent.page(f"{OWN}?annee=2026")
    assert "Votre service." in main(tree)
    assert "aucun relevé pour 2026 ; le dernier est de" in main(tree)
    links = [str(node.get("href")) for node in tree.iter("a")]
    assert "/demonstration/saisie/2026" in links
    assert "Saisir les valeurs" not in main(elu.page(f"{OWN}?annee=2026"))


def test_a_commitment_leads_to_the_department_that_answers_for_it(elu: Browser):
    links = [str(node.get("href")) for node in elu.page("/demonstration/engagements/DEM16-S01").iter("a")]
    assert any(link.startswith(f"{LIST}/") for link in links)


def test_without_a_mail_server_the_page_says_so_and_nothing_leaves(referent: Browser, agent: Browser, store: Database):
    assert "Ce serveur n’envoie pas de courriel" in main(referent.page(OWN))
    assert "Envoyer par courriel" not in main(referent.page(OWN))
    assert "L’envoyer au service" not in main(agent.page(OWN))
    before = counts(store)
    answer = referent.send(f"{OWN}/courriel", {})
    assert answer.status_code == 302
    assert "Rien n’est parti" in main(referent.page(answer.location))
    assert counts(store) == before


@pytest.mark.parametrize("role", [Role.AGENT, Role.ELU, Role.ADMIN])
def test_only_who_runs_the_campaign_sends(browser: Browser, store: Database, role: Role):
    before = counts(store)
    assert browser.sign_in(role).send(f"{OWN}/courriel", {}).status_code == 403
    assert counts(store) == before


def test_the_page_is_sent_to_its_people_once_a_day_and_they_are_told_in_the_product(
    app: Flask, referent: Browser, agent: Browser
):
    office = Office()
    with serving(office) as mailing:
        app.config["TRACKER_SETTINGS"] = replace(app.config["TRACKER_SETTINGS"], mailing=mailing)
        assert "1 personne y travaille" in main(referent.page(OWN))
        assert "Aucun compte n’est rattaché à ce service" in main(referent.page(f"{LIST}/DCOM"))
        first = referent.send(f"{OWN}/courriel", {})
        assert "1 courriel est parti." in main(referent.page(first.location))
        again = referent.send(f"{OWN}/courriel", {})
        assert "1 personne l’a déjà reçu aujourd’hui" in main(referent.page(again.location))
        nobody = referent.send(f"{LIST}/DCOM/courriel", {})
        assert "Aucun compte n’est rattaché à ce service" in main(referent.page(nobody.location))
    [letter] = office.messages()
    assert letter["To"] == "agent@demonstration.example"
    tree = agent.page("/notifications")
    assert "Ce qui attend votre service non lue : DSI" in main(tree)
    assert OWN in [node.get("href") for node in tree.iter("a")]


def test_a_server_that_does_not_answer_is_said_on_the_page(app: Flask, referent: Browser, store: Database):
    with serving(Office()) as mailing:
        gone = mailing
    app.config["TRACKER_SETTINGS"] = replace(app.config["TRACKER_SETTINGS"], mailing=gone)
    before = counts(store)
    answer = referent.send(f"{OWN}/courriel", {})
    assert "ne répond pas : aucun message n’est parti" in main(referent.page(answer.location))
    assert counts(store) == before
