"""Inventories in the estate: counted to the last asset, stored once, met again the next year, never silently."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from sqlalchemy import func, select

from tests.conftest import EnterAs
from tests.unit.test_inventories import DIRTY, ENGLISH, FILES, FRENCH, MONITORS, SCOPES
from tracker.domain.equipment_words import RuleField
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, ProblemCode
from tracker.domain.estate import Destination, EquipmentCategory, EquipmentState
from tracker.domain.inventories import InventoryScope
from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import Role
from tracker.services import carbon, estate, estate_intakes, inventory_words, lifetimes
from tracker.services.estate import NO_DEPARTMENT
from tracker.services.inventory_plans import InventoryPlan
from tracker.services.visitor import Visitor
from tracker.store.models import Equipment, EquipmentIntake, EquipmentRule, JournalEntry, Organisation
from tracker.store.queries import pieces
from tracker.store.session import Database

DAY = date(2026, 11, 20)
NEXT = date(2026, 11, 21)
Import = Callable[..., tuple[int, InventoryPlan]]
HEADINGS = "ID;Statut;Type;Modèle;Entité;Date d'achat;Date de réforme\n"


@pytest.fixture
def sent(database: Database, enter_as: EnterAs, today: date) -> Import:
    """Send a file as the referent of Marseille, and give the number of its inventory and what it would do."""

    def send(
        content: bytes | str, scope: InventoryScope = InventoryScope.COMPUTERS, on: date = DAY
    ) -> tuple[int, InventoryPlan]:
        given = content.encode() if isinstance(content, str) else content
        drafts = estate_intakes.read(given, scope, None, today)
        with database.transaction() as session:
            visitor = enter_as(session, Role.REFERENT)
            row = estate_intakes.send(session, visitor, "glpi.csv", given, drafts, scope, on, today)
            return row.id, estate_intakes.preview(session, visitor, row)

    return send


@pytest.fixture
def confirmed(database: Database, enter_as: EnterAs, sent: Import) -> Callable[..., EquipmentIntake]:
    """Send a file, settle what it asks and confirm it."""

    def confirm(
        content: bytes | str,
        scope: InventoryScope = InventoryScope.COMPUTERS,
        on: date = DAY,
        words: Mapping[tuple[RuleField, str], str] | None = None,
        retired: tuple[EquipmentCategory, ...] = (),
    ) -> EquipmentIntake:
        number, _ = sent(content, scope, on)
        with database.transaction() as session:
            visitor = enter_as(session, Role.REFERENT)
            inventory_words.settle(session, visitor, words or {}, {})
            found = estate_intakes.preview(session, visitor, estate_intakes.find(session, visitor, number))
            return estate_intakes.confirm(session, visitor, number, retired, found.mark)

    return confirm


def one(database: Database, key: str) -> Equipment:
    with database.reading() as session:
        return session.scalars(select(Equipment).where(Equipment.key == key)).one()


def counted(database: Database) -> int:
    with database.reading() as session:
        home = session.scalars(select(Organisation.id).where(Organisation.slug == "marseille")).one()
        return session.scalar(select(func.count()).select_from(Equipment).where(Equipment.organisation_id == home)) or 0


def test_a_dirty_inventory_is_counted_to_the_last_asset_and_its_words_are_asked(sent, confirmed, database):
    _, found = sent((FILES / DIRTY).read_bytes(), InventoryScope.EVERYTHING)
    assert (found.read, found.created, found.changed, found.unchanged, len(found.refused)) == (30, 21, 0, 0, 9)
    assert (found.dated, found.kept) == (13, 21)
    assert [(one.written, one.count) for one in found.unsettled] == [("Valise nomade", 5), ("Cédé à l'école", 1)]
    assert sum(one.pieces for one in found.coverage.values()) == 21
    assert found.coverage[None].pieces == 5
    words = {
        (RuleField.CATEGORY, "valise nomade"): "laptop",
        (RuleField.STATE, "cede a l'ecole"): "retired",
    }
    row = confirmed((FILES / DIRTY).read_bytes(), InventoryScope.EVERYTHING, words=words)
    assert (row.rows, row.created, row.changed, row.refused, row.dated) == (30, 21, 0, 9, 13)
    assert counted(database) == 21
    assert len(estate_intakes.refusals(row)) == 9
    given = one(database, "everything:id:130")
    assert (given.state, given.quantity, given.warranty_months) == (EquipmentState.RETIRED, 3, 36)
    assert given.retired_on is None  # retired without a day: known to be gone, not since when
    assert (given.read_category, given.read_state, given.seen_on) == ("Portable", "Cédé à l'école", DAY)


def test_no_name_of_the_file_reaches_the_database(confirmed, database):
    monitors = {(RuleField.STATE, "hs"): "retired", (RuleField.STATE, "a controler"): "in_stock"}
    confirmed((FILES / FRENCH).read_bytes())
    confirmed((FILES / MONITORS).read_bytes(), InventoryScope.MONITORS, words=monitors)
    with database.reading() as session:
        rows = [
            repr(tuple(row))
            for model in (Equipment, EquipmentIntake, EquipmentRule, JournalEntry)
            for row in session.execute(select(model.__table__))
        ]
        kept = [estate_intakes.told.rows(row.drafts) for row in session.scalars(select(EquipmentIntake))]
        everything = "\n".join(rows + [repr(list(one)) for one in kept])
    assert "Latitude 5420" in everything
    for name in ("Ferrandier", "FERRANDIER", "7XK2L93", "Quillévéré", "Béranger", "Bureau 214"):
        assert name not in everything, name


def test_the_same_file_twice_changes_nothing(confirmed, database):
    confirmed((FILES / FRENCH).read_bytes())
    before = [(row.id, row.version, row.recorded_at) for row in _all(database)]
    again = confirmed((FILES / FRENCH).read_bytes(), on=NEXT)
    assert (again.created, again.changed, again.retired) == (0, 0, 0)
    assert [(row.id, row.version, row.recorded_at) for row in _all(database)] == before
    assert {row.seen_on for row in _all(database)} == {NEXT}
    assert _journalled(database) == 1


def test_an_asset_seen_again_is_updated_and_a_blank_never_erases(confirmed, sent, database):
    confirmed(HEADINGS + "1;En service;Portable;Latitude;;2021-03-15;\n2;En service;Fixe;;;;\n")
    _, found = sent(HEADINGS + "1;Réformé;Portable;;;;2026-01-31\n2;En service;Fixe;OptiPlex;;;\n3;;Tower;;;;\n")
    assert (found.created, found.changed, found.unchanged) == (1, 2, 0)
    assert found.fields == {"state": 1, "read_state": 1, "retired_on": 1, "model": 1}
    confirmed(HEADINGS + "1;Réformé;Portable;;;;2026-01-31\n2;En service;Fixe;OptiPlex;;;\n3;;Tower;;;;\n", on=NEXT)
    laptop = one(database, "computers:id:1")
    assert (laptop.state, laptop.model, laptop.version) == (EquipmentState.RETIRED, "Latitude", 2)
    assert (laptop.purchased_on, laptop.retired_on) == (date(2021, 3, 15), date(2026, 1, 31))
    assert one(database, "computers:id:3").state is EquipmentState.IN_USE


def test_what_vanished_is_retired_on_the_day_of_the_inventory_only_where_it_is_ticked(confirmed, sent, database):
    first = "1;En service;Portable;;;;\n2;En service;Portable;;;;\n3;En service;Fixe;;;;\n4;Réformé;Fixe;;;;\n"
    confirmed(HEADINGS + first)
    _, found = sent(HEADINGS + "1;En service;Portable;;;;\n", on=NEXT)
    assert found.vanished == {EquipmentCategory.LAPTOP: 1, EquipmentCategory.DESKTOP: 1}
    row = confirmed(HEADINGS + "1;En service;Portable;;;;\n", on=NEXT, retired=(EquipmentCategory.LAPTOP,))
    assert row.retired == 1
    gone = one(database, "computers:id:2")
    assert (gone.state, gone.retired_on, gone.seen_on) == (EquipmentState.RETIRED, NEXT, DAY)
    assert one(database, "computers:id:3").state is EquipmentState.IN_USE
    # It turns up again: the inventory is believed, the day of the end goes.
    confirmed(HEADINGS + "1;En service;Portable;;;;\n2;En service;Portable;;;;\n", on=NEXT)
    back = one(database, "computers:id:2")
    assert (back.state, back.retired_on) == (EquipmentState.IN_USE, None)


def test_a_refused_row_did_not_vanish_and_one_list_says_nothing_of_another(confirmed, sent):
    confirmed(HEADINGS + "1;En service;Portable;;;;\n")
    _, found = sent(HEADINGS + "1;En service;Portable;;;hier;\n")
    assert (len(found.refused), found.vanished) == (1, {})
    _, found = sent((FILES / MONITORS).read_bytes(), InventoryScope.MONITORS)
    assert found.vanished == {}


def test_nothing_is_stored_while_a_word_has_no_meaning(sent, database, enter_as):
    number, found = sent(HEADINGS + "1;En service;Valise;;;;\n")
    with database.transaction() as session:
        visitor = enter_as(session, Role.REFERENT)
        with pytest.raises(Invalid) as refused:
            estate_intakes.confirm(session, visitor, number, (), found.mark)
    assert [(one.where, one.code) for one in refused.value.problems] == [
        ("category:valise", ProblemCode.WORDS_UNSETTLED)
    ]
    assert counted(database) == 0


def test_a_rule_is_remembered_and_comes_before_what_everybody_reads(confirmed, sent, database, enter_as):
    confirmed(HEADINGS + "1;HS;Portable;;;;\n", words={(RuleField.STATE, "hs"): "retired"})
    _, found = sent(HEADINGS + "1;HS;Portable;;;;\n2;HS;Portable;;;;\n")
    assert not found.unsettled
    with database.transaction() as session:
        visitor = enter_as(session, Role.REFERENT)
        answers = {(RuleField.CATEGORY, "portable"): "tablet", (RuleField.STATE, "hs"): "retired"}
        seen = {(RuleField.CATEGORY, "portable"): "laptop", (RuleField.STATE, "hs"): "retired"}
        assert inventory_words.settle(session, visitor, answers, seen) == 1
        assert inventory_words.settle(session, visitor, answers, seen) == 0
        with pytest.raises(Conflict):  # somebody who still saw a laptop, and says otherwise
            inventory_words.settle(session, visitor, {(RuleField.CATEGORY, "portable"): "server"}, seen)
        with pytest.raises(Invalid):
            inventory_words.settle(session, visitor, {(RuleField.CATEGORY, "portable"): "bicycle"}, {})
    _, found = sent(HEADINGS + "1;HS;Portable;;;;\n2;HS;Portable;;;;\n")
    assert (found.created, found.changed) == (1, 1)  # the rule is newer than what was stored by the word
    assert set(found.coverage) == {EquipmentCategory.TABLET}


def test_what_a_person_corrected_stays_until_the_inventory_says_another_word(confirmed, sent, database):
    text = HEADINGS + "1;En service;Portable;;;;\n"
    confirmed(text)
    with database.transaction() as session:
        row = session.scalars(select(Equipment).where(Equipment.key == "computers:id:1")).one()
        row.category, row.version = EquipmentCategory.TABLET, row.version + 1
    _, found = sent(text, on=NEXT)
    assert (found.changed, found.unchanged) == (0, 1)
    _, found = sent(text.replace("Portable", "Tower"), on=NEXT)
    assert set(found.coverage) == {EquipmentCategory.DESKTOP}


def test_the_departments_of_the_authority_are_known_by_name_or_code_and_the_others_may_stay_unknown(sent, confirmed):
    text = HEADINGS + "1;;Fixe;;Ville > dnsi;;\n2;;Fixe;;Ville > Ailleurs;;\n3;;Fixe;;Ville > Nulle part;;\n"
    _, found = sent(text)
    told = {one.word: one.reads_as for one in found.words if one.field is RuleField.DEPARTMENT}
    assert told == {"ville > dnsi": "DNSI", "ville > ailleurs": "", "ville > nulle part": ""}
    assert not found.unsettled
    row = confirmed(text, words={(RuleField.DEPARTMENT, "ville > nulle part"): NO_DEPARTMENT})
    assert row.created == 3
    _, found = sent(text)
    assert (found.changed, found.unchanged) == (0, 3)


def test_the_words_of_glpi_are_read_in_english_in_each_of_its_lists(sent):
    _, found = sent((FILES / ENGLISH).read_bytes(), SCOPES[ENGLISH])
    assert set(found.coverage) == {
        EquipmentCategory.LAPTOP,
        EquipmentCategory.MONITOR,
        EquipmentCategory.SMARTPHONE,
        EquipmentCategory.PRINTER,
        EquipmentCategory.NETWORK,
        None,
    }
    assert [one.written for one in found.unsettled] == ["Portable"]  # a phone that is called portable is no laptop


def test_a_day_of_retirement_is_believed_against_the_status_and_counted(confirmed, database, sent):
    text = HEADINGS + "1;En service;Portable;;;2020-01-01;2025-01-01\n2;Donné;Portable;;;;\n"
    assert sent(text)[1].overruled == 1
    confirmed(text)
    assert one(database, "computers:id:1").state is EquipmentState.RETIRED
    given = one(database, "computers:id:2")
    assert (given.state, given.destination) == (EquipmentState.RETIRED, Destination.GIVEN)


def test_a_row_that_ends_before_what_is_stored_began_is_refused(confirmed, sent):
    confirmed(HEADINGS + "1;En service;Portable;;;2024-01-01;\n")
    _, found = sent(HEADINGS + "1;Réformé;Portable;;;;2023-01-01\n")
    assert [row.row for row in found.refused] == [2]
    assert found.read == 1


def test_another_inventory_meanwhile_makes_the_preview_stale(sent, confirmed, database, enter_as):
    number, found = sent(HEADINGS + "1;En service;Portable;;;;\n")
    confirmed(HEADINGS + "1;En service;Fixe;;;;\n2;En service;Fixe;;;;\n")
    with database.transaction() as session:
        visitor = enter_as(session, Role.REFERENT)
        with pytest.raises(Conflict) as refused:
            estate_intakes.confirm(session, visitor, number, (), found.mark)
    assert [one.code for one in refused.value.problems] == [ProblemCode.INVENTORY_CHANGED]
    assert counted(database) == 2
    assert _journalled(database) == 1


def test_an_older_inventory_or_one_that_tells_assets_apart_otherwise_is_refused(sent, confirmed, database, today):
    confirmed(HEADINGS + "1;En service;Portable;;;;\n", on=NEXT)
    with pytest.raises(Invalid) as refused:
        sent(HEADINGS + "1;En service;Portable;;;;\n2;;;;;;\n", on=DAY)
    assert [one.code for one in refused.value.problems] == [ProblemCode.INVENTORY_OLDER]
    for text, scope in (
        ("Numéro d'inventaire;Type\nPC-1;Portable\n", InventoryScope.COMPUTERS),
        ("ID;Type\n1;Portable\n", InventoryScope.EVERYTHING),
    ):
        _, found = sent(text, scope, NEXT)
        assert found.problem is not None
        assert found.problem.code is ProblemCode.INVENTORY_KEYS_DIFFER
    with pytest.raises(Invalid) as refused:
        sent(HEADINGS + "1;En service;Portable;;;;\n", on=date(2027, 1, 1))
    assert [one.code for one in refused.value.problems] == [ProblemCode.DAY_TO_COME]


def test_who_does_not_keep_the_estate_reads_and_writes_no_inventory(database, enter_as, sent, today):
    number, found = sent(HEADINGS + "1;En service;Portable;;;;\n")
    with database.transaction() as session:
        acts: tuple[Callable[[Visitor], object], ...] = (
            lambda visitor: estate_intakes.listed(session, visitor),
            lambda visitor: estate_intakes.find(session, visitor, number),
            lambda visitor: estate_intakes.confirm(session, visitor, number, (), found.mark),
            lambda visitor: inventory_words.settle(session, visitor, {(RuleField.STATE, "hs"): "retired"}, {}),
        )
        for role in (Role.AGENT, Role.ELU, Role.ADMIN):
            for act in acts:
                with pytest.raises(Forbidden):
                    act(enter_as(session, role))
        elsewhere = enter_as(session, Role.REFERENT, "amp")
        with pytest.raises(NotFound):
            estate_intakes.find(session, elsewhere, number)


def test_one_line_of_journal_tells_the_counts(confirmed, database):
    confirmed(HEADINGS + "1;En service;Portable;;;;\n2;En service;Portable;;;demain;\n")
    with database.reading() as session:
        line = session.scalars(
            select(JournalEntry).where(JournalEntry.action == JournalAction.EQUIPMENT_IMPORTED)
        ).one()
    assert line.subject == "glpi.csv"
    assert line.after == '{"taken_on": "2026-11-20", "assets_created": "1", "assets_refused": "1"}'


def _all(database: Database) -> list[Equipment]:
    """List what came from an inventory: the demonstration has an estate of its own."""
    with database.reading() as session:
        return list(session.scalars(select(Equipment).where(Equipment.key != "").order_by(Equipment.id)))


def _journalled(database: Database) -> int:
    with database.reading() as session:
        return len(
            session.scalars(select(JournalEntry).where(JournalEntry.action == JournalAction.EQUIPMENT_IMPORTED)).all()
        )


def test_a_virtual_machine_is_left_out_of_every_figure_and_comes_back_when_its_word_says_equipment(
    confirmed, sent, database, enter_as, today
):
    text = HEADINGS + "1;En service;VMware;;;2020-01-01;\n2;En service;Portable;;;2020-01-01;\n"
    _, found = sent(text)
    assert not found.unsettled
    assert {one: told.pieces for one, told in found.coverage.items()} == {
        EquipmentState.LEFT_OUT: 1,
        EquipmentCategory.LAPTOP: 1,
    }
    assert confirmed(text).created == 2
    assert one(database, "computers:id:1").state is EquipmentState.LEFT_OUT
    with database.reading() as session:
        visitor = enter_as(session, Role.REFERENT)
        home = visitor.organisation
        assert sum(holding.count for holding in carbon.holdings(pieces.alike(session, home.id))) == 1
        assert lifetimes.known(session, home, 2026, 2026, today).whole.in_service.whole == 1
        read = estate.reading(session, home, 2026)
        assert (read.pieces, read.dated, read.of(EquipmentState.LEFT_OUT)) == (1, 1, 1)
    _, found = sent(HEADINGS + "2;En service;Portable;;;;\n", on=NEXT)
    assert found.vanished == {}  # what never was equipment is not missed
    with database.transaction() as session:
        visitor = enter_as(session, Role.REFERENT)
        rule = {(RuleField.CATEGORY, "vmware"): "server", (RuleField.CATEGORY, "portable"): "left_out"}
        assert inventory_words.settle(session, visitor, rule, {}) == 2
    confirmed(text, on=NEXT)
    back, gone = one(database, "computers:id:1"), one(database, "computers:id:2")
    assert (back.category, back.state) == (EquipmentCategory.SERVER, EquipmentState.IN_USE)
    assert (gone.category, gone.state) == (EquipmentCategory.LAPTOP, EquipmentState.LEFT_OUT)


def test_what_a_person_took_back_into_the_estate_or_out_of_it_stays_so(confirmed, sent, database):
    text = HEADINGS + "1;En service;VMware;;;;\n2;En service;Portable;;;;\n"
    confirmed(text)
    with database.transaction() as session:
        for key, state in (("computers:id:1", EquipmentState.IN_USE), ("computers:id:2", EquipmentState.LEFT_OUT)):
            session.scalars(select(Equipment).where(Equipment.key == key)).one().state = state
    assert sent(text, on=NEXT)[1].unchanged == 2
    _, found = sent(text.replace("En service", "En stock"), on=NEXT)
    assert found.changed == 2  # another word is read anew
    _, found = sent(HEADINGS + "1;Réformé;VMware;;;;2024-01-01\n3;Réformé;QEMU;;;;2024-01-01\n", on=NEXT)
    assert found.overruled == 0
    assert found.coverage[EquipmentState.LEFT_OUT].pieces == 1


def test_what_was_retired_without_a_day_and_numbers_that_two_assets_share_are_counted_and_said(sent):
    headings = "ID;Numéro d'inventaire;Statut;Type;Date d'achat;Date de réforme\n"
    rows = "1;A;Réformé;Portable;2020-01-01;\n2;A;En service;Portable;2020-01-01;\n3;B;Réformé;Fixe;;2024-01-01\n"
    _, found = sent(headings + rows)
    assert (found.created, found.dated, found.endless, found.twins) == (3, 2, 1, 1)
    _, found = sent("Numéro d'inventaire;Statut;Type\nA;En service;Fixe\nA;En service;Fixe\n")
    assert (found.created, found.twins, len(found.refused)) == (1, 0, 1)  # without an identifier it is the same asset
