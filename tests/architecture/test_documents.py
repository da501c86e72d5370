"""The documents say what the code says: settings, rights, addresses, nouns, dependencies, commands, links."""

import ast
import inspect
import re
import tomllib
from collections.abc import Iterator
from enum import EnumType
from importlib import import_module
from pathlib import Path

import click
import pytest
from flask import Flask

from tracker.cli.commands import tracker
from tracker.domain import vocabulary
from tracker.domain.permissions import GRANTED, Permission
from tracker.domain.vocabulary import Role
from tracker.store import models
from tracker.web import api
from tracker.web.api import description
from tracker.web.screens import AREAS

ROOT = Path(__file__).parents[2]
FOLDERS_OF_OTHERS = {"node_modules", "build", "dist", "instance"}
OTHER_NOUNS = {
    "aim",
    "card",
    "draft",
    "entry",
    "finding",
    "headline",
    "judgement",
    "reading",
    "reason",
    "register",
    "review",
    "scorecard",
    "threshold",
    "trajectory",
}


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def documents() -> list[Path]:
    """List the Markdown files of the project, not those of folders that tools fill."""
    found = [path.relative_to(ROOT) for path in ROOT.rglob("*.md")]
    own = [path for path in found if not any(part.startswith(".") or part in FOLDERS_OF_OTHERS for part in path.parts)]
    return sorted(own)


def rows(page: str) -> Iterator[list[str]]:
    """Give the cells of each row of the page's tables, headings included, the ruling lines left out."""
    for line in read(page).splitlines():
        if line.startswith("|") and not re.fullmatch(r"[|\s:-]+", line):
            yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def first_codes(page: str) -> set[str]:
    """Give what stands in backticks in the first cells of the page's tables."""
    return {name for cells in rows(page) for name in re.findall(r"`([^`]+)`", cells[0])}


def addresses() -> set[tuple[str, str, str]]:
    """Give (address, method, access) of every view, on an application with nothing but the screens and the API."""
    app = Flask("x", static_folder=None)
    for name in AREAS:
        app.register_blueprint(import_module(f"tracker.web.screens.{name}.views").area)
    for area in (*api.areas(), description.area):
        app.register_blueprint(area)
    return {
        (rule.rule, method, str(getattr(app.view_functions[rule.endpoint], "access", "undeclared")))
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if method not in {"HEAD", "OPTIONS"}
    }


def dependencies() -> set[str]:
    """Give the bare names of every runtime, optional, build and development dependency."""
    project = tomllib.loads(read("pyproject.toml"))
    listed = list(project["build-system"]["requires"]) + list(project["project"]["dependencies"])
    for extra in project["project"]["optional-dependencies"].values():
        listed += extra
    for group in project["dependency-groups"].values():
        listed += [given for given in group if isinstance(given, str)]
    return {re.split(r"[\[<>=!~; ]", given, maxsplit=1)[0].lower() for given in listed}


def commands(group: click.Group, before: str) -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before} {name}")
        else:
            yield f"{before} {name}"


def targets() -> set[str]:
    """Give the targets of the Makefile that people call: those that are not paths of files."""
    return set(re.findall(r"^([a-z][a-z-]*):(?!=)", read("Makefile"), re.MULTILINE))


def test_the_settings_that_are_read_are_those_of_the_page_on_settings():
    tree = ast.parse(read("tracker/config/settings.py"))
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    known = {text for text in texts if re.fullmatch(r"TRACKER_[A-Z_]+", text)}
    assert known
    listed = [cells[0].strip("`") for cells in rows("docs/settings.md") if cells[0].startswith("`")]
    assert sorted(listed) == sorted(known)


def test_no_document_names_a_setting_that_does_not_exist():
    known = first_codes("docs/settings.md")
    named = {(str(page), name) for page in documents() for name in re.findall(r"TRACKER_[A-Z_]*[A-Z]", read(str(page)))}
    assert {(page, name) for page, name in named if name not in known} == set()


def test_the_page_on_rights_grants_each_role_what_the_code_grants():
    table = [cells for cells in rows("docs/rights.md") if len(cells) == len(Permission) + 1]
    heading, *lines = table
    permissions = [cell.strip("`") for cell in heading[1:]]
    assert sorted(permissions) == sorted(Permission)
    granted = {
        re.findall(r"`(\w+)`", role)[0]: {name for name, cell in zip(permissions, cells, strict=True) if cell == "yes"}
        for role, *cells in lines
        if role.split("`")[1] in set(Role)
    }
    assert granted == {str(role): set(map(str, GRANTED[role])) for role in Role}


@pytest.mark.parametrize("permission", Permission)
def test_the_page_on_rights_explains_every_permission(permission):
    assert [cells for cells in rows("docs/rights.md") if cells[0] == f"`{permission}`" and len(cells) == 2]


def test_the_page_on_rights_lists_every_address_with_its_method_and_access_and_no_other():
    listed = {
        (cells[0].strip("`"), cells[1], cells[2].strip("`"))
        for cells in rows("docs/rights.md")
        if cells[0].startswith("`/") and len(cells) == 4
    }
    assert listed == addresses()


def test_every_address_declares_its_access():
    assert {access for _, _, access in addresses()} <= {"everyone", "signed_in", *map(str, Permission)}


@pytest.mark.parametrize("name", models.__all__)
def test_every_table_has_its_row_in_the_glossary(name):
    assert name in first_codes("docs/glossary.md")


def test_every_list_of_codes_has_its_row_in_the_glossary():
    lists = {
        name
        for name, found in inspect.getmembers(vocabulary, lambda one: isinstance(one, EnumType))
        if found.__module__ == vocabulary.__name__
    }
    assert lists
    assert lists - first_codes("docs/glossary.md") == set()


def test_every_other_noun_of_the_field_has_its_row_in_the_glossary():
    assert OTHER_NOUNS - first_codes("docs/glossary.md") == set()


def test_no_noun_has_two_rows_in_the_glossary():
    names = [cells[0] for cells in rows("docs/glossary.md") if cells[0].startswith("`")]
    assert len(names) == len(set(names))


def test_the_page_on_dependencies_gives_each_one_its_line_and_no_other():
    [page] = (ROOT / "docs" / "adr").glob("0002*.md")
    listed = re.findall(r"^- `([^`]+)`", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(dependencies())


def test_every_make_target_is_declared_as_a_name_and_not_a_file():
    found = re.search(r"^\.PHONY: (.+)$", read("Makefile"), re.MULTILINE)
    assert found
    assert set(found[1].split()) == targets()


@pytest.mark.parametrize("target", sorted(targets()))
def test_every_make_target_is_in_the_help_and_in_contributing(target):
    assert re.search(rf"^{target}:.*## \S", read("Makefile"), re.MULTILINE)
    assert f"`make {target}`" in read("CONTRIBUTING.md")


def test_no_document_names_a_make_target_that_does_not_exist():
    for page in documents():
        assert set(re.findall(r"`make ([a-z]+)`", read(str(page)))) <= targets(), page


@pytest.mark.parametrize("command", sorted(commands(tracker, "tracker")))
def test_every_command_is_in_the_readme(command):
    assert f"`{command}`" in read("README.md")


def test_no_row_of_the_readme_is_about_a_command_that_does_not_exist():
    listed = {name for name in first_codes("README.md") if name.startswith("tracker ")}
    assert listed == set(commands(tracker, "tracker"))


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_no_lock_file_holds_the_address_of_a_registry(name):
    assert "://" not in read(name)


@pytest.mark.parametrize("page", documents(), ids=str)
def test_every_relative_link_of_a_document_leads_somewhere(page):
    text = re.sub(r"^```.*?^```", "", read(str(page)), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target) or target.startswith("#"):
            continue
        file = (ROOT / page.parent / target.split("#")[0]).resolve()
        assert file.exists(), f"{page}: {target}"


@pytest.mark.parametrize("page", documents(), ids=str)
def test_every_image_of_a_document_has_an_alternative_text(page):
    assert all(text.strip() for text in re.findall(r"!\[([^\]]*)\]\(", read(str(page))))


def test_every_decision_is_numbered_in_order_and_listed_in_the_page_on_architecture():
    pages = sorted(path.name for path in (ROOT / "docs" / "adr").glob("*.md"))
    assert [name[:4] for name in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    assert [name for name in pages if f"(adr/{name})" not in read("docs/architecture.md")] == []
