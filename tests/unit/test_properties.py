"""What is true of any figure held against any target: mirrors, units, what is missing, and what may never improve."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.factories import make_aim, make_baseline, make_commitment, make_organisation, make_target, make_threshold
from tests.strategies import (
    YEAR,
    aims,
    baselines,
    commitments,
    in_a_mirror,
    in_unit,
    judged_aims,
    plain,
    targets,
    tolerances,
    with_reading,
    with_value,
    years,
)
from tracker.domain.aims import judge_aim
from tracker.domain.judgement import AimJudgement, ReasonCode
from tracker.domain.records import Aim
from tracker.domain.scorecard import Scorecard, score
from tracker.domain.targets import amount, resolve
from tracker.domain.trajectory import waypoint
from tracker.domain.vocabulary import (
    Absence,
    Better,
    CommitmentKind,
    Comparator,
    Origin,
    Status,
    TargetBasis,
    TargetPath,
)

GREATER, AT_LEAST, LESS, AT_MOST, EXACTLY, BETWEEN = Comparator
FAVOUR = {Status.ACHIEVED: 3, Status.ON_TRACK: 2, Status.WATCH: 1}
"""The order of what is known of a figure, most favourable first: achieved, on track, watch, then off track.

What is not known (no value, no baseline, not applicable, to come) claims nothing, and stands with off track.
"""
UNITS = st.sampled_from([Decimal(text) for text in ("12", "1000", "0.001", "3", "0.7")])
ABSENCES = st.none() | st.sampled_from([reason for reason in Absence if reason is not Absence.NOT_APPLICABLE])


def judged(aim: Aim, year: int = YEAR) -> AimJudgement:
    said = judge_aim(aim, year)
    assert said is not None
    return said


def codes(said: AimJudgement) -> list[ReasonCode]:
    return [reason.code for reason in said.reasons]


def told(said: AimJudgement | None) -> object:
    """Give everything that a judgement says, but for the aim that it was made of."""
    return said and (
        said.status,
        said.reasons,
        said.target,
        said.threshold,
        said.departure,
        said.progress,
        said.gap,
        said.expected,
        said.origin,
    )


# Mirrors and units


@given(judged_aims())
def test_the_verdict_is_the_same_in_a_mirror(aim):
    """Every number negated, comparators and direction flipped: the same share, the same words."""
    one, other = judged(aim), judged(in_a_mirror(aim))
    assert (one.status, one.progress, one.gap, one.origin) == (other.status, other.progress, other.gap, other.origin)
    assert codes(one) == codes(other)
    assert (one.expected is None) is (other.expected is None)
    if one.expected is not None:
        assert one.expected == -other.expected


@given(judged_aims(), UNITS)
def test_the_verdict_is_the_same_in_another_unit(aim, factor):
    """Days rather than months: percentages of a baseline stay as they are, all the rest is multiplied."""
    one, other = judged(aim), judged(in_unit(aim, factor))
    assert (one.status, one.progress, one.origin) == (other.status, other.progress, other.origin)
    assert codes(one) == codes(other)
    assert other.gap == (None if one.gap is None else one.gap * factor)


# Better is never worse


@given(judged_aims(), plain, plain)
def test_a_better_value_never_gets_a_worse_verdict(aim, one, other):
    """Better is nearer to the target, or past it; the order of verdicts is `FAVOUR`, and all else is equal."""
    threshold = judged(aim).threshold
    assume(threshold is not None)

    def merit(value):
        return (threshold.is_met(value), -threshold.gap(value))

    low, high = sorted((one, other), key=merit)
    at_low, at_high = judged(with_value(aim, low)), judged(with_value(aim, high))
    assert FAVOUR.get(at_low.status, 0) <= FAVOUR.get(at_high.status, 0)


@given(judged_aims(plain, GREATER, AT_LEAST, LESS, AT_MOST), plain, plain)
def test_a_value_farther_in_the_direction_of_its_target_never_gets_a_worse_verdict_nor_less_progress(aim, one, other):
    """The same order; for a target with a direction, better is higher or lower, past the target as before it."""
    is_upward = aim.targets[0].comparator in {GREATER, AT_LEAST}
    low, high = sorted((one, other), reverse=not is_upward)
    at_low, at_high = judged(with_value(aim, low)), judged(with_value(aim, high))
    assert FAVOUR.get(at_low.status, 0) <= FAVOUR.get(at_high.status, 0)
    if at_low.progress is not None and at_high.progress is not None:
        assert at_low.progress <= at_high.progress


@given(judged_aims(), tolerances, tolerances)
def test_a_larger_tolerance_never_gets_a_worse_verdict(aim, one, other):
    small, large = sorted((one, other))
    strict, lenient = judged(replace(aim, tolerance=small)), judged(replace(aim, tolerance=large))
    assert FAVOUR.get(strict.status, 0) <= FAVOUR.get(lenient.status, 0)


@given(judged_aims())
def test_a_tolerance_of_nothing_leaves_no_watch_on_a_line(aim):
    said = judged(replace(aim, tolerance=Decimal(0)))
    if said.expected is not None:
        assert said.status in {Status.ACHIEVED, Status.ON_TRACK, Status.OFF_TRACK}
        assert ReasonCode.JUST_BEHIND_LINE not in codes(said)


# What is missing


@given(judged_aims(), ABSENCES)
def test_a_value_that_goes_missing_never_makes_a_verdict_more_favourable(aim, absence):
    """Removed, or replaced by any reason but « not applicable », which takes the figure out of the count."""
    before, after = judged(aim), judged(with_reading(aim, YEAR, absence))
    assert FAVOUR.get(after.status, 0) <= FAVOUR.get(before.status, 0)
    assert after.status not in FAVOUR
    assert (after.progress, after.gap, after.expected) == (None, None, None)


@given(aims(most=1), years)
def test_without_a_value_there_is_neither_progress_nor_gap_nor_achievement(aim, year):
    said = judge_aim(aim, year)
    if said is not None and aim.value(year) is None:
        assert (said.progress, said.gap, said.expected) == (None, None, None)
        assert said.status not in FAVOUR


# Later years, and versions that are not in force


@given(judged_aims(), years.filter(lambda year: year > YEAR), plain, targets(plain), baselines(plain))
def test_the_years_after_the_judged_one_change_nothing(aim, later, value, target, baseline):
    longer = replace(
        with_reading(aim, later, value),
        targets=(*aim.targets, replace(target, version=9, in_force_from=later)),
        baselines=(*aim.baselines, replace(baseline, version=9, in_force_from=later)),
    )
    assert told(judged(longer)) == told(judged(aim))


@given(aims(plain), years)
def test_the_versions_in_force_are_the_only_ones_that_matter(aim, year):
    target = aim.target(year)
    assume(target is not None)
    bases = [base for base in aim.baselines if base.in_force_from <= year]
    in_force = max(bases, key=lambda base: base.version, default=None)
    alone = replace(aim, targets=(target,), baselines=(in_force,) if in_force else ())
    assert told(judged(alone, year)) == told(judged(aim, year))


@given(aims(plain), years, plain)
def test_revising_a_target_never_changes_a_year_before_it_is_in_force(aim, year, value):
    assume(aim.target(year) is not None)
    revised = make_target(value, in_force_from=year + 1, version=9)
    assert told(judged(replace(aim, targets=(*aim.targets, revised)), year)) == told(judged(aim, year))


# Bounds


@given(plain, plain)
def test_a_value_at_the_threshold_meets_it_unless_the_comparator_is_strict(value, width):
    assert not make_threshold(value, GREATER).is_met(value)
    assert not make_threshold(value, LESS).is_met(value)
    assert make_threshold(value, AT_LEAST).is_met(value)
    assert make_threshold(value, AT_MOST).is_met(value)
    assert make_threshold(value, EXACTLY).is_met(value)
    assert make_threshold(value, BETWEEN, value + abs(width)).is_met(value)
    assert make_threshold(value - abs(width), BETWEEN, value).is_met(value)


@given(judged_aims())
def test_a_target_is_achieved_exactly_when_its_comparator_is_satisfied(aim):
    said, value = judged(aim), aim.value(YEAR)
    assume(said.threshold is not None)
    low, high = said.threshold.value, said.threshold.upper
    is_satisfied = {
        GREATER: value > low,
        AT_LEAST: value >= low,
        LESS: value < low,
        AT_MOST: value <= low,
        EXACTLY: value == low,
        BETWEEN: high is not None and low <= value <= high,
    }[said.threshold.comparator]
    assert (said.status is Status.ACHIEVED) is is_satisfied
    if not is_satisfied:
        assert said.gap > 0 or value == low


@given(plain.filter(bool), st.sampled_from([Decimal(25), Decimal(10), Decimal("0.5")]), st.booleans())
def test_exactly_the_percentage_voted_never_satisfies_more_than_it(base, percent, is_rise):
    """« Plus de 25 % » at exactly +25.0 %, and « moins de −25 % » at exactly −25.0 %, whatever the baseline."""
    sign = 1 if is_rise else -1
    target = make_target(sign * percent, GREATER if is_rise else LESS, TargetBasis.RELATIVE_PERCENT, horizon_year=YEAR)
    value = base + sign * abs(base) * percent / 100
    baseline = make_baseline(base, 2020)
    at = judged(make_aim({YEAR: value}, target, baseline=baseline))
    past = judged(make_aim({YEAR: value + sign * Decimal("0.000001")}, target, baseline=baseline))
    assert (at.status, past.status) == (Status.OFF_TRACK, Status.ACHIEVED)
    assert ReasonCode.STRICT_NOT_MET in codes(at)


# Progress


@given(plain, plain, st.integers(-50, 50))
def test_progress_is_never_capped_at_either_end(base, goal, times):
    assume(base != goal)
    comparator, better = (AT_LEAST, Better.UP) if goal > base else (AT_MOST, Better.DOWN)
    value = base + times * (goal - base)
    said = judged(make_aim({YEAR: value}, make_target(goal, comparator), baseline=make_baseline(base), better=better))
    assert said.progress == times


@given(judged_aims())
def test_progress_is_the_share_of_the_way_whenever_there_is_one(aim):
    said, value = judged(aim), aim.value(YEAR)
    if said.progress is not None:
        way = said.threshold.value - said.departure.value
        assert way != 0
        assert abs(said.progress * way - (value - said.departure.value)) <= Decimal("1E-20")
        assert said.threshold.comparator not in {EXACTLY, BETWEEN}


# The way


@given(targets(plain), baselines(plain), years)
def test_what_is_voted_is_exact_and_what_is_interpolated_lies_between_its_marks(target, baseline, year):
    threshold = resolve(target, baseline)
    assume(threshold is not None)
    voted = {point.year: amount(target, point.value, baseline) for point in target.points}
    found = waypoint(target, threshold, baseline, year)
    if year in voted:
        assert found is not None
        assert (found.value, found.origin) == (voted[year], Origin.VOTED)
    if found is None or found.origin is not Origin.INTERPOLATED:
        return
    assert target.path is not TargetPath.STEPWISE
    is_start = baseline.is_known and baseline.year is not None
    marks = {**({baseline.year: baseline.value} if is_start else {}), **voted}
    ends = [threshold.value, threshold.value if threshold.upper is None else threshold.upper]
    ahead = [marks[each] for each in sorted(marks) if each > year][:1] or ends
    assert min(marks[found.since], *ahead) <= found.value <= max(marks[found.since], *ahead)


@given(plain, plain, st.integers(2019, 2024), st.integers(1, 9))
def test_the_straight_line_goes_from_the_departure_to_the_threshold_by_equal_steps(base, goal, start, length):
    target = make_target(goal, horizon_year=start + length)
    threshold, baseline = resolve(target, None), make_baseline(base, start)
    found = [waypoint(target, threshold, baseline, start + step) for step in range(length + 1)]
    values = [one.value for one in found]
    assert (values[0], values[-1]) == (base, goal)
    steps = [after - before for before, after in pairwise(values)]
    assert max(steps) - min(steps) <= Decimal("1E-20")


# Counts


def scored(drawn, year: int, today: date) -> Scorecard:
    return score(make_organisation(), [replace(one, code=f"C{n}") for n, one in enumerate(drawn)], year, today)


@given(st.lists(commitments, max_size=4), years, st.sampled_from([date(2025, 6, 1), date(2026, 11, 22)]))
def test_every_promise_is_counted_once_and_the_axes_add_up_to_the_whole(drawn, year, today):
    card = scored(drawn, year, today)
    assert sum(card.counts.values()) == sum(card.counts_before.values()) == len(card.promises)
    by_axis = card.by_axis()
    for status in Status:
        assert sum(counted.get(status, 0) for counted in by_axis.values()) == card.counts.get(status, 0)
    assert sum(sum(counted.values()) for counted in by_axis.values()) == len(card.promises)
    assert len(card.cards) == sum(one.deliberation.adopted_on.year <= year for one in drawn)


@given(st.lists(commitments, max_size=4), years)
def test_a_date_is_overdue_or_coming_and_never_both(drawn, year):
    today = date(2026, 11, 22)
    plain_facts = [tuple(replace(fact, valid_until=None) for fact in one.findings) for one in drawn]
    milestones = [
        replace(one, kind=CommitmentKind.MILESTONE, aims=(), findings=facts)
        for one, facts in zip(drawn, plain_facts, strict=True)
    ]
    card = scored(milestones, year, today)
    late, ahead = ({due.commitment.code for due in dates} for dates in (card.overdue(), card.coming()))
    assert not late & ahead
    assert all(due.on < today for due in card.overdue())
    assert all(due.on >= today for due in card.coming())


@given(st.lists(plain, max_size=3), plain)
def test_one_more_promise_adds_one_to_the_count_and_changes_no_other_verdict(values, another):
    def promise(value):
        return make_commitment(aims=[make_aim({YEAR: value}, make_target(5))])

    today = date(2026, 11, 22)
    fewer = scored([promise(value) for value in values], YEAR, today)
    more = scored([*(promise(value) for value in values), promise(another)], YEAR, today)
    assert sum(more.counts.values()) == sum(fewer.counts.values()) + 1
    assert [card.status for card in more.cards][: len(values)] == [card.status for card in fewer.cards]
