"""The audits of a service on screen: imported, typed page by page, read, corrected, withdrawn; refusals in place."""

import io
import re
from typing import Any

import pytest
import time_machine

from tests.audits import SHARED, ara_csv, ara_json, cells, criteria, model, ods
from tests.screens.conftest import Browser
from tests.screens.lint import words
from tests.served import digital_service
from tracker.domain.vocabulary import Role
from tracker.store.queries import organisations
from tracker.store.session import Database

TOWN, NUMBER = "marseille", 41
LIST = f"/{TOWN}/services/{NUMBER}/audits"
SEVERAL = {SHARED: cells("NT NC NT"), "Accueil": cells("C C NA NC"), "Contact": cells("C NA NA C C")}
FIELDS = {
    "kind": "full",
    "rgaa": "4.1",
    "audited_on": "01/03/2025",
    "pages": "Accueil | https://ville.example\nPlan du site",
}


@pytest.fixture(autouse=True)
def service(store: Database) -> None:
    with store.transaction() as session:
        town = organisations.by_slug(session, TOWN)
        assert town is not None
        digital_service(session, town, number=NUMBER, name="Site de test")


def main_of(browser: Browser, address: str, status: int = 200) -> str:
    main = browser.page(address, status).find(".//main")
    assert main is not None
    return words(main)


def send(browser: Browser, content: bytes, name: str) -> Any:
    return browser.send(f"{LIST}/import", {"file": (io.BytesIO(content), name)}, content_type="multipart/form-data")


def hidden(text: str) -> dict[str, list[str]]:
    """Read the hidden fields of the preview, several of one name in their order."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(page-[a-z]+|source)" value="([^"]*)"', text):
        found.setdefault(name, []).append(value.replace("&#39;", "'"))
    return found


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def test_a_report_is_shown_then_stored_once(referent: Browser):
    answer = send(referent, ara_json(SEVERAL, accessibilityRate=80), "rapport.json")
    assert answer.status_code == 200
    shown = plain(answer.text)
    assert "Le fichier annonce 80 %, et ses résultats donnent" in shown
    assert "auditorName, auditorEmail, contactEmail" in shown
    assert "2 pages" in shown  # what they share is no page of the sample
    assert "3 pages" not in shown
    assert "Prénom" not in shown
    typed = {"kind": "full", "rgaa": "4.1", "audited_on": "02/03/2024", "told_rate": "80", "auditor": "Cabinet fictif"}
    stored = referent.send(f"{LIST}/import/confirmation", {**typed, **hidden(answer.text)})
    assert (stored.status_code, stored.location) == (302, f"{LIST}/1")
    told = main_of(referent, f"{LIST}/1")
    assert "Éléments transverses" in told
    again = send(referent, ara_json(SEVERAL, accessibilityRate=80), "rapport.json")
    assert "Cet audit est déjà enregistré sous le n° 1" in plain(again.text)
    same = referent.send(f"{LIST}/import/confirmation", {**typed, **hidden(again.text)})
    assert same.location == f"{LIST}/1"
    assert main_of(referent, LIST).count("Audit n°") == 1


def test_what_a_table_does_not_say_is_asked_for(referent: Browser):
    answer = send(referent, ara_csv(SEVERAL), "export.csv")
    typed = {"kind": "full", "rgaa": "4.1", "audited_on": ""}
    refused = referent.send(f"{LIST}/import/confirmation", {**typed, **hidden(answer.text)})
    assert refused.status_code == 422
    assert "Donnez la date de fin de l'audit" in plain(refused.text)
    assert hidden(refused.text) == hidden(answer.text)
    stored = referent.send(f"{LIST}/import/confirmation", {**typed, "audited_on": "1/3/2024", **hidden(refused.text)})
    assert stored.location == f"{LIST}/1"
    back = referent.get(f"{LIST}/1.csv")
    assert back.data.decode("utf-8-sig").replace("\r\n", "\n") == ara_csv(SEVERAL).decode()


def test_every_cell_that_cannot_be_read_is_named_and_nothing_is_stored(referent: Browser):
    sheets = model(SEVERAL)
    sheets["P02"][3][3] = "Oui"
    sheets["P03"][5][3] = "?"
    refused = send(referent, ods(sheets), "grille.ods")
    assert refused.status_code == 422
    shown = plain(refused.text)
    assert "2 problèmes" in shown
    assert "D4" in shown
    assert "« Oui » n'est pas un résultat" in shown
    assert "Aucun audit" in main_of(referent, LIST)
    for content, name, sentence in (
        (b"", "vide.csv", "vide"),
        (b"{}", "a.json", "n'est pas le rapport d'un audit"),
        (b"\x89PNG\r\n", "a.png", "tableau"),
    ):
        answer = send(referent, content, name)
        assert (answer.status_code, sentence in plain(answer.text)) == (422, True)
    assert referent.send(f"{LIST}/import", {}).status_code == 422


def test_an_audit_is_typed_page_by_page_without_a_script(referent: Browser):
    added = referent.send(f"{LIST}/ajout", FIELDS)
    assert added.location == f"{LIST}/1"
    told = main_of(referent, f"{LIST}/1")
    assert "106 critères restent non testés" in told
    assert "Taux de conformité : pas encore connu." in told
    assert "applicable" not in told  # nobody tested: nothing says that no criterion applies
    assert "0 critère" not in told
    chosen = {"seen": "1", "page": "Accueil", "url": "https://ville.example", "r-2.1": "C", "r-2.2": "NC", "next": "1"}
    following = referent.send(f"{LIST}/1/pages/1?thematique=2", chosen)
    assert following.location == f"{LIST}/1/pages/1?thematique=3"
    pasted = {"seen": "2", "page": "Plan du site", "url": "", "pasted": "\n".join(cells("C"))}
    assert referent.send(f"{LIST}/1/pages/2", pasted).status_code == 302
    told = main_of(referent, f"{LIST}/1")
    assert "1 critère non respecté 2.2 : Accueil." in told
    assert "Audit d’accessibilité modifié : Accueil" in told  # the page that changed, beside what did
    assert "page : –" not in told
    page = referent.page(f"{LIST}/1/pages/1?thematique=2")
    assert [one.get("value") for one in page.iter("input") if "checked" in one.attrib] == ["C", "NC"]
    refused = referent.send(f"{LIST}/1/pages/2", {**pasted, "seen": "3", "pasted": "C C"})
    assert refused.status_code == 422
    assert "2 résultats lus pour 106 critères" in plain(refused.text)


def test_two_people_on_one_page_see_each_other(referent: Browser):
    referent.send(f"{LIST}/ajout", FIELDS)
    first = {"seen": "1", "page": "Accueil", "url": "https://ville.example", "r-2.1": "C", "r-2.2": "C"}
    referent.send(f"{LIST}/1/pages/1?thematique=2", first)
    stale = referent.send(f"{LIST}/1/pages/1?thematique=2", {**first, "r-2.2": "NC"})
    assert stale.status_code == 409
    assert 'id="r-2.2-problem"' in stale.text
    assert 'id="r-2.1-problem"' not in stale.text
    assert re.search(r'name="r-2.2" value="NC" checked', stale.text)
    assert 'name="seen" value="2"' in stale.text
    changed = referent.send(f"{LIST}/1/modifier", {"seen": "1", "audited_on": "03/03/2025"})
    assert changed.status_code == 409
    assert "1er mars 2025" in plain(changed.text)
    for address, data in (("pages", {"page": "Autre"}), ("retrait", {"reason": "non"}), ("pages/1/suppression", {})):
        assert referent.send(f"{LIST}/1/{address}", {"seen": "1", **data}).status_code == 409


def test_an_audit_is_withdrawn_with_a_reason_and_stays_to_be_read(referent: Browser):
    referent.send(f"{LIST}/ajout", FIELDS)
    assert referent.send(f"{LIST}/1/retrait", {"seen": "1", "reason": " "}).status_code == 422
    assert referent.send(f"{LIST}/1/retrait", {"seen": "1", "reason": "Mauvais service"}).status_code == 302
    told = main_of(referent, f"{LIST}/1")
    assert "Cet audit est retiré" in told
    assert "Mauvais service" in told
    assert referent.get(f"{LIST}/1/pages/1").status_code == 404
    assert referent.send(f"{LIST}/1/modifier", {"seen": "2", "audited_on": "01/03/2025"}).status_code == 422


def test_the_state_flips_by_itself_and_the_next_version_is_told_ahead(referent: Browser, store: Database):
    stored = {"kind": "full", "rgaa": "4.1", "audited_on": "01/03/2024", "page-name": "Accueil", "page-address": ""}
    stored |= {"page-shared": "0", "page-results": " ".join(cells("C"))}
    referent.send(f"{LIST}/import/confirmation", stored)
    told = main_of(referent, f"{LIST}?parution=1/2/2025")
    assert "Totalement conforme" in told
    assert "Il compte jusqu'au 1er mars 2027" in plain(told)
    assert "Si le RGAA 5 paraît le 1er février 2025, il ne compte plus que jusqu'au 1er août 2026" in plain(told)
    assert "n'est pas une date" in plain(main_of(referent, f"{LIST}?parution=demain"))
    with time_machine.travel("2027-03-02 10:00:00+01:00"):
        referent.sign_in(Role.REFERENT)
        assert "Non conforme, faute d'audit en cours de validité" in plain(main_of(referent, LIST))


def test_results_are_read_by_topic_and_a_few_pages_at_a_time(referent: Browser):
    many = {f"Page {n}": cells("C NC") for n in range(1, 18)}
    answer = send(referent, ara_csv(many), "export.csv")
    typed = {"kind": "full", "rgaa": "4.1", "audited_on": "1/3/2024"}
    referent.send(f"{LIST}/import/confirmation", {**typed, **hidden(answer.text)})
    page = referent.page(f"{LIST}/1/resultats?thematique=13")
    assert len(list(page.iter("tr"))) == 1 + len([one for one in criteria() if one.startswith("13.")])
    assert "Pages 16 à 17 sur 17" in main_of(referent, f"{LIST}/1/resultats?thematique=13&page=16")
    for asked in ("thematique=14", "thematique=x", "page=2", "page=31", "page=x"):
        assert referent.get(f"{LIST}/1/resultats?{asked}").status_code == 404


def test_who_only_reads_finds_no_way_to_change(elu: Browser, referent: Browser):
    referent.send(f"{LIST}/ajout", FIELDS)
    assert "Importer un audit" not in main_of(elu, LIST)
    assert "<form" not in re.sub(r"(?s)<form[^>]*deconnexion.*?</form>", "", elu.get(f"{LIST}/1").text)
    for address in ("ajout", "import", "1/modifier", "1/pages/1"):
        assert elu.get(f"{LIST}/{address}").status_code == 403
    assert elu.get(f"/amp/services/{NUMBER}/audits").status_code == 404
