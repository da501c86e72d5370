"""A table for programs: typed columns and rows, written as CSV, given as JSON, described by a Table Schema."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from tracker.domain.numbers import plain_text
from tracker.domain.texts import inert
from tracker.labels import text, word

Cell = str | int | bool | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, which does not change with the language, its type of Table Schema, what it holds.

    ``words`` is the list that its cells are words of, in French. A cell of a column that is required is never empty.
    """

    name: str
    kind: str
    meaning: str
    words: type[StrEnum] | None = None
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns whose cells, where they are filled, are the key of a row of the table of that name."""

    columns: tuple[str, ...]
    table: str


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table: its name, which names a file and a sheet, what it holds, its columns, and a row a record.

    ``key`` are the columns that tell a row from any other, ``references`` those that point at another table.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()


def csv_file(table: DataTable) -> bytes:
    """Write ``table``: UTF-8, commas, decimal points, ISO dates; missing is empty, a text never runs as a formula."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([_cell(cell) for cell in row] for row in table.rows)
    return written.getvalue().encode()


def schema(table: DataTable) -> dict[str, Any]:
    """Describe ``table`` as a Table Schema, its meanings in the language being spoken."""
    told: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.key:
        told["primaryKey"] = list(table.key)
    return told


def records(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> list[dict[str, Any]]:
    """Give each row as JSON holds it, by its columns: a decimal as the text of its digits, a day as ISO."""
    return [{column.name: _plain(cell) for column, cell in zip(columns, row, strict=True)} for row in rows]


def _field(column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {"name": column.name, "type": column.kind, "description": text(column.meaning)}
    constraints: dict[str, Any] = {}
    if column.words is not None:
        constraints["enum"] = [word(code) for code in column.words]
    if column.is_required:
        constraints["required"] = True
    if constraints:
        told["constraints"] = constraints
    return told


def _cell(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case Decimal():
            return plain_text(cell)
        case str():
            return inert(cell)
        case _:
            return str(cell)


def _plain(cell: Cell) -> Any:
    match cell:
        case Decimal():
            return plain_text(cell)
        case date():
            return cell.isoformat()
        case _:
            return cell
