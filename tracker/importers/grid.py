"""A file as sheets of cells: plain texts, and what no text can say (a date, an error, yes or no)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from math import isfinite

from tracker.domain.drafts import ImportProblem, Place
from tracker.domain.errors import AnyProblem, Invalid, Problem, ProblemCode
from tracker.domain.numbers import typed_text
from tracker.labels import number

MAX_BYTES = 5 * 1024 * 1024
MAX_SHEETS = 40
MAX_ROWS = 10_000
MAX_COLUMNS = 120
MAX_CELLS = 500_000  # of all sheets, each taken as a full rectangle
MAX_CELL = 32_767  # characters, as in Excel
LONGEST_FIELD = 131_072  # characters that are read of a cell of a CSV before it is refused; set, as others may lift it
_MILLION = 1_000_000
MAX_TEXT = 20 * _MILLION  # characters in all cells: one long text may be repeated by each of them
_EXACT = 10**15  # under it, every whole number has a float of its own
_SPREADSHEET_DIGITS = 15  # what spreadsheets keep of a number; a float has noise after them


class OddKind(StrEnum):
    """What a cell may hold that is neither a text nor a number."""

    DATE = "date"
    ERROR = "error"
    BOOLEAN = "boolean"
    UNCOMPUTED = "uncomputed"


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that is not a text nor a number, with what it shows."""

    kind: OddKind
    text: str


Cell = str | Odd
Position = tuple[int, int]
"""A row and a column, both from 1."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: its rows in order, the first one being row 1."""

    name: str
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Book:
    """What a file holds, or the ``problems`` that keep it from being read."""

    grids: tuple[Grid, ...] = ()
    problems: tuple[ImportProblem, ...] = ()
    detail: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class File:
    """What was sent: its bytes and, for an archive that was found sound, its XML parts by name."""

    content: bytes
    parts: Mapping[str, bytes] = field(default_factory=dict)
    is_archive: bool = False


def refused(code: AnyProblem, limit: int | None = None, **values: object) -> Invalid:
    """Make the refusal of a whole file, with the limit that it passes."""
    said = {} if limit is None else {"limit": number(Decimal(limit))}
    return Invalid(Problem("file", code, {**said, **values}))


def number_text(held: float) -> str:
    """Give the number of a cell as it is typed: ``5,4``, without exponent, nor the noise of binary."""
    if held.is_integer() and abs(held) < _EXACT:
        return str(int(held))
    return typed_text(_exact(held)) if isfinite(held) else str(held)


def share_text(written: str) -> str | None:
    """Give the number of a cell formatted as a percentage as it is shown, « 12,5 % »; None for what is no number."""
    try:
        held = float(written)
    except ValueError:
        return None
    return f"{typed_text(_exact(held) * 100)} %" if isfinite(held) else None


def _exact(held: float) -> Decimal:
    return Decimal(format(held, f".{_SPREADSHEET_DIGITS}g"))


def check_row(row: int) -> None:
    """Refuse a file that has something below the last row it may have."""
    if row > MAX_ROWS:
        raise refused(ProblemCode.FILE_TOO_MANY_ROWS, limit=MAX_ROWS)


def check_column(column: int) -> None:
    """Refuse a file that has something to the right of the last column it may have."""
    if column > MAX_COLUMNS:
        raise refused(ProblemCode.FILE_TOO_MANY_COLUMNS, limit=MAX_COLUMNS)


def check_area(cells: int) -> None:
    """Refuse a file whose sheets, taken as full rectangles, have too many cells."""
    if cells > MAX_CELLS:
        raise refused(ProblemCode.FILE_TOO_MANY_CELLS, limit=MAX_CELLS)


def check_text(characters: int) -> None:
    """Refuse a file whose cells have too much text in all: a few bytes can stand for much."""
    if characters > MAX_TEXT:
        raise refused(ProblemCode.FILE_TOO_MUCH_TEXT, limit=MAX_TEXT // _MILLION)


def letter(column: int) -> str:
    """Give the letter of a column counted from 1: A, Z, AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_too_long() -> Problem:
    """Say that a cell is longer than a spreadsheet can hold."""
    return Problem("cell", ProblemCode.CELL_TOO_LONG, {"limit": number(Decimal(MAX_CELL))})


def long_cells(grid: Grid) -> tuple[ImportProblem, ...]:
    """Give a problem at each cell that is longer than a spreadsheet can hold."""
    return tuple(
        ImportProblem(Place(grid.name, row, letter(column)), cell_too_long())
        for row, cells in enumerate(grid.rows, 1)
        for column, cell in enumerate(cells, 1)
        if isinstance(cell, str) and len(cell) > MAX_CELL
    )


def check_size(content: bytes) -> None:
    """Refuse what is empty or too heavy before anything looks inside.

    Raises:
        Invalid: for such a content.
    """
    if not content.strip():
        raise refused(ProblemCode.FILE_EMPTY)
    if len(content) > MAX_BYTES:
        raise refused(ProblemCode.FILE_TOO_BIG, limit=MAX_BYTES // (1024 * 1024))
