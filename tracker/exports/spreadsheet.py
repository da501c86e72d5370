"""Tables as a French spreadsheet opens them: UTF-8 with its mark, semicolons, comma decimals, nothing executable."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from tracker.domain.numbers import plain_text
from tracker.domain.texts import inert

Cell = str | int | Decimal | date | None


def write(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write a table: missing is empty, a date is ISO, a number stays a number, a text never runs as a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return plain_text(cell).replace(".", ",")
    if isinstance(cell, str):
        return inert(cell)
    return str(cell)
