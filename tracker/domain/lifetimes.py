"""Lifetimes: how long equipment is kept, from the days on which each piece came into service and was retired.

Days are counted as integers, and told in years of 365.25 days. A day that nobody told is never guessed: what lacks
one is counted apart, and every figure says on how much of the whole it rests.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from tracker.domain.estate import EquipmentCategory, Stay
from tracker.domain.periods import months_between, reference_day
from tracker.domain.survival import Curve, Life, survival

DAYS_IN_YEAR = Fraction(1461, 4)
APART = Fraction(1, 5)
"""Beyond this share of the mean age at exit, the cross-check disagrees with it."""

_DECIMALS = Decimal(1).scaleb(-6)


class Agreement(StrEnum):
    """How the cross-check stands to the mean age at exit."""

    AGREES = "agrees"
    LONGER = "longer"
    SHORTER = "shorter"


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``first`` to ``last``, both included."""

    first: date
    last: date

    @property
    def years(self) -> Fraction:
        """Give how long it lasts: exactly 1 for a calendar year, each day a part of its own year."""
        return _place(self.last + timedelta(days=1)) - _place(self.first)


@dataclass(frozen=True, slots=True)
class Ages:
    """The ages, in days, of ``n`` pieces out of ``whole``: the others lack a day, or their days contradict each other.

    ``median`` is the middle one, or half-way between the two middle ones; None without any.
    """

    n: int = 0
    whole: int = 0
    total: int = 0
    median: Fraction | None = None

    @property
    def mean(self) -> Fraction | None:
        """Give the sum of the ages over their number, in days; None without any."""
        return Fraction(self.total, self.n) if self.n else None

    @property
    def coverage(self) -> Decimal | None:
        """Give 100 × n / whole, in per cent; None where there is nothing to cover."""
        return _rounded(Fraction(100 * self.n, self.whole)) if self.whole else None


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """How long equipment is kept, seen over a period.

    ``at_exit`` are the ages of what was retired in the period, ``in_service`` those of what is there on its last day.
    ``curve`` takes every piece known on that day, what is still there included. ``fleet`` is the mean of the pieces in
    service on the eve of the period and on its last day, ``exits`` those retired in it, whether or not their beginning
    is known, and ``years`` how long it is. ``undated`` were retired on a day that nobody told; ``contradictory`` before
    they began. ``pieces`` are all that came by its last day, dated or not: ``curve`` knows a part of them.
    """

    at_exit: Ages
    in_service: Ages
    curve: Curve
    fleet: Fraction
    exits: int
    years: Fraction
    undated: int
    contradictory: int
    pieces: int = 0

    @property
    def cross_check(self) -> Fraction | None:
        """Give fleet ÷ yearly exits, in days: the mean stay in a fleet that neither grows nor shrinks (Little's law).

        None when nothing was retired.
        """
        return self.fleet * self.years / self.exits * DAYS_IN_YEAR if self.exits else None

    @property
    def agreement(self) -> Agreement | None:
        """Say how the cross-check stands to the mean age at exit: over 20 % of it away, or not; None without either."""
        mean, check = self.at_exit.mean, self.cross_check
        if mean is None or check is None:
            return None
        if abs(check - mean) <= APART * mean:
            return Agreement.AGREES
        return Agreement.LONGER if check > mean else Agreement.SHORTER


def period(first_year: int, last_year: int, today: date) -> Period:
    """Give the days of the years from ``first_year`` to ``last_year``, up to ``today``."""
    return Period(date(first_year, 1, 1), reference_day(last_year, today))


def in_years(days: Fraction | int) -> Decimal:
    """Tell days in years of 365.25 days, to six decimals."""
    return _rounded(days / DAYS_IN_YEAR)


def lifetimes(stays: Iterable[Stay], over: Period) -> Lifetimes:
    """Say how long the equipment of ``stays`` is kept, over a period."""
    return told(together(tally(stays, over).values()), over)


def by_category(stays: Iterable[Stay], over: Period) -> Mapping[EquipmentCategory, Lifetimes]:
    """Say the same of each category that has some equipment, in the order of the categories."""
    return {category: told(one, over) for category, one in tally(stays, over).items()}


@dataclass(slots=True)
class Tally:
    """What lifetimes are told from, over a period: ages in days, each with how many pieces have it.

    ``left`` are the dated exits of the period and ``there`` what is there on its last day, out of ``left_whole`` and
    ``there_whole``; ``before`` were there on its eve. ``lives`` counts what is known of each life that has begun: its
    days, and whether it ended then.
    """

    left: Counter[int] = field(default_factory=Counter)
    left_whole: int = 0
    there: Counter[int] = field(default_factory=Counter)
    there_whole: int = 0
    before: int = 0
    lives: Counter[tuple[int, bool]] = field(default_factory=Counter)
    undated: int = 0
    contradictory: int = 0
    pieces: int = 0

    def curve(self) -> Curve:
        """Estimate the survival of the lives."""
        return survival(Life(days, has_ended, count) for (days, has_ended), count in self.lives.items())

    def take(self, stay: Stay, over: Period, eve: date) -> None:
        """Count a stay; one whose end nobody told says nothing else."""
        start, end = stay.start, stay.end
        is_sound = is_dated(stay)
        if start is None or start <= over.last:
            self.pieces += stay.count
        if start is not None and not is_sound:
            self.contradictory += stay.count
        if end is None and stay.is_retired:
            self.undated += stay.count
            return
        self._take_place(stay, over, eve, is_sound=is_sound)
        if is_sound and start is not None and start <= over.last:
            has_ended = stay.is_retired and end is not None and end <= over.last
            self.lives[(min(end or over.last, over.last) - start).days, has_ended] += stay.count

    def _take_place(self, stay: Stay, over: Period, eve: date, *, is_sound: bool) -> None:
        """Count where a stay stood on the eve and on the last day, and whether it was an exit of the period.

        A piece whose beginning nobody told is there as long as it has not left; what only changed hands inside did not
        leave.
        """
        start, end, count = stay.start, stay.end, stay.count
        if (start is None or start <= eve) and (end is None or end > eve):
            self.before += count
        if (start is None or start <= over.last) and (end is None or end > over.last):
            self.there_whole += count
            if start is not None and is_sound:
                self.there[(over.last - start).days] += count
        elif stay.is_retired and end is not None and over.first <= end <= over.last:
            self.left_whole += count
            if start is not None and is_sound:
                self.left[(end - start).days] += count


def tally(stays: Iterable[Stay], over: Period) -> Mapping[EquipmentCategory, Tally]:
    """Count the stays of each category that has some, in one pass: an estate has many pieces."""
    eve = over.first - timedelta(days=1)
    found: dict[EquipmentCategory, Tally] = {}
    for stay in stays:
        one = found.get(stay.category)
        if one is None:
            one = found[stay.category] = Tally()
        one.take(stay, over, eve)
    return {category: found[category] for category in EquipmentCategory if category in found}


def together(tallies: Iterable[Tally]) -> Tally:
    """Add up what was counted of several categories."""
    whole = Tally()
    for one in tallies:
        whole.left.update(one.left)
        whole.there.update(one.there)
        whole.lives.update(one.lives)
        whole.left_whole += one.left_whole
        whole.there_whole += one.there_whole
        whole.before += one.before
        whole.undated += one.undated
        whole.contradictory += one.contradictory
        whole.pieces += one.pieces
    return whole


def told(known: Tally, over: Period) -> Lifetimes:
    """Say what the counts of a period tell."""
    return Lifetimes(
        at_exit=ages(known.left, known.left_whole),
        in_service=ages(known.there, known.there_whole),
        curve=known.curve(),
        fleet=Fraction(known.before + known.there_whole, 2),
        exits=known.left_whole,
        years=over.years,
        undated=known.undated,
        contradictory=known.contradictory,
        pieces=known.pieces,
    )


def is_dated(stay: Stay) -> bool:
    """Tell whether the beginning of a stay is known, and does not come after its end."""
    return stay.start is not None and (stay.end is None or stay.start <= stay.end)


def older_than(there: Mapping[int, int], years: int, on: date) -> tuple[int, int]:
    """Count what is there on a day for more than ``years`` years, and all of it, by its days of age."""
    limit = (on - _years_before(on, years)).days
    return sum(count for days, count in there.items() if days > limit), sum(there.values())


def pyramid(there: Mapping[int, int], on: date, last: int) -> Sequence[int]:
    """Count what is there on a day by its age in whole years, from its days: 0, 1… then ``last`` and more."""
    found = [0] * (last + 1)
    for days, count in there.items():
        found[min(months_between(on - timedelta(days=days), on) // 12, last)] += count
    return found


def ages(days: Mapping[int, int], whole: int) -> Ages:
    """Give the ages of the pieces counted by their days, out of ``whole``."""
    n = sum(days.values())
    return Ages(n, whole, sum(age * count for age, count in days.items()), _median(days, n) if n else None)


def _median(days: Mapping[int, int], n: int) -> Fraction:
    """Give the middle one of ``n`` ages, counted by age."""
    middle: list[int] = []
    seen = 0
    for age in sorted(days):
        before, seen = seen, seen + days[age]
        middle += [age for rank in ((n - 1) // 2, n // 2) if before <= rank < seen]
    return Fraction(sum(middle), 2)


def _place(day: date) -> Fraction:
    """Give a day as a number of years."""
    start = date(day.year, 1, 1)
    length = (date(day.year + 1, 1, 1) - start).days
    return day.year + Fraction((day - start).days, length)


def _years_before(day: date, years: int) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(day.year - years, day.month, 28 if is_leap_day else day.day)


def _rounded(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / value.denominator).quantize(_DECIMALS).normalize()
