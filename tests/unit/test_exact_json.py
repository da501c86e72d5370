"""JSON for programs: the digits that were stored are the digits that are written."""

import json
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tracker.exports.exact_json import one_row, rows
from tracker.exports.tabular import Column, DataTable

COLUMNS = (
    Column("nombre", "number", ""),
    Column("jour", "date", ""),
    Column("texte", "string", ""),
    Column("oui", "boolean", ""),
)


def table(*cells: tuple[Decimal | None, date | None, str | None, bool | None]) -> DataTable:
    return DataTable("t", "", COLUMNS, cells)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**21), max_value=10**21))
def test_a_number_comes_back_digit_for_digit(number: Decimal):
    [row] = json.loads(rows(table((number, None, None, None))), parse_float=Decimal, parse_int=Decimal)
    assert row["nombre"] == number
    assert isinstance(row["nombre"], Decimal)


@given(st.text(), st.booleans(), st.dates())
def test_what_is_no_number_comes_back_as_it_was(words: str, is_so: bool, day: date):
    cells = (None, day, words.encode("utf-8", "replace").decode(), is_so)
    assert json.loads(one_row(table(cells))) == {
        "nombre": None,
        "jour": day.isoformat(),
        "texte": cells[2],
        "oui": is_so,
    }


def test_a_table_without_rows_is_an_empty_list_and_a_number_has_neither_exponent_nor_quotes():
    assert rows(table()) == b"[]\n"
    written = rows(table((Decimal("1E+3"), None, None, None), (Decimal("0.10"), None, None, None)))
    assert b'"nombre": 1000,' in written
    assert b'"nombre": 0.1,' in written
