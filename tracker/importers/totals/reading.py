"""Makes totals of the rows of a table of amounts, whichever tool wrote it; what is wrong is told at its cell."""

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from tracker.domain.drafts import ImportProblem, Place
from tracker.domain.errors import AnyProblem, Invalid, Problem, ProblemCode
from tracker.domain.totals import ReadTotal, ReadTotals, TotalsTable
from tracker.importers import registry
from tracker.importers.grid import Grid, letter
from tracker.importers.totals import headings, plain, tools
from tracker.importers.totals.headings import Headings
from tracker.importers.totals.rows import Rows, shown

_HEADING_REACH = 20
_STEP = Decimal("0.001")
"""To what part of a kilogram, or of a kilowatt-hour, a total is kept."""
_MOST_PROBLEMS = 200


def parse(content: bytes, name: str, year: int) -> ReadTotals:
    """Read the totals that a file tells of ``year``.

    Call it through ``child.read``: nothing here keeps a hostile file from taking the memory of the process.
    """
    try:
        _, book = registry.read(content, name)
    except Invalid as refusal:
        return ReadTotals(problems=tuple(ImportProblem(Place(), problem) for problem in refusal.problems))
    if book.problems:
        return ReadTotals(problems=book.problems)
    for grid in book.grids:
        for rank, cells in enumerate(grid.rows[:_HEADING_REACH]):
            found = headings.read([shown(cell) for cell in cells])
            if found is not None:
                return _read(grid, rank, found, year)
    return ReadTotals(problems=(ImportProblem(Place(), Problem("file", ProblemCode.TOTALS_NOT_READ)),))


def _read(grid: Grid, rank: int, found: Headings, year: int) -> ReadTotals:
    heading = rank + 1
    problems = [
        _at(grid, heading, 1, "heading", ProblemCode.HEADING_MISSING, name=column.value) for column in found.missing
    ]
    problems += [
        _at(
            grid,
            heading,
            at,
            "heading",
            ProblemCode.HEADING_TWICE,
            text=shown(grid.rows[rank][at - 1])[:40],
            first=letter(first),
        )
        for at, first in found.twice.items()
    ]
    if found.is_allocated and found.table is TotalsTable.NUMECOEVAL:
        problems.append(_at(grid, heading, 1, "heading", ProblemCode.TOTALS_ALLOCATED))
    if problems:
        return ReadTotals(found.table, problems=tuple(problems))
    rows = Rows(grid, rank, found, year)
    totals = _READERS[found.table](rows)
    if rows.problems:
        return ReadTotals(found.table, problems=tuple(rows.problems[:_MOST_PROBLEMS]))
    if not totals:
        nothing = ImportProblem(Place(), Problem("file", ProblemCode.TOTALS_NONE, {"year": year}))
        return ReadTotals(found.table, problems=(nothing,), left=dict(rows.left))
    return ReadTotals(found.table, tuple(map(_kept, totals)), (), rows.read, dict(rows.left), found.ignored)


_READERS: Mapping[TotalsTable, Callable[[Rows], Sequence[ReadTotal]]] = {
    TotalsTable.PLAIN: plain.totals,
    TotalsTable.NUMECOEVAL: tools.numecoeval,
    TotalsTable.GLPI_EMISSIONS: tools.glpi_emissions,
    TotalsTable.GLPI_EMBODIED: tools.glpi_embodied,
}


def _kept(one: ReadTotal) -> ReadTotal:
    """Round a sum to what is kept of it."""

    def to(value: Decimal | None, step: Decimal = _STEP) -> Decimal | None:
        return None if value is None else value.quantize(step, rounding=ROUND_HALF_EVEN)

    return ReadTotal(
        one.scope,
        one.tool,
        one.name,
        one.carbon.quantize(_STEP, rounding=ROUND_HALF_EVEN),
        to(one.low),
        to(one.high),
        to(one.resources, Decimal("0.000001")),
        to(one.energy),
        one.source,
    )


def _at(grid: Grid, row: int, column: int, where: str, code: AnyProblem, **values: object) -> ImportProblem:
    return ImportProblem(Place(grid.name, row, letter(column)), Problem(where, code, values))
