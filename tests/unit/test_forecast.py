"""The forecast: when a target would be met at the median pace, the effort now needed, and when neither is told."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import isclose
from statistics import median

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.factories import make_threshold
from tracker.domain.forecast import FARTHEST, METHOD, MINIMUM, Forecast, Unforeseen, UnforeseenReason, forecast
from tracker.domain.series import Point
from tracker.domain.targets import Threshold
from tracker.domain.vocabulary import Comparator

thorough = settings(deadline=None)
MIRROR = {
    Comparator.GREATER: Comparator.LESS,
    Comparator.AT_LEAST: Comparator.AT_MOST,
    Comparator.LESS: Comparator.GREATER,
    Comparator.AT_MOST: Comparator.AT_LEAST,
    Comparator.EXACTLY: Comparator.EXACTLY,
    Comparator.BETWEEN: Comparator.BETWEEN,
}
horizons = st.none() | st.integers(2015, 2045)


def series(*values, first=2020):
    return [Point(year, Decimal(value)) for year, value in enumerate(values, first)]


def seen(points, threshold, horizon=None):
    found = forecast(points, threshold, horizon)
    assert isinstance(found, Forecast)
    return found


def refused(points, threshold, horizon=None, **known):
    found = forecast(points, threshold, horizon, **known)
    assert isinstance(found, Unforeseen)
    return found


@st.composite
def trending(draw, least=MINIMUM):
    """Draw points around a straight line: some go the right way, some the wrong one, some nowhere."""
    start, pace = draw(st.integers(-50, 50)), draw(st.integers(-8, 8))
    noise = st.decimals(-5, 5, places=1)
    years = draw(st.sets(st.integers(2000, 2026), min_size=least, max_size=12))
    return [Point(year, start + pace * (year - 2000) + draw(noise)) for year in sorted(years)]


@st.composite
def thresholds(draw):
    comparator = draw(st.sampled_from(Comparator))
    value = draw(st.decimals(-300, 300, places=1))
    upper = value + draw(st.decimals(0, 20, places=1)) if comparator is Comparator.BETWEEN else None
    return Threshold(comparator, value, upper)


def scaled(points, threshold, factor):
    """Give the same series and threshold in another unit; a negative factor turns the comparator round."""
    ends = [threshold.value * factor] + ([] if threshold.upper is None else [threshold.upper * factor])
    comparator = threshold.comparator if factor > 0 else MIRROR[threshold.comparator]
    upper = None if threshold.upper is None else max(ends)
    return [Point(p.year, p.value * factor) for p in points], Threshold(comparator, min(ends), upper)


def years_of(found):
    """Give what must not depend on the unit or the sign."""
    if isinstance(found, Unforeseen):
        return found.reason
    return found.reached_in, found.earliest, found.latest, found.is_in_time


def is_effort(one, other):
    return one is other is None or isclose(one, other, rel_tol=1e-12, abs_tol=1e-12)


def test_the_target_is_met_after_the_gap_divided_by_the_pace_rounded_up():
    found = seen(series("0", "2", "4", "6", "8"), make_threshold(13), 2030)
    assert found.pace == 2
    assert found.last == Point(2024, Decimal(8))
    assert (found.since, found.method) == (2020, METHOD)
    assert found.reached_in == 2027  # 5 / 2 is two years and a half
    assert found.is_in_time is True


@pytest.mark.parametrize(
    ("values", "comparator", "target", "year"),
    [
        (("0", "2", "4", "6", "8"), Comparator.AT_LEAST, "12", 2026),
        (("0", "2", "4", "6", "8"), Comparator.GREATER, "12", 2027),
        (("0", "2", "4", "6", "8"), Comparator.GREATER, "11.9", 2026),
        (("8", "6", "4", "2", "0"), Comparator.AT_MOST, "-4", 2026),
        (("8", "6", "4", "2", "0"), Comparator.LESS, "-4", 2027),
        (("0", "2", "4", "6", "8"), Comparator.GREATER, "8", 2025),
        (("8", "6", "4", "2", "0"), Comparator.LESS, "0", 2025),
        (("0", "2", "4", "6", "8"), Comparator.EXACTLY, "11", 2026),
        (("8", "6", "4", "2", "0"), Comparator.EXACTLY, "-4", 2026),
    ],
)
def test_a_strict_comparator_is_a_year_later_on_an_exact_arrival_and_only_then(values, comparator, target, year):
    assert seen(series(*values), make_threshold(target, comparator)).reached_in == year


@pytest.mark.parametrize(("comparator", "year"), [(Comparator.AT_LEAST, 2030), (Comparator.GREATER, 2031)])
@pytest.mark.parametrize("thirds", [1, 2, 7, 200000])
def test_a_pace_that_does_not_come_out_still_arrives_in_a_whole_number_of_years(comparator, year, thirds):
    points = [Point(y, Decimal(thirds * (y - 2009) // 3)) for y in (2009, 2012, 2015, 2018, 2021)]
    assert seen(points, make_threshold(thirds * 7, comparator)).reached_in == year


def test_a_band_is_entered_by_its_nearer_end():
    band = Threshold(Comparator.BETWEEN, Decimal(20), Decimal(30))
    rising, falling = series("0", "2", "4", "6", "8"), series("48", "46", "44", "42", "40")
    assert seen(rising, band, 2030).reached_in == 2030
    assert seen(rising, band, 2030).effort == 2
    assert seen(falling, band, 2029).reached_in == 2029
    assert seen(falling, band, 2029).effort == -2


def test_the_count_starts_from_the_last_value_and_not_from_a_fitted_line():
    assert seen(series("0", "2", "4", "6", "3"), make_threshold(8)).reached_in == 2024 + 3  # pace 2, gap 5


def test_the_interval_gives_the_earliest_and_the_latest_year():
    found = seen(series("0", "1", "3", "7", "15"), make_threshold(33))  # 1.5, 3.375 and 6 a year; 18 to go
    assert (found.earliest, found.reached_in, found.latest) == (2027, 2030, 2036)
    falling = seen(series("0", "-1", "-3", "-7", "-15"), make_threshold(-33, Comparator.AT_MOST))
    assert (falling.earliest, falling.reached_in, falling.latest) == (2027, 2030, 2036)


def test_no_latest_year_is_given_when_the_slower_end_of_the_interval_never_arrives():
    found = seen(series("0", "5", "1", "6", "3", "8"), make_threshold(12))
    assert found.slope.low is not None
    assert found.slope.low < 0 < found.pace
    assert found.latest is None
    assert found.earliest is not None


def test_no_latest_year_is_given_when_the_slower_end_arrives_too_far_ahead():
    found = seen(series("0", "1", "3", "7", "15"), make_threshold(15 + 46))  # at 1.5 a year, 30.7 years
    assert (found.reached_in, found.latest) == (2038, None)
    assert seen(series("0", "1", "3", "7", "15"), make_threshold(15 + 45)).latest == 2054


@pytest.mark.parametrize(("horizon", "is_in_time"), [(2026, False), (2027, True), (2028, True), (None, None)])
def test_an_arrival_in_the_year_of_the_horizon_is_in_time(horizon, is_in_time):
    assert seen(series("0", "2", "4", "6", "8"), make_threshold(13), horizon).is_in_time is is_in_time


def test_a_passed_horizon_is_still_forecast_never_in_time_and_without_an_effort():
    for horizon in (2024, 2020):
        found = seen(series("0", "2", "4", "6", "8"), make_threshold(13), horizon)
        assert (found.reached_in, found.is_in_time, found.effort) == (2027, False, None)


def test_the_effort_is_the_signed_change_a_year_from_the_last_value_to_the_horizon():
    assert seen(series("0", "2", "4", "6", "8"), make_threshold(13), 2026).effort == Decimal("2.5")
    falling = make_threshold(-5, Comparator.AT_MOST)
    assert seen(series("8", "6", "4", "2", "0"), falling, 2026).effort == Decimal("-2.5")
    assert seen(series("8", "6", "4", "2", "0"), falling).effort is None


def test_a_target_that_is_met_needs_no_forecast_however_few_the_points():
    for points in (series("9"), series("0", "2", "4", "6", "9")):
        found = refused(points, make_threshold(9), 2030)
        assert found.reason is UnforeseenReason.ALREADY_MET
        assert found.values == {"value": 9, "year": points[-1].year}
        assert found.effort is None


def test_four_points_are_too_few_and_the_refusal_says_how_many_there_are():
    found = refused(series("0", "2", "4", "6"), make_threshold(13), 2030)
    assert found.reason is UnforeseenReason.TOO_FEW
    assert found.values == {"count": 4, "minimum": 5, "since": 2020}
    assert found.effort == 1


def test_too_few_points_since_a_break_are_explained_by_the_break():
    found = refused(series("0", "2", "4", "6"), make_threshold(13), is_broken=True)
    assert found.reason is UnforeseenReason.BROKEN
    assert found.values == {"count": 4, "minimum": 5, "since": 2020}


def test_enough_points_since_a_break_are_forecast():
    points, threshold = series("0", "2", "4", "6", "8"), make_threshold(13)
    assert forecast(points, threshold, 2030, is_broken=True) == forecast(points, threshold, 2030)


@pytest.mark.parametrize(("is_broken", "reason"), [(False, UnforeseenReason.TOO_FEW), (True, UnforeseenReason.BROKEN)])
def test_no_point_at_all_is_too_few_with_no_effort_to_tell(is_broken, reason):
    found = refused([], make_threshold(13), 2030, is_broken=is_broken)
    assert found == Unforeseen(reason, {"count": 0, "minimum": MINIMUM})


@pytest.mark.parametrize(
    ("values", "target", "reason"),
    [
        (("4", "5", "4", "5", "4"), "9", UnforeseenReason.STANDS_STILL),
        (("8", "6", "4", "2", "0"), "9", UnforeseenReason.MOVES_AWAY),
        (("0", "2", "4", "6", "8"), "68.1", UnforeseenReason.TOO_FAR),
    ],
)
def test_a_pace_that_does_not_lead_there_is_refused_with_the_effort_needed(values, target, reason):
    found = refused(series(*values), make_threshold(target), 2028)
    assert found.reason is reason
    assert found.values["since"] == 2020
    assert found.effort == (Decimal(target) - Decimal(values[-1])) / 4


def test_thirty_years_ahead_is_told_and_a_day_more_is_not():
    points = series("0", "2", "4", "6", "8")
    assert seen(points, make_threshold(68)).reached_in == 2024 + FARTHEST
    assert refused(points, make_threshold(68, Comparator.GREATER)).reason is UnforeseenReason.TOO_FAR


def test_thirty_years_at_a_pace_that_does_not_come_out_are_told_too():
    points = [Point(2009 + 3 * i, Decimal(7 * i)) for i in range(5)]
    assert seen(points, make_threshold(28 + 70)).reached_in == 2021 + FARTHEST


def test_a_value_at_a_strict_threshold_moves_away_from_its_side():
    falling = series("8", "6", "4", "2", "0")
    assert refused(falling, make_threshold(0, Comparator.GREATER)).reason is UnforeseenReason.MOVES_AWAY


@thorough
@given(trending(), thresholds(), horizons)
def test_the_year_told_is_the_first_in_which_the_line_of_the_median_slope_arrives(points, threshold, horizon):
    """Counted again with fractions, year by year."""
    last = points[-1]
    assume(not threshold.is_met(last.value))
    slope = median(Fraction(b.value - a.value) / (b.year - a.year) for a, b in combinations(points, 2))
    start, aimed = Fraction(last.value), Fraction(threshold.edge(last.value))
    is_rise = aimed > start or (aimed == start and threshold.comparator is Comparator.GREATER)
    is_strict = threshold.comparator in {Comparator.GREATER, Comparator.LESS}

    def arrives(after):
        beyond = (start + after * slope - aimed) * (1 if is_rise else -1)
        return beyond > 0 if is_strict else beyond >= 0

    arrival = next((last.year + after for after in range(1, FARTHEST + 1) if arrives(after)), None)
    found = forecast(points, threshold, horizon)
    assert (found.reached_in if isinstance(found, Forecast) else None) == arrival


@thorough
@given(trending(), thresholds(), horizons)
def test_the_years_are_in_order_and_the_pace_leads_to_the_target(points, threshold, horizon):
    found = forecast(points, threshold, horizon)
    if isinstance(found, Unforeseen):
        return
    assert found.earliest is not None
    assert points[-1].year < found.earliest <= found.reached_in
    assert found.latest is None or found.reached_in <= found.latest <= points[-1].year + FARTHEST
    assert found.effort is None or found.effort * found.pace >= 0


@thorough
@given(trending(1), thresholds(), horizons, st.booleans())
def test_fewer_than_five_points_are_never_forecast(points, threshold, horizon, is_broken):
    few = points[: MINIMUM - 1]
    found = refused(few, threshold, horizon, is_broken=is_broken)
    too_few = UnforeseenReason.BROKEN if is_broken else UnforeseenReason.TOO_FEW
    assert found.reason is (UnforeseenReason.ALREADY_MET if threshold.is_met(few[-1].value) else too_few)


@thorough
@given(trending(1), thresholds(), horizons)
def test_the_years_are_the_same_when_every_sign_is_flipped(points, threshold, horizon):
    plain, mirrored = forecast(points, threshold, horizon), forecast(*scaled(points, threshold, -1), horizon)
    assert years_of(mirrored) == years_of(plain)
    assert is_effort(mirrored.effort, None if plain.effort is None else -plain.effort)


@thorough
@given(trending(1), thresholds(), horizons, st.sampled_from([Decimal(12), Decimal("0.001"), Decimal(7000)]))
def test_the_years_are_the_same_in_another_unit(points, threshold, horizon, factor):
    plain, other = forecast(points, threshold, horizon), forecast(*scaled(points, threshold, factor), horizon)
    assert years_of(other) == years_of(plain)
    assert is_effort(other.effort, None if plain.effort is None else plain.effort * factor)


@thorough
@given(trending(1), thresholds(), horizons, st.integers(-500, 500))
def test_the_years_are_the_same_when_the_scale_starts_elsewhere(points, threshold, horizon, shift):
    moved = [Point(p.year, p.value + shift) for p in points]
    upper = None if threshold.upper is None else threshold.upper + shift
    shifted = replace(threshold, value=threshold.value + shift, upper=upper)
    plain, other = forecast(points, threshold, horizon), forecast(moved, shifted, horizon)
    assert years_of(other) == years_of(plain)
    assert other.effort == plain.effort


@thorough
@given(st.integers(1, 8), st.integers(5, 12), st.data())
def test_one_value_out_of_line_does_not_move_the_year(pace, count, data):
    straight = series(*(pace * i for i in range(count)))
    target = make_threshold(straight[-1].value + data.draw(st.integers(1, 30 * pace)))
    strayed, off = data.draw(st.integers(0, count - 2)), data.draw(st.integers(-(10**6), 10**6))
    outlying = [Point(p.year, p.value + (off if i == strayed else 0)) for i, p in enumerate(straight)]
    assert seen(outlying, target).reached_in == seen(straight, target).reached_in
