"""Ecodesign of services on screen: assessed theme by theme, closed, declared; pages imported, typed, withdrawn."""

import csv
import io
import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.screens.conftest import Browser
from tests.screens.lint import words
from tests.served import digital_service
from tests.unit.test_page_measures import FILE_CSV
from tracker.domain.rgesn import EcodesignTheme
from tracker.services.ecodesign import referential
from tracker.store.queries import organisations
from tracker.store.session import Database

BASE = "/demonstration/services/91"
ECO, INDEX = f"{BASE}/ecoconception", f"{BASE}/ecoindex"
FRAME = {
    "assessed_on": "01/06/2026",
    "assessor": "Direction des systèmes d'information",
    "scope": "Dix pages du site",
    "improvements": "Alléger l'accueil",
}
PAGE = {
    "address": "https://ville.example/",
    "on": "03/05/2026",
    "elements": "300",
    "requests": "20",
    "kilobytes": "512,5",
    "tool": "EcoIndex",
    "version": "5.4.1",
}


@pytest.fixture
def keeper(store: Database, referent: Browser) -> Browser:
    """Give the browser of the lead, in a town that has service 91."""
    with store.transaction() as session:
        town = organisations.by_slug(session, "demonstration")
        assert town is not None
        digital_service(session, town, number=91, name="Site essayé", contact="https://ville.example/contact")
    return referent


def main_of(browser: Browser, address: str, status: int = 200) -> str:
    main = browser.page(address, status).find(".//main")
    assert main is not None
    return words(main)


def answers(place: int, seen: int, answer: str = "met", **changed: str) -> dict[str, str]:
    told = {f"answer-{one.number}": answer for one in referential().of_theme(list(EcodesignTheme)[place - 1])}
    return told | {"seen": str(seen)} | changed


def assess(browser: Browser) -> None:
    """Go through a whole self-assessment, as its forms lead."""
    assert browser.send(ECO, {}).location == f"{ECO}/cadre"
    assert browser.send(f"{ECO}/cadre", FRAME | {"seen": "1"}).location == f"{ECO}/themes/1"
    for place in range(1, 10):
        answer = "not_applicable" if place == 8 else "not_met" if place == 3 else "met"
        sent = browser.send(f"{ECO}/themes/{place}", answers(place, place + 1, answer, **{f"note-{place}.1": "Vu"}))
        assert sent.location == (f"{ECO}/themes/{place + 1}" if place < 9 else ECO)
    assert browser.send(f"{ECO}/arret", {"seen": "11"}).location == f"{ECO}/declaration"


def test_a_service_is_assessed_closed_and_declared(keeper: Browser, elu: Browser):
    assert "Aucune auto-évaluation selon le RGESN n’est encore arrêtée." in main_of(elu, ECO)
    assess(keeper)
    told = main_of(elu, ECO)
    assert "61 critères conformes sur 68 applicables (89,7 %)" in told
    assert "Architecture 0 7 0 0 %" in told
    declared = main_of(elu, f"{ECO}/declaration")
    assert "La déclaration est prête" in declared
    assert "Enregistrer" not in declared
    sent = keeper.send(f"{ECO}/declaration", {"published_on": "02/06/2026", "url": "https://ville.example/eco"})
    assert sent.status_code == 302
    assert "Une déclaration est en vigueur." in main_of(elu, f"{ECO}/declaration")
    assert "en vigueur" in main_of(elu, "/demonstration/services/ecoconception")


def test_the_page_and_the_indicator_count_the_same_services_and_say_how_many(elu: Browser, referent: Browser):
    told = main_of(elu, "/demonstration/services/ecoconception")
    assert "1 sur 7 a une déclaration en vigueur." in told
    offered = main_of(referent, "/demonstration/services/indicateurs/2025")
    assert "14,29" in offered.split("déclaration d’écoconception publiée")[1].split("calculé sur")[0]


def test_the_statement_is_a_page_and_a_document_that_say_every_criterion(keeper: Browser):
    assess(keeper)
    page = FlaskClient.open(keeper, f"{ECO}/declaration.html")  # a file for another site: it has a style of its own
    assert page.headers["Content-Disposition"].endswith("demonstration-service-91-ecoconception.html")
    text = unescape(re.sub(r"<[^>]+>", " ", page.text))
    for one in referential().criteria:
        assert f"{one.number} {one.title.fr.replace(chr(39), '’')}" in text
    for heading in ("Ce qui est déclaré", "Résultats", "Pages mesurées", "Critère par critère", "Contact"):
        assert f">{heading}</h2>" in page.text
    assert "Aucun organisme ne l’a certifié." in text
    assert "https://ville.example/contact" in text
    assert '<html lang="fr">' in page.text
    assert page.text == FlaskClient.open(keeper, f"{ECO}/declaration.html?langue=en").text  # for the public of the site
    document = keeper.get(f"{ECO}/declaration.odt")
    assert document.data[:2] == b"PK"
    assert keeper.get(f"{ECO}/declaration.pdf").status_code == 404


def test_without_a_closed_self_assessment_there_is_no_statement_but_what_is_missing(keeper: Browser):
    assert keeper.get(f"{ECO}/declaration.html").status_code == 404
    keeper.send(ECO, {})
    told = main_of(keeper, f"{ECO}/declaration")
    assert "Donnez le jour de l’auto-évaluation." in told
    assert "Critères encore à évaluer : 78." in told
    refused = keeper.send(f"{ECO}/arret", {"seen": "1"})
    assert refused.status_code == 422
    assert "Rien n’est arrêté" in refused.text


def test_an_answer_that_cannot_be_stays_on_screen_with_its_reason(keeper: Browser):
    keeper.send(ECO, {})
    sent = keeper.send(f"{ECO}/themes/1", answers(1, 1, **{"answer-1.1": "not_applicable", "note-1.2": "Enquête"}))
    assert sent.status_code == 422
    assert "Le RGESN applique le critère 1.1 à tout service" in sent.text
    assert "Enquête" in sent.text


def test_a_stale_answer_is_told_with_what_is_stored_and_wins_when_sent_again(keeper: Browser):
    keeper.send(ECO, {})
    keeper.send(f"{ECO}/themes/7", answers(7, 1))
    stale = keeper.send(f"{ECO}/themes/7", answers(7, 1, **{"answer-7.4": "not_applicable"}))
    assert stale.status_code == 409
    assert "7.4 conforme" in stale.text
    seen = re.search(r'name="seen" value="(\d+)"', stale.text)
    assert seen is not None
    again = keeper.send(f"{ECO}/themes/7", answers(7, int(seen[1]), **{"answer-7.4": "not_applicable"}))
    assert again.status_code == 302


def test_the_frame_typed_over_a_newer_one_is_refused_with_both(keeper: Browser):
    keeper.send(ECO, {})
    keeper.send(f"{ECO}/cadre", FRAME | {"seen": "1"})
    stale = keeper.send(f"{ECO}/cadre", FRAME | {"seen": "1", "scope": "Tout"})
    assert stale.status_code == 409
    assert "Dix pages du site" in stale.text
    wrong = keeper.send(f"{ECO}/cadre", FRAME | {"seen": "2", "assessed_on": "demain"})
    assert wrong.status_code == 422


def test_what_is_said_of_the_ecodesign_of_a_service_names_nobody(keeper: Browser):
    keeper.send(ECO, {})
    named = "Jean Dupont"
    texts = ("assessor", "scope", "improvements")
    refused = [keeper.send(f"{ECO}/cadre", FRAME | {"seen": "1", where: named}) for where in texts]
    refused.append(keeper.send(f"{ECO}/themes/1", answers(1, 1, **{"note-1.2": f"Vu avec {named}"})))
    keeper.send(INDEX, PAGE)
    found = re.search(rf'action="({INDEX}/\d+/retrait)"', keeper.get(INDEX).text)
    assert found is not None
    refused.append(keeper.send(found[1], {"reason": f"Demandé par {named}"}))
    refused.append(keeper.send(f"{BASE}/evaluation/2025", {"low": "0", "high": "10", "method": f"Menée par {named}"}))
    for answer in refused:
        assert answer.status_code == 422
        assert "Le nom d’une personne" in answer.text


def test_a_file_is_previewed_then_stored_once(keeper: Browser, elu: Browser):
    assert "Aucune page n’a encore été mesurée." in main_of(elu, INDEX)
    sent = {"file": (io.BytesIO(FILE_CSV.encode()), "results.csv"), "file_version": "5.4.1"}
    preview = keeper.send(f"{INDEX}/import", sent, content_type="multipart/form-data")
    assert preview.status_code == 200
    assert "2 pages à enregistrer." in preview.text.replace("\xa0", " ")
    assert "Aucune page n’a encore été mesurée." in main_of(elu, INDEX)
    fields = dict(re.findall(r'name="(step|seen|name|file_version|content)" value="([^"]*)"', preview.text))
    fields = {name: unescape(value) for name, value in fields.items()}
    assert keeper.send(f"{INDEX}/import", fields).location == INDEX
    assert "2 pages : EcoIndex médian" in main_of(elu, INDEX)
    assert keeper.send(f"{INDEX}/import", fields).status_code == 409  # no longer what was shown
    again = {"file": (io.BytesIO(FILE_CSV.encode()), "results.csv"), "file_version": "5.4.1"}
    told = keeper.send(f"{INDEX}/import", again, content_type="multipart/form-data").text
    assert "toutes ces pages le sont déjà" in told
    table = list(csv.DictReader(io.StringIO(elu.get(f"{INDEX}.csv").data.decode("utf-8-sig")), delimiter=";"))
    assert [row["version_outil"] for row in table] == ["5.4.1", "5.4.1"]


@pytest.mark.parametrize(
    ("content", "version", "told"),
    [
        (FILE_CSV, "", "Donnez la version de l’outil"),
        ("nom;age\nx;1\n", "5.4.1", "n’est pas un résultat d’EcoIndex CLI"),
        (FILE_CSV.replace(",45,", ",x,"), "5.4.1", "n’est pas un nombre positif"),
        ("", "5.4.1", "Choisissez le fichier"),
    ],
)
def test_a_file_that_cannot_be_stored_is_refused_with_each_reason(keeper: Browser, content, version, told):
    sent = {"file": (io.BytesIO(content.encode()), "x.csv"), "file_version": version}
    answer = keeper.send(f"{INDEX}/import", sent, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert told in answer.text


def test_a_page_is_typed_and_withdrawn(keeper: Browser):
    wrong = keeper.send(INDEX, PAGE | {"kilobytes": "lourd", "version": ""})
    assert wrong.status_code == 422
    assert "« lourd » n’est pas un nombre." in wrong.text.replace("\xa0", " ").replace("\u202f", " ")
    assert keeper.send(INDEX, PAGE).location == INDEX
    found = re.search(rf'action="({INDEX}/\d+/retrait)"', keeper.get(INDEX).text)
    assert found is not None
    assert keeper.send(found[1], {"reason": ""}).status_code == 422
    assert keeper.send(found[1], {"reason": "Fenêtre de consentement"}).location == INDEX
    assert keeper.send(found[1], {"reason": "Encore"}).status_code == 404


def test_the_values_of_a_year_are_offered_and_kept_once(keeper: Browser):
    assess(keeper)
    address = "/demonstration/services/indicateurs/2026"
    told = main_of(keeper, address)
    assert "Part des services numériques avec déclaration d’écoconception publiée" in told
    shown = re.search(r'name="shown" value="(\w+)"', keeper.get(address).text)
    assert shown is not None
    assert keeper.send(address, {"shown": "0" * 16}).status_code == 409
    assert keeper.send(address, {"shown": shown[1]}).status_code == 302
    assert "Aucune valeur à enregistrer" in main_of(keeper, address)


def test_who_only_reads_sees_answers_and_no_form(keeper: Browser, elu: Browser):
    keeper.send(ECO, {})
    keeper.send(f"{ECO}/themes/7", answers(7, 1))
    told = elu.page(f"{ECO}/themes/7")
    assert told.find(".//main//form") is None
    assert "7.4 Mécanisme de consensus économe" in main_of(elu, f"{ECO}/themes/7")
    assert elu.page(INDEX).find(".//main//form") is None
    assert elu.send(ECO, {}).status_code == 403
    assert elu.get(f"{ECO}/themes/10").status_code == 404
    assert elu.get("/demonstration/services/999/ecoconception").status_code == 404
