"""Rows of a table as JSON, its numbers written digit for digit: 5.40 stays 5.4, 0.1 stays 0.1, nothing is rounded.

JSON sets no limit to the digits of a number; Python's own writer would make a float of a decimal first.
"""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tracker.domain.numbers import plain_text
from tracker.exports.tabular import Cell, Column, DataTable


def rows(table: DataTable) -> bytes:
    """Write every row as an object, in a list, one a line; missing is null, a day is ISO."""
    written = ",\n".join(_object(table.columns, row) for row in table.rows)
    return f"[{written}]\n".encode()


def one_row(table: DataTable) -> bytes:
    """Write the first row as an object."""
    return f"{_object(table.columns, table.rows[0])}\n".encode()


def _object(columns: Sequence[Column], row: Sequence[Cell]) -> str:
    told = (f"{json.dumps(column.name)}: {_value(cell)}" for column, cell in zip(columns, row, strict=True))
    return "{" + ", ".join(told) + "}"


def _value(cell: Cell) -> str:
    match cell:
        case Decimal():
            return plain_text(cell)
        case date():
            return f'"{cell.isoformat()}"'
        case _:
            return json.dumps(cell, ensure_ascii=False)
