"""Tables as a French spreadsheet opens them: UTF-8 with its mark, semicolons, comma decimals, nothing executable."""

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice

from tracker.domain.numbers import plain_text
from tracker.domain.texts import inert

Cell = str | int | Decimal | date | None
AT_ONCE = 500


def write(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write a table: missing is empty, a date is ISO, a number stays a number, a text never runs as a formula."""
    return b"".join(stream(headings, rows))


def stream(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Write the same table a few hundred rows at a time, for one that is too long to be held."""
    yield BOM_UTF8 + _written([headings])
    rest = iter(rows)
    while some := list(islice(rest, AT_ONCE)):
        yield _written(some)


def _written(rows: Iterable[Sequence[Cell]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return plain_text(cell).replace(".", ",")
    if isinstance(cell, str):
        return inert(cell)
    return str(cell)
