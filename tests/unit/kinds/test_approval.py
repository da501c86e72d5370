"""Approval: the share approved, and the day until which an approval is valid."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import make_aim, make_finding, make_indicator, make_target
from tests.unit.kinds.helpers import APPROVAL, DECIDED, DONE, TODAY, codes, told, verdict
from tracker.domain.judgement import Judgement, ReasonCode
from tracker.domain.targets import Target
from tracker.domain.vocabulary import Absence, Better, Collection, Status


def approval(series: dict[int, object], *targets: Target, year: int = 2025, better: Better = Better.UP) -> Judgement:
    indicator = make_indicator(unit="percent", better=better)
    return verdict(APPROVAL, year, aims=[make_aim(series, *targets, indicator=indicator)])


def test_an_approval_with_a_target_is_judged_on_it():
    said = approval({2025: 80}, make_target(80, horizon_year=2026))
    assert told(said) == (Status.ACHIEVED, [ReasonCode.TARGET_MET])


def test_an_approval_short_of_its_target_at_the_horizon_is_off_track():
    said = approval({2025: "99.9"}, make_target(100, horizon_year=2025))
    assert told(said) == (Status.OFF_TRACK, [ReasonCode.HORIZON_PASSED])


def test_an_approval_without_a_target_is_achieved_when_everything_is_approved():
    said = approval({2025: 100})
    assert told(said) == (Status.ACHIEVED, [ReasonCode.ALL_APPROVED])
    assert said.leading is not None
    assert (said.leading.target, said.leading.progress) == (None, None)


@pytest.mark.parametrize(
    ("series", "status"),
    [
        ({2024: 40, 2025: 60}, Status.ON_TRACK),
        ({2024: 40, 2025: 40}, Status.WATCH),
        ({2024: 40, 2025: 30}, Status.WATCH),
        ({2025: "99.9"}, Status.WATCH),
        ({2024: 0, 2025: 1}, Status.ON_TRACK),
        ({2025: 0}, Status.WATCH),
    ],
)
def test_an_approval_without_a_target_is_on_track_while_the_share_rises(series, status):
    said = approval(series)
    assert told(said) == (status, [ReasonCode.SHARE_MEASURED])
    assert said.reasons[0].values == {"value": Decimal(series[2025]), "year": 2025}


def test_a_count_of_a_hundred_approvals_is_not_everything_approved():
    said = verdict(APPROVAL, 2025, aims=[make_aim({2024: 90, 2025: 100}, indicator=make_indicator(unit="services"))])
    assert told(said) == (Status.ON_TRACK, [ReasonCode.SHARE_MEASURED])


def test_an_approval_without_a_value_is_not_measured():
    assert told(approval({2024: 100})) == (Status.NOT_MEASURED, [ReasonCode.NO_VALUE, ReasonCode.LAST_VALUE])
    assert told(verdict(APPROVAL)) == (Status.NOT_MEASURED, [ReasonCode.NO_VALUE])


@pytest.mark.parametrize("collection", [Collection.MEASUREMENT, Collection.DERIVED])
def test_a_share_is_read_whether_it_is_typed_or_computed(collection):
    indicator = make_indicator(unit="percent", collection=collection)
    assert verdict(APPROVAL, aims=[make_aim({2025: 100}, indicator=indicator)]).status is Status.ACHIEVED


def test_a_share_that_facts_tell_is_not_read():
    indicator = make_indicator(unit="percent", collection=Collection.FINDING)
    assert verdict(APPROVAL, aims=[make_aim({2025: 100}, indicator=indicator)]).status is Status.NOT_MEASURED


def test_a_share_does_not_rise_from_one_obtained_by_another_method():
    indicator = make_indicator(unit="percent")
    aim = make_aim({2023: 20, 2025: 40}, indicator=indicator, since_method={2: 2024})
    assert verdict(APPROVAL, aims=[aim]).status is Status.WATCH


def test_a_target_that_is_not_in_force_yet_leaves_the_share_judged_as_before():
    said = approval({2025: 100}, make_target(80, in_force_from=2027))
    assert told(said) == (Status.ACHIEVED, [ReasonCode.ALL_APPROVED])


# Until when it is valid

GIVEN, END = date(2023, 5, 1), date(2025, 12, 31)


def dated(until: date, share: int | None = None, *targets: Target, year: int = 2025, today: date = TODAY) -> Judgement:
    indicator = make_indicator(unit="percent")
    aims = [make_aim({2024: 40, year: share}, *targets, indicator=indicator)]
    return verdict(APPROVAL, year, today, aims=aims, findings=[make_finding(DONE, GIVEN, valid_until=until)])


def test_a_valid_approval_is_on_track_where_no_share_is_followed():
    said = verdict(APPROVAL, findings=[make_finding(DONE, GIVEN, valid_until=END)])
    assert told(said) == (Status.ON_TRACK, [ReasonCode.APPROVAL_VALID])
    assert said.reasons[0].values == {"on": GIVEN, "until": END}


def test_an_approval_without_a_last_day_was_given_and_does_not_run_out():
    fact = make_finding(DONE, GIVEN)
    for year in (2023, 2025):
        said = verdict(APPROVAL, year, findings=[fact])
        assert told(said) == (Status.ON_TRACK, [ReasonCode.APPROVAL_GIVEN])
        assert said.reasons[0].values == {"on": GIVEN, "until": None}


def test_a_valid_approval_does_not_stand_for_a_share_that_is_followed_and_was_not_measured():
    """Else a share that fell short could be hidden by not measuring it."""
    target = make_target(80, horizon_year=2025)
    assert dated(END, 30, target).status is Status.OFF_TRACK
    assert dated(END, None, target).status is Status.NOT_MEASURED
    assert dated(END, None).status is Status.NOT_MEASURED
    assert codes(dated(END, None)) == [ReasonCode.NO_VALUE, ReasonCode.LAST_VALUE, ReasonCode.APPROVAL_VALID]


def test_an_expired_approval_is_off_track_where_a_share_is_followed_and_was_not_measured():
    assert dated(date(2025, 6, 30), None).status is Status.OFF_TRACK


def test_the_share_that_is_read_is_the_first_one_measured_or_not():
    percent = make_indicator(unit="percent")
    aims = [make_aim({}, indicator=percent), make_aim({2025: 100}, indicator=percent)]
    assert verdict(APPROVAL, aims=aims).status is Status.NOT_MEASURED
    assert verdict(APPROVAL, aims=aims[::-1]).status is Status.ACHIEVED


def test_an_expired_approval_is_off_track_where_no_share_is_measured():
    said = verdict(APPROVAL, findings=[make_finding(DONE, GIVEN, valid_until=date(2025, 12, 30))])
    assert told(said) == (Status.OFF_TRACK, [ReasonCode.APPROVAL_EXPIRED, ReasonCode.NO_VALUE])
    assert said.reasons[0].values == {"on": GIVEN, "until": date(2025, 12, 30)}


def test_an_approval_is_valid_on_its_very_last_day():
    fact = make_finding(DONE, GIVEN, valid_until=date(2026, 6, 30))
    on_the_day = verdict(APPROVAL, 2026, date(2026, 6, 30), findings=[fact])
    the_day_after = verdict(APPROVAL, 2026, date(2026, 7, 1), findings=[fact])
    assert (on_the_day.status, the_day_after.status) == (Status.ON_TRACK, Status.OFF_TRACK)


@pytest.mark.parametrize(
    ("share", "valid", "expired"),
    [(100, Status.ACHIEVED, Status.WATCH), (60, Status.ON_TRACK, Status.WATCH), (30, Status.WATCH, Status.WATCH)],
)
def test_an_expired_approval_takes_a_good_share_down_to_watch_and_a_valid_one_changes_nothing(share, valid, expired):
    assert dated(END, share).status is valid
    assert dated(date(2025, 6, 30), share).status is expired


def test_an_expired_approval_does_not_rescue_a_missed_target():
    said = dated(date(2025, 6, 30), 50, make_target(80, horizon_year=2025))
    assert said.status is Status.OFF_TRACK
    assert codes(said) == [ReasonCode.HORIZON_PASSED, ReasonCode.APPROVAL_EXPIRED]


def test_what_decided_comes_first_in_the_reasons():
    assert codes(dated(END, 100)) == [ReasonCode.ALL_APPROVED, ReasonCode.APPROVAL_VALID]
    assert codes(dated(date(2025, 6, 30), 100)) == [ReasonCode.APPROVAL_EXPIRED, ReasonCode.ALL_APPROVED]


def test_an_approval_that_expired_since_was_valid_in_the_years_before():
    until = date(2025, 6, 30)
    assert [dated(until, 100, year=year).status for year in (2024, 2025)] == [Status.ACHIEVED, Status.WATCH]


def test_an_approval_given_again_counts_from_the_day_it_was_given():
    facts = [
        make_finding(DONE, GIVEN, valid_until=date(2024, 5, 1)),
        make_finding(DONE, date(2025, 2, 1), valid_until=date(2028, 2, 1)),
    ]
    assert verdict(APPROVAL, 2024, findings=facts).status is Status.OFF_TRACK
    assert verdict(APPROVAL, 2025, findings=facts).status is Status.ON_TRACK
    assert verdict(APPROVAL, 2025, findings=facts[::-1]).status is Status.ON_TRACK


@pytest.mark.parametrize(
    "fact",
    [
        make_finding(DECIDED, GIVEN, valid_until=END),
        make_finding(DONE, date(2026, 1, 2), valid_until=date(2030, 1, 1)),
    ],
    ids=["only decided", "given after the year"],
)
def test_a_fact_that_gives_no_approval_for_the_year_says_nothing_of_one(fact):
    assert told(verdict(APPROVAL, findings=[fact])) == (Status.NOT_MEASURED, [ReasonCode.NO_VALUE])


def test_a_share_that_does_not_apply_stays_so_whatever_the_approval():
    indicator = make_indicator(unit="percent")
    aims = [make_aim({2025: Absence.NOT_APPLICABLE}, indicator=indicator)]
    said = verdict(APPROVAL, aims=aims, findings=[make_finding(DONE, GIVEN, valid_until=date(2025, 6, 30))])
    assert said.status is Status.NOT_APPLICABLE
