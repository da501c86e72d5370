"""The dashboard and the axis page: what a mayor reads, another year beside it, and the day that they are of."""

from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy import event, select, update

from tests.conftest import PASSWORD
from tests.screens.conftest import Browser
from tests.screens.lint import SVG, words
from tracker.domain.vocabulary import OrganisationKind, Role
from tracker.services import accounts, organisations
from tracker.store.models import Commitment, Organisation
from tracker.store.session import Database

HOME = "/demonstration/"


def size(node: Element) -> int:
    """Count the elements of a page, those inside drawings left out."""
    return 1 + (0 if node.tag == SVG else sum(size(child) for child in node if isinstance(child.tag, str)))


def links(tree: Element, start: str) -> list[str]:
    return [href for a in tree.iter("a") if (href := str(a.get("href"))).startswith(start)]


def field(tree: Element, name: str) -> Element:
    found = tree.find(f".//main//input[@name='{name}']")
    assert found is not None
    return found


def test_a_dashboard_costs_at_most_thirteen_queries_for_every_role(app: Flask, store: Database):
    asked: list[str] = []

    def note(*told: object) -> None:
        asked.append(str(told[2]))

    event.listen(store.engine, "before_cursor_execute", note)
    found = {}
    for role in Role:
        browser = app.test_client()
        assert isinstance(browser, Browser)
        browser.sign_in(role)
        for address in (HOME, f"{HOME}?avec=2022&au=2026-06-30", f"{HOME}axes/sobriete"):
            asked.clear()
            assert browser.get(address).status_code == 200
            found[role, address] = len([sql for sql in asked if sql.lstrip().startswith("SELECT")])
    event.remove(store.engine, "before_cursor_execute", note)
    assert max(found.values()) <= 13, found


def test_the_dashboard_stays_small_with_more_flagships_than_it_shows(elu: Browser, store: Database):
    with store.transaction() as session:
        home = select(Organisation.id).where(Organisation.slug == "demonstration").scalar_subquery()
        session.execute(update(Commitment).where(Commitment.organisation_id == home).values(is_flagship=True))
    tree = elu.page(HOME)
    assert len(tree.findall(".//ul[@class='cards']/li")) == 12
    assert size(tree) <= 300
    assert size(elu.page(f"{HOME}?avec=2022")) <= 400
    assert size(elu.page(f"{HOME}axes/sobriete")) <= 400


def test_what_is_late_and_what_comes_next_are_named_with_the_campaign_s_days(elu: Browser):
    told = words(elu.page(HOME))
    assert "En retard au 22 novembre 2026 2 jalons échus, réalisation non constatée" in told
    assert "31 décembre 2024 Nommer un référent dans chaque direction" in told
    tree = elu.page(HOME)
    ahead = [words(line) for line in tree.findall(".//ul[@class='dates']")[1]]
    assert ahead[:2] == [
        "4 décembre 2026 Campagne 2025 : dernier jour pour soumettre",
        "17 décembre 2026 Débat sur le bilan 2025",
    ]
    assert links(tree, "/demonstration/echeances")


def test_another_year_is_compared_with_both_states_of_each_commitment_that_changed(elu: Browser):
    tree = elu.page(f"{HOME}?annee=2025&avec=2022")
    section = tree.find(".//section[@id='changements']")
    assert section is not None
    told = words(section)
    assert told.startswith("Ce qui a changé depuis 2022 Par rapport à 2022 : 8 tenus de plus")
    rows = {words(row[0]): [words(cell) for cell in row[1:]] for row in section.iterfind(".//tbody/tr")}
    assert rows["2022"][0].startswith("1 tenu, 19 en trajectoire")
    assert rows["2025"][0].startswith("9 tenus, 14 en trajectoire")
    assert rows["Garder les téléphones 3 ans"] == ["En trajectoire", "Tenu"]
    assert all(cell.find(f".//{SVG}") is not None for cell in section.iterfind(".//table[2]/tbody/tr/td"))
    assert links(section, "/demonstration/comparaison?de=2022&a=2025")
    count = len(links(section, "/demonstration/engagements/"))
    assert f"{38 - count} engagements n’ont pas changé d’état." in told
    reversed_ = elu.page(f"{HOME}?annee=2022&avec=2025")
    assert "Ce qui a changé de 2022 à 2025" in words(reversed_)


@pytest.mark.parametrize("asked", ["avec=2026", "annee=2026&avec=2025", "annee=2026&avec=2025&au=2026-05-04"])
def test_a_running_year_is_said_to_run_and_lists_neither_progress_nor_setback(elu: Browser, asked: str):
    section = elu.page(f"{HOME}?{asked}").find(".//section[@id='changements']")
    assert section is not None
    told = words(section)
    assert told.startswith("2025 et 2026, année en cours 2026 n’est pas finie : des relevés sont à venir.")
    assert [words(row) for row in section.iter("th")] == ["2025", "2026, en cours"]
    assert "de moins" not in told
    assert not links(section, "/demonstration/engagements/")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("2025", "Choisissez deux années différentes."),
        ("2015", "« 2015 » : une année de 2016 à 2026 est attendue."),
        ("2O22", "« 2O22 » : une année de 2016 à 2026 est attendue."),
    ],
)
def test_a_year_that_does_not_compare_is_said_at_its_field_and_stays_typed(elu: Browser, typed: str, told: str):
    tree = elu.page(f"{HOME}?annee=2025&avec={typed}", 422)
    wanted = field(tree, "avec")
    assert (wanted.get("value"), wanted.get("aria-describedby")) == (typed, "avec-problem")
    assert told in words(tree)
    assert "Sur 38 engagements votés" in words(tree)


def test_an_earlier_day_is_shown_under_its_banner_and_its_links_stay_on_it(elu: Browser):
    tree = elu.page(f"{HOME}?au=2025-06-01")
    told = words(tree)
    assert "Tableau de bord 2024" in told
    assert "Tableau de bord tel qu’il était le 1er juin 2025." in told
    assert field(tree, "au").get("value") == "2025-06-01"
    main = tree.find(".//main")
    assert main is not None
    for start in ("engagements", "axes/", "synthese/", "presentation/"):
        found = links(main, f"{HOME}{start}")
        assert found
        assert all("au=2025-06-01" in href for href in found), found
    for address in sorted({*links(main, "/demonstration/axes/")[:1], *links(main, "/demonstration/engagements")[:9]}):
        page = elu.page(address)
        assert "le 1er juin 2025" in words(page), address
        assert [a for a in page.iter("a") if words(a) == "Revenir à aujourd’hui"], address
    assert "tel qu’il était" not in words(elu.page(f"{HOME}?au=2026-11-22"))


@pytest.mark.parametrize("address", ["", "axes/sobriete", "engagements", "engagements/DEM16-S01"])
def test_a_year_that_had_not_begun_on_a_day_is_replaced_and_the_page_says_so(elu: Browser, address: str):
    told = words(elu.page(f"{HOME}{address}?au=2024-05-01&annee=2025"))
    assert "2025 n’avait pas commencé ce jour-là : l’année montrée est 2023." in told
    assert "n’avait pas commencé" not in words(elu.page(f"{HOME}{address}?au=2024-05-01&annee=2024"))


def test_the_day_of_the_first_vote_shows_what_it_voted(elu: Browser):
    told = words(elu.page(f"{HOME}?au=2016-06-16"))
    assert "Tableau de bord 2016" in told
    assert "Sur 8 engagements votés" in told
    assert "2021 n’avait pas commencé ce jour-là : l’année montrée est 2016." in words(
        elu.page(f"{HOME}axes/sobriete?au=2016-06-16&annee=2021")
    )


@pytest.mark.parametrize("address", ["engagements", "engagements/DEM16-S01"])
def test_the_register_and_a_commitment_show_on_the_day_of_the_first_vote_the_year_of_the_dashboard(
    elu: Browser, address: str
):
    tree = elu.page(f"{HOME}{address}?au=2016-06-16")
    assert [words(option) for option in tree.iterfind(".//select[@name='annee']/option[@selected]")] == ["2016"]
    assert "2015" not in words(tree)


def test_a_past_commitment_offers_nothing_to_set(referent: Browser):
    for code in ("DEM16-S01", "DEM16-S03"):
        page = f"{HOME}engagements/{code}"
        assert links(referent.page(page), "/demonstration/reglages")
        past = referent.page(f"{page}?au=2025-06-01").find(".//main")
        assert past is not None
        assert not links(past, "/demonstration/reglages")
        assert not [form for form in past.iter("form") if form.get("method") == "post"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("2026-11-23", "Le 23 novembre 2026 n’est pas encore venu : choisissez un jour passé."),
        ("31/02/2025", "« 31/02/2025 » n’est pas une date. Exemple : 31/12/2025."),
        ("2016-06-15", "Rien n’était encore voté le 15 juin 2016 : le premier vote date du 16 juin 2016."),
        ("0001-01-01", "Une date d’avant 2001 est sans doute une faute de frappe."),
    ],
)
def test_a_day_that_cannot_be_shown_is_said_at_its_field_and_today_is_shown(elu: Browser, typed: str, told: str):
    for address in (HOME, f"{HOME}axes/sobriete"):
        tree = elu.page(f"{address}?au={typed}&annee=2025", 422)
        wanted = field(tree, "au")
        assert (wanted.get("value"), wanted.get("aria-describedby")) == (typed, "au-problem")
        assert told in words(tree)
        assert "tel qu’il était" not in words(tree).replace("Tel qu’il était le", "")
        assert "2025" in words(next(tree.iter("h1")))


def test_the_register_and_a_commitment_refuse_a_day_that_is_none(elu: Browser):
    for address in ("engagements", "engagements/DEM16-S01"):
        assert elu.get(f"{HOME}{address}?au=2027-01-01").status_code == 404
        assert elu.get(f"{HOME}{address}?au=hier").status_code == 404


def test_an_axis_lists_its_commitments_with_their_clause_and_leads_to_its_neighbours(elu: Browser):
    tree = elu.page(f"{HOME}axes/sobriete")
    told = words(tree)
    assert "Sobriété 2025 Sur 15 engagements de cet axe : 4 tenus" in told
    cards = tree.findall(".//ul[@class='cards']/li")
    assert len(cards) == 15
    assert all(any("#vote" in href for href in links(card, "/demonstration/engagements/")) for card in cards)
    assert "Axe suivant : Accessibilité et inclusion" in told
    assert "Axe précédent" not in told
    last = words(elu.page(f"{HOME}axes/gouvernance"))
    assert "Axe précédent : Éthique" in last
    assert "Axe suivant" not in last
    for name in ("accessibilite", "confiance", "ethique"):
        assert links(elu.page(HOME), f"/demonstration/axes/{name}?annee=2025")
        elu.page(f"{HOME}axes/{name}")
    for name in ("sobriety", "Sobriete", "rien"):
        assert elu.get(f"{HOME}axes/{name}").status_code == 404


def test_a_long_axis_goes_by_page_options_last(elu: Browser):
    first = elu.page("/amp/axes/gouvernance?annee=2025")
    following = first.find(".//a[@rel='next']")
    assert following is not None
    seen, page = [], first
    while True:
        seen += [words(title) for title in page.iterfind(".//ul[@class='cards']/li/h3")]
        onward = page.find(".//a[@rel='next']")
        if onward is None:
            break
        page = elu.page(str(onward.get("href")))
    assert len(seen) == len(set(seen)) == 43
    assert "12 rappels et facultés du texte sont suivis à part." in words(first)
    assert elu.get("/amp/axes/gouvernance?page=9").status_code == 404


def test_an_organisation_without_anything_has_its_next_step_and_quiet_axes(app: Flask, store: Database):
    with store.transaction() as session:
        organisations.add(
            session, slug="vide", name="Ville vide", kind=OrganisationKind.COMMUNE, departments=(), actor="test"
        )
        given = {"vide": Role.REFERENT}
        accounts.add(session, email="v@vide.example", name="Vera", password=PASSWORD, roles=given, actor="test")
    browser = app.test_client()
    assert isinstance(browser, Browser)
    browser.sign_in(email="v@vide.example")
    tree = browser.page("/vide/")
    assert "Le suivi commence ici" in words(tree)
    assert links(tree, "/vide/demarrage")
    assert "Aucun engagement de cet axe n’était voté" in words(browser.page("/vide/axes/confiance"))
    assert browser.get("/vide/?au=2020-01-01").status_code == 200
    assert browser.get("/vide/?avec=2024").status_code == 200
    assert "n’est pas une date" in words(browser.page("/vide/?au=hier", 422))


def paragraphs(tree: Element) -> list[str]:
    return [words(one) for one in tree.iter("p") if "révu ou décidé" in words(one)]


@pytest.mark.parametrize("year", [2021, 2023, 2024, 2025, 2026])
def test_the_dashboard_tells_the_means_of_its_year_in_the_words_of_their_page(elu: Browser, year: int):
    [lead] = paragraphs(elu.page(f"{HOME}moyens?annee={year}"))
    assert paragraphs(elu.page(f"{HOME}?annee={year}")) == [
        f"Moyens {year}, {lead[:1].lower()}{lead[1:]} Les moyens {year}"
    ]


def test_an_earlier_day_is_not_told_the_means_of_today(elu: Browser):
    assert not paragraphs(elu.page(f"{HOME}?annee=2025&au=2026-06-30"))
