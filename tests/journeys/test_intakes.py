"""A deliberation in Chromium: dropped as PDF, reviewed, one candidate mended and one set aside, stored, then seen."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.chromium import visit
from benchmarks.looks import look
from tests.journeys.conftest import Walk
from tests.twins import pdf_twin

TEXTS = Path(__file__).parents[1] / "unit" / "deliberations" / "texts"
REGISTER = "/demonstration/deliberations"
FILE = re.compile("^Fichier")


def dropped(page: Page, tmp_path: Path, name: str) -> None:
    file = tmp_path / f"{name}.pdf"
    file.write_bytes(pdf_twin((TEXTS / f"{name}.txt").read_text(encoding="utf-8")))
    page.get_by_label(FILE).set_input_files(file)
    page.get_by_role("button", name="Lire ce fichier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Relire une délibération")


@pytest.mark.parametrize(
    ("name", "number", "has_scripts"),
    [("commune_nominal_vote", "2024-03-07", True), ("two_budget_lines", "DEL-2023-029", False)],
)
def test_from_a_pdf_to_the_register_and_the_dashboard(
    walk: Walk, tmp_path: Path, name: str, number: str, has_scripts: bool
):
    page = walk("referent", "/demonstration/", java_script_enabled=has_scripts)
    before = page.locator("main").inner_text()
    page.goto(REGISTER)
    page.get_by_role("link", name="Prendre en charge une délibération").click()
    dropped(page, tmp_path, name)
    expect(page.get_by_label("Numéro").first).to_have_value(number)
    page.get_by_label("Titre", exact=True).fill("Plan relu par le référent")
    page.get_by_role("button", name="Garder la saisie").click()
    expect(page.get_by_role("status").first).to_contain_text("Saisie gardée")
    page.locator("#engagements ~ table a").first.click()
    page.get_by_label("Titre", exact=True).fill("Promesse relue")
    page.get_by_label("Axe").select_option(label="Sobriété")
    page.get_by_label("Indicateurs").fill("SOB-99")
    page.get_by_role("button", name="Retenir").click()
    expect(page.locator("#indicators-problem")).to_contain_text("SOB-99")
    expect(page.get_by_label("Titre", exact=True)).to_have_value("Promesse relue")
    page.get_by_label("Indicateurs").fill("SOB-06")
    page.get_by_role("button", name="Retenir").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Engagement proposé, 2 sur")
    page.get_by_role("button", name="Écarter").click()
    page.get_by_role("link", name=re.compile("^Revenir à la délibération")).click()
    page.get_by_role("button", name="Enregistrer la délibération et 1 engagement").click()
    expect(page.get_by_role("status").first).to_have_text("Délibération enregistrée.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Plan relu par le référent")
    expect(page.get_by_role("heading", name="Article 2")).to_be_visible()
    page.get_by_role("link", name="Toutes les délibérations").click()
    expect(page.get_by_role("row", name="Plan relu par le référent").filter(has_text=number)).to_contain_text("1")
    page.get_by_role("link", name="Tableau de bord").click()
    counted = re.search(r"(\d+)\s+engagements", before)
    assert counted
    expect(page.locator("main")).to_contain_text(f"{int(counted[1]) + 1} engagements")


def test_the_pages_of_a_review_are_light_and_accessible(walk: Walk, chromium: Browser, tmp_path: Path):
    page = walk("referent", f"{REGISTER}/prise-en-charge")
    dropped(page, tmp_path, "departement_commission")
    for address in (page.url, f"{page.url}/engagements/1"):
        figures = visit(chromium, address, page.context.cookies())
        assert figures["status"] == 200
        assert figures["grade"] <= "B", figures
        assert not figures["faults"]
        assert look(chromium, address, page.context.cookies()) == {}
