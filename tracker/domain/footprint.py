"""The footprint of the digital estate in a year: embodied and use, by category and stage, each with its range."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import partial
from math import ceil
from typing import Any, Literal

from tracker.domain.estate import EquipmentCategory, EquipmentState
from tracker.domain.factors import FactorTable, Measure, Span, exact, together
from tracker.domain.periods import months_between

MONTHS = 12
Count = Literal["in_use", "undated", "spread", "came", "reconditioned", "in_stock", "untold"]


class Accounting(StrEnum):
    """How embodied emissions are told: spread over the service life, or all in the year that a device comes in."""

    STOCK = "stock"
    FLOW = "flow"


class LifeStage(StrEnum):
    """The stages of a life; ``undivided`` is what an amount of another source does not break down."""

    MAKING = "making"
    USE = "use"
    END = "end"
    UNDIVIDED = "undivided"


class AmountScope(StrEnum):
    """What an entered amount is about; ``whole`` is the total of another tool, told beside ours and never added."""

    SERVERS = "servers"
    NETWORK = "network"
    CLOUD = "cloud"
    SERVICES = "services"
    WHOLE = "whole"


class AmountTool(StrEnum):
    """Where an entered amount was reckoned."""

    STATED = "stated"
    WENR = "wenr"
    NUMECOEVAL = "numecoeval"
    GLPI_CARBON = "glpi_carbon"
    OTHER = "other"


REPLACED: Mapping[AmountScope, frozenset[EquipmentCategory]] = {
    AmountScope.SERVERS: frozenset({EquipmentCategory.SERVER, EquipmentCategory.STORAGE}),
    AmountScope.NETWORK: frozenset({EquipmentCategory.NETWORK, EquipmentCategory.ACCESS_POINT}),
}
"""The categories of devices that an entered amount stands for: they are not counted a second time."""


@dataclass(slots=True)  # not frozen: an estate has hundreds of thousands, each made thrice as fast so
class Holding:
    """Devices alike in ``count``: came on ``start``, left on ``end``; either is None where nobody told."""

    category: EquipmentCategory
    start: date | None
    end: date | None
    state: EquipmentState
    count: int = 1
    is_reconditioned: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount that somebody entered for a year, in kgCO2e, kg Sb eq. and kWh, with where it comes from."""

    number: int
    version: int
    year: int
    scope: AmountScope
    tool: AmountTool
    name: str
    carbon: Span
    resources: Decimal | None
    energy: Decimal | None
    source: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class CategoryYear:
    """What the devices of a category weigh in a year: kgCO2e by stage, kg Sb eq., kWh; None where a factor is missing.

    ``in_use`` are those of the reference day, of which ``undated`` are counted by their state of now, and ``spread``
    are past the life that their making is spread over: they count 0 embodied. ``came`` came in the year.
    """

    category: EquipmentCategory
    in_use: int = 0
    undated: int = 0
    spread: int = 0
    came: int = 0
    reconditioned: int = 0
    in_stock: int = 0
    untold: int = 0
    making: Span | None = None
    use: Span | None = None
    end: Span | None = None
    resources: Span | None = None
    energy: Span | None = None
    missing: tuple[Measure, ...] = ()

    @property
    def carbon(self) -> Span | None:
        """Give the sum of the stages that are known."""
        return together((self.making, self.use, self.end))

    @property
    def is_covered(self) -> bool:
        """Tell whether both what made the devices and what they use are counted."""
        return self.making is not None and self.use is not None

    def stage(self, stage: LifeStage) -> Span | None:
        """Give one stage."""
        return {LifeStage.MAKING: self.making, LifeStage.USE: self.use, LifeStage.END: self.end}.get(stage)


@dataclass(frozen=True, slots=True)
class Footprint:
    """The footprint of ``year`` by one method; ``on`` is the day that the estate is counted on.

    ``electricity`` is the year of the factor of electricity, None where none is known. ``beside`` are the totals of
    other tools, ``replaced`` the categories that an entered amount stands for.
    """

    year: int
    on: date
    accounting: Accounting
    method: str
    electricity: int | None
    categories: tuple[CategoryYear, ...]
    amounts: tuple[Amount, ...] = ()
    beside: tuple[Amount, ...] = ()
    replaced: tuple[CategoryYear, ...] = ()

    @property
    def carbon(self) -> Span | None:
        """Give the total in kgCO2e of what is known, None where nothing is."""
        return together((*(one.carbon for one in self.categories), *(one.carbon for one in self.amounts)))

    @property
    def resources(self) -> Span | None:
        """Give the total in kg Sb eq. of what is known."""
        told = [exact(one.resources) for one in self.amounts if one.resources is not None]
        return together((*(one.resources for one in self.categories), *told))

    @property
    def energy(self) -> Span | None:
        """Give the total in kWh of what is known."""
        told = [exact(one.energy) for one in self.amounts if one.energy is not None]
        return together((*(one.energy for one in self.categories), *told))

    def stages(self) -> Mapping[LifeStage, Span]:
        """Give the kgCO2e of each stage that is known."""
        found: dict[LifeStage, Span | None] = {
            stage: together(one.stage(stage) for one in self.categories)
            for stage in (LifeStage.MAKING, LifeStage.USE, LifeStage.END)
        }
        found[LifeStage.UNDIVIDED] = together(one.carbon for one in self.amounts)
        return {stage: span for stage, span in found.items() if span is not None}

    @property
    def in_use(self) -> int:
        """Count the devices in use, those that an amount stands for left out."""
        return sum(one.in_use for one in self.categories)

    @property
    def is_without_use(self) -> bool:
        """Tell whether no factor of electricity is known for what the devices use."""
        return self.electricity is None and any(one.in_use and one.energy is not None for one in self.categories)

    @property
    def coverage(self) -> Decimal | None:
        """Give the share of them, in per cent, whose making and use are both counted; None without any device."""
        if not self.in_use:
            return None
        return 100 * Decimal(sum(one.in_use for one in self.categories if one.is_covered)) / self.in_use

    def per_head(self, heads: Decimal | None) -> Span | None:
        """Give the kgCO2e a staff member, None where either is unknown."""
        return self.carbon.scaled(1 / heads) if heads and self.carbon is not None else None

    def count(self, of: Count) -> int:
        """Add up one count of the categories."""
        return sum(getattr(one, of) for one in self.categories)


def added(amounts: Iterable[Amount], year: int) -> Span | None:
    """Give the kgCO2e that the amounts of a year come to, the totals of other tools left out; None without any."""
    return together(one.carbon for one in amounts if one.year == year and one.scope is not AmountScope.WHOLE)


def weigh(
    counts: Iterable[CategoryYear],
    amounts: Sequence[Amount],
    table: FactorTable,
    year: int,
    on: date,
    *,
    accounting: Accounting = Accounting.STOCK,
) -> Footprint:
    """Weigh the devices that were `counted` for ``year``, with its own electricity.

    Stock: I = E / L + P × h × EF, where what is past L counts no E. Flow: the E of what came in the year, and the use
    of what is in use. What has no factor is None, never zero.
    """
    of_year = [one for one in amounts if one.year == year]
    added = tuple(one for one in of_year if one.scope is not AmountScope.WHOLE)
    stood_for = frozenset[EquipmentCategory]().union(*(REPLACED.get(one.scope, frozenset()) for one in added))
    factor = table.electricity(year)
    weighed = [_weighed(one, table, factor.span if factor else None, accounting) for one in counts]
    return Footprint(
        year=year,
        on=on,
        accounting=accounting,
        method=table.method,
        electricity=factor.year if factor else None,
        categories=tuple(one for one in weighed if one.category not in stood_for),
        amounts=added,
        beside=tuple(one for one in of_year if one.scope is AmountScope.WHOLE),
        replaced=tuple(one for one in weighed if one.category in stood_for and one.in_use),
    )


def held(found: Footprint, table: FactorTable, year: int) -> Footprint:
    """Give the same footprint with the electricity of another year: only the use of the devices is weighed again."""
    factor = table.electricity(year)

    def again(one: CategoryYear) -> CategoryYear:
        return replace(one, use=one.energy.times(factor.span) if one.energy and factor else None)

    return replace(
        found,
        electricity=factor.year if factor else None,
        categories=tuple(map(again, found.categories)),
        replaced=tuple(map(again, found.replaced)),
    )


def counted(holdings: Iterable[Holding], table: FactorTable, year: int, on: date) -> Sequence[CategoryYear]:
    """Count the devices of each category on a day of ``year``, in the order of the categories."""
    return counted_over(holdings, table, {year: on})[year]


def counted_over(
    holdings: Iterable[Holding], table: FactorTable, days: Mapping[int, date]
) -> Mapping[int, Sequence[CategoryYear]]:
    """Count the devices of each category on the day of each year, in one pass: an estate has many pieces.

    Each count is kept as what it gains and loses from one year to the next.
    """
    years = sorted(days)
    ends = [days[year] for year in years]
    lives = {category: table.life(category) for category in EquipmentCategory}
    moves: dict[EquipmentCategory, dict[str, list[int]]] = {category: {} for category in EquipmentCategory}
    ranks = _Ranks(years, ends)
    for one in holdings:
        told = moves[one.category]
        for name, first, last in _stretches(one, lives[one.category], ranks):
            gained = told.setdefault(name, [0] * (len(years) + 1))
            gained[first] += one.count
            gained[last] -= one.count
    return {year: _standing(moves, rank) for rank, year in enumerate(years)}


class _Ranks:
    """The ranks, among the days that years are counted on, at which a day and a life end: each is looked up once."""

    def __init__(self, years: Sequence[int], ends: Sequence[date]) -> None:
        self.years, self._ends = years, ends
        self._days: dict[date, int] = {}
        self._lives: dict[tuple[date, Decimal], int] = {}

    def of(self, day: date) -> int:
        """Give the rank of the first of those days that is not before ``day``."""
        rank = self._days.get(day)
        if rank is None:
            rank = self._days[day] = bisect_left(self._ends, day)
        return rank

    def past(self, start: date, life: Decimal) -> int:
        """Give the rank of the first of them on which what came on ``start`` is as old as ``life``."""
        rank = self._lives.get((start, life))
        if rank is None:
            rank = bisect_left(self._ends, ceil(life * MONTHS), key=partial(months_between, start))
            self._lives[start, life] = rank
        return rank


def _stretches(one: Holding, life: Decimal | None, ranks: _Ranks) -> Iterator[tuple[str, int, int]]:
    """Say under which counts a holding stands, from which rank of the years to before which one.

    It stands nowhere before it came nor after it left.
    """
    start = one.start
    first = 0 if start is None else ranks.of(start)
    last = len(ranks.years) if one.end is None else max(first, ranks.of(one.end))
    if start is not None and first < len(ranks.years) and ranks.years[first] == start.year:
        yield "came", first, first + 1
    if first == last:
        return
    if one.end is None and one.state is not EquipmentState.IN_USE:
        yield ("untold" if one.state is EquipmentState.RETIRED else "in_stock"), first, last
        return
    yield "in_use", first, last
    if one.is_reconditioned:
        yield "reconditioned", first, last
    if start is None:
        yield "undated", first, last
    elif life is not None:
        yield "spread", min(max(ranks.past(start, life), first), last), last


def _standing(moves: Mapping[EquipmentCategory, Mapping[str, Sequence[int]]], rank: int) -> Sequence[CategoryYear]:
    """Add up what each count gained and lost until the year of that rank; a category that has nothing is left out."""
    found = []
    for category in EquipmentCategory:
        counts: dict[str, Any] = {name: sum(told[: rank + 1]) for name, told in moves[category].items()}
        if any(counts.values()):
            found.append(CategoryYear(category, **counts))
    return found


def _weighed(one: CategoryYear, table: FactorTable, electricity: Span | None, accounting: Accounting) -> CategoryYear:
    life, energy = table.life(one.category), table.energy(one.category)
    share = None
    if accounting is Accounting.FLOW:
        share = Decimal(one.came)
    elif life is not None:
        share = (one.in_use - one.spread) / life
    embodied = {
        measure: None if share is None or (told := table.span(one.category, measure)) is None else told.scaled(share)
        for measure in (Measure.MAKING, Measure.END, Measure.RESOURCES)
    }
    used = energy.scaled(Decimal(one.in_use)) if energy else None
    known = {measure: table.of(one.category, measure) is not None for measure in (Measure.MAKING, Measure.END)}
    known[Measure.LIFE] = life is not None or accounting is Accounting.FLOW
    known[Measure.ENERGY] = energy is not None
    known[Measure.RESOURCES] = table.of(one.category, Measure.RESOURCES) is not None
    return replace(
        one,
        making=embodied[Measure.MAKING],
        end=embodied[Measure.END],
        resources=embodied[Measure.RESOURCES],
        energy=used,
        use=used.times(electricity) if used and electricity else None,
        missing=tuple(measure for measure in Measure if not known.get(measure, True)),
    )


def avoided(
    counts: Iterable[CategoryYear], before: FactorTable, after: FactorTable
) -> Mapping[EquipmentCategory, Span]:
    """Give the kgCO2e of a year that longer service lives avoid, by category: n × E × (1/L before − 1/L after).

    Only categories whose life grew are told; it is never taken off a footprint.
    """
    found: dict[EquipmentCategory, Span] = {}
    for one in counts:
        old, new = before.life(one.category), after.life(one.category)
        making, end = (after.span(one.category, measure) for measure in (Measure.MAKING, Measure.END))
        embodied = together((making, end))
        if old is None or new is None or new <= old or embodied is None or not one.in_use:
            continue
        found[one.category] = embodied.scaled(one.in_use * (1 / old - 1 / new))
    return found
