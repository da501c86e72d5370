"""The official's page: the year on one page, the same sentences in its PDF, the slides for the council."""

import pytest
from flask import Flask

from tests import pdf
from tests.screens.conftest import Browser
from tests.screens.lint import SVG, Node, words
from tracker.domain.vocabulary import OrganisationKind, Role
from tracker.services import accounts, organisations
from tracker.store.session import Database

pytestmark = pytest.mark.parametrize("source", ["sqlite"], indirect=True)
BRIEF, SHEET, SLIDES = "/{slug}/synthese/{year}", "/{slug}/synthese/{year}.pdf", "/{slug}/presentation/{year}"
PAGES = (BRIEF, SHEET, SLIDES)
SECRET = "long-enough-2026"


def elements(tree: Node) -> int:
    """Count the elements as EcoIndex does: without those inside a drawing."""
    inside = sum(sum(1 for _ in drawing.iter()) - 1 for drawing in tree.iter(SVG))
    return sum(1 for node in tree.iter() if isinstance(node.tag, str)) - inside


def sentences(tree: Node) -> list[str]:
    """Give what the brief tells: the reading, the cells of its table, its lists, where its figures come from."""
    article = tree.find(".//article")
    assert article is not None
    told = [article.find("p[@class='lead']"), *article.iterfind(".//tbody//th"), *article.iterfind(".//tbody//td")]
    told += article.iterfind(".//ul[@class='facts']/li")
    told += [article.findall("p[@class='quiet']")[-1]]
    return [words(one) for one in told if one is not None]


@pytest.mark.parametrize("slug", ["demonstration", "marseille", "amp"])
def test_the_pdf_says_each_sentence_and_figure_of_the_page(elu: Browser, slug: str):
    for query in ("", "?langue=en", "?langue=fr"):
        told = sentences(elu.page(BRIEF.format(slug=slug, year=2025) + query))
        answer = elu.get(SHEET.format(slug=slug, year=2025))
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        assert answer.headers["Content-Disposition"] == f"attachment; filename={slug}-synthese-2025.pdf"
        said = pdf.text(answer.data)
        assert len(told) > 20
        for sentence in told:
            assert pdf.squeezed(sentence) in said, sentence
        assert (pdf.page_count(answer.data), pdf.faults(answer.data)) == (1, [])


def test_the_page_and_the_slides_are_light_and_lead_to_the_commitments(elu: Browser):
    for slug in ("demonstration", "marseille", "amp"):
        page = elu.page(BRIEF.format(slug=slug, year=2025))
        assert elements(page) <= 300
        assert elements(elu.page(SLIDES.format(slug=slug, year=2025))) <= 400
        led = [str(link.get("href")) for link in page.iterfind(".//tbody//th/a")]
        assert led
        assert all(link.startswith(f"/{slug}/engagements/") for link in led)


def test_each_flagship_has_its_slide_with_what_was_voted_and_where_it_stands(elu: Browser):
    brief = elu.page("/demonstration/synthese/2025")
    slides = list(elu.page("/demonstration/presentation/2025").iter("section"))
    assert [slide.get("id") for slide in slides] == [f"d{n}" for n in range(1, len(slides) + 1)]
    rows = brief.findall(".//tbody/tr")
    assert len(slides) == len(rows) + 4  # the title, the axes, the dates, the address
    for row, slide in zip(rows, slides[1:], strict=False):
        title, sentence, state = (words(cell) for cell in row)
        told = words(slide)
        assert (words(slide.find("h2")), sentence in told, state in told) == (title, True, True)
        assert slide.find("blockquote/p") is not None
        assert "Délibération" in told
    assert "http://127.0.0.1:5000/demonstration/synthese/2025" in words(slides[-1])


def test_a_year_that_cannot_be_has_neither_page_nor_pdf_nor_slides(elu: Browser):
    for page in PAGES:
        for year in (2027, 1999, 99999):
            assert elu.get(page.format(slug="marseille", year=year)).status_code == 404


def test_a_year_before_the_first_vote_says_that_nothing_was_voted(elu: Browser):
    for page in (BRIEF, SLIDES):
        assert "Aucun engagement n’était voté à la fin de 2015." in words(
            elu.page(page.format(slug="demonstration", year=2015))
        )
    sheet = elu.get(SHEET.format(slug="demonstration", year=2015)).data
    assert pdf.squeezed("Aucun engagement n’était voté à la fin de 2015.") in pdf.text(sheet)


def test_an_earlier_day_is_said_and_kept_by_the_page_the_pdf_and_the_slides(elu: Browser):
    day, said = "au=2026-02-01", "L’année telle qu’on la connaissait le 1er février 2026."
    for page in (BRIEF, SLIDES):
        address = page.format(slug="demonstration", year=2025)
        tree = elu.page(f"{address}?{day}")
        told = words(tree.find(".//main"))
        assert said in told
        assert "Chiffres connus le 1er février 2026. Aucune campagne n’a été ouverte pour 2025" in told
        assert [a.get("href") for a in tree.iter("a") if words(a) == "Revenir à aujourd’hui"] == [address]
        kept = [str(a.get("href")) for a in tree.iterfind(".//main//a") if words(a) != "Revenir à aujourd’hui"]
        assert kept
        assert all(day in link for link in kept if "/comparaison" not in link), kept
        assert f"http://127.0.0.1:5000/demonstration/synthese/2025?{day}" in told
        assert "telle qu’on la connaissait" not in words(elu.page(f"{address}?au=2026-11-22"))
    sheet = elu.get(f"{SHEET.format(slug='demonstration', year=2025)}?{day}")
    assert sheet.headers["Content-Disposition"].endswith("filename=demonstration-synthese-2025-au-2026-02-01.pdf")
    told = pdf.text(sheet.data)
    for sentence in (said, *sentences(elu.page(f"/demonstration/synthese/2025?{day}"))):
        assert pdf.squeezed(sentence) in told, sentence
    assert (pdf.page_count(sheet.data), pdf.faults(sheet.data)) == (1, [])


def test_an_earlier_day_tells_the_states_of_the_dashboard_of_that_day(elu: Browser):
    for day in ("2026-01-10", "2026-02-01"):
        lead = words(elu.page(f"/demonstration/?annee=2025&au={day}").find(".//main/p[@class='lead']"))
        for page in (BRIEF, SLIDES):
            assert lead in words(elu.page(f"{page.format(slug='demonstration', year=2025)}?au={day}"))


def test_a_day_that_cannot_be_looked_at_has_neither_page_nor_pdf_nor_slides(elu: Browser):
    for page in PAGES:
        address = page.format(slug="demonstration", year=2025)
        for day in ("2026-11-23", "hier", "2016-06-15", "2024-12-31"):  # to come, none, before any vote, before 2025
            assert elu.get(f"{address}?au={day}").status_code == 404, day


def test_a_stranger_is_asked_to_sign_in(browser: Browser):
    for page in PAGES:
        assert browser.get(page.format(slug="demonstration", year=2025)).status_code == 302


def test_an_authority_without_any_vote_is_told_so_with_the_next_step_of_each_role(app: Flask, store: Database):
    with store.transaction() as session:
        organisations.add(
            session, slug="neuve", name="Ville neuve", kind=OrganisationKind.COMMUNE, departments=(), actor="test"
        )
        for role in (Role.REFERENT, Role.ELU):
            address = f"{role}@neuve.example"
            roles = {"neuve": role}
            accounts.add(session, email=address, name="Sacha", password=SECRET, roles=roles, actor="test")
    for role, has_step in ((Role.REFERENT, True), (Role.ELU, False)):
        browser = app.test_client()
        assert isinstance(browser, Browser)
        browser.sign_in(email=f"{role}@neuve.example", password=SECRET)
        for page in (BRIEF, SLIDES):
            tree = browser.page(page.format(slug="neuve", year=2025))
            assert "Aucun engagement n’est encore enregistré." in words(tree)
            links = {link.get("href") for link in tree.iter("a")}
            assert ("/neuve/demarrage" in links) is has_step
        sheet = browser.get(SHEET.format(slug="neuve", year=2025)).data
        assert pdf.squeezed("Aucun engagement n’est encore enregistré.") in pdf.text(sheet)
        assert pdf.faults(sheet) == []
