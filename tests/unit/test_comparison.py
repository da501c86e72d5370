"""Two years side by side: differences, percentages that mean something, and methods that are never mixed."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_aim, make_indicator, make_series, make_target
from tests.strategies import aims, in_a_mirror, in_unit, numbers, plain, years
from tracker.domain.comparison import Compared, Direction, Uncompared, compare
from tracker.domain.records import Aim
from tracker.domain.vocabulary import Absence, Better, Comparator, ValueKind
from tracker.labels import speaking
from tracker.labels.comparison import (
    DIRECTIONS,
    UNCOMPARED,
    difference_phrase,
    direction_word,
    relative_phrase,
    restated_note,
    uncompared_sentence,
)

BETTER, WORSE, SAME, NEITHER, UNKNOWN = Direction
MIRROR = {BETTER: WORSE, WORSE: BETTER, SAME: SAME, NEITHER: NEITHER, UNKNOWN: UNKNOWN}


def compared(aim: Aim, earlier: int = 2024, later: int = 2025) -> Compared:
    (found,) = compare([aim], earlier, later)
    return found


def of(before, after, better=Better.UP, *targets, **known) -> Compared:
    return compared(make_aim({2024: before, 2025: after}, *targets, indicator=make_indicator(better=better, **known)))


def plainly(said: str) -> str:
    return said.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("before", "after", "better", "direction"),
    [
        (5, 6, Better.UP, BETTER),
        (6, 5, Better.UP, WORSE),
        (5, 6, Better.DOWN, WORSE),
        (6, 5, Better.DOWN, BETTER),
        (5, 6, Better.NEUTRAL, NEITHER),
        (5, "5.0", Better.UP, SAME),
        (5, 5, Better.NEUTRAL, SAME),
    ],
)
def test_the_stored_direction_says_what_is_better(before, after, better, direction):
    assert of(before, after, better).direction is direction


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [(1, 2, BETTER), (5, 6, WORSE), (0, 5, BETTER), (1, 5, NEITHER), (2, 4, NEITHER), (3, 6, WORSE), (6, 6, SAME)],
)
def test_towards_a_band_only_the_distance_to_it_counts(before, after, direction):
    band = make_target(2, Comparator.BETWEEN, upper=4)
    assert of(before, after, Better.IN_RANGE, band).direction is direction


def test_towards_an_exact_value_the_target_of_the_later_year_decides():
    first = make_target(10, Comparator.EXACTLY)
    second = replace(make_target(2, Comparator.EXACTLY, version=2), in_force_from=2025)
    assert of(3, 4, Better.EXACT, first).direction is BETTER
    assert of(3, 4, Better.EXACT, first, second).direction is WORSE


def test_without_the_target_that_it_aims_at_a_move_says_nothing():
    found = of(3, 4, Better.EXACT)
    assert (found.direction, found.reason, found.difference) == (UNKNOWN, Uncompared.NO_TARGET, 1)


@pytest.mark.parametrize(
    ("before", "after", "difference", "relative", "reason"),
    [
        (4, 5, 1, 25, None),
        (5, 4, -1, -20, None),
        (-4, -5, -1, -25, None),
        (-4, -2, 2, 50, None),
        (4, 0, -4, -100, None),
        (0, 4, 4, None, Uncompared.ZERO_BEFORE),
        (0, 0, 0, None, Uncompared.ZERO_BEFORE),
        (-4, 4, 8, None, Uncompared.SIGN_CHANGE),
        (4, -4, -8, None, Uncompared.SIGN_CHANGE),
    ],
)
def test_a_percentage_is_told_only_where_it_means_something(before, after, difference, relative, reason):
    found = of(before, after)
    assert (found.difference, found.relative, found.relative_reason) == (difference, relative, reason)


def test_yes_or_no_has_no_percentage():
    found = of(1, 0, unit="yes_no", value_kind=ValueKind.BOOLEAN)
    assert (found.direction, found.relative, found.relative_reason) == (WORSE, None, Uncompared.YES_OR_NO)
    assert difference_phrase(found) == "de oui à non"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({}, Uncompared.NO_VALUE),
        ({2024: Absence.NOT_MEASURED, 2025: Absence.UPCOMING}, Uncompared.NO_VALUE),
        ({2023: 4, 2025: 5}, Uncompared.NO_EARLIER),
        ({2024: 4, 2025: Absence.NOT_MEASURED}, Uncompared.NO_LATER),
    ],
)
def test_a_missing_value_is_not_compared_and_never_zero(values, reason):
    found = compared(make_aim(values))
    assert (found.direction, found.difference, found.relative, found.reason) == (UNKNOWN, None, None, reason)
    assert (found.before, found.after) == (
        values.get(2024) if isinstance(values.get(2024), int) else None,
        values.get(2025) if isinstance(values.get(2025), int) else None,
    )


def test_both_readings_are_there_with_what_they_say_of_themselves():
    found = compared(make_aim({2024: 4, 2025: Absence.NOT_MEASURED}))
    assert found.earlier is not None
    assert found.earlier.value == 4
    assert found.later is not None
    assert found.later.absence is Absence.NOT_MEASURED


def test_values_of_two_methods_are_not_compared():
    found = compared(make_aim({2024: 4, 2025: 5}, since_method={2: 2025}))
    assert found.is_broken
    assert (found.direction, found.difference, found.reason) == (UNKNOWN, None, Uncompared.METHOD_BREAK)
    assert (found.before, found.after) == (4, 5)


def test_values_recomputed_by_the_later_method_are_compared_instead():
    aim = make_aim({2024: 4, 2025: 5}, since_method={2: 2025}, restated={2: make_series({2024: 6, 2025: 5})})
    found = compared(aim)
    assert found.is_broken
    assert found.is_restated
    assert (found.before, found.after, found.difference, found.direction) == (6, 5, -1, WORSE)
    assert "recalculées par celle de 2025" in restated_note(found, 2024, 2025)


def test_values_recomputed_for_one_of_the_two_years_only_do_not_help():
    aim = make_aim({2024: 4, 2025: 5}, since_method={2: 2025}, restated={2: make_series({2025: 5})})
    assert compared(aim).reason is Uncompared.METHOD_BREAK


def test_years_of_one_method_are_compared_as_published():
    aim = make_aim(
        {2023: 1, 2024: 4, 2025: 5}, since_method={2: 2024}, restated={2: make_series({2023: 3, 2024: 9, 2025: 7})}
    )
    found = compared(aim)
    assert (found.is_broken, found.is_restated, found.difference) == (False, False, 1)
    assert restated_note(found, 2024, 2025) == ""


def test_indicators_keep_their_order():
    first, second = (make_aim({2024: 1, 2025: 2}, indicator=make_indicator(code)) for code in ("B", "A"))
    assert [found.aim.indicator.code for found in compare([first, second], 2024, 2025)] == ["B", "A"]


def test_differences_are_told_with_their_sign_and_unit():
    assert plainly(difference_phrase(of(5, "5.4", unit="years"))) == "+0,4 an"
    assert plainly(difference_phrase(of("5.4", 5, unit="years"))) == "−0,4 an"
    assert plainly(difference_phrase(of(5, 5, unit="years"))) == "0 an"
    assert plainly(difference_phrase(of(5, "5.001", unit="years"))) == "+0,001 an"
    assert plainly(difference_phrase(of(40, 52, unit="percent"))) == "+12 points"
    assert difference_phrase(compared(make_aim({}))) == ""


def test_percentages_of_change_are_told_but_for_percentages():
    assert plainly(relative_phrase(of(4, 5, unit="years"))) == "+25 %"
    assert plainly(relative_phrase(of(3, 2, unit="years"))) == "−33,3 %"
    assert relative_phrase(of(40, 52, unit="percent")) == ""
    assert relative_phrase(of(0, 5, unit="years")) == ""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_direction_and_reason_has_its_words(language):
    assert set(DIRECTIONS) == set(Direction)
    assert set(UNCOMPARED) == set(Uncompared)
    with speaking(language):
        assert all(direction_word(direction) for direction in Direction)
        assert all(uncompared_sentence(reason, 2024, 2025) for reason in Uncompared)


# Whatever the numbers


@given(st.lists(aims(), max_size=3), years, years)
def test_any_two_years_of_anything_are_compared_and_told(drawn, earlier, later):
    found = compare(drawn, earlier, later)
    assert [one.aim for one in found] == drawn
    for one in found:
        assert (one.difference is None) is (one.reason not in {None, Uncompared.NO_TARGET})
        assert (one.direction is UNKNOWN) is (one.reason is not None)
        assert one.difference is None or (one.relative is None) is (one.relative_reason is not None)
        assert bool(difference_phrase(one)) is (one.difference is not None)
        assert relative_phrase(one) == "" or relative_phrase(one)[0] in "+−0"


@given(numbers, numbers, st.sampled_from([Better.UP, Better.DOWN, Better.NEUTRAL]))
def test_the_other_way_round_is_the_opposite(before, after, better):
    aim = make_aim({2024: before, 2025: after}, better=better)
    there, back = compared(aim), compared(aim, 2025, 2024)
    assert there.difference is not None
    assert back.difference == -there.difference
    assert back.direction is MIRROR[there.direction]


@given(aims(), years, years)
def test_a_mirror_turns_the_numbers_and_keeps_the_judgement(aim, earlier, later):
    here, there = compared(aim, earlier, later), compared(in_a_mirror(aim), earlier, later)
    assert there.difference == (None if here.difference is None else -here.difference)
    assert there.relative == (None if here.relative is None else -here.relative)
    assert (there.direction, there.reason) == (here.direction, here.reason)


@given(plain, plain, st.sampled_from([Decimal(12), Decimal(1000), Decimal("0.001")]))
def test_the_unit_changes_no_percentage_and_no_direction(before, after, factor):
    aim = make_aim({2024: before, 2025: after})
    here, there = compared(aim), compared(in_unit(aim, factor))
    assert (here.direction, here.relative) == (there.direction, there.relative)


@given(aims(), years)
def test_a_year_beside_itself_has_not_moved(aim, year):
    found = compared(aim, year, year)
    assert found.direction is (UNKNOWN if aim.value(year) is None else SAME)
    assert not found.is_broken
