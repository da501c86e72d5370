"""The pages about lifetimes: what each figure rests on, its table and its files, the baseline, and what is offered."""

import pytest

from tests.conftest import TODAY
from tests.estates import LAPTOP, piece, small
from tests.screens.conftest import Browser
from tests.screens.lint import SVG, words
from tests.screens.test_every_page import counts
from tracker.domain.vocabulary import Role
from tracker.services import demonstration
from tracker.services.visitor import enter
from tracker.store.queries import accounts
from tracker.store.session import Database

CIRCLE, TEXT = SVG.replace("}svg", "}circle"), SVG.replace("}svg", "}text")
PAGE = "/marseille/parc/durees?annee=2025"
OFFERS = "/marseille/parc/durees/2025/indicateurs"


def home(session, slug):
    account = accounts.by_email(session, demonstration.address(Role.REFERENT))
    assert account is not None
    return enter(session, account, slug).organisation.id


@pytest.fixture
def estate(store: Database) -> Database:
    """Write the small estate for Marseille and for the Métropole, which have none."""
    with store.transaction() as session:
        for slug in ("marseille", "amp"):
            small(session, home(session, slug))
    return store


def rows(page, place=0):
    table = page.findall(".//main//table")[place]
    return [[words(cell) for cell in row] for row in table.findall(".//tbody/tr")]


def test_each_figure_stands_beside_what_it_rests_on(estate, elu: Browser):
    page = elu.page(PAGE)
    told = {row[0]: row[1:] for row in rows(page)}
    desktop, phone = told["ordinateur fixe"], told["smartphone"]
    assert desktop[:3] == ["5,5 ans", "5,5 ans", "2"]
    assert phone[:3] == ["2 ans", "2 ans", "2"]
    assert told["ordinateur portable"][2] == "1 sur 2 (50 %)"
    assert "4 équipements réformés sans date sont comptés à part" in words(page.find(".//main"))


def test_a_cross_check_that_disagrees_is_said_in_words(estate, elu: Browser):
    told = {row[0]: row[-1] for row in rows(elu.page(PAGE))}
    assert "plus long de plus de 20 %" in told["ordinateur portable"]


def test_each_commitment_keeps_its_own_target(estate, elu: Browser):
    told = rows(elu.page(PAGE), 1)
    assert ["6 ans" in told[0][1], "3 ans" in told[1][1]] == [True, True]
    missing = words(elu.page("/amp/parc/durees?annee=2025").find(".//main"))
    assert "référence manquante" in missing


def test_the_drawings_say_the_same_as_their_tables_and_their_files(estate, elu: Browser):
    page = elu.page(PAGE)
    drawings = page.findall(f".//figure/{SVG}")
    assert len(drawings) == 2
    survival, ages = (list(zip(*rows(page, place), strict=True))[1:] for place in (2, 3))
    points = drawings[0].findall(CIRCLE)
    assert len(points) == len([row for row in survival if row[1] != "inconnue"])
    assert [words(one) for one in drawings[1].findall(f"{TEXT}[@class='end']")] == [row[1] for row in ages]
    assert sum(int(row[1]) for row in ages) == 15
    steps = elu.get("/marseille/parc/durees/survie.csv?annee=2025").text.splitlines()
    assert steps[0].endswith("age_jours;age_ans;exposes;sortis;part_restante")
    file = elu.get("/marseille/parc/durees/ages.csv?annee=2025").text.splitlines()
    assert [line.split(";")[1] for line in file[1:]] == [row[1] for row in ages]
    table = elu.get("/marseille/parc/durees.csv?annee=2025").text.splitlines()
    assert [line.split(";")[0] for line in table[1:]] == ["laptop", "desktop", "monitor", "smartphone", ""]


def test_the_curve_of_a_category_is_shown_when_it_is_asked_for(estate, elu: Browser):
    page = words(elu.page(f"{PAGE}&categorie=smartphone").find(".//main"))
    assert "Combien de temps le parc dure : smartphone" in page
    assert "Combien de temps le parc dure : ensemble du parc" in words(elu.page(f"{PAGE}&categorie=x").find(".//main"))


def test_an_organisation_without_equipment_is_told_so(elu: Browser):
    assert "Le parc n'est pas encore connu" in words(elu.page(PAGE).find(".//main")).replace("’", "'")
    report = words(elu.page("/marseille/rapport/2025").find(".//main")).replace("’", "'")
    assert "aucune durée de vie n'est calculée pour 2025" in report


def test_the_review_tells_the_lifetimes_with_what_they_cover(estate, elu: Browser):
    report = words(elu.page("/marseille/rapport/2025").find(".//main"))
    assert "Ordinateur portable : gardé 4 ans (sorties datées : 1 sur 2 (50 %))" in report
    assert "Smartphone : gardé 2 ans (sorties datées : 2)" in report


def test_a_baseline_is_proposed_from_a_period_to_who_may_set_it(estate, referent: Browser, elu: Browser):
    address = "/amp/parc/durees?annee=2025&de=2023&a=2025"
    page = referent.page(address)
    links = [str(link.get("href")) for link in page.findall(".//main//a[@class='button']")]
    assert len(links) == 2
    form = referent.page(links[0].partition("#")[0])
    fields = {field.get("name"): field.get("value") for field in form.findall(".//main//input")}
    assert fields["reference-value"] == "5"
    assert fields["reference-year"] == "2025"
    source = form.find(".//main//textarea[@name='reference-source']")
    assert "sorties datées" in words(source)
    assert "Proposer cette référence" not in words(elu.page(address).find(".//main"))


def test_what_is_offered_is_read_then_confirmed_once(estate, referent: Browser):
    page = referent.page(OFFERS)
    before = counts(estate)
    shown = page.find(".//main//input[@name='shown']")
    assert shown is not None
    answer = referent.send(OFFERS, {"shown": str(shown.get("value")), "stock": "", "reason": ""})
    assert answer.status_code == 302
    after = counts(estate)
    assert after["measurement"] - before["measurement"] == after["journal_entry"] - before["journal_entry"] > 0
    assert referent.page(OFFERS).find(".//main//input[@name='shown']") is None


def test_an_offer_that_changed_meanwhile_is_shown_again_with_both_values(estate, referent: Browser):
    shown = referent.page(OFFERS).find(".//main//input[@name='shown']")
    assert shown is not None
    with estate.transaction() as session:
        session.add(piece(home(session, "marseille"), LAPTOP, TODAY.replace(year=2015), TODAY.replace(year=2025)))
    before = counts(estate)
    answer = referent.send(OFFERS, {"shown": str(shown.get("value"))})
    assert answer.status_code == 409
    assert "a changé depuis l’aperçu" in answer.text
    assert counts(estate) == before


def test_a_stock_that_is_no_whole_number_is_refused_at_its_field(estate, referent: Browser):
    answer = referent.get(f"{OFFERS}?stock=deux")
    assert answer.status_code == 422
    assert 'id="stock-problem"' in answer.text
    assert 'value="deux"' in answer.text
    assert referent.get(f"{OFFERS}?stock=3").status_code == 200


@pytest.mark.parametrize("role", [Role.AGENT, Role.ELU, Role.ADMIN])
def test_only_the_lead_is_offered_values_and_writes_them(estate, browser: Browser, role: Role):
    browser.sign_in(role)
    before = counts(estate)
    assert browser.get(OFFERS).status_code == 403
    assert browser.send(OFFERS, {"shown": "x"}).status_code == 403
    assert counts(estate) == before


def test_a_year_that_is_not_over_offers_nothing(referent: Browser):
    assert referent.get("/marseille/parc/durees/2026/indicateurs").status_code == 404
    assert referent.get("/marseille/parc/durees?annee=1990").status_code == 404
