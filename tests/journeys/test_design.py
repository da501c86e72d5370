"""The look that all pages share, in Chromium: a header that fits, paper that prints, and what a second visit costs."""

import pytest
from playwright.sync_api import Browser, Page

from benchmarks.chromium import sign_in
from benchmarks.pages import KILOBYTES_AGAIN, weigh
from benchmarks.server import PASSWORD
from tests import pdf
from tests.journeys.conftest import Walk
from tests.journeys.test_briefs import colours

PRINTED = (
    "/demonstration/",
    "/demonstration/engagements",
    "/demonstration/engagements/DEM16-S01",
    "/demonstration/indicateurs/SOB-06",
    "/demonstration/comparaison",
    "/demonstration/rapport/2025",
)
LINES = (
    "(node) => new Set([...node.querySelectorAll('a')].map((a) => Math.round(a.getBoundingClientRect().bottom))).size"
)
LIGHTNESS = """(selector) => {
  const [r, g, b] = getComputedStyle(document.querySelector(selector))
    [selector === "body" ? "backgroundColor" : "color"].match(/\\d+/g).map(Number);
  return (r + g + b) / 765;
}"""


def header(page: Page) -> dict[str, int]:
    """Count the lines of links of the header's two parts."""
    return {part: page.locator(f"header {part}").evaluate(LINES) for part in (".who", "nav")}


def test_the_header_of_whoever_sees_most_keeps_each_part_on_one_line(walk: Walk):
    page = walk("referent", "/demonstration/", viewport={"width": 1280, "height": 900})
    page.evaluate(
        """() => document.querySelector(".who").insertAdjacentHTML("beforeend", '<a href="#">12 notifications</a>')"""
    )
    assert header(page) == {".who": 1, "nav": 1}
    brand, who = page.locator(".brand").bounding_box(), page.locator(".who").bounding_box()
    assert brand
    assert who
    assert abs((brand["y"] + brand["height"] / 2) - (who["y"] + who["height"] / 2)) < 4
    assert who["x"] > brand["x"] + brand["width"]


def test_on_a_narrow_screen_the_header_wraps_within_it_and_leaves_room_for_the_page(walk: Walk):
    page = walk("referent", "/demonstration/", viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert header(page)["nav"] <= 3
    box = page.locator("header").bounding_box()
    assert box
    assert box["height"] < 240
    for link in page.locator("header a").all():
        place = link.bounding_box()
        assert place
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= 320


def test_the_keyboard_goes_through_the_header_in_the_order_that_is_read(walk: Walk):
    page = walk("referent", "/demonstration/", viewport={"width": 1280, "height": 900})
    places = page.locator("header a").evaluate_all(
        "(links) => links.map((a) => [Math.round(a.getBoundingClientRect().top / 30), a.getBoundingClientRect().left])"
    )
    assert places == sorted(places)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_people_print_is_dark_on_white_without_the_furniture(walk: Walk, scheme: str):
    page = walk("referent", PRINTED[0], color_scheme=scheme)
    for address in PRINTED:
        page.goto(address)
        page.emulate_media(media="print", color_scheme=scheme)
        assert page.evaluate(LIGHTNESS, "body") == 1, address
        for selector in ("h1", "main p"):
            assert page.evaluate(LIGHTNESS, selector) < 0.35, (address, selector)
        for status in page.locator(".st:visible").all()[:12]:
            shown = status.evaluate("(node) => getComputedStyle(node).color.match(/\\d+/g).map(Number)")
            assert sum(shown) / 765 < 0.5, address
        for hidden in ("header", "footer", "form", "button", ".button", ".pager"):
            assert page.locator(f"{hidden}:visible").count() == 0, (address, hidden)
        added = page.locator("main a").evaluate_all(
            "(links) => links.filter((a) => getComputedStyle(a, '::after').content !== 'none').length"
        )
        assert added == 0, address
        page.emulate_media(media="screen")


def test_the_dashboard_prints_on_two_sheets_that_both_themes_draw_alike(walk: Walk):
    printed = []
    for scheme in ("light", "dark"):
        page = walk("elu", "/demonstration/", color_scheme=scheme)
        printed.append(page.pdf(format="A4", prefer_css_page_size=True))
    assert [pdf.page_count(one) for one in printed] == [2, 2]
    assert colours(printed[0]) == colours(printed[1]) != set()


def test_a_comparison_prints_every_change_and_no_link_that_leads_elsewhere(walk: Walk):
    page = walk("elu", "/demonstration/?avec=2022")
    folded = page.locator("#changements li")
    assert folded.count() > 3
    assert folded.filter(visible=True).count() == 0
    page.emulate_media(media="print")
    assert folded.filter(visible=True).count() == folded.count()
    assert page.locator("#changements p a:visible").count() == 0
    assert page.get_by_role("link", name="Toutes les échéances").is_hidden()
    assert page.get_by_role("heading", name="Prochaines dates").is_visible()


def test_a_second_visit_fetches_the_page_alone(chromium: Browser, base: str):
    context = chromium.new_context()
    sign_in(context, base, "referent@demonstration.example", PASSWORD)
    figures = weigh(chromium, f"{base}/demonstration/", context.cookies())
    context.close()
    assert figures["again_requests"] == 1
    assert 0 < figures["again_kilobytes"] <= KILOBYTES_AGAIN
    assert figures["again_kilobytes"] < figures["kilobytes"]


def test_the_mark_can_be_seen_in_the_tabs_of_both_themes(chromium: Browser, base: str):
    inks = []
    for scheme in ("light", "dark"):
        context = chromium.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(f"{base}/favicon.ico")
        inks.append(page.locator("path").evaluate("(path) => getComputedStyle(path).fill"))
        context.close()
    assert inks == ["rgb(11, 85, 99)", "rgb(134, 207, 221)"]
