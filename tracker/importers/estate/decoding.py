"""The text of an inventory, read as it comes: a file of tens of megabytes is never held twice in memory."""

import codecs
import csv
from collections.abc import Iterator, Sequence
from io import BytesIO, TextIOWrapper

from tracker.domain.errors import ProblemCode
from tracker.importers import encodings
from tracker.importers.estate.headings import column_of
from tracker.importers.grid import LONGEST_FIELD, refused

DELIMITERS = ";,\t"
HEADING_REACH = 20
"""Rows among which the headings are looked for."""
_SNIFFED_BYTES = 200_000
_CHUNK = 1 << 20


def encoding_of(content: bytes) -> str:
    """Tell how a file is encoded: by its mark, else UTF-8 if all of it is, else Windows-1252.

    Raises:
        Invalid: for bytes that are no text.
    """
    tried = encodings.likely(content)
    if "utf-16" not in tried and b"\0" in content:
        raise refused(ProblemCode.FILE_NOT_TEXT)
    found = next((encoding for encoding in tried if _decodes(content, encoding)), None)
    if found is None:
        raise refused(ProblemCode.FILE_NOT_TEXT)
    return found


def delimiter_of(content: bytes, encoding: str) -> str:
    """Choose the delimiter that makes out the most headings in one of the first rows."""
    start = content[:_SNIFFED_BYTES].decode(encoding, errors="ignore")

    def known(delimiter: str) -> int:
        most = 0
        try:
            for rank, row in enumerate(csv.reader(start.splitlines(keepends=True), delimiter=delimiter)):
                if rank >= HEADING_REACH:
                    break
                most = max(most, known_columns(row))
        except csv.Error:
            pass
        return most

    return max(DELIMITERS, key=known)


def known_columns(row: Sequence[str]) -> int:
    """Count the columns of an inventory that the cells of a row name."""
    return len({found[0] for cell in row if (found := column_of(cell)) is not None})


def rows(content: bytes, encoding: str, delimiter: str) -> Iterator[list[str]]:
    """Give the rows one by one.

    Raises:
        csv.Error: for quotes that are not closed, or a cell that is longer than a spreadsheet takes.
    """
    with TextIOWrapper(BytesIO(content), encoding=encoding, newline="") as stream:
        csv.field_size_limit(LONGEST_FIELD)
        yield from csv.reader(stream, delimiter=delimiter, strict=True)


def _decodes(content: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    view = memoryview(content)
    try:
        for start in range(0, len(view), _CHUNK):
            decoder.decode(view[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
