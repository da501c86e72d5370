"""Help: every page leads to its own guide, every guide is reached, and the icon is there for whoever asks."""

import re
from pathlib import Path

from flask import Flask

from tests.screens.conftest import Browser
from tests.screens.lint import words
from tracker.web.platform.guides import GUIDES, guide_of

FILES = {"csv", "ics", "json", "ods", "pdf", "xlsx", "atom"}
OWN = {"static", "home.health", "schemas.report"}
"""Answers that are no pages."""


def pages(app: Flask) -> set[str]:
    """List the endpoints that answer a GET with a page."""
    found = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())}
    files = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.rpartition(".")[2] in FILES}
    return found - files - OWN - {endpoint for endpoint in found if endpoint.startswith("api_")}


def test_every_screen_has_its_guide_and_only_the_pages_about_the_product_have_none(app: Flask):
    without = {endpoint for endpoint in pages(app) if guide_of(endpoint) is None}
    assert without == {endpoint for endpoint in pages(app) if endpoint.startswith("pages.")}


def test_every_guide_is_for_screens_that_exist(app: Flask):
    known = {rule.endpoint for rule in app.url_map.iter_rules()} | set(app.blueprints)
    for name, guide in GUIDES.items():
        assert guide.screens, name
        assert set(guide.screens) <= known, name


def test_every_guide_is_listed_once_in_the_index_and_says_what_it_must(browser: Browser):
    listed = [link.get("href") for link in browser.page("/aide").findall(".//main//li/a")]
    assert listed == [f"/aide/{name}" for name in GUIDES]
    for address in listed:
        tree = browser.page(str(address))
        parts = [words(heading) for heading in tree.findall(".//main//h2")]
        assert parts == ["Pas à pas", "Les mots", "Ce qui peut arriver"], address
        main = tree.find(".//main")
        assert main is not None
        told = re.findall(r"[.?!»](?: |$)", words(main))
        assert 8 <= len(told) <= 20, (address, len(told))
        assert len(main.findall(".//ol/li")) >= 3, address


def test_no_guide_is_left_without_a_line_in_the_table(app: Flask):
    folder = Path(str(app.template_folder)) / "screens" / "help"
    assert {file.stem for file in folder.glob("*.html")} - {"guide"} == set(GUIDES)


def test_the_link_in_the_foot_leads_to_the_help_of_that_very_page(referent: Browser):
    for address, name in {
        "/": "tableau-de-bord",
        "/compte": "compte",
        "/demonstration/": "tableau-de-bord",
        "/demonstration/saisie/2025": "saisie",
        "/demonstration/indicateurs/SOB-06": "indicateurs",
        "/demonstration/indicateurs/SOB-06/2025": "pourquoi",
        "/demonstration/indicateurs/SOB-06/2025/historique": "historique",
        "/demonstration/suivis": "suivis",
        "/demonstration/questions": "echanges-et-questions",
        "/demonstration/public/2024": "pages-publiques",
    }.items():
        [link] = [a for a in referent.page(address).findall(".//footer//a") if words(a) == "Aide"]
        assert link.get("href") == f"/aide/{name}", address
    [link] = [a for a in referent.page("/aide/saisie").findall(".//footer//a") if words(a) == "Aide"]
    assert link.get("href") == "/aide"
    [link] = [a for a in referent.page("/rien/du/tout", status=404).findall(".//footer//a") if words(a) == "Aide"]
    assert link.get("href") == "/aide"


def test_a_guide_that_does_not_exist_is_a_page_that_does_not_exist(browser: Browser):
    for name in ("rien", "guide", "..%2Fpages%2Fhelp", "Saisie"):
        assert browser.get(f"/aide/{name}").status_code == 404, name


def test_the_icon_that_browsers_ask_for_unasked_is_the_mark(browser: Browser):
    with browser.get("/favicon.ico") as answer:
        assert answer.status_code == 200
        assert answer.mimetype == "image/svg+xml"
        assert "max-age" in answer.headers["Cache-Control"]
        assert "Set-Cookie" not in answer.headers
        assert b"prefers-color-scheme:dark" in answer.data
        mark = re.search(r'd="([^"]+)"', answer.text)
    drawn = browser.page("/").find(".//header//path")
    if drawn is None:
        drawn = browser.page("/").find(".//header//{http://www.w3.org/2000/svg}path")
    assert drawn is not None
    assert mark
    assert drawn.get("d") == mark[1]


def test_the_bar_of_the_browser_takes_the_colour_of_the_paper_of_each_theme(browser: Browser):
    sheet = (Path(__file__).parents[2] / "tracker/web/static/style.css").read_text(encoding="utf-8")
    told = [meta.get("content") for meta in browser.page("/").findall(".//meta[@name='theme-color']")]
    assert told == re.findall(r"--paper: (#\w+)", sheet)[:2]


def test_the_header_has_eight_entries_at_most_and_says_where_one_is(referent: Browser, elu: Browser):
    def entries(browser: Browser, address: str) -> tuple[list[str], list[str]]:
        links = browser.page(address).findall(".//header//a")
        return [words(a) for a in links], [words(a) for a in links if a.get("aria-current")]

    told, here = entries(referent, "/demonstration/")
    assert told[:3] == ["Parole tenue", "Rechercher", "Suivis"]
    assert told[-8:-4] == ["Tableau de bord", "Engagements", "Plan d’actions", "Saisie"]
    assert told[-4:] == ["Campagnes", "Rapport REEN", "Journal", "Réglages"]
    assert here == ["Tableau de bord"]
    for address, name in {
        "/demonstration/recherche": "Rechercher",
        "/demonstration/questions": "Suivis",
        "/demonstration/publications": "Réglages",
        "/demonstration/demarrage": "Réglages",
        "/demonstration/validation/2025": "Campagnes",
        "/demonstration/imports": "Saisie",
        "/demonstration/plan/2025/actions/A2025-03": "Plan d’actions",
        "/demonstration/indicateurs/SOB-06": "Engagements",
        "/demonstration/axes/sobriete": "Tableau de bord",
        "/demonstration/synthese/2025": "Tableau de bord",
    }.items():
        assert entries(referent, address)[1] == [name], address
    told, _ = entries(elu, "/demonstration/")
    assert "Saisie" not in told
    assert "Réglages" not in told
