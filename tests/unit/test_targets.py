"""Targets: the version in force, the threshold it comes to, and how a value is held against it."""

from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_baseline, make_target, make_threshold
from tracker.domain.targets import amount, resolve, stated_departure
from tracker.domain.versions import in_force
from tracker.domain.vocabulary import BaselineState, Comparator, TargetBasis

GREATER, AT_LEAST, LESS, AT_MOST, EXACTLY, BETWEEN = Comparator
values = st.decimals(-(10**9), 10**9, places=6)


@pytest.mark.parametrize(
    ("comparator", "below", "at", "above"),
    [
        (GREATER, False, False, True),
        (AT_LEAST, False, True, True),
        (LESS, True, False, False),
        (AT_MOST, True, True, False),
        (EXACTLY, False, True, False),
    ],
)
def test_a_comparator_decides_below_at_and_above_its_threshold(comparator, below, at, above):
    threshold = make_threshold(25, comparator)
    assert threshold.is_met(Decimal("24.999999")) is below
    assert threshold.is_met(Decimal("25.0")) is at
    assert threshold.is_met(Decimal("25.000001")) is above


@pytest.mark.parametrize(
    ("comparator", "at_20", "at_25", "at_28"),
    [(GREATER, 5, 0, 0), (AT_LEAST, 5, 0, 0), (LESS, 0, 0, 3), (AT_MOST, 0, 0, 3), (EXACTLY, 5, 0, 3)],
)
def test_the_gap_is_what_is_missing_in_the_unit(comparator, at_20, at_25, at_28):
    threshold = make_threshold(25, comparator)
    assert [threshold.gap(Decimal(value)) for value in (20, 25, 28)] == [at_20, at_25, at_28]


@given(st.sampled_from(list(Comparator)), values, values)
def test_the_gap_is_never_negative_and_is_zero_once_the_target_is_met(comparator, value, target):
    threshold = make_threshold(target, comparator, target + 2 if comparator is BETWEEN else None)
    assert threshold.gap(value) >= 0
    if threshold.is_met(value):
        assert threshold.gap(value) == 0


@given(values, values)
def test_held_against_mirrored_thresholds_mirrored_values_answer_the_same(value, target):
    for comparator, mirrored in ((GREATER, LESS), (AT_LEAST, AT_MOST), (EXACTLY, EXACTLY)):
        straight, mirror = make_threshold(target, comparator), make_threshold(-target, mirrored)
        assert straight.is_met(value) is mirror.is_met(-value)
        assert straight.gap(value) == mirror.gap(-value)


@given(values, values, values)
def test_held_against_a_mirrored_band_mirrored_values_answer_the_same(value, one, other):
    low, high = sorted((one, other))
    straight, mirror = make_threshold(low, BETWEEN, high), make_threshold(-high, BETWEEN, -low)
    assert straight.is_met(value) is mirror.is_met(-value)
    assert straight.gap(value) == mirror.gap(-value)
    assert straight.edge(value) == -mirror.edge(-value)


@pytest.mark.parametrize(
    ("value", "is_met", "gap", "edge"),
    [
        ("3.999999", False, "0.000001", 4),
        ("4", True, 0, 4),
        ("5", True, 0, 5),
        ("6.0", True, 0, 6),
        ("6.000001", False, "0.000001", 6),
        ("-10", False, 14, 4),
    ],
)
def test_a_band_holds_its_two_ends_and_is_approached_at_the_nearer_one(value, is_met, gap, edge):
    band = make_threshold(4, BETWEEN, 6)
    assert band.is_met(Decimal(value)) is is_met
    assert band.gap(Decimal(value)) == Decimal(gap)
    assert band.edge(Decimal(value)) == edge


def test_a_band_from_zero_holds_zero_and_nothing_below():
    band = make_threshold(0, BETWEEN, 2)
    assert band.is_met(Decimal(0))
    assert not band.is_met(Decimal("-0.000001"))
    assert band.gap(Decimal(-1)) == 1


def test_a_band_may_lie_on_both_sides_of_zero():
    band = make_threshold(-2, BETWEEN, 3)
    assert [band.is_met(Decimal(value)) for value in (-3, -2, 0, 3, 4)] == [False, True, True, True, False]


def test_a_band_whose_ends_are_one_value_holds_that_value_alone():
    band = make_threshold(5, BETWEEN, 5)
    assert [band.is_met(Decimal(value)) for value in ("4.9", "5", "5.1")] == [False, True, False]


def test_what_is_aimed_at_is_the_threshold_itself_for_every_other_comparator():
    for comparator in (GREATER, AT_LEAST, LESS, AT_MOST, EXACTLY):
        assert make_threshold(5, comparator).edge(Decimal(9)) == 5


def test_an_absolute_target_needs_no_baseline():
    threshold = resolve(make_target(6), None)
    assert threshold is not None
    assert threshold.value == 6


def test_a_target_of_zero_stays_zero():
    threshold = resolve(make_target(0, AT_MOST), None)
    assert threshold is not None
    assert threshold.value == 0
    assert threshold.is_met(Decimal(0))
    assert not threshold.is_met(Decimal("0.001"))


@pytest.mark.parametrize(
    ("base", "percent", "expected"),
    [
        ("8", "25", "10"),
        ("5", "25", "6.25"),
        ("10", "-20", "8"),
        ("-8", "25", "-6"),
        ("-10", "-20", "-12"),
        ("5.4", "25", "6.75"),
        ("40", "0", "40"),
    ],
)
def test_a_relative_target_is_counted_from_the_baseline(base, percent, expected):
    target = make_target(percent, GREATER, TargetBasis.RELATIVE_PERCENT)
    threshold = resolve(target, make_baseline(base))
    assert threshold is not None
    assert threshold.comparator is GREATER
    assert threshold.value == Decimal(expected)


def test_a_rise_of_a_quarter_on_five_years_is_six_years_and_three_months_not_five_and_a_quarter():
    threshold = resolve(make_target(25, GREATER, TargetBasis.RELATIVE_PERCENT), make_baseline(5))
    assert threshold is not None
    assert threshold.value == Decimal("6.25")


@pytest.mark.parametrize(("base", "expected"), [("5", "6"), ("0", "1"), ("-3", "-2")])
def test_a_difference_is_added_to_the_baseline_even_when_that_is_zero_or_negative(base, expected):
    threshold = resolve(make_target(1, AT_LEAST, TargetBasis.RELATIVE_DIFFERENCE), make_baseline(base))
    assert threshold is not None
    assert threshold.value == Decimal(expected)


@pytest.mark.parametrize("basis", [TargetBasis.RELATIVE_PERCENT, TargetBasis.RELATIVE_DIFFERENCE])
@pytest.mark.parametrize(
    "baseline",
    [
        None,
        make_baseline(None),
        make_baseline(None, None, BaselineState.TO_ESTABLISH),
        make_baseline(5, 2020, BaselineState.TO_ESTABLISH),
    ],
    ids=["none", "without a value", "to establish", "a value, but to establish"],
)
def test_a_relative_target_has_no_threshold_while_its_baseline_is_not_known(basis, baseline):
    assert resolve(make_target(25, GREATER, basis), baseline) is None


@pytest.mark.parametrize("state", [BaselineState.PROPOSED, BaselineState.VALIDATED])
def test_a_proposed_or_validated_baseline_is_known(state):
    assert make_baseline(5, 2020, state).is_known


def test_a_baseline_of_zero_is_known():
    assert make_baseline(0).is_known


def test_a_percentage_of_a_baseline_of_zero_is_not_computable():
    """25 % more than nothing is nothing: an unmoved indicator would meet « au moins +25 % »."""
    assert resolve(make_target(25, AT_LEAST, TargetBasis.RELATIVE_PERCENT), make_baseline(0)) is None


def test_no_version_is_in_force_before_the_first():
    assert in_force([make_target(in_force_from=2023)], 2022) is None
    assert in_force([], 2022) is None


def test_each_year_is_judged_with_the_version_in_force_for_it_whatever_the_order_they_come_in():
    first = make_target(6, in_force_from=2022, version=1)
    second = make_target(7, in_force_from=2024, version=2)
    third = make_target(8, in_force_from=2026, version=3)
    for versions in permutations((first, second, third)):
        assert [in_force(versions, year) for year in (2022, 2023, 2024, 2025, 2026, 2040)] == [
            first,
            first,
            second,
            second,
            third,
            third,
        ]


def test_of_two_versions_in_force_from_the_same_year_the_later_version_counts():
    first = make_target(6, in_force_from=2024, version=1)
    second = make_target(7, in_force_from=2024, version=2)
    assert in_force([second, first], 2024) is second
    assert in_force([first, second], 2024) is second


# Bands and from–to


def test_a_band_relative_to_a_baseline_has_its_two_ends_brought_to_the_unit():
    """Between -10 % and +25 % of 40 is between 36 and 50."""
    threshold = resolve(make_target(-10, BETWEEN, TargetBasis.RELATIVE_PERCENT, upper=25), make_baseline(40))
    assert threshold is not None
    assert (threshold.value, threshold.upper) == (36, 50)


def test_a_band_relative_to_a_baseline_that_is_not_known_has_no_threshold():
    assert resolve(make_target(-10, BETWEEN, TargetBasis.RELATIVE_PERCENT, upper=25), None) is None


def test_a_target_without_a_band_has_no_upper_end():
    threshold = resolve(make_target(6), None)
    assert threshold is not None
    assert threshold.upper is None


def test_a_target_from_five_to_six_states_where_it_departs_from():
    target = make_target(6, basis=TargetBasis.FROM_TO, start=5, start_year=2022)
    stated = stated_departure(target)
    assert stated is not None
    assert (stated.value, stated.year, stated.method) == (5, 2022, None)
    assert stated.is_known


def test_a_target_from_five_to_six_needs_no_baseline_and_comes_to_six():
    target = make_target(6, basis=TargetBasis.FROM_TO, start=5)
    assert not target.is_relative
    for baseline in (None, make_baseline(9), make_baseline(None, None, BaselineState.TO_ESTABLISH)):
        threshold = resolve(target, baseline)
        assert threshold is not None
        assert threshold.value == 6


def test_a_target_from_nothing_departs_from_zero():
    stated = stated_departure(make_target(6, basis=TargetBasis.FROM_TO, start=0))
    assert stated is not None
    assert stated.value == 0


@pytest.mark.parametrize("basis", [basis for basis in TargetBasis if basis is not TargetBasis.FROM_TO])
def test_no_other_target_states_where_it_departs_from(basis):
    assert stated_departure(make_target(6, basis=basis, start=5)) is None


@pytest.mark.parametrize("basis", [TargetBasis.ABSOLUTE, TargetBasis.FROM_TO])
def test_a_number_voted_in_the_unit_is_taken_as_it_is_written(basis):
    assert amount(make_target(6, basis=basis), Decimal(7), make_baseline(5)) == 7


def test_a_number_voted_in_per_cent_or_as_a_difference_is_counted_from_the_baseline():
    assert amount(make_target(25, basis=TargetBasis.RELATIVE_PERCENT), Decimal(10), make_baseline(40)) == 44
    assert amount(make_target(25, basis=TargetBasis.RELATIVE_DIFFERENCE), Decimal(10), make_baseline(40)) == 50


# Versions


def test_a_version_decided_later_counts_from_its_own_first_year_even_when_that_is_earlier():
    """The last decision speaks: a version 2 in force from 2023 replaces a version 1 in force from 2024."""
    first = make_target(6, in_force_from=2024, version=1)
    second = make_target(7, in_force_from=2023, version=2)
    assert in_force([first, second], 2024) is second
    assert in_force([first, second], 2023) is second


def test_baselines_have_versions_as_targets_have():
    first, second = make_baseline(5, version=1), make_baseline(7, version=2, in_force_from=2025)
    assert [in_force([second, first], year) for year in (2024, 2025)] == [first, second]
