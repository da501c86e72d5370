"""The rules of the estate on screen: a word is settled, what that would change is shown, and nothing else changes."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from tests.screens.conftest import Browser
from tests.screens.lint import words
from tracker.domain.estate import EquipmentCategory, EquipmentState
from tracker.domain.journal_actions import JournalAction
from tracker.store.models import Equipment, EquipmentRule, JournalEntry
from tracker.store.queries import organisations
from tracker.store.session import Database

PAGE = "/demonstration/parc/regles"
Add = Callable[..., int]


@pytest.fixture
def add(store: Database) -> Add:
    """Give the function that adds a line read from an inventory, and gives its number."""

    def added(slug: str = "demonstration", **given: object) -> int:
        with store.transaction() as session:
            town = organisations.by_slug(session, slug)
            assert town is not None
            told = {"category": EquipmentCategory.OTHER, "author": "test", "recorded_at": datetime.now(UTC), **given}
            row = Equipment(organisation_id=town.id, source="glpi", **told)
            session.add(row)
            session.flush()
            return row.id

    return added


def main_of(browser: Browser, address: str) -> str:
    main = browser.page(address).find(".//main")
    assert main is not None
    return words(main)


def category(store: Database, number: int) -> tuple[str, int]:
    with store.reading() as session:
        row = session.get(Equipment, number)
        assert row is not None
        return row.category.value, row.version


def test_a_word_that_is_settled_is_kept_and_changes_the_estate_only_once_confirmed(
    referent: Browser, store: Database, add: Add
):
    read = [add(read_category=word) for word in ("Ultra-portable", "ULTRA-PORTABLE ", "ultra-portable")]
    laptop = add(read_category="Ultra-portable", category=EquipmentCategory.LAPTOP)
    others = [add(read_category="Ultra"), add("marseille", read_category="Ultra-portable")]
    told = main_of(referent, PAGE).casefold()
    assert "ultra-portable : autre équipement, ordinateur portable, 4 lignes" in told
    answer = referent.send(PAGE, {"word": " Ultra-Portable", "reads": "category:laptop", "seen": "0"})
    assert answer.status_code == 302
    shown = referent.get(str(answer.location))
    assert "3 lignes changeraient." in shown.text.replace("\u00a0", " ")
    assert "1 ligne dit déjà cela." in shown.text.replace("\u00a0", " ")
    assert [category(store, number) for number in read] == [("other", 1)] * 3
    mark = re.search(r'name="shown" value="(\w+)"', shown.text)
    assert mark
    assert referent.send(str(answer.location), {"shown": mark[1]}).status_code == 302
    assert [category(store, number) for number in read] == [("laptop", 2)] * 3
    assert [category(store, number) for number in (laptop, *others)] == [("laptop", 1), ("other", 1), ("other", 1)]
    assert "appliquée" in main_of(referent, PAGE)
    with store.reading() as session:
        told = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc()).limit(2)).all()
    assert [(one.action, one.subject, json.loads(one.after)) for one in told] == [
        (JournalAction.EQUIPMENT_CHANGED, "parc", {"estate_lines": "3", "pieces": "3", "category": "laptop"}),
        (JournalAction.EQUIPMENT_RULE_SET, "ultra-portable", {"reads_category": "laptop"}),
    ]


def test_a_rule_that_changes_keeps_its_first_version_and_a_stale_one_is_refused_with_both(
    referent: Browser, store: Database
):
    for seen, code in (("0", "laptop"), ("1", "desktop")):
        assert referent.send(PAGE, {"word": "PC", "reads": f"category:{code}", "seen": seen}).status_code == 302
    answer = referent.send(PAGE, {"word": "pc", "reads": "category:server", "seen": "1"})
    assert answer.status_code == 409
    assert "a enregistré : ordinateur fixe" in answer.text.replace("\u00a0", " ")
    assert '<option value="category:server" selected>' in answer.text
    assert 'name="seen" value="2"' in answer.text
    with store.reading() as session:
        kept = session.scalars(select(EquipmentRule).order_by(EquipmentRule.version)).all()
    assert [(row.word, row.version, row.reads_as) for row in kept] == [("pc", 1, "laptop"), ("pc", 2, "desktop")]


def test_a_state_that_a_line_cannot_have_is_left_out_and_said(referent: Browser, store: Database, add: Add):
    gone = {"state": EquipmentState.RETIRED, "retired_on": date(2025, 3, 1), "model": "Parti"}
    number = add(read_state="Actif", **gone)
    answer = referent.send(PAGE, {"word": "actif", "reads": "state:in_use", "seen": "0"})
    told = main_of(referent, str(answer.location)).replace("\u00a0", " ")
    assert "0 ligne changerait." in told
    assert "Parti : Seul un équipement réformé a un jour de réforme" in told
    assert referent.send(str(answer.location), {"shown": "x"}).status_code == 409
    with store.reading() as session:
        row = session.get(Equipment, number)
        assert row is not None
        assert row.state is EquipmentState.RETIRED


def test_a_department_s_rule_waits_for_the_next_inventory(referent: Browser):
    answer = referent.send(PAGE, {"word": "Mairie > DSI", "reads": "department:DSI", "seen": "0"})
    assert answer.status_code == 302
    assert str(answer.location) == PAGE
    assert referent.send(PAGE, {"word": "Hors mairie", "reads": "department:-", "seen": "0"}).status_code == 302
    assert "hors mairie aucun service" in main_of(referent, PAGE)
    assert "au prochain inventaire" in main_of(referent, PAGE)
    assert referent.get(f"{PAGE}/appliquer?champ=department&mot=mairie+%3E+dsi").status_code == 404
    assert referent.get(f"{PAGE}/appliquer?champ=category&mot=inconnu").status_code == 404


@pytest.mark.parametrize(
    ("sent", "where"),
    [
        ({"word": " ", "reads": "category:laptop"}, "word"),
        ({"word": "x" * 201, "reads": "category:laptop"}, "word"),
        ({"word": "PC", "reads": ""}, "reads"),
        ({"word": "PC", "reads": "category:soucoupe"}, "reads"),
        ({"word": "PC", "reads": "couleur:laptop"}, "reads"),
    ],
)
def test_a_refused_rule_says_where_and_keeps_what_was_typed(
    referent: Browser, store: Database, sent: dict[str, str], where: str
):
    answer = referent.send(PAGE, sent)
    assert answer.status_code == 422
    assert f'id="{where}-problem"' in answer.text
    with store.reading() as session:
        assert session.scalars(select(EquipmentRule)).all() == []


def test_who_only_reads_sees_the_rules_and_no_form(elu: Browser, referent: Browser):
    referent.send(PAGE, {"word": "PC", "reads": "category:desktop", "seen": "0"})
    tree = elu.page(PAGE)
    assert tree.find(".//main//form") is None
    assert "ordinateur fixe" in main_of(elu, PAGE)
