"""Inventories of equipment as people really have them: what is understood, what is dropped, what is refused and why."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.equipment_words import compared
from tracker.domain.errors import Invalid, ProblemCode
from tracker.domain.estate import EquipmentCategory, EquipmentState
from tracker.domain.inventories import DateOrder, InventoryColumn, InventoryDraft, InventoryScope, RefusedRow
from tracker.importers.estate import child, told
from tracker.importers.estate.dates import Days
from tracker.importers.estate.headings import column_of
from tracker.importers.estate.reading import MAX_BYTES, Row, parse
from tracker.importers.estate.words import CATEGORIES, STATES

FILES = Path(__file__).parent / "inventories"
TODAY = date(2026, 11, 22)
FRENCH = "ordinateurs_fr_point_virgule_bom.csv"
MONITORS = "moniteurs_fr_windows_1252.csv"
ENGLISH = "everything_en_comma.csv"
PHONES = "phones_en_tab_utf16.csv"
DIRTY = "parc_sale.csv"
SCOPES = {
    FRENCH: InventoryScope.COMPUTERS,
    MONITORS: InventoryScope.MONITORS,
    ENGLISH: InventoryScope.EVERYTHING,
    PHONES: InventoryScope.PHONES,
    DIRTY: InventoryScope.EVERYTHING,
}


def rows_of(name: str) -> list[Row]:
    _, rows = parse((FILES / name).read_bytes(), SCOPES[name], None, TODAY)
    return list(rows)


def drafts_of(name: str) -> dict[str, InventoryDraft]:
    return {row.key: row for row in rows_of(name) if isinstance(row, InventoryDraft)}


def read(text: str, order: DateOrder | None = None) -> list[Row]:
    _, rows = parse(text.encode(), InventoryScope.COMPUTERS, order, TODAY)
    return list(rows)


def refused_code(content: bytes) -> ProblemCode:
    with pytest.raises(Invalid) as refused:
        list(parse(content, InventoryScope.COMPUTERS, None, TODAY)[1])
    return refused.value.problems[0].code


@pytest.mark.parametrize(
    ("name", "encoding", "delimiter", "language"),
    [
        (FRENCH, "utf-8-sig", ";", "fr"),
        (MONITORS, "cp1252", ";", "fr"),
        (ENGLISH, "utf-8", ",", "en"),
        (PHONES, "utf-16", "\t", "en"),
        (DIRTY, "utf-8", ";", "fr"),
    ],
)
def test_the_encoding_the_separator_and_the_language_of_the_headings_are_made_out(name, encoding, delimiter, language):
    understood, _ = parse((FILES / name).read_bytes(), SCOPES[name], None, TODAY)
    assert (understood.encoding, understood.delimiter, understood.language) == (encoding, delimiter, language)


def test_each_column_is_found_by_its_heading_and_those_that_may_name_somebody_are_said_to_be_dropped():
    understood, _ = parse((FILES / FRENCH).read_bytes(), InventoryScope.COMPUTERS, None, TODAY)
    assert understood.columns[InventoryColumn.STARTED] == "Date de mise en service"
    assert understood.personal == (
        "Nom",
        "Numéro de série",
        "Lieu",
        "Utilisateur",
        "Groupe",
        "Usager",
        "Commentaires",
    )
    assert understood.ignored == ()
    assert understood.order is DateOrder.DAY_FIRST


@pytest.mark.parametrize("heading", ["Référent", "Bénéficiaire", "Matricule", "Adresse de messagerie", "Responsable"])
def test_a_heading_that_may_name_somebody_is_said_to_be_dropped(heading):
    understood, _ = parse(
        f"ID;Statut;{heading}\n1;En service;Une personne\n".encode(), InventoryScope.COMPUTERS, None, TODAY
    )
    assert (understood.personal, understood.ignored) == ((heading,), ())


@pytest.mark.parametrize("name", SCOPES)
def test_what_is_kept_of_a_file_names_nobody(name):
    understood, rows = parse((FILES / name).read_bytes(), SCOPES[name], None, TODAY)
    kept = repr((understood, list(rows)))
    content = (FILES / name).read_bytes().decode(understood.encoding)
    named = ("Ferrandier", "FERRANDIER", "Quillévéré", "Béranger", "mcallister", "Okonkwo", "Personne", "Bureau 214")
    assert any(one in content for one in named)
    assert not [one for one in (*named, "7XK2L93", "oferrandier") if one in kept]


def test_what_a_row_says_is_kept_with_its_words_as_they_are_written():
    first = drafts_of(FRENCH)["computers:id:12"]
    assert first == InventoryDraft(
        row=2,
        key="computers:id:12",
        type="Portable",
        kind="Ordinateur",
        state="En service",
        department="Ville > DSI",
        maker="Dell",
        model="Latitude 5420",
        warranty_months=36,
        purchased_on=date(2021, 3, 15),
        started_on=date(2021, 4, 2),
    )
    assert drafts_of(FRENCH)["computers:id:13"].warranty_months is None  # -1: for life, which is no number of months


def test_the_numbers_of_two_lists_of_one_file_are_told_apart():
    found = drafts_of(ENGLISH)
    assert {"computers:id:1", "monitors:id:1", "phones:id:1", "printers:id:1", "network:id:1"} <= set(found)
    assert found["computers:id:1"].started_on == date(2022, 2, 1)
    assert found["monitors:id:1"].category_word == "Monitor"


def test_the_days_of_a_file_with_one_order_are_read_in_it():
    found = drafts_of(MONITORS)
    assert found["monitors:no:M-001"].purchased_on == date(2019, 2, 1)
    assert found["monitors:no:M-001"].type == '24"'


def test_each_bad_cell_refuses_its_row_with_its_place_and_the_others_go_on():
    rows = rows_of(DIRTY)
    refused = {row.row: row for row in rows if isinstance(row, RefusedRow)}
    assert len(rows) == 30
    assert {row.row: [(one.column, one.problem.code) for one in row.problems] for row in refused.values()} == {
        24: [("G", ProblemCode.ASSET_DAY_AHEAD)],
        25: [("I", ProblemCode.ASSET_RETIRED_EARLY)],
        26: [("A", ProblemCode.ASSET_TWICE)],
        27: [("", ProblemCode.ASSET_WITHOUT_KEY)],
        28: [("G", ProblemCode.ASSET_DAY_UNREADABLE)],
        29: [("J", ProblemCode.ASSET_NUMBER_UNREADABLE)],
        30: [("K", ProblemCode.ASSET_NUMBER_UNREADABLE)],
        31: [("G", ProblemCode.DATE_TOO_OLD)],
        32: [("", ProblemCode.ROW_TOO_WIDE)],
    }
    assert refused[26].problems[0].problem.values == {"row": 4}
    last = rows[-1]
    assert isinstance(last, InventoryDraft)
    assert (last.quantity, last.warranty_months, last.retired_on) == (3, 36, None)


def test_missing_days_are_accepted():
    drafts = [row for row in rows_of(DIRTY) if isinstance(row, InventoryDraft)]
    assert len(drafts) == 21
    assert sum(draft.start is None for draft in drafts) == 8


@pytest.mark.parametrize(
    ("days", "code"),
    [
        (("03/04/2024",), ProblemCode.DAY_ORDER_UNTOLD),
        (("03/04/2024", "05-06-2024"), ProblemCode.DAY_ORDER_UNTOLD),
        (("03/04/2024", "25/03/2024", "03/25/2024"), ProblemCode.DAY_ORDER_MIXED),
    ],
)
def test_an_order_of_days_that_no_row_decides_is_asked_and_never_guessed(days, code):
    text = "ID;Type;Date d'achat\n" + "".join(f"{number};Portable;{day}\n" for number, day in enumerate(days, 1))
    with pytest.raises(Invalid) as refused:
        read(text)
    assert [(one.where, one.code) for one in refused.value.problems] == [("order", code)]
    first = [read(text, order)[0] for order in DateOrder]
    assert [row.purchased_on for row in first if isinstance(row, InventoryDraft)] == [
        date(2024, 4, 3),
        date(2024, 3, 4),
    ]


@pytest.mark.parametrize("day", ["04/04/2024", "2024-04-04", "0000-00-00", ""])
def test_days_that_read_one_way_only_ask_nothing(day):
    assert isinstance(read(f"ID;Type;Date d'achat\n1;Portable;{day}\n")[0], InventoryDraft)


def test_months_first_are_read_when_a_row_shows_it():
    rows = read("ID;Type;Date of purchase\n1;Laptop;03/25/2024\n2;Laptop;03/04/2024\n")
    assert [row.purchased_on for row in rows if isinstance(row, InventoryDraft)] == [
        date(2024, 3, 25),
        date(2024, 3, 4),
    ]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-03-05", date(2024, 3, 5)),
        ("2024-03-05 14:30:00", date(2024, 3, 5)),
        ("2024-03-05T14:30:00Z", date(2024, 3, 5)),
        ("05-03-2024 14:30", date(2024, 3, 5)),
        ("5/3/2024", date(2024, 3, 5)),
        ("", None),
        ("0000-00-00 00:00:00", None),
    ],
)
def test_a_day_is_read_with_its_time_or_without(written, day):
    assert Days(DateOrder.DAY_FIRST).read(written) == day


@pytest.mark.parametrize("written", ["31/02/2024", "2024-13-01", "hier", "05/03/24", "45000", "2024-03"])
def test_what_is_no_day_is_refused(written):
    with pytest.raises(ValueError, match=r".*"):
        Days(DateOrder.DAY_FIRST).read(written)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("NUMERO D'INVENTAIRE", InventoryColumn.NUMBER),
        ("Numéro d’inventaire", InventoryColumn.NUMBER),
        ("inventory number", InventoryColumn.NUMBER),
        ("Informations financières et administratives - Date de réforme", InventoryColumn.RETIRED),
        ("Financial and administrative information - Decommission date", InventoryColumn.RETIRED),
        ("Gestion - Date d'achat", InventoryColumn.PURCHASED),
        ("Moniteurs - Modèle", None),
        ("Utilisateur", None),
        ("", None),
    ],
)
def test_a_heading_is_known_whatever_its_accents_its_case_and_what_glpi_puts_before_it(heading, column):
    found = column_of(heading)
    assert (found and found[0]) == column


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"Nom;Statut;Type\nx;y;z\n", ProblemCode.INVENTORY_WITHOUT_KEY),
        (b"ID;Statut;Type\n;;\n\n", ProblemCode.INVENTORY_WITHOUT_ROW),
        (b"indicateur;annee;valeur\nSOB-01;2024;5\n", ProblemCode.INVENTORY_NOT_READ),
        (b"%PDF-1.7 \x00\x01", ProblemCode.FILE_NOT_TEXT),
        (b"ID;Statut;Type\n1;\x81;x\n", ProblemCode.FILE_NOT_TEXT),
        (b'ID;Statut;Type\n1;"x;y\n2;x;y\n', ProblemCode.ROW_QUOTE_UNCLOSED),
        (b"ID;Statut;Type\n1;" + b"x" * 200_000 + b";y\n", ProblemCode.CELL_TOO_LONG),
        (b"ID;Statut;Type" + b";x" * 300 + b"\n1;a;b\n", ProblemCode.FILE_TOO_MANY_COLUMNS),
    ],
)
def test_what_is_no_inventory_is_refused_whole(content, code):
    assert refused_code(content) is code


def test_what_was_read_is_handed_over_by_a_child_without_loss():
    for name, scope in SCOPES.items():
        found = child.read((FILES / name).read_bytes(), scope, None, TODAY)
        understood, rows = parse((FILES / name).read_bytes(), scope, None, TODAY)
        assert told.understood(found) == understood
        assert list(told.rows(found)) == list(rows)


def test_once_stored_only_the_refused_rows_are_kept():
    understood, rows = parse((FILES / DIRTY).read_bytes(), InventoryScope.EVERYTHING, None, TODAY)
    whole = told.written(understood, rows)
    kept = told.written(told.understood(whole), told.refused_rows(whole))
    assert [type(row) for row in told.rows(kept)] == [RefusedRow] * 9


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b" \n", ProblemCode.FILE_EMPTY),
        (b"x" * (MAX_BYTES + 1), ProblemCode.FILE_TOO_BIG),
        (b"Nom;Statut;Type\nx;y;z\n", ProblemCode.INVENTORY_WITHOUT_KEY),
    ],
)
def test_the_child_says_why_a_file_is_refused(content, code):
    with pytest.raises(Invalid) as refused:
        child.read(content, InventoryScope.EVERYTHING, None, TODAY)
    assert [one.code for one in refused.value.problems] == [code]


CELLS = st.sampled_from(
    [
        *("", "1", "2", "12", "Portable", "oui", "²", ":", "0", "x" * 130, "é\u00a0è", "\u202e1"),
        *("25/03/2024", "03/25/2024", "2024-02-30", "01/01/1900", "2030-01-01", "-1", "36 mois", "9" * 24),
    ]
)


@given(st.lists(st.lists(CELLS, max_size=12), max_size=12))
def test_each_row_that_says_something_is_a_draft_or_refused_and_never_lost(rows: list[list[str]]):
    headings = "ID;Type d'élément;Type;Statut;Date d'achat;Date de réforme;Durée de garantie;Quantité;Origine;Entité"
    text = "\n".join([headings, *(";".join(cells) for cells in rows)])
    if not any(any(cells) for cells in rows):
        assert refused_code(text.encode()) is ProblemCode.INVENTORY_WITHOUT_ROW
        return
    found = read(text, DateOrder.DAY_FIRST)
    assert len(found) == sum(any(cells) for cells in rows)
    keys = [row.key for row in found if isinstance(row, InventoryDraft)]
    assert len(set(keys)) == len(keys)
    assert "" not in keys
    for row in found:
        if isinstance(row, InventoryDraft) and row.retired_on and row.start:
            assert row.start <= row.retired_on <= TODAY
    understood, again = parse(text.encode(), InventoryScope.COMPUTERS, DateOrder.DAY_FIRST, TODAY)
    assert list(told.rows(told.written(understood, again))) == found


def test_a_word_is_compared_without_accents_capitals_nor_double_spaces():
    assert compared("  Mis  au REBUT\u00a0(été) ") == "mis au rebut (ete)"


def words_of_files() -> Iterator[str]:
    for name in (FRENCH, ENGLISH):
        yield from (draft.type for draft in drafts_of(name).values() if draft.type)


def test_the_words_of_types_that_everybody_writes_are_known():
    unknown = {word for word in words_of_files() if compared(word) not in CATEGORIES}
    assert unknown == {"Laser"}
    assert CATEGORIES["pc portable"] is EquipmentCategory.LAPTOP
    assert CATEGORIES["tout-en-un"] is EquipmentCategory.DESKTOP
    assert STATES["reforme"][0] is EquipmentState.RETIRED
