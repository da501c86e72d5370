"""Choosing what is published, on screen: previewed, decided, updated, taken back; a refusal keeps what was typed."""

import re
from xml.etree.ElementTree import Element

import pytest
from sqlalchemy import select

from tests.screens.conftest import Browser
from tests.screens.lint import lint, words
from tests.screens.test_every_page import counts
from tracker.domain.vocabulary import Role
from tracker.store.models import Publication
from tracker.store.session import Database

PAGE, YEAR = "/marseille/publications", "/marseille/publications/2025"
PUBLIC = "/marseille/public"


def stored(store: Database) -> list[Publication]:
    with store.reading() as session:
        return list(session.scalars(select(Publication).order_by(Publication.id)))


def problem(tree: Element, identity: str) -> str:
    found = next(node for node in tree.iter("p") if node.get("id") == f"{identity}-problem")
    return words(found)


def test_a_year_is_published_updated_and_taken_back_and_every_version_stays_written(referent: Browser, store: Database):
    assert "2025 : non publiée" in words(referent.page(PAGE))
    sent = {"scope": "everything", "has_values": "1", "visible_from": "", "note": "Premier bilan", "seen": "0"}
    answer = referent.send(YEAR, sent)
    page = words(referent.page(answer.location))
    assert "Publication 2025 enregistrée." in page
    assert "2025 : publiée, version 1, visible depuis le 22 novembre 2026. Page publique" in page
    assert "Version 1 : tous les engagements, avec les valeurs, à partir du 22 novembre 2026" in page
    assert "Dominique Référent (fictif)" in page
    assert referent.get(f"{PUBLIC}/2025").status_code == 200
    later = {**sent, "visible_from": "01/12/2026", "seen": "1"}
    page = words(referent.page(referent.send(YEAR, later).location))
    assert "publiée, version 1, visible depuis le 22 novembre 2026 ; version 2 à partir du 1er décembre 2026" in page
    answer = referent.send(f"{YEAR}/retrait", {"reason": "Une valeur est fausse.", "seen": "2"})
    page = words(referent.page(answer.location))
    assert "dans 5 minutes au plus, plus personne ne la lit" in page
    assert "2025 : retirée, depuis le 22 novembre 2026" in page
    assert "Version 3 : retirée, pour cette raison : Une valeur est fausse." in page
    assert [row.is_withdrawn for row in stored(store)[1:]] == [False, False, True]


@pytest.mark.parametrize(
    ("typed", "where", "sentence"),
    [
        ({"visible_from": "hier"}, "visible_from", "n’est pas une date"),
        ({"visible_from": "01/01/2020"}, "visible_from", "Ce jour est passé"),
        ({"note": "é" * 501}, "note", "500 caractères au plus"),
        ({"scope": "rien"}, "scope", "Ce choix n’existe pas."),
    ],
)
def test_a_refusal_stands_at_its_field_and_what_was_typed_stays(
    referent: Browser, store: Database, typed: dict[str, str], where: str, sentence: str
):
    before = counts(store)
    sent = {"scope": "everything", "note": "Bilan à garder", "seen": "0", **typed}
    answer = referent.send(YEAR, sent)
    assert answer.status_code == 422
    tree = lint(YEAR, answer.text)
    assert sentence in problem(tree, where)
    kept = next(node for node in tree.iter("textarea") if node.get("id") == "note")
    assert "".join(kept.itertext()) == sent["note"]
    assert counts(store) == before


def test_a_page_that_is_out_of_date_gets_a_sentence_and_the_version_that_is_stored(
    referent: Browser, app, store: Database
):
    sent = {"scope": "everything", "note": "", "seen": "0"}
    referent.send(YEAR, sent)
    other = {**sent, "scope": "flagships", "note": "La mienne"}
    answer = referent.send(YEAR, other)
    assert answer.status_code == 409
    tree = lint(YEAR, answer.text)
    assert "Entre-temps, Dominique Référent (fictif) a publié ou retiré 2025." in words(tree)
    assert "La mienne" in answer.text
    assert tree.find(".//form/input[@name='seen'][@value='1']") is not None
    stale = referent.send(f"{YEAR}/retrait", {"reason": "Erreur", "seen": "0"})
    assert stale.status_code == 409
    assert len(stored(store)) == 2


def test_a_withdrawal_says_why(referent: Browser, store: Database):
    referent.send(YEAR, {"scope": "everything", "seen": "0"})
    answer = referent.send(f"{YEAR}/retrait", {"reason": "", "seen": "1"})
    assert answer.status_code == 422
    assert "tout le monde lira cette phrase" in problem(lint(YEAR, answer.text), "reason")
    assert "peut encore la voir 5 minutes au plus" in words(lint(YEAR, answer.text))
    assert referent.get(f"{PUBLIC}/2025").headers["Cache-Control"] == f"public, max-age={5 * 60}"
    assert len(stored(store)) == 2


def test_a_year_that_runs_cannot_be_published(referent: Browser):
    assert "2026 n’est pas finie" in words(referent.page(f"{PAGE}?annee=2026"))
    answer = referent.send("/marseille/publications/2026", {"scope": "everything", "seen": "0"})
    assert answer.status_code == 422
    assert "2026 n’est pas finie" in words(lint(PAGE, answer.text))
    assert referent.get("/marseille/publications/2026").status_code == 404


def test_the_preview_is_the_public_page_before_anybody_reads_it(referent: Browser, browser: Browser):
    preview = referent.page("/demonstration/publications/2025?portee=flagships")
    told = words(preview)
    assert "Aperçu : voici ce que chacun lirait si 2025 était publiée maintenant." in told
    assert "Sur 9 engagements phares" in told
    assert preview.find(".//link[@rel='canonical']") is None
    assert not [link for link in preview.iter("a") if "/public/" in (link.get("href") or "")]
    assert "Sur 38 engagements votés" in words(referent.page("/demonstration/publications/2025?portee=everything"))
    assert referent.get("/demonstration/publications/2025").headers["Cache-Control"] == "no-store"
    with_values = words(referent.page("/demonstration/publications/2025?portee=flagships&valeurs=1"))
    assert ("mesurés en 2025" in with_values, "mesurés en 2025" in told) == (True, False)


def test_the_choice_says_what_each_box_adds(referent: Browser):
    tree = referent.page("/demonstration/publications?annee=2025")
    scopes = [words(one) for one in tree.iterfind(".//fieldset//small")]
    assert scopes == ["9 engagements", "38 engagements"]
    box = next(one for one in tree.iter("label") if one.find("input[@name='has_values']") is not None)
    assert re.search(
        r"Les engagements phares : les valeurs de \d+ indicateurs ; tous les engagements : les valeurs", words(box)
    )


def test_the_campaign_that_is_still_open_is_said_before_publishing(referent: Browser):
    assert "La campagne 2025 est encore ouverte" in words(referent.page("/demonstration/publications?annee=2025"))
    assert "La campagne" not in words(referent.page("/demonstration/publications?annee=2024"))


def test_the_code_of_a_figure_is_given_for_the_commitment_that_is_asked(referent: Browser):
    page = referent.page("/demonstration/publications?annee=2024&code=DEM16-S03")
    code = "".join(next(node for node in page.iter("textarea") if node.get("id") == "iframe").itertext())
    assert code.startswith('<iframe src="http://127.0.0.1:5000/demonstration/public/2024/integrer/DEM16-S03" title="')
    assert code.endswith("</iframe>")
    assert referent.page("/demonstration/publications?annee=2024&code=%22%3E%3Cscript%3E") is not None


@pytest.mark.parametrize("role", [Role.AGENT, Role.ELU, Role.ADMIN])
def test_the_page_is_for_who_publishes(browser: Browser, role: Role):
    browser.sign_in(role)
    for address in (PAGE, YEAR):
        assert browser.get(address).status_code == 403
