"""Ecodesign of a service in Chromium: a theme answered by keyboard, and the statement read by anyone in any way."""

import pytest
from playwright.sync_api import Browser, expect

from benchmarks.looks import reader, seen
from tests.journeys.conftest import SignedIn, Walk
from tests.journeys.test_tasks_by_keyboard import press, reach, with_and_without_scripts

SERVICE = "/demonstration/services/1/ecoconception"


@with_and_without_scripts
def test_a_theme_is_answered_with_nothing_but_a_keyboard(walk: Walk, scripts: bool):
    page = walk("referent", SERVICE, java_script_enabled=scripts)
    press(page, "link", "Backend")
    reach(page, page.get_by_role("group", name="7.3").get_by_label("à évaluer", exact=True))
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("group", name="7.3").get_by_label("non applicable", exact=True)).to_be_checked()
    reach(page, page.get_by_label("Justification de 7.3"))
    page.keyboard.type("Aucun traitement en arrière-plan.")
    press(page, "button", "Enregistrer et passer à la suite")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hébergement")
    page.goto(page.url.replace("/8", "/7"))
    expect(page.get_by_label("Justification de 7.3")).to_have_value("Aucun traitement en arrière-plan.")
    page.get_by_role("group", name="7.3").get_by_label("à évaluer", exact=True).check()
    page.get_by_label("Justification de 7.3").fill("")
    page.get_by_role("button", name="Enregistrer et passer à la suite").click()


@pytest.mark.browser
def test_the_statement_to_put_online_is_accessible_and_fits_a_phone(chromium: Browser, base: str, cookies: SignedIn):
    with reader(chromium, cookies("referent")) as page:
        answer = page.request.get(f"{base}/demonstration/services/2/ecoconception/declaration.html")
        assert answer.status == 200
        page.set_content(answer.text())
        assert seen(page) == {}
