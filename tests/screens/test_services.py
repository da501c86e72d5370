"""The screens around digital services: the register, the forms, what anyone reads, the report, the dashboard."""

import csv
import io

import pytest
from werkzeug.test import TestResponse

from tests.screens.conftest import Browser
from tests.screens.lint import words
from tracker.web.platform.folding import folded

PAGE = "/demonstration/services"
SITE = {
    "name": "Nouveau site",
    "kind": "website",
    "audience": "public",
    "state": "online",
    "hosting": "unknown",
    "personal_data": "unknown",
    "home_mention": "unknown",
}


def main_of(browser: Browser, address: str) -> str:
    main = browser.page(address).find(".//main")
    assert main is not None
    return words(main).replace("\u00a0", " ").replace("\u202f", " ")


def rows(browser: Browser, address: str) -> list[dict[str, str]]:
    answer = browser.get(address)
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


def test_the_register_says_the_state_of_each_service_and_why(elu: Browser):
    told = main_of(elu, PAGE)
    assert "8 services numériques sont au registre. 7 sont en ligne." in told
    assert "Réservation des salles (fictif) téléservice, grand public" in told
    assert "pas encore ouvert" in told
    assert "Ajouter un service numérique" not in told


@pytest.mark.parametrize(
    ("query", "numbers"),
    [("type=chatbot", {"4"}), ("public=staff", {"6"}), ("mots=DEMARCHES", {"2"}), ("ia=oui&direction=DCOM", {"3"})],
)
def test_the_table_has_what_answers_the_filters(elu: Browser, query: str, numbers: set[str]):
    assert {row["numero"] for row in rows(elu, f"{PAGE}.csv?{query}")} == numbers
    assert "1 service répond." in main_of(elu, f"{PAGE}?{query}")


def test_a_filter_that_nothing_meets_says_so(elu: Browser):
    assert "Aucun service numérique ne répond à tous ces critères" in main_of(elu, f"{PAGE}?mots=soucoupe")
    assert "Aucun service numérique n’est encore enregistré." in main_of(elu, "/marseille/services")


def test_a_sheet_of_ai_whose_service_denies_it_is_said_on_both_pages_and_in_what_is_to_settle(referent: Browser):
    service = referent.send(f"{PAGE}/ajout", SITE | {"uses_ai": "non"}).headers["Location"]
    sheet = {"name": "Tri des demandes", "service": service.rsplit("/", 1)[1], "state": "in_use", "role": "unknown"}
    coded = dict.fromkeys(("is_conversational", "notice", "charter_opinion", "decides"), "unknown")
    settings = "/demonstration/reglages"
    assert "Tri des demandes" not in main_of(referent, settings)
    added = referent.send(f"{PAGE}/ia/ajout", sheet | coded | {"risk": "a_qualifier"})
    assert added.status_code == 302
    system = added.headers["Location"]
    assert "dit ne pas utiliser l’IA : corrigez l’une des deux fiches" in main_of(referent, system)
    assert "Ce service dit ne pas utiliser l’IA, et une fiche du registre" in main_of(referent, service)
    assert "Tri des demandes : fiche d’IA d’un service qui dit ne pas en utiliser" in main_of(referent, settings)
    assert referent.send(f"{service}/modifier", SITE | {"uses_ai": "oui", "seen": "1"}).status_code == 302
    for page in (system, service, settings):
        assert "ne pas utiliser l’IA" not in main_of(referent, page)
        assert "qui dit ne pas en utiliser" not in main_of(referent, page)


def test_a_refused_form_keeps_what_was_typed_and_a_stale_one_quotes_what_is_stored(referent: Browser):
    refused = referent.send(f"{PAGE}/ajout", SITE | {"address": "ftp://ville.example", "purpose": "Lire"})
    assert refused.status_code == 422
    assert 'value="ftp://ville.example"' in refused.text
    assert "n’est pas l’adresse d’un site" in refused.text
    added = referent.send(f"{PAGE}/ajout", SITE)
    assert added.status_code == 302
    address = added.headers["Location"]
    assert referent.send(f"{address}/modifier", SITE | {"supplier": "Un", "seen": "1"}).status_code == 302
    stale = referent.send(f"{address}/modifier", SITE | {"supplier": "Deux", "seen": "1"})
    assert stale.status_code == 409
    assert 'value="Deux"' in stale.text
    assert "a enregistré" in stale.text
    assert 'name="seen" value="2"' in stale.text


def test_the_page_of_a_service_has_its_panels_and_its_history(referent: Browser):
    told = main_of(referent, f"{PAGE}/4")
    for part in ("non conforme, faute d’audit", "Intelligence artificielle", "Évaluation par les usagers", "3,6"):
        assert part in told
    assert "Intelligence artificielle" not in main_of(referent, f"{PAGE}/1")


def test_what_is_published_of_ai_is_read_by_anyone_kept_by_caches_and_names_no_note(browser: Browser):
    answer = browser.get("/demonstration/public/ia")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "Agent conversationnel du site" in answer.text
    assert "Tri des signalements" not in answer.text
    again = browser.get("/demonstration/public/ia", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    for slug in ("amp", "marseille", "rien"):
        assert browser.get(f"/{slug}/public/ia").status_code == 404


def test_the_years_say_what_was_not_evaluated_nor_counted(elu: Browser):
    told = main_of(elu, f"{PAGE}/evaluations?annee=2025")
    assert "3 services sur 7 ont été évalués par leurs usagers en 2025." in told
    assert "pas évalué en 2025" in told
    places = rows(elu, f"{PAGE}/mediation.csv?annee=2025")
    assert [row["personnes_accompagnees"] for row in places] == ["742", "455", ""]
    assert "(2 sur 3)" in main_of(elu, f"{PAGE}/mediation?annee=2025")


def test_the_report_and_the_dashboard_tell_of_services_and_of_ai(elu: Browser):
    report = main_of(elu, "/demonstration/rapport/2025")
    assert "8 services numériques sont au registre." in report
    assert "4 systèmes d’IA sont au registre." in report
    told = main_of(elu, "/demonstration/")
    assert "7 services numériques en ligne ; 4 systèmes d’IA ; prochaine commission d’homologation le 10" in told
    told = main_of(elu, "/amp/")
    assert "3 systèmes d’IA" in told
    assert "service numérique" not in told  # none is known: that is no zero
    assert "Les services numériques" in main_of(elu, "/marseille/")
    assert "à qualifier : 3" in main_of(elu, "/amp/rapport/2025")


@pytest.mark.parametrize("area", ["", "/ia", "/ecoconception", "/evaluations", "/mediation"])
def test_an_empty_register_says_what_to_do_or_who_may(elu: Browser, referent: Browser, area: str):
    empty = f"/marseille/services{area}"
    assert "Le référent numérique responsable peut en ajouter." in main_of(elu, empty)
    assert "Le référent numérique responsable peut" not in main_of(referent, empty)
    ways = [str(link.get("href")) for link in referent.page(empty).iterfind(".//main//a")]
    assert any(way.endswith("/ajout") for way in ways)


def test_an_ai_system_is_none_of_the_years_before_it_nor_in_use_before_its_day(referent: Browser):
    untold = dict.fromkeys(("role", "is_conversational", "notice", "decides", "charter_opinion"), "unknown")
    told = {**untold, "name": "Essai", "seen": "0", "state": "in_use", "risk": "a_qualifier"}
    refused = referent.send(f"{PAGE}/ia/ajout", {**told, "started_on": "01/01/2030"})
    assert refused.status_code == 422
    assert "n’est pas encore venu" in refused.text
    assert referent.send(f"{PAGE}/ia/ajout", {**told, "started_on": "02/01/2026"}).status_code == 302
    assert "4 systèmes d’IA sont au registre." in main_of(referent, "/demonstration/rapport/2025")
    assert "5 systèmes d’IA sont au registre." in main_of(referent, "/demonstration/rapport/2026")


def sent(browser: Browser, table: str) -> TestResponse:
    return browser.send(f"{PAGE}/import", {"file": (io.BytesIO(table.encode()), "services.csv")})


def confirmed(browser: Browser, table: str, mark: str) -> TestResponse:
    data = {"step": "confirm", "mark": mark, "shown": folded(table.encode())}
    return browser.send(f"{PAGE}/import", data)


def mark_of(answer: TestResponse) -> str:
    return answer.text.split('name="mark" value="')[1].split('"')[0]


def test_our_own_table_sent_back_changes_nothing(referent: Browser):
    table = referent.get(f"{PAGE}.csv").data.decode("utf-8-sig")
    assert "Aucune modification" in sent(referent, table).text


def test_a_table_in_either_language_is_shown_then_written_whole_and_once(referent: Browser):
    lines = ("Kind,URL,Name,Uses AI,Colour", "website,https://un.example,Un,yes,blue")
    table = "\n".join((*lines, "téléservice,,Démarches en ligne (fictif),,"))
    shown = sent(referent, table)
    assert shown.status_code == 200
    assert "1 service à ajouter, 1 à changer, 0 identique." in shown.text.replace("\u00a0", " ")
    assert "Colonnes ignorées : Colour." in shown.text.replace("\u00a0", " ")
    assert len(rows(referent, f"{PAGE}.csv")) == 8
    assert confirmed(referent, table, mark_of(shown)).status_code == 302
    told = {row["nom"]: row for row in rows(referent, f"{PAGE}.csv")}
    assert (told["Un"]["adresse"], told["Un"]["utilise_ia"]) == ("https://un.example", "oui")
    assert told["Démarches en ligne (fictif)"]["contact"] == "accessibilite@demonstration.example"
    assert told["Démarches en ligne (fictif)"]["utilise_ia"] == ""
    assert "Aucune modification" in sent(referent, table).text


def test_one_wrong_cell_refuses_the_whole_table_and_says_where(referent: Browser):
    table = (
        "nom;type;adresse\nUn;site internet;https://un.example\nDeux;soucoupe;ftp://deux.example\nUn;site internet;\n"
    )
    refused = sent(referent, table)
    assert refused.status_code == 422
    for cell in ("B3", "C3", "A4"):
        assert f'<th scope="row">{cell}</th>' in refused.text
    assert confirmed(referent, table, "").status_code == 422
    assert len(rows(referent, f"{PAGE}.csv")) == 8
    for odd in ("", "a;b\n1;2\n", "nom;name\nUn;Un\n", "%PDF-1.7"):
        assert sent(referent, odd).status_code == 422


def test_a_register_that_changed_since_the_preview_is_shown_again(referent: Browser):
    table = "nom;type\nUn;site internet\n"
    mark = mark_of(sent(referent, table))
    referent.send(f"{PAGE}/ajout", SITE)
    stale = confirmed(referent, table, mark)
    assert stale.status_code == 409
    assert "des services ont changé depuis l’aperçu" in stale.text
    assert confirmed(referent, table, mark_of(stale)).status_code == 302


def test_the_values_that_were_shown_are_written_once(referent: Browser):
    page = referent.get(f"{PAGE}/indicateurs/2025")
    assert "différente, et celle qui est enregistrée reste" in page.text
    answer = referent.send(f"{PAGE}/indicateurs/2025", {"shown": "autre", "reason": ""})
    assert answer.status_code == 409
