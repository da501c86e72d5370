"""What the application exports, it imports back unchanged, in its three formats."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.unit.sheets.strategies import HOSTILE, found, lines, said
from tracker.domain.vocabulary import Absence, Quality
from tracker.exports.measurements import Line, Sheet, csv_file, ods_file, xlsx_file
from tracker.importers import child
from tracker.importers.measurements import parse
from tracker.labels import speaking

FORMATS = {
    "csv": lambda sheet: csv_file(sheet.lines),
    "xlsx": xlsx_file,
    "ods": ods_file,
}
LINES_A_FILE = 25
unhurried = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
)
WORKED = tuple(
    Line(
        code="",
        name="Âge des postes",
        unit="ans",
        year=2025,
        value=Decimal(-25) if rank % 2 else Decimal("123456789012345.123456"),
        numerator=Decimal("1.234"),
        denominator=Decimal("0.000001"),
        quality=Quality.ESTIMATED,
        coverage=Decimal(100),
        source=text,
        comment=text,
        revision=rank,
        has_terms=True,
    )
    for rank, text in enumerate(HOSTILE)
)


def numbered(drawn: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(replace(line, code=f"SOB-{number:02}") for number, line in enumerate(drawn, 1))


def check(name: str, write: Callable[[Sheet], bytes], drawn: Sequence[Line]) -> None:
    kept = numbered(drawn)
    parsed = parse(write(Sheet("Ville", 2025, "", kept)), name)
    assert not parsed.problems
    assert parsed.format == name
    filled = [line for line in kept if line.value is not None or line.absence or line.revision]
    assert [found(row) for row in parsed.rows] == [said(line) for line in filled]
    if name != "csv":
        assert [row.seen for row in parsed.rows] == [line.revision for line in filled]
        assert [parsed.place_of(row, "value").row for row in parsed.rows] == [4 + kept.index(line) for line in filled]


@settings(unhurried, max_examples=1_000)
@example(WORKED)
@given(st.lists(lines(), min_size=1, max_size=3))
def test_a_thousand_csv_files_come_back_as_they_were(drawn: Sequence[Line]):
    check("csv", FORMATS["csv"], drawn)


@pytest.mark.parametrize("name", ["xlsx", "ods"])
@settings(unhurried, max_examples=40)
@example(WORKED)
@given(drawn=st.lists(lines(), min_size=LINES_A_FILE, max_size=LINES_A_FILE))
def test_a_thousand_lines_of_workbooks_come_back_as_they_were(name: str, drawn: Sequence[Line]):
    check(name, FORMATS[name], drawn)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", FORMATS)
def test_the_child_reads_the_same_in_both_languages(name: str, language: str):
    kept = numbered((*WORKED, replace(WORKED[0], value=None, quality=None, absence=Absence.NOT_MEASURED)))
    with speaking(language):
        content = FORMATS[name](Sheet("Ville de « l'Été »", 2025, "Zoé", kept))
        parsed = child.read(content, f"mesures.{name}")
        assert parsed == parse(content, f"mesures.{name}")
    assert [found(row) for row in parsed.rows] == [said(line) for line in kept]
    assert not parsed.problems


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_values_make_the_same_bytes(name: str):
    sheet = Sheet("Ville", 2025, "Zoé", numbered(WORKED))
    assert FORMATS[name](sheet) == FORMATS[name](sheet)


@pytest.mark.parametrize("name", FORMATS)
def test_five_thousand_rows_are_read_by_the_child(name: str):
    line = Line(code="", name="Âge", unit="ans", year=2025, value=Decimal("5.4"), comment="Au 31/12", revision=1)
    kept = numbered([line] * 5_000)
    parsed = child.read(FORMATS[name](Sheet("Ville", 2025, "", kept)), name)
    assert len(parsed.rows) == 5_000


def test_a_workbook_without_any_line_has_nothing_to_say():
    for name in ("xlsx", "ods"):
        parsed = parse(FORMATS[name](Sheet("Ville", None, "", ())), name)
        assert not parsed.rows
        assert not parsed.problems
