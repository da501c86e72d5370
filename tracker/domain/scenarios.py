"""Scenarios: the estate projected year by year under levers, with what is bought, what it costs and what it weighs."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from tracker.domain.estate import EquipmentCategory, EquipmentState
from tracker.domain.factors import ELECTRICITY, FactorTable, Measure, code_of
from tracker.domain.footprint import Accounting, Amount, CategoryYear, Footprint, Holding, counted, weigh
from tracker.domain.periods import months_between
from tracker.domain.renewals import MONTHS, Survivors, YearAhead, renewals, survivors
from tracker.domain.survival import Curve

HUNDRED = Decimal(100)
HUNDREDTHS, LONGEST = 100, 300
"""The lives of today, and how far they are stretched when a reduction is looked for, in per cent of them."""


@dataclass(frozen=True, slots=True)
class Lever:
    """What is moved in a category; None leaves it as it is today.

    ``life`` is in years, ``reconditioned`` the share of what is bought, in per cent, ``fleet`` the pieces at the
    horizon, and the prices are euros apiece, None where nobody told them.
    """

    life: Decimal | None = None
    reconditioned: Decimal | None = None
    fleet: int | None = None
    price: Decimal | None = None
    reconditioned_price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Levers:
    """What is moved: by category, and for all of them; None leaves it as it is today.

    ``electricity`` is in kgCO2e/kWh, ``hours`` in per cent of today's, ``weight`` what the making of a reconditioned
    piece counts for, in per cent of a new one: as much, where no factor says less.
    """

    categories: Mapping[EquipmentCategory, Lever] = field(default_factory=dict)
    electricity: Decimal | None = None
    hours: Decimal | None = None
    weight: Decimal | None = None

    def of(self, category: EquipmentCategory) -> Lever:
        """Give the lever of a category."""
        return self.categories.get(category, Lever())


@dataclass(frozen=True, slots=True)
class CategoryEstate:
    """A category today: what is counted, by months of age where they are known, and what says when it leaves.

    ``life`` is the years that its making is spread over; ``survivors`` None where nothing tells when it leaves.
    """

    now: CategoryYear
    ages: Mapping[int, int]
    survivors: Survivors | None
    life: Decimal | None

    @property
    def category(self) -> EquipmentCategory:
        """Give what it is."""
        return self.now.category

    @property
    def is_followed(self) -> bool:
        """Tell whether its renewals can be told: some age is known, or nothing is there yet."""
        return self.survivors is not None and (bool(self.ages) or not self.now.in_use)

    @property
    def reconditioned(self) -> Decimal:
        """Give the share that is reconditioned, in per cent: what is bought goes on alike."""
        return HUNDRED * self.now.reconditioned / self.now.in_use if self.now.in_use else Decimal(0)


@dataclass(frozen=True, slots=True)
class Estate:
    """The estate of a day, and what it is weighed by; ``amounts`` are those of a year, kept for the coming ones."""

    on: date
    categories: tuple[CategoryEstate, ...]
    table: FactorTable
    amounts: tuple[Amount, ...] = ()


@dataclass(frozen=True, slots=True)
class CategoryAhead:
    """A category in a year: pieces at its end, bought in it, by age in whole years, euros; None where unknown.

    ``left`` reached the end of their life in it, ``months`` old together.
    """

    category: EquipmentCategory
    fleet: Decimal
    bought: Decimal | None = None
    reconditioned: Decimal | None = None
    budget: Decimal | None = None
    ages: tuple[Decimal, ...] | None = None
    left: Decimal = Decimal(0)
    months: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class ProjectedYear:
    """A year of a scenario: its categories, and what they weigh."""

    year: int
    categories: tuple[CategoryAhead, ...]
    footprint: Footprint

    @property
    def fleet(self) -> Decimal:
        """Give the pieces at its end."""
        return sum((one.fleet for one in self.categories), Decimal(0))

    @property
    def bought(self) -> Decimal | None:
        """Give the pieces that are bought, those of the categories that nothing tells left out; None where none is."""
        return _sum(one.bought for one in self.categories)

    @property
    def reconditioned(self) -> Decimal | None:
        """Give those of them that are reconditioned."""
        return _sum(one.reconditioned for one in self.categories)

    @property
    def budget(self) -> Decimal | None:
        """Give the euros of what has a price, None where nothing has."""
        return _sum(one.budget for one in self.categories)

    def fleet_of(self, categories: Container[EquipmentCategory]) -> Decimal:
        """Give the pieces of some categories at its end."""
        return sum((one.fleet for one in self.categories if one.category in categories), Decimal(0))

    def exit_age(self, categories: Container[EquipmentCategory]) -> Decimal | None:
        """Give the mean age, in years, of what leaves some categories in it; None where nothing does."""
        leaving = [one for one in self.categories if one.category in categories]
        left = sum((one.left for one in leaving), Decimal(0))
        return sum((one.months for one in leaving), Decimal(0)) / left / MONTHS if left else None


@dataclass(frozen=True, slots=True)
class Projection:
    """A scenario year by year, today first."""

    years: tuple[ProjectedYear, ...]

    @property
    def bought(self) -> Decimal | None:
        """Give what is bought over the coming years."""
        return _sum(one.bought for one in self.years[1:])

    @property
    def reconditioned(self) -> Decimal | None:
        """Give what is bought reconditioned over them."""
        return _sum(one.reconditioned for one in self.years[1:])

    @property
    def budget(self) -> Decimal | None:
        """Give the euros of what has a price over them."""
        return _sum(one.budget for one in self.years[1:])

    @property
    def change(self) -> Decimal | None:
        """Give how far the footprint of the last year is from that of today, in per cent; None without either."""
        first, last = self.years[0].footprint.carbon, self.years[-1].footprint.carbon
        return HUNDRED * (last.value - first.value) / first.value if first and last and first.value else None

    def unpriced(self) -> Sequence[EquipmentCategory]:
        """List the categories in which something is bought at a price that nobody told."""
        found = {
            one.category for year in self.years[1:] for one in year.categories if one.bought and one.budget is None
        }
        return [category for category in EquipmentCategory if category in found]


@dataclass(frozen=True, slots=True)
class Needed:
    """The lives, in years, that reach a reduction: those of today times ``percent`` / 100, the least that does.

    ``percent`` is None where no life of all categories together reaches it. ``alone`` are the categories whose own
    life, by itself, does, each with the least of its lives.
    """

    percent: int | None
    lives: Mapping[EquipmentCategory, Decimal]
    alone: Mapping[EquipmentCategory, Decimal]


def estate(
    holdings: Sequence[Holding],
    curves: Mapping[EquipmentCategory, Curve],
    table: FactorTable,
    amounts: Iterable[Amount],
    on: date,
) -> Estate:
    """Gather what scenarios start from: the estate as it is counted on a day, and its survival curves."""
    begun: Counter[tuple[EquipmentCategory, date]] = Counter()
    for one in holdings:
        is_there = one.end > on if one.end is not None else one.state is EquipmentState.IN_USE
        if is_there and one.start is not None and one.start <= on:
            begun[one.category, one.start] += one.count
    ages: dict[EquipmentCategory, Counter[int]] = {}
    for (category, start), count in begun.items():
        ages.setdefault(category, Counter())[months_between(start, on)] += count
    found = []
    for now in counted(holdings, table, on.year, on):
        life = table.life(now.category)
        told = survivors(curves.get(now.category, Curve()), life)
        if now.in_use:
            found.append(CategoryEstate(now, dict(ages.get(now.category, {})), told, life))
    kept = tuple(replace(one, year=on.year) for one in amounts)
    return Estate(on, tuple(found), table, kept)


def project(known: Estate, levers: Levers, last_year: int, accounting: Accounting = Accounting.STOCK) -> Projection:
    """Project the estate from today to ``last_year``, weighed by one method.

    Renewals follow each category's own survival, stretched as its life is. The making of a piece is spread over the
    life of the scenario; the shares already spread, and renewed, are those of the estate left as it is, so that a
    longer life never weighs more. A fleet goes to its horizon by equal steps; all else moves from the next year on.
    By flow, the making of a year is that of what is bought in it: unknown where that is.
    """
    count = last_year - known.on.year
    plain = {one.category: _followed(one, Lever(), count) for one in known.categories}
    led = {
        one.category: _followed(one, lever, count) if _is_moved(lever) else plain[one.category]
        for one in known.categories
        for lever in [levers.of(one.category)]
    }
    table = _moved(known, levers)
    years = []
    for rank in range(count + 1):
        ahead = tuple(_ahead(one, levers.of(one.category), led[one.category], rank, count) for one in known.categories)
        weighed = _weighed(known, levers, table, plain, ahead, rank, accounting)
        years.append(ProjectedYear(known.on.year + rank, ahead, weighed))
    return Projection(tuple(years))


def needed(known: Estate, levers: Levers, last_year: int, reduction: Decimal) -> Needed | None:
    """Look for the least stretch of lives that takes the footprint ``reduction`` per cent under that of today.

    By the method of stock; the other levers stay. All lives are tried together, then those of each category by itself.
    None when nothing is weighed.
    """
    count = last_year - known.on.year
    plain = {one.category: _followed(one, Lever(), count) for one in known.categories}
    ahead = [
        CategoryAhead(one.category, _fleet(one, levers.of(one.category), count, count)) for one in known.categories
    ]
    first = _weighed(known, Levers(), known.table, plain, _today(known), 0).carbon
    if first is None:
        return None
    aim = first.value * (1 - reduction / HUNDRED)

    def least(stretched: Sequence[CategoryEstate]) -> int | None:
        def is_reached(percent: int) -> bool:
            tried = _stretched(stretched, levers, percent)
            found = _weighed(known, tried, _moved(known, tried), plain, ahead, count).carbon
            return found is not None and found.value <= aim

        low, high = HUNDREDTHS, LONGEST
        if not stretched or not is_reached(high):
            return None
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if is_reached(middle) else (middle + 1, high)
        return low

    living = [one for one in known.categories if one.life is not None]
    percent = least(living)
    alone = {one.category: own for one in living if percent != HUNDREDTHS and (own := least([one])) is not None}
    return Needed(
        percent,
        {one.category: _times(one, percent) for one in living} if percent is not None else {},
        {one.category: _times(one, alone[one.category]) for one in living if one.category in alone},
    )


def _times(one: CategoryEstate, percent: int) -> Decimal:
    return (one.life or Decimal(0)) * percent / HUNDRED


def _stretched(stretched: Iterable[CategoryEstate], levers: Levers, percent: int) -> Levers:
    moved = {one.category: replace(levers.of(one.category), life=_times(one, percent)) for one in stretched}
    return replace(levers, categories={**levers.categories, **moved})


def _today(known: Estate) -> Sequence[CategoryAhead]:
    return [CategoryAhead(one.category, Decimal(one.now.in_use)) for one in known.categories]


def _fleet(one: CategoryEstate, lever: Lever, rank: int, count: int) -> Decimal:
    """Give the pieces at the end of a year: by equal steps from today to the horizon."""
    now = Decimal(one.now.in_use)
    return now if lever.fleet is None or not rank else now + (lever.fleet - now) * rank / count


def _followed(one: CategoryEstate, lever: Lever, count: int) -> Sequence[YearAhead] | None:
    if one.survivors is None or not one.is_followed:
        return None
    is_moved = one.life is not None and lever.life is not None
    stretch = Fraction(lever.life) / Fraction(one.life) if is_moved and lever.life and one.life else Fraction(1)
    fleets = [_fleet(one, lever, rank, count) for rank in range(count + 1)]
    undated = one.now.in_use - sum(one.ages.values())
    return renewals(one.survivors, one.ages, undated, fleets, life=one.life, stretch=stretch)


def _ahead(
    one: CategoryEstate, lever: Lever, followed: Sequence[YearAhead] | None, rank: int, count: int
) -> CategoryAhead:
    fleet = _fleet(one, lever, rank, count)
    if followed is None:
        return CategoryAhead(one.category, fleet)
    told = followed[rank]
    share = (one.reconditioned if lever.reconditioned is None else lever.reconditioned) / HUNDRED
    again = told.bought * share
    return CategoryAhead(
        category=one.category,
        fleet=fleet,
        bought=told.bought,
        reconditioned=again,
        budget=_cost(told.bought, share, lever),
        ages=told.ages,
        left=told.left,
        months=told.months,
    )


def _is_moved(lever: Lever) -> bool:
    """Tell whether a lever moves what leaves and what is bought."""
    return lever.life is not None or lever.fleet is not None


def _cost(bought: Decimal, share: Decimal, lever: Lever) -> Decimal | None:
    """Give the euros of what is bought, a ``share`` of it reconditioned; None while a price is missing."""
    found = Decimal(0)
    for part, price in ((1 - share, lever.price), (share, lever.reconditioned_price)):
        if part and price is None:
            return None
        found += bought * part * (price or 0)
    return found


def _weighed(
    known: Estate,
    levers: Levers,
    table: FactorTable,
    plain: Mapping[EquipmentCategory, Sequence[YearAhead] | None],
    ahead: Sequence[CategoryAhead],
    rank: int,
    accounting: Accounting = Accounting.STOCK,
) -> Footprint:
    year = known.on.year + rank
    counts = []
    for one, told in zip(known.categories, ahead, strict=True):
        left = plain[one.category]
        spread = left[rank].spread / left[rank].fleet if left and rank and left[rank].fleet else _share(one.now)
        renewed = left[rank].renewed / left[rank].fleet if left and rank and left[rank].fleet else Decimal(0)
        lever = levers.of(one.category)
        again = (one.reconditioned if lever.reconditioned is None else lever.reconditioned) / HUNDRED
        lighter = 1 - (HUNDRED if levers.weight is None else levers.weight) / HUNDRED
        in_use = _whole(told.fleet)
        bearing = min(_whole(told.fleet * (1 - spread) * (1 - renewed * again * lighter)), in_use)
        came = _whole((told.bought or Decimal(0)) * (1 - again * lighter)) if rank else one.now.came
        counts.append(CategoryYear(one.category, in_use, spread=in_use - bearing, came=came))
    amounts = [replace(one, year=year) for one in known.amounts]
    found = weigh(counts, amounts, table if rank else known.table, year, known.on, accounting=accounting)
    if accounting is Accounting.STOCK or not rank:
        return found
    unknown = {told.category for told in ahead if told.bought is None}
    return replace(
        found, categories=tuple(_unmade(one) if one.category in unknown else one for one in found.categories)
    )


def _unmade(one: CategoryYear) -> CategoryYear:
    """Give a category whose purchases nothing tells: by flow, neither is its making."""
    return replace(one, making=None, end=None, resources=None)


def _share(now: CategoryYear) -> Decimal:
    return Decimal(now.spread) / now.in_use if now.in_use else Decimal(0)


def _moved(known: Estate, levers: Levers) -> FactorTable:
    """Give the factors of the coming years: other lives, other hours, another electricity."""
    lives = {category: lever.life for category, lever in levers.categories.items() if lever.life is not None}
    table = known.table.with_lives(lives)
    factors = dict(table.factors)
    if levers.hours is not None:
        by = levers.hours / HUNDRED
        for category in EquipmentCategory:
            for measure in (Measure.ENERGY, Measure.HOURS):
                code = code_of(category, measure)
                if (told := factors.get(code)) is not None:
                    factors[code] = replace(told, value=told.value * by, low=told.low * by, high=told.high * by)
    base = table.electricity(known.on.year)
    if levers.electricity is not None and base is not None:
        year, value = known.on.year + 1, levers.electricity
        code = f"{ELECTRICITY}.{year}"
        factors[code] = replace(base, code=code, year=year, value=value, low=value, high=value)
    return replace(table, factors=factors)


def _whole(pieces: Decimal) -> int:
    return int(pieces.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    told = [one for one in values if one is not None]
    return sum(told, Decimal(0)) if told else None
