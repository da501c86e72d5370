"""Makes drafts of the rows of an inventory: whoever may be named is dropped before anything is kept."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.equipment_faults import LONGEST_WARRANTY_MONTHS, MOST_PIECES
from tracker.domain.equipment_words import compared
from tracker.domain.errors import AnyProblem, Invalid, Problem, ProblemCode
from tracker.domain.estate import EquipmentOrigin
from tracker.domain.inventories import (
    EARLIEST,
    CellProblem,
    DateOrder,
    InventoryColumn,
    InventoryDraft,
    InventoryScope,
    RefusedRow,
    Understood,
)
from tracker.domain.texts import tidy
from tracker.importers.estate import decoding, headings
from tracker.importers.estate.dates import Days, Evidence
from tracker.importers.estate.headings import Headings
from tracker.importers.estate.words import KIND_WORDS, KINDS, ORIGINS
from tracker.importers.grid import cell_too_long, letter, refused

MAX_BYTES = 64 * 1024 * 1024
MAX_ROWS = 250_000
MAX_COLUMNS = 250
_FEWEST_HEADINGS = 2
_LENGTHS = {
    InventoryColumn.IDENTIFIER: 60,
    InventoryColumn.NUMBER: 80,
    InventoryColumn.KIND: 80,
    InventoryColumn.TYPE: 200,
    InventoryColumn.STATE: 200,
    InventoryColumn.DEPARTMENT: 200,
    InventoryColumn.MAKER: 120,
    InventoryColumn.MODEL: 200,
}
"""The letters that each text may have: those that are kept of it."""
_DAYS = (
    InventoryColumn.ORDERED,
    InventoryColumn.PURCHASED,
    InventoryColumn.DELIVERED,
    InventoryColumn.STARTED,
    InventoryColumn.RETIRED,
)
_LIFELONG = frozenset({"-1", "a vie", "lifelong", "illimitee"})
_NO_NUMBER = frozenset({"", "-", "n/a"})
Row = InventoryDraft | RefusedRow


@dataclass(frozen=True, slots=True)
class _File:
    """A file of which the headings were found, in the row ``rank`` from 0."""

    content: bytes
    encoding: str
    delimiter: str
    rank: int
    headings: Headings

    def body(self) -> Iterator[tuple[int, list[str]]]:
        """Give the rows under the headings that have something in them, each with its number from 1.

        Raises:
            Invalid: where the file stops being a table.
        """
        number = 0
        try:
            for number, cells in enumerate(decoding.rows(self.content, self.encoding, self.delimiter), 1):
                if number > self.rank + 1 and any(cells):
                    if number > MAX_ROWS + self.rank + 1:
                        raise refused(ProblemCode.FILE_TOO_MANY_ROWS, limit=MAX_ROWS)
                    yield number, cells
        except csv.Error as error:
            if "field larger" in str(error):
                raise Invalid(cell_too_long()) from None
            raise Invalid(Problem("file", ProblemCode.ROW_QUOTE_UNCLOSED, {"row": number + 1})) from None


def parse(
    content: bytes, scope: InventoryScope, order: DateOrder | None, today: date
) -> tuple[Understood, Iterator[Row]]:
    """Read an inventory that lists ``scope``: what was understood of it, then its rows, as they are asked for.

    ``order`` is how its days are written, None to have the file tell. Call it through ``child.read``: nothing here
    keeps a hostile file from taking the memory of the process.

    Raises:
        Invalid: for what is no inventory, or does not tell the order of its days; while the rows are read too.
    """
    file = _opened(content)
    if not {InventoryColumn.IDENTIFIER, InventoryColumn.NUMBER} & set(file.headings.places):
        raise refused(ProblemCode.INVENTORY_WITHOUT_KEY)
    if next(file.body(), None) is None:
        raise refused(ProblemCode.INVENTORY_WITHOUT_ROW)
    order = order or _order(file)
    columns = {column: file.headings.heading(column) for column in InventoryColumn if column in file.headings.places}
    understood = Understood(
        file.encoding,
        file.delimiter,
        file.headings.language,
        columns,
        file.headings.ignored,
        file.headings.personal,
        order,
    )
    return understood, _Reader(file.headings, scope, order, today).rows(file)


def _opened(content: bytes) -> _File:
    encoding = decoding.encoding_of(content)
    delimiter = decoding.delimiter_of(content, encoding)
    first: list[list[str]] = []
    try:
        for row in decoding.rows(content, encoding, delimiter):
            first.append(row)
            if len(first) == decoding.HEADING_REACH:
                break
    except csv.Error:
        pass  # it is met again, and told, when the rows are read
    known = [decoding.known_columns(row) for row in first]
    most = max(known, default=0)
    if most < _FEWEST_HEADINGS:
        raise refused(ProblemCode.INVENTORY_NOT_READ)
    rank = known.index(most)
    if len(first[rank]) > MAX_COLUMNS:
        raise refused(ProblemCode.FILE_TOO_MANY_COLUMNS, limit=MAX_COLUMNS)
    return _File(content, encoding, delimiter, rank, headings.read(first[rank]))


def _order(file: _File) -> DateOrder | None:
    """Find the order of days and months in all the days of the file.

    Raises:
        Invalid: when some day is written with its year last, and nothing tells its order.
    """
    places = [file.headings.places[column] for column in _DAYS if column in file.headings.places]
    found = Evidence()
    for _, cells in file.body():
        for place in places:
            if place < len(cells) and cells[place]:
                found.add(cells[place])
    if len(found.tells) == 1:
        return next(iter(found.tells))
    if found.unsure:
        code = ProblemCode.DAY_ORDER_MIXED if found.tells else ProblemCode.DAY_ORDER_UNTOLD
        raise Invalid(Problem("order", code, {"text": found.unsure}))
    return DateOrder.DAY_FIRST if found.tells else None


class _Reader:
    """Reads the rows of one file."""

    def __init__(self, found: Headings, scope: InventoryScope, order: DateOrder | None, today: date) -> None:
        self._headings = found
        self._scope = scope
        self._days = Days(order)
        self._today = today
        self._keys: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        self._texts: dict[str, str] = {}
        self._problems: list[CellProblem] = []

    def rows(self, file: _File) -> Iterator[Row]:
        """Give each row as a draft, or why it is refused."""
        width = len(self._headings.written)
        for number, cells in file.body():
            cells.extend("" for _ in range(width - len(cells)))
            self._problems = []
            if any(cells[width:]):
                self._add(None, ProblemCode.ROW_TOO_WIDE)
                yield RefusedRow(number, "", tuple(self._problems))
                continue
            draft = self._draft(number, cells)
            if self._problems:
                yield RefusedRow(number, draft.key, tuple(self._problems))
            else:
                yield draft

    def _draft(self, number: int, cells: Sequence[str]) -> InventoryDraft:
        kind = self._text(cells, InventoryColumn.KIND) or KIND_WORDS.get(self._scope, "")
        key = self._key(cells, kind)
        first = self._keys.setdefault(key, number) if key else 0
        if not key:
            self._add(None, ProblemCode.ASSET_WITHOUT_KEY)
        elif first != number:
            column = InventoryColumn.IDENTIFIER if ":id:" in key else InventoryColumn.NUMBER
            self._add(column, ProblemCode.ASSET_TWICE, row=first)
        ordered, purchased, delivered, started, retired = (self._day(cells, column) for column in _DAYS)
        draft = InventoryDraft(
            number,
            key,
            self._text(cells, InventoryColumn.TYPE),
            kind,
            self._text(cells, InventoryColumn.STATE),
            self._text(cells, InventoryColumn.DEPARTMENT),
            self._text(cells, InventoryColumn.MAKER),
            self._text(cells, InventoryColumn.MODEL),
            self._number(cells, InventoryColumn.QUANTITY, 1, MOST_PIECES),
            self._origin(cells),
            self._number(cells, InventoryColumn.WARRANTY, 0, LONGEST_WARRANTY_MONTHS),
            ordered,
            purchased,
            delivered,
            started,
            retired,
            self._twin(cells, number),
        )
        start = draft.start
        if retired is not None and start is not None and retired < start:
            self._add(InventoryColumn.RETIRED, ProblemCode.ASSET_RETIRED_EARLY, end=retired, start=start)
        return draft

    def _key(self, cells: Sequence[str], kind: str) -> str:
        """Make the key of a row: its list, then its number in GLPI, else its inventory number; "" for neither."""
        listed: str = self._scope
        if self._scope is InventoryScope.EVERYTHING and InventoryColumn.KIND in self._headings.places:
            listed = KINDS.get(compared(kind)) or compared(kind).replace(":", " ")[:30]
        if identifier := "".join(self._text(cells, InventoryColumn.IDENTIFIER).split()):
            return f"{listed}:id:{identifier}"
        inventory_number = " ".join(self._text(cells, InventoryColumn.NUMBER).split())
        return f"{listed}:no:{inventory_number}" if inventory_number else ""

    def _twin(self, cells: Sequence[str], number: int) -> int:
        """Give the row that has the same inventory number under another identifier, 0 for none."""
        told = " ".join(self._text(cells, InventoryColumn.NUMBER).split())
        if not told or InventoryColumn.IDENTIFIER not in self._headings.places:
            return 0
        first = self._numbers.setdefault(told, number)
        return first if first != number else 0

    def _text(self, cells: Sequence[str], column: InventoryColumn) -> str:
        place = self._headings.places.get(column)
        written = "" if place is None else cells[place]
        if written.isascii() and written.isprintable():
            told = written.strip()
        elif (known := self._texts.get(written)) is not None:
            told = known
        else:
            told = self._texts[written] = tidy(" ".join(written.split()))
        if len(told) > _LENGTHS[column]:
            self._add(column, ProblemCode.TOO_LONG, limit=_LENGTHS[column])
            return ""
        return told

    def _day(self, cells: Sequence[str], column: InventoryColumn) -> date | None:
        place = self._headings.places.get(column)
        if place is None or not cells[place]:
            return None
        try:
            found = self._days.read(cells[place])
        except ValueError:
            self._add(column, ProblemCode.ASSET_DAY_UNREADABLE)
            return None
        if found is not None and found > self._today:
            self._add(column, ProblemCode.ASSET_DAY_AHEAD, day=found)
        elif found is not None and found < EARLIEST:
            self._add(column, ProblemCode.DATE_TOO_OLD, year=EARLIEST.year)
        else:
            return found
        return None

    def _number(self, cells: Sequence[str], column: InventoryColumn, least: int, most: int) -> int | None:
        """Read a whole number; a warranty may be followed by its unit, or never end, which tells no number."""
        place = self._headings.places.get(column)
        told = "" if place is None else compared(cells[place])
        if told in _NO_NUMBER or (told in _LIFELONG and column is InventoryColumn.WARRANTY):
            return None
        digits = "".join(told.removesuffix("months").removesuffix("mois").removesuffix("month").split())
        if not (digits.isascii() and digits.isdigit() and least <= int(digits[:20]) <= most):
            self._add(column, ProblemCode.ASSET_NUMBER_UNREADABLE)
            return None
        return int(digits)

    def _origin(self, cells: Sequence[str]) -> EquipmentOrigin | None:
        place = self._headings.places.get(InventoryColumn.ORIGIN)
        told = "" if place is None else compared(cells[place])
        if told and told not in ORIGINS:
            self._add(InventoryColumn.ORIGIN, ProblemCode.ASSET_ORIGIN_UNKNOWN)
        return ORIGINS.get(told)

    def _add(self, column: InventoryColumn | None, code: AnyProblem, **values: object) -> None:
        """Note a problem of the row, without a word of what is typed: it may be a name in the wrong place."""
        place = None if column is None else self._headings.places.get(column)
        at = "" if place is None else letter(place + 1)
        heading = "" if column is None or place is None else self._headings.heading(column)
        self._problems.append(CellProblem(at, heading, Problem("cell", code, values)))
