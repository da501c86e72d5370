"""Reads ODS: measured by a scan of its content, which also finds the errors, percentages and texts on several lines."""

from tracker.domain.errors import ProblemCode
from tracker.importers import values
from tracker.importers.grid import (
    MAX_CELL,
    Book,
    Cell,
    File,
    Odd,
    OddKind,
    Position,
    check_area,
    check_column,
    check_row,
    check_text,
    refused,
    share_text,
)
from tracker.importers.scanning import Attributes, check_tags, local, scan

NAME = "ods"
_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_CELLS = {"table-cell", "covered-table-cell"}
_SAID = {"value-type", "value", "string-value", "date-value", "time-value", "boolean-value", "formula"}
_FAR = 2_000_000  # farther than any row or column that a spreadsheet has
_PLAIN_ERRORS = ("#", "Err:")


def recognises(file: File) -> bool:
    """Tell whether the archive says that it is a spreadsheet of LibreOffice; one with a password is refused."""
    if b"encryption-data" in file.parts.get(_MANIFEST, b""):
        raise refused(ProblemCode.FILE_ENCRYPTED)
    return file.parts.get("mimetype", b"").strip() == _TYPE and _CONTENT in file.parts


def read(file: File) -> Book:
    """Give the sheets of a workbook.

    Raises:
        Invalid: when it is damaged, or larger than an officer's file.
    """
    parts = {name: file.parts[name] for name in ("mimetype", _CONTENT, _MANIFEST) if name in file.parts}
    check_tags([parts[_CONTENT]])
    content = _Content()
    scan(parts[_CONTENT], content.start, content.end, content.characters)
    if _MANIFEST in parts:
        scan(parts[_MANIFEST])
    return values.read(parts, content.corrections)


class _Content:
    """Follows the tables: how far their cells go, and which ones a reader of values would get wrong."""

    def __init__(self) -> None:
        self.corrections: dict[str, dict[Position, Cell]] = {}
        self._table: dict[Position, Cell] = {}
        self._row = self._column = self._rows = self._columns = 0
        self._cell: Attributes | None = None
        self._said: dict[str, str] = {}
        self._pieces: list[str] = []
        self._has_line = False
        self._is_mended = False
        self._depth_of_note = 0
        self._is_in_line = 0
        self._size = self._area = self._last_row = self._last_column = 0

    def start(self, name: str, attributes: Attributes) -> None:
        tag = local(name)
        if self._depth_of_note or tag == "annotation":
            self._depth_of_note += 1
        elif tag == "table" and self._cell is None:
            self._table = self.corrections.setdefault(attributes.get("table:name", ""), {})
            self._row = self._rows = self._last_row = self._last_column = 0
        elif tag == "table-row":
            self._row += self._rows
            self._rows = _repeated(attributes, "number-rows-repeated")
            self._column = self._columns = 0
        elif tag in _CELLS:
            self._column += self._columns
            self._columns = _repeated(attributes, "number-columns-repeated")
            self._cell, self._pieces, self._has_line, self._is_mended = attributes, [], False, False
            self._said = {local(key): value for key, value in attributes.items() if local(key) in _SAID}
        elif self._cell is not None:
            self._text(tag, attributes)

    def characters(self, text: str) -> None:
        if self._is_in_line and not self._depth_of_note:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        tag = local(name)
        if self._depth_of_note:
            self._depth_of_note -= 1
        elif tag == "p" and self._is_in_line:
            self._is_in_line -= 1
        elif tag in _CELLS and self._cell is not None:
            if self._said or any(piece != "\n" for piece in self._pieces):
                self._last_row = max(self._last_row, self._row + self._rows)
                self._last_column = max(self._last_column, self._column + self._columns)
                check_row(self._last_row)
                check_column(self._last_column)
                self._weigh(sum(map(len, self._pieces)) * self._rows * self._columns)
                self._correct()
            self._cell = None
        elif tag == "table" and self._cell is None:
            self._area += self._last_row * self._last_column
            check_area(self._area)

    def _text(self, tag: str, attributes: Attributes) -> None:
        """Gather the text of a cell; a tab and a line break are lost by the reader of values."""
        if tag == "p":
            self._is_in_line += 1
            self._pieces += ["\n"] if self._has_line else []
            self._has_line = True
        elif self._is_in_line and tag == "s":
            spaces = _repeated(attributes, "c")
            self._weigh(spaces)
            self._pieces.append(" " * min(spaces, MAX_CELL + 1))
        elif self._is_in_line and tag in {"tab", "line-break"}:
            self._pieces.append("\t" if tag == "tab" else "\n")
            self._is_mended = True

    def _weigh(self, characters: int) -> None:
        self._size += characters
        check_text(self._size)

    def _correct(self) -> None:
        cell = self._reading()
        if cell is not None:
            for row in range(self._row + 1, self._row + self._rows + 1):
                for column in range(self._column + 1, self._column + self._columns + 1):
                    self._table[row, column] = cell

    def _reading(self) -> Cell | None:
        shown = "".join(self._pieces)
        kind = self._said.get("value-type", "")
        is_error = (self._cell or {}).get("calcext:value-type") == "error"
        if is_error or ("formula" in self._said and shown.startswith(_PLAIN_ERRORS)):
            return Odd(OddKind.ERROR, shown)
        if "formula" in self._said and not shown and not self._said.keys() - {"formula", "value-type"}:
            return Odd(OddKind.UNCOMPUTED, "")
        if kind == "percentage":
            return share_text(self._said.get("value", ""))
        is_text = kind in {"", "string"} and "string-value" not in self._said
        return shown if is_text and (self._is_mended or not kind) else None


def _repeated(attributes: Attributes, wanted: str) -> int:
    """Read a count of repetitions, 1 where there is none; one without end is far enough to be refused."""
    found = next((value for key, value in attributes.items() if local(key) == wanted), "1")
    if not (found.isascii() and found.isdigit()):
        raise refused(ProblemCode.FILE_DAMAGED)
    return int(found) if len(found) < 8 else _FAR
