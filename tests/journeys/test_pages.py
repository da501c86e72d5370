"""Every page of the product in Chromium: weight, EcoIndex, axe in every theme, narrow screens, keyboard, print."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from benchmarks.chromium import visit
from benchmarks.looks import LOOKS, WHOLE, look, reader, seen
from benchmarks.pages import PAGES
from tests.journeys.conftest import FirstVisit, SignedIn, Walk
from tests.journeys.tour import tour
from tracker.config.settings import read
from tracker.domain.vocabulary import Status
from tracker.web import create_app


@pytest.mark.parametrize("address", list(PAGES))
def test_a_page_is_light_clean_and_accessible_and_goes_by_the_tab_key(first_visit: FirstVisit, address: str):
    page, figures = first_visit(address)
    assert figures["status"] == 200
    assert figures["grade"] <= PAGES[address], figures
    assert figures["requests"] <= 6
    assert figures["transfers"] == figures["requests"], "something came from a cache"
    assert figures["kilobytes"] <= 60
    assert not figures["faults"]
    assert not figures["other_hosts"]
    assert seen(page) == {}
    page.set_viewport_size({"width": 1280, "height": 900})
    assert tour(page) == []


@pytest.mark.parametrize("address", list(PAGES) if LOOKS is WHOLE else ["/demonstration/", "/aide"])
def test_a_page_in_english_is_accessible(chromium: Browser, base: str, cookies: SignedIn, address: str):
    with reader(chromium, cookies("referent"), locale="en-GB") as page:
        page.goto(f"{base}{address}{'&' if '?' in address else '?'}langue=en")
        assert page.locator("html").get_attribute("lang") == "en"
        assert seen(page) == {}


def test_every_kind_of_page_is_measured(tmp_path: Path):
    """A screen that is added without being measured is noticed here."""
    app = create_app(read({"TRACKER_INSTANCE": str(tmp_path)}))
    adapter = app.url_map.bind("x")
    measured = {adapter.match(address.split("?")[0])[0] for address in PAGES}
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods} - {"static"}
    pages = {endpoint for endpoint in pages if not endpoint.startswith("api_")}
    files = {
        "access_schemes.plan_file",
        "access_schemes.scheme_file",
        "ai_systems.table",
        "audits.table",
        "briefs.sheet",
        "carbon.amounts_table",
        "carbon.factors_table",
        "carbon.frozen",
        "carbon.latest",
        "carbon.picture",
        "carbon.table",
        "commission.paper",
        "commission.table",
        "completeness.table",
        "comparisons.chart",
        "comparisons.drawing",
        "comparisons.image",
        "comparisons.table",
        "deadlines.calendar",
        "deadlines.feed",
        "deliberations.csv",
        "deliberations.schema",
        "departments.pack",
        "ecodesign.criteria",
        "ecodesign.pages_table",
        "ecodesign.statement_file",
        "ecodesign.table",
        "equipment_rules.reach",
        "estate.table",
        "estate_intakes.refused_rows",
        "estate_intakes.show",
        "estate_intakes.vanished",
        "evaluations.table",
        "histories.piece",
        "home.health",
        "imports.csv",
        "imports.ods",
        "imports.problems",
        "imports.show",
        "imports.xlsx",
        "indicators.chart",
        "indicators.drawing",
        "indicators.image",
        "indicators.table",
        "intakes.candidate",
        "intakes.show",
        "lifetimes.ages",
        "lifetimes.ages_drawing",
        "lifetimes.curve",
        "lifetimes.curve_drawing",
        "lifetimes.table",
        "means.table",
        "measurements.rows",
        "mediation.table",
        "memberships.report",
        "memberships.table",
        "open_data.catalogue",
        "open_data.file",
        "open_data.public_file",
        "open_data.public_table",
        "open_data.table",
        "open_data.whole_catalogue",
        "plans.current",
        "plans.drawing",
        "plans.paper",
        "plans.table",
        "publications.feed",
        "publications.package",
        "publications.table",
        "frozen_reports.file",
        "frozen_reports.table",
        "public_reports.chapter",
        "public_reports.file",
        "public_reports.latest",
        "public_reports.version",
        "reports.file",
        "scenarios.picture",
        "scenarios.table",
        "schemas.report",
        "services.table",
        "signin.sign_in",
        "statements.paper",
        "tokens.confirm",
    }  # and imports.show and the reviews, which need a file, and the reach of a rule, which needs one: their own tests
    # look at them; plans.current is plans.show, carbon.latest is carbon.show
    assert pages - files == measured


def test_the_sign_in_page_and_its_refusal_are_accessible(chromium: Browser, base: str):
    assert visit(chromium, f"{base}/connexion")["grade"] == "A"
    assert look(chromium, f"{base}/connexion", []) == {}


@pytest.mark.parametrize(
    "address", ["/demonstration/", "/demonstration/saisie/2025", "/amp/engagements/AMP23-S06", "/demonstration/moyens"]
)
def test_text_at_twice_its_size_fits_without_sideways_scroll(walk: Walk, address: str):
    page = walk("referent", address, viewport={"width": 1280, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_the_interactive_chart_comes_on_demand_from_our_own_address(walk: Walk, base: str):
    page = walk("elu", "/demonstration/indicateurs/SOB-06")
    hosts: set[str] = set()
    errors: list[str] = []
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]) if "//" in request.url else None)
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    assert not page.evaluate("'Plotly' in window")
    page.get_by_role("button", name="Graphique interactif").click()
    expect(page.locator(".plot .main-svg").first).to_be_visible()
    expect(page.locator(".plot")).to_have_attribute("role", "application")
    ticks = page.locator(".plot .ytick").all_text_contents()
    assert ticks
    assert any("," in tick for tick in ticks)
    assert hosts == {base.split("/")[2]}
    assert not errors
    expect(page.get_by_role("row", name="2025")).to_contain_text("5,4 ans")


def test_a_chart_that_cannot_be_loaded_says_so_and_leaves_the_drawing(walk: Walk):
    page = walk("elu", "/demonstration/indicateurs/SOB-06")
    page.route("**/plotly.min.*", lambda route: route.abort())
    page.get_by_role("button", name="Graphique interactif").click()
    expect(page.get_by_role("alert")).to_contain_text("n’a pas pu être chargé")
    expect(page.locator("figure svg.chart")).to_be_visible()


def test_the_report_prints_without_the_furniture(walk: Walk):
    page = walk("elu", "/demonstration/rapport/2025")
    page.emulate_media(media="print")
    expect(page.get_by_role("banner")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert len(page.pdf(format="A4")) > 20_000


def test_statuses_stay_readable_in_forced_colours(walk: Walk):
    page = walk("elu", "/demonstration/", forced_colors="active")
    for word in ("Tenu", "En trajectoire", "À surveiller", "Hors trajectoire"):
        expect(page.get_by_role("link", name=word, exact=True).first).to_be_visible()


SEGMENT_LOOKS = """codes => codes.map(code => {
  const bar = document.querySelector('svg.seg')
  const part = bar.appendChild(document.createElementNS(bar.namespaceURI, 'rect'))
  part.setAttribute('class', code)
  const look = getComputedStyle(part)
  return [look.fill, look.stroke, look.strokeDasharray, look.y, look.height, look.opacity].join()
})"""


def test_in_forced_colours_no_two_segments_of_a_bar_look_the_same_and_words_say_them(walk: Walk):
    page = walk("elu", "/demonstration/", forced_colors="active")
    for codes in ([str(one) for one in Status], ["validated", "submitted", "published", "returned", "missing"]):
        found = page.evaluate(SEGMENT_LOOKS, codes)
        assert len(set(found)) == len(codes), dict(zip(codes, found, strict=True))
    said = page.locator("td[data-said]").first
    told = said.evaluate("cell => getComputedStyle(cell, '::after').content")
    assert said.get_attribute("data-said") in told


def test_the_screens_keep_still_for_those_who_ask(walk: Walk):
    page = walk("elu", "/demonstration/", reduced_motion="reduce")
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter(n => getComputedStyle(n).transitionDuration !== '0s').length"
    )
    assert moving == 0
