"""The robust trend: the median slope and its interval, held against SciPy's, which follows the same paper."""

from decimal import Decimal
from math import inf, isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import theilslopes  # type: ignore[import-untyped]

from tracker.domain.regression import median_slope, theil_sen
from tracker.domain.series import Point

thorough = settings(deadline=None)
years = st.integers(1990, 2040)
values = st.decimals(-(10**6), 10**6, places=3)
few_values = st.integers(-3, 3).map(Decimal)  # many ties


def points_of(by_year):
    return [Point(year, Decimal(value)) for year, value in sorted(by_year.items())]


def series(*values_given, first=2020):
    return points_of(dict(enumerate(values_given, start=first)))


def series_of(least, most=20, of=values | few_values):
    """Draw series of one kind of values, so that ties are frequent in some and absent from others."""
    return st.dictionaries(years, of, min_size=least, max_size=most).map(points_of)


def is_near(one, other, points):
    largest = max(abs(point.value) for point in points)
    return isclose(one, other, rel_tol=1e-9, abs_tol=1e-12 * max(float(largest), 1.0))


@pytest.mark.parametrize(
    ("given_values", "slope"),
    [
        (("5", "7"), "2"),
        (("7", "5"), "-2"),
        (("1", "2", "3", "4"), "1"),
        (("4", "4", "4"), "0"),
        (("0", "1", "10"), "5"),  # slopes 1, 9 and 10 / 2
        (("0", "0", "3", "12"), "3.5"),  # slopes 0, 3/2, 3, 4, 6, 9: between the two middle ones
    ],
)
def test_the_slope_is_the_middle_one_or_half_way_between_the_two_middle_ones(given_values, slope):
    assert median_slope(series(*given_values)) == Decimal(slope)


def test_a_missing_year_counts_in_the_distance_between_its_neighbours():
    assert median_slope(points_of({2020: "10", 2024: "18"})) == 2


def test_a_value_out_of_line_does_not_bend_the_slope():
    assert median_slope(series("1", "2", "3", "400", "5", "6", "7")) == 1


@pytest.mark.parametrize("points", [[], series("5")])
def test_a_slope_needs_two_points(points):
    with pytest.raises(ValueError, match="two points"):
        median_slope(points)
    with pytest.raises(ValueError, match="two points"):
        theil_sen(points)


def test_the_interval_of_five_points_lies_at_the_second_slope_from_each_end():
    """N = 10 and V = 5 × 4 × 15 / 18, so that C = 6.72: ranks 1.64 and 9.36, the 2nd and the 9th."""
    slope = theil_sen(series("0", "1", "3", "7", "15"))  # 1, 3/2, 2, 7/3, 3, 15/4, 4, 14/3, 6, 8
    assert slope.low == Decimal("1.5")
    assert slope.high == 6
    assert slope.median == Decimal("3.375")
    assert slope.count == 5


@pytest.mark.parametrize("count", [2, 3, 4])
def test_fewer_than_five_different_values_give_no_interval(count):
    slope = theil_sen(series(*(str(2**i) for i in range(count))))
    assert (slope.low, slope.high) == (None, None)


def test_tied_values_narrow_the_interval():
    """Four values found twice take 4 × 2 × 1 × 9 off 8 × 7 × 21: C = 12.88, where it would be 13.29.

    The ranks are the 8th and the 21st of 28; without the ties, the 7th and the 22nd: -10/3 and 3.6.
    """
    tied = theil_sen(series("0", "10", "18", "4", "0", "18", "10", "4"))
    assert (tied.low, tied.high) == (-3, 2)


def test_a_series_that_never_moves_has_a_slope_of_nothing_and_an_interval_as_narrow():
    slope = theil_sen(series("4", "4", "4", "4", "4"))
    assert (slope.low, slope.median, slope.high) == (0, 0, 0)


@thorough
@given(series_of(5) | series_of(5, of=few_values))
def test_slope_and_interval_are_those_of_scipy(points):
    reference = theilslopes([float(p.value) for p in points], [float(p.year) for p in points], alpha=0.90)
    ours = theil_sen(points)
    assert ours.low is not None
    assert ours.high is not None
    assert is_near(float(ours.median), reference.slope, points)
    assert is_near(float(ours.low), reference.low_slope, points)
    assert is_near(float(ours.high), reference.high_slope, points)


@thorough
@given(series_of(2, 4))
def test_the_slope_of_few_points_is_that_of_scipy(points):
    reference = theilslopes([float(p.value) for p in points], [float(p.year) for p in points], alpha=0.90)
    assert is_near(float(median_slope(points)), reference.slope, points)


@thorough
@given(series_of(2))
def test_the_slope_alone_is_the_slope_with_its_interval(points):
    assert median_slope(points) == theil_sen(points).median


@thorough
@given(series_of(2))
def test_the_slope_lies_in_its_interval(points):
    slope = theil_sen(points)
    low = -inf if slope.low is None else slope.low
    high = inf if slope.high is None else slope.high
    assert low <= slope.median <= high


@thorough
@given(series_of(2))
def test_the_slope_and_its_interval_mirror_when_every_sign_is_flipped(points):
    slope, mirrored = theil_sen(points), theil_sen([Point(p.year, p.value.copy_negate()) for p in points])
    assert mirrored.median == slope.median.copy_negate()
    assert mirrored.low == (None if slope.high is None else slope.high.copy_negate())
    assert mirrored.high == (None if slope.low is None else slope.low.copy_negate())


@thorough
@given(series_of(2), values, st.integers(-50, 50))
def test_the_slope_is_the_same_when_the_scale_or_the_calendar_starts_elsewhere(points, shift, later):
    assert theil_sen([Point(p.year + later, p.value + shift) for p in points]) == theil_sen(points)


@thorough
@given(values, values, st.sets(years, min_size=2, max_size=20))
def test_the_slope_of_a_straight_line_is_its_own(start, pace, at):
    slope = theil_sen([Point(year, start + pace * (year - 1990)) for year in sorted(at)])
    assert slope.median == pace
    assert {slope.low, slope.high} <= {None, pace}


@thorough
@given(values, values, st.sets(years, min_size=5, max_size=20), st.data())
def test_one_value_out_of_line_leaves_the_slope_of_five_points_where_it_is(start, pace, at, data):
    """It touches n - 1 of the n(n - 1) / 2 slopes: all the others are the line's, and hold the middle."""
    strayed = data.draw(st.sampled_from(sorted(at)))
    off = data.draw(values)
    points = [Point(y, start + pace * (y - 1990) + (off if y == strayed else 0)) for y in sorted(at)]
    assert median_slope(points) == pace
