"""Reads the deliberations that an authority publishes (SCDL, CSV): rows, and each problem at its cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.domain.drafts import ImportProblem, Place
from tracker.domain.errors import AnyProblem, Invalid, Problem, ProblemCode
from tracker.domain.scdl import COLUMNS, NEEDED, CellKind, PublishedDeliberation, ScdlColumn
from tracker.domain.texts import tidy
from tracker.importers.deliberations.dates import first_date
from tracker.importers.deliberations.names import without_people
from tracker.importers.formats.csv import table
from tracker.importers.grid import letter

_BY_NAME = {column.name: column for column in COLUMNS}
_DELIMITERS = ",;\t"
_LONGEST = 4000
_QUOTED = 40
_DATE_LENGTH = 10
_MOST_VOTERS = 6  # figures


@dataclass(frozen=True, slots=True)
class ReadDeliberations:
    """The rows that are sound, the problems of the others, and the columns that the schema does not know."""

    rows: tuple[PublishedDeliberation, ...] = ()
    problems: tuple[ImportProblem, ...] = ()
    ignored_columns: tuple[str, ...] = ()


def read(content: bytes) -> ReadDeliberations:
    """Read a CSV of deliberations: columns by their names, in any order; dates in ISO or as 27/02/2025.

    A name of a person in the subject gives way to their role: none is kept.
    """
    try:
        lines = table(content, _DELIMITERS, lambda cell: _name(cell) in _BY_NAME)
    except Invalid as refusal:
        return ReadDeliberations(problems=tuple(ImportProblem(Place(), problem) for problem in refusal.problems))
    reader = _Rows(lines[0] if lines else [])
    for number, cells in enumerate(lines[1:], 2):
        if any(cell.strip() for cell in cells):
            reader.add(number, cells)
    return ReadDeliberations(tuple(reader.rows), tuple(reader.problems), tuple(reader.ignored))


def _name(cell: str) -> str:
    return cell.strip().strip('"').strip().upper()


class _Rows:
    """Reads the rows under their headings."""

    def __init__(self, headings: Sequence[str]) -> None:
        self.rows: list[PublishedDeliberation] = []
        self.problems: list[ImportProblem] = []
        self.ignored: list[str] = []
        self._columns: dict[int, ScdlColumn] = {}
        self._seen: dict[str, PublishedDeliberation] = {}
        for at, heading in enumerate(headings, 1):
            column = _BY_NAME.get(_name(heading))
            if column is None:
                self.ignored += [heading.strip()[:_QUOTED]] if heading.strip() else []
            elif column in self._columns.values():
                first = next(letter(place) for place, known in self._columns.items() if known == column)
                self._refuse(1, at, column, ProblemCode.HEADING_TWICE, text=column.name, first=first)
            else:
                self._columns[at] = column
        known = {column.name for column in self._columns.values()}
        for name in NEEDED:
            if name not in known:
                self._refuse(1, 1, _BY_NAME[name], ProblemCode.HEADING_MISSING, name=name)
        self._is_readable = not self.problems

    def add(self, number: int, cells: Sequence[str]) -> None:
        """Read one row; with a problem it is left out."""
        if not self._is_readable:
            return
        before = len(self.problems)
        values: dict[str, Any] = {"authority": "", "siret": ""}
        for at, column in self._columns.items():
            written = tidy(cells[at - 1]) if at <= len(cells) else ""
            values[column.field] = self._value(number, at, column, written)
        if len(self.problems) == before:
            self._keep(number, values)

    def _keep(self, number: int, values: Mapping[str, Any]) -> None:
        row = PublishedDeliberation(**values)
        known = self._seen.setdefault(row.identifier, row)
        if known is row:
            self.rows.append(row)
        elif known != row:
            at = next(at for at, column in self._columns.items() if column.name == "DELIB_ID")
            self._refuse(number, at, _BY_NAME["DELIB_ID"], ProblemCode.GIVEN_TWICE, text=row.identifier[:_QUOTED])

    def _value(self, number: int, at: int, column: ScdlColumn, written: str) -> str | int | date | None:
        if not written:
            if column.name in NEEDED:
                self._refuse(number, at, column, ProblemCode.CELL_MISSING, name=column.name)
            return "" if column.kind is CellKind.STRING else None
        quoted = written[:_QUOTED]
        if column.kind is CellKind.DATE:
            day = _day(written)
            if day is None:
                self._refuse(number, at, column, ProblemCode.DATE_UNREADABLE, text=quoted)
            return day
        if column.kind is CellKind.INTEGER:
            is_count = written.isascii() and written.isdigit() and len(written) <= _MOST_VOTERS
            if not is_count:
                self._refuse(number, at, column, ProblemCode.CELL_FORM, text=quoted, example=column.example)
            return int(written) if is_count else None
        if len(written) > _LONGEST:
            self._refuse(number, at, column, ProblemCode.TOO_LONG, limit=_LONGEST)
        elif not column.admits(written):
            self._refuse(number, at, column, ProblemCode.CELL_FORM, text=quoted, example=column.example)
        return without_people(written) if column.name == "DELIB_OBJET" else written

    def _refuse(self, row: int, at: int, column: ScdlColumn, code: AnyProblem, **values: object) -> None:
        self.problems.append(ImportProblem(Place("", row, letter(at)), Problem(column.field, code, values)))


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if len(written) == _DATE_LENGTH and written[4] == "-" else _french(written)
    except ValueError:
        return None


def _french(written: str) -> date | None:
    return first_date(written) if len(written) <= _DATE_LENGTH else None
