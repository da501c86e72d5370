"""One figure out of several: over years or over the parts of an authority, with what is missing in plain sight."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from enum import StrEnum

from tracker.domain.numbers import MAX_DECIMALS
from tracker.domain.records import Reading
from tracker.domain.vocabulary import Absence, Aggregation

_STEP = Decimal(1).scaleb(-MAX_DECIMALS)
_PRECISION = 60  # significant digits: the largest number that can be typed over the smallest, and its decimals
_ZERO = Decimal(0)


class AggregateRefusal(StrEnum):
    """Why several values do not make one."""

    NOTHING_KNOWN = "nothing_known"
    PARTS_MISSING = "parts_missing"
    NO_SUCH_AGGREGATE = "no_such_aggregate"
    ZERO_DENOMINATOR = "zero_denominator"


@dataclass(frozen=True, slots=True)
class Aggregate:
    """What several values come to, in the indicator's unit, or the ``reason`` why they come to nothing.

    ``known`` of the ``expected`` parts or years have a value; the others are left out, never taken for zero.
    A part to which the indicator does not apply is not expected.
    """

    value: Decimal | None
    known: int
    expected: int
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    reason: AggregateRefusal | None = None

    @property
    def is_complete(self) -> bool:
        """Tell whether there is a value and nothing is missing from it."""
        return self.value is not None and self.known == self.expected


def over_years(readings: Mapping[int, Reading], how: Aggregation, years: range, scale: Decimal) -> Aggregate:
    """Bring the readings of ``years`` to one figure.

    A sum adds, a mean divides the sum by the number of known years, the latest is the last known value; a
    median of medians is no median and is refused, unless there is a single year. For ``scale`` and the ratio
    of sums see `over_parts`. A percentage or a ratio is never averaged: it comes with the ratio of sums.
    """
    found = [readings.get(year) for year in years]
    if how not in {Aggregation.LATEST, Aggregation.MEAN}:
        return over_parts(found, how, scale)
    known, expected = _known(found), _expected(found)
    if not known:
        return Aggregate(None, 0, expected, reason=AggregateRefusal.NOTHING_KNOWN)
    if how is Aggregation.LATEST:
        last = max(known, key=lambda reading: reading.year)
        return Aggregate(last.value, len(known), expected, last.numerator, last.denominator)
    with localcontext(prec=_PRECISION):
        return Aggregate(_rounded(_total(known) / len(known)), len(known), expected)


def over_parts(parts: Sequence[Reading | None], how: Aggregation, scale: Decimal) -> Aggregate:
    """Bring the readings of the parts of one whole, for one year, to one figure; None is a part that said nothing.

    A sum adds the known values. The ratio of sums is ``scale`` × Σ numerators / Σ denominators (``scale`` is
    100 for a percentage, else 1), at six decimals as `entries.check` keeps a ratio; it is refused as soon as a
    known part lacks one of its terms, since percentages are never averaged. There is no median of medians
    unless there is a single part, and neither a latest part nor a mean of parts.
    """
    known, expected = _known(parts), _expected(parts)
    is_single = how is Aggregation.MEDIAN and expected == 1
    if how not in {Aggregation.SUM, Aggregation.RATIO_OF_SUMS} and not is_single:
        return Aggregate(None, len(known), expected, reason=AggregateRefusal.NO_SUCH_AGGREGATE)
    if not known:
        return Aggregate(None, 0, expected, reason=AggregateRefusal.NOTHING_KNOWN)
    if how is Aggregation.RATIO_OF_SUMS:
        return _ratio_of_sums(known, expected, scale)
    with localcontext(prec=_PRECISION):
        return Aggregate(_total(known), len(known), expected)


def _ratio_of_sums(known: Sequence[Reading], expected: int, scale: Decimal) -> Aggregate:
    numerators = [reading.numerator for reading in known if reading.numerator is not None]
    denominators = [reading.denominator for reading in known if reading.denominator is not None]
    if len(numerators) < len(known) or len(denominators) < len(known):
        return Aggregate(None, len(known), expected, reason=AggregateRefusal.PARTS_MISSING)
    with localcontext(prec=_PRECISION):
        over, under = sum(numerators, _ZERO), sum(denominators, _ZERO)
        if under == 0:
            return Aggregate(None, len(known), expected, over, under, AggregateRefusal.ZERO_DENOMINATOR)
        return Aggregate(_rounded(scale * over / under), len(known), expected, over, under)


def _known(readings: Sequence[Reading | None]) -> list[Reading]:
    return [reading for reading in readings if reading is not None and reading.value is not None]


def _expected(readings: Sequence[Reading | None]) -> int:
    return sum(reading is None or reading.absence is not Absence.NOT_APPLICABLE for reading in readings)


def _total(known: Sequence[Reading]) -> Decimal:
    return sum((reading.value for reading in known if reading.value is not None), _ZERO)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_STEP, rounding=ROUND_HALF_EVEN).normalize()
