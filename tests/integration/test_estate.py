"""The register of equipment: what is loaded, read, added and corrected."""

import json
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.conftest import EnterAs
from tracker.config.paths import bundled
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, ProblemCode
from tracker.domain.estate import EquipmentCategory, EquipmentState
from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import Role
from tracker.services import equipment_bulk, equipment_changes, estate, instance
from tracker.services.equipment_bulk import BulkDraft, Choice, Weighed
from tracker.services.equipment_changes import EquipmentDraft
from tracker.store.models import Equipment, JournalEntry, Organisation
from tracker.store.session import Database


def lots_of(session: Session, slug: str) -> int:
    found = session.scalar(
        select(func.count(Equipment.id))
        .join(Organisation, Organisation.id == Equipment.organisation_id)
        .where(Organisation.slug == slug)
    )
    return found or 0


def test_the_demonstration_has_an_estate_loaded_once_and_no_real_authority_has_any(database: Database):
    with database.reading() as session:
        lots = lots_of(session, "demonstration")
    instance.initialise(database, bundled("seeds"), demo=True, password=None)
    with database.reading() as session:
        assert lots_of(session, "demonstration") == lots > 100
        assert lots_of(session, "marseille") == lots_of(session, "amp") == 0
        told = session.scalars(select(JournalEntry).where(JournalEntry.action == JournalAction.EQUIPMENT_ADDED)).all()
    assert [(one.subject, one.after) for one in told] == [("parc", f'{{"estate_lines": "{lots}"}}')]


TOWN = "demonstration"
SERVER = EquipmentDraft(
    category="server",
    quantity="2",
    model="Serveur 2U",
    maker="Fabricant",
    department="DSI",
    origin="reconditioned",
    state="retired",
    purchased_on="02/03/2019",
    started_on="2019-04-01",
    retired_on="31/12/2025",
    destination="given",
    warranty_months="60",
    repairability="7,4",
    note="Salle B",
)


def add(database: Database, enter_as: EnterAs, today: date, draft: EquipmentDraft = SERVER) -> int:
    with database.transaction() as session:
        return equipment_changes.add(session, enter_as(session, Role.REFERENT, TOWN), draft, today)


def correct(database: Database, enter_as: EnterAs, today: date, number: int, draft: EquipmentDraft) -> bool:
    with database.transaction() as session:
        return equipment_changes.correct(session, enter_as(session, Role.REFERENT, TOWN), number, draft, today)


def sheet(database: Database, enter_as: EnterAs, number: int) -> estate.EquipmentSheet:
    with database.reading() as session:
        return estate.sheet(session, enter_as(session, Role.ELU, TOWN), number)


def refused(draft: EquipmentDraft, database: Database, enter_as: EnterAs, today: date) -> dict[str, ProblemCode]:
    with pytest.raises(Invalid) as found:
        add(database, enter_as, today, draft)
    return {one.where: one.code for one in found.value.problems}


def test_what_is_typed_of_a_line_is_stored_whole_with_its_line_in_the_journal(
    database: Database, enter_as: EnterAs, today: date
):
    number = add(database, enter_as, today)
    found = sheet(database, enter_as, number)
    assert equipment_changes.told(found.line.record) == {
        "category": "server",
        "quantity": "2",
        "model": "Serveur 2U",
        "maker": "Fabricant",
        "department": "DSI",
        "origin": "reconditioned",
        "place": "retired",
        "ordered_on": "",
        "purchased_on": "2019-03-02",
        "delivered_on": "",
        "started_on": "2019-04-01",
        "retired_on": "2025-12-31",
        "destination": "given",
        "warranty_months": "60",
        "repairability": "7.4",
        "note": "Salle B",
    }
    assert (found.line.version, found.author) == (1, "Dominique Référent (fictif)")
    assert [(one.action, one.before, json.loads(one.after)["model"]) for one in found.history] == [
        (JournalAction.EQUIPMENT_ADDED, "", "Serveur 2U")
    ]


def test_a_correction_tells_before_and_after_of_what_changed_and_nothing_else(
    database: Database, enter_as: EnterAs, today: date
):
    number = add(database, enter_as, today)
    changed = replace(SERVER, quantity="3", destination="", seen=1)
    assert correct(database, enter_as, today, number, changed)
    assert not correct(database, enter_as, today, number, replace(changed, seen=1))  # what it says already
    found = sheet(database, enter_as, number)
    assert (found.line.version, found.line.record.quantity, found.line.record.destination) == (2, 3, None)
    last = found.history[0]
    assert last.action is JournalAction.EQUIPMENT_CHANGED
    assert json.loads(last.before) == {"quantity": "2", "destination": "given"}
    assert json.loads(last.after) == {"quantity": "3", "destination": ""}
    assert len(found.history) == 2


def test_a_correction_of_what_somebody_changed_meanwhile_is_refused_with_both_values(
    database: Database, enter_as: EnterAs, today: date
):
    number = add(database, enter_as, today)
    correct(database, enter_as, today, number, replace(SERVER, model="Le leur", seen=1))
    with pytest.raises(Conflict) as found:
        correct(database, enter_as, today, number, replace(SERVER, model="Le mien", quantity="0", seen=1))
    told = {one.where: one for one in found.value.problems}
    assert told["model"].code is ProblemCode.SETTING_STALE
    assert told["model"].values == {"author": "Dominique Référent (fictif)", "theirs": "Le leur"}
    assert set(told) == {"model", "quantity"}
    assert sheet(database, enter_as, number).line.record.model == "Le leur"


def test_each_refusal_stands_at_its_field_and_nothing_is_written(database: Database, enter_as: EnterAs, today: date):
    with database.reading() as session:
        before = lots_of(session, TOWN), session.scalar(select(func.count(JournalEntry.id)))
    wrong = EquipmentDraft(
        category="",
        quantity=" ",
        model="x" * 201,
        department="RIEN",
        origin="volé",
        ordered_on="31/02/2020",
        started_on="23/11/2026",
        retired_on="01/01/2020",
        destination="sold",
        warranty_months="1,5",
        repairability="11",
    )
    assert refused(wrong, database, enter_as, today) == {
        "category": ProblemCode.EQUIPMENT_CATEGORY_MISSING,
        "quantity": ProblemCode.EQUIPMENT_COUNT_MISSING,
        "model": ProblemCode.TOO_LONG,
        "department": ProblemCode.UNKNOWN_CHOICE,
        "origin": ProblemCode.UNKNOWN_CHOICE,
        "ordered_on": ProblemCode.DATE_UNREADABLE,
        "started_on": ProblemCode.EQUIPMENT_DAY_TO_COME,
        "retired_on": ProblemCode.RETIRED_DAY_UNWANTED,
        "destination": ProblemCode.DESTINATION_UNWANTED,
        "warranty_months": ProblemCode.NOT_WHOLE,
        "repairability": ProblemCode.ABOVE_MAXIMUM,
    }
    assert refused(replace(SERVER, quantity="0"), database, enter_as, today) == {"quantity": ProblemCode.BELOW_MINIMUM}
    ended = replace(SERVER, retired_on="31/03/2019")
    assert refused(ended, database, enter_as, today) == {"retired_on": ProblemCode.RETIRED_BEFORE_START}
    with database.reading() as session:
        assert (lots_of(session, TOWN), session.scalar(select(func.count(JournalEntry.id)))) == before


@pytest.mark.parametrize("role", [Role.AGENT, Role.ELU, Role.ADMIN])
def test_only_the_lead_changes_the_estate_and_only_that_of_the_house(
    database: Database, enter_as: EnterAs, today: date, role: Role
):
    number = add(database, enter_as, today)
    with database.transaction() as session:
        visitor = enter_as(session, role, TOWN)
        with pytest.raises(Forbidden):
            equipment_changes.add(session, visitor, SERVER, today)
        with pytest.raises(Forbidden):
            equipment_changes.correct(session, visitor, number, replace(SERVER, model="x", seen=1), today)
        lead = enter_as(session, Role.REFERENT, "marseille")
        with pytest.raises(NotFound):
            equipment_changes.correct(session, lead, number, replace(SERVER, model="x", seen=1), today)


GONE = BulkDraft(state="retired", retired_on="31/10/2026", destination="recycled")
LIVING = replace(SERVER, state="in_use", retired_on="", destination="")


def weighed(database: Database, enter_as: EnterAs, today: date, choice: Choice, draft: BulkDraft) -> Weighed:
    with database.reading() as session:
        return equipment_bulk.preview(session, enter_as(session, Role.REFERENT, TOWN), choice, draft, today)


def apply(database: Database, enter_as: EnterAs, today: date, choice: Choice, draft: BulkDraft, digest: str) -> int:
    with database.transaction() as session:
        visitor = enter_as(session, Role.REFERENT, TOWN)
        return equipment_bulk.apply(session, visitor, choice, draft, digest, today)


def test_lines_that_are_chosen_change_together_with_one_line_of_the_journal_that_counts_them(
    database: Database, enter_as: EnterAs, today: date
):
    first, second = (add(database, enter_as, today, replace(LIVING, quantity=count)) for count in ("2", "5"))
    later = add(database, enter_as, today, replace(LIVING, purchased_on="", started_on="01/11/2026"))
    already = add(database, enter_as, today, replace(SERVER, retired_on="31/10/2026", destination="recycled"))
    choice = Choice(numbers=(first, second, later, already, 999_999))
    shown = weighed(database, enter_as, today, choice, GONE)
    assert (list(shown.numbers), shown.pieces, shown.same, shown.refused) == ([first, second], 7, 1, 1)
    assert shown.replaced == 0
    again = replace(GONE, destination="sold")
    assert weighed(database, enter_as, today, choice, again).replaced == 1  # the one that was recycled already
    assert [(one.line.number, one.problems[0].code) for one in shown.shown] == [
        (later, ProblemCode.RETIRED_BEFORE_START)
    ]
    assert apply(database, enter_as, today, choice, GONE, shown.digest) == 2
    kept = [sheet(database, enter_as, number) for number in (first, second, later, already)]
    assert [one.line.version for one in kept] == [2, 2, 1, 1]
    assert [one.line.record.state for one in kept] == ["retired", "retired", "in_use", "retired"]
    assert kept[0].line.record.retired_on == date(2026, 10, 31)
    told = kept[0].history[0]
    assert (told.subject, told.action) == ("parc", JournalAction.EQUIPMENT_CHANGED)
    assert json.loads(told.after) == {
        "estate_lines": "2", "pieces": "7", "place": "retired", "destination": "recycled", "retired_on": "2026-10-31",
    }  # fmt: skip
    assert [one.history[0].action for one in kept[2:]] == [JournalAction.EQUIPMENT_ADDED] * 2


def test_words_are_found_whatever_their_accents_and_capitals_and_never_across_two_texts(
    database: Database, enter_as: EnterAs, today: date
):
    number = add(database, enter_as, today, replace(LIVING, model="Élan NOËL 100%", maker="Çà", note="là_bas"))

    def found(words: str) -> bool:
        with database.reading() as session:
            asked = estate.EstateFilter(words=words)
            return number in {
                one.number for one in estate.everything(session, enter_as(session, Role.ELU, TOWN), asked)
            }

    assert all(found(words) for words in ("elan", "ÉLAN", "noel ca", "Noël", "100%", "la_bas", "ça", "SERVEUR"))
    assert not any(found(words) for words in ("elans", "100_", "%ca", "l_bas", "ecran", "elan\nzz"))


def test_lines_that_were_retired_by_mistake_come_back_together_without_the_end_that_they_had(
    database: Database, enter_as: EnterAs, today: date
):
    number = add(database, enter_as, today, LIVING)
    choice = Choice(numbers=(number,))
    apply(database, enter_as, today, choice, GONE, weighed(database, enter_as, today, choice, GONE).digest)
    back = BulkDraft(state="in_use")
    shown = weighed(database, enter_as, today, choice, back)
    assert (shown.lines, shown.refused, shown.replaced) == (1, 0, 1)  # a known end goes, and that is said
    assert apply(database, enter_as, today, choice, back, shown.digest) == 1
    found = sheet(database, enter_as, number)
    assert (found.line.record.state, found.line.record.retired_on) == ("in_use", None)
    assert found.line.record.destination is None
    assert json.loads(found.history[0].after) == {
        "estate_lines": "1", "pieces": LIVING.quantity, "ends_replaced": "1", "place": "in_use",
    }  # fmt: skip
    asked = replace(back, retired_on="31/10/2026")  # both at once make no sense, and are refused
    assert weighed(database, enter_as, today, choice, asked).refused == 1


def test_a_filter_chooses_all_that_it_shows_and_nothing_of_another_authority(
    database: Database, enter_as: EnterAs, today: date
):
    choice = Choice(wanted=estate.EstateFilter(category=EquipmentCategory.LAPTOP, state=EquipmentState.RETIRED))
    draft = BulkDraft(department="-", origin="gift")
    shown = weighed(database, enter_as, today, choice, draft)
    with database.reading() as session:
        lead = enter_as(session, Role.REFERENT, "marseille")
        assert equipment_bulk.preview(session, lead, Choice(numbers=shown.numbers), draft, today).lines == 0
    assert apply(database, enter_as, today, choice, draft, shown.digest) == shown.lines > 20
    with database.reading() as session:
        every = list(estate.everything(session, enter_as(session, Role.ELU, TOWN), estate.EstateFilter()))
    changed = {line.number for line in every if line.version == 2}
    assert changed == set(shown.numbers)
    assert {(line.record.department, line.record.origin) for line in every if line.number in changed} == {("", "gift")}


def test_nothing_changes_but_what_was_shown(database: Database, enter_as: EnterAs, today: date):
    number = add(database, enter_as, today, LIVING)
    choice = Choice(wanted=estate.EstateFilter(category=EquipmentCategory.SERVER))
    shown = weighed(database, enter_as, today, choice, GONE)
    with pytest.raises(Conflict):  # another change than the one that was shown
        apply(database, enter_as, today, choice, replace(GONE, destination="sold"), shown.digest)
    newer = add(database, enter_as, today, LIVING)
    with pytest.raises(Conflict):  # one line more
        apply(database, enter_as, today, choice, GONE, shown.digest)
    shown = weighed(database, enter_as, today, choice, GONE)
    correct(database, enter_as, today, newer, replace(LIVING, note="Revue", seen=1))
    with pytest.raises(Conflict):  # a line that was corrected since
        apply(database, enter_as, today, choice, GONE, shown.digest)
    assert sheet(database, enter_as, number).line.record.state is EquipmentState.IN_USE


@pytest.mark.parametrize(
    ("draft", "where"),
    [
        (BulkDraft(), "form"),
        (BulkDraft(category="soucoupe"), "category"),
        (BulkDraft(department="RIEN"), "department"),
        (BulkDraft(retired_on="31/02/2026"), "retired_on"),
    ],
)
def test_a_bulk_change_that_says_nothing_or_cannot_be_read_is_refused(
    database: Database, enter_as: EnterAs, today: date, draft: BulkDraft, where: str
):
    with pytest.raises(Invalid) as found:
        weighed(database, enter_as, today, Choice(), draft)
    assert [one.where for one in found.value.problems] == [where]
