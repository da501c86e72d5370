"""Memberships and means on screen: what is due, what is unknown, what is refused, sums that stay apart."""

import csv
import io

from flask import Flask

from tests.screens.conftest import Browser
from tests.screens.lint import lint, words
from tests.screens.test_every_page import counts
from tracker.store.session import Database

INR = "/amp/adhesions/INR"
RFNR = "/demonstration/adhesions/RFNR"
HOSTILE = "<script>alert(1)</script> =HYPERLINK(1) {{ 7*7 }} <b>gras</b>"


def main(tree) -> str:
    found = tree.find(".//main")
    assert found is not None
    return words(found)


def of_year(tree, year: int) -> str:
    return words(next(node for node in tree.iter("li") if node.get("id") == f"annee-{year}"))


def field_problem(tree, name: str) -> str:
    control = next(node for node in tree.iter() if node.get("name") == name)
    assert control.get("aria-invalid") == "true"
    return words(next(node for node in tree.iter() if node.get("id") == control.get("aria-describedby")))


def rows(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


def test_the_fees_of_2026_are_due_with_an_unknown_amount_and_the_year_2024_is_unknown(elu: Browser):
    told = main(elu.page("/amp/adhesions"))
    assert "2 associations suivies. 4 cotisations sont à décider." in told
    assert "Institut du Numérique Responsable : cotisation 2026 à décider" in told
    assert "Était à décider au plus tard le 31 décembre 2025 ; aucune décision n’est connue : montant inconnu." in told
    assert "Suivre une association" not in told
    page = elu.page(INR)
    assert "Aucun texte connu ne dit ce qu’il en a été" in of_year(page, 2024)
    assert "inconnue" in of_year(page, 2024)
    assert "4 000 € TTC. Le paiement n’est pas constaté." in of_year(page, 2025)
    assert "délibération IVIS-022-14769/23/BM" in of_year(page, 2023)
    assert "3 600 € (régime de taxe non précisé)" in main(elu.page("/amp/adhesions/INTERCONNECTES"))
    assert "Mettre à jour" not in main(page)


def test_a_payment_typed_here_is_read_here_on_the_commitment_and_in_the_journal(referent: Browser):
    page = referent.page(f"{INR}/2025")
    fields = {one.get("name"): one.get("value", "") for one in page.iter("input") if one.get("type") != "checkbox"}
    chosen = {
        select.get("name"): option.get("value")
        for select in page.iter("select")
        for option in select.iter("option")
        if option.get("selected") is not None
    }
    assert (fields["amount"], chosen["tax"]) == ("4000", "inclusive")
    assert (chosen["deliberation"], chosen["commitment"]) == ("AMP-2025-17490", "AMP25N-G02")
    texts = {one.get("name"): one.text or "" for one in page.iter("textarea")}
    typed = {**fields, **chosen, **texts, "paid_on": "14/04/2025", "served": HOSTILE}
    answer = referent.send(f"{INR}/2025", typed)
    assert (answer.status_code, answer.location) == (302, INR)
    after = referent.page(INR)
    assert "Payée le 14 avril 2025 : 4 000 € TTC." in of_year(after, 2025)
    assert HOSTILE in of_year(after, 2025)
    commitment = main(referent.page("/amp/engagements/AMP25N-G02"))
    assert "Payé pour 2025, le 14 avril 2025 (4 000 € TTC)" in commitment
    assert "Adhésion : Institut du Numérique Responsable" in commitment
    journal = main(referent.page("/amp/journal"))
    assert "Adhésion mise à jour" in journal
    assert "payé le : 14 avril 2025" in journal
    assert "Dépensé : 4 000 € TTC ; 1 dépense non constatée." in main(referent.page("/amp/moyens?annee=2025"))
    again = referent.send(f"{INR}/2025", {**typed, "seen": "2"})
    assert again.status_code == 302
    assert "Aucune modification." in main(referent.page(INR))


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(referent: Browser, store: Database):
    before = counts(store)
    typed = {"seen": "1", "amount": "quatre", "tax": "inclusive", "paid_on": "14/04/2031", "served": HOSTILE}
    answer = referent.send(f"{INR}/2025", typed)
    assert answer.status_code == 422
    tree = lint(INR, answer.text)
    assert "n’est pas un nombre" in field_problem(tree, "amount")
    assert "n’est pas encore venue" in field_problem(tree, "paid_on")
    assert "Dites ce qui l’établit" in field_problem(tree, "evidence")
    assert next(one for one in tree.iter("input") if one.get("name") == "amount").get("value") == "quatre"
    assert HOSTILE in main(tree)
    assert tree.find(".//main//script") is None
    assert counts(store) == before


def test_two_people_on_one_year_the_second_reads_what_the_first_stored_and_keeps_what_they_typed(
    app: Flask, referent: Browser, store: Database
):
    first = {"seen": "0", "amount": "10", "tax": "inclusive", "decided_on": "01/02/2024", "evidence": "PV fictif"}
    assert referent.send(f"{INR}/2024", first).status_code == 302
    before = counts(store)
    answer = referent.send(f"{INR}/2024", {**first, "amount": "20"})
    assert answer.status_code == 409
    told = main(lint(INR, answer.text))
    assert "Entre-temps, Dominique Référent (fictif) a enregistré : Décidée le 1er février 2024 : 10 € TTC" in told
    assert 'value="20"' in answer.text
    assert counts(store) == before
    assert referent.send(f"{INR}/2024", {**first, "amount": "20", "seen": "1"}).status_code == 302
    assert "20 € TTC" in of_year(referent.page(INR), 2024)


def test_a_date_that_a_finding_tells_cannot_be_emptied_and_the_page_says_why(referent: Browser):
    typed = {"seen": "1", "amount": "4000", "tax": "inclusive", "decided_on": "12/12/2024", "evidence": "PV fictif"}
    answer = referent.send(f"{RFNR}/2025", {**typed, "commitment": "DEM22-G01"})
    assert answer.status_code == 422
    told = field_problem(lint(RFNR, answer.text), "paid_on")
    assert "DEM22-G01, daté du 17 mars 2025, dit autre chose" in told


def test_an_association_is_added_then_told_year_by_year(referent: Browser):
    assert "Aucune adhésion n’est suivie" in main(referent.page("/marseille/adhesions"))
    assert referent.send("/marseille/adhesions", {"name": " "}).status_code == 422
    answer = referent.send("/marseille/adhesions", {"name": "Club fictif", "url": "https://club.example"})
    assert answer.location == "/marseille/adhesions/CLUB-FICTIF"
    assert "Rien n’est encore dit de ses années." in main(referent.page(str(answer.location)))
    typed = {"amount": "1 250,50", "tax": "exclusive", "decided_on": "02/03/2025", "evidence": "PV", "seen": "0"}
    assert referent.send(f"{answer.location}/2025", typed).status_code == 302
    assert "1 250,50 € HT" in of_year(referent.page(str(answer.location)), 2025)
    for year in ("1999", "2028", "20255"):
        assert referent.get(f"{answer.location}/{year}").status_code == 404


def test_the_dashboard_and_the_calendar_tell_the_fees_to_decide_once_each(elu: Browser):
    told = main(elu.page("/amp/"))
    assert "2 cotisations à décider, aucune décision connue" in told
    town = main(elu.page("/demonstration/"))
    assert "Réseau fictif du numérique responsable : cotisation 2026 à décider" in town
    assert "Renouveler l’adhésion au Réseau fictif" not in town.split("Prochaines dates")[1]
    agenda = elu.get("/demonstration/echeances.ics").text.replace("\r\n ", "")
    assert "UID:demonstration-membership-RFNR-2026" in agenda
    assert "UID:demonstration-membership-RFCN-2027" in agenda
    assert "DEM22-G01-renewal" not in agenda
    metropolis = elu.get("/amp/echeances.ics").text
    assert "UID:amp-membership-INR-2027" in metropolis
    assert "UID:amp-membership-INR-2026" in metropolis, "late, and still to decide"


def test_sums_of_two_tax_regimes_are_never_added_on_the_page_of_the_means(elu: Browser):
    told = main(elu.page("/amp/moyens?annee=2025"))
    assert "Prévu ou décidé : 4 000 € TTC ; 3 600 € (régime de taxe non précisé)." in told
    assert "Dépensé : aucune dépense constatée." in told
    assert "7 600" not in told
    assert "Rien n’est connu des moyens de 2024" in main(elu.page("/marseille/moyens?annee=2024"))
    assert "1 montant inconnu" in main(elu.page("/demonstration/moyens?annee=2023"))
    assert "2 montants inconnus" in main(elu.page("/demonstration/moyens?annee=2027"))
    for wrong in ("1999", "2028", "abc"):
        assert elu.get(f"/amp/moyens?annee={wrong}").status_code == 404
    assert elu.get("/amp/moyens?annee=2025&page=9").status_code == 404


def test_the_tables_to_take_away_have_the_accounting_codes_and_leave_the_unknown_empty(referent: Browser):
    costs = {row["code"]: row for row in rows(referent.get("/amp/moyens.csv?annee=2025"))}
    assert [costs["INR"][key] for key in ("chapitre", "fonction", "nature", "montant_prevu", "regime_de_taxe")] == [
        "011",
        "020",
        "6281",
        "4000",
        "TTC",
    ]
    assert costs["INTERCONNECTES"]["programme"] == "A120-Numérique"
    assert costs["INTERCONNECTES"]["gestionnaire"] == "2INFO"
    assert costs["INTERCONNECTES"]["montant_depense"] == ""
    years = {(row["adhesion"], row["annee"]): row for row in rows(referent.get("/amp/adhesions.csv"))}
    assert (years["INR", "2024"]["etat"], years["INR", "2024"]["montant"]) == ("inconnue", "")
    assert years["INR", "2026"]["a_decider_au_plus_tard"] == "2025-12-31"
    assert years["INR", "2023"]["a_decider_au_plus_tard"] == "", "no text gives a day for what is decided"
    referent.send(f"{INR}/2024", {"seen": "0", "served": "=HYPERLINK(1)"})
    assert "'=HYPERLINK(1)" in referent.get("/amp/adhesions.csv").text


def test_the_english_pages_read_in_english(elu: Browser):
    assert "To decide by" in main(elu.page("/demonstration/adhesions?langue=en"))
    assert "€4,000 incl. VAT" in main(elu.page("/amp/moyens?annee=2025")) or "4,000" in main(
        elu.page("/amp/moyens?annee=2025")
    )
    elu.page("/amp/adhesions?langue=fr")


def test_what_was_planned_for_dropped_actions_is_told_apart(elu: Browser):
    told = words(elu.page("/demonstration/moyens?annee=2025"))
    assert "Dont, pour des actions abandonnées depuis : 80 000 € HT." in told
    assert "abandonnées depuis" not in words(elu.page("/demonstration/moyens?annee=2026"))
