"""XLSX and ODS cells: exact numbers, percentages as shown, and what cannot be read said at its cell."""

import io

import pytest
import xlsxwriter

from tests.unit.sheets.made import (
    HEADINGS,
    ods,
    ods_row,
    ods_table,
    ods_text,
    ods_with_cells,
    read,
    refusal,
    where,
    xlsx,
    xlsx_with_cells,
)
from tracker.domain.drafts import Place
from tracker.domain.errors import ProblemCode

EMPTY_ROW = '<table:table-cell table:number-columns-repeated="16384"/>'


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ("5.4", "5,4"),
        ("3", "3"),
        ("3.0", "3"),
        ("-25", "-25"),
        ("1234567", "1234567"),
        ("0.1", "0,1"),
        ("1.234", "1,2340"),
        ("0.30000000000000004", "0,3"),
        ("1E-5", "0,00001"),
        ("123456789012345", "123456789012345"),
        ("1E+22", "10000000000000000000000"),
        ("NaN", "nan"),
        ("1e400", "inf"),
    ],
)
def test_a_number_is_the_decimal_that_the_cell_shows(held: str, expected: str):
    for content in (
        xlsx_with_cells(f'<c r="{{}}"><v>{held}</v></c>'),
        ods_with_cells(f'<table:table-cell office:value-type="float" office:value="{held}"/>'),
    ):
        (row,) = read(content).rows
        assert row.draft.value == expected


def test_a_percentage_is_read_as_it_is_shown_not_as_its_hundredth():
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as workbook:
        page = workbook.add_worksheet()
        page.write_row(0, 0, HEADINGS)
        for number, pattern in enumerate(["0%", "0.00%", '0.0"%"', "0.0 %"], 1):
            page.write_row(number, 0, [f"SOB-{number}", 2025])
            page.write_number(number, 2, 0.256, workbook.add_format({"num_format": pattern}))
    assert [row.draft.value for row in read(made.getvalue()).rows] == ["25,6 %", "25,6 %", "0,256", "25,6 %"]
    share = (
        '<table:table-cell office:value-type="percentage" office:value="0.07"><text:p>7%</text:p></table:table-cell>'
    )
    assert read(ods_with_cells(share)).rows[0].draft.value == "7 %"


def test_what_is_no_number_is_refused_at_its_cell():
    parsed = read(
        xlsx_with_cells(
            '<c r="{}" t="e"><v>#DIV/0!</v></c>',
            '<c r="{}" t="b"><v>1</v></c>',
            '<c r="{}" t="d"><v>2025-01-31</v></c>',
            '<c r="{}"><f>1+1</f></c>',
        )
    )
    expected = [
        ("C2", ProblemCode.CELL_IS_ERROR),
        ("C3", ProblemCode.CELL_IS_BOOLEAN),
        ("C4", ProblemCode.CELL_IS_DATE),
        ("C5", ProblemCode.CELL_NOT_COMPUTED),
    ]
    assert [(where(problem), problem.problem.code) for problem in parsed.problems] == expected
    assert not parsed.rows
    parsed = read(
        ods_with_cells(
            '<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error">'
            "<text:p>#DIV/0!</text:p></table:table-cell>",
            '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>',
            '<table:table-cell office:value-type="date" office:date-value="2025-01-31"/>',
            '<table:table-cell table:formula="of:=1+1"/>',
        )
    )
    assert [(where(problem), problem.problem.code) for problem in parsed.problems] == expected


def test_a_date_made_by_a_spreadsheet_out_of_a_number_is_refused_at_its_cell():
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as workbook:
        page = workbook.add_worksheet()
        page.write_row(0, 0, HEADINGS)
        page.write_row(1, 0, ["SOB-01", 2025])
        page.write_number(1, 2, 45_000, workbook.add_format({"num_format": "dd/mm/yyyy"}))
    (problem,) = read(made.getvalue()).problems
    assert (where(problem), problem.problem.code) == ("C2", ProblemCode.CELL_IS_DATE)


def test_a_formula_counts_for_the_value_that_it_showed():
    assert read(xlsx_with_cells('<c r="{}"><f>2*2.7</f><v>5.4</v></c>')).rows[0].draft.value == "5,4"
    cell = '<table:table-cell table:formula="of:=2*2.7" office:value-type="float" office:value="5.4"/>'
    assert read(ods_with_cells(cell)).rows[0].draft.value == "5,4"


@pytest.mark.parametrize("year", [0, 3.2e20, 1899, 2025.5, "deux mille"])
def test_a_year_out_of_range_is_refused_at_its_cell(year: object):
    (problem,) = read(xlsx([HEADINGS, ["SOB-01", year, 5]])).problems
    assert (where(problem), problem.problem.code) == ("B2", ProblemCode.YEAR_OUT_OF_RANGE)


def test_texts_pass_as_typed():
    typed = ["1 234,5", "12 %", "−25", "1.234,5", "1,234", "1.234"]
    parsed = read(xlsx([HEADINGS, *([f"SOB-{n}", 2025, text] for n, text in enumerate(typed))]))
    assert [row.draft.value for row in parsed.rows] == typed


def test_lines_spaces_and_tabs_of_a_text_are_kept_as_libreoffice_writes_them():
    cell = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>Une note</text:p></office:annotation>'
        '<text:p>a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d</text:p><text:p/><text:p>é'
        "<text:span>f</text:span></text:p></table:table-cell>"
    )
    row = ods_row(*ods_text("SOB-01", "2025", "5", "", ""), cell)
    assert read(ods(ods_table(row))).rows[0].draft.comment == "a  b\tc\nd\n\néf"


def test_repeated_cells_and_rows_are_as_many_and_the_empty_rest_of_a_sheet_is_nothing():
    table = ods_table(
        ods_row(EMPTY_ROW, repeated=3),
        ods_row(*ods_text("SOB-01", "2025", "5"), EMPTY_ROW.replace("16384", "16381")),
        ods_row(EMPTY_ROW, repeated=1_048_571),
    )
    (row,) = read(ods(table)).rows
    assert row.place == Place("Saisie", 5)


def test_a_styled_but_empty_cell_at_the_end_of_a_sheet_is_nothing():
    parsed = read(xlsx_with_cells('<c r="{}"><v>5</v></c>', rest='<row r="1048576"><c r="XFD1048576" s="0"/></row>'))
    assert len(parsed.rows) == 1


def test_sheets_without_headings_are_left_aside_and_all_the_others_are_read():
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as workbook:
        workbook.add_worksheet("Notes").write_row(0, 0, ["Bonjour", "à tous"])
        for name, value in (("Un", 5), ("Deux", 6)):
            page = workbook.add_worksheet(name)
            page.write(0, 0, "Titre")
            page.write_row(2, 0, HEADINGS)
            page.write_row(3, 0, ["SOB-01", 2025, value])
    parsed = read(made.getvalue())
    assert parsed.detail["ignored_sheets"] == ("Notes",)
    assert [(problem.place, problem.problem.values.get("sheet")) for problem in parsed.problems] == [
        (Place("Un", 4), "Deux"),
        (Place("Deux", 4), "Un"),
    ]
    assert {problem.problem.code for problem in parsed.problems} == {ProblemCode.ROW_TWICE_ELSEWHERE}


def test_a_workbook_without_any_heading_says_which_is_missing():
    assert read(xlsx([["a", "b"]])).problems[0].problem.code is ProblemCode.HEADING_MISSING


def test_too_many_sheets_are_refused():
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as workbook:
        for _ in range(41):
            workbook.add_worksheet()
    assert refusal(made.getvalue()) is ProblemCode.FILE_TOO_MANY_SHEETS
