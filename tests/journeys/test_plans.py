"""A plan carried from 2024 to 2025, adopted, executed, reviewed; all of it without JavaScript."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Walk

HOME = "/marseille/plan"


def open_plan(page: Page, year: int) -> None:
    page.goto(f"{HOME}/{year}")
    page.get_by_role("button", name=f"Ouvrir le plan {year}").click()
    expect(page.get_by_role("status")).to_contain_text(f"Le plan {year} est ouvert")


def add(page: Page, year: int, title: str, **fields: str) -> None:
    page.goto(f"{HOME}/{year}")
    page.get_by_role("link", name="Ajouter une action", exact=True).click()
    page.get_by_label("Intitulé").fill(title)
    for label, typed in fields.items():
        page.get_by_label(re.compile(f"^{label}")).fill(typed)
    page.get_by_role("button", name="Enregistrer l’action").click()


def tell(page: Page, title: str, state: str, review: str = "") -> None:
    page.get_by_role("link", name=title).first.click()
    page.locator("#status").select_option(label=state)
    page.locator("#review").fill(review)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("status")).to_contain_text("mise à jour")


def vote(page: Page, year: int) -> None:
    page.goto(f"{HOME}/{year}")
    page.get_by_role("button", name="Soumettre le plan au vote").click()
    page.get_by_label("Délibération qui l’adopte").select_option(index=1)
    page.get_by_role("button", name="Le plan est adopté").click()
    expect(page.locator(".lead")).to_contain_text(f"Le plan {year} est adopté.")


def test_a_plan_is_carried_from_2024_to_2025_adopted_executed_and_reviewed(walk: Walk):
    page = walk("referent", f"{HOME}/2024", java_script_enabled=False)
    open_plan(page, 2024)
    add(page, 2024, "Réparer les ordinateurs", Pilote="Responsable du parc", Début="01/02/2024", Fin="30/11/2024")
    add(page, 2024, "Ouvrir un atelier", Début="01/02/2024", Fin="31/12/2024")
    vote(page, 2024)
    tell(page, "Réparer les ordinateurs", "faite", "Trois cents réparations")
    page.goto(f"{HOME}/2024")
    tell(page, "Ouvrir un atelier", "en cours")

    open_plan(page, 2025)
    page.get_by_role("link", name="Reporter 1 action de 2024").click()
    page.get_by_role("button", name="Reporter les actions cochées").click()
    expect(page.get_by_role("alert")).to_contain_text("Cochez au moins une action")
    page.get_by_role("checkbox", name="Ouvrir un atelier").check()
    page.get_by_label("Pourquoi reporter A2024-02").fill("Pas encore de local")
    page.get_by_role("button", name="Reporter les actions cochées").click()
    expect(page.get_by_role("status")).to_contain_text("1 action reportée")

    gaps = page.get_by_role("main")
    for told in (
        "engagements ne sont servis par aucune action",
        "1 service n’est associé à aucune action",
        "1 action n’a pas de pilote",
        "1 action n’a pas de service pilote",
        "1 action ne sert aucun engagement",
        "1 action n’a pas ses dates de début et de fin",
        "1 action n’a pas de moyens prévus",
    ):
        expect(gaps).to_contain_text(told)
    page.get_by_role("heading", name="1 action n’a pas de pilote").locator("+ ul a").click()
    page.get_by_label(re.compile("^Pilote")).fill("Chef de l’atelier")
    page.get_by_label("Service pilote").select_option(index=1)
    page.get_by_label(re.compile("^Fin")).fill("31/12/2025")
    page.get_by_label("Prévu (euros)").fill("4 000")
    page.get_by_label("Ces montants sont").select_option(label="TTC")
    page.get_by_role("checkbox", name="Ordinateurs : de 5 à 6 ans").check()
    page.get_by_role("button", name="Enregistrer l’action").click()
    page.goto(f"{HOME}/2025")
    for told in ("n’a pas de pilote", "n’a pas de service pilote", "ne sert aucun engagement", "n’a pas ses dates"):
        expect(gaps).not_to_contain_text(told)

    vote(page, 2025)
    page.get_by_role("link", name="Ouvrir un atelier").first.click()
    page.get_by_label("Dépensé (euros)").fill("3 850,5")
    page.locator("#status").select_option(label="faite")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("main")).to_contain_text("3 850,50 € TTC")

    page.goto(f"{HOME}/2025")
    page.get_by_label("Ce que l’année a donné").fill("L’atelier est ouvert.")
    page.get_by_role("button", name="Clore le plan par son bilan").click()
    expect(page.locator(".lead")).to_contain_text("Le bilan du plan 2025 est fait. 1 action : 1 faite.")
    page.get_by_role("link", name="Le bilan de 2024 en face du plan 2025").click()
    expect(page.locator(".lead")).to_contain_text("2 actions : 1 faite, 1 reportée.")
    page.get_by_role("link", name="reportée : A2025-01").click()
    expect(page.get_by_role("main")).to_contain_text("Pas encore de local")


def test_an_action_is_planned_by_keyboard_alone(walk: Walk):
    page = walk("referent", "/demonstration/plan/2026/ajout")
    title = page.get_by_label("Intitulé")
    for _ in range(30):
        page.keyboard.press("Tab")
        if title.evaluate("node => node === document.activeElement"):
            break
    expect(title).to_be_focused()
    page.keyboard.type("Prêter des tablettes")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Prêter des tablettes")
