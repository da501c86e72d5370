"""An inventory from its file to the estate with nothing but a keyboard, whether scripts run or not."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Walk
from tests.journeys.test_tasks_by_keyboard import press, reach, told

ROWS = """ID;Nom;Utilisateur;Statut;Type;Modèle;Date d'achat;Date de réforme
1;PC-PERSONNE;Personne Inventée;En service;Portable;Modèle A;25/03/2021;
2;;;En service;Valise nomade;Modèle B;;
3;;;Réformé;Écran;Modèle C;14/02/2016;20/06/2024
4;;;En service;VMware;;01/02/2022;
5;;;En service;Portable;Modèle A;31/02/2021;
"""


@pytest.mark.parametrize(("scripts", "home"), [(True, "marseille"), (False, "amp")], ids=["scripts", "no scripts"])
def test_an_inventory_is_sent_settled_stored_and_found_in_the_estate(
    walk: Walk, tmp_path: Path, scripts: bool, home: str
):
    file = tmp_path / "glpi.csv"
    file.write_text(ROWS, encoding="cp1252")
    page = walk("referent", f"/{home}/parc", java_script_enabled=scripts)
    page.on("filechooser", lambda _: None)  # asked for ahead: Chromium may open it before it is asked to tell
    press(page, "link", "Importer un inventaire, celui de GLPI par exemple")
    reach(page, page.get_by_label("Fichier de l’inventaire"))
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(file)
    press(page, "button", "Voir ce qui changerait")
    expect(page.locator("main")).to_contain_text("5 lignes lues : 4 nouveaux équipements")
    expect(page.get_by_role("alert")).to_contain_text("1 mot n’a pas encore de sens")
    expect(page.get_by_role("row", name="G6")).to_contain_text("n’est pas une date")
    expect(page.locator("main")).not_to_contain_text("Personne Inventée")
    reach(page, page.get_by_role("combobox", name="Valise nomade"))
    page.keyboard.type("ordinateur p")
    press(page, "button", "Retenir ces mots")
    told(page, "1 mot retenu.")
    expect(page.get_by_role("row", name="Hors du parc 1")).to_be_visible()
    press(page, "button", "Enregistrer cet inventaire")
    told(page, "Inventaire enregistré : 4 nouveaux équipements, 0 modifié, 0 sans changement, 1 ligne refusée.")
    page.goto(f"/{home}/parc")
    expect(page.locator(".lead")).to_contain_text("2 équipements sont en service.")
    expect(page.locator(".lead")).to_contain_text("1 est hors du parc.")
    reach(page, page.get_by_label("Mots"))
    page.keyboard.type("ecran")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("1 ligne répond.")
    press(page, "link", "Modèle C")
    expect(page.locator(".lead")).to_contain_text("1 équipement réformé le 20 juin 2024.")
    expect(page.locator("#historique + ul")).to_contain_text("Inventaire importé")
