"""The simulator in Chromium: a lever that moves is answered at once, at an address that stays; without a script too."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Walk

HOME = "/demonstration/simulateur"
LIFE = "ordinateur portable, durée d’usage en ans"


def move(page: Page, written: str) -> None:
    with page.expect_response(lambda answer: "laptop.vie" in answer.url):
        page.get_by_role("textbox", name=LIFE).press_sequentially(written)


def test_a_lever_that_moves_is_answered_in_place_and_its_address_kept(walk: Walk):
    page = walk("referent", HOME)
    reading = page.locator("#lecture")
    expect(reading).to_contain_text("Sans rien changer")
    move(page, "7")
    expect(reading).to_contain_text("Avec ces leviers")
    expect(page).to_have_url(re.compile(r"simulateur\?laptop\.vie=7$"))
    expect(page.get_by_role("textbox", name=LIFE)).to_be_focused()
    expect(page.locator("#champs")).to_have_value("laptop.vie=7")
    move(page, "x")
    expect(page.get_by_role("alert")).to_contain_text("n’est pas un nombre")
    page.get_by_role("textbox", name="Nom du scénario").fill("Sept ans")
    page.get_by_role("textbox", name=LIFE).fill("7")
    expect(reading).to_contain_text("Avec ces leviers")
    page.get_by_role("button", name="Enregistrer ces leviers").click()
    expect(page.get_by_role("link", name="Sept ans")).to_be_visible()


def test_without_a_script_the_same_form_gives_the_same_answer(walk: Walk):
    page = walk("elu", HOME, java_script_enabled=False)
    page.get_by_role("textbox", name=LIFE).fill("7")
    page.get_by_role("button", name="Calculer").click()
    expect(page.locator("#lecture")).to_contain_text("Avec ces leviers")
    expect(page.get_by_role("textbox", name=LIFE)).to_have_value("7")
