"""Lifetimes: each figure by hand on a small estate, what lacks a day apart, and what must hold of any estate."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.estate import EquipmentCategory, Stay
from tracker.domain.lifetimes import (
    Agreement,
    Period,
    by_category,
    in_years,
    lifetimes,
    older_than,
    period,
    pyramid,
    tally,
    together,
)

LAPTOP, MONITOR = EquipmentCategory.LAPTOP, EquipmentCategory.MONITOR
TODAY = date(2026, 11, 22)
YEAR = period(2025, 2025, TODAY)
END = date(2025, 12, 31)


def stay(start, end=None, count=1, *, category=LAPTOP, is_retired=None):
    return Stay(category, start, end, end is not None if is_retired is None else is_retired, count)


def there(stays, on=END):
    """Count what is there on a day by its days of age."""
    return together(tally(stays, Period(on, on)).values()).there


def test_a_calendar_year_lasts_exactly_one_and_the_current_one_as_far_as_it_has_gone():
    assert Period(date(2025, 1, 1), END) == YEAR
    assert YEAR.years == 1
    assert period(2021, 2025, TODAY).years == 5
    assert period(2026, 2026, TODAY) == Period(date(2026, 1, 1), TODAY)
    assert period(2026, 2026, TODAY).years == Fraction(326, 365)


def test_the_age_at_exit_is_the_mean_and_the_median_of_what_was_retired_in_the_period():
    retired = [stay(date(2025, 6, 1) - timedelta(days=days), date(2025, 6, 1)) for days in (1000, 2000, 2400)]
    others = [stay(date(2015, 1, 1), date(2024, 12, 31)), stay(date(2015, 1, 1), date(2026, 1, 1))]
    found = lifetimes([*retired, *others], YEAR).at_exit
    assert (found.n, found.whole, found.coverage) == (3, 3, 100)
    assert (found.mean, found.median) == (1800, 2000)
    assert in_years(1461) == 4
    assert in_years(found.mean) == Decimal("4.928131")


def test_the_median_of_an_even_number_lies_half_way():
    retired = [stay(END - timedelta(days=days), END, count) for days, count in ((10, 2), (20, 1), (31, 1))]
    assert lifetimes(retired, YEAR).at_exit.median == 15
    assert lifetimes([*retired, stay(END - timedelta(days=31), END, 2)], YEAR).at_exit.median == Fraction(51, 2)


def test_what_lacks_a_day_is_counted_apart_and_lowers_the_coverage():
    estate = [
        stay(date(2020, 1, 1), date(2025, 1, 1)),
        stay(None, date(2025, 3, 1), 3),
        stay(date(2025, 9, 1), date(2025, 8, 1), 2),
        stay(date(2019, 1, 1), None, 7, is_retired=True),
        stay(date(2023, 12, 31), None, 4),
        stay(None, None, 1),
    ]
    found = lifetimes(estate, YEAR)
    assert (found.at_exit.n, found.at_exit.whole) == (1, 6)
    assert found.at_exit.coverage == Decimal("16.666667")
    assert (found.undated, found.contradictory) == (7, 2)
    assert (found.in_service.n, found.in_service.whole, found.in_service.mean) == (4, 5, 731)
    assert found.curve.lives == 5


def test_nothing_retired_has_no_mean_no_median_and_no_cross_check():
    found = lifetimes([stay(date(2024, 1, 1), None, 5)], YEAR)
    assert (found.at_exit.mean, found.at_exit.median, found.at_exit.coverage) == (None, None, None)
    assert (found.cross_check, found.agreement, found.curve.median) == (None, None, None)


def test_fleet_over_yearly_exits_checks_the_mean_age_at_exit():
    # 100 on the eve, 20 retired, 20 bought: 100 / 20 = 5 years.
    bought = date(2025, 7, 1)
    left = [stay(date(2020, 7, 1), date(2025, 7, 1), 20)]
    found = lifetimes([*left, stay(date(2022, 1, 1), None, 80), stay(bought, None, 20)], YEAR)
    assert found.fleet == 100
    assert in_years(found.cross_check) == 5
    assert found.agreement is Agreement.AGREES
    growing = lifetimes([*left, stay(date(2022, 1, 1), None, 80), stay(bought, None, 80)], YEAR)
    assert in_years(growing.cross_check) == Decimal("6.5")
    assert growing.agreement is Agreement.LONGER
    shrinking = lifetimes([stay(date(2020, 7, 1), date(2025, 7, 1), 20), stay(date(2022, 1, 1), None, 10)], YEAR)
    assert in_years(shrinking.cross_check) == 1
    assert shrinking.agreement is Agreement.SHORTER


def test_exactly_a_fifth_apart_still_agrees():
    mean = 1461  # 4 years, in days
    left = stay(date(2025, 7, 1) - timedelta(days=mean), date(2025, 7, 1), 10)
    # 48 on the eve and 48 at the end, 10 retired: 4.8 years, 20 % over 4.
    at_the_limit = lifetimes([left, stay(date(2022, 1, 1), None, 38), stay(date(2025, 2, 1), None, 10)], YEAR)
    assert in_years(at_the_limit.cross_check) == Decimal("4.8")
    assert at_the_limit.agreement is Agreement.AGREES
    beyond = lifetimes([left, stay(date(2022, 1, 1), None, 38), stay(date(2025, 2, 1), None, 11)], YEAR)
    assert beyond.agreement is Agreement.LONGER


def test_the_cross_check_needs_no_beginning_and_so_may_contradict_the_few_ages_that_are_known():
    told = stay(date(2021, 7, 1), date(2025, 7, 1), 10)
    untold = stay(None, date(2025, 7, 1), 30)
    there = stay(date(2022, 1, 1), None, 180)
    found = lifetimes([told, untold, there], YEAR)
    assert (found.at_exit.n, found.fleet, found.exits) == (10, 200, 40)
    assert in_years(found.cross_check) == 5
    assert found.agreement is Agreement.LONGER


def test_several_years_are_brought_back_to_one():
    left = [stay(date(year - 5, 7, 1), date(year, 7, 1), 10) for year in (2023, 2024, 2025)]
    bought = [stay(date(year, 7, 1), None, 10) for year in (2023, 2024, 2025)]
    there = stay(date(2022, 1, 1), None, 20)
    found = lifetimes([*left, *bought, there], period(2023, 2025, TODAY))
    assert (found.fleet, found.exits) == (50, 30)
    assert in_years(found.cross_check) == 5


def test_what_changed_hands_inside_is_no_exit_and_is_watched_until_then():
    moved = stay(date(2020, 1, 1), date(2025, 6, 1), is_retired=False)
    found = lifetimes([moved], YEAR)
    assert (found.at_exit.whole, found.in_service.whole, found.curve.lives, found.curve.ended) == (0, 0, 1, 0)


def test_a_retirement_to_come_leaves_a_piece_in_service():
    found = lifetimes([stay(date(2024, 12, 31), date(2026, 6, 1))], YEAR)
    assert (found.in_service.mean, found.curve.ended) == (365, 0)


def test_what_comes_into_service_later_is_not_there_yet():
    found = lifetimes([stay(date(2026, 1, 1))], YEAR)
    assert (found.in_service.whole, found.curve.lives) == (0, 0)


def test_each_category_has_its_own_figures():
    estate = [stay(date(2020, 1, 1), END, 2), stay(date(2018, 1, 1), END, 1, category=MONITOR)]
    found = by_category(estate, YEAR)
    assert list(found) == [LAPTOP, MONITOR]
    assert [one.exits for one in found.values()] == [2, 1]


def test_over_five_years_begins_the_day_after_the_fifth_anniversary():
    estate = [stay(date(2020, 12, 31)), stay(date(2020, 12, 30)), stay(None), stay(date(2010, 1, 1), END)]
    assert older_than(there(estate), 5, END) == (1, 2)
    assert older_than(
        there([stay(date(2019, 2, 27)), stay(date(2019, 2, 28))], date(2024, 2, 29)), 5, date(2024, 2, 29)
    ) == (1, 2)


def test_the_pyramid_counts_whole_years_and_gathers_the_oldest():
    estate = [stay(END), stay(date(2024, 12, 31), count=2), stay(date(2025, 1, 1)), stay(date(2001, 1, 1), count=5)]
    assert pyramid(there(estate), END, 3) == [2, 2, 0, 5]


days = st.integers(date(2010, 1, 1).toordinal(), date(2026, 12, 31).toordinal()).map(date.fromordinal)
stays = st.lists(
    st.builds(
        Stay,
        st.sampled_from([LAPTOP, MONITOR]),
        st.none() | days,
        st.none() | days,
        st.booleans(),
        st.integers(1, 9),
    ),
    max_size=30,
)


@given(stays)
def test_the_categories_add_up_to_the_whole(estate):
    whole, parts = lifetimes(estate, YEAR), by_category(estate, YEAR).values()
    for name in ("n", "whole", "total"):
        assert getattr(whole.at_exit, name) == sum(getattr(one.at_exit, name) for one in parts)
        assert getattr(whole.in_service, name) == sum(getattr(one.in_service, name) for one in parts)
    assert whole.fleet == sum(one.fleet for one in parts)
    assert whole.undated == sum(one.undated for one in parts)
    assert whole.curve.lives == sum(one.curve.lives for one in parts)


@given(stays)
def test_no_figure_rests_on_more_than_there_is(estate):
    found = lifetimes(estate, YEAR)
    for ages in (found.at_exit, found.in_service):
        assert 0 <= ages.n <= ages.whole
        assert ages.mean is None or ages.mean >= 0
        assert ages.coverage is None or 0 <= ages.coverage <= 100
    assert found.in_service.n == sum(pyramid(there(estate), END, 10))
    older, dated = older_than(there(estate), 5, END)
    assert older <= dated == found.in_service.n


@given(stays, st.integers(1, 3650))
def test_the_same_lives_seen_later_keep_their_ages_at_exit(estate, later):
    moved = timedelta(days=later)
    shifted = [
        Stay(one.category, one.start and one.start + moved, one.end and one.end + moved, one.is_retired, one.count)
        for one in estate
    ]
    before = lifetimes(estate, YEAR)
    after = lifetimes(shifted, Period(YEAR.first + moved, YEAR.last + moved))
    assert (after.at_exit, after.in_service, after.curve) == (before.at_exit, before.in_service, before.curve)


@pytest.mark.parametrize("years", [1, 2, 3])
def test_kept_a_quarter_longer_is_a_quarter_more(years):
    short = lifetimes([stay(END - timedelta(days=1000 * years), END)], YEAR).at_exit.mean
    long = lifetimes([stay(END - timedelta(days=1250 * years), END)], YEAR).at_exit.mean
    assert 100 * (long - short) / short == 25
