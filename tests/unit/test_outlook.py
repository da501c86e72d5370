"""What lies around a judgement: a forecast from a recent value, a rebound, a change of method."""

from datetime import date

from tests.factories import make_aim, make_commitment, make_indicator, make_reading, make_target
from tracker.domain.forecast import Forecast, Unforeseen, UnforeseenReason
from tracker.domain.kinds import judge
from tracker.domain.outlook import changed_since, outlook, rebound_of
from tracker.domain.records import Aim, Companion
from tracker.domain.series import Point
from tracker.domain.vocabulary import Better

RISING = {year: 10 + year - 2019 for year in range(2019, 2026)}


def told(values, year=2025, **target):
    commitment = make_commitment(aims=[make_aim(values, make_target(20, **target))])
    said = judge(commitment, year, date(2026, 11, 22)).leading
    assert said is not None
    return outlook(said, year)


def test_a_target_is_forecast_from_the_last_value():
    found = told(RISING, horizon_year=2030)
    assert isinstance(found, Forecast)
    assert (found.last.year, found.reached_in, found.is_in_time) == (2025, 2029, True)


def test_the_year_that_is_not_over_is_forecast_from_the_one_before():
    found = told(RISING, 2026)
    assert isinstance(found, Forecast)
    assert found.last.year == 2025


def test_a_series_that_stopped_is_not_forecast_from_its_old_end():
    stopped = {year: value for year, value in RISING.items() if year < 2024}
    found = told(stopped, 2025)
    assert isinstance(found, Unforeseen)
    assert (found.reason, dict(found.values)) == (UnforeseenReason.STALE, {"year": 2023})


def test_a_forecast_knows_nothing_of_later_years():
    assert told(RISING, 2023) == told({year: value for year, value in RISING.items() if year < 2024}, 2023)


def test_nothing_is_forecast_without_any_value():
    assert told({}) is None


def test_a_change_of_method_is_told_from_its_first_year():
    readings = {
        2022: make_reading(2022, 5),
        2023: make_reading(2023, 9, method=2),
        2024: make_reading(2024, 9, method=2),
    }
    aim = Aim(make_indicator(), readings=readings)
    assert changed_since(aim, 2024) == 2023
    assert changed_since(aim, 2022) is None


def test_a_ratio_that_improves_while_its_total_grows_is_told():
    total = Companion(make_indicator("SOB-31", Better.DOWN), (Point(2024, 4000), Point(2025, 4100)))
    ratio = make_aim({2024: "2.4", 2025: "2.3"}, better=Better.DOWN)
    paired = Aim(ratio.indicator, readings=ratio.readings, companion=total)
    found = rebound_of(paired, 2025)
    assert found is not None
    assert (found.since_year, found.total_before, found.total_after) == (2024, 4000, 4100)
    assert rebound_of(ratio, 2025) is None
