"""The judgement of one indicator against its target: met, on the line, off it, or not known."""

from decimal import Decimal

from tracker.domain.judgement import AimJudgement, Reason, ReasonCode
from tracker.domain.records import Aim
from tracker.domain.targets import Threshold, in_force, resolve
from tracker.domain.trajectory import expected, progress
from tracker.domain.trend import Move, departure, move
from tracker.domain.vocabulary import Absence, Comparator, Status

TOLERANCE = Decimal("0.10")  # share of the whole way (t - b) that a value may lag before it is off course
_STRICT = (Comparator.GREATER, Comparator.LESS)
_ABSENT = {Absence.NOT_APPLICABLE: Status.NOT_APPLICABLE, Absence.UPCOMING: Status.UPCOMING}


def judge_aim(aim: Aim, year: int) -> AimJudgement | None:
    """Judge ``aim`` for ``year`` with the target then in force; None when it never had a target."""
    if not aim.targets:
        return None
    reading = aim.readings.get(year)
    target = in_force(aim.targets, year)
    if target is None:
        first = min(version.in_force_from for version in aim.targets)
        later = Reason(ReasonCode.TARGET_LATER, {"year": first})
        return AimJudgement(aim, Status.UPCOMING, (later,), reading)
    threshold = resolve(target, aim.baseline)
    if threshold is None:
        is_zero = aim.baseline is not None and aim.baseline.is_known
        missing = Reason(ReasonCode.BASELINE_ZERO if is_zero else ReasonCode.BASELINE_MISSING)
        return AimJudgement(aim, Status.BASELINE_NEEDED, (missing,), reading, target)
    if reading is None or reading.value is None:
        status, reasons = without_value(aim, year)
        return AimJudgement(aim, status, reasons, reading, target, threshold)
    value, base = reading.value, aim.baseline
    start = base.value if base and base.is_known else None
    if start is not None and (threshold.is_met(start) or start == threshold.value):
        start = None  # there already at the start: something to keep, not a way to go
    line = None
    if start is not None and base and base.year is not None and target.horizon_year is not None:
        line = expected(year, start, base.year, threshold.value, target.horizon_year)
    is_exact = threshold.comparator is Comparator.EXACTLY  # the distance to one point has no direction
    status, reasons = _with_value(aim, year, value, threshold, target.horizon_year, line)
    return AimJudgement(
        aim,
        status,
        reasons,
        reading,
        target,
        threshold,
        progress=None if start is None or is_exact else progress(value, start, threshold.value),
        gap=threshold.gap(value),
        expected=line,
    )


def without_value(aim: Aim, year: int) -> tuple[Status, tuple[Reason, ...]]:
    """Say why ``year`` has no value, and quote the last one known."""
    reading = aim.readings.get(year)
    absence = reading.absence if reading else None
    if absence:
        reasons = [Reason(ReasonCode.NO_VALUE_BECAUSE, {"year": year, "absence": absence})]
    else:
        reasons = [Reason(ReasonCode.NO_VALUE, {"year": year})]
    last = aim.last_before(year)
    if last:
        reasons.append(Reason(ReasonCode.LAST_VALUE, {"value": last.value, "year": last.year}))
    return _ABSENT.get(absence, Status.NOT_MEASURED) if absence else Status.NOT_MEASURED, tuple(reasons)


def _with_value(
    aim: Aim, year: int, value: Decimal, threshold: Threshold, horizon: int | None, line: Decimal | None
) -> tuple[Status, tuple[Reason, ...]]:
    if threshold.is_met(value):
        return Status.ACHIEVED, (Reason(ReasonCode.TARGET_MET, {"value": value, "target": threshold.value}),)
    before: tuple[Reason, ...] = ()
    if threshold.comparator in _STRICT and value == threshold.value:
        before = (Reason(ReasonCode.STRICT_NOT_MET, {"target": threshold.value}),)
    if horizon is not None and year >= horizon:
        return Status.OFF_TRACK, (*before, Reason(ReasonCode.HORIZON_PASSED, {"year": horizon}))
    if line is not None:
        status, reason = _against_line(aim, year, value, threshold, line)
    else:
        code = ReasonCode.NO_HORIZON if horizon is None else ReasonCode.NO_LINE
        before = (*before, Reason(code))
        status, reason = _by_trend(aim, year, value, threshold)
    return status, (*before, reason)


def _against_line(aim: Aim, year: int, value: Decimal, threshold: Threshold, line: Decimal) -> tuple[Status, Reason]:
    values = {"value": value, "expected": line, "year": year}
    way = abs(threshold.value - (aim.baseline.value or Decimal(0))) if aim.baseline else Decimal(0)
    behind = threshold.gap(value) - threshold.gap(line)
    if behind <= 0:
        return Status.ON_TRACK, Reason(ReasonCode.AHEAD_OF_LINE, values)
    if behind <= way * TOLERANCE:
        return Status.WATCH, Reason(ReasonCode.JUST_BEHIND_LINE, values)
    return Status.OFF_TRACK, Reason(ReasonCode.BEHIND_LINE, values)


def _by_trend(aim: Aim, year: int, value: Decimal, threshold: Threshold) -> tuple[Status, Reason]:
    """Without a dated line: on course while nearer than the previous value, off it when farther than at start."""
    start, last = departure(aim), aim.last_before(year)
    is_before = start is not None and (start.year is None or start.year < year)
    since_value = last.value if last else (start.value if start and is_before else None)
    since_year = last.year if last else (start.year if start else None)
    if since_value is None:
        return Status.WATCH, Reason(ReasonCode.FIRST_VALUE, {"year": year})
    values = {"value": value, "since": since_value, "since_year": since_year}
    match move(value, since_value, aim.indicator.better, threshold):
        case Move.BETTER:
            return Status.ON_TRACK, Reason(ReasonCode.IMPROVES, values)
        case Move.SAME:
            return Status.WATCH, Reason(ReasonCode.STANDS_STILL, values)
        case Move.WORSE:
            below = start is not None and threshold.gap(value) > threshold.gap(start.value)
            return Status.OFF_TRACK if below else Status.WATCH, Reason(ReasonCode.MOVES_AWAY, values)
