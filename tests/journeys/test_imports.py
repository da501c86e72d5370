"""Importing in Chromium: a workbook taken, changed, sent, looked at, confirmed, undone; what the pages cost."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from benchmarks.chromium import visit
from benchmarks.pages import look
from tests.journeys.conftest import Walk
from tests.workbooks import row_of, with_cell

IMPORTS = "/marseille/imports?annee=2024"
FILE = re.compile("^Fichier")


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_workbook_goes_out_comes_back_changed_is_confirmed_and_undone(walk: Walk, tmp_path: Path, has_scripts: bool):
    page = walk("agent", IMPORTS, java_script_enabled=has_scripts)
    with page.expect_download() as download:
        page.get_by_role("link", name="Classeur pour Excel (XLSX)").click()
    book = Path(download.value.path()).read_bytes()
    assert download.value.suggested_filename == "marseille-saisie-2024.xlsx"
    changed = tmp_path / "classeur.xlsx"
    changed.write_bytes(with_cell(book, f"G{row_of(book, 'SOB-06')}", "5.15"))
    page.get_by_label(FILE).set_input_files(changed)
    page.get_by_role("button", name="Voir ce qui changerait").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aperçu de l’import")
    expect(page.locator("main")).to_contain_text("1 valeur à créer, 0 à changer")
    expect(page.get_by_role("table")).to_contain_text("5,15 ans")
    page.get_by_role("button", name="Enregistrer cette valeur").click()
    expect(page.get_by_role("status").first).to_contain_text("Enregistré : 1 valeur créée, 0 changée.")
    expect(page.get_by_role("table")).to_contain_text("5,15 ans")
    page.get_by_role("button", name="Annuler cet import").click()
    expect(page.get_by_role("status").first).to_contain_text("Import annulé : 1 valeur remise.")
    page.goto("/marseille/saisie/2024/SOB-06")
    expect(page.locator("input[name='SOB-06-value']")).not_to_have_value("5,15")


def test_a_problem_is_read_at_its_cell_corrected_and_sent_again(walk: Walk, tmp_path: Path):
    page = walk("referent", "/marseille/imports")
    file = tmp_path / "valeurs.csv"
    file.write_text("indicateur;annee;valeur\nSOB-06;2023;1.234\n", encoding="utf-8")
    page.get_by_label(FILE).set_input_files(file)
    page.get_by_role("button", name="Voir ce qui changerait").click()
    expect(page.get_by_role("row", name="C2")).to_contain_text("se lit de deux façons : écrivez 1,234 ou 1 234.")
    expect(page.get_by_role("button", name="Enregistrer")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger la liste des problèmes (CSV)").click()
    assert "1.234" in Path(download.value.path()).read_text(encoding="utf-8-sig")
    page.get_by_role("link", name="Envoyer le fichier corrigé").click()
    file.write_text("indicateur;annee;valeur\nSOB-06;2023;1,234\n", encoding="utf-8")
    page.get_by_label(FILE).set_input_files(file)
    page.get_by_role("button", name="Voir ce qui changerait").click()
    expect(page.get_by_role("button", name="Enregistrer cette valeur")).to_be_visible()


def test_the_page_says_that_a_long_request_is_under_way_and_a_second_click_sends_nothing(walk: Walk, tmp_path: Path):
    page = walk("agent", "/marseille/imports")
    page.evaluate(
        """document.querySelector("form[data-waits]").addEventListener("submit", (event) => {
          if (!event.defaultPrevented) window.sent = (window.sent || 0) + 1;
          event.preventDefault();
        })"""
    )
    file = tmp_path / "valeurs.csv"
    file.write_text("indicateur;annee;valeur\nSOB-06;2023;5\n", encoding="utf-8")
    page.get_by_label(FILE).set_input_files(file)
    button = page.get_by_role("button", name="Voir ce qui changerait")
    button.click()
    expect(page.get_by_text("Lecture du fichier…")).to_be_visible()
    button.click()
    assert page.evaluate("window.sent") == 1


def test_the_pages_of_an_import_are_light_and_accessible(walk: Walk, chromium: Browser, base: str, tmp_path: Path):
    page = walk("referent", "/marseille/imports")
    good = "".join(f"{code};{year};5\n" for code in ("SOB-06", "SOB-07", "SOB-12") for year in range(2001, 2019))
    wrong = "".join(f"SOB-06;{year};cinq\n" for year in range(2001, 2026))
    for rows in (good, wrong + "SOB-07;2020;2,5\n"):
        file = tmp_path / "valeurs.csv"
        file.write_text(f"indicateur;annee;valeur\n{rows}", encoding="utf-8")
        page.goto("/marseille/imports")
        page.get_by_label(FILE).set_input_files(file)
        page.get_by_role("button", name="Voir ce qui changerait").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Aperçu de l’import")
        _check(chromium, page.url, page.context.cookies())
        if rows == good:
            page.get_by_role("button", name="Enregistrer ces 54 valeurs").click()
            expect(page.get_by_role("button", name="Annuler cet import")).to_be_visible()
            _check(chromium, page.url, page.context.cookies())


def _check(chromium: Browser, url: str, cookies: object) -> None:
    figures = visit(chromium, url, cookies)
    assert figures["status"] == 200
    assert figures["grade"] <= "B", figures
    assert not figures["faults"]
    assert look(chromium, url, cookies) == {}
