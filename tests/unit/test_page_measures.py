"""Pages measured by EcoIndex: what the tool's files say, and what a year of pages is."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest

from tracker.domain.errors import Invalid, ProblemCode
from tracker.domain.page_measures import PageMeasure, by_year, of_year
from tracker.domain.service_problems import ServiceProblem
from tracker.importers.page_measures import child
from tracker.importers.page_measures.reading import MAX_PAGES, parse

HEADINGS = "width,height,url,size,nodes,requests,grade,score,ges,water,date,page_type"
FILE_CSV = f"""{HEADINGS}
1920,1080,https://ville.example/,521.54,45,68,B,80.0,1.4,2.1,2025-05-03 22:28:49.280479,
1920,1080,https://ville.example/demarches,1374.641,666,167,E,37.0,2.26,3.39,2025-05-03 22:28:51.176216,website
"""
ROWS = list(csv.DictReader(io.StringIO(FILE_CSV)))
FILE_JSON = json.dumps(
    [
        {
            **{name: json.loads(row[name]) for name in ("width", "height", "size", "nodes", "requests", "score")},
            "url": row["url"],
            "date": row["date"],
            "page_type": None,
            "ecoindex_version": "5.4.1",
        }
        for row in ROWS
    ]
)


def page(address="/", on=date(2025, 5, 3), elements=300, version="5.4.1"):
    return PageMeasure(f"https://ville.example{address}", on, elements, 20, Decimal(500), "EcoIndex CLI", version)


@pytest.mark.parametrize(("content", "version"), [(FILE_CSV, ""), (FILE_JSON, "5.4.1")], ids=["csv", "json"])
def test_a_file_of_the_tool_is_read_page_by_page(content, version):
    found = parse(content.encode())
    assert not found.problems
    first, second = found.rows
    assert (first.address, first.on) == ("https://ville.example/", date(2025, 5, 3))
    assert (first.elements, first.requests, first.kilobytes) == (45, 68, Decimal("521.54"))
    assert (second.told, second.version) == (Decimal(37), version)


def test_the_child_reads_the_same_as_we_do():
    assert child.read(FILE_CSV.encode()) == parse(FILE_CSV.encode())
    assert child.read(b"%PDF-1.7 nothing").problems[0].problem.code is ServiceProblem.PAGES_NOT_READ
    assert child.read(b" ").problems[0].problem.code is ProblemCode.FILE_EMPTY


def test_a_page_opened_in_another_window_is_left_out_and_counted():
    found = parse(FILE_CSV.replace("1920,1080,https://ville.example/d", "360,640,https://ville.example/d").encode())
    assert (len(found.rows), found.left) == (1, 1)


@pytest.mark.parametrize(
    ("before", "after", "column", "code"),
    [
        ("https://ville.example/,", "ftp://ville.example/,", "url", ProblemCode.WEB_ADDRESS_UNREADABLE),
        ("https://ville.example/,", "https://agent:secret@ville.example/,", "url", ProblemCode.WEB_ADDRESS_UNREADABLE),
        ("521.54", "beaucoup", "size", ServiceProblem.PAGE_NUMBER_UNREADABLE),
        (",45,", ",-45,", "nodes", ServiceProblem.PAGE_NUMBER_UNREADABLE),
        (",45,", ",45.5,", "nodes", ServiceProblem.PAGE_NUMBER_UNREADABLE),
        (",45,", ",NaN,", "nodes", ServiceProblem.PAGE_NUMBER_UNREADABLE),
        (",68,", ",,", "requests", ServiceProblem.PAGE_NUMBER_UNREADABLE),
        ("2025-05-03 22:28:49", "hier", "date", ServiceProblem.PAGE_DAY_UNREADABLE),
    ],
)
def test_a_cell_that_cannot_be_kept_is_told_at_its_place(before, after, column, code):
    found = parse(FILE_CSV.replace(before, after, 1).encode())
    assert [(one.place.row, one.place.column, one.problem.code) for one in found.problems] == [(2, column, code)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"nom,age\nx,1\n", ServiceProblem.PAGES_NOT_READ),
        (b"url,size,nodes,date\nhttps://a.example,1,1,2025-01-01\n", ServiceProblem.PAGES_COLUMN_MISSING),
        (b'{"a": ', ServiceProblem.PAGES_NOT_READ),
        (b"[1, 2]", ServiceProblem.PAGES_NOT_READ),
        (b"[" * 100_000, ServiceProblem.PAGES_NOT_READ),
        (b"[]", ProblemCode.FILE_EMPTY),
        ((HEADINGS + "\n" + "1920,1080\n" * (MAX_PAGES + 1)).encode(), ProblemCode.FILE_TOO_MANY_ROWS),
        (b"\0\1\2", ProblemCode.FILE_NOT_TEXT),
    ],
)
def test_a_file_that_is_no_result_of_the_tool_is_refused_whole(content, code):
    with pytest.raises(Invalid) as refusal:
        parse(content)
    assert [one.code for one in refusal.value.problems] == [code]


def test_a_year_keeps_the_last_measure_of_each_page_and_tells_the_median_and_the_worst():
    found = of_year(
        [
            page("/", elements=900),
            page("/", on=date(2025, 9, 1)),  # the same page, later in the year
            page("/b", on=date(2025, 9, 1), elements=600),
            page("/c", on=date(2025, 9, 1), elements=1200),
        ],
        2025,
    )
    assert found is not None
    assert [one.elements for one in found.pages] == [300, 600, 1200]
    assert found.score == page(elements=600).index.score
    assert found.worst.address.endswith("/c")


def test_a_change_of_version_is_a_break_and_two_versions_are_never_mixed():
    years = by_year(
        [
            page("/", on=date(2023, 5, 1), version="2.1"),
            page("/", on=date(2024, 5, 1), version="5.4.1"),
            page("/", on=date(2025, 2, 1), version="5.4.1"),
            page("/b", on=date(2025, 2, 1), version="5.4.1"),
            page("/", on=date(2025, 11, 1), version="6.0"),
        ]
    )
    assert [(one.year, one.version, one.breaks, one.left) for one in years] == [
        (2023, "2.1", False, 0),
        (2024, "5.4.1", True, 0),
        (2025, "6.0", True, 1),  # only one of its two pages was measured by the last version
    ]
    assert of_year([], 2025) is None
