"""Rules of the estate on both engines: versions, what they reach, what a rule changes."""

from datetime import UTC, date, datetime

import pytest

from tests.conftest import EnterAs
from tracker.domain.equipment_words import compared
from tracker.domain.errors import Conflict, Forbidden
from tracker.domain.estate import EquipmentCategory, EquipmentState
from tracker.domain.vocabulary import Role
from tracker.services import equipment_rules
from tracker.services.equipment_rules import RuleDraft
from tracker.store.models import Equipment
from tracker.store.session import Database

TOWN = "demonstration"
SPELLINGS = ("Téléphone  évolué", "TELEPHONE EVOLUE", "téléphone évolué")
RULE = RuleDraft("category", "Telephone Évolué", "smartphone")


def test_a_rule_reaches_every_spelling_of_its_word_and_changes_what_was_shown_only(
    database: Database, enter_as: EnterAs, today: date
):
    with database.transaction() as session:
        lead = enter_as(session, Role.REFERENT, TOWN)
        rows = [
            Equipment(
                organisation_id=lead.organisation.id,
                category=EquipmentCategory.BASIC_PHONE,
                read_category=word,
                author="test",
                recorded_at=datetime.now(UTC),
            )
            for word in (*SPELLINGS, "téléphone")
        ]
        session.add_all(rows)
        assert equipment_rules.set_rule(session, lead, RULE)
        assert not equipment_rules.set_rule(session, lead, RULE)  # it reads so already
        shown = equipment_rules.preview(session, lead, "category", SPELLINGS[0], today)
        assert list(shown.numbers) == [row.id for row in rows[:3]]
        with pytest.raises(Conflict):
            equipment_rules.apply(session, lead, "category", SPELLINGS[0], "another", today)
        assert equipment_rules.apply(session, lead, "category", SPELLINGS[0], shown.digest, today) == 3
        session.expire_all()
        assert [row.category.value for row in rows] == ["smartphone"] * 3 + ["basic_phone"]
        told = equipment_rules.rules(session, lead)
        assert [(one.rule.word, one.otherwise) for one in told.rules] == [("telephone evolue", 0)]
        assert [(one.word, one.lines, one.codes) for one in told.words] == [("téléphone", 1, ("basic_phone",))]


@pytest.mark.parametrize("role", [Role.AGENT, Role.ELU, Role.ADMIN])
def test_only_the_lead_settles_a_word(database: Database, enter_as: EnterAs, today: date, role: Role):
    with database.transaction() as session:
        visitor = enter_as(session, role, TOWN)
        with pytest.raises(Forbidden):
            equipment_rules.set_rule(session, visitor, RULE)
        with pytest.raises(Forbidden):
            equipment_rules.preview(session, visitor, "category", "x", today)
        with pytest.raises(Forbidden):
            equipment_rules.apply(session, visitor, "category", "x", "", today)


def test_words_are_compared_without_accents_capitals_nor_double_spaces():
    assert {compared(word) for word in SPELLINGS} == {"telephone evolue"}
    assert compared("  N° 5 ") == "n° 5"


def test_a_word_that_means_no_equipment_takes_its_lines_out_of_the_estate_and_back_at_the_next_inventory(
    database: Database, enter_as: EnterAs, today: date
):
    with database.transaction() as session:
        lead = enter_as(session, Role.REFERENT, TOWN)
        rows = [
            Equipment(
                organisation_id=lead.organisation.id,
                category=EquipmentCategory.SERVER,
                read_category="Hyperviseur de test",
                read_state="En service",
                state=state,
                retired_on=end,
                author="test",
                recorded_at=datetime.now(UTC),
            )
            for state, end in ((EquipmentState.IN_USE, None), (EquipmentState.RETIRED, date(2024, 1, 1)))
        ]
        session.add_all(rows)
        asked = "category", "hyperviseur de test"
        assert equipment_rules.set_rule(session, lead, RuleDraft(*asked, "left_out"))
        shown = equipment_rules.preview(session, lead, *asked, today)
        assert (shown.lines, shown.refused, shown.replaced) == (2, 0, 1)
        equipment_rules.apply(session, lead, *asked, shown.digest, today)
        session.expire_all()
        assert [(row.state, row.retired_on) for row in rows] == [(EquipmentState.LEFT_OUT, None)] * 2
        [line] = [one for one in equipment_rules.rules(session, lead).rules if one.rule.word == asked[1]]
        assert line.otherwise == 0
        assert equipment_rules.set_rule(session, lead, RuleDraft(*asked, "server", seen=1))
        assert equipment_rules.preview(session, lead, *asked, today).lines == 0
