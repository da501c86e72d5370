"""Taking in a deliberation on screen: dropped, reviewed beside its passages, stored whole; its register."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.screens.conftest import Browser
from tests.screens.lint import lint, words
from tests.screens.test_every_page import counts
from tracker.store.session import Database

TEXTS = Path(__file__).parents[1] / "unit" / "deliberations" / "texts"
TEXT = (TEXTS / "commune_nominal_vote.txt").read_bytes()
REGISTER = "/demonstration/deliberations"
HERE = f"{REGISTER}/prise-en-charge"
CSV = (
    b"DELIB_ID;DELIB_DATE;DELIB_OBJET;VOTE_POUR;DELIB_URL\n"
    b"2024-01;2024-02-01;Achat d'un photocopieur;0;https://ville.example/1.pdf\n"
    b"2024-02;01/03/2024;Convention avec un EPN;25;\n"
)


def drop(browser: Browser, content: bytes, address: str = HERE, name: str = "delib.txt") -> Any:
    """Send a file as a browser does; the body is built here, as the client would leave a large one open."""
    lines = (
        b"--edge",
        b'Content-Disposition: form-data; name="csrf_token"',
        b"",
        browser.token().encode(),
        b"--edge",
        b'Content-Disposition: form-data; name="file"; filename="' + name.encode() + b'"',
        b"Content-Type: application/octet-stream",
        b"",
        content,
        b"--edge--",
        b"",
    )
    return browser.post(address, data=b"\r\n".join(lines), content_type="multipart/form-data; boundary=edge")


def typed(tree: Any, action: str) -> dict[str, str]:
    """Give what the form of ``action`` holds, as a browser would send it back."""
    form = next(one for one in tree.iter("form") if one.get("action") == action)
    found = {one.get("name"): one.get("value") or "" for one in form.iter("input")}
    found |= {one.get("name"): (one.text or "").strip("\n") for one in form.iter("textarea")}
    for one in form.iter("select"):
        chosen = [option for option in one.iter("option") if option.get("selected") is not None]
        found[one.get("name")] = (chosen or list(one.iter("option")))[0].get("value") or ""
    found.pop("csrf_token")
    return found


@pytest.fixture
def review(referent: Browser) -> str:
    """Give the address of a review that has just begun."""
    answer = drop(referent, TEXT)
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])


def test_what_was_read_stands_in_its_field_beside_its_passage(referent: Browser, review: str):
    tree = referent.page(review)
    told = typed(tree, review)
    assert told["number"] == "2024-03-07"
    assert told["adopted_on"] == "01/03/2024"
    assert told["votes_for"] == "14"
    assert told["lines-1-chapter"] == "21"
    assert told["lines-1-amount"] == "12500,5"
    assert told["articles-4-label"] == "article 4"
    assert told["relations-1-number"] == "2021-11-04"
    said = words(tree)
    assert "article 2" in said
    assert "7 propositions ne sont pas tranchées" in said


def test_the_same_file_twice_leads_to_the_one_that_waits(referent: Browser, review: str):
    assert drop(referent, TEXT).headers["Location"] == review
    assert "Ce fichier a déjà été envoyé" in words(referent.page(review))


def test_from_the_review_to_the_register_with_what_was_kept(referent: Browser, review: str):
    place = f"{review}/engagements/1"
    answer = referent.send(place, {**typed(referent.page(place), place), "choice": "kept"})
    assert answer.status_code == 422
    assert "Ce choix" not in answer.text
    assert "À remplir." in words(lint(place, answer.text))  # its axis is never guessed
    told = {
        **typed(referent.page(place), place),
        "axis": "sobriety",
        "title_fr": "Garder six ans",
        "indicators": "SOB-06",
    }
    answer = referent.send(place, {**told, "choice": "kept"})
    assert answer.headers["Location"] == f"{review}/engagements/2"
    second = f"{review}/engagements/2"
    answer = referent.send(second, {**typed(referent.page(second), second), "choice": "aside"})
    assert answer.status_code == 302
    said = words(referent.page(review))
    assert "retenu DEM24-01" in said
    assert "écarté" in said
    told = {**typed(referent.page(review), review), "step": "store"}
    for _ in range(2):  # a second click stores nothing more
        answer = referent.send(review, told)
        assert answer.headers["Location"] == f"{REGISTER}/2024-03-07", answer.text
    said = words(referent.page(f"{REGISTER}/2024-03-07"))
    assert "adoptée (14 pour, 2 contre, 1 abstention)" in said
    assert "Garder six ans" in said
    assert "investissement" in said
    assert "12 500,50 € TTC" in said.replace("\u202f", " ").replace("\xa0", " ")
    assert "Garder six ans" in words(referent.page("/demonstration/engagements?axe=sobriety&page=1"))
    assert referent.get(review).headers["Location"] == f"{REGISTER}/2024-03-07"


def test_two_tabs_do_not_overwrite_each_other(referent: Browser, review: str):
    first = typed(referent.page(review), review)
    assert referent.send(review, {**first, "title_fr": "Un titre", "step": "keep"}).status_code == 302
    answer = referent.send(review, {**first, "title_fr": "Un autre", "step": "keep"})
    assert answer.status_code == 409
    said = words(lint(review, answer.text))
    assert "Un autre" in said
    assert "Un titre" in said
    assert referent.send(review, {**first, "step": "store"}).status_code == 409
    place = f"{review}/engagements/1"
    told = {**typed(referent.page(place), place), "axis": "sobriety", "choice": "kept"}
    assert referent.send(place, told).status_code == 302
    assert referent.send(place, {**told, "title_fr": "Autrement"}).status_code == 409


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(referent: Browser, store: Database, review: str):
    told = typed(referent.page(review), review)
    before = counts(store)
    wrong = {
        "adopted_on": "demain",
        "outcome": "rejected",
        "url": "pas une adresse",
        "lines-1-amount": "douze",
        "articles-1-body_fr": "Monsieur Jacques DURANDEL est remercié.",
        "reference": "à b",
        "step": "store",
    }
    answer = referent.send(review, {**told, **wrong})
    assert answer.status_code == 422
    tree = lint(review, answer.text)
    marked = {one.get("id"): words(one) for one in tree.iter("p") if (one.get("id") or "").endswith("-problem")}
    assert set(marked) == {
        f"{name}-problem"
        for name in ("adopted_on", "outcome", "url", "lines-1-amount", "articles-1-body_fr", "reference")
    }
    assert "DURANDEL" in marked["articles-1-body_fr-problem"]
    assert typed(tree, review)["lines-1-amount"] == "douze"
    assert counts(store) == before


def test_a_text_that_is_in_the_register_is_refused_with_a_link_to_it(referent: Browser, review: str):
    told = {**typed(referent.page(review), review), "number": "DEMO 2022-045 (fictive)", "step": "store"}
    answer = referent.send(review, told)
    assert answer.status_code == 422
    assert "est déjà au registre" in words(lint(review, answer.text))
    assert f'href="{REGISTER}/DEMO-2022-045"' in answer.text


def test_a_discarded_text_is_forgotten_and_may_come_again(referent: Browser, review: str):
    version = typed(referent.page(review), review)["version"]
    assert referent.send(f"{review}/abandon", {"version": "0"}).status_code == 409
    assert referent.send(f"{review}/abandon", {"version": version}).headers["Location"] == HERE
    assert "Texte oublié" in words(referent.page(HERE))
    assert "Délibération écartée" in words(referent.page("/demonstration/journal"))
    assert drop(referent, TEXT).headers["Location"] != review


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "x.txt", "vide"),
        ("Recette : casser trois œufs, ajouter du sucre, cuire.".encode(), "x.txt", "ne se lit pas comme une délib"),
        (b"%PDF-1.7 nothing", "x.pdf", "incomplet ou abîmé"),
    ],
)
def test_what_is_no_deliberation_is_refused_plainly(referent: Browser, store: Database, content, name, said):
    before = counts(store)
    answer = drop(referent, content, name=name)
    assert answer.status_code == 422
    assert said in words(lint(HERE, answer.text)).replace("’", "'")
    assert counts(store) == before


def test_the_register_is_narrowed_and_comes_out_as_the_open_table(referent: Browser):
    assert "4 textes votés." in words(referent.page(REGISTER))
    assert "1 texte voté." in words(referent.page(f"{REGISTER}?annee=2022&assemblee=Conseil+municipal"))
    assert "Aucune délibération ne répond" in words(referent.page(f"{REGISTER}?annee=1999"))
    assert referent.get(f"{REGISTER}?page=9").status_code == 404
    lines = referent.get(f"{REGISTER}.csv").text.splitlines()
    assert lines[0].startswith("COLL_NOM,COLL_SIRET,DELIB_ID,DELIB_DATE")
    assert len(lines) == 5
    assert "DELIB_ID" in referent.get(f"{REGISTER}.json").text


def test_an_open_table_is_previewed_then_added_once(referent: Browser, store: Database):
    address = f"{REGISTER}/scdl"
    before = counts(store)
    answer = drop(referent, CSV, address, "delib.csv")
    assert answer.status_code == 200
    tree = lint(address, answer.text)
    assert "2 délibérations à ajouter." in words(tree)
    assert counts(store) == before
    assert referent.send(address, typed(tree, address)).headers["Location"] == REGISTER
    said = words(referent.page(f"{REGISTER}/2024-01"))
    assert "adoptée (0 pour)" in said
    assert "Aucun engagement" in said
    again = drop(referent, CSV, address, "delib.csv")
    assert "déjà au registre" in words(lint(address, again.text))


def test_a_table_with_one_bad_cell_adds_nothing(referent: Browser, store: Database):
    before = counts(store)
    content = CSV + b"2024-03;2024-13-01;Objet;;\n2099-01;2099-01-01;A venir;;\n"
    answer = drop(referent, content, f"{REGISTER}/scdl", "delib.csv")
    assert answer.status_code == 422
    said = words(lint(REGISTER, answer.text))
    assert "B4" in said
    assert "2099-01" in said
    assert counts(store) == before


def test_a_text_leads_to_those_it_renews_and_back(referent: Browser):
    assert "Se réfère à" in words(referent.page(f"{REGISTER}/DEMO-2022-045"))
    said = words(referent.page(f"{REGISTER}/DEMO-2016-012"))
    assert "Citée par" in said
    assert re.search(r'href="[^"]*/DEMO-2022-045"', referent.get(f"{REGISTER}/DEMO-2016-012").text)


def test_a_budget_line_and_an_article_are_shown_with_what_comes_from_them(referent: Browser):
    tree = referent.page("/amp/deliberations/AMP-2025-17495")
    said = words(tree).replace("\u202f", " ").replace("\xa0", " ")
    assert "3 600 € (régime de taxe non précisé) exercice 2025, Budget principal, section fonctionnement" in said
    assert "chapitre 011, fonction 020, nature 6281" in said
    assert "service gestionnaire 2INFO" in said
    titles = [words(heading) for heading in tree.findall(".//main//h3")]
    assert titles == ["Article 1", "Article 2"]
    places = [words(one) for one in tree.findall(".//main//ol/li")]
    assert "articles 1 et 2 ; exposé, 4e alinéa" in places[1].replace("\xa0", " ")


def test_only_the_lead_takes_a_text_in(agent: Browser, elu: Browser, referent: Browser, review: str):
    for browser in (agent, elu):
        for address in (HERE, review, f"{review}/engagements/1"):
            assert browser.get(address).status_code == 403
        for address in (review, f"{review}/abandon", f"{review}/engagements/1", f"{REGISTER}/scdl"):
            assert browser.send(address, {"choice": "aside"}).status_code == 403
        assert "Prendre en charge" not in words(browser.page(REGISTER))
