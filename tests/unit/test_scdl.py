"""Deliberations as open data: what is written is read back, what is odd is told at its cell, and no name is kept."""

import csv
import io
import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import ProblemCode
from tracker.domain.intakes import WITHHELD
from tracker.domain.scdl import COLUMNS, PublishedDeliberation, lacking
from tracker.domain.texts import tidy
from tracker.exports.scdl import schema, table
from tracker.importers.deliberations.names import without_people
from tracker.importers.scdl import read
from tracker.labels.problems import problem_sentence

ROW = PublishedDeliberation(
    authority="Ville de Démonstration",
    siret="21860194600013",
    identifier="2025-02-27-12",
    adopted_on=date(2025, 2, 27),
    subject="=Plan de sobriété, « numérique »\nsuite",
    matter_code="8.4",
    matter="domaines de compétences par thèmes/aménagement du territoire",
    budget_years="2025/2026",
    voters=40,
    in_favour=38,
    against=0,
    address="https://ville.example/d?x=1,2",
)
TEXTS = st.text(max_size=40).map(tidy).filter(lambda text: without_people(text) == text)
COUNTS = st.none() | st.integers(0, 999_999)
ROWS = st.builds(
    PublishedDeliberation,
    authority=TEXTS,
    siret=st.sampled_from(["", "21860194600013"]),
    identifier=TEXTS.filter(bool),
    adopted_on=st.dates(),
    subject=TEXTS.filter(bool),
    matter=TEXTS,
    budget_years=st.sampled_from(["", "2025", "2025/2026"]),
    sent_on=st.none() | st.dates(),
    members=COUNTS,
    against=COUNTS,
)


def problems(content: str) -> list[tuple[int, str, ProblemCode]]:
    found = read(content.encode()).problems
    assert all(problem_sentence(one.problem) for one in found)
    return [(one.place.row, one.place.column, one.problem.code) for one in found]


def test_a_row_written_is_read_back_and_nothing_missing_becomes_zero():
    content = table([ROW])
    assert read(content).rows == (ROW,)
    [heading, cells] = list(csv.reader(io.StringIO(content.decode(), newline="")))
    told = dict(zip(heading, cells, strict=True))
    assert (told["DELIB_DATE"], told["VOTE_CONTRE"], told["VOTE_ABSTENTION"]) == ("2025-02-27", "0", "")
    assert told["DELIB_OBJET"].startswith("'=")


@given(st.lists(ROWS, max_size=5, unique_by=lambda row: row.identifier))
def test_what_is_written_is_always_read_back(rows: list[PublishedDeliberation]):
    found = read(table(rows))
    assert not found.problems
    assert found.rows == tuple(rows)


def test_files_of_other_offices_are_read_whatever_their_order_encoding_and_delimiter():
    told = "DELIB_OBJET;Colonne à part;DELIB_ID;DELIB_DATE\r\nÉté;x;1;27/02/2025\r\n\r\n"
    for encoding in ("utf-8-sig", "cp1252", "utf-16"):
        found = read(told.encode(encoding))
        assert [(row.subject, row.identifier, row.adopted_on) for row in found.rows] == [
            ("Été", "1", date(2025, 2, 27))
        ]
        assert found.ignored_columns == ("Colonne à part",)


def test_each_problem_is_told_at_its_cell():
    heading = "DELIB_ID,DELIB_DATE,DELIB_OBJET,COLL_SIRET,BUDGET_ANNEE,VOTE_POUR,DELIB_URL\n"
    told = [
        "1,hier,Objet,123,25,4.5,javascript:x",
        ",2025-02-30,,,,-1,",
        "2,2025-01-01,Objet,,,3,",
        "2,2025-01-01,Autre,,,3,",
    ]
    assert problems(heading + "\n".join(told)) == [
        (2, "B", ProblemCode.DATE_UNREADABLE),
        (2, "D", ProblemCode.CELL_FORM),
        (2, "E", ProblemCode.CELL_FORM),
        (2, "F", ProblemCode.CELL_FORM),
        (2, "G", ProblemCode.CELL_FORM),
        (3, "A", ProblemCode.CELL_MISSING),
        (3, "B", ProblemCode.DATE_UNREADABLE),
        (3, "C", ProblemCode.CELL_MISSING),
        (3, "F", ProblemCode.CELL_FORM),
        (5, "A", ProblemCode.GIVEN_TWICE),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", ProblemCode.FILE_EMPTY),
        ("%PDF-1.7", ProblemCode.FILE_NOT_A_TABLE),
        ('DELIB_ID,DELIB_DATE,DELIB_OBJET\n"1,2025-01-01,x', ProblemCode.QUOTE_UNCLOSED),
        ("DELIB_ID,DELIB_DATE\n1,2025-01-01\n", ProblemCode.HEADING_MISSING),
        ("DELIB_ID,DELIB_ID,DELIB_DATE,DELIB_OBJET\n", ProblemCode.HEADING_TWICE),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(content: str, code: ProblemCode):
    assert [one[2] for one in problems(content)] == [code]


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(content: bytes):
    read(content)
    read(b"DELIB_ID,DELIB_DATE,DELIB_OBJET\n" + content)


def test_no_name_of_a_person_is_kept_in_a_subject():
    [row] = read("DELIB_ID,DELIB_DATE,DELIB_OBJET\n1,2025-01-01,Désignation de M. Anicet COUDERCHON\n".encode()).rows
    assert row.subject == f"Désignation de {WITHHELD}"


def test_what_the_schema_asks_and_a_row_lacks_is_named_and_never_invented():
    assert lacking(ROW) == []
    bare = PublishedDeliberation("Ville", "", "1", date(2025, 1, 1), "Objet")
    assert lacking(bare) == ["COLL_SIRET", "DELIB_MATIERE_CODE", "DELIB_MATIERE_NOM"]


def test_the_schema_describes_every_column_and_its_examples_fit():
    told = json.loads(schema())
    assert [field["name"] for field in told["fields"]] == [column.name for column in COLUMNS]
    for field in told["fields"]:
        assert field["description"]
        assert re.search(field["constraints"].get("pattern", ""), field["example"])
