"""The main job: a value entered against a voted target, understood by an elected official, exported."""

import csv
import io
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.conftest import Walk

DASHBOARD = "/marseille/?annee=2025"


def test_from_the_officers_value_to_the_officials_reading_the_voted_clause_and_the_csv(walk: Walk):
    agent = walk("agent", "/marseille/saisie/2025")
    agent.get_by_role("textbox", name="Durée d’usage moyenne des ordinateurs ans").fill("5,4")
    agent.keyboard.press("Tab")
    expect(agent.get_by_role("status")).to_contain_text("1 valeur enregistrée à")

    elu = walk("elu", DASHBOARD)
    card = elu.get_by_role("listitem").filter(has_text="Ordinateurs : de 5 à 6 ans")
    expect(card).to_contain_text("Objectif 6 ans ; 5,4 ans mesurés en 2025 ; il manque 0,6 an.")
    expect(card).to_contain_text("En trajectoire")
    card.get_by_role("link", name="Ordinateurs : de 5 à 6 ans", exact=True).click()
    voted = elu.locator("#vote")
    for told in ("22/0737/AGE", "16 décembre 2022", "3e tiret", "Garder les ordinateurs 6 ans au lieu de 5."):
        expect(voted).to_contain_text(told)

    elu.goto("/marseille/rapport/2025")
    with elu.expect_download() as download:
        elu.get_by_role("link", name="CSV", exact=True).click()
    content = Path(download.value.path()).read_text(encoding="utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(content), delimiter=";"))
    assert [
        line["valeur"] for line in lines if line["indicateur"] == "SOB-06" and line["engagement"] == "VDM22-S23"
    ] == ["5,4"]


def test_the_same_job_without_javascript(walk: Walk):
    agent = walk("agent", "/marseille/saisie/2024", java_script_enabled=False)
    agent.get_by_role("textbox", name="Durée d’usage moyenne des téléphones mobiles ans").fill("2,5")
    agent.get_by_role("button", name="Enregistrer").click()
    expect(agent.get_by_role("status").first).to_contain_text("1 valeur enregistrée à")
    elu = walk("elu", "/marseille/?annee=2024", java_script_enabled=False)
    card = elu.get_by_role("listitem").filter(has_text="Téléphones : de 2 à 3 ans")
    expect(card).to_contain_text("Objectif 3 ans ; 2,5 ans mesurés en 2024 ; il manque 0,5 an.")
    elu.goto("/marseille/indicateurs/SOB-07")
    expect(elu.get_by_role("button", name="Graphique interactif")).to_be_hidden()
    expect(elu.get_by_role("row", name="2024")).to_contain_text("2,5 ans")


def test_the_same_job_by_keyboard_alone(walk: Walk):
    page = walk("agent", "/marseille/saisie/2023")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    first = page.locator("input[inputmode]").first
    for _ in range(20):
        page.keyboard.press("Tab")
        if first.evaluate("node => node === document.activeElement"):
            break
    expect(first).to_be_focused()
    assert first.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(page.locator("input[inputmode]").nth(1)).to_be_focused()
    expect(page.get_by_role("status")).to_contain_text("1 valeur enregistrée à")


def test_the_product_speaks_english_when_asked(walk: Walk):
    page = walk("elu", "/demonstration/")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dashboard 2025")
    card = page.get_by_role("listitem").filter(has_text="5.4 years")
    expect(card.first).to_contain_text("0.6 years")
    page.get_by_role("link", name="Français").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tableau de bord 2025")
