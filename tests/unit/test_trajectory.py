"""Progress and the expected value: one formula, whatever the direction, the unit and the sign."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.factories import make_aim, make_baseline, make_target
from tracker.domain.aims import judge_aim
from tracker.domain.targets import resolve
from tracker.domain.trajectory import Expected, expected, progress, waypoint
from tracker.domain.vocabulary import BaselineState, Comparator, Origin, TargetBasis, TargetPath

VOTED, STEP, DEPARTURE, INTERPOLATED = Origin
LINEAR, STEPWISE, EXPLICIT = TargetPath

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


@given(values, values, values)
def test_progress_is_the_same_when_every_sign_is_flipped(value, baseline, target):
    assert progress(value, baseline, target) == progress(-value, -baseline, -target)


@given(values, values, values, st.sampled_from([Decimal(12), Decimal("0.001"), Decimal(1000), Decimal(-3)]))
def test_progress_is_the_same_in_another_unit(value, baseline, target, factor):
    assert progress(value, baseline, target) == progress(value * factor, baseline * factor, target * factor)


@given(values, values, values, values)
def test_progress_is_the_same_when_the_scale_starts_elsewhere(value, baseline, target, shift):
    assert progress(value, baseline, target) == progress(value + shift, baseline + shift, target + shift)


@given(values, values, values, values)
def test_progress_never_falls_when_the_value_moves_toward_the_target_s_side(one, other, baseline, target):
    assume(baseline != target)
    low, high = sorted((one, other))
    at_low, at_high = progress(low, baseline, target), progress(high, baseline, target)
    assert at_low is not None
    assert at_high is not None
    assert at_low <= at_high if target > baseline else at_low >= at_high


@given(values, values)
def test_progress_is_nothing_at_the_baseline_and_all_at_the_target(baseline, target):
    assume(baseline != target)
    assert progress(baseline, baseline, target) == 0
    assert progress(target, baseline, target) == 1


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


@given(years, values, values)
def test_the_expected_value_stays_between_baseline_and_target(year, baseline, target):
    on_the_way = expected(year, baseline, 2015, target, 2030)
    assert on_the_way is not None
    assert min(baseline, target) <= on_the_way <= max(baseline, target)


@given(years, values, values)
def test_the_expected_value_mirrors_when_every_sign_is_flipped(year, baseline, target):
    on_the_way, mirrored = expected(year, baseline, 2015, target, 2030), expected(year, -baseline, 2015, -target, 2030)
    assert on_the_way is not None
    assert mirrored == -on_the_way


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


# The way that a target draws


def way(target, base=None):
    """Give for each year the value expected, where it comes from and since when; None where there is no way."""
    threshold = resolve(target, base)
    assert threshold is not None

    def at(year):
        found = waypoint(target, threshold, base, year)
        return None if found is None else (found.value, found.origin, found.since)

    return at


def test_a_straight_way_is_interpolated_from_the_departure_to_the_horizon_which_is_voted():
    at = way(make_target(8, horizon_year=2024), make_baseline(0, 2020))
    assert [at(year) for year in range(2019, 2026)] == [
        (0, DEPARTURE, 2020),
        (0, DEPARTURE, 2020),
        (2, INTERPOLATED, 2020),
        (4, INTERPOLATED, 2020),
        (6, INTERPOLATED, 2020),
        (8, VOTED, 2024),
        (8, VOTED, 2024),
    ]


def test_points_voted_on_the_way_are_exact_and_the_years_between_them_are_interpolated():
    target = make_target(100, horizon_year=2030, path=EXPLICIT, points={2022: 10, 2026: 60})
    at = way(target, make_baseline(0, 2020))
    assert [at(year) for year in (2021, 2022, 2024, 2026, 2028, 2030)] == [
        (5, INTERPOLATED, 2020),
        (10, VOTED, 2022),
        (35, INTERPOLATED, 2022),
        (60, VOTED, 2026),
        (80, INTERPOLATED, 2026),
        (100, VOTED, 2030),
    ]


def test_a_stepwise_way_stays_at_its_last_step_until_the_next():
    target = make_target(100, horizon_year=2030, path=STEPWISE, points={2022: 10, 2026: 60})
    at = way(target, make_baseline(0, 2020))
    assert [at(year) for year in (2021, 2022, 2023, 2025, 2026, 2029, 2030, 2031)] == [
        (0, DEPARTURE, 2020),
        (10, VOTED, 2022),
        (10, STEP, 2022),
        (10, STEP, 2022),
        (60, VOTED, 2026),
        (60, STEP, 2026),
        (100, VOTED, 2030),
        (100, STEP, 2030),
    ]


def test_a_falling_stepwise_way_stays_up_until_its_step():
    at = way(make_target(40, Comparator.AT_MOST, horizon_year=2030, path=STEPWISE), make_baseline(100, 2020))
    assert [at(year) for year in (2025, 2029, 2030)] == [
        (100, DEPARTURE, 2020),
        (100, DEPARTURE, 2020),
        (40, VOTED, 2030),
    ]


def test_voted_points_draw_a_way_without_a_departure_and_nothing_is_expected_before_the_first():
    at = way(make_target(100, horizon_year=2030, points={2024: 40, 2026: 60}))
    assert [at(year) for year in (2023, 2024, 2025, 2028)] == [
        None,
        (40, VOTED, 2024),
        (50, INTERPOLATED, 2024),
        (80, INTERPOLATED, 2026),
    ]


def test_one_voted_point_without_a_horizon_holds_from_its_year_on():
    at = way(make_target(100, points={2024: 40}))
    assert [at(year) for year in (2023, 2024, 2030)] == [None, (40, VOTED, 2024), (40, VOTED, 2024)]


def test_the_order_in_which_points_are_given_does_not_matter():
    forward = way(make_target(100, horizon_year=2030, points={2022: 10, 2026: 60}), make_baseline(0, 2020))
    backward = way(make_target(100, horizon_year=2030, points={2026: 60, 2022: 10}), make_baseline(0, 2020))
    assert [forward(year) for year in range(2018, 2033)] == [backward(year) for year in range(2018, 2033)]


def test_a_departure_later_than_a_voted_point_takes_its_place_among_the_points():
    """A baseline established in 2024 does not undo the point voted for 2022, and the way goes on from it."""
    at = way(make_target(100, horizon_year=2028, points={2022: 10, 2026: 60}), make_baseline(20, 2024))
    assert [at(year) for year in (2021, 2022, 2023, 2024, 2025, 2026)] == [
        None,
        (10, VOTED, 2022),
        (15, INTERPOLATED, 2022),
        (20, DEPARTURE, 2024),
        (40, INTERPOLATED, 2024),
        (60, VOTED, 2026),
    ]


def test_a_point_voted_for_the_year_of_the_departure_prevails_over_it():
    at = way(make_target(100, horizon_year=2030, points={2020: 10}), make_baseline(0, 2020))
    assert at(2020) == (10, VOTED, 2020)
    assert at(2025) == (55, INTERPOLATED, 2020)


def test_a_point_voted_for_the_horizon_is_what_is_expected_then():
    at = way(make_target(100, horizon_year=2030, points={2030: 90}), make_baseline(0, 2020))
    assert at(2030) == (90, VOTED, 2030)
    assert at(2025) == (45, INTERPOLATED, 2020)


def test_points_in_per_cent_or_as_a_difference_are_counted_from_the_departure():
    base = make_baseline(40, 2020)
    percent = make_target(50, basis=TargetBasis.RELATIVE_PERCENT, horizon_year=2030, points={2025: 10})
    difference = make_target(50, basis=TargetBasis.RELATIVE_DIFFERENCE, horizon_year=2030, points={2025: 10})
    assert [way(percent, base)(year) for year in (2025, 2030)] == [(44, VOTED, 2025), (60, VOTED, 2030)]
    assert [way(difference, base)(year) for year in (2025, 2030)] == [(50, VOTED, 2025), (90, VOTED, 2030)]


@pytest.mark.parametrize(("start", "end"), [(20, 6), (0, 4), (5, 5)])
def test_the_way_to_a_band_ends_at_its_nearer_end(start, end):
    target = make_target(4, Comparator.BETWEEN, upper=6, horizon_year=2030)
    assert way(target, make_baseline(start, 2020))(2030) == (end, VOTED, 2030)


def test_the_way_to_a_band_from_voted_points_above_it_ends_at_its_upper_end():
    target = make_target(4, Comparator.BETWEEN, upper=6, horizon_year=2030, points={2026: 10})
    at = way(target)
    assert [at(year) for year in (2028, 2030)] == [(8, INTERPOLATED, 2026), (6, VOTED, 2030)]


@pytest.mark.parametrize(
    "base",
    [None, make_baseline(5, None), make_baseline(None), make_baseline(5, 2020, BaselineState.TO_ESTABLISH)],
    ids=["none", "undated", "without a value", "to establish"],
)
def test_there_is_no_way_without_a_known_and_dated_departure(base):
    assert way(make_target(8, horizon_year=2030), base)(2025) is None


@pytest.mark.parametrize("horizon", [None, 2019, 2020])
def test_there_is_no_way_without_a_horizon_that_comes_after_the_departure(horizon):
    assert way(make_target(8, horizon_year=horizon), make_baseline(0, 2020))(2025) is None


def test_what_is_expected_says_where_it_comes_from():
    target = make_target(8, horizon_year=2024)
    threshold = resolve(target, None)
    assert threshold is not None
    assert waypoint(target, threshold, make_baseline(0, 2020), 2022) == Expected(Decimal(4), INTERPOLATED, 2020)
