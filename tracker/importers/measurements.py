"""Makes drafts of the rows of a file of measurements: it says where each was typed, and the domain judges it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tracker.domain.drafts import Field, ImportedRow, ImportProblem, Parsed, Place
from tracker.domain.entries import Draft
from tracker.domain.errors import AnyProblem, Invalid, Problem, ProblemCode
from tracker.importers import registry
from tracker.importers.grid import Cell, Grid, Odd, OddKind, letter
from tracker.labels.columns import CODES, choice_of, choices, field_of, is_english

FIRST_YEAR, LAST_YEAR = 2000, 2100
_HEADING_REACH = 20
_FEWEST_HEADINGS = 2
_QUOTED = 40  # characters of a cell that a sentence quotes
_TYPED = {
    Field.VALUE,
    Field.NUMERATOR,
    Field.DENOMINATOR,
    Field.REASON,
    Field.QUALITY,
    Field.COVERAGE,
    Field.SOURCE,
    Field.COMMENT,
}
_TEXTS = {Field.SOURCE, Field.COMMENT}
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-"})
_ODDITIES = {
    OddKind.DATE: ProblemCode.CELL_IS_DATE,
    OddKind.ERROR: ProblemCode.CELL_IS_ERROR,
    OddKind.BOOLEAN: ProblemCode.CELL_IS_BOOLEAN,
    OddKind.UNCOMPUTED: ProblemCode.CELL_NOT_COMPUTED,
}


def parse(content: bytes, name: str, year: int | None = None) -> Parsed:
    """Read a file of measurements; ``year`` stands where the file does not say one.

    Call it through ``child.read``: nothing here keeps a hostile file from taking the memory of the process.
    """
    try:
        format_name, book = registry.read(content, name)
    except Invalid as refusal:
        return Parsed(problems=tuple(ImportProblem(Place(), problem) for problem in refusal.problems))
    tables = [_Table(grid, rank, year) for grid in book.grids if (rank := _heading_rank(grid)) is not None]
    if not tables and book.grids:
        tables = [_Table(book.grids[0], _first_filled(book.grids[0]), year)]
    problems = [*book.problems]
    too_long = {problem.place for problem in problems}
    rows: list[ImportedRow] = []
    for table in tables:
        table.read(too_long)
        rows += table.rows
        problems += table.problems
    kept, clashes = _once(rows)
    read = {table.grid.name for table in tables}
    detail = {
        **book.detail,
        "ignored_sheets": tuple(grid.name for grid in book.grids if grid.name not in read),
        "ignored_columns": tuple(dict.fromkeys(heading for table in tables for heading in table.ignored)),
    }
    columns = {table.grid.name: {field: letter(at) for field, at in table.columns.items()} for table in tables}
    return Parsed(kept, tuple(problems + clashes), format_name, detail, columns)


def _heading_rank(grid: Grid) -> int | None:
    """Give the rank of the first of the rows at the top that names the most columns, None where none names two."""
    known = [len({field_of(_shown(cell)) for cell in row} - {None}) for row in grid.rows[:_HEADING_REACH]]
    most = max(known, default=0)
    return known.index(most) if most >= _FEWEST_HEADINGS else None


def _first_filled(grid: Grid) -> int:
    return next((rank for rank, row in enumerate(grid.rows) if any(_shown(cell).strip() for cell in row)), 0)


def _shown(cell: Cell) -> str:
    return cell.text if isinstance(cell, Odd) else cell


class _Table:
    """Reads the rows of one sheet under its headings."""

    def __init__(self, grid: Grid, rank: int, year: int | None) -> None:
        self.grid = grid
        self.rows: list[ImportedRow] = []
        self.problems: list[ImportProblem] = []
        self.columns: dict[Field, int] = {}
        self.ignored: list[str] = []
        self._rank = rank
        self._year = year
        self._has_comma_groups = False

    def read(self, too_long: set[Place]) -> None:
        """Read the headings, then the rows, but for the rows with a cell among those that are ``too_long``."""
        self._read_headings()
        missing = [field for field in (Field.INDICATOR, Field.YEAR) if field not in self.columns]
        if self._year is not None and Field.YEAR in missing:
            missing.remove(Field.YEAR)
        for field in missing:
            self._refuse(self._rank + 1, 1, ProblemCode.HEADING_MISSING, field, name=CODES[field])
        if missing:
            return
        skipped = {place.row for place in too_long if place.sheet == self.grid.name}
        for number, cells in enumerate(self.grid.rows[self._rank + 1 :], self._rank + 2):
            if number not in skipped:
                self._read_row(number, cells)

    def _read_headings(self) -> None:
        cells = self.grid.rows[self._rank] if self.grid.rows else ()
        english = []
        for at, cell in enumerate(cells, 1):
            written = _shown(cell).strip()
            field = field_of(written)
            if field is None:
                self.ignored += [written[:_QUOTED]] if written else []
            elif field in self.columns:
                first = letter(self.columns[field])
                self._refuse(self._rank + 1, at, ProblemCode.HEADING_TWICE, field, text=written[:_QUOTED], first=first)
            else:
                self.columns[field] = at
                english += [written] if is_english(written) else []
        self._has_comma_groups = bool(english)

    def _read_row(self, number: int, cells: Sequence[Cell]) -> None:
        given = {field: cells[at - 1] if at <= len(cells) else "" for field, at in self.columns.items()}
        before = len(self.problems)
        seen = self._seen(number, given)
        typed = [cell for field, cell in given.items() if field in _TYPED]
        is_blank = not any(isinstance(cell, Odd) or cell.strip() for cell in typed)
        if is_blank and not seen:
            self.problems = self.problems[:before]
            return
        texts = {field: self._text(number, field, cell) for field, cell in given.items()}
        code = texts[Field.INDICATOR].strip().translate(_HYPHENS).upper()
        if not code:
            self._refuse(number, self.columns[Field.INDICATOR], ProblemCode.CODE_MISSING, Field.INDICATOR)
        year = self._read_year(number, given, texts)
        precision = self._precision(number, texts)
        if len(self.problems) == before and year is not None:
            draft = Draft(
                code=code,
                value=texts.get(Field.VALUE, ""),
                precision=precision,
                comment=texts.get(Field.COMMENT),
                numerator=texts.get(Field.NUMERATOR),
                denominator=texts.get(Field.DENOMINATOR),
                coverage=texts.get(Field.COVERAGE),
                source=texts.get(Field.SOURCE),
                has_comma_groups=self._has_comma_groups,
            )
            self.rows.append(ImportedRow(Place(self.grid.name, number), year, draft, seen))

    def _text(self, number: int, field: Field, cell: Cell) -> str:
        """Give the text of a cell; what is odd in a column of texts stays a text, unless it is an error."""
        if isinstance(cell, str):
            return cell
        is_text = field in _TEXTS and cell.kind in {OddKind.DATE, OddKind.BOOLEAN}
        if not is_text and field is not Field.REVISION:
            self._refuse(number, self.columns[field], _ODDITIES[cell.kind], field, text=cell.text[:_QUOTED])
        return cell.text

    def _read_year(self, number: int, given: Mapping[Field, Cell], texts: Mapping[Field, str]) -> int | None:
        written = texts.get(Field.YEAR, "").strip()
        if isinstance(given.get(Field.YEAR), Odd):
            return None
        if not written and self._year is not None:
            return self._year
        at = self.columns.get(Field.YEAR, 0)
        if not written:
            self._refuse(number, at, ProblemCode.YEAR_MISSING, Field.YEAR)
        elif re.fullmatch("[0-9]{4}", written) and FIRST_YEAR <= int(written) <= LAST_YEAR:
            return int(written)
        else:
            values = {"text": written[:_QUOTED], "first": FIRST_YEAR, "last": LAST_YEAR}
            self._refuse(number, at, ProblemCode.YEAR_OUT_OF_RANGE, Field.YEAR, **values)
        return None

    def _seen(self, number: int, given: Mapping[Field, Cell]) -> int | None:
        written = _shown(given.get(Field.REVISION, "")).strip()
        if re.fullmatch("[0-9]{1,8}", written):
            return int(written)
        if written:
            at = self.columns[Field.REVISION]
            self._refuse(number, at, ProblemCode.NOT_A_NUMBER, Field.REVISION, text=written[:_QUOTED])
        return None

    def _precision(self, number: int, texts: Mapping[Field, str]) -> str:
        """Give the reason, else the quality; a value with a reason is refused later."""
        found = ""
        for field in (Field.QUALITY, Field.REASON):
            written = texts.get(field, "").strip()
            choice = choice_of(field, written)
            if choice is not None:
                found = choice.value
            elif written:
                values = {"text": written[:_QUOTED], "choices": ", ".join(choices(field))}
                self._refuse(number, self.columns[field], ProblemCode.UNKNOWN_WORD, field, **values)
        return found

    def _refuse(self, row: int, column: int, code: AnyProblem, field: Field, **values: object) -> None:
        place = Place(self.grid.name, row, letter(column))
        self.problems.append(ImportProblem(place, Problem(field.value, code, values)))


def _once(rows: Sequence[ImportedRow]) -> tuple[tuple[ImportedRow, ...], list[ImportProblem]]:
    """Keep one of the rows that say the same of an indicator and year, and refuse those that do not."""
    groups: dict[tuple[str, int], list[ImportedRow]] = {}
    for row in rows:
        same = groups.setdefault((row.draft.code, row.year), [])
        if not any(replace(row, place=other.place) == other for other in same):
            same.append(row)
    problems = [
        _clash(row, same[0] if rank else same[1])
        for same in groups.values()
        if len(same) > 1
        for rank, row in enumerate(same)
    ]
    return tuple(same[0] for same in groups.values() if len(same) == 1), problems


def _clash(row: ImportedRow, other: ImportedRow) -> ImportProblem:
    values = {"code": row.draft.code, "year": row.year, "row": other.place.row}
    if other.place.sheet == row.place.sheet:
        return ImportProblem(row.place, Problem("row", ProblemCode.ROW_TWICE, values))
    values["sheet"] = other.place.sheet
    return ImportProblem(row.place, Problem("row", ProblemCode.ROW_TWICE_ELSEWHERE, values))
