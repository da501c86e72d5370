"""The rebound effect: noted when the ratio improves while its total worsens, and never otherwise."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.rebound import Rebound, rebound
from tracker.domain.series import Point
from tracker.domain.vocabulary import Better

thorough = settings(deadline=None)
values = st.decimals(-(10**6), 10**6, places=3)
by_year = st.dictionaries(st.integers(2018, 2026), values)
directions = st.sampled_from(Better)
OPPOSITE = {Better.UP: Better.DOWN, Better.DOWN: Better.UP}


def series(by_year):
    return [Point(year, Decimal(value)) for year, value in sorted(by_year.items())]


def per_head_and_total(per_head, total, year=2025):
    """Energy per head and energy in all: both should fall."""
    return rebound(series(per_head), Better.DOWN, series(total), Better.DOWN, year)


def test_less_a_head_and_more_in_all_is_a_rebound_told_with_its_four_values():
    assert per_head_and_total({2024: "10", 2025: "9"}, {2024: "1000", 2025: "1100"}) == Rebound(
        2025, 2024, Decimal(10), Decimal(9), Decimal(1000), Decimal(1100)
    )


@pytest.mark.parametrize(
    ("per_head", "total"),
    [
        (("10", "9"), ("1000", "900")),  # both improve
        (("9", "10"), ("900", "1000")),  # both worsen
        (("9", "10"), ("1000", "900")),  # the total improves
        (("10", "10"), ("900", "1000")),  # the ratio stands still
        (("10", "9"), ("1000", "1000")),  # the total stands still
    ],
)
def test_any_other_pair_of_moves_is_none(per_head, total):
    assert per_head_and_total(dict(enumerate(per_head, 2024)), dict(enumerate(total, 2024))) is None


def test_a_ratio_that_should_rise_rebounds_when_it_rises():
    ratio, total = series({2024: "40", 2025: "60"}), series({2024: "200", 2025: "300"})
    assert rebound(ratio, Better.UP, total, Better.DOWN, 2025) is not None
    assert rebound(ratio, Better.DOWN, total, Better.DOWN, 2025) is None
    assert rebound(ratio, Better.UP, total, Better.UP, 2025) is None


@pytest.mark.parametrize("better", [Better.EXACT, Better.IN_RANGE])
def test_an_indicator_that_aims_at_a_point_or_a_band_never_rebounds(better):
    ratio, total = series({2024: "10", 2025: "9"}), series({2024: "1000", 2025: "1100"})
    assert rebound(ratio, better, total, Better.DOWN, 2025) is None
    assert rebound(ratio, Better.DOWN, total, better, 2025) is None


def test_the_comparison_is_with_the_latest_earlier_year_that_both_have():
    found = per_head_and_total({2021: "10", 2023: "12", 2025: "9"}, {2021: "1000", 2024: "800", 2025: "1100"})
    assert found is not None
    assert found.since_year == 2021
    closer = per_head_and_total({2021: "10", 2024: "12", 2025: "9"}, {2021: "1000", 2024: "800", 2025: "1100"})
    assert closer is not None
    assert (closer.since_year, closer.ratio_before, closer.total_before) == (2024, 12, 800)


@pytest.mark.parametrize(
    ("per_head", "total"),
    [
        ({2025: "9"}, {2025: "1100"}),
        ({2024: "10", 2025: "9"}, {2025: "1100"}),
        ({2024: "10"}, {2024: "1000", 2025: "1100"}),
        ({2024: "10", 2025: "9"}, {2024: "1000"}),
        ({2024: "10", 2025: "9"}, {2023: "1000", 2025: "1100"}),
        ({2025: "9", 2026: "10"}, {2025: "1100", 2026: "1000"}),
    ],
)
def test_without_two_common_years_up_to_the_one_asked_nothing_is_said(per_head, total):
    assert per_head_and_total(per_head, total) is None


@thorough
@given(by_year, by_year, directions, directions, st.integers(2018, 2026))
def test_what_is_found_is_a_gain_of_the_ratio_and_a_loss_of_the_total(ratio, total, one, other, year):
    found = rebound(series(ratio), one, series(total), other, year)
    if found is None:
        return
    assert found.since_year < found.year == year
    assert (found.ratio_before, found.ratio_after) == (ratio[found.since_year], ratio[year])
    assert (found.total_before, found.total_after) == (total[found.since_year], total[year])
    assert (found.ratio_after > found.ratio_before) is (one is Better.UP)
    assert (found.total_after > found.total_before) is (other is Better.DOWN)


@thorough
@given(by_year, by_year, st.sampled_from(list(OPPOSITE)), st.sampled_from(list(OPPOSITE)), st.integers(2018, 2026))
def test_a_rebound_stays_one_when_every_sign_and_direction_is_flipped(ratio, total, one, other, year):
    plain = rebound(series(ratio), one, series(total), other, year)
    mirrored = rebound(
        series({y: -v for y, v in ratio.items()}),
        OPPOSITE[one],
        series({y: -v for y, v in total.items()}),
        OPPOSITE[other],
        year,
    )
    assert (plain is None) is (mirrored is None)


@thorough
@given(by_year, by_year, directions, directions, st.integers(2018, 2026))
def test_the_two_series_never_trade_places(ratio, total, one, other, year):
    """What is a rebound one way round is none the other way: a gain is not a loss."""
    ways = (
        rebound(series(ratio), one, series(total), other, year),
        rebound(series(total), other, series(ratio), one, year),
    )
    assert None in ways
