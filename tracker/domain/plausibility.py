"""What looks odd in a value before it is saved, and when a comment must go with it. An oddity informs: it never blocks.

A value is held against the earlier ones that compare with it: those of its method in the last ten years, and the
dated baseline before them. A yes-or-no indicator has nothing odd in its value.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from statistics import median

from tracker.domain.aims import judge_aim
from tracker.domain.entries import HUNDRED, Entry
from tracker.domain.methods import FIRST
from tracker.domain.records import Aim, IndicatorRecord, Reading
from tracker.domain.series import Point
from tracker.domain.slips import SLIPS
from tracker.domain.trend import trend_points
from tracker.domain.versions import in_force
from tracker.domain.vocabulary import TYPED_ABSENCES, Quality, Status, ValueKind

ROBUST_FROM = 3
"""Earlier values from which the usual yearly change can be told; with fewer, only a plain factor is looked at."""
JUMP_TIMES = 5
"""A jump is more than this many times the usual yearly change."""
USUAL_SHARE = Decimal("0.05")
"""The usual yearly change is never taken for less than this share of the level: a steady series may move a little."""
JUMP_FACTOR = 3
"""With one or two earlier values, a jump is more than this many times the last one, or less than its inverse."""
SLIP_SHARE = Decimal("0.15")
"""Read in the other unit, a slip comes this near to the last value: a share of it, unless it usually moves more."""
SAME_DIGITS = 3
"""Significant digits from which the very value of the year before is unlikely to be found again."""
COVERAGE_POINTS = 20
"""A coverage that falls by more points than this says that another whole was measured."""


class OddityCode(StrEnum):
    """What looks odd in a value; ``labels`` has one sentence for each."""

    JUMP = "jump"
    UNIT_SLIP = "unit_slip"
    ZERO_AFTER_VALUES = "zero_after_values"
    OVER_WHOLE = "over_whole"
    SAME_AS_BEFORE = "same_as_before"
    COVERAGE_DROP = "coverage_drop"


@dataclass(frozen=True, slots=True)
class Oddity:
    """One thing to check in a value, with the numbers that its sentence quotes."""

    code: OddityCode
    values: Mapping[str, object] = field(default_factory=dict)


class CommentReason(StrEnum):
    """Why a value, or the want of one, must be commented on."""

    ABSENT = "absent"
    ESTIMATED = "estimated"
    OFF_TARGET = "off_target"


@dataclass(frozen=True, slots=True)
class _History:
    """The earlier values that a value is held against, oldest first, never empty; and the year of the value."""

    points: tuple[Point, ...]
    indicator: IndicatorRecord
    year: int

    @property
    def last(self) -> Point:
        return self.points[-1]

    @property
    def is_robust(self) -> bool:
        return len(self.points) >= ROBUST_FROM

    @property
    def elapsed(self) -> int:
        """Count the years since the last value: a series may go on moving while nothing is measured."""
        return self.year - self.last.year

    @property
    def change(self) -> Decimal:
        """Give the median of the changes a year; zero with one value."""
        pairs = pairwise(self.points)
        changes = [abs(after.value - before.value) / (after.year - before.year) for before, after in pairs]
        return median(changes) if changes else Decimal(0)

    @property
    def usual(self) -> Decimal:
        """Give the yearly change that surprises nobody, never zero."""
        if not self.is_robust:
            return _step(self.indicator)
        level = max(abs(self.last.value), median(abs(point.value) for point in self.points))
        return max(self.change, USUAL_SHARE * level, _step(self.indicator))


def oddities(aim: Aim, year: int, entry: Entry) -> tuple[Oddity, ...]:
    """List what looks odd in ``entry`` if it were saved for ``year``; empty when nothing does, or there is no value.

    A slip of unit or an unlikely zero is told instead of the jump that it also is.
    """
    value = entry.value
    if value is None:
        return ()
    found = [_coverage_drop(aim, year, entry)]
    if aim.indicator.value_kind is not ValueKind.BOOLEAN:
        history = _history(with_entry(aim, year, entry), year)
        distance = _zero_after_values(history, value) or _unit_slip(history, value) or _jump(history, value)
        found = [distance, _over_whole(aim, history, entry), _same_as_before(aim, year, entry), *found]
    return tuple(oddity for oddity in found if oddity)


def needs_comment(aim: Aim, year: int, entry: Entry, today: date) -> CommentReason | None:
    """Say why ``entry`` must be commented on; None when it need not, or is already.

    A comment goes with every reason for no value that a person gives, with every estimate, and with every value that
    the target in force puts off course. The target does not judge a year that has not begun on ``today``.
    """
    if entry.comment.strip():
        return None
    if entry.value is None:
        return CommentReason.ABSENT if entry.absence in TYPED_ABSENCES else None
    if entry.quality is Quality.ESTIMATED:
        return CommentReason.ESTIMATED
    said = judge_aim(with_entry(aim, year, entry), year) if year <= today.year else None
    return CommentReason.OFF_TARGET if said and said.status is Status.OFF_TRACK else None


def with_entry(aim: Aim, year: int, entry: Entry) -> Aim:
    """Give ``aim`` as it would be with ``entry`` saved for ``year``, by the method then in force."""
    current, method = aim.readings.get(year), in_force(aim.methods, year)
    saved = Reading(
        year=year,
        revision=(current.revision if current else 0) + 1,
        value=entry.value,
        absence=entry.absence,
        numerator=entry.numerator,
        denominator=entry.denominator,
        quality=entry.quality,
        coverage=entry.coverage,
        source=entry.source,
        comment=entry.comment,
        method=method.version if method else FIRST,
        parts=entry.parts,
    )
    return replace(aim, readings={**aim.readings, year: saved})


def unit_slip(aim: Aim, year: int, value: Decimal) -> Oddity | None:
    """Tell whether ``value`` is near the last one once read in another unit of its family, and far from it as it is.

    It asks nothing of the bounds of the indicator, so that a value they refuse can still be explained.
    """
    entry = Entry(value, None, None, None, None, None, "", "")
    return _unit_slip(_history(with_entry(aim, year, entry), year), value)


def _history(aim: Aim, year: int) -> _History | None:
    points = tuple(point for point in trend_points(aim, year) if point.year < year)
    return _History(points, aim.indicator, year) if points else None


def _step(indicator: IndicatorRecord) -> Decimal:
    """Give the smallest move worth a word: one point, one thing counted, or the last decimal shown."""
    if indicator.unit == "percent" or indicator.value_kind is ValueKind.COUNT:
        return Decimal(1)
    return Decimal(1).scaleb(-max(indicator.decimals, 0))


def _against(last: Point, value: Decimal) -> dict[str, object]:
    """Give a value beside the last one, and how many times it: None where they have not the same sign."""
    times = value / last.value if value * last.value > 0 else None
    return {"value": value, "last": last.value, "year": last.year, "times": times}


def _unit_slip(history: _History | None, value: Decimal) -> Oddity | None:
    if history is None or value * history.last.value <= 0:
        return None
    last = history.last
    near = max(SLIP_SHARE * abs(last.value), history.change * history.elapsed)
    if abs(value - last.value) <= near:
        return None
    slips = SLIPS.get(history.indicator.unit, ())
    found = min(slips, key=lambda slip: abs(slip.reading(value) - last.value), default=None)
    if found is None or abs(found.reading(value) - last.value) > near:
        return None
    values = {**_against(last, value), "unit": found.unit, "reading": found.reading(value)}
    return Oddity(OddityCode.UNIT_SLIP, values)


def _jump(history: _History | None, value: Decimal) -> Oddity | None:
    """Find a distance to the last value far beyond the usual changes; by a plain factor while these are not known.

    After nothing but zeros there is no level to jump from.
    """
    if history is None or not any(point.value for point in history.points):
        return None
    last = history.last
    values, distance = _against(last, value), abs(value - last.value)
    if history.is_robust:
        is_far = distance > JUMP_TIMES * history.usual * history.elapsed
        values |= {"distance": distance, "usual": history.change}
        return Oddity(OddityCode.JUMP, values) if is_far else None
    low, high = sorted((abs(value), abs(last.value)))
    is_far = value * last.value > 0 and high > JUMP_FACTOR * low and distance > JUMP_TIMES * history.usual
    return Oddity(OddityCode.JUMP, values) if is_far else None


def _zero_after_values(history: _History | None, value: Decimal) -> Oddity | None:
    """Find a zero where even the value nearest to zero was farther from it than a jump: it may stand for no value."""
    if history is None or value != 0:
        return None
    known = [point.value for point in history.points]
    if min(map(abs, known)) <= JUMP_TIMES * history.usual:
        return None
    values = {"low": min(known), "high": max(known), "year": history.last.year}
    return Oddity(OddityCode.ZERO_AFTER_VALUES, values)


def _over_whole(aim: Aim, history: _History | None, entry: Entry) -> Oddity | None:
    """Find a share above the whole that no bound refuses; a change in per cent, which may be negative, is no share.

    Where earlier values were above the whole too, it is no news.
    """
    indicator = aim.indicator
    is_share = indicator.unit == "percent" and (indicator.minimum is None or indicator.minimum >= 0)
    if entry.value is None or not is_share or indicator.maximum is not None or entry.value <= HUNDRED:
        return None
    if history is not None and any(point.value > HUNDRED for point in history.points):
        return None
    values = {"value": entry.value, "numerator": entry.numerator, "denominator": entry.denominator}
    return Oddity(OddityCode.OVER_WHOLE, values)


def _same_as_before(aim: Aim, year: int, entry: Entry) -> Oddity | None:
    """Find the very value of the year before, to a number of digits that chance seldom repeats: it may be a copy.

    A ratio is the same with the same terms, out of a whole of as many digits: 2 in 3 is often 2 in 3 again.
    """
    before, value = aim.readings.get(year - 1), entry.value
    if before is None or value is None or before.value != value or value == value.to_integral_value():
        return None
    if (before.numerator, before.denominator) != (entry.numerator, entry.denominator):
        return None
    whole = entry.denominator
    digits = len(value.normalize().as_tuple().digits) if whole is None else abs(whole).adjusted() + 1
    if digits < SAME_DIGITS:
        return None
    return Oddity(OddityCode.SAME_AS_BEFORE, {"value": value, "year": year - 1})


def _coverage_drop(aim: Aim, year: int, entry: Entry) -> Oddity | None:
    """Find a coverage far below that of the last value; one that nobody stated is not taken for anything."""
    last = aim.last_before(year)
    if last is None or last.coverage is None or entry.coverage is None:
        return None
    if last.coverage - entry.coverage <= COVERAGE_POINTS:
        return None
    values = {"before": last.coverage, "after": entry.coverage, "year": last.year}
    return Oddity(OddityCode.COVERAGE_DROP, values)
