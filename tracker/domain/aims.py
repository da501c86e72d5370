"""The judgement of one indicator against its target: met, on the way, off it, or not known."""

from decimal import Decimal

from tracker.domain.judgement import AimJudgement, Reason, ReasonCode
from tracker.domain.records import Aim, Reading
from tracker.domain.targets import POINTED, STRICT, Baseline, Target, Threshold, resolve
from tracker.domain.trajectory import Expected, progress, waypoint
from tracker.domain.trend import Move, move, since
from tracker.domain.vocabulary import Absence, BaselineState, Status

_ABSENT = {Absence.NOT_APPLICABLE: Status.NOT_APPLICABLE, Absence.UPCOMING: Status.UPCOMING}
_PROPOSED = Reason(ReasonCode.BASELINE_PROPOSED)


def judge_aim(aim: Aim, year: int) -> AimJudgement | None:
    """Judge ``aim`` for ``year`` with the target and the baseline then in force; None when it never had a target."""
    if not aim.targets:
        return None
    reading, target = aim.readings.get(year), aim.target(year)
    if target is None:
        first = min(version.in_force_from for version in aim.targets)
        return AimJudgement(aim, Status.UPCOMING, (Reason(ReasonCode.TARGET_LATER, {"year": first}),), reading)
    base = aim.departure(year)
    is_broken = base is not None and base.is_known and not aim.compares(base, year)
    threshold = None if target.is_relative and is_broken else resolve(target, base)
    is_aside = reading is not None and reading.absence is Absence.NOT_APPLICABLE
    if threshold is None and not is_aside:
        reason = _without_threshold(year, base, is_broken=is_broken)
        return AimJudgement(aim, Status.BASELINE_NEEDED, (reason,), reading, target, departure=base)
    if reading is None or reading.value is None or threshold is None:
        status, reasons = without_value(aim, year)
        return AimJudgement(aim, status, reasons, reading, target, threshold, base)
    return _with_value(aim, year, reading, target, threshold, None if is_broken else base)


def expected_in(aim: Aim, year: int) -> Expected | None:
    """Give the value expected in ``year``, past or ahead, on the way that judgements follow; None without a way."""
    target, threshold, base = aim.target(year), aim.threshold(year), aim.departure(year)
    if target is None or threshold is None:
        return None
    if base is not None and base.is_known and not aim.compares(base, year):
        base = None
    start = base.value if base and base.is_known else None
    return None if _is_to_keep(threshold, start) else waypoint(target, threshold, base, year)


def without_value(aim: Aim, year: int) -> tuple[Status, tuple[Reason, ...]]:
    """Say why ``year`` has no value, and quote the last one known."""
    reading = aim.readings.get(year)
    absence = reading.absence if reading else None
    if reading and absence is Absence.NOT_COMPUTABLE:
        code = ReasonCode.NOT_COMPUTABLE if reading.missing else ReasonCode.NO_RESULT
        reasons = [Reason(code, {"year": year, "missing": reading.missing})]
    elif absence:
        reasons = [Reason(ReasonCode.NO_VALUE_BECAUSE, {"year": year, "absence": absence})]
    else:
        reasons = [Reason(ReasonCode.NO_VALUE, {"year": year})]
    last = aim.last_before(year)
    if last:
        reasons.append(Reason(ReasonCode.LAST_VALUE, {"value": last.value, "year": last.year}))
    return _ABSENT.get(absence, Status.NOT_MEASURED) if absence else Status.NOT_MEASURED, tuple(reasons)


def _without_threshold(year: int, base: Baseline | None, *, is_broken: bool) -> Reason:
    if is_broken and base is not None:
        return Reason(ReasonCode.METHOD_BREAK, {"year": year, "base_year": base.year})
    return Reason(ReasonCode.BASELINE_ZERO if base and base.is_known else ReasonCode.BASELINE_MISSING)


def _with_value(
    aim: Aim, year: int, reading: Reading, target: Target, threshold: Threshold, base: Baseline | None
) -> AimJudgement:
    value = reading.value
    assert value is not None  # noqa: S101 - the caller has looked
    start = base.value if base and base.is_known else None
    is_to_keep = _is_to_keep(threshold, start)
    line = None if is_to_keep else waypoint(target, threshold, base, year)
    if is_to_keep or threshold.comparator in POINTED:
        share = None  # something to keep, or the distance to a point, which has no direction
    else:
        share = None if start is None else progress(value, start, threshold.value)
    status, reasons = _verdict(aim, year, value, target, threshold, line, start, is_to_keep=is_to_keep)
    if status is not Status.ACHIEVED and aim.has_break(year):
        reasons = (*reasons, Reason(ReasonCode.METHOD_CHANGED, {"year": year}))
    if base and base.state is BaselineState.PROPOSED and (share is not None or target.is_relative):
        reasons = (*reasons, _PROPOSED)
    gap, due = threshold.gap(value), (line.value, line.origin) if line else (None, None)
    return AimJudgement(aim, status, reasons, reading, target, threshold, base, share, gap, *due)


def _is_to_keep(threshold: Threshold, start: Decimal | None) -> bool:
    """Tell whether the target was there at the start: it is something to keep, and no way leads to it."""
    return start is not None and (threshold.is_met(start) or start == threshold.value)


def _verdict(
    aim: Aim,
    year: int,
    value: Decimal,
    target: Target,
    threshold: Threshold,
    line: Expected | None,
    start: Decimal | None,
    *,
    is_to_keep: bool,
) -> tuple[Status, tuple[Reason, ...]]:
    if threshold.is_met(value):
        met = {"value": value, "target": threshold.value, "upper": threshold.upper}
        return Status.ACHIEVED, (Reason(ReasonCode.TARGET_MET, met),)
    horizon = target.horizon_year
    before: tuple[Reason, ...] = ()
    if value == threshold.value and threshold.comparator in STRICT:
        before = (Reason(ReasonCode.STRICT_NOT_MET, {"target": threshold.value}),)
    if horizon is not None and year >= horizon:
        return Status.OFF_TRACK, (*before, Reason(ReasonCode.HORIZON_PASSED, {"year": horizon}))
    if line is not None:
        status, reason = _against_line(aim, year, value, threshold, line, start)
        return status, (*before, reason)
    code = ReasonCode.TO_KEEP if is_to_keep else ReasonCode.NO_HORIZON if horizon is None else ReasonCode.NO_LINE
    before = (*before, Reason(code))
    status, reason = _by_trend(aim, year, value, threshold)
    return status, (*before, reason)


def _against_line(
    aim: Aim, year: int, value: Decimal, threshold: Threshold, line: Expected, start: Decimal | None
) -> tuple[Status, Reason]:
    values = {"value": value, "expected": line.value, "year": year, "origin": line.origin, "since": line.since}
    behind = threshold.gap(value) - threshold.gap(line.value)
    if behind <= 0:
        return Status.ON_TRACK, Reason(ReasonCode.AHEAD_OF_LINE, values)
    way = threshold.gap(line.value if start is None else start)
    if behind <= way * aim.tolerance:
        return Status.WATCH, Reason(ReasonCode.JUST_BEHIND_LINE, values)
    return Status.OFF_TRACK, Reason(ReasonCode.BEHIND_LINE, values)


def _by_trend(aim: Aim, year: int, value: Decimal, threshold: Threshold) -> tuple[Status, Reason]:
    """Without a dated line: on course while nearer than the previous value, off it when farther than at start."""
    start, series = since(aim, year), aim.comparable(year)
    last = next((point for point in reversed(series) if point.year < year), None)
    compared = (last.year, last.value) if last else start
    if compared is None:
        return Status.WATCH, Reason(ReasonCode.FIRST_VALUE, {"year": year})
    values = {"value": value, "since": compared[1], "since_year": compared[0]}
    match move(value, compared[1], aim.indicator.better, threshold):
        case Move.BETTER:
            return Status.ON_TRACK, Reason(ReasonCode.IMPROVES, values)
        case Move.SAME:
            return Status.WATCH, Reason(ReasonCode.STANDS_STILL, values)
        case Move.WORSE:
            below = start is not None and threshold.gap(value) > threshold.gap(start[1])
            return Status.OFF_TRACK if below else Status.WATCH, Reason(ReasonCode.MOVES_AWAY, values)
