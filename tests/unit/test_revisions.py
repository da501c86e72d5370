"""Revisions of a target: what a new version changes, and what contradicts the direction of the indicator."""

import pytest

from tests.factories import make_baseline, make_target
from tracker.domain.revisions import Contradiction, changes, contradiction
from tracker.domain.vocabulary import Better, Comparator, TargetBasis, TargetChange

GREATER, AT_LEAST, LESS, AT_MOST, EXACTLY, BETWEEN = Comparator
PERCENT, DIFFERENCE = TargetBasis.RELATIVE_PERCENT, TargetBasis.RELATIVE_DIFFERENCE
C = TargetChange


def changed(before, after, baseline=None):
    return changes(before, after, baseline)


def test_the_first_version_changes_nothing_before_it():
    assert changed(None, make_target()) == (C.FIRST,)


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (make_target(5), make_target(6), C.RAISED),
        (make_target(6), make_target(5), C.LOWERED),
        (make_target(6), make_target(6, GREATER), C.RAISED),
        (make_target(6, GREATER), make_target(6), C.LOWERED),
        (make_target(100, AT_MOST), make_target(80, AT_MOST), C.RAISED),
        (make_target(80, AT_MOST), make_target(100, AT_MOST), C.LOWERED),
        (make_target(80, AT_MOST), make_target(80, LESS), C.RAISED),
        (make_target(6), make_target(6, AT_MOST), C.RESTATED),
        (make_target(6, EXACTLY), make_target(7, EXACTLY), C.RESTATED),
        (make_target(2, BETWEEN, upper=4), make_target(2, BETWEEN, upper=5), C.RESTATED),
        (make_target(6), make_target(6, reason="autre phrase"), C.RESTATED),
    ],
)
def test_a_version_that_asks_more_is_raised_whichever_way_the_indicator_goes(before, after, found):
    assert changed(before, after) == (found,)


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [(2026, 2028, C.POSTPONED), (2028, 2026, C.ADVANCED), (None, 2028, C.DATED), (2028, None, C.UNDATED)],
)
def test_a_version_that_moves_the_date_says_so(before, after, found):
    assert changed(make_target(horizon_year=before), make_target(horizon_year=after)) == (found,)


def test_a_version_may_ask_more_and_later():
    assert changed(make_target(5, horizon_year=2024), make_target(6, horizon_year=2030)) == (C.RAISED, C.POSTPONED)


def test_bases_are_compared_by_what_they_come_to():
    baseline = make_baseline(4)
    assert changed(make_target(5), make_target(50, basis=PERCENT), baseline) == (C.RAISED,)
    assert changed(make_target(6), make_target(1, basis=DIFFERENCE), baseline) == (C.LOWERED,)
    assert changed(make_target(6), make_target(50, basis=PERCENT), baseline) == (C.RESTATED,)


def test_percentages_compare_while_their_baseline_is_to_establish_but_not_with_a_value():
    assert changed(make_target(25, basis=PERCENT), make_target(30, basis=PERCENT)) == (C.RAISED,)
    assert changed(make_target(5), make_target(30, basis=PERCENT)) == (C.RESTATED,)


@pytest.mark.parametrize("comparator", [LESS, AT_MOST, EXACTLY, BETWEEN])
def test_an_indicator_that_improves_upward_cannot_be_asked_to_stay_below(comparator):
    assert contradiction(make_target(6, comparator), Better.UP, None) is Contradiction.WRONG_COMPARATOR


@pytest.mark.parametrize("comparator", [GREATER, AT_LEAST, EXACTLY, BETWEEN])
def test_an_indicator_that_improves_downward_cannot_be_asked_to_exceed(comparator):
    assert contradiction(make_target(6, comparator), Better.DOWN, None) is Contradiction.WRONG_COMPARATOR


@pytest.mark.parametrize("better", [Better.EXACT, Better.IN_RANGE])
def test_an_indicator_with_a_place_of_its_own_is_asked_to_be_there(better):
    assert contradiction(make_target(6, EXACTLY), better, None) is None
    assert contradiction(make_target(6, BETWEEN, upper=7), better, None) is None
    assert contradiction(make_target(6), better, None) is Contradiction.WRONG_COMPARATOR


@pytest.mark.parametrize("comparator", Comparator)
def test_an_indicator_without_a_direction_can_be_asked_anything(comparator):
    assert contradiction(make_target(6, comparator, upper=7), Better.NEUTRAL, make_baseline(9)) is None


def test_a_target_on_the_wrong_side_of_the_baseline_is_a_contradiction():
    assert contradiction(make_target(4), Better.UP, make_baseline(5)) is Contradiction.WRONG_SIDE
    assert contradiction(make_target(6, AT_MOST), Better.DOWN, make_baseline(5)) is Contradiction.WRONG_SIDE
    assert contradiction(make_target(-10, basis=PERCENT), Better.UP, make_baseline(5)) is Contradiction.WRONG_SIDE


def test_a_target_equal_to_the_baseline_is_something_to_keep():
    assert contradiction(make_target(5), Better.UP, make_baseline(5)) is None
    assert contradiction(make_target(0, basis=PERCENT), Better.DOWN, None) is Contradiction.WRONG_COMPARATOR
    assert contradiction(make_target(0, AT_MOST, PERCENT), Better.DOWN, None) is None


def test_a_percentage_against_the_direction_is_seen_before_the_baseline_is_known():
    assert contradiction(make_target(-10, basis=PERCENT), Better.UP, None) is Contradiction.WRONG_SIDE
    assert (
        contradiction(make_target(10, AT_MOST, PERCENT), Better.DOWN, make_baseline(None)) is Contradiction.WRONG_SIDE
    )
    assert contradiction(make_target(-10, AT_MOST, PERCENT), Better.DOWN, None) is None


def test_a_band_whose_ends_are_crossed_is_empty():
    assert contradiction(make_target(6, BETWEEN, upper=5), Better.IN_RANGE, None) is Contradiction.EMPTY_BAND
