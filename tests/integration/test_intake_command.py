"""The preview of a deliberation on the command line: what is proposed, with its passages, and nothing stored."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.test_command_line import ready
from tests.shell import Run, tracker

__all__ = ["ready"]

TEXT = Path(__file__).parents[1] / "unit/deliberations/texts/commune_nominal_vote.txt"
Shell = Callable[..., Run]


@pytest.fixture
def shell(ready: Path) -> Shell:
    def run(file: Path, *more: str, slug: str = "demonstration", status: int = 0) -> Run:
        return tracker(ready, "import", "deliberation", str(file), "--organisation", slug, *more, status=status)

    return run


def test_the_preview_says_each_value_with_its_passage_and_what_to_check(shell: Shell, ready: Path):
    database = next((ready / "instance").glob("*.sqlite3")).read_bytes()
    told = shell(TEXT, "--dry-run").stdout
    assert "Rien n’est enregistré." in told
    assert "  2024-03-07\n" in told
    assert "12\u202f500,50 € | TTC | 2024" in told
    assert "section investissement | chapitre 21 | nature 21838" in told
    assert "[exposé, 1er alinéa, 2e phrase, §" in told
    assert "Le nom d’une personne a été retiré de ce passage." in told
    assert "FERRANDIER" not in told
    assert next((ready / "instance").glob("*.sqlite3")).read_bytes() == database


def test_the_preview_is_given_as_json(shell: Shell):
    told = json.loads(shell(TEXT, "--dry-run", "--json").stdout)
    assert (told["stored"], told["problems"], told["form"]) == (False, [], "text")
    assert told["number"]["value"] == "2024-03-07"
    assert told["number"]["passage"]["paragraph"] > 1
    assert told["amounts"][0]["euros"] == "12500.5"
    assert told["budget_lines"][0]["chapter"] == "21"
    assert all(doubt["message"] for doubt in told["doubts"])


def test_what_is_no_deliberation_is_refused_on_a_line(shell: Shell, tmp_path: Path):
    recipe = tmp_path / "recette.txt"
    recipe.write_text("Tarte aux pommes : 4 pommes, 200 g de farine.", encoding="utf-8")
    refused = shell(recipe, "--dry-run", status=1)
    assert refused.stdout == ""
    assert refused.stderr.startswith("Ce texte ne se lit pas comme une délibération")
    assert len(refused.stderr.splitlines()) == 1
    told = json.loads(shell(recipe, "--dry-run", "--json", status=1).stdout)
    assert [one["code"] for one in told["problems"]] == ["text_not_a_deliberation"]
    assert (
        "Aucune organisation «\u202fnulle-part\u202f»." in shell(TEXT, "--dry-run", slug="nulle-part", status=1).stderr
    )


def test_nothing_is_stored_from_the_command_line(shell: Shell):
    refused = shell(TEXT, status=2)
    assert "se relit à l’écran" in refused.stderr
    assert "--dry-run" in refused.stderr
