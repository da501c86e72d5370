"""The pages of the action plan: three views of the same actions, forms that keep what was typed, links that mend."""

import csv
import io
import re
import zipfile
from datetime import date

import pytest

from tests.integration.planned_rows import add_action, add_plan
from tests.screens.conftest import Browser
from tests.screens.lint import lint, words
from tests.screens.test_every_page import counts
from tracker.domain.vocabulary import ActionStatus
from tracker.store.queries.organisations import by_slug
from tracker.store.session import Database

HOME = "/marseille/plan/2026"
TOWN = "/demonstration/plan/2025"
TYPED = {
    "title": "Réparer avant de remplacer",
    "status": "planned",
    "tax": "inclusive",
    "commitments": "VDM22-S23",
    "pilot": "Responsable du parc",
    "starts_on": "01/02/2026",
    "ends_on": "30/11/2026",
    "steps-0-title": "Marché",
    "steps-0-due_on": "31/03/2026",
    "effects-0-indicator": "SOB-06",
    "effects-0-expected": "Garder plus longtemps",
    "planned": "4 000",
    "line-chapter": "011",
    "seen": "0",
}


def main(tree) -> str:
    return words(tree.find(".//main"))


def field(tree, name: str):
    return next(node for node in tree.iter() if node.get("name") == name)


def problem(tree, name: str) -> str:
    control = field(tree, name)
    assert control.get("aria-invalid") == "true", name
    return words(next(node for node in tree.iter() if node.get("id") == control.get("aria-describedby")))


def links(tree) -> list[str]:
    return [str(link.get("href")) for link in tree.findall(".//main//a")]


@pytest.fixture
def opened(referent: Browser) -> Browser:
    """Open Marseille's plan of 2026 with one action, as the lead."""
    assert "Aucun plan d’actions n’est encore ouvert pour 2026" in main(referent.page("/marseille/plan"))
    assert referent.send(HOME, {}).status_code == 302
    assert referent.send(f"{HOME}/ajout", TYPED).status_code == 302
    return referent


def test_a_plan_is_opened_filled_voted_and_reviewed_without_javascript(opened: Browser):
    tree = opened.page("/marseille/plan")
    assert "Le plan 2026 est un projet. 1 action : 1 prévue." in main(tree)
    assert "Réparer avant de remplacer" in main(tree)
    move = f"{HOME}/avancement"
    assert opened.send(move, {"step": "submit", "seen": "1"}).status_code == 302
    refused = opened.send(move, {"step": "adopt", "seen": "2", "deliberation": ""})
    assert refused.status_code == 422
    assert "Choisissez la délibération" in problem(lint(move, refused.text), "deliberation")
    stale = opened.send(move, {"step": "adopt", "seen": "1", "deliberation": "VDM-2022-0737"})
    assert stale.status_code == 409
    assert "a fait avancer ce plan : soumis au vote" in main(lint(move, stale.text))
    assert opened.send(move, {"step": "adopt", "seen": "2", "deliberation": "VDM-2022-0737"}).status_code == 302
    refused = opened.send(move, {"step": "review", "seen": "3", "note": " "})
    assert "Dites en quelques mots" in problem(lint(move, refused.text), "note")
    assert opened.send(move, {"step": "review", "seen": "3", "note": "Bonne année"}).status_code == 302
    told = main(opened.page(HOME))
    assert "Le bilan du plan 2026 est fait." in told
    assert "Bonne année" in told
    assert "adopté le 16 décembre 2022 par la délibération 22/0737/AGE" in told
    assert opened.send(move, {"step": "dance", "seen": "4"}).status_code == 404


def test_each_error_stands_at_its_field_and_what_was_typed_stays(opened: Browser, store: Database):
    before = counts(store)
    sent = TYPED | {
        "title": "",
        "ends_on": "demain",
        "steps-0-title": "",
        "steps-1-title": "<b>",
        "effects-0-indicator": "SOB-99",
        "planned": "-4",
        "line-year": "26",
        "lead": "RIEN",
        "commitments": "RIEN",
    }
    answer = opened.send(f"{HOME}/ajout", sent)
    assert answer.status_code == 422
    tree = lint(HOME, answer.text)
    for name, told in {
        "title": "Donnez un intitulé",
        "ends_on": "« demain » n’est pas une date",
        "steps-0-title": "Dites ce qu’est cette étape",
        "effects-0-indicator": "« SOB-99 » n’est pas un indicateur",
        "planned": "ne peut pas être négatif",
        "line-year": "une année de 2000",
        "lead": "Ce choix n’existe pas",
    }.items():
        assert told in problem(tree, name), name
    assert field(tree, "steps-1-title").get("value") == "<b>"
    assert field(tree, "pilot").get("value") == "Responsable du parc"
    group = next(node for node in tree.iter() if node.get("id") == "commitments")
    assert group.get("aria-invalid") == "true"
    assert counts(store) == before


def test_a_stale_edit_shows_both_and_saving_again_keeps_both_in_the_history(opened: Browser):
    address = f"{HOME}/actions/A2026-01"
    edit = TYPED | {"seen": "1"}
    assert opened.send(f"{address}/modifier", edit | {"title": "Le leur"}).status_code == 302
    answer = opened.send(f"{address}/modifier", edit | {"title": "Le mien"})
    assert answer.status_code == 409
    tree = lint(address, answer.text)
    assert "Dominique Référent (fictif) a enregistré : Le leur" in problem(tree, "title")
    assert field(tree, "title").get("value") == "Le mien"
    assert field(tree, "seen").get("value") == "2"
    assert opened.send(f"{address}/modifier", edit | {"title": "Le mien", "seen": "2"}).status_code == 302
    told = main(opened.page(address))
    assert "Le mien" in told
    assert "Avant : intitulé : Le leur" in told
    assert opened.send(f"{address}/modifier", edit | {"title": "Le mien", "seen": "3"}).status_code == 302
    assert "Aucune modification." in opened.get(address).text


def test_the_three_views_tell_the_same_actions_and_the_filters_narrow_them(elu: Browser):
    tree = elu.page(TOWN)
    assert "8 actions : 4 faites, 1 reportée, 2 en retard, 1 abandonnée." in main(tree)
    titles = [words(link) for link in tree.findall(".//main//tbody//th/a")]
    assert len(titles) == 8
    board = elu.page(f"{TOWN}?vue=tableau")
    assert [words(one) for one in board.findall(".//main//section/h3")] == [
        "Prévue (1)",
        "En cours (2)",
        "Faite (4)",
        "Abandonnée (1)",
    ]
    assert all(title in main(board) for title in titles)
    calendar = [elu.page(f"{TOWN}?vue=calendrier&page={page}") for page in (1, 2)]
    assert "Juin" in [words(one) for one in calendar[0].findall(".//main//h3")]
    assert "12 juin 2025" in main(calendar[0]) or "15 juin 2025" in main(calendar[0])
    assert all(title in main(calendar[0]) + main(calendar[1]) for title in titles)
    assert len(elu.page(f"{TOWN}?service=DRH").findall(".//main//tbody//th/a")) == 4
    assert len(elu.page(f"{TOWN}?engagement=DEM22-S04").findall(".//main//tbody//th/a")) == 1
    assert "Aucune action ne répond" in main(elu.page(f"{TOWN}?etat=planned&service=DGS"))


def test_the_drawing_of_the_calendar_has_behind_it_a_table_of_the_same_actions_dates_and_steps(
    elu: Browser, store: Database
):
    with store.transaction() as session:
        town = by_slug(session, "demonstration")
        assert town is not None
        plan = add_plan(session, town, 2027)
        steps = [("Choisir", date(2027, 3, 2), date(2027, 3, 1)), ("Livrer", date(2027, 6, 30), None)]
        add_action(session, town, plan, "A2027-01", "Réparer", ends_on=date(2027, 7, 31), steps=steps)
        add_action(session, town, plan, "A2027-02", "Trier", status=ActionStatus.DROPPED)
    tree = elu.page("/demonstration/plan/2027?vue=calendrier")
    [table] = tree.findall(".//main//figure/details/table")
    assert [[words(cell) for cell in row] for row in table.findall("tbody/tr")] == [
        [
            "Réparer",
            "jusqu’au 31 juil. 2027, sans date de début",
            "en cours",
            "Choisir, faite le 1er mars 2027, prévue le 2 mars 2027 ; Livrer, prévue le 30 juin 2027",
        ],
        ["Trier", "sans date", "abandonnée", "aucune"],
    ]
    drawn = next(node for node in tree.iter() if node.get("aria-label") == "Plan d’actions 2027, mois par mois")
    assert "Réparer" in words(drawn)


def test_every_gap_is_named_and_leads_the_lead_to_where_it_is_mended(referent: Browser, elu: Browser):
    address = "/demonstration/plan/2026"
    tree = referent.page(address)
    told = main(tree)
    for phrase in (
        "2 services ne sont associés à aucune action",
        "1 action n’a pas de pilote A2026-04, Généraliser la double vérification",
        "1 action n’a pas de service pilote A2026-05",
        "1 action ne sert aucun engagement A2026-06",
        "2 actions n’ont pas leurs dates de début et de fin",
        "1 action n’a pas de moyens prévus A2026-05",
        "engagements ne sont servis par aucune action DEM16-S01, Garder les ordinateurs 6 ans",
    ):
        assert phrase in told, phrase
    link = next(one for one in links(tree) if one.endswith("A2026-04/modifier#pilot"))
    assert field(referent.page(link.partition("#")[0]), "pilot").get("id") == "pilot"
    served = referent.page(next(one for one in links(tree) if "engagement=DEM16-S01" in one))
    ticked = [node.get("value") for node in served.iter("input") if node.get("checked") is not None]
    assert ticked == ["DEM16-S01"]
    read = elu.page(address)
    assert "1 action n’a pas de pilote" in main(read)
    assert not [one for one in links(read) if "modifier" in one or "ajout" in one]


def test_a_plan_of_many_actions_names_what_is_missing_without_growing_for_ever(referent: Browser):
    """Each action lacks three things: the page names forty of a kind, and counts the others."""
    assert referent.send(HOME, {}).status_code == 302
    for rank in range(42):
        referent.send(f"{HOME}/ajout", {"title": f"Action {rank}", "status": "planned", "tax": "unstated", "seen": "0"})
    told = main(referent.page(HOME))
    assert "42 actions n’ont pas de pilote" in told
    assert "et 2 autres, que les documents du plan nomment" in told


def test_what_goes_on_is_ticked_with_its_reason_and_a_refusal_keeps_both(referent: Browser):
    address = "/demonstration/plan/2026/reports"
    assert "2 actions de 2025 ne sont ni faites ni abandonnées." in main(referent.page(address))
    sent = {"carried": "A2025-03", "reason-A2025-03": "", "reason-A2025-07": "Budget"}
    answer = referent.send(address, sent)
    assert answer.status_code == 422
    tree = lint(address, answer.text)
    assert "Dites pourquoi cette action est reportée." in problem(tree, "reason-A2025-03")
    assert field(tree, "reason-A2025-07").get("value") == "Budget"
    assert [node.get("value") for node in tree.iter("input") if node.get("checked") is not None] == ["A2025-03"]
    assert referent.send(address, sent | {"reason-A2025-03": "Contre-audit à faire"}).status_code == 302
    told = main(referent.page("/demonstration/plan/2026/actions/A2026-07"))
    assert "A2025-03 : Contre-audit à faire" in told
    again = referent.send(address, sent | {"reason-A2025-03": "Encore"})
    assert again.status_code == 409
    told = main(lint(address, again.text))
    assert "1 action de 2025" in told
    assert "A2025-03 : Cette action est faite, abandonnée ou déjà reportée. Rien n’est enregistré." in told


def test_an_agent_tells_of_the_actions_of_their_department_alone(agent: Browser, elu: Browser, store: Database):
    mine, other = f"{TOWN}/actions/A2025-05", f"{TOWN}/actions/A2025-03"
    tree = agent.page(mine)
    assert not [one for one in links(tree) if "modifier" in one]
    sent = {"status": "under_way", "steps-0-done_on": "10/06/2025", "steps-1-done_on": "demain", "seen": "2"}
    answer = agent.send(mine, sent)
    assert answer.status_code == 422
    assert "« demain » n’est pas une date" in problem(lint(mine, answer.text), "steps-1-done_on")
    assert agent.send(mine, sent | {"steps-1-done_on": ""}).status_code == 302
    assert main(agent.page(mine)).count("en retard") == 2  # the action, and the step that is to do again
    stale = agent.send(mine, sent | {"steps-1-done_on": "", "status": "done"})
    assert stale.status_code == 409
    before = counts(store)
    assert "Dire où elle en est" not in main(agent.page(other))
    assert agent.send(other, sent).status_code == 403
    assert elu.send(mine, sent).status_code == 403
    assert agent.get(f"{mine}/modifier").status_code == 403
    assert counts(store) == before


def test_the_outcome_of_the_year_before_stands_beside_the_plan(elu: Browser):
    told = main(elu.page(f"{TOWN}/bilan"))
    assert "8 actions : 5 faites, 2 reportées, 1 abandonnée." in told
    assert "reportée : A2025-01" in told
    assert "51 000 € TTC" in told  # 42 000 and 9 000, and nothing of the two other regimes
    assert "48 000 € HT" in told
    assert "12 000 € (régime de taxe non précisé)" in told
    assert elu.get("/demonstration/plan/2024/bilan").status_code == 404


def test_a_plan_leaves_as_a_table_with_amounts_beside_their_tax_regime(elu: Browser):
    answer = elu.get(f"{TOWN}.csv")
    lines = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert [line["action"] for line in lines] == [f"A2025-0{rank}" for rank in range(1, 9)]
    first = lines[0]
    assert (first["prevu_eur"], first["taxe"], first["etp_prevus"], first["chapitre"]) == ("16000", "HT", "0,5", "21")
    assert (first["suite_de"], first["debut"], first["etat"]) == ("A2024-02", "2024-03-01", "faite")
    assert lines[6]["depense_eur"] == ""
    assert elu.get("/demonstration/plan/2019.csv").status_code == 404


def test_a_commitment_lists_its_actions_the_dashboard_tells_of_the_plan_and_the_search_finds_them(elu: Browser):
    tree = elu.page("/demonstration/engagements/DEM22-S11")
    assert "Actions qui le servent" in main(tree)
    found = [one for one in links(tree) if "/actions/" in one]
    assert found == ["/demonstration/plan/2025/actions/A2025-01", "/demonstration/plan/2024/actions/A2024-02"]
    assert "Actions qui le servent" not in main(elu.page("/demonstration/engagements/DEM22-S11?au=2026-01-31"))
    assert "Le plan 2025 est adopté. 8 actions" in main(elu.page("/demonstration/"))
    assert "Le plan 20" not in main(elu.page("/marseille/"))
    assert f"{TOWN}/actions/A2025-08" in links(elu.page("/demonstration/recherche?q=serveurs%20de%20fichiers"))


def test_a_year_that_cannot_have_a_plan_is_no_page(referent: Browser):
    assert referent.get("/marseille/plan/1999").status_code == 404
    assert referent.get("/marseille/plan/2028").status_code == 404
    assert referent.page("/marseille/plan/2027") is not None
    assert referent.send("/marseille/plan/2028", {}).status_code == 404
    assert referent.send("/demonstration/plan/2025", {}).status_code == 409


def test_many_actions_come_by_pages(opened: Browser):
    for place in range(2, 32):
        opened.send(f"{HOME}/ajout", {"title": f"Action {place}", "status": "planned", "tax": "unstated"})
    tree = opened.page(HOME)
    assert len(tree.findall(".//main//tbody//th/a")) == 25
    assert "Page 1 sur 2" in main(tree)
    assert "31 actions" in main(tree)
    assert len(opened.page(f"{HOME}?page=2").findall(".//main//tbody//th/a")) == 6
    assert opened.get(f"{HOME}?page=3").status_code == 404


def test_a_plan_is_counted_in_one_way_wherever_it_is_told(elu: Browser):
    """An action that the next plan goes on with is carried over, and late nowhere."""
    counts = "4 faites, 1 reportée, 2 en retard, 1 abandonnée"
    for address in (
        TOWN,
        "/demonstration/?annee=2025",
        "/demonstration/rapport/2025",
        "/demonstration/plan/2026/bilan",
    ):
        assert f"8 actions : {counts}." in main(elu.page(address)), address
    paper = zipfile.ZipFile(io.BytesIO(elu.get(f"{TOWN}.odt").data)).read("content.xml").decode()
    told = re.sub(r"<[^>]+>", "", paper).replace("\u00a0", " ")
    assert f"8 actions : {counts}." in told
    assert "DEM16-S01, Garder les ordinateurs 6 ans" in told
    late = main(elu.page("/demonstration/echeances")).split("En retard", 1)[1].partition("À venir")[0]
    assert "Fin de l’action" in late
    assert "Recenser les usages de l’intelligence artificielle" not in late
