"""Directional: a direction was voted without a figure; the sign of the robust trend decides."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.factories import make_aim, make_baseline, make_indicator, make_series, make_target
from tests.unit.kinds.helpers import DIRECTIONAL, told, verdict
from tracker.domain.judgement import ReasonCode
from tracker.domain.vocabulary import Better, Collection, Status


@pytest.mark.parametrize(
    ("better", "value", "status", "code"),
    [
        (Better.UP, 6, Status.ON_TRACK, ReasonCode.TREND_BETTER),
        (Better.UP, 5, Status.WATCH, ReasonCode.TREND_FLAT),
        (Better.UP, 4, Status.OFF_TRACK, ReasonCode.TREND_WORSE),
        (Better.DOWN, 4, Status.ON_TRACK, ReasonCode.TREND_BETTER),
        (Better.DOWN, 5, Status.WATCH, ReasonCode.TREND_FLAT),
        (Better.DOWN, 6, Status.OFF_TRACK, ReasonCode.TREND_WORSE),
        (Better.DOWN, 0, Status.ON_TRACK, ReasonCode.TREND_BETTER),
    ],
)
def test_a_direction_is_judged_on_the_slope_from_a_dated_baseline(better, value, status, code):
    said = verdict(DIRECTIONAL, aims=[make_aim({2025: value}, baseline=make_baseline(5, 2020), better=better)])
    assert told(said) == (status, [code])
    assert said.reasons[0].values == {"slope": Decimal(value - 5) / 5, "since_year": 2020, "count": 2}
    assert said.leading is not None
    assert said.leading.departure == make_baseline(5, 2020)


def test_a_direction_without_a_baseline_is_judged_on_the_slope_of_its_values():
    """Of 4, 9 and 6 in 2022, 2024 and 2025 the slopes are 2.5, -3 and 2/3: the middle one rises."""
    said = verdict(DIRECTIONAL, aims=[make_aim({2022: 4, 2024: 9, 2025: 6})])
    assert told(said) == (Status.ON_TRACK, [ReasonCode.TREND_BETTER])
    assert said.reasons[0].values["since_year"] == 2022
    assert said.reasons[0].values["count"] == 3
    assert round(said.reasons[0].values["slope"], 6) == Decimal("0.666667")


def test_one_value_out_of_line_does_not_turn_a_trend():
    """Least squares would fall by 7 a year here; between the first value and the last, it fell too."""
    said = verdict(DIRECTIONAL, aims=[make_aim({2021: 10, 2022: 11, 2023: 12, 2024: 13, 2025: -40})])
    assert told(said) == (Status.ON_TRACK, [ReasonCode.TREND_BETTER])
    assert said.reasons[0].values["slope"] == 1


def test_a_trend_of_the_last_ten_years_forgets_the_years_before():
    past = {2010: 90, 2012: 80, 2014: 70}
    said = verdict(DIRECTIONAL, aims=[make_aim({**past, 2024: 5, 2025: 6})])
    assert told(said) == (Status.ON_TRACK, [ReasonCode.TREND_BETTER])
    assert said.reasons[0].values == {"slope": 1, "since_year": 2024, "count": 2}


@pytest.mark.parametrize(
    ("value", "status", "code"),
    [
        (6, Status.ON_TRACK, ReasonCode.IMPROVES),
        (5, Status.WATCH, ReasonCode.STANDS_STILL),
        (4, Status.OFF_TRACK, ReasonCode.MOVES_AWAY),
    ],
)
def test_a_direction_with_one_value_is_held_against_a_baseline_without_a_year(value, status, code):
    said = verdict(DIRECTIONAL, aims=[make_aim({2025: value}, baseline=make_baseline(5, None))])
    assert told(said) == (status, [code])
    assert said.reasons[0].values == {"value": value, "since": 5, "since_year": None}


def test_a_direction_with_one_recent_value_is_held_against_the_last_one_known_before():
    said = verdict(DIRECTIONAL, aims=[make_aim({2012: 4, 2025: 6})])
    assert told(said) == (Status.ON_TRACK, [ReasonCode.IMPROVES])
    assert said.reasons[0].values == {"value": 6, "since": 4, "since_year": 2012}


@pytest.mark.parametrize("better", [Better.EXACT, Better.IN_RANGE])
def test_an_indicator_without_a_way_of_its_own_has_no_trend_to_praise(better):
    said = verdict(DIRECTIONAL, aims=[make_aim({2024: 4, 2025: 6}, better=better)])
    assert told(said) == (Status.WATCH, [ReasonCode.NO_DIRECTION])


def test_years_of_another_method_make_no_trend():
    said = verdict(DIRECTIONAL, aims=[make_aim({2022: 1, 2023: 2, 2025: 6}, since_method={2: 2024})])
    assert told(said) == (Status.BASELINE_NEEDED, [ReasonCode.METHOD_CHANGED])


def test_a_trend_is_of_the_years_since_the_method_changed():
    said = verdict(DIRECTIONAL, aims=[make_aim({2022: 1, 2023: 2, 2024: 9, 2025: 6}, since_method={2: 2024})])
    assert told(said) == (Status.OFF_TRACK, [ReasonCode.TREND_WORSE])
    assert said.reasons[0].values == {"slope": -3, "since_year": 2024, "count": 2}


def test_years_restated_by_the_method_of_today_make_a_trend_again():
    restated = {2: make_series({2022: 4, 2023: 5, 2025: 6})}
    aim = make_aim({2022: 1, 2023: 2, 2025: 6}, since_method={2: 2024}, restated=restated)
    said = verdict(DIRECTIONAL, aims=[aim])
    assert told(said) == (Status.ON_TRACK, [ReasonCode.TREND_BETTER])
    assert said.reasons[0].values["count"] == 3


def test_a_direction_that_starts_from_zero_is_judged():
    assert verdict(DIRECTIONAL, aims=[make_aim({2022: 0, 2025: 6})]).status is Status.ON_TRACK
    assert verdict(DIRECTIONAL, aims=[make_aim({2025: 6}, baseline=make_baseline(0))]).status is Status.ON_TRACK


def test_a_direction_needs_two_values():
    said = verdict(DIRECTIONAL, aims=[make_aim({2025: 6, 2026: 7})])
    assert told(said) == (Status.BASELINE_NEEDED, [ReasonCode.TREND_NEEDS_TWO])


def test_a_direction_without_a_value_for_the_year_is_not_measured():
    said = verdict(DIRECTIONAL, aims=[make_aim({2024: 6}, baseline=make_baseline(5, 2020))])
    assert told(said) == (Status.NOT_MEASURED, [ReasonCode.NO_VALUE, ReasonCode.LAST_VALUE])


def test_a_direction_without_an_indicator_is_not_measured():
    assert told(verdict(DIRECTIONAL)) == (Status.NOT_MEASURED, [ReasonCode.NO_VALUE])


@pytest.mark.parametrize("collection", [Collection.MEASUREMENT, Collection.DERIVED])
def test_a_direction_is_judged_on_the_first_indicator_that_has_figures_typed_or_computed(collection):
    first = make_aim({2022: 9, 2025: 1}, indicator=make_indicator(collection=collection))
    said = verdict(DIRECTIONAL, aims=[first, make_aim({2022: 4, 2025: 6})])
    assert told(said) == (Status.OFF_TRACK, [ReasonCode.TREND_WORSE])


def test_a_direction_is_not_judged_on_an_indicator_that_facts_tell():
    told_by_facts = make_aim({2022: 9, 2025: 1}, indicator=make_indicator(collection=Collection.FINDING))
    said = verdict(DIRECTIONAL, aims=[told_by_facts, make_aim({2022: 4, 2025: 6})])
    assert said.status is Status.ON_TRACK
    assert told(verdict(DIRECTIONAL, aims=[told_by_facts])) == (Status.NOT_MEASURED, [ReasonCode.NO_VALUE])


@pytest.mark.parametrize("value", [4, 5, 6, 100])
def test_a_direction_is_never_held_against_a_target(value):
    without = make_aim({2025: value}, baseline=make_baseline(5, 2020))
    targeted = replace(without, targets=(make_target(50, horizon_year=2024),))
    said, plain = verdict(DIRECTIONAL, aims=[targeted]), verdict(DIRECTIONAL, aims=[without])
    assert told(said) == told(plain)
    assert said.status is not Status.ACHIEVED
    assert said.leading is not None
    assert (said.leading.target, said.leading.threshold, said.leading.progress, said.leading.gap) == (None,) * 4
