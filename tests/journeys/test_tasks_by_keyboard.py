"""What people come to do, with nothing but a keyboard, and whether scripts run or not."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.server import PASSWORD
from tests.journeys.conftest import Walk

MOST = 150
COMMITMENT = "/demonstration/engagements/DEM16-S01"
with_and_without_scripts = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


def reach(page: Page, wanted: Locator) -> None:
    """Press Tab until focus is on ``wanted``."""
    expect(wanted).to_be_visible()
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if wanted.and_(page.locator(":focus")).count():
            return
    raise AssertionError(f"{wanted} is not reached by Tab")


def press(page: Page, role: str, name: str, key: str = "Enter") -> None:
    """Press the link or the button of that name."""
    reach(page, page.get_by_role(role, name=name, exact=True).first)  # type: ignore[arg-type]
    page.keyboard.press(key)
    page.wait_for_load_state()


def told(page: Page, words: str) -> None:
    expect(page.get_by_role("status").first).to_contain_text(words)


@with_and_without_scripts
def test_signing_in_and_opening_a_commitment_from_the_dashboard(chromium: Browser, base: str, scripts: bool):
    context = chromium.new_context(base_url=base, locale="fr-FR", java_script_enabled=scripts)
    page = context.new_page()
    page.goto("/demonstration/")
    reach(page, page.get_by_label("Adresse électronique"))
    page.keyboard.type("elu@demonstration.example")
    reach(page, page.get_by_label("Mot de passe"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tableau de bord")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("main :focus").count() == 1, "the skip link leads into the main part"
    reach(page, page.locator(".cards a").first)
    page.keyboard.press("Enter")
    expect(page.locator("#vote")).to_be_visible()
    context.close()


@with_and_without_scripts
def test_searching(walk: Walk, scripts: bool):
    page = walk("elu", "/demonstration/", java_script_enabled=scripts)
    press(page, "link", "Rechercher")
    reach(page, page.get_by_label("Mots, ou code"))
    page.keyboard.type("ordinateurs")
    page.keyboard.press("Enter")
    expect(page.locator(".lead")).to_contain_text("pour « ordinateurs »")
    reach(page, page.locator("main ol a").first)
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("/recherche"))


@with_and_without_scripts
def test_following_a_commitment_and_leaving_it(walk: Walk, scripts: bool):
    page = walk("elu", COMMITMENT, java_script_enabled=scripts)
    press(page, "button", "Suivre cet engagement")
    told(page, "Vous suivez cet engagement.")
    press(page, "button", "Ne plus suivre cet engagement", "Space")
    expect(page.get_by_role("button", name="Suivre cet engagement", exact=True)).to_be_visible()


@with_and_without_scripts
def test_asking_and_answering(walk: Walk, scripts: bool):
    words = f"Où en sont les écoles, {'avec' if scripts else 'sans'} script ?"
    page = walk("elu", COMMITMENT, java_script_enabled=scripts)
    reach(page, page.locator("summary", has_text="Poser une question"))
    page.keyboard.press("Enter")
    reach(page, page.get_by_label("Votre question"))
    page.keyboard.type(words)
    press(page, "button", "Poser la question")
    told(page, "Question envoyée")
    page = walk("referent", "/demonstration/questions", java_script_enabled=scripts)
    asked = page.get_by_role("listitem").filter(has_text=words)
    reach(page, asked.get_by_role("link"))
    page.keyboard.press("Enter")
    reach(page, page.get_by_label("Votre réponse"))
    page.keyboard.type("La moitié est faite.")
    press(page, "button", "Répondre")
    told(page, "Réponse envoyée")


@with_and_without_scripts
def test_entering_a_value_with_all_that_is_told_of_it(walk: Walk, scripts: bool):
    page = walk("agent", "/marseille/saisie/2025/SOB-07", java_script_enabled=scripts)
    field = page.locator("#SOB-07-value")
    reach(page, field)
    page.keyboard.press("Control+A")
    page.keyboard.type("2,5" if scripts else "2,6")
    press(page, "button", "Enregistrer")
    told(page, "enregistrée à")


@with_and_without_scripts
def test_validating_what_was_submitted(walk: Walk, scripts: bool):
    page = walk("referent", "/demonstration/validation/2025", java_script_enabled=scripts)
    reach(page, page.get_by_role("checkbox").first)
    page.keyboard.press("Space")
    press(page, "button", "Valider la sélection")
    told(page, "validé")


@with_and_without_scripts
def test_publishing_a_year_and_taking_it_back(walk: Walk, scripts: bool):
    page = walk("referent", "/demonstration/publications?annee=2024", java_script_enabled=scripts)
    reach(page, page.locator("[name=scope]:checked"))
    page.keyboard.press("Space")
    reach(page, page.locator("button.main"))
    page.keyboard.press("Enter")
    told(page, "Publication 2024 enregistrée")
    reach(page, page.locator("summary", has_text="Retirer 2024"))
    page.keyboard.press("Enter")
    reach(page, page.get_by_label("Pourquoi la retirer"))
    page.keyboard.type("Une figure est à revoir")
    press(page, "button", "Retirer 2024 dès maintenant")
    told(page, "2024 n’est plus publiée")


def test_presenting_goes_by_the_keys(walk: Walk):
    page = walk("elu", "/demonstration/", viewport={"width": 1280, "height": 900})
    press(page, "link", "Présentation")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    before = page.evaluate("scrollY")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("before => scrollY > before", arg=before)
