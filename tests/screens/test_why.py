"""« Pourquoi ce chiffre ? » on the screens: from each figure one click leads to what is behind it, for every role."""

import re
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.screens.conftest import Browser
from tests.screens.lint import SVG, words
from tests.screens.test_entry import GRID, row
from tracker.domain.vocabulary import Role
from tracker.store import models
from tracker.store.session import Database

HERE = "/demonstration/indicateurs"
FORMULA = "100 × (référence(SOB-01) − SOB-01) / référence(SOB-01)"
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def lines(browser: Browser, address: str) -> dict[str, str]:
    """Give the terms of the first list of ``address``, each with all that is said of it."""
    found: dict[str, str] = {}
    term = ""
    for node in browser.page(address).find(".//main//dl"):
        if node.tag == "dt":
            term = words(node)
        else:
            found[term] = f"{found.get(term, '')} {words(node)}".strip()
    return found


class Town:
    """The fictional town in the database of a test, with what its people could decide."""

    def __init__(self, session: Session) -> None:
        self.session = session
        slug = models.Organisation.slug == "demonstration"
        self.organisation = session.scalars(select(models.Organisation).where(slug)).one()
        self.rows = {one.code: one for one in session.scalars(select(models.Indicator))}

    def method(self, code: str, since: int, formula: str = "") -> None:
        self.session.add(
            models.IndicatorMethod(
                organisation_id=self.organisation.id,
                indicator_id=self.rows[code].id,
                version=2,
                in_force_from=since,
                formula=formula,
                description_fr="Lue dans l'outil de gestion.",
                reason_fr="L'ancienne oubliait les prêts.",
                author="Camille Référent",
                recorded_at=NOW,
            )
        )

    def companion(self, code: str, total: str) -> None:
        self.session.add(
            models.IndicatorSetting(
                organisation_id=self.organisation.id,
                indicator_id=self.rows[code].id,
                version=1,
                companion=total,
                reason_fr="",
                author="Camille Référent",
                recorded_at=NOW,
            )
        )

    def again(self, code: str, years: range, **new: object) -> None:
        """Record each value of ``years`` once more, with what is ``new``."""
        known: dict[int, models.Measurement] = {}
        own = models.Measurement.organisation_id == self.organisation.id
        told = select(models.Measurement).where(own, models.Measurement.indicator_id == self.rows[code].id)
        for one in self.session.scalars(told.order_by(models.Measurement.revision)):
            known[one.year] = one
        kept = ("value", "numerator", "denominator", "absence", "quality", "coverage", "source", "comment", "author")
        for year in years:
            given = {name: getattr(known[year], name) for name in kept} | new
            self.session.add(
                models.Measurement(
                    organisation_id=self.organisation.id,
                    indicator_id=self.rows[code].id,
                    year=year,
                    revision=known[year].revision + 1,
                    recorded_at=datetime(year + 1, 1, 2, 9, tzinfo=UTC),  # before the town's campaigns: readers see it
                    **given,
                )
            )

    def departments(self, code: str, year: int, terms: dict[str, tuple[int, int]]) -> int:
        """Split a new revision of ``year`` between the departments of ``terms``; give how many there are in all."""
        self.again(code, range(year, year + 1))
        self.session.flush()
        own = models.Measurement.organisation_id == self.organisation.id
        told = select(models.Measurement).where(own, models.Measurement.indicator_id == self.rows[code].id)
        newest = self.session.scalars(
            told.where(models.Measurement.year == year).order_by(models.Measurement.revision.desc())
        ).first()
        assert newest is not None
        for number, (name, (over, under)) in enumerate(terms.items(), 100):
            department = models.Department(
                organisation_id=self.organisation.id, position=number, code=f"D{number}", name=name
            )
            self.session.add(department)
            self.session.flush()
            self.session.add(
                models.MeasurementPart(
                    measurement_id=newest.id,
                    department_id=department.id,
                    numerator=Decimal(over),
                    denominator=Decimal(under),
                )
            )
        here = models.Department.organisation_id == self.organisation.id
        return len(self.session.scalars(select(models.Department).where(here)).all())


@pytest.fixture
def town(store: Database, elu: Browser) -> Town:
    """Give the town after its figures became worth asking about: computed, broken, and rebounding."""
    with store.writing() as session:
        found = Town(session)
        found.method("SOB-05", 2023, FORMULA)
        found.method("SOB-07", 2022)
        found.again("SOB-07", range(2022, 2026), method=2)
        found.companion("SOB-06", "SOB-01")
        found.again("SOB-01", range(2025, 2026), value=Decimal(1900))
        session.commit()
    return found


def test_a_typed_ratio_is_explained_from_its_two_terms(elu: Browser):
    told = lines(elu, f"{HERE}/SOB-06/2025")
    assert told["Valeur"].startswith("5,4 ans")
    over, under, result = re.fullmatch(r"([\d ]+) ÷ ([\d ]+) = ([\d,]+) .*", told["Calcul"]).groups()  # type: ignore[union-attr]
    assert Decimal(over.replace(" ", "")) / Decimal(under) == Decimal(result.replace(",", "."))
    assert told["Qualité"] == "mesuré ; couvre 92 %"
    assert told["Source"] == "Série fictive"
    assert "saisie le 15 janv. 2026" in told["Auteur"]


def test_its_judgement_shows_version_baseline_progress_expected_level_and_forecast(elu: Browser):
    tree = elu.page(f"{HERE}/SOB-06/2025")
    title = tree.find(".//h1")
    assert title is not None
    assert words(title) == "Pourquoi 5,4 ans en 2025 ?"
    section = tree.find(".//section[@id='DEM16-S01']")
    assert section is not None
    told = words(section)
    assert "version 2 sur 2, en vigueur depuis 2022" in told
    assert "rendu plus exigeant, échéance reportée" in told
    assert "4,1 ans en 2016, validée" in told
    assert "(5,4 − 4,1) ÷ (6 − 4,1) ≈ 0,684211, soit 68,4 %" in told
    assert "4,1 + (6 − 4,1) × (2025 − 2016) ÷ (2030 − 2016) ≈ 5,321429" in told
    assert "À ce rythme, l’objectif serait atteint en" in told
    waiting = tree.find(".//section[@id='DEM22-S01']")
    assert waiting is not None
    assert "Référence à établir" in words(waiting)


def test_a_past_year_is_explained_by_the_target_of_that_year(elu: Browser):
    told = words(elu.page(f"{HERE}/SOB-06/2017"))
    assert "version 1 sur 2, en vigueur depuis 2016" in told
    assert "Prolonger le parc" not in told


def test_a_year_without_a_value_says_so(elu: Browser):
    told = words(elu.page(f"{HERE}/SOB-06/2018"))
    assert "Pourquoi aucune valeur en 2018 ?" in told
    assert "non mesuré" in told
    assert "Une valeur absente n’est jamais comptée pour zéro." in told
    assert "aucun relevé" in words(elu.page("/marseille/indicateurs/SOB-06/2025"))


@pytest.mark.parametrize("address", ["SOB-06/1999", "SOB-06/2027", "RIEN/2025", "SOB-06/deux"])
def test_an_unknown_year_or_indicator_has_no_page(elu: Browser, address: str):
    elu.page(f"{HERE}/{address}", 404)


@pytest.mark.parametrize("role", list(Role))
def test_every_role_reads_it_and_a_stranger_signs_in_first(browser: Browser, role: Role):
    assert browser.get(f"{HERE}/SOB-06/2025").status_code == 302
    browser.sign_in(role)
    assert "Pourquoi 5,4 ans" in words(browser.page(f"{HERE}/SOB-06/2025"))


def test_a_computed_value_recomputes_from_the_inputs_that_it_links_to(elu: Browser, town: Town):
    told = lines(elu, f"{HERE}/SOB-05/2025")
    assert told["Formule"] == FORMULA
    assert told["Avec les nombres"] == "100 × (2 100 − 1 900) / 2 100 ≈ 9,52381"
    assert round(Decimal(100) * (2100 - 1900) / 2100, 5) == Decimal("9.52381")
    assert told["Valeur"].startswith("9,5 MWh")
    assert "calcul de Parole tenue à partir de ces données" in told["Auteur"]
    links = [a.get("href") for a in elu.page(f"{HERE}/SOB-05/2025").iterfind(".//dl//a")]
    assert f"{HERE}/SOB-01/2025" in links
    assert "Consommation électrique" in words(elu.page(f"{HERE}/SOB-01/2025"))


def test_an_indicator_that_only_feeds_a_formula_has_its_pages(elu: Browser, town: Town, store: Database):
    with store.writing() as session:
        Town(session).method("SOB-13", 2023, "SOB-02 × 2")
        session.commit()
    told = words(elu.page(f"{HERE}/SOB-02/2025"))
    assert "aucun relevé" in told
    assert "Il sert au calcul de" in told
    assert "Sert au calcul de" in words(elu.page(f"{HERE}/SOB-02"))


def test_a_missing_input_is_named_and_leads_to_its_page(elu: Browser, store: Database):
    with store.writing() as session:
        Town(session).method("SOB-05", 2023, "SOB-01 + SOB-02")
        session.commit()
    told = lines(elu, f"{HERE}/SOB-05/2025")
    assert told["Il manque"] == "SOB-02"
    assert "aucun relevé pour 2025" in told["Données"]
    assert told["Valeur"].startswith("non calculable")


def test_from_the_dashboard_one_click_leads_to_it(elu: Browser):
    tree = elu.page("/demonstration/?annee=2025")
    card = next(one for one in tree.iterfind(".//li[h3]") if "Garder les ordinateurs" in words(one))
    link = next(a for a in card.iterfind(".//a") if words(a) == "Pourquoi ?")
    assert link.get("aria-label") == "Pourquoi\u202f? Garder les ordinateurs 6\u00a0ans, 2025"
    address = str(link.get("href"))
    assert address == f"{HERE}/SOB-06/2025#DEM16-S01"
    assert elu.page(address.partition("#")[0]).find(".//section[@id='DEM16-S01']") is not None


@pytest.mark.parametrize(
    "page",
    [
        "/demonstration/?annee=2018",
        "/demonstration/engagements?annee=2018",
        "/demonstration/engagements/DEM16-S01?annee=2018",
    ],
)
def test_a_missing_figure_leads_to_why_it_is_missing(elu: Browser, page: str):
    links = {str(a.get("href")) for a in elu.page(page).iterfind(".//main//a")}
    assert f"{HERE}/SOB-06/2018#DEM16-S01" in links


def test_a_figure_without_any_reading_leads_to_its_page_too(elu: Browser):
    links = {str(a.get("href")) for a in elu.page("/marseille/engagements?annee=2025").iterfind(".//main//a")}
    pages = sorted(one for one in links if "/indicateurs/" in one)
    assert pages
    told = words(elu.page(pages[0].split("#")[0]))
    assert "aucun relevé" in told
    code = pages[0].split("#")[1]
    commitment = elu.page(f"/marseille/engagements/{code}?annee=2025")
    assert "Pourquoi aucun chiffre" in words(commitment)
    assert "Aucun relevé pour 2025. Pourquoi ?" in words(commitment)


def test_the_departments_behind_a_value_are_listed_and_counted(elu: Browser, store: Database):
    with store.writing() as session:
        total = Town(session).departments("SOB-06", 2025, {"Informatique": (1200, 200), "Écoles": (460, 105)})
        session.commit()
    tree = elu.page(f"{HERE}/SOB-06/2025")
    told = lines(elu, f"{HERE}/SOB-06/2025")["Par service"]
    assert told == "Informatique : 1 200 ÷ 200 Écoles : 460 ÷ 105"
    assert f"2 services sur {total} ont donné leur chiffre." in words(tree)
    assert "Par service" not in lines(elu, f"{HERE}/SOB-06/2024")


@pytest.mark.parametrize(
    "page",
    [
        "/demonstration/engagements",
        "/demonstration/engagements/DEM16-S01?annee=2025",
        f"{HERE}/SOB-06",
        "/demonstration/rapport/2025",
    ],
)
def test_the_figures_of_every_page_lead_to_it(elu: Browser, page: str):
    links = {str(a.get("href")).split("#")[0] for a in elu.page(page).iterfind(".//main//a")}
    assert f"{HERE}/SOB-06/2025" in links


def test_a_kept_document_has_the_figures_without_links(elu: Browser):
    from tracker.reports.speech import environment

    macros = environment().get_template("components/figures.html").module
    assert str(macros.figure("demonstration", "SOB-06", 2025, "5,4 ans")) == "5,4 ans"  # type: ignore[attr-defined]


def test_a_rebound_shows_wherever_the_commitment_does(elu: Browser, town: Town):
    short = "Effet rebond possible : « Empreinte carbone annuelle du numérique » se dégrade."
    whole = "Effet rebond possible : de 2024 à 2025, « Durée d’usage moyenne des ordinateurs » s’améliore"
    assert short in words(elu.page("/demonstration/?annee=2025"))
    assert short in words(elu.page("/demonstration/engagements"))
    for page in (
        "/demonstration/engagements/DEM16-S01?annee=2025",
        f"{HERE}/SOB-06",
        f"{HERE}/SOB-06/2025",
        "/demonstration/rapport/2025",
    ):
        assert whole in words(elu.page(page)), page


def test_a_change_of_method_breaks_the_chart_the_table_and_the_sentence(elu: Browser, town: Town):
    tree = elu.page(f"{HERE}/SOB-07")
    note = "La méthode de « Durée d’usage moyenne des téléphones mobiles » a changé en 2022"
    assert note in words(tree)
    drawing = tree.find(f".//figure/{SVG}")
    assert drawing is not None
    assert "méthode 2" in words(drawing)
    assert "De 2,8 ans en 2022" in " ".join(str(drawing.get("aria-label")).split())
    line = next(node for node in drawing.iter() if node.get("class") == "line")
    assert str(line.get("d")).count("M") == 2
    rows = {words(one.find("th")): words(one) for one in tree.iterfind(".//tbody/tr")}
    assert "méthode 1" in rows["2021"]
    assert "méthode 2" in rows["2022"]
    assert "4 années sur 4" in words(tree)
    for page in ("/demonstration/engagements/DEM16-S02?annee=2025", "/demonstration/rapport/2025"):
        assert note in words(elu.page(page)), page
    figure = elu.get(f"{HERE}/SOB-07.json").json
    named = ["Valeur, méthode 1", "Valeur, méthode 2", "Valeur corrigée", "Objectif 2016"]
    assert [trace["name"] for trace in figure["data"]] == named
    assert figure["layout"]["annotations"][0]["text"] == "méthode 2"
    assert "couverture;methode;source" in elu.get(f"{HERE}/SOB-07.csv").data.decode("utf-8-sig")


def test_years_recomputed_by_the_latest_method_stand_beside_the_published_ones(elu: Browser, town: Town):
    tree = elu.page(f"{HERE}/SOB-05")
    headings = [words(one) for one in tree.iterfind(".//table[@class='values']/thead//th")]
    assert headings == ["Année", "Valeur", "À méthode constante", "Objectif", "Attendu", "D’où vient la valeur"]
    rows = {words(one.find("th")): [words(cell) for cell in one] for one in tree.iterfind(".//tbody/tr")}
    assert rows["2018"][1:3] == ["1 450 MWh", "0 MWh"]
    drawing = tree.find(f".//figure/{SVG}")
    assert drawing is not None
    assert "à méthode constante" in words(drawing)
    assert "a changé en" not in words(tree)


def test_the_forecast_stands_on_the_commitment_and_the_indicator(elu: Browser):
    for page in ("/demonstration/engagements/DEM22-S02?annee=2025", f"{HERE}/SOB-01"):
        told = words(elu.page(page))
        assert "À ce rythme, l’objectif serait atteint en" in told, page
        assert "par an, contre" in told, page


def test_a_figure_over_the_years_says_how_many_it_rests_on(elu: Browser):
    assert "Ensemble 2016–2025 :" in words(elu.page(f"{HERE}/SOB-06"))
    assert "(9 années sur 10)." in words(elu.page(f"{HERE}/SOB-06"))
    assert "Cumul 2018–2025 :" in words(elu.page(f"{HERE}/SOB-05"))


def test_the_report_gives_quality_coverage_and_method(elu: Browser, town: Town):
    told = words(elu.page("/demonstration/rapport/2025"))
    assert "Durée d’usage moyenne des téléphones mobiles (mesuré ; couvre 88 % ; méthode 2)" in told
    assert "Qualité des valeurs de 2025 :" in told
    assert "(version 1, celle du catalogue ; version 2, depuis 2022)" in told


def test_what_somebody_wrote_cannot_become_markup(agent: Browser, elu: Browser):
    agent.send(GRID, row("SOB-06", "5,4", "measured", comment="<b>gras</b>"))
    answer = elu.get("/marseille/indicateurs/SOB-06/2025")
    assert "&lt;b&gt;gras&lt;/b&gt;" in answer.text
    assert "<b>gras" not in answer.text


def test_the_page_speaks_english_and_marks_what_was_written_in_french(elu: Browser, town: Town):
    tree = elu.page(f"{HERE}/SOB-05/2025?langue=en")
    told = words(tree)
    assert "Why 9.5 MWh in 2025?" in told
    assert "100 × (2,100 − 1,900) / 2,100 ≈ 9.52381" in told
    assert "baseline(SOB-01) − SOB-01" in told
    marked = [words(node) for node in tree.iterfind(".//dl//small[@lang='fr']")]
    assert any("Lue dans l’outil de gestion." in one for one in marked)
