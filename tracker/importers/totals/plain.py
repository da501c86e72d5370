"""The plain table of totals, for tools whose export is not known: a row an amount, or a row a stage of it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import cache

from tracker.domain.errors import ProblemCode
from tracker.domain.footprint import AmountScope, AmountTool
from tracker.domain.numbers import UnreadableNumber, parse_number
from tracker.domain.texts import tidy
from tracker.domain.totals import ReadTotal
from tracker.importers.totals.headings import Column, bare
from tracker.importers.totals.quantities import Unreadable, written
from tracker.importers.totals.rows import Rows
from tracker.labels import number, speaking, text, word
from tracker.labels.language import LANGUAGES, N_

LONGEST: Mapping[Column, int] = {Column.NAME: 120, Column.TOOL: 60, Column.VERSION: 40, Column.SOURCE: 300}
_WHOLE = ""
_STAGES: Mapping[str, tuple[str, ...]] = {
    N_("fabrication"): ("fabrication", "manufacturing", "making"),
    N_("distribution"): ("distribution",),
    N_("usage"): ("usage", "utilisation", "use"),
    N_("fin de vie"): ("fin de vie", "end of life"),
    _WHOLE: ("", "ensemble", "total", "whole"),
}
_QUOTED = 40


class _Amount:
    """What the rows of one amount tell of it so far: its stages add up, its bounds too."""

    def __init__(self, scope: AmountScope, told: Mapping[Column, str]) -> None:
        self.scope = scope
        self.name, self.tool, self.version, self.source = (tidy(told.get(column, "")) for column in LONGEST)
        self.stages: dict[str, int] = {}
        self.weights: dict[str, Decimal] = {}
        self.sums: dict[Column, Decimal] = {}
        self.is_ranged = False

    def add(self, row: int, stage: str, numbers: Mapping[Column, Decimal | None]) -> None:
        """Add a row: a bound that is blank is the value."""
        carbon = numbers[Column.CARBON] or Decimal(0)
        self.stages[stage], self.weights[stage] = row, carbon
        self.is_ranged = self.is_ranged or any(numbers[one] is not None for one in (Column.LOW, Column.HIGH))
        for column, value in numbers.items():
            known = carbon if value is None and column in {Column.LOW, Column.HIGH} else value
            if known is not None:
                self.sums[column] = self.sums.get(column, Decimal(0)) + known

    def total(self) -> ReadTotal:
        """Give the amount, its source naming the tool and its version where they are not said by their code."""
        tool = _tool(self.tool)
        return ReadTotal(
            scope=self.scope,
            tool=tool,
            name=self.name,
            carbon=self.sums[Column.CARBON],
            low=self.sums[Column.LOW] if self.is_ranged else None,
            high=self.sums[Column.HIGH] if self.is_ranged else None,
            resources=self.sums.get(Column.RESOURCES),
            energy=self.sums.get(Column.ENERGY),
            source=self._source(tool),
        )

    def _source(self, tool: AmountTool) -> str:
        with speaking("fr"):
            stages = [(stage, weight) for stage, weight in self.weights.items() if stage]
            told = ", ".join(
                text("{stage} {weight} kg CO₂e", stage=text(stage), weight=number(weight)) for stage, weight in stages
            )
            named = self.tool if tool is AmountTool.OTHER and bare(self.tool) != bare(word(tool)) else ""
            version = text("version {version}", version=self.version) if self.version else ""
            how = ", ".join(one for one in (named, version) if one)
            return " ; ".join(one for one in (self.source, how, told) if one)


def totals(rows: Rows) -> Sequence[ReadTotal]:
    """Read the amounts of a plain table."""
    found: dict[tuple[AmountScope, str], _Amount] = {}

    def take(_: Rows, row: int, told: Mapping[Column, str]) -> None:
        before = len(rows.problems)
        _check_texts(rows, row, told)
        _check_year(rows, row, told)
        scope = _scope(rows, row, told)
        stage = _stage(rows, row, told)
        numbers = _numbers(rows, row, told)
        if len(rows.problems) > before or scope is None or stage is None:
            return
        one = found.setdefault((scope, bare(told[Column.NAME])), _Amount(scope, told))
        other = next(iter(one.stages.values())) if _WHOLE in {stage, *one.stages} and one.stages else None
        clash = one.stages.get(stage, other)
        if clash is not None:
            rows.refuse(row, Column.STAGE, ProblemCode.TOTAL_TWICE, name=one.name[:_QUOTED], row=clash)
            return
        one.add(row, stage, numbers)
        rows.read += 1

    rows.each(take)
    return [] if rows.problems else [one.total() for one in found.values()]


def _check_texts(rows: Rows, row: int, told: Mapping[Column, str]) -> None:
    for column, limit in LONGEST.items():
        typed = tidy(told.get(column, ""))
        if len(typed) > limit:
            rows.refuse(row, column, ProblemCode.TOO_LONG, limit=limit)
        elif not typed and column is Column.SOURCE:
            rows.refuse(row, column, ProblemCode.AMOUNT_SOURCE_MISSING)
        elif not typed and column is not Column.VERSION:
            rows.refuse(row, column, ProblemCode.CELL_MISSING, name=column.value)


def _check_year(rows: Rows, row: int, told: Mapping[Column, str]) -> None:
    typed = told.get(Column.YEAR, "").strip()
    if typed and typed != str(rows.year):
        rows.refuse(row, Column.YEAR, ProblemCode.TOTAL_OF_OTHER_YEAR, text=typed[:_QUOTED], year=rows.year)


def _numbers(rows: Rows, row: int, told: Mapping[Column, str]) -> Mapping[Column, Decimal | None]:
    columns = (Column.CARBON, Column.LOW, Column.HIGH, Column.RESOURCES, Column.ENERGY)
    numbers = {column: rows.quantity(row, column, told, _typed) for column in columns}
    carbon, low, high = (numbers[column] for column in columns[:3])
    if not told[Column.CARBON].strip():
        rows.refuse(row, Column.CARBON, ProblemCode.VALUE_MISSING)
    if carbon is not None and low is not None and low > carbon:
        rows.refuse(row, Column.LOW, ProblemCode.RANGE_LEAVES_VALUE)
    if carbon is not None and high is not None and high < carbon:
        rows.refuse(row, Column.HIGH, ProblemCode.RANGE_LEAVES_VALUE)
    return numbers


def _typed(cell: str) -> Decimal:
    """Read a number as people type it, or else as programs write it, with its many decimals."""
    try:
        found = parse_number(cell)
    except UnreadableNumber as unread:
        if unread.problem.code is not ProblemCode.NUMBER_TOO_LONG:
            raise Unreadable(unread.problem.code, **unread.problem.values) from None
        return written(cell)
    if found < 0:
        raise Unreadable(ProblemCode.FACTOR_NEGATIVE)
    return found


def _stage(rows: Rows, row: int, told: Mapping[Column, str]) -> str | None:
    typed = told.get(Column.STAGE, "")
    stage = {bare(name): stage for stage, names in _STAGES.items() for name in names}.get(bare(typed))
    if stage is None:
        known = ", ".join(text(one) for one in (*filter(None, _STAGES), "ensemble"))
        rows.refuse(row, Column.STAGE, ProblemCode.UNKNOWN_WORD, text=typed.strip()[:_QUOTED], choices=known)
    return stage


def _scope(rows: Rows, row: int, told: Mapping[Column, str]) -> AmountScope | None:
    """Read what an amount is about: the whole of a tool where nobody told, since that is never added."""
    typed = told.get(Column.SCOPE, "")
    if not typed.strip():
        return AmountScope.WHOLE
    found = _named(AmountScope).get(bare(typed))
    if found is None:
        known = ", ".join(word(one) for one in AmountScope)
        rows.refuse(row, Column.SCOPE, ProblemCode.UNKNOWN_WORD, text=typed.strip()[:_QUOTED], choices=known)
        return None
    return AmountScope(found)


def _tool(named: str) -> AmountTool:
    return AmountTool(_named(AmountTool).get(bare(named), AmountTool.OTHER))


@cache
def _named(codes: type[AmountScope] | type[AmountTool]) -> Mapping[str, StrEnum]:
    """Give each member by its code and its words, in French and in English."""
    names: dict[str, StrEnum] = {bare(one.value): one for one in codes}
    for language in LANGUAGES:
        with speaking(language):
            names |= {bare(word(one)): one for one in codes}
    return names
