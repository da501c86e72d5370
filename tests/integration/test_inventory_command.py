"""``tracker import equipment``: told before it is stored, all or nothing, each refused row on a line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.test_command_line import ready
from tests.shell import Run, tracker
from tests.unit.test_inventories import DIRTY, FILES, FRENCH

__all__ = ["ready"]

Shell = Callable[..., Run]
REFERENT = ("--as", "referent@demonstration.example")


@pytest.fixture
def shell(ready: Path) -> Shell:
    def run(file: Path, *more: str, slug: str = "marseille", status: int = 0) -> Run:
        return tracker(ready, "import", "equipment", str(file), "--organisation", slug, *more, status=status)

    return run


def test_an_inventory_is_told_then_stored_then_changes_nothing(shell: Shell, ready: Path):
    database = next((ready / "instance").glob("*.sqlite3")).read_bytes()
    file = FILES / FRENCH
    told = shell(file, "--list", "computers", "--dry-run").stdout.replace("\u00a0", " ")
    assert "À importer, 5 lignes lues : 5 nouveaux équipements, 0 modifié, 0 sans changement, 0 ligne refusée." in told
    assert "Nom, Numéro de série, Lieu, Utilisateur" in told
    assert "Avec une date de début : 3 sur 5." in told
    assert next((ready / "instance").glob("*.sqlite3")).read_bytes() == database
    assert "Importé, 5 lignes lues" in shell(file, "--list", "computers", *REFERENT).stdout.replace("\u00a0", " ")
    again = json.loads(shell(file, "--list", "computers", *REFERENT, "--json").stdout)
    assert again["stored"] is True
    assert again["counts"] == {
        "read": 5,
        "created": 0,
        "changed": 0,
        "unchanged": 5,
        "refused": 0,
        "vanished": 0,
        "dated": 3,
    }


def test_refused_rows_stand_on_standard_error_and_unknown_words_keep_all_from_being_stored(shell: Shell):
    refused = shell(FILES / DIRTY, "--dry-run", "--json", slug="amp", status=1)
    told = json.loads(refused.stdout)
    assert told["stored"] is False
    assert [one["code"] for one in told["problems"][:2]] == ["words_unsettled", "words_unsettled"]
    assert (told["problems"][2]["row"], told["problems"][2]["column"]) == (24, "G")
    assert len(told["drafts"]) == 21
    assert "Personne" not in refused.stdout
    assert refused.stderr.splitlines()[0].startswith("«\u202fValise nomade\u202f» n’a pas encore de sens")


def test_an_order_of_days_that_nothing_tells_is_asked_for(shell: Shell, tmp_path: Path):
    file = tmp_path / "glpi.csv"
    file.write_text("ID;Type;Statut;Date d'achat\n1;Portable;En service;03/04/2024\n2;Portable;;demain\n")
    refused = shell(file, "--dry-run", slug="amp", status=1)
    assert "--dates day-first" in refused.stderr
    told = shell(file, "--dry-run", "--dates", "month-first", slug="amp")
    assert told.stderr == "D3\tCette cellule n’est pas une date. Exemples : 2023-09-01, 01/09/2023.\n".replace(
        " :", "\u00a0:"
    )


def test_who_does_not_keep_the_estate_is_told_so(shell: Shell):
    refused = shell(FILES / FRENCH, "--as", "agent@demonstration.example", status=1)
    assert "n’a pas le droit de tenir le parc" in refused.stderr
    assert shell(FILES / FRENCH, status=2).stderr
