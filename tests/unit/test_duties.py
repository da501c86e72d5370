"""Legal duties: the step of the year, and the value held against it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.factories import make_duty
from tracker.config.paths import bundled
from tracker.domain.duties import DutyState
from tracker.importers import duties

STEPS = {2023: 20, 2025: 30, 2027: "45.5"}


@pytest.mark.parametrize(
    ("year", "asked"),
    [(2022, None), (2023, 20), (2024, 20), (2025, 30), (2026, 30), (2027, Decimal("45.5")), (2050, Decimal("45.5"))],
)
def test_each_step_of_the_law_holds_until_the_next(year, asked):
    assert make_duty(STEPS).threshold(year) == asked


def test_the_steps_may_be_written_in_any_order():
    assert make_duty({2027: 45, 2023: 20, 2025: 30}).threshold(2026) == 30


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("19.999999", DutyState.NOT_MET),
        ("20", DutyState.MET),
        ("20.0", DutyState.MET),
        ("20.000001", DutyState.MET),
        ("-1", DutyState.NOT_MET),
    ],
)
def test_a_duty_is_met_from_its_threshold_on(value, state):
    assert make_duty(STEPS).state(2024, Decimal(value)) is state


def test_a_measured_zero_is_a_duty_not_met_and_not_an_absent_value():
    assert make_duty(STEPS).state(2024, Decimal(0)) is DutyState.NOT_MET


def test_an_absent_value_is_not_measured_and_not_zero():
    assert make_duty(STEPS).state(2024, None) is DutyState.NOT_MEASURED
    assert make_duty({2023: 0}).state(2024, None) is DutyState.NOT_MEASURED


def test_a_threshold_of_zero_is_a_threshold():
    assert make_duty({2023: 0}).threshold(2024) == 0
    assert make_duty({2023: 0}).state(2024, Decimal(0)) is DutyState.MET


def test_a_value_measured_before_the_law_applies_is_held_against_nothing():
    assert make_duty(STEPS).state(2022, Decimal(5)) is DutyState.NO_THRESHOLD


def test_a_duty_without_a_figure_has_no_threshold():
    assert make_duty({}).state(2024, Decimal(5)) is DutyState.NO_THRESHOLD


def test_a_raised_step_does_not_change_the_years_before_it():
    duty = make_duty(STEPS)
    assert duty.state(2024, Decimal(25)) is DutyState.MET
    assert duty.state(2025, Decimal(25)) is DutyState.NOT_MET


def test_a_duty_that_no_figure_shows_is_for_the_authority_to_tell_once_it_applies():
    duty = replace(make_duty({}), indicator="", since=2023)
    assert duty.state(2022, None) is DutyState.NOT_YET
    assert duty.state(2023, None) is DutyState.TO_TELL


def test_every_duty_says_its_text_and_whether_it_is_certain():
    found = duties.read(bundled("seeds") / "duties.yaml")
    assert len({one.code for one in found}) == len(found) >= 14
    assert all(one.legal_source and one.name.en for one in found)
    doubtful = {one.code for one in found if not one.is_certain}
    assert {"nis2", "agec-58", "ai-act", "rgesn-25"} <= doubtful
    assert not any(one.thresholds for one in found if not one.indicator)
