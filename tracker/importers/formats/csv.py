"""Reads CSV as French offices save it: UTF-8, Windows-1252 or UTF-16, with semicolons, commas or tabs."""

import csv
import io
from collections.abc import Callable, Sequence

from tracker.domain.drafts import ImportProblem, Place
from tracker.domain.errors import Invalid, Problem, ProblemCode
from tracker.domain.texts import without_guard
from tracker.importers import encodings
from tracker.importers.archives import COMPOUND_SIGNATURE, SIGNATURES
from tracker.importers.grid import (
    LONGEST_FIELD,
    Book,
    Cell,
    File,
    Grid,
    cell_too_long,
    check_column,
    check_row,
    check_size,
    long_cells,
    refused,
)
from tracker.labels.columns import field_of

NAME = "csv"
DELIMITERS = ";,\t"
_SNIFFED_LINES, _SNIFFED_CHARACTERS = 20, 50_000


def recognises(file: File) -> bool:
    """Take any file that is not an archive."""
    return not file.is_archive


def read(file: File) -> Book:
    """Give the one sheet of a CSV, which has no name.

    Raises:
        Invalid: for a file that is not text, or has too many rows or columns.
    """
    text, encoding = decoded(file.content)
    return book(text, encoding, _delimiter(text))


def book(text: str, encoding: str, delimiter: str) -> Book:
    """Give the one sheet of a text whose ``delimiter`` is known.

    Raises:
        Invalid: when it has too many rows or columns.
    """
    detail = {"encoding": encoding, "delimiter": delimiter}
    rows: list[list[Cell]] = []
    try:
        csv.field_size_limit(LONGEST_FIELD)
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            rows.append([without_guard(cell) for cell in row])
            if any(row):
                check_row(len(rows))
                check_column(max(place for place, cell in enumerate(row, 1) if cell))
    except csv.Error as error:
        return Book(problems=(ImportProblem(Place("", len(rows) + 1), _unreadable(error)),), detail=detail)
    grid = Grid("", rows)
    return Book((grid,), long_cells(grid), detail)


def table(content: bytes, delimiters: str, is_heading: Callable[[str], bool]) -> Sequence[Sequence[str]]:
    """Give the lines of a table that we know the headings of; of ``delimiters`` the one that makes out the most counts.

    Raises:
        Invalid: for a file that is empty, too heavy or no text, or a line that cannot be read.
    """
    check_size(content)
    if content.startswith((*SIGNATURES, COMPOUND_SIGNATURE, b"%PDF-")):
        raise refused(ProblemCode.FILE_NOT_A_TABLE)
    text = decoded(content)[0]
    first = text.split("\n", 1)[0]
    delimiter = max(delimiters, key=lambda mark: sum(map(is_heading, first.split(mark))))
    try:
        csv.field_size_limit(LONGEST_FIELD)
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        found = [[without_guard(cell) for cell in line] for line in lines]
    except csv.Error as error:
        raise Invalid(_unreadable(error)) from None
    check_row(len(found))
    return found


def decoded(content: bytes) -> tuple[str, str]:
    """Give the text, and the encoding it was found to have.

    Raises:
        Invalid: for bytes that are no text.
    """
    for encoding in encodings.likely(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise refused(ProblemCode.FILE_NOT_TEXT)
        return text, encoding
    raise refused(ProblemCode.FILE_NOT_TEXT)


def _delimiter(text: str) -> str:
    """Choose the delimiter that makes out the most headings in one of the first lines, else the most cells."""
    lines = text[:_SNIFFED_CHARACTERS].splitlines()[:_SNIFFED_LINES]

    def known(delimiter: str) -> tuple[int, int]:
        headings = max((sum(field_of(cell) is not None for cell in line.split(delimiter)) for line in lines), default=0)
        return headings, max((line.count(delimiter) for line in lines[:1]), default=0)

    return max(DELIMITERS, key=known)


def _unreadable(error: csv.Error) -> Problem:
    return cell_too_long() if "field larger" in str(error) else Problem("row", ProblemCode.QUOTE_UNCLOSED)
