"""Years: which ones are open, which one the review is about, and the day on which facts are looked at."""

from datetime import date

import pytest

from tracker.domain.periods import is_open_year, last_full_year, reference_day

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("year", "is_open"), [(0, False), (1899, False), (1999, False), (2000, True), (2025, True), (2026, True)]
)
def test_a_year_is_open_from_2000_to_the_current_one(year, is_open):
    assert is_open_year(year, TODAY) is is_open


def test_next_year_is_not_open_until_its_first_day():
    assert not is_open_year(2027, date(2026, 12, 31))
    assert is_open_year(2027, date(2027, 1, 1))


def test_the_last_full_year_is_the_one_before_today_s_even_on_new_year_s_eve():
    assert last_full_year(date(2026, 1, 1)) == 2025
    assert last_full_year(date(2026, 12, 31)) == 2025
    assert last_full_year(date(2027, 1, 1)) == 2026


def test_facts_of_a_past_year_are_looked_at_on_its_last_day():
    assert reference_day(2024, TODAY) == date(2024, 12, 31)


def test_facts_of_the_current_year_are_looked_at_today():
    assert reference_day(2026, TODAY) == TODAY
    assert reference_day(2026, date(2026, 12, 31)) == date(2026, 12, 31)


def test_facts_of_a_year_to_come_are_looked_at_today():
    assert reference_day(2030, TODAY) == TODAY
