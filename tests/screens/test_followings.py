"""Following and asking on screen: who may, what is kept when refused, what others are told, nothing run as markup."""

from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select

from tests.integration.helpers import follow_nothing
from tests.screens.conftest import Browser
from tests.screens.lint import lint, words
from tests.screens.test_every_page import counts
from tracker.domain.vocabulary import Role
from tracker.services import accounts
from tracker.store.models import Question
from tracker.store.session import Database

LIST = "/demonstration/suivis"
PROMISE = "/demonstration/engagements/DEM22-A01"
ASK = f"{PROMISE}/questions"
ALL = "/demonstration/questions"
HOSTILE = "<script>alert(1)</script>\n« l'été » {{ 7*7 }} & <b>gras</b>"


@pytest.fixture
def elu(elu: Browser, store: Database) -> Browser:
    """Give the browser of an official who follows nothing yet."""
    follow_nothing(store)
    return elu


def main(tree) -> str:
    return words(tree.find(".//main"))


def field_problem(tree) -> str:
    control = next(node for node in tree.iter("textarea"))
    assert control.get("aria-invalid") == "true"
    return words(next(node for node in tree.iter() if node.get("id") == control.get("aria-describedby")))


def follow(browser: Browser, answer: str = "oui", address: str = f"{LIST}/DEM22-A01"):
    return browser.send(address, {"suivre": answer})


def number(store: Database) -> int:
    with store.reading() as session:
        return session.scalars(select(Question.id).order_by(Question.id.desc())).first() or 0


def test_an_official_follows_a_commitment_sees_it_in_the_list_and_leaves_it(elu: Browser):
    assert "Vous ne suivez encore aucun engagement" in main(elu.page(LIST))
    forms = elu.page(f"{PROMISE}?annee=2024").iter("form")
    action = next(str(one.get("action")) for one in forms if "/suivis/" in str(one.get("action")))
    answer = follow(elu, address=action)
    assert answer.status_code == 302
    assert answer.location == f"{PROMISE}?annee=2024"
    assert "Vous suivez cet engagement." in main(elu.page(answer.location))
    page = elu.page(LIST)
    told = main(page)
    assert "Vous suivez 1 engagement." in told
    assert "Rien n’a changé." in told
    assert "Prochain résumé : 1er décembre 2026." in told
    assert "Suivre aussi les" in told
    leave = next(one for one in page.iter("button") if one.get("formaction"))
    gone = elu.send(str(leave.get("formaction")), {"suivre": "non"})
    assert gone.location == LIST
    assert "Vous ne suivez encore aucun engagement" in main(elu.page(LIST))


def test_following_twice_changes_nothing_and_any_other_answer_is_refused(elu: Browser, store: Database):
    follow(elu)
    before = counts(store)
    assert follow(elu).status_code == 302
    assert "Aucune modification." in main(elu.page(LIST))
    for answer in ("", "peut-être"):
        assert follow(elu, answer).status_code == 422
    assert elu.send(f"{LIST}/rythme", {"rythme": "hourly"}).status_code == 422
    assert counts(store) == before


def test_the_flagships_are_followed_in_one_click_and_the_list_stays_light(elu: Browser):
    assert elu.send(LIST, {}).status_code == 302
    page = elu.page(LIST)
    assert "engagements phares sont maintenant suivis" in main(page)
    assert "engagements phares sont" not in main(elu.page(LIST))
    assert sum(1 for _ in page.iter()) <= 400


def test_the_rhythm_is_chosen_and_kept(elu: Browser):
    assert elu.send(f"{LIST}/rythme", {"rythme": "weekly"}).status_code == 302
    page = elu.page(LIST)
    assert "Rythme enregistré." in main(page)
    chosen = [one.get("value") for one in page.iter("option") if one.get("selected") is not None]
    assert chosen == ["weekly"]


def test_a_question_is_asked_told_to_the_lead_answered_and_told_back(app: Flask, elu: Browser, store: Database):
    assert "Personne n’a encore posé de question" in main(elu.page(PROMISE))
    asked = elu.send(ASK, {"body": HOSTILE})
    assert asked.status_code == 302
    assert asked.location == f"{PROMISE}#questions"
    page = elu.page(PROMISE)
    assert words(page.find(".//section[@id='questions']//p[@class='said']")) == " ".join(HOSTILE.split())
    assert page.find(".//script") is None
    lead = app.test_client()
    assert isinstance(lead, Browser)
    lead.sign_in(Role.REFERENT)
    notice = lead.page("/notifications")
    assert "Question sur un engagement non lue" in main(notice)
    assert notice.find(f".//a[@href='{PROMISE}#questions']") is not None
    waiting = lead.page(ALL)
    assert "1 question attend une réponse." in main(waiting)
    address = next(one.get("href") for one in waiting.iter("a") if words(one) == "Répondre")
    assert "En attente de réponse" in main(lead.page(str(address)))
    assert lead.send(f"{address}/reponses", {"body": "Voici <i>la</i> réponse."}).location == address
    assert "Voici <i>la</i> réponse." in main(lead.page(str(address)))
    assert "Toutes les questions ont reçu une réponse." in main(lead.page(ALL))
    back = elu.page("/notifications")
    assert "Réponse à une question non lue" in main(back)
    assert "Voici <i>la</i> réponse." in main(elu.page(PROMISE))


@pytest.mark.parametrize(
    ("typed", "said"), [(" \n ", "Écrivez votre question."), ("é" * 2001, "Texte trop long : 2000 caractères au plus.")]
)
def test_a_refused_question_is_kept_as_typed_with_a_sentence_at_its_field(elu: Browser, store: Database, typed, said):
    before = counts(store)
    answer = elu.send(ASK, {"body": typed})
    assert answer.status_code == 422
    page = lint(ASK, answer.text)
    assert said in field_problem(page)
    assert (
        next(page.iter("textarea")).text in {typed, typed.replace("\n", "", 1), typed.strip() or " "} or typed.isspace()
    )
    assert counts(store) == before


def test_a_refused_answer_is_kept_as_typed(referent: Browser, store: Database):
    referent.send(ASK, {"body": "Où en est-on ?"})
    address = f"{ALL}/{number(store)}/reponses"
    before = counts(store)
    answer = referent.send(address, {"body": HOSTILE + "x" * 2000})
    assert answer.status_code == 422
    assert "Texte trop long" in field_problem(lint(address, answer.text))
    assert HOSTILE.splitlines()[0] in unescape(answer.text)
    assert "<script>alert" not in answer.text
    assert counts(store) == before


def test_only_the_lead_answers_and_everyone_else_follows_and_asks(
    agent: Browser, elu: Browser, referent: Browser, store: Database
):
    for browser in (agent, elu, referent):
        assert follow(browser).status_code == 302
    assert agent.send(ASK, {"body": "Qui s'en occupe ?"}).status_code == 302
    address = f"{ALL}/{number(store)}"
    assert elu.get(address).status_code == 200
    assert elu.page(address).find(".//textarea") is None
    before = counts(store)
    for browser in (agent, elu):
        assert browser.send(f"{address}/reponses", {"body": "Moi"}).status_code == 403
    assert counts(store) == before
    assert referent.send(f"{address}/reponses", {"body": "Moi"}).status_code == 302


def test_what_belongs_to_another_organisation_is_not_found(app: Flask, referent: Browser, store: Database):
    referent.send(ASK, {"body": "Où en est-on ?"})
    mine = number(store)
    with store.transaction() as session:
        told = {"email": "v@ailleurs.example", "name": "V", "password": "long-enough-2026", "actor": "test"}
        accounts.add(session, roles={"marseille": Role.REFERENT}, **told)
    stranger = app.test_client()
    assert isinstance(stranger, Browser)
    stranger.sign_in(email="v@ailleurs.example", password="long-enough-2026")
    before = counts(store)
    for address in (LIST, ALL, ASK, f"{ALL}/{mine}", f"/marseille/questions/{mine}", "/marseille/questions?page=2"):
        assert stranger.get(address).status_code == 404, address
    for address, data in {
        f"{LIST}/DEM22-A01": {"suivre": "oui"},
        "/marseille/suivis/DEM22-A01": {"suivre": "oui"},
        ASK: {"body": "x"},
        "/marseille/engagements/DEM22-A01/questions": {"body": "x"},
        f"{ALL}/{mine}/reponses": {"body": "x"},
        f"/marseille/questions/{mine}/reponses": {"body": "x"},
    }.items():
        assert stranger.send(address, data).status_code == 404, address
    assert counts(store) == before


def test_a_commitment_with_many_questions_shows_the_latest_and_leads_to_the_others(elu: Browser):
    for n in range(18):
        elu.send(ASK, {"body": f"Question {n}."})
    page = elu.page(PROMISE)
    told = main(page)
    assert "Question 17." in told
    assert "Question 12." not in told
    assert "Les 18 questions posées ici" in told
    assert sum(1 for _ in page.iter()) <= 400
    first, last = elu.page(ASK), elu.page(f"{ASK}?page=2")
    assert "Question 3." in main(first)
    assert "Question 2." in main(last)
    assert "Question 3." not in main(last)
    assert sum(1 for _ in first.iter()) <= 400
    assert sum(1 for _ in elu.page(ALL).iter()) <= 400
    assert elu.get(f"{ASK}?page=3").status_code == 404


def test_the_journal_says_that_somebody_follows_and_only_to_the_lead_who(app: Flask, elu: Browser):
    follow(elu)
    elu.send(f"{LIST}/rythme", {"rythme": "never"})
    read = main(elu.page("/demonstration/journal"))
    assert "– Engagement suivi, DEM22-A01 noms réservés au référent" in read
    assert "jamais" not in read
    lead = app.test_client()
    assert isinstance(lead, Browser)
    lead.sign_in(Role.REFERENT)
    read = main(lead.page("/demonstration/journal"))
    assert "Sacha Élu (fictif) Engagement suivi, DEM22-A01" in read
    assert "Rythme du résumé choisi, Ville de Démonstration chaque mois jamais" in read
