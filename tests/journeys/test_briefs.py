"""The official's page in Chromium: one sheet of paper from both themes, slides by keys, by scrolling and on a phone."""

import re
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from benchmarks.server import demonstration
from tests import pdf
from tests.journeys.conftest import Walk

SLIDES = "/amp/presentation/2025"
LONG = (
    "Prolonger la durée d’usage de l’ensemble des équipements informatiques des écoles, des médiathèques et des "
    "mairies d’arrondissement jusqu’à leur réemploi par des associations du territoire, "
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, instance_model: Path) -> Iterator[str]:
    """Give the address of a demonstration whose city has long titles, and more than a dozen put first."""
    folder = tmp_path_factory.mktemp("served")
    with demonstration(folder, model=instance_model) as address:
        with closing(sqlite3.connect(folder / "instance/tracker.sqlite3")) as store:
            store.execute("UPDATE commitment SET title_fr = ? || title_fr WHERE code LIKE 'DEM%'", (LONG,))
            store.execute("UPDATE commitment SET is_flagship = 1 WHERE code LIKE 'DEM22%'")
            store.commit()
        yield address


def colours(content: bytes) -> set[bytes]:
    """List the colours that a printed page fills and draws with."""
    found: set[bytes] = set()
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
        try:
            found |= set(re.findall(rb"[\d.]+ [\d.]+ [\d.]+ (?:rg|RG)\b", zlib.decompress(stream)))
        except zlib.error:
            continue
    return found


def test_the_brief_prints_on_one_sheet_dark_on_white_from_both_themes_however_long_its_titles(walk: Walk):
    printed = []
    for scheme in ("light", "dark"):
        page = walk("elu", "/demonstration/synthese/2025", color_scheme=scheme)
        expect(page.get_by_role("button", name="Imprimer")).to_be_visible()
        assert page.locator("tbody tr").filter(has_text=LONG.strip()).count() == 12
        assert page.locator(".facts li").filter(has_text=LONG.strip()).count() > 5
        printed.append(page.pdf(format="A4", prefer_css_page_size=True))
        page.emulate_media(media="print")
        expect(page.get_by_role("banner")).to_be_hidden()
        expect(page.get_by_role("button", name="Imprimer")).to_be_hidden()
        expect(page.get_by_text("/demonstration/synthese/2025")).to_be_visible()
    assert [pdf.page_count(one) for one in printed] == [1, 1]
    assert colours(printed[0]) == colours(printed[1]) != set()


def test_the_marseille_brief_with_its_dozen_flagships_prints_on_one_sheet(walk: Walk):
    page = walk("elu", "/marseille/synthese/2025", java_script_enabled=False)
    assert page.locator("tbody tr").count() == 12
    expect(page.get_by_role("button", name="Imprimer")).to_be_hidden()
    assert pdf.page_count(page.pdf(format="A4", prefer_css_page_size=True)) == 1


def heading(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent"))


def test_the_slides_follow_the_keys_and_say_where_one_is(walk: Walk):
    page = walk("elu", SLIDES, viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    total = page.locator("section").count()
    position = page.get_by_role("status")
    expect(position).to_have_text(f"Page 1 sur {total}")
    second = page.get_by_role("heading", level=2).first.text_content()
    for key, shown in (
        ("ArrowRight", 2),
        ("PageDown", 3),
        ("ArrowLeft", 2),
        ("End", total),
        ("ArrowRight", total),
        ("PageUp", total - 1),
        ("Home", 1),
        ("ArrowLeft", 1),
    ):
        page.keyboard.press(key)
        expect(position).to_have_text(f"Page {shown} sur {total}")
        assert page.evaluate("document.activeElement.closest('section').id") == f"d{shown}"
        expect(page.locator(f"#d{shown}")).to_be_in_viewport(ratio=0.5)
    expect(page.get_by_role("button", name="Précédente")).to_be_disabled()
    page.get_by_role("button", name="Suivante").click()
    expect(position).to_have_text(f"Page 2 sur {total}")
    assert heading(page) == second
    page.reload()
    expect(position).to_have_text(f"Page 2 sur {total}")
    page.keyboard.press("Escape")
    page.wait_for_url("**/amp/synthese/2025")


def test_the_slides_fill_the_screen_and_come_back(walk: Walk):
    page = walk("elu", SLIDES)
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Plein écran").click()
    page.wait_for_function("() => document.fullscreenElement !== null")
    expect(page.get_by_role("status")).to_contain_text("Page 2 sur")
    page.get_by_role("button", name="Plein écran").click()
    page.wait_for_function("() => document.fullscreenElement === null")
    assert page.url.endswith(f"{SLIDES}#d2")


def test_without_script_the_slides_are_read_by_scrolling_and_none_is_hidden(walk: Walk):
    page = walk("elu", SLIDES, java_script_enabled=False, viewport={"width": 320, "height": 640})
    expect(page.get_by_role("button")).to_have_count(0)
    for slide in page.locator("section").all():
        expect(slide).to_be_visible()
    last = page.locator("section").last
    last.scroll_into_view_if_needed()
    expect(last.get_by_role("link")).to_be_visible()
    expect(page.get_by_role("link", name="Quitter la présentation")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_slides_are_large_and_never_scroll_sideways(walk: Walk, width: int):
    page = walk("elu", "/amp/presentation/2025", viewport={"width": width, "height": 720})
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    least = {320: 18, 1280: 26}[width]
    sizes = page.evaluate(
        "[...document.querySelectorAll('.reading')].map(n => parseFloat(getComputedStyle(n).fontSize))"
    )
    assert min(sizes) >= least


def test_each_slide_prints_on_a_landscape_sheet_of_its_own(walk: Walk):
    page = walk("elu", SLIDES)
    total = page.locator("section").count()
    printed = page.pdf(prefer_css_page_size=True)
    assert pdf.page_count(printed) == total
    boxes = {tuple(map(round, map(float, box.split()))) for box in re.findall(rb"/MediaBox \[([^\]]+)\]", printed)}
    assert all(wide > high for _, _, wide, high in boxes)
