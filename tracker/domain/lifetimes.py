"""Lifetimes: how long equipment is kept, from the days on which each piece came into service and was retired.

Days are counted as integers, and told in years of 365.25 days. A day that nobody told is never guessed: what lacks
one is counted apart, and every figure says on how much of the whole it rests.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
    known = list(stays)
    left = [stay for stay in known if has_left(stay, over)]
    eve = over.first - timedelta(days=1)
    before = sum(stay.count for stay in known if is_there(stay, eve))
    at_exit, in_service = _ages(left, over.last), ages_there(known, over.last)
    return Lifetimes(
        at_exit=at_exit,
        in_service=in_service,
        curve=survival(_lives(known, over.last)),
        fleet=Fraction(before + in_service.whole, 2),
        exits=at_exit.whole,
        years=over.years,
        undated=sum(stay.count for stay in known if stay.is_retired and stay.end is None),
        contradictory=sum(stay.count for stay in known if stay.start is not None and not is_dated(stay)),
        pieces=sum(stay.count for stay in known if stay.start is None or stay.start <= over.last),
    )


def ages_there(stays: Iterable[Stay], on: date) -> Ages:
    """Give the ages of what is in service on a day."""
    return _ages([stay for stay in stays if is_there(stay, on)], on)


def by_category(stays: Iterable[Stay], over: Period) -> Mapping[EquipmentCategory, Lifetimes]:
    """Say the same of each category that has some equipment, in the order of the categories."""
    found: dict[EquipmentCategory, list[Stay]] = {}
    for stay in stays:
        found.setdefault(stay.category, []).append(stay)
    return {category: lifetimes(found[category], over) for category in EquipmentCategory if category in found}


def is_dated(stay: Stay) -> bool:
    """Tell whether the beginning of a stay is known, and does not come after its end."""
    return stay.start is not None and (stay.end is None or stay.start <= stay.end)


def is_there(stay: Stay, on: date) -> bool:
    """Tell whether a piece is in service on a day; one whose beginning nobody told is, as long as it has not left."""
    if stay.is_retired and stay.end is None:
        return False
    return (stay.start is None or stay.start <= on) and (stay.end is None or stay.end > on)


def has_left(stay: Stay, over: Period) -> bool:
    """Tell whether a piece was retired in a period; what only changed hands inside was not."""
    return stay.is_retired and stay.end is not None and over.first <= stay.end <= over.last


def older_than(stays: Iterable[Stay], years: int, on: date) -> tuple[int, int]:
    """Count what is in service on a day for more than ``years`` years, and all that is with a known beginning."""
    older = dated = 0
    limit = _years_before(on, years)
    for stay in stays:
        if stay.start is not None and is_dated(stay) and is_there(stay, on):
            dated += stay.count
            older += stay.count if stay.start < limit else 0
    return older, dated


def pyramid(stays: Iterable[Stay], on: date, last: int) -> Sequence[int]:
    """Count what is in service on a day by its age in whole years: 0, 1… then ``last`` and more."""
    found = [0] * (last + 1)
    for stay in stays:
        if stay.start is not None and is_dated(stay) and is_there(stay, on):
            found[min(months_between(stay.start, on) // 12, last)] += stay.count
    return found


def _lives(stays: Iterable[Stay], on: date) -> Iterator[Life]:
    """Give what is known on a day of each life that has begun; one whose end nobody told says nothing."""
    for stay in stays:
        is_undated = stay.is_retired and stay.end is None
        if stay.start is not None and stay.start <= on and is_dated(stay) and not is_undated:
            has_ended = stay.is_retired and stay.end is not None and stay.end <= on
            yield Life((min(stay.end or on, on) - stay.start).days, has_ended, stay.count)


def _ages(stays: Iterable[Stay], on: date) -> Ages:
    """Give the ages that the stays came to by a day, those that ended before at their end."""
    days: Counter[int] = Counter()
    whole = 0
    for stay in stays:
        whole += stay.count
        if stay.start is not None and is_dated(stay):
            days[(min(stay.end or on, on) - stay.start).days] += stay.count
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
