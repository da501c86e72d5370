"""The footprint on screen: one sentence with its range and its method, what is missing, what is frozen and proposed."""

import csv
import hashlib
import io
import json
from datetime import date

import pytest

from tests.holdings import COPIER, add_estate
from tests.screens.conftest import Browser
from tests.screens.lint import lint, words
from tests.screens.test_every_page import counts
from tests.screens.test_reports import section
from tracker.domain.estate import EquipmentCategory
from tracker.store.session import Database

HOME = "/marseille/carbone"
HOSTILE = "<script>alert(1)</script> =HYPERLINK(1) {{ 7*7 }} <b>gras</b>"


@pytest.fixture
def estate(store: Database) -> Database:
    with store.transaction() as session:
        add_estate(session, "marseille")
        add_estate(session, "marseille", [(COPIER, 4, None), (EquipmentCategory.SERVER, 3, date(2023, 1, 1))])
    return store


def main(tree) -> str:
    found = tree.find(".//main")
    assert found is not None
    return words(found).replace("\u202f", " ").replace("\u00a0", " ")


def hidden(tree) -> dict[str, str]:
    return {one.get("name"): one.get("value", "") for one in tree.iter("input") if one.get("type") == "hidden"}


def typed_in(tree) -> dict[str, str]:
    return {one.get("name"): one.get("value", "") for one in tree.iter("input") if one.get("type") != "checkbox"}


def lines(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


def test_an_authority_without_estate_reads_that_nothing_is_known_and_no_zero(elu: Browser):
    told = main(elu.page(HOME))
    assert "Aucune empreinte n’est chiffrée pour 2025 (méthode de stock, facteurs 2026-11)." in told
    assert "rien n’est supposé nul" in told
    assert " 0 t" not in told


def test_the_footprint_is_one_sentence_with_its_range_and_its_method_and_says_what_is_missing(
    estate: Database, elu: Browser
):
    page = elu.page(f"{HOME}/2025")
    told = main(page)
    assert "En 2025, le numérique pèse 11,1 t CO₂e, de 9,4 à 26,3 selon les facteurs" in told
    assert "(méthode de stock, facteurs 2026-11)" in told
    assert "copieur multifonction (électricité par an, durée d’amortissement)" in told
    assert "84 équipements sans date d’arrivée sont comptés selon leur état d’aujourd’hui." in told
    assert "30 équipements sont amortis" in told
    assert "Par agent : inconnu" in told
    assert "Épuisement des ressources : inconnu" in told
    assert "aucun bilan figé" in told
    assert "sans l’usage, inconnu" in told
    assert not [one for one in page.iter("a") if str(one.get("href")).endswith(("/montants", "/figer"))]
    [first, second] = [one for one in page.iter() if one.tag.endswith("svg") and one.get("role") == "img"]
    assert "ordinateur portable" in str(first.get("aria-label"))
    assert "méthode constante" in str(second.get("aria-label"))


def test_a_year_whose_electricity_nobody_knows_is_not_told_as_a_whole_footprint(
    estate: Database, elu: Browser, referent: Browser
):
    told = main(elu.page(f"{HOME}/2021"))
    assert "En 2021, ce qui est connu du numérique pèse" in told
    assert "l’empreinte entière est inconnue" in told
    assert "Par agent : inconnu" in told
    assert "()" not in told  # a category that lacks no factor of its own is not named as if it did
    frozen = referent.page(f"{HOME}/2021/figer")
    assert referent.send(f"{HOME}/2021/figer", hidden(frozen)).status_code == 302
    told = main(referent.page(f"{HOME}/2021"))
    assert "Sans l’usage, inconnu faute de facteur d’électricité." in told
    assert "Empreinte carbone annuelle" not in told  # it is proposed to no indicator
    assert "Sans l’usage" in section(referent.page("/marseille/rapport/2021"), "carbon")


def test_what_weighs_most_may_be_an_amount(estate: Database, referent: Browser):
    typed = {"scope": "cloud", "tool": "stated", "name": "Hébergement", "carbon": "4 000,5", "source": "Facture"}
    assert referent.send(f"{HOME}/2025/montants", typed).status_code == 302
    assert "Le plus lourd en 2025 : Hébergement, 4 000,5 t CO₂e, soit 100 % du total." in main(
        referent.page(f"{HOME}/2025")
    )


def test_each_method_is_named_and_gives_its_own_figure(estate: Database, elu: Browser):
    flow = main(elu.page(f"{HOME}/2025?methode=flux"))
    assert "En 2025, le numérique pèse 15,3 t CO₂e" in flow
    assert "(méthode de flux, facteurs 2026-11)" in flow
    assert "sont amortis" not in flow
    assert "En 2024" in main(elu.page(f"{HOME}?annee=2024&methode="))


def test_the_table_to_take_away_has_the_figures_of_the_page(estate: Database, elu: Browser):
    rows = lines(elu.get(f"{HOME}/2025.csv"))
    known = [row for row in rows if row["serie"] == "année" and row["kg_co2e"]]
    total = sum(float(row["kg_co2e"].replace(",", ".")) for row in known)
    assert round(total / 1000, 1) == 11.1
    held = [
        row for row in rows if row["serie"] != "année" and row["annee"] == "2023" and row["electricite_de"] == "2025"
    ]
    assert held
    copier = [row for row in rows if row["annee"] == "2025" and row["categorie"] == "copieur multifonction"]
    assert {row["kg_co2e"] for row in copier} == {""}
    assert {row["methode"] for row in rows} == {"méthode de stock"}


def test_the_factors_say_their_source_and_licence_and_an_own_one_its_reason(estate: Database, referent: Browser):
    assert "aucun" in main(referent.page(f"{HOME}/facteurs"))
    address = f"{HOME}/facteurs/laptop?mesure=life"
    told = main(referent.page(address))
    assert "182,3 kg CO₂e (de 182,3 à 248,3)" in told
    assert "Licence : MIT pour le dépôt" in told
    assert "Livré : 5 ans." in told
    typed = {"value": "6", "source": "Plan", "reason": HOSTILE, "seen": "0"}
    answer = referent.send(address, typed)
    assert (answer.status_code, answer.location) == (302, f"{HOME}/facteurs/laptop?mesure=life")
    assert HOSTILE in main(referent.page(address))
    told = main(referent.page(f"{HOME}/2025"))
    assert "facteurs 2026-11+1" in told
    assert "Évité par l’allongement" in told
    assert "Facteur d’émission fixé, ordinateur portable : durée d’amortissement" in main(
        referent.page("/marseille/journal")
    )
    late = referent.send(address, {**typed, "value": "7"})
    assert late.status_code == 409
    tree = lint(address, late.text)
    assert "a enregistré : 6" in main(tree)
    assert next(one for one in tree.iter("input") if one.get("name") == "value").get("value") == "7"
    own = [row for row in lines(referent.get(f"{HOME}/facteurs.csv")) if row["propre_a_la_collectivite"]]
    assert [(row["code"], row["valeur"]) for row in own] == [("laptop.life", "6")]


def test_an_amount_stands_for_the_servers_and_a_wrong_one_stays_typed(estate: Database, referent: Browser):
    address = f"{HOME}/2025/montants"
    before = counts(estate)
    wrong = {"scope": "servers", "tool": "stated", "name": HOSTILE, "carbon": "beaucoup", "source": ""}
    answer = referent.send(address, wrong)
    assert answer.status_code == 422
    tree = lint(address, answer.text)
    assert "n’est pas un nombre" in main(tree)
    assert "Dites d’où vient ce montant" in main(tree)
    assert next(one for one in tree.iter("input") if one.get("name") == "name").get("value") == HOSTILE
    assert counts(estate) == before
    assert referent.send(address, {**wrong, "carbon": "2,5", "source": "Facture"}).status_code == 302
    told = main(referent.page(f"{HOME}/2025"))
    assert "Comptés par un montant saisi, et pas une seconde fois : serveur." in told
    assert "12,7 t CO₂e" in told
    assert HOSTILE in told
    shown = hidden(referent.page(f"{address}?montant=1"))
    assert (shown["number"], shown["seen"]) == ("1", "1")
    assert referent.send(address, {"number": "1", "seen": "1", "is_withdrawn": "1"}).status_code == 302
    assert "Aucun montant n’est saisi" in main(referent.page(address))
    assert referent.get(f"{address}?montant=1").status_code == 404
    assert referent.get(f"{address}?montant=x").status_code == 200


def test_a_value_without_a_range_is_changed_by_its_value_alone(estate: Database, referent: Browser):
    address = f"{HOME}/facteurs/laptop?mesure=life"
    typed = {"value": "6", "source": "Plan", "reason": "Vote"}
    assert referent.send(address, {**typed, "seen": "0"}).status_code == 302
    shown = typed_in(referent.page(address))
    assert (shown["value"], shown["low"], shown["high"]) == ("6", "", "")
    assert referent.send(address, {**shown, **typed, "value": "7"}).status_code == 302
    address = f"{HOME}/2025/montants"
    typed = {"scope": "cloud", "tool": "stated", "name": "Nuage", "carbon": "5", "high": "9", "source": "Facture"}
    assert referent.send(address, typed).status_code == 302
    shown = typed_in(referent.page(f"{address}?montant=1"))
    assert (shown["carbon"], shown["low"], shown["high"]) == ("5", "", "9")
    assert referent.send(address, {**shown, **typed, "carbon": "6"}).status_code == 302


def test_a_frozen_assessment_is_the_text_that_was_shown_and_goes_to_the_indicators_and_the_review(
    estate: Database, referent: Browser
):
    assert "Aucun bilan carbone n’est figé pour 2025." in section(referent.page("/marseille/rapport/2025"), "carbon")
    seen = hidden(referent.page(f"{HOME}/2025/figer"))
    referent.send(
        f"{HOME}/2025/montants", {"scope": "cloud", "tool": "wenr", "name": "x", "carbon": "1", "source": "y"}
    )
    late = referent.send(f"{HOME}/2025/figer", seen)
    assert late.status_code == 409
    assert "vous aviez lu 11,14 t CO₂e, il donne maintenant 12,14" in main(lint(HOME, late.text))
    answer = referent.send(f"{HOME}/2025/figer", hidden(referent.page(f"{HOME}/2025/figer")))
    assert answer.location == f"{HOME}/2025#bilan"
    told = main(referent.page(f"{HOME}/2025"))
    assert "Bilan 2025, version 1 : 12,1 t CO₂e" in told
    content = referent.get(f"{HOME}/2025.json").data
    assert hashlib.sha256(content).hexdigest() in told
    assert json.loads(content)["organisation"] == "marseille"
    assert "à enregistrer" in told
    chosen = [one.get("value") for one in referent.page(f"{HOME}/2025").iter("input") if one.get("name") == "chosen"]
    assert "SOB-01:0" in chosen
    assert referent.send(f"{HOME}/2025/proposer", {"chosen": chosen}).location == f"{HOME}/2025#bilan"
    assert "déjà enregistré" in main(referent.page(f"{HOME}/2025"))
    assert "12,14" in referent.get("/marseille/saisie/2025/SOB-01").text
    report = section(referent.page("/marseille/rapport/2025"), "carbon")
    assert "Bilan 2025, version 1 : 12,1 t CO₂e" in report
    assert "copieur multifonction" in report
    assert "inconnu" in report


def test_a_year_under_way_is_shown_as_of_today_and_offers_nothing_to_freeze(estate: Database, referent: Browser):
    told = main(referent.page(f"{HOME}/2026"))
    assert "en service au 22 novembre 2026" in told
    assert "L’électricité est comptée au facteur de 2025." in told
    assert "Figer le bilan" not in told
    assert "se fige à partir du 1er janvier 2027" in main(referent.page(f"{HOME}/2026/figer"))


def test_the_method_of_flow_says_that_what_has_no_date_of_arrival_is_made_in_no_year(estate: Database, elu: Browser):
    told = main(elu.page(f"{HOME}/2025?methode=flux"))
    assert "84 équipements sans date d’arrivée : leur fabrication n’est comptée dans aucune année." in told


def test_nothing_can_be_frozen_of_a_year_without_figure(referent: Browser, store: Database):
    before = counts(store)
    assert "Rien n’est chiffré" in main(referent.page(f"{HOME}/2025/figer"))
    answer = referent.send(f"{HOME}/2025/figer", {"digest": "", "shown": "rien"})
    assert answer.status_code == 422
    assert counts(store) == before


def test_what_is_no_year_no_factor_and_no_category_leads_nowhere(referent: Browser):
    for address in (f"{HOME}/1999", f"{HOME}/2027", f"{HOME}/2025.json", f"{HOME}/facteurs/fridge"):
        assert referent.get(address).status_code == 404, address
    for address in (f"{HOME}/facteurs/laptop?mesure=water", f"{HOME}/facteurs/electricity?mesure=2031"):
        assert referent.get(address).status_code == 404, address
    assert "0,0461 kg CO₂e/kWh" in main(referent.page(f"{HOME}/facteurs/electricity"))


TOTALS = (
    "libelle;objet;kgco2e;outil;version;source\nDSI;;1500;WeNR;2024;Rapport WeNR\nNuage;cloud;12,5;Étude;;Étude 2025\n"
)


def sent(referent: Browser, content: str, name: str = "totaux.csv"):
    data = {"file": (io.BytesIO(content.encode()), name)}
    return referent.send(f"{HOME}/2025/montants/fichier", data, content_type="multipart/form-data")


def shown(tree) -> dict[str, object]:
    told = [(one.get("name"), one.get("value", "")) for one in tree.iter("input") if one.get("type") == "hidden"]
    return {name: [value for other, value in told if other == name] for name, _ in told}


def test_a_file_of_totals_is_read_over_then_stored_together_and_the_same_again_changes_nothing(
    estate: Database, referent: Browser
):
    before = counts(estate)
    answer = sent(referent, TOTALS)
    assert answer.status_code == 200
    told = main(lint("/", answer.text))
    assert "nouveau montant" in told
    assert "1,5 t CO₂e" in told
    assert "Rapport WeNR ; version 2024" in told
    assert counts(estate) == before
    preview = shown(lint("/", answer.text))
    assert referent.send(f"{HOME}/2025/montants/fichier", preview).location == f"{HOME}/2025/montants"
    assert counts(estate)["footprint_amount"] == before["footprint_amount"] + 2
    assert counts(estate)["journal_entry"] == before["journal_entry"] + 2
    assert referent.send(f"{HOME}/2025/montants/fichier", preview).status_code == 302  # a double click
    again = main(lint("/", sent(referent, TOTALS).text))
    assert "Aucune modification" in again
    away = referent.get(f"{HOME}/2025/montants.csv").data.decode("utf-8-sig")
    assert "Aucune modification" in main(lint("/", sent(referent, away).text))
    assert counts(estate)["footprint_amount"] == before["footprint_amount"] + 2
    assert "À côté, jamais additionné" in main(referent.page(f"{HOME}/2025"))


def test_a_file_of_totals_that_is_late_or_wrong_stores_nothing_at_all(estate: Database, referent: Browser):
    preview = shown(lint("/", sent(referent, TOTALS).text))
    typed = {"scope": "cloud", "tool": "other", "name": "nuage", "carbon": "1", "source": "Facture"}
    assert referent.send(f"{HOME}/2025/montants", typed).status_code == 302
    before = counts(estate)
    late = referent.send(f"{HOME}/2025/montants/fichier", preview)
    assert late.status_code == 409
    tree = lint("/", late.text)
    assert "Rien n’est enregistré" in main(tree)
    assert "nouvelle version" in main(tree)
    assert counts(estate) == before
    assert referent.send(f"{HOME}/2025/montants/fichier", shown(tree)).status_code == 302
    before = counts(estate)
    wrong = sent(referent, TOTALS + "X;partout;-3;;;\n")
    assert wrong.status_code == 422
    told = main(lint("/", wrong.text))
    assert "« partout » ne fait pas partie des choix" in told
    assert "B4" in told
    assert sent(referent, "rien\n").status_code == 422
    assert sent(referent, "%PDF-1.7", "totaux.csv").status_code == 422
    assert referent.send(f"{HOME}/2025/montants/fichier", {}).status_code == 422
    assert referent.send(f"{HOME}/2025/montants/fichier", {"step": "confirm", "shown": "x"}).status_code == 404
    assert counts(estate) == before


def test_a_life_that_the_estate_shows_is_proposed_with_what_it_rests_on_and_needs_a_reason(
    store: Database, referent: Browser, elu: Browser
):
    address = "/demonstration/carbone/facteurs/laptop"
    told = main(referent.page(f"{address}?mesure=life"))
    assert "Mesuré sur le parc :" in told
    assert "sorties sur" in told
    page = referent.page(f"{address}?mesure=life&mesuree=1")
    [value] = [str(one.get("value")) for one in page.iter("input") if one.get("name") == "value"]
    [source] = [str(one.get("value")) for one in page.iter("input") if one.get("name") == "source"]
    typed = {"value": value, "source": source, "seen": "0"}
    assert referent.send(f"{address}?mesure=life", typed).status_code == 422
    wrong = {**typed, "value": "9", "reason": "Notre parc"}
    assert "ce n’est pas celle qui l’est" in main(lint("/", referent.send(f"{address}?mesure=life", wrong).text))
    assert referent.send(f"{address}?mesure=life", {**typed, "reason": "Notre parc"}).status_code == 302
    assert "Durées d’amortissement mesurées sur le parc : ordinateur portable" in main(
        referent.page("/demonstration/carbone/2025")
    )
    assert "mesurées sur le parc" in main(referent.page("/demonstration/carbone/2025/figer"))
    assert "Proposer cette durée" not in main(elu.page(f"{address}?mesure=life"))
