"""Reads the values of a workbook that was found sound, and lays the corrections of its scan over them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, load_workbook

from tracker.domain.errors import ProblemCode
from tracker.importers.grid import (
    MAX_SHEETS,
    Book,
    Cell,
    Grid,
    Odd,
    OddKind,
    Position,
    check_text,
    long_cells,
    number_text,
    refused,
)
from tracker.importers.unpacking import repacked

Corrections = Mapping[Position, Cell]
_Value = int | float | str | bool | date | datetime | time | timedelta


def read(parts: Mapping[str, bytes], corrections: Mapping[str, Corrections]) -> Book:
    """Read every sheet of the workbook made of ``parts``, with the ``corrections`` of each sheet by its name.

    Raises:
        Invalid: when it cannot be read, or holds more sheets or text than an officer's file does.
    """
    try:
        with load_workbook(BytesIO(repacked(parts))) as workbook:
            return _book(workbook, corrections)
    except CalamineError:
        raise refused(ProblemCode.FILE_DAMAGED) from None


def _book(workbook: CalamineWorkbook, corrections: Mapping[str, Corrections]) -> Book:
    names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    if len(names) > MAX_SHEETS:
        raise refused(ProblemCode.FILE_TOO_MANY_SHEETS, limit=MAX_SHEETS)
    grids, size = [], 0
    for name in names:
        rows = []
        for values in workbook.get_sheet_by_name(name).to_python(skip_empty_area=False):
            rows.append([_cell(value) for value in values])
            size += sum(len(cell) for cell in rows[-1] if isinstance(cell, str))
            check_text(size)
        grids.append(Grid(name, _corrected(rows, corrections.get(name, {}))))
    problems = tuple(problem for grid in grids for problem in long_cells(grid))
    return Book(tuple(grids), problems, {"sheets": tuple(names)})


def _cell(value: _Value) -> Cell:
    match value:
        case str():
            return value
        case bool():
            return Odd(OddKind.BOOLEAN, "VRAI" if value else "FAUX")
        case int() | float():
            return number_text(float(value))
        case date() | time():
            return Odd(OddKind.DATE, value.isoformat())
        case _:
            return Odd(OddKind.DATE, str(value))


def _corrected(rows: list[list[Cell]], corrections: Corrections) -> Sequence[Sequence[Cell]]:
    for (row, column), cell in corrections.items():
        rows += [[] for _ in range(row - len(rows))]
        cells = rows[row - 1]
        cells += [""] * (column - len(cells))
        cells[column - 1] = cell
    return rows
