"""Progress and the expected value: one formula, whatever the direction, the unit and the sign."""

from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.factories import make_aim, make_baseline, make_target
from tracker.domain.aims import judge_aim
from tracker.domain.trajectory import expected, progress
from tracker.domain.vocabulary import Comparator

quick = settings(deadline=None, max_examples=100)
values = st.decimals(-(10**6), 10**6, places=3)
years = st.integers(2000, 2040)


def p(value, baseline, target):
    return progress(Decimal(value), Decimal(baseline), Decimal(target))


def line(year, baseline=100, start=2020, target=40, horizon=2030):
    return expected(year, Decimal(baseline), start, Decimal(target), horizon)


@pytest.mark.parametrize(
    ("value", "baseline", "target", "share"),
    [
        ("5.4", "5", "6", "0.4"),
        ("75", "100", "50", "0.5"),
        ("4", "10", "0", "0.6"),
        ("3", "0", "12", "0.25"),
        ("0", "0", "12", "0"),
        ("0", "10", "0", "1"),
        ("-4", "-8", "0", "0.5"),
        ("-15", "-10", "-20", "0.5"),
        ("1", "-3", "5", "0.5"),
    ],
)
def test_progress_is_the_share_of_the_way_from_baseline_to_target(value, baseline, target, share):
    assert p(value, baseline, target) == Decimal(share)


def test_progress_counts_from_the_baseline_and_not_from_zero():
    assert p(90, 80, 100) == Decimal("0.5")


def test_a_falling_indicator_makes_progress_when_it_falls():
    assert p(90, 100, 60) == Decimal("0.25")


def test_a_falling_indicator_that_rises_goes_backwards():
    assert p(110, 100, 60) == Decimal("-0.25")


def test_a_falling_indicator_that_has_not_moved_made_no_progress():
    assert p(100, 100, 60) == 0


def test_progress_beyond_the_target_is_not_capped():
    assert p(8, 5, 6) == 3
    assert p(40, 100, 60) == Decimal("1.5")


def test_progress_short_of_the_target_is_not_raised_to_the_cap():
    assert p(51, 50, 100) == Decimal("0.02")


def test_progress_below_the_baseline_is_negative_and_not_raised_to_zero():
    assert p(2, 5, 6) == -3


def test_progress_is_undefined_when_the_target_is_the_baseline():
    assert p(7, 5, 5) is None
    assert p(5, 5, 5) is None
    assert p(0, 0, 0) is None


@quick
@given(values, values, values)
def test_progress_is_the_same_when_every_sign_is_flipped(value, baseline, target):
    assert progress(value, baseline, target) == progress(-value, -baseline, -target)


@quick
@given(values, values, values, st.sampled_from([Decimal(12), Decimal("0.001"), Decimal(1000), Decimal(-3)]))
def test_progress_is_the_same_in_another_unit(value, baseline, target, factor):
    assert progress(value, baseline, target) == progress(value * factor, baseline * factor, target * factor)


@quick
@given(values, values, values, values)
def test_progress_is_the_same_when_the_scale_starts_elsewhere(value, baseline, target, shift):
    assert progress(value, baseline, target) == progress(value + shift, baseline + shift, target + shift)


@quick
@given(values, values, values, values)
def test_progress_never_falls_when_the_value_moves_toward_the_target_s_side(one, other, baseline, target):
    assume(baseline != target)
    low, high = sorted((one, other))
    at_low, at_high = progress(low, baseline, target), progress(high, baseline, target)
    assert at_low is not None
    assert at_high is not None
    assert at_low <= at_high if target > baseline else at_low >= at_high


@quick
@given(values, values)
def test_progress_is_nothing_at_the_baseline_and_all_at_the_target(baseline, target):
    assume(baseline != target)
    assert progress(baseline, baseline, target) == 0
    assert progress(target, baseline, target) == 1


@quick
@given(values, values, st.integers(-50, 50))
def test_progress_has_no_cap_at_either_end(baseline, target, times):
    assume(baseline != target)
    assert progress(baseline + times * (target - baseline), baseline, target) == times


@pytest.mark.parametrize(
    ("year", "value"), [(2015, 100), (2020, 100), (2021, 94), (2025, 70), (2029, 46), (2030, 40), (2035, 40)]
)
def test_the_expected_value_follows_a_straight_line_from_the_baseline_year_to_the_horizon(year, value):
    assert line(year) == value


def test_the_expected_value_of_a_rising_indicator_rises():
    assert [line(year, 0, 2020, 8, 2024) for year in (2020, 2021, 2022, 2023, 2024)] == [0, 2, 4, 6, 8]


def test_the_expected_value_may_start_at_zero_end_at_zero_or_be_negative():
    assert line(2022, 0, 2020, 10, 2025) == 4
    assert line(2022, 10, 2020, 0, 2025) == 6
    assert line(2022, -10, 2020, -20, 2025) == -14


@pytest.mark.parametrize("horizon", [2019, 2020])
def test_there_is_no_line_when_the_horizon_does_not_come_after_the_baseline_year(horizon):
    assert line(2025, horizon=horizon) is None


@quick
@given(years, values, values)
def test_the_expected_value_stays_between_baseline_and_target(year, baseline, target):
    on_the_way = expected(year, baseline, 2015, target, 2030)
    assert on_the_way is not None
    assert min(baseline, target) <= on_the_way <= max(baseline, target)


@quick
@given(years, values, values)
def test_the_expected_value_mirrors_when_every_sign_is_flipped(year, baseline, target):
    on_the_way, mirrored = expected(year, baseline, 2015, target, 2030), expected(year, -baseline, 2015, -target, 2030)
    assert on_the_way is not None
    assert mirrored == -on_the_way


@quick
@given(st.dictionaries(st.integers(2015, 2029).filter(lambda year: year != 2025), values))
def test_missing_years_change_neither_progress_nor_the_verdict_against_the_line(others):
    target = make_target(100, Comparator.AT_LEAST, horizon_year=2030, in_force_from=2010)
    alone = judge_aim(make_aim({2025: 45}, target, baseline=make_baseline(0, 2020)), 2025)
    among = judge_aim(make_aim({**others, 2025: 45}, target, baseline=make_baseline(0, 2020)), 2025)
    assert alone is not None
    assert among is not None
    assert among.progress == alone.progress == Decimal("0.45")
    assert (among.status, among.reasons, among.expected, among.gap) == (
        alone.status,
        alone.reasons,
        alone.expected,
        alone.gap,
    )
