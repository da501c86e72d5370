"""Freezing a report, presenting and publishing it, with nothing but a keyboard; the document that strangers read."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.conftest import Walk
from tests.journeys.test_tasks_by_keyboard import press, reach, told, with_and_without_scripts


@with_and_without_scripts
def test_freezing_presenting_and_publishing(walk: Walk, scripts: bool):
    year = 2022 if scripts else 2021
    page = walk("referent", f"/demonstration/rapport/{year}", java_script_enabled=scripts)
    press(page, "link", f"Figer le rapport {year}")
    press(page, "button", "Figer la version 1")
    told(page, "Version 1 figée.")
    reach(page, page.get_by_label("Jour du débat budgétaire"))
    page.keyboard.type("12/11/2026")
    press(page, "button", "Enregistrer le débat")
    told(page, "Débat enregistré.")
    press(page, "button", "Publier cette version")
    told(page, "Publication enregistrée.")
    press(page, "link", "Page publique")
    expect(page.get_by_role("heading", level=1)).to_contain_text(str(year))
    expect(page.get_by_text("débat budgétaire du 12")).to_be_visible()


@pytest.mark.parametrize("chapter", ["", "/v1/chapitres/4"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_the_public_report_is_light_has_no_fault_that_axe_finds_and_does_not_scroll_sideways(
    walk: Walk, width: int, scheme: str, chapter: str
):
    page = walk("elu", f"/demonstration/public/rapport/2024{chapter}", bypass_csp=True)
    assert page.locator("*").count() < 430  # with one request, still an A
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
