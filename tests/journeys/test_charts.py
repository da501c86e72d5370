"""The interactive charts in Chromium: walked by keyboard, taken away as files, from our own address only."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Walk

INDICATOR = "/demonstration/indicateurs/SOB-06"
COMPARISON = "/demonstration/comparaison"


def opened(walk: Walk, address: str, **options: object) -> Page:
    page = walk("elu", address, **options)
    page.get_by_role("button", name="Graphique interactif").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".plot .main-svg").first).to_be_visible()
    expect(page.locator(".plot")).to_be_focused()
    return page


def read(page: Page) -> str:
    return " ".join((page.get_by_role("status").last.text_content() or "").split())


def test_the_arrows_read_each_point_and_escape_brings_the_drawing_back(walk: Walk):
    page = opened(walk, INDICATOR)
    page.keyboard.press("ArrowRight")
    assert read(page) == "Valeur, 2016 : 4,1 ans"
    page.keyboard.press("End")
    assert read(page) == "Valeur, 2025 : 5,4 ans"
    page.keyboard.press("ArrowRight")
    assert read(page) == "Valeur, 2025 : 5,4 ans"
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert read(page) == "Valeur, 2019 : 4,5 ans", "a year without a value is passed over"
    page.keyboard.press("ArrowDown")
    assert read(page) == "Objectif 2016, 2019 : 5 ans"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert "Prévision" in read(page)
    page.keyboard.press("Escape")
    expect(page.locator("figure svg.chart")).to_be_visible()
    expect(page.get_by_role("button", name="Graphique interactif")).to_be_focused()


def test_the_plot_is_one_stop_of_the_keyboard(walk: Walk):
    page = opened(walk, INDICATOR)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Enregistrer en PNG")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".plot")).to_be_focused()


@pytest.mark.parametrize("address", [INDICATOR, COMPARISON])
def test_a_figure_is_saved_as_png_and_svg_without_another_host_nor_an_error(walk: Walk, base: str, address: str):
    page = walk("elu", address)
    hosts: set[str] = set()
    errors: list[str] = []
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]) if "//" in request.url else None)
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.get_by_role("button", name="Graphique interactif").click()
    expect(page.locator(".plot .main-svg").first).to_be_visible()
    ticks = " ".join(page.locator(".plot .ytick, .plot .xtick").all_text_contents())
    assert "." not in ticks
    for kind, beginning in (("PNG", b"\x89PNG"), ("SVG", b"<svg")):
        with page.expect_download() as waited:
            page.get_by_role("button", name=f"Enregistrer en {kind}").click()
        file = waited.value
        assert file.suggested_filename.endswith(kind.lower())
        assert Path(file.path()).read_bytes().startswith(beginning)
    assert hosts <= {base.split("/")[2], ""}
    assert not errors


def test_on_a_phone_the_years_lie_flat_above_a_key_that_is_whole(walk: Walk):
    page = opened(walk, INDICATOR, viewport={"width": 360, "height": 800})
    frame = page.locator(".plot").bounding_box()
    years = [one.bounding_box() for one in page.locator(".plot .xtick text").all()]
    names = [one.bounding_box() for one in page.locator(".plot .legendtext").all()]
    assert frame
    assert len(years) >= 3
    assert len(names) >= 5
    assert all(box and box["width"] > box["height"] for box in years)
    assert all(box and box["x"] + box["width"] <= frame["x"] + frame["width"] for box in names)
    assert max(box["y"] + box["height"] for box in years if box) <= min(box["y"] for box in names if box)


def test_the_bars_are_read_one_after_the_other(walk: Walk):
    page = opened(walk, COMPARISON)
    page.keyboard.press("ArrowDown")
    first = read(page)
    assert "%" in first
    page.keyboard.press("End")
    assert "point" in read(page)
    page.keyboard.press("Home")
    assert read(page) == first


@pytest.mark.parametrize("options", [{"forced_colors": "active"}, {"color_scheme": "dark"}])
def test_the_open_figure_breaks_no_rule_of_accessibility(walk: Walk, options: dict[str, object]):
    page = opened(walk, INDICATOR, bypass_csp=True, **options)
    page.keyboard.press("End")
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    ink = page.evaluate("getComputedStyle(document.body).color")
    drawn = page.evaluate("getComputedStyle(document.querySelector('.plot .xtick text')).fill")
    assert drawn == ink


def test_the_figure_fits_a_narrow_screen(walk: Walk):
    page = opened(walk, COMPARISON, viewport={"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "address", [COMPARISON, f"{COMPARISON}?axe=governance", f"{COMPARISON}?axe=accessibility&langue=en"]
)
def test_no_name_of_a_bar_runs_into_its_figure_and_a_cut_one_says_the_whole(walk: Walk, address: str, width: int):
    page = walk("elu", address, viewport={"width": width, "height": 900})
    drawn = page.evaluate("""() => {
        const shown = (kind) => [...document.querySelectorAll(`figure svg.chart text${kind}`)]
            .filter((node) => getComputedStyle(node).display !== "none");
        const told = (node) => node.firstChild.textContent;
        const names = shown(".name"), figures = shown(".end");
        return names.map((name, rank) => [told(name), name.querySelector("title")?.textContent ?? told(name),
            figures[rank].getBoundingClientRect().left - name.getBoundingClientRect().right]);
    }""")
    assert len(drawn) >= 3
    assert all(room > 0 for _, _, room in drawn), drawn
    assert all(name == whole or (name.endswith("…") and whole.startswith(name[:-1])) for name, whole, _ in drawn)
