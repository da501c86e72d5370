"""When a digest is due: once a week or a month has begun, across the ends of years, by the day and not by the hour."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.followings import DEFAULT, is_due, next_on, period_start
from tracker.domain.vocabulary import DigestFrequency

WEEKLY, MONTHLY, NEVER = DigestFrequency.WEEKLY, DigestFrequency.MONTHLY, DigestFrequency.NEVER
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("frequency", "today", "start"),
    [
        (WEEKLY, date(2027, 1, 1), date(2026, 12, 28)),  # a Friday: the week began the year before
        (WEEKLY, date(2026, 12, 28), date(2026, 12, 28)),
        (WEEKLY, date(2028, 3, 1), date(2028, 2, 28)),  # over the 29th of February
        (MONTHLY, date(2026, 12, 31), date(2026, 12, 1)),
        (MONTHLY, date(2027, 1, 1), date(2027, 1, 1)),
        (NEVER, date(2027, 1, 1), None),
    ],
)
def test_a_week_begins_on_monday_and_a_month_on_its_first_day(frequency, today, start):
    assert period_start(frequency, today) == start


@pytest.mark.parametrize(
    ("frequency", "since", "today", "due", "coming"),
    [
        (WEEKLY, date(2026, 12, 27), date(2026, 12, 28), True, date(2026, 12, 28)),
        (WEEKLY, date(2026, 12, 28), date(2026, 12, 28), False, date(2027, 1, 4)),
        (WEEKLY, date(2026, 12, 28), date(2027, 1, 3), False, date(2027, 1, 4)),
        (WEEKLY, date(2026, 12, 28), date(2027, 1, 6), True, date(2027, 1, 6)),  # the machine slept two days
        (MONTHLY, date(2026, 12, 31), date(2027, 1, 1), True, date(2027, 1, 1)),
        (MONTHLY, date(2026, 12, 1), date(2026, 12, 31), False, date(2027, 1, 1)),
        (MONTHLY, date(2027, 1, 31), date(2027, 1, 31), False, date(2027, 2, 1)),
        (NEVER, date(2020, 1, 1), date(2027, 1, 1), False, None),
    ],
)
def test_a_digest_is_due_once_a_period_has_begun_since_the_last(frequency, since, today, due, coming):
    assert is_due(frequency, since, today) is due
    assert next_on(frequency, since, today) == coming


def test_whoever_chose_nothing_hears_once_a_month():
    assert DEFAULT is MONTHLY


@given(since=DAYS, days=st.integers(0, 400), frequency=st.sampled_from([WEEKLY, MONTHLY]))
def test_after_a_digest_none_is_due_that_day_and_the_next_one_is_on_the_day_that_was_said(since, days, frequency):
    today = since + timedelta(days=days)
    assert not is_due(frequency, today, today)
    coming = next_on(frequency, today, today)
    assert coming is not None
    assert today < coming <= today + timedelta(days=31)
    assert is_due(frequency, today, coming)
    assert not is_due(frequency, today, coming - timedelta(days=1))
