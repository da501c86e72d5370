"""The first hour of a new organisation, in one sitting: from the command line to the first value on the dashboard."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.chromium import sign_in
from benchmarks.server import BIN, demonstration, environment_of
from tests.unit.test_packs_read import TEXT

EMAIL, SECRET = "referente@ville-neuve.example", "long-enough-2026"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, instance_model: Path) -> Iterator[str]:
    """Give the address of an instance where the commands of an operator have just made two new organisations."""
    home = tmp_path_factory.mktemp("first-hour")
    with demonstration(home, model=instance_model) as address:
        environment = environment_of(home)
        for slug in ("ville-neuve", "ville-votante"):
            for words in (
                ("organisation", "add", slug, "--name", slug.title(), "--kind", "commune"),
                ("account", "add", f"{slug}-{EMAIL}", "--organisation", slug, "--role", "referent"),
            ):
                secret = ("--password", SECRET) if words[0] == "account" else ("--department", "DSI=Informatique")
                subprocess.run([BIN / "tracker", *words, *secret], env=environment, cwd=home, check=True)
        yield address


@pytest.fixture
def arrive(chromium: Browser, base: str) -> Iterator[object]:
    contexts = []

    def start(slug: str) -> Page:
        context = chromium.new_context(base_url=base, locale="fr-FR", java_script_enabled=True)
        contexts.append(context)
        sign_in(context, base, f"{slug}-{EMAIL}", SECRET)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto("/")
        return page

    yield start
    for context in contexts:
        context.close()


def test_from_an_empty_dashboard_to_the_first_value_by_the_catalogue(arrive):
    page = arrive("ville-neuve")
    page.get_by_role("link", name="Ville-Neuve", exact=True).click()
    page.get_by_role("link", name="Commencer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Démarrage")
    page.get_by_role("link", name="Choisir les indicateurs").click()
    expect(page.get_by_label("Durée d’usage moyenne des ordinateurs")).to_be_checked()
    page.get_by_label("Empreinte carbone du numérique par agent").uncheck()
    page.get_by_role("button", name="Enregistrer ce choix").click()
    expect(page.get_by_role("status")).to_contain_text("indicateurs suivis de plus")
    page.get_by_role("link", name="Saisir les valeurs de 2025").click()
    page.get_by_role("textbox", name="Durée d’usage moyenne des ordinateurs ans").fill("5,4")
    page.keyboard.press("Tab")
    expect(page.get_by_role("status")).to_contain_text("1 valeur enregistrée à")
    page.get_by_role("link", name="Tableau de bord").click()
    expect(page.get_by_role("row", name="Durée d’usage moyenne des ordinateurs")).to_contain_text("5,4 ans")


def test_from_a_file_of_commitments_to_a_judged_value_and_an_emptied_queue(arrive, tmp_path: Path):
    spoilt = tmp_path / "spoilt.yaml"
    spoilt.write_text(TEXT.replace("axis: sobriety", "axis: sobriete"), encoding="utf-8")
    good = tmp_path / "good.yaml"
    good.write_text(TEXT.replace("code: FIC25-S01", "code: FIC25-S01\n  owner: DSI"), encoding="utf-8")
    page = arrive("ville-votante")
    page.goto("/ville-votante/demarrage")
    page.get_by_label("Fichier de la délibération").set_input_files(spoilt)
    page.get_by_role("button", name="Voir ce qu’il contient").click()
    expect(page.get_by_role("row", name="sobriete")).to_contain_text("Valeurs admises : sobriety")
    page.get_by_label("Fichier de la délibération").set_input_files(good)
    page.get_by_role("button", name="Voir ce qu’il contient").click()
    expect(page.get_by_text("Ce fichier contient 2 engagements.")).to_be_visible()
    page.get_by_role("button", name="Ajouter ces 2 engagements").click()
    expect(page.get_by_role("status")).to_contain_text("2 engagements ajoutés")
    page.get_by_role("link", name="Nommer un référent").click()
    page.get_by_text("Enregistrer un constat").click()
    page.get_by_label("Constat").select_option("réalisé")
    page.get_by_label("Date").fill("01/12/2025")
    page.get_by_label("Ce qui l’établit").fill("Arrêté fictif")
    page.get_by_role("button", name="Enregistrer le constat").click()
    page.goto("/ville-votante/demarrage")
    expect(page.get_by_role("link", name="Nommer un référent")).to_have_count(0)
    page.get_by_role("link", name="Saisir les valeurs de 2025").click()
    page.get_by_role("textbox", name="Durée d’usage moyenne des ordinateurs ans").fill("5,4")
    page.keyboard.press("Tab")
    expect(page.get_by_role("status")).to_contain_text("1 valeur enregistrée à")
    page.get_by_role("link", name="Tableau de bord").click()
    card = page.get_by_role("listitem").filter(has_text="Garder les ordinateurs six ans").first
    expect(card).to_contain_text("5,4 ans mesurés en 2025")
