"""Where a series starts from, and how a value moved since."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import make_aim, make_baseline, make_target, make_threshold
from tracker.domain.trend import Move, Point, departure, move
from tracker.domain.vocabulary import Absence, BaselineState, Better, Comparator

quick = settings(deadline=None, max_examples=100)
values = st.decimals(-(10**6), 10**6, places=3)


def moved(value, since, better=Better.UP, threshold=None):
    return move(Decimal(value), Decimal(since), better, threshold)


def test_a_series_starts_from_its_baseline_when_that_is_known():
    assert departure(make_aim({2018: 9}, baseline=make_baseline(5, 2020))) == Point(2020, Decimal(5))


def test_a_series_starts_from_a_baseline_of_zero():
    assert departure(make_aim({2018: 9}, baseline=make_baseline(0, 2020))) == Point(2020, Decimal(0))


@pytest.mark.parametrize("baseline", [None, make_baseline(7, 2020, BaselineState.TO_ESTABLISH), make_baseline(None)])
def test_a_series_without_a_known_baseline_starts_from_its_first_value(baseline):
    assert departure(make_aim({2024: 6, 2022: 4, 2023: 5}, baseline=baseline)) == Point(2022, Decimal(4))


def test_a_first_value_of_zero_is_where_the_series_starts():
    assert departure(make_aim({2022: 0, 2023: 5})) == Point(2022, Decimal(0))


def test_a_year_without_a_value_is_not_where_a_series_starts():
    aim = make_aim({2021: Absence.NOT_MEASURED, 2022: None, 2023: 5})
    assert departure(aim) == Point(2023, Decimal(5))


def test_an_empty_series_starts_nowhere():
    assert departure(make_aim()) is None
    assert departure(make_aim({2022: None}, make_target(6))) is None


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


@quick
@given(values, values)
def test_a_rise_is_better_for_one_direction_exactly_when_it_is_worse_for_the_other(value, since):
    opposite = {Move.BETTER: Move.WORSE, Move.WORSE: Move.BETTER, Move.SAME: Move.SAME}
    assert move(value, since, Better.UP, None) is opposite[move(value, since, Better.DOWN, None)]


@quick
@given(values, values)
def test_a_move_reads_the_same_when_signs_and_direction_are_flipped(value, since):
    assert move(value, since, Better.UP, None) is move(-value, -since, Better.DOWN, None)
