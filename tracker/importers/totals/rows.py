"""The rows of a table of totals under its headings: their texts, what is wrong with them, what is left out."""

from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal

from tracker.domain.drafts import ImportProblem, Place
from tracker.domain.errors import AnyProblem, Problem, ProblemCode
from tracker.domain.totals import LeftOut
from tracker.importers.grid import Cell, Grid, Odd, OddKind, letter
from tracker.importers.totals.headings import Column, Headings
from tracker.importers.totals.quantities import Unreadable

_ODDITIES = {
    OddKind.ERROR: ProblemCode.CELL_IS_ERROR,
    OddKind.BOOLEAN: ProblemCode.CELL_IS_BOOLEAN,
    OddKind.UNCOMPUTED: ProblemCode.CELL_NOT_COMPUTED,
}


class Rows:
    """The rows of one table under its headings, with what was found wrong and what is left out."""

    def __init__(self, grid: Grid, rank: int, found: Headings, year: int) -> None:
        self.year = year
        self.problems: list[ImportProblem] = []
        self.left: Counter[LeftOut] = Counter()
        self.read = 0
        self._grid, self._rank, self._headings = grid, rank, found

    def each(self, take: Callable[["Rows", int, Mapping[Column, str]], None]) -> None:
        """Hand over the texts of each row that has any, with its number."""
        for number, cells in enumerate(self._grid.rows[self._rank + 1 :], self._rank + 2):
            if any(shown(cell).strip() for cell in cells):
                told = {
                    column: self._text(number, at, cells[at - 1] if at <= len(cells) else "")
                    for column, at in self._headings.places.items()
                }
                take(self, number, told)

    def refuse(self, row: int, column: Column, code: AnyProblem, /, **values: object) -> None:
        """Note what is wrong with a cell."""
        self.wrong(row, column, Problem(column.value, code, values))

    def wrong(self, row: int, column: Column, problem: Problem) -> None:
        """Note a problem at a cell."""
        at = self._headings.places.get(column, 1)
        self.problems.append(ImportProblem(Place(self._grid.name, row, letter(at)), problem))

    def quantity(
        self, row: int, column: Column, told: Mapping[Column, str], read: Callable[[str], Decimal]
    ) -> Decimal | None:
        """Read a cell with ``read``; None where it is blank, or wrong, which is noted."""
        if not told.get(column, "").strip():
            return None
        try:
            return read(told[column])
        except Unreadable as unread:
            self.wrong(row, column, unread.problem)
        return None

    def _text(self, row: int, at: int, cell: Cell) -> str:
        if isinstance(cell, Odd) and cell.kind in _ODDITIES:
            place = Place(self._grid.name, row, letter(at))
            self.problems.append(ImportProblem(place, Problem("cell", _ODDITIES[cell.kind], {"text": cell.text[:40]})))
            return ""
        return shown(cell)


def shown(cell: Cell) -> str:
    """Give the text of a cell, whatever it holds."""
    return cell.text if isinstance(cell, Odd) else cell
