"""``tracker import audit``: told with its rate before it is stored, all or nothing, each bad cell on a line."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.audits import SHARED, ara_csv, ara_json, cells, model, ods
from tests.integration.test_command_line import ready, tracker

__all__ = ["ready"]

Shell = Callable[..., subprocess.CompletedProcess[str]]
REFERENT = ("--as", "referent@demonstration.example")
SEVERAL = {SHARED: cells("NT NC NT"), "Accueil": cells("C C NA NC"), "Contact": cells("C NA NA C C")}


@pytest.fixture
def shell(ready: Path, tmp_path: Path) -> Shell:
    def run(
        content: bytes, name: str, *more: str, status: int = 0, service: str = "7"
    ) -> subprocess.CompletedProcess[str]:
        file = tmp_path / name
        file.write_bytes(content)
        asked = ("--organisation", "demonstration", "--service", service)
        return tracker(ready, "import", "audit", str(file), *asked, *more, status=status)

    return run


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def test_an_audit_is_told_then_stored_then_changes_nothing(shell: Shell, ready: Path):
    database = next((ready / "instance").glob("*.sqlite3")).read_bytes()
    report = ara_json(SEVERAL, accessibilityRate=80)
    told = plain(shell(report, "rapport.json", "--dry-run").stdout)
    assert "audit complet (106 critères), RGAA 4.1, pages : 2." in told
    assert "Le fichier annonce 80 %, et ses résultats donnent" in told
    assert "À importer." in told
    assert next((ready / "instance").glob("*.sqlite3")).read_bytes() == database
    stored = json.loads(shell(report, "rapport.json", "--json", *REFERENT).stdout)
    assert (stored["stored"], stored["audit"], stored["rate"]["agrees"]) == (True, 1, False)
    assert stored["dropped"] == ["auditorName", "auditorEmail", "contactEmail"]
    assert "Prénom" not in json.dumps(stored, ensure_ascii=False)
    again = json.loads(shell(report, "rapport.json", "--json", *REFERENT).stdout)
    assert (again["stored"], again["audit"], again["rate"]) == (False, 1, stored["rate"])
    table = plain(shell(ara_csv(SEVERAL), "export.csv", "--on", "2025-03-01", "--dry-run").stdout)
    assert "Aucune modification : cet audit est déjà enregistré sous le n° 1." in table


def test_what_a_file_does_not_say_is_asked_for_and_each_bad_cell_stands_on_standard_error(shell: Shell):
    refused = shell(ara_csv({"Plan": cells("C")}), "export.csv", *REFERENT, status=1)
    assert "Donnez la date de fin de l'audit" in plain(refused.stderr)
    sheets = model(SEVERAL)
    sheets["P02"][3][3] = "Oui"
    cell = shell(ods(sheets), "grille.ods", "--dry-run", "--json", status=1)
    assert plain(cell.stderr) == "P02!D4\t« Oui » n'est pas un résultat : C, NC, NA ou NT.\n"
    (problem,) = json.loads(cell.stdout)["problems"]
    assert (problem["sheet"], problem["row"], problem["column"]) == ("P02", 4, "D")
    nobody = shell(ara_json(SEVERAL), "r.json", "--dry-run", status=1, service="99")
    assert "numéro 99" in plain(nobody.stderr)
    elu = shell(ara_json(SEVERAL), "r.json", "--as", "elu@demonstration.example", status=1)
    assert "n'a pas le droit de tenir les services numériques" in plain(elu.stderr)
    assert shell(ara_json(SEVERAL), "r.json", status=2).stdout == ""
