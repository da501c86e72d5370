"""Where a series starts from, and how a value moved since."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_aim, make_baseline, make_series, make_target, make_threshold
from tracker.domain.trend import Move, heading, move, since, trend_points
from tracker.domain.vocabulary import Absence, BaselineState, Better, Comparator, TargetBasis

values = st.decimals(-(10**6), 10**6, places=3)


def moved(value, since, better=Better.UP, threshold=None):
    return move(Decimal(value), Decimal(since), better, threshold)


# Where a series starts


def test_a_series_starts_from_its_baseline_when_that_is_known():
    assert since(make_aim({2018: 9}, baseline=make_baseline(5, 2020)), 2025) == (2020, 5)


def test_a_series_starts_from_a_baseline_of_zero():
    assert since(make_aim({2018: 9}, baseline=make_baseline(0, 2020)), 2025) == (2020, 0)


def test_a_series_may_start_from_a_baseline_that_has_no_year():
    assert since(make_aim({2018: 9}, baseline=make_baseline(5, None)), 2025) == (None, 5)


@pytest.mark.parametrize("baseline", [None, make_baseline(7, 2020, BaselineState.TO_ESTABLISH), make_baseline(None)])
def test_a_series_without_a_known_baseline_starts_from_its_first_value(baseline):
    assert since(make_aim({2024: 6, 2022: 4, 2023: 5}, baseline=baseline), 2025) == (2022, 4)


def test_a_first_value_of_zero_is_where_the_series_starts():
    assert since(make_aim({2022: 0, 2023: 5}), 2025) == (2022, 0)


def test_a_year_without_a_value_is_not_where_a_series_starts():
    aim = make_aim({2021: Absence.NOT_MEASURED, 2022: None, 2023: 5})
    assert since(aim, 2025) == (2023, 5)


@pytest.mark.parametrize("year", [2020, 2019])
def test_a_series_does_not_start_from_a_baseline_of_its_own_year_or_of_a_later_one(year):
    assert since(make_aim({2018: 9}, baseline=make_baseline(5, 2020)), year) is None


def test_a_series_does_not_start_from_the_value_of_the_year_itself():
    assert since(make_aim({2025: 9, 2026: 10}), 2025) is None


def test_an_empty_series_starts_nowhere():
    assert since(make_aim(), 2025) is None
    assert since(make_aim({2022: None}, make_target(6)), 2025) is None


def test_a_series_starts_from_the_first_value_of_the_method_of_the_year():
    aim = make_aim({2020: 9, 2022: 8, 2024: 4, 2025: 5}, since_method={2: 2024})
    assert since(aim, 2025) == (2024, 4)
    assert since(aim, 2022) == (2020, 9)


def test_a_series_does_not_start_from_a_baseline_of_another_method():
    aim = make_aim({2024: 4, 2025: 5}, baseline=make_baseline(9, 2020, method=1), since_method={2: 2024})
    assert since(aim, 2025) == (2024, 4)


# What a trend looks at


def points(aim, year=2025):
    return [(point.year, point.value) for point in trend_points(aim, year)]


def test_a_trend_looks_at_the_last_ten_years_and_no_further():
    aim = make_aim({2015: 1, 2016: 2, 2024: 3, 2025: 4, 2026: 5})
    assert points(aim) == [(2016, 2), (2024, 3), (2025, 4)]


def test_a_dated_baseline_before_the_first_value_is_a_point_of_the_trend():
    assert points(make_aim({2023: 6, 2025: 7}, baseline=make_baseline(5, 2020))) == [(2020, 5), (2023, 6), (2025, 7)]
    assert points(make_aim({}, baseline=make_baseline(5, 2020))) == [(2020, 5)]


def test_a_baseline_of_zero_is_a_point_of_the_trend():
    assert points(make_aim({2025: 7}, baseline=make_baseline(0, 2020))) == [(2020, 0), (2025, 7)]


@pytest.mark.parametrize(
    "baseline",
    [
        make_baseline(5, None),
        make_baseline(5, 2015),
        make_baseline(5, 2023),
        make_baseline(5, 2026),
        make_baseline(5, 2020, BaselineState.TO_ESTABLISH),
        make_baseline(5, 2020, method=2),
        make_baseline(5, 2020, in_force_from=2026),
    ],
    ids=["undated", "too old", "of a measured year", "later", "to establish", "of another method", "not in force"],
)
def test_a_baseline_that_cannot_be_placed_before_the_values_is_no_point_of_the_trend(baseline):
    assert points(make_aim({2023: 6, 2025: 7}, baseline=baseline)) == [(2023, 6), (2025, 7)]


def test_a_trend_is_of_one_method():
    assert points(make_aim({2022: 9, 2024: 4, 2025: 5}, since_method={2: 2024})) == [(2024, 4), (2025, 5)]


def test_a_trend_reads_the_years_restated_by_the_method_of_the_year():
    restated = {2: make_series({2022: 3, 2024: 4, 2025: 5})}
    aim = make_aim({2022: 9, 2024: 4, 2025: 5}, since_method={2: 2024}, restated=restated)
    assert points(aim) == [(2022, 3), (2024, 4), (2025, 5)]


def test_a_trend_starts_from_the_start_that_a_from_to_target_states():
    target = make_target(6, basis=TargetBasis.FROM_TO, start=5, start_year=2022)
    assert points(make_aim({2025: 7}, target)) == [(2022, 5), (2025, 7)]


# How a value moved


@pytest.mark.parametrize(
    ("value", "since", "better", "expected"),
    [
        (6, 5, Better.UP, Move.BETTER),
        (4, 5, Better.UP, Move.WORSE),
        (6, 5, Better.DOWN, Move.WORSE),
        (4, 5, Better.DOWN, Move.BETTER),
        (0, -1, Better.UP, Move.BETTER),
        (0, 1, Better.DOWN, Move.BETTER),
        (-2, -1, Better.DOWN, Move.BETTER),
    ],
)
def test_the_stored_direction_says_whether_a_move_is_better(value, since, better, expected):
    assert moved(value, since, better) is expected


@pytest.mark.parametrize("better", Better)
def test_a_value_that_has_not_changed_has_not_moved(better):
    assert moved(5, "5.0", better) is Move.SAME
    assert moved(0, 0, better) is Move.SAME


def test_a_move_toward_the_threshold_is_better_and_away_from_it_worse():
    at_least, at_most = make_threshold(10), make_threshold(10, Comparator.AT_MOST)
    assert moved(6, 5, Better.UP, at_least) is Move.BETTER
    assert moved(4, 5, Better.UP, at_least) is Move.WORSE
    assert moved(14, 15, Better.DOWN, at_most) is Move.BETTER
    assert moved(16, 15, Better.DOWN, at_most) is Move.WORSE


def test_an_exact_threshold_is_approached_from_either_side():
    exactly = make_threshold(10, Comparator.EXACTLY)
    assert moved(9, 8, Better.EXACT, exactly) is Move.BETTER
    assert moved(11, 13, Better.EXACT, exactly) is Move.BETTER
    assert moved(14, 13, Better.EXACT, exactly) is Move.WORSE


def test_a_value_that_crosses_an_exact_threshold_to_the_same_distance_moved_away_from_nothing():
    assert moved(11, 9, Better.EXACT, make_threshold(10, Comparator.EXACTLY)) is Move.SAME


def test_an_exact_indicator_without_a_threshold_is_not_better_for_rising():
    """« Exact » names no direction: only a threshold can say whether six is better than five."""
    assert moved(6, 5, Better.EXACT) is not Move.BETTER


@pytest.mark.parametrize("better", [Better.EXACT, Better.IN_RANGE])
def test_an_indicator_without_a_way_of_its_own_never_moves_by_itself(better):
    assert heading(Decimal(3), better) is heading(Decimal(-3), better) is Move.SAME


def test_a_band_is_approached_from_either_side():
    band = make_threshold(4, Comparator.BETWEEN, 6)
    assert moved(8, 9, Better.IN_RANGE, band) is Move.BETTER
    assert moved(3, 9, Better.IN_RANGE, band) is Move.BETTER
    assert moved(2, 8, Better.IN_RANGE, band) is Move.SAME
    assert moved(9, 8, Better.IN_RANGE, band) is Move.WORSE


def test_inside_a_band_nothing_is_nearer_than_anything_else():
    assert moved(4, 6, Better.IN_RANGE, make_threshold(4, Comparator.BETWEEN, 6)) is Move.SAME


@pytest.mark.parametrize(
    ("change", "better", "expected"),
    [
        ("0.000001", Better.UP, Move.BETTER),
        ("-0.000001", Better.UP, Move.WORSE),
        ("0.000001", Better.DOWN, Move.WORSE),
        ("-0.000001", Better.DOWN, Move.BETTER),
        ("0.0", Better.UP, Move.SAME),
        ("-0", Better.DOWN, Move.SAME),
    ],
)
def test_the_smallest_change_has_a_heading_and_none_has_none(change, better, expected):
    assert heading(Decimal(change), better) is expected


@given(values, values)
def test_a_rise_is_better_for_one_direction_exactly_when_it_is_worse_for_the_other(value, since):
    opposite = {Move.BETTER: Move.WORSE, Move.WORSE: Move.BETTER, Move.SAME: Move.SAME}
    assert move(value, since, Better.UP, None) is opposite[move(value, since, Better.DOWN, None)]


@given(values, values)
def test_a_move_reads_the_same_when_signs_and_direction_are_flipped(value, since):
    assert move(value, since, Better.UP, None) is move(-value, -since, Better.DOWN, None)
