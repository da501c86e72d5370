"""Continuous: a practice is alive while it shows signs of it, and goes quiet after so many months."""

from datetime import date

import pytest

from tests.factories import make_aim, make_finding, make_indicator, make_target
from tests.unit.kinds.helpers import CONTINUOUS, DECIDED, DONE, NOT_DONE, OBSERVED, PAID, TODAY, told, verdict
from tracker.domain.judgement import Judgement, ReasonCode
from tracker.domain.records import Aim, Finding
from tracker.domain.vocabulary import Better, Status, ValueKind


def continuous(*facts: Finding, year: int = 2025, today: date = TODAY, aims: tuple[Aim, ...] = ()) -> Judgement:
    return verdict(CONTINUOUS, year, today, findings=facts, aims=aims)


@pytest.mark.parametrize("state", [OBSERVED, DONE, DECIDED])
def test_a_practice_observed_in_the_year_is_on_track(state):
    said = continuous(make_finding(state, date(2025, 3, 14)))
    assert told(said) == (Status.ON_TRACK, [ReasonCode.OBSERVED])
    assert said.reasons[0].values == {"on": date(2025, 3, 14)}


def test_a_practice_observed_twice_quotes_the_latest_day():
    facts = make_finding(OBSERVED, date(2025, 9, 1)), make_finding(OBSERVED, date(2025, 3, 14))
    assert continuous(*facts).reasons[0].values == {"on": date(2025, 9, 1)}
    assert continuous(*reversed(facts)).reasons[0].values == {"on": date(2025, 9, 1)}


def test_a_practice_measured_in_the_year_is_on_track_and_shows_its_value():
    said = continuous(aims=(make_aim({2025: 12}),))
    assert told(said) == (Status.ON_TRACK, [ReasonCode.MEASURED])
    assert said.leading is not None
    assert said.leading.reading is not None
    assert said.leading.reading.value == 12


@pytest.mark.parametrize(
    ("seen", "status", "code"),
    [
        (date(2025, 1, 1), Status.ON_TRACK, ReasonCode.OBSERVED),
        (date(2024, 12, 31), Status.WATCH, ReasonCode.GONE_QUIET),
        (date(2024, 1, 1), Status.WATCH, ReasonCode.GONE_QUIET),
        (date(2023, 12, 31), Status.NOT_MEASURED, ReasonCode.GONE_QUIET),
        (date(2019, 6, 1), Status.NOT_MEASURED, ReasonCode.GONE_QUIET),
    ],
)
def test_a_practice_is_alive_for_twelve_months_after_its_last_sign_and_watched_for_twelve_more(seen, status, code):
    assert told(continuous(make_finding(OBSERVED, seen))) == (status, [code])


def test_a_practice_that_went_quiet_quotes_its_last_sign_and_the_months_since():
    said = continuous(make_finding(OBSERVED, date(2024, 6, 1)))
    assert said.reasons[0].values == {"on": date(2024, 6, 1), "months": 18, "limit": 12}


@pytest.mark.parametrize(
    ("limit", "status"), [(18, Status.WATCH), (19, Status.ON_TRACK), (10, Status.WATCH), (9, Status.NOT_MEASURED)]
)
def test_the_authority_says_after_how_many_months_a_practice_is_stale(limit, status):
    """Observed on 1 June 2024, it was seen 18 whole months before the end of 2025."""
    facts = [make_finding(OBSERVED, date(2024, 6, 1))]
    assert verdict(CONTINUOUS, findings=facts, stale_after_months=limit).status is status


def test_a_value_of_the_year_before_counts_on_its_last_day():
    said = continuous(aims=(make_aim({2024: 12}),))
    assert told(said) == (Status.WATCH, [ReasonCode.GONE_QUIET])
    assert said.reasons[0].values == {"on": date(2024, 12, 31), "months": 12, "limit": 12}


def test_a_value_of_an_earlier_year_keeps_a_practice_alive_for_as_long_as_was_decided():
    said = verdict(CONTINUOUS, aims=[make_aim({2024: 12})], stale_after_months=13)
    assert told(said) == (Status.ON_TRACK, [ReasonCode.STILL_ALIVE])
    assert said.reasons[0].values == {"year": 2024, "limit": 13}


def test_the_later_of_a_fact_and_a_value_is_the_last_sign():
    aims = [make_aim({2023: 12})]
    fact_first = verdict(CONTINUOUS, aims=aims, findings=[make_finding(OBSERVED, date(2022, 6, 1))])
    value_first = verdict(CONTINUOUS, aims=aims, findings=[make_finding(OBSERVED, date(2024, 6, 1))])
    assert fact_first.reasons[0].values["on"] == date(2023, 12, 31)
    assert value_first.reasons[0].values["on"] == date(2024, 6, 1)


def test_a_count_of_nothing_does_not_hide_the_sign_before_it():
    aim = make_aim({2023: 5, 2024: 0}, indicator=make_indicator(value_kind=ValueKind.COUNT))
    said = continuous(aims=(aim,))
    assert told(said) == (Status.NOT_MEASURED, [ReasonCode.GONE_QUIET])
    assert said.reasons[0].values == {"on": date(2023, 12, 31), "months": 24, "limit": 12}
    assert verdict(CONTINUOUS, aims=[aim], stale_after_months=18).status is Status.WATCH


def test_one_indicator_that_shows_activity_is_enough_whatever_its_place():
    count = make_indicator(value_kind=ValueKind.COUNT)
    none, some = make_aim({2025: 0}, indicator=count), make_aim({2025: 3}, indicator=count)
    for aims in ((none, some), (some, none)):
        said = continuous(aims=aims)
        assert told(said) == (Status.ON_TRACK, [ReasonCode.MEASURED])
        assert said.aims[0].aim is some


def test_a_count_of_nothing_is_made_up_for_by_a_fact_observed_in_the_year():
    aim = make_aim({2025: 0}, indicator=make_indicator(value_kind=ValueKind.COUNT))
    assert told(continuous(make_finding(OBSERVED), aims=(aim,))) == (Status.ON_TRACK, [ReasonCode.OBSERVED])
    assert told(continuous(make_finding(NOT_DONE), aims=(aim,))) == (Status.WATCH, [ReasonCode.MEASURED_NONE])


def test_a_zero_that_is_good_news_shows_activity():
    """No complaint received is a value like any other, for what is better when it falls."""
    indicator = make_indicator(value_kind=ValueKind.COUNT, better=Better.DOWN)
    assert continuous(aims=(make_aim({2025: 0}, indicator=indicator),)).status is Status.ON_TRACK


@pytest.mark.parametrize(
    ("seen", "status", "code"),
    [
        (date(2026, 3, 1), Status.ON_TRACK, ReasonCode.OBSERVED),
        (date(2025, 11, 23), Status.ON_TRACK, ReasonCode.OBSERVED),
        (date(2025, 11, 22), Status.UPCOMING, ReasonCode.YEAR_RUNNING),
        (date(2020, 1, 1), Status.UPCOMING, ReasonCode.YEAR_RUNNING),
    ],
)
def test_a_running_year_is_never_said_quiet(seen, status, code):
    assert told(continuous(make_finding(OBSERVED, seen), year=2026)) == (status, [code])


def test_a_target_that_is_not_in_force_yet_leaves_a_practice_judged_on_its_signs():
    aim = make_aim({2025: 4}, make_target(6, in_force_from=2027))
    assert told(continuous(aims=(aim,))) == (Status.ON_TRACK, [ReasonCode.MEASURED])


def test_a_practice_without_any_sign_is_not_measured():
    assert told(continuous()) == (Status.NOT_MEASURED, [ReasonCode.NO_SIGN])


@pytest.mark.parametrize("state", [NOT_DONE, PAID])
def test_a_fact_that_is_no_sign_of_life_does_not_keep_a_practice_alive(state):
    assert continuous(make_finding(state)).status is Status.NOT_MEASURED


def test_a_practice_seen_after_the_year_was_not_seen_in_it():
    assert told(continuous(make_finding(OBSERVED, date(2026, 1, 1)))) == (Status.NOT_MEASURED, [ReasonCode.NO_SIGN])


def test_a_practice_with_a_target_is_judged_on_it_whatever_the_signs_of_life():
    aim = make_aim({2025: 4}, make_target(6, horizon_year=2025))
    said = continuous(make_finding(OBSERVED), aims=(aim,))
    assert told(said) == (Status.OFF_TRACK, [ReasonCode.HORIZON_PASSED])


def test_a_practice_without_a_sign_in_a_year_that_is_not_over_is_not_yet_judged():
    said = verdict(CONTINUOUS, 2026, aims=[make_aim({2024: 3})], today=date(2026, 11, 22))
    assert told(said) == (Status.UPCOMING, [ReasonCode.YEAR_RUNNING])
    assert told(continuous(year=2026)) == (Status.UPCOMING, [ReasonCode.YEAR_RUNNING])


def test_a_practice_measured_last_year_is_still_alive_while_the_year_runs():
    said = verdict(CONTINUOUS, 2026, aims=[make_aim({2025: 3})], today=date(2026, 11, 22))
    assert told(said) == (Status.ON_TRACK, [ReasonCode.STILL_ALIVE])
    assert said.reasons[0].values == {"year": 2025, "limit": 12}


def test_a_yearly_count_of_nothing_is_no_sign_of_life():
    said = verdict(CONTINUOUS, 2025, aims=[make_aim({2025: 0}, indicator=make_indicator(value_kind=ValueKind.COUNT))])
    assert told(said) == (Status.WATCH, [ReasonCode.MEASURED_NONE])
