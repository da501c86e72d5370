"""The simulator on screen: levers are an address, what is unknown is said so, scenarios are saved and compared."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from tests.conftest import TODAY
from tests.holdings import COPIER, LAPTOP, add_estate
from tests.screens.conftest import Browser
from tests.screens.lint import lint, words
from tests.screens.test_every_page import counts
from tracker.charts.scenarios import scenario_chart
from tracker.domain.factors import Span
from tracker.labels import speaking
from tracker.labels.journal import field_shown
from tracker.store.session import Database

HOME = "/marseille/simulateur"
HOSTILE = "<script>alert(1)</script> {{ 7*7 }} <b>gras</b>"
YEAR = TODAY.year


@pytest.fixture
def estate(store: Database) -> Database:
    with store.transaction() as session:
        add_estate(session, "marseille")
        add_estate(session, "marseille", [(COPIER, 4, None), (LAPTOP, 50, date(2023, 1, 1))])
    return store


def main(tree) -> str:
    found = tree.find(".//main")
    assert found is not None
    return words(found).replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")


def rows(tree, place: int = 2) -> list[list[str]]:
    table = tree.findall(".//main//table")[place]
    return [[words(cell) for cell in row] for row in table.findall(".//tbody/tr")]


def save(browser: Browser, name: str, fields: str, **told: str):
    return browser.send(HOME, {"name": name, "fields": fields, "number": "0", "seen": "0", **told})


def test_an_authority_without_estate_reads_that_there_is_nothing_to_project(elu: Browser):
    told = main(elu.page(HOME))
    assert "il n'y a rien à projeter" in told
    assert " 0 t" not in told


def test_without_a_lever_the_page_tells_the_estate_left_as_it_is(estate, elu: Browser):
    page = elu.page(HOME)
    told = main(page)
    assert told.count("Sans rien changer, le parc passe de") == 1
    assert "Budget d'achat : inconnu" in told
    assert "Achats inconnus, faute d'âges ou de durée : smartphone, copieur multifonction." in told
    years = rows(page)
    assert [row[0] for row in years] == [str(year) for year in range(YEAR, YEAR + 7)]
    assert all(row[1].startswith(row[2]) for row in years)
    assert all(row[5] == "inconnu" for row in years[1:])
    assert not [one for one in page.iter("form") if one.get("method") == "post"]


def test_levers_are_the_address_and_their_answer_stands_beside_the_estate_left_as_it_is(estate, elu: Browser):
    page = elu.page(f"{HOME}?laptop.vie=7,5&laptop.prix=900&horizon=2031&reduction=3")
    told = main(page)
    assert "Avec ces leviers, le parc passe de" in told
    assert "sans rien changer" in told
    assert "de moins qu'aujourd'hui en 2031" in told
    assert "Budget d'achat :" in told
    assert "inconnu" not in rows(page)[1][5]
    [field] = [one for one in page.iter("input") if one.get("name") == "laptop.vie"]
    assert field.get("value") == "7,5"
    assert rows(page)[-1][0] == "2031"


def test_what_cannot_be_read_stays_typed_and_is_said_at_its_field(estate, elu: Browser):
    answer = elu.get(f"{HOME}?laptop.vie=sept&horizon=2031")
    assert answer.status_code == 422
    assert 'value="sept"' in answer.text
    assert 'aria-describedby="laptop.vie-problem"' in answer.text
    assert "n’est pas un nombre" in answer.text
    assert main(lint(HOME, answer.text))


def test_the_table_to_take_away_has_each_category_of_each_year_and_its_ages(estate, elu: Browser):
    answer = elu.get(f"{HOME}.csv?laptop.vie=7&horizon=2028")
    lines = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert {line["annee"] for line in lines} == {str(YEAR), str(YEAR + 1), "2028"}
    laptops = [line for line in lines if line["categorie"] == "laptop"]
    ages = [Decimal(laptops[0][name].replace(",", ".")) for name in laptops[0] if name.startswith("age_")]
    assert sum(ages) == Decimal(laptops[0]["parc"]) == 200
    assert [line["achats"] for line in lines if line["categorie"] == "copier"] == ["", "", ""]
    today = [line for line in lines if line["annee"] == "2026"]
    assert {line["achats"] for line in today} == {""}  # what is bought this year is not reckoned: no zero
    assert all(len(line["kgco2e"].partition(",")[2]) <= 3 for line in lines)
    assert elu.get(f"{HOME}.csv?laptop.vie=sept").status_code == 200


def test_a_scenario_is_saved_opened_changed_compared_and_withdrawn(estate, referent: Browser):
    assert save(referent, HOSTILE, "laptop.vie=7&laptop.prix=900,50").status_code == 302
    assert save(referent, "Moitié", "laptop.parc=100&horizon=2030").status_code == 302
    page = referent.page(HOME)
    [address] = [str(one.get("href")) for one in page.iter("a") if "scenario=1" in str(one.get("href"))]
    opened = referent.page(address)
    assert HOSTILE.replace("'", "’") in main(opened).replace("\u00a0", " ")
    told = {str(one.get("name")): str(one.get("value")) for one in opened.iter("input") if one.get("value")}
    assert (told["laptop.vie"], told["laptop.prix"], told["horizon"]) == ("7", "900,5", str(YEAR + 6))
    assert (told["number"], told["seen"]) == ("1", "1")
    both = main(referent.page(f"{HOME}/comparaison?a=1&b=2"))
    assert both.count("Avec ces leviers, le parc passe de") == 2
    unread = referent.get(f"{address}&monitor.vie=bientôt")
    assert unread.status_code == 422
    assert 'name="seen" value="1"' in unread.text
    stale = save(referent, "Autre", "laptop.vie=8", number="1", seen="7")
    assert stale.status_code == 409
    assert 'value="Autre"' in stale.text
    assert 'name="seen" value="1"' in stale.text
    twice = save(referent, "Moitié", "laptop.vie=8&" + "&".join(f"x{rank}=1" for rank in range(500)))
    assert twice.status_code == 422
    assert "x1=1" not in twice.text
    before = counts(estate)
    assert save(referent, "", "", number="1", seen="1", withdrawn="1").status_code == 302
    assert counts(estate)["scenario"] == before["scenario"] + 1
    assert "scenario=1" not in referent.get(HOME).text
    assert referent.get(HOME).status_code == 200


def test_an_objective_whose_indicator_counts_something_else_is_not_judged(store: Database, elu: Browser):
    told = main(elu.page("/demonstration/simulateur"))
    assert "compte autre chose que ce parc : l'objectif ne se juge pas ici" in told
    assert "30 % sous la référence" in told


def test_what_was_voted_on_how_long_computers_last_is_held_against_the_scenario(store: Database, elu: Browser):
    def lived(query: str) -> str:
        found = [words(one) for one in elu.page(f"/demonstration/simulateur?{query}").iter("li")]
        [said] = [one for one in found if "6 ans" in one and "scénario en" in one]
        return said.rpartition(" : ")[2].partition(" ans")[0]

    usual, longer = (Decimal(lived(query).replace(",", ".")) for query in ("", "laptop.vie=8&desktop.vie=9"))
    assert longer > usual


def test_the_drawing_has_the_range_and_leaves_a_level_far_above_all_to_the_table():
    led = {2026: Span(Decimal(100), Decimal(80), Decimal(150)), 2027: Span(Decimal(90), Decimal(70), Decimal(140))}
    plain = {2026: led[2026], 2027: led[2026]}
    near = scenario_chart(led, plain, [(2027, Decimal(60))])
    far = scenario_chart(led, plain, [(2027, Decimal(6000))])
    assert near is not None
    assert far is not None
    assert (len(near.voted), len(far.voted), len(near.points)) == (1, 0, 2)
    assert any("voté" in label.text for label in near.labels)
    assert scenario_chart({2026: led[2026]}, plain, []) is None


def test_the_levers_come_before_their_answer_and_the_heaviest_categories_first(store: Database, elu: Browser):
    page = elu.page("/demonstration/simulateur")
    order = [one.get("id") for one in page.iter() if one.get("id") in {"lecture", "leviers", "reponse"}]
    assert order == ["lecture", "leviers", "reponse"]
    assert (len(rows(page, 0)), len(rows(page, 1))) == (8, 8)
    every = elu.page("/demonstration/simulateur?toutes=1")
    assert len(rows(every, 0)) > 8
    assert ["projector" in str(one.get("name")) for one in page.iter("input")].count(True) == 0
    moved = elu.page("/demonstration/simulateur?projector.parc=3")
    assert {one.get("name"): one.get("value") for one in moved.iter("input")}["projector.parc"] == "3"


def test_by_flow_a_year_bears_what_is_bought_in_it_and_each_method_is_named(estate, elu: Browser):
    page = elu.page(f"{HOME}?methode=flux&laptop.vie=7")
    assert "Compté par la méthode de flux." in main(page)
    assert "(méthode de flux, facteurs" in main(page)
    assert "Compté par la méthode de stock." in main(elu.page(HOME))
    answer = elu.get(f"{HOME}.csv?methode=flux&laptop.vie=7")
    lines = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert {line["methode"] for line in lines} == {"méthode de flux"}
    assert f"{HOME}?methode=flux" in [
        one.get("href") for one in elu.page("/marseille/carbone/2025?methode=flux").iter("a")
    ]


def test_a_baseline_that_is_missing_is_said_where_equipment_was_to_last_longer(store: Database, referent: Browser):
    with store.transaction() as session:
        add_estate(session, "amp")
    assert "référence manquante, ou aucune sortie : l'allongement ne se calcule pas." in main(
        referent.page("/amp/simulateur")
    )


def test_the_journal_names_the_levers_as_the_simulator_does(estate, referent: Browser):
    assert save(referent, "Sept ans", "laptop.vie=7,5&laptop.prix=1250&heures=90&horizon=2030").status_code == 302
    told = main(referent.page("/marseille/journal"))
    assert "leviers : heures d'usage en % d'aujourd'hui : 90 ; ordinateur portable, prix neuf en € : 1 250" in told
    assert "ordinateur portable, durée d'usage en ans : 7,5" in told
    assert "laptop.vie" not in told
    with speaking("fr"):
        assert field_shown("levers", "fridge.vie 7").startswith("fridge.vie")
        assert field_shown("levers", "") == "–"
