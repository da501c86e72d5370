"""Every kind of commitment: its verdict, the reasons it gives, and what no kind may ever do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import (
    make_aim,
    make_aim_judgement,
    make_baseline,
    make_commitment,
    make_finding,
    make_indicator,
    make_target,
)
from tracker.domain.judgement import SEVERITY, Judgement, Reason, ReasonCode, least_favourable
from tracker.domain.kinds import KINDS, judge
from tracker.domain.records import Aim, CommitmentRecord, Finding
from tracker.domain.targets import Baseline, Target
from tracker.domain.vocabulary import (
    Absence,
    BaselineState,
    Better,
    Collection,
    CommitmentKind,
    Comparator,
    FindingState,
    Status,
    TargetBasis,
    ValueKind,
)

TODAY = date(2026, 11, 22)
DONE, NOT_DONE, DECIDED, PAID, OBSERVED = FindingState
QUANTIFIED, DIRECTIONAL, MILESTONE, RENEWAL, APPROVAL, CONTINUOUS = CommitmentKind


def verdict(kind: CommitmentKind, year: int = 2025, today: date = TODAY, **what: object) -> Judgement:
    return judge(make_commitment(kind, **what), year, today)


def codes(said: Judgement) -> list[ReasonCode]:
    return [reason.code for reason in said.reasons]


def told(said: Judgement) -> tuple[Status, list[ReasonCode]]:
    return said.status, codes(said)


# The registry


def test_every_kind_of_the_vocabulary_is_registered():
    assert set(KINDS) == set(CommitmentKind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_year_before_the_vote_is_upcoming_and_says_when_the_vote_was(kind):
    aims = [make_aim({2021: 9, 2020: 4}, make_target(8, in_force_from=2015))]
    facts = [make_finding(DONE, date(2021, 5, 1)), make_finding(PAID, date(2021, 5, 1))]
    said = verdict(kind, 2021, aims=aims, findings=facts, adopted_on=date(2022, 1, 1))
    assert told(said) == (Status.UPCOMING, [ReasonCode.VOTED_LATER])
    assert said.reasons[0].values == {"on": date(2022, 1, 1)}
    assert said.aims == ()


@pytest.mark.parametrize("kind", KINDS)
def test_the_year_of_the_vote_is_judged_even_when_the_vote_came_on_its_last_day(kind):
    said = verdict(kind, 2022, adopted_on=date(2022, 12, 31))
    assert ReasonCode.VOTED_LATER not in codes(said)


# Quantified


def test_a_quantified_commitment_is_judged_on_its_target():
    aim = make_aim({2025: 6}, make_target(6, horizon_year=2026), baseline=make_baseline(5, 2021))
    said = verdict(QUANTIFIED, aims=[aim])
    assert told(said) == (Status.ACHIEVED, [ReasonCode.TARGET_MET])
    assert said.leading is said.aims[0]
    assert said.leading is not None
    assert said.leading.progress == 1


def test_the_least_favourable_target_decides_and_all_of_them_are_shown():
    met, missed = make_target(6, horizon_year=2025), make_target(9, horizon_year=2025)
    said = verdict(QUANTIFIED, aims=[make_aim({2025: 7}, met), make_aim({2025: 7}, missed)])
    assert told(said) == (Status.OFF_TRACK, [ReasonCode.HORIZON_PASSED])
    assert [aim.status for aim in said.aims] == [Status.ACHIEVED, Status.OFF_TRACK]
    assert said.leading is said.aims[1]


def test_an_indicator_without_a_target_does_not_weigh_on_a_quantified_commitment():
    said = verdict(QUANTIFIED, aims=[make_aim({2025: 0}), make_aim({2025: 7}, make_target(6))])
    assert said.status is Status.ACHIEVED
    assert len(said.aims) == 1


def test_a_quantified_commitment_with_a_target_met_and_another_not_measured_is_not_kept():
    said = verdict(QUANTIFIED, aims=[make_aim({2025: 7}, make_target(6)), make_aim({}, make_target(6))])
    assert told(said) == (Status.NOT_MEASURED, [ReasonCode.NO_VALUE])


def test_an_indicator_that_does_not_apply_leaves_the_verdict_to_the_others():
    aims = [make_aim({2025: Absence.NOT_APPLICABLE}, make_target(6)), make_aim({2025: 7}, make_target(6))]
    assert verdict(QUANTIFIED, aims=aims).status is Status.ACHIEVED


@pytest.mark.parametrize("aims", [[], [make_aim({2025: 7}, baseline=make_baseline())]], ids=["no aim", "no target"])
def test_a_quantified_commitment_without_any_target_waits_for_a_reference(aims):
    said = verdict(QUANTIFIED, aims=aims)
    assert told(said) == (Status.BASELINE_NEEDED, [ReasonCode.BASELINE_MISSING])


def test_more_than_a_quarter_without_a_baseline_waits_for_it_and_shows_no_progress():
    target = make_target(25, Comparator.GREATER, TargetBasis.RELATIVE_PERCENT)
    said = verdict(QUANTIFIED, aims=[make_aim({2025: 6}, target)])
    assert told(said) == (Status.BASELINE_NEEDED, [ReasonCode.BASELINE_MISSING])
    assert said.leading is not None
    assert said.leading.progress is None


def test_a_raised_target_does_not_change_the_verdict_of_a_past_year():
    first = make_target(6, in_force_from=2022)
    raised = make_target(8, in_force_from=2025, version=2, decided_on=date(2025, 2, 27))
    readings = {2024: 6, 2025: 6}
    for versions in ((first,), (first, raised)):
        assert verdict(QUANTIFIED, 2024, aims=[make_aim(readings, *versions)]).status is Status.ACHIEVED
    assert verdict(QUANTIFIED, 2025, aims=[make_aim(readings, first, raised)]).status is not Status.ACHIEVED


# Directional


@pytest.mark.parametrize(
    ("better", "value", "status", "code"),
    [
        (Better.UP, 6, Status.ON_TRACK, ReasonCode.IMPROVES),
        (Better.UP, 5, Status.WATCH, ReasonCode.STANDS_STILL),
        (Better.UP, 4, Status.OFF_TRACK, ReasonCode.MOVES_AWAY),
        (Better.DOWN, 4, Status.ON_TRACK, ReasonCode.IMPROVES),
        (Better.DOWN, 5, Status.WATCH, ReasonCode.STANDS_STILL),
        (Better.DOWN, 6, Status.OFF_TRACK, ReasonCode.MOVES_AWAY),
        (Better.DOWN, 0, Status.ON_TRACK, ReasonCode.IMPROVES),
    ],
)
def test_a_direction_is_judged_on_the_value_of_the_year_against_the_start(better, value, status, code):
    said = verdict(DIRECTIONAL, aims=[make_aim({2025: value}, baseline=make_baseline(5, 2020), better=better)])
    assert told(said) == (status, [code])
    assert said.reasons[0].values == {"value": value, "since": 5, "since_year": 2020}


def test_a_direction_without_a_baseline_is_judged_from_the_first_value():
    said = verdict(DIRECTIONAL, aims=[make_aim({2022: 4, 2024: 9, 2025: 6})])
    assert told(said) == (Status.ON_TRACK, [ReasonCode.IMPROVES])
    assert said.reasons[0].values == {"value": 6, "since": 4, "since_year": 2022}


def test_a_direction_that_starts_from_zero_is_judged():
    assert verdict(DIRECTIONAL, aims=[make_aim({2022: 0, 2025: 6})]).status is Status.ON_TRACK
    assert verdict(DIRECTIONAL, aims=[make_aim({2025: 6}, baseline=make_baseline(0))]).status is Status.ON_TRACK


def test_a_direction_needs_two_values():
    said = verdict(DIRECTIONAL, aims=[make_aim({2025: 6, 2026: 7})])
    assert told(said) == (Status.BASELINE_NEEDED, [ReasonCode.TREND_NEEDS_TWO])


def test_a_direction_without_a_value_for_the_year_is_not_measured():
    said = verdict(DIRECTIONAL, aims=[make_aim({2024: 6}, baseline=make_baseline(5, 2020))])
    assert told(said) == (Status.NOT_MEASURED, [ReasonCode.NO_VALUE, ReasonCode.LAST_VALUE])


def test_a_direction_without_an_indicator_is_not_measured():
    assert told(verdict(DIRECTIONAL)) == (Status.NOT_MEASURED, [ReasonCode.NO_VALUE])


def test_a_direction_is_judged_on_a_typed_indicator_and_not_on_a_computed_one():
    derived = make_aim({2022: 9, 2025: 1}, indicator=make_indicator(collection=Collection.DERIVED))
    said = verdict(DIRECTIONAL, aims=[derived, make_aim({2022: 4, 2025: 6})])
    assert said.status is Status.ON_TRACK
    assert told(verdict(DIRECTIONAL, aims=[derived])) == (Status.NOT_MEASURED, [ReasonCode.NO_VALUE])


@pytest.mark.parametrize("value", [4, 5, 6, 100])
def test_a_direction_is_never_held_against_a_target(value):
    without = make_aim({2025: value}, baseline=make_baseline(5, 2020))
    targeted = replace(without, targets=(make_target(50, horizon_year=2024),))
    said, plain = verdict(DIRECTIONAL, aims=[targeted]), verdict(DIRECTIONAL, aims=[without])
    assert told(said) == told(plain)
    assert said.status is not Status.ACHIEVED
    assert said.leading is not None
    assert (said.leading.target, said.leading.threshold, said.leading.progress, said.leading.gap) == (None,) * 4


# Milestone


def milestone(*facts: Finding, due: date | None = None, year: int = 2025, today: date = TODAY) -> Judgement:
    return verdict(MILESTONE, year, today, findings=facts, due_on=due)


def test_a_milestone_done_before_its_date_is_achieved_and_quotes_its_evidence():
    said = milestone(make_finding(DONE, date(2025, 3, 14), evidence="PV du conseil"), due=date(2025, 6, 30))
    assert told(said) == (Status.ACHIEVED, [ReasonCode.MILESTONE_DONE])
    assert said.reasons[0].values == {"on": date(2025, 3, 14), "evidence": "PV du conseil"}


def test_a_milestone_done_on_its_very_date_is_not_late():
    assert codes(milestone(make_finding(DONE, date(2025, 6, 30)), due=date(2025, 6, 30))) == [ReasonCode.MILESTONE_DONE]


@pytest.mark.parametrize(
    ("done_on", "days"), [(date(2025, 7, 1), 1), (date(2025, 7, 30), 30), (date(2025, 12, 31), 184)]
)
def test_a_milestone_done_late_is_achieved_and_says_by_how_many_days(done_on, days):
    said = milestone(make_finding(DONE, done_on), due=date(2025, 6, 30))
    assert told(said) == (Status.ACHIEVED, [ReasonCode.MILESTONE_DONE_LATE])
    assert said.reasons[0].values == {"on": done_on, "days": days, "evidence": ""}


def test_days_late_count_the_29th_of_february():
    said = milestone(make_finding(DONE, date(2024, 3, 1)), due=date(2024, 2, 28), year=2024)
    assert said.reasons[0].values["days"] == 2


def test_an_undated_milestone_done_is_achieved():
    assert told(milestone(make_finding(DONE))) == (Status.ACHIEVED, [ReasonCode.MILESTONE_DONE])


def test_a_milestone_stays_achieved_in_the_years_after():
    assert milestone(make_finding(DONE, date(2023, 5, 1)), due=date(2023, 6, 30), year=2025).status is Status.ACHIEVED


def test_a_milestone_done_after_the_year_was_not_yet_done_in_that_year():
    fact = make_finding(DONE, date(2026, 1, 2))
    assert milestone(fact, due=date(2026, 6, 30), year=2025).status is Status.UPCOMING
    assert milestone(fact, due=date(2026, 6, 30), year=2026).status is Status.ACHIEVED


def test_a_milestone_whose_date_is_ahead_is_upcoming():
    said = milestone(due=date(2027, 6, 30), year=2026)
    assert told(said) == (Status.UPCOMING, [ReasonCode.MILESTONE_DUE])
    assert said.reasons[0].values == {"on": date(2027, 6, 30), "precision": None}


def test_a_milestone_recorded_undone_before_its_date_is_still_upcoming():
    assert milestone(make_finding(NOT_DONE), due=date(2027, 6, 30)).status is Status.UPCOMING


def test_a_milestone_is_still_due_on_its_very_day():
    """« Au plus tard le 30 juin » includes the 30th; ``Scorecard.coming`` lists it that day too."""
    due = date(2026, 6, 30)
    assert told(milestone(due=due, year=2026, today=due)) == (Status.UPCOMING, [ReasonCode.MILESTONE_DUE])


def test_a_milestone_is_elapsed_the_day_after():
    said = milestone(due=date(2026, 6, 30), year=2026, today=date(2026, 7, 1))
    assert told(said) == (Status.NOT_MEASURED, [ReasonCode.MILESTONE_UNKNOWN])
    assert said.reasons[0].values == {"on": date(2026, 6, 30), "days": 1, "precision": None}


def test_a_milestone_due_on_the_last_day_of_a_past_year_is_elapsed_for_that_year():
    said = milestone(due=date(2025, 12, 31), year=2025, today=date(2026, 5, 1))
    assert told(said) == (Status.NOT_MEASURED, [ReasonCode.MILESTONE_UNKNOWN])


def test_a_date_elapsed_with_nothing_recorded_is_not_measured_rather_than_missed():
    said = milestone(due=date(2025, 6, 30))
    assert told(said) == (Status.NOT_MEASURED, [ReasonCode.MILESTONE_UNKNOWN])
    assert said.reasons[0].values == {"on": date(2025, 6, 30), "days": 184, "precision": None}


def test_a_date_elapsed_and_recorded_undone_is_off_track_by_so_many_days():
    said = milestone(make_finding(NOT_DONE, date(2025, 9, 1)), due=date(2025, 6, 30))
    assert told(said) == (Status.OFF_TRACK, [ReasonCode.MILESTONE_LATE])
    assert said.reasons[0].values == {"on": date(2025, 6, 30), "days": 184, "precision": None}


def test_a_milestone_said_undone_before_its_date_is_not_thereby_missed():
    said = milestone(make_finding(NOT_DONE, date(2025, 3, 1)), due=date(2025, 6, 30))
    assert told(said) == (Status.NOT_MEASURED, [ReasonCode.MILESTONE_UNKNOWN])


def test_a_practice_without_a_sign_in_a_year_that_is_not_over_is_not_yet_judged():
    said = verdict(CONTINUOUS, 2026, aims=[make_aim({2025: 3})], today=date(2026, 11, 22))
    assert told(said) == (Status.UPCOMING, [ReasonCode.YEAR_RUNNING])


def test_days_late_of_the_current_year_are_counted_to_today():
    said = milestone(make_finding(NOT_DONE, date(2026, 9, 1)), due=date(2026, 11, 12), year=2026)
    assert said.reasons[0].values["days"] == 10


def test_a_milestone_recorded_undone_then_done_is_achieved_late():
    facts = [make_finding(NOT_DONE, date(2025, 7, 1)), make_finding(DONE, date(2025, 7, 10))]
    said = milestone(*facts, due=date(2025, 6, 30))
    assert told(said) == (Status.ACHIEVED, [ReasonCode.MILESTONE_DONE_LATE])
    assert said.reasons[0].values["days"] == 10


def test_a_fact_recorded_after_the_year_does_not_change_it():
    fact = make_finding(NOT_DONE, date(2026, 2, 1))
    assert codes(milestone(fact, due=date(2025, 6, 30), year=2025)) == [ReasonCode.MILESTONE_UNKNOWN]
    assert codes(milestone(fact, due=date(2025, 6, 30), year=2026)) == [ReasonCode.MILESTONE_LATE]


def test_an_undated_milestone_without_a_fact_is_not_measured():
    assert told(milestone()) == (Status.NOT_MEASURED, [ReasonCode.MILESTONE_UNDATED])


def test_an_undated_milestone_recorded_undone_is_watched_since_nothing_is_late():
    assert told(milestone(make_finding(NOT_DONE))) == (Status.WATCH, [ReasonCode.MILESTONE_NOT_DONE])


@pytest.mark.parametrize("state", [DECIDED, PAID, OBSERVED])
def test_only_a_fact_that_says_done_makes_a_milestone_done(state):
    assert milestone(make_finding(state), due=date(2025, 6, 30)).status is Status.NOT_MEASURED


@pytest.mark.parametrize("due", [None, date(2027, 6, 30)], ids=["undated", "date ahead"])
def test_a_milestone_decided_and_not_yet_due_is_on_track(due):
    said = milestone(make_finding(DECIDED, date(2025, 2, 27)), due=due)
    assert told(said) == (Status.ON_TRACK, [ReasonCode.MILESTONE_DECIDED])
    assert said.reasons[0].values == {"on": date(2025, 2, 27)}


def test_a_milestone_decided_whose_date_elapsed_is_not_measured():
    said = milestone(make_finding(DECIDED, date(2025, 2, 27)), due=date(2025, 6, 30))
    assert told(said) == (Status.NOT_MEASURED, [ReasonCode.MILESTONE_UNKNOWN])


def test_a_milestone_decided_then_recorded_undone_is_no_longer_on_track():
    facts = make_finding(DECIDED, date(2025, 2, 27)), make_finding(NOT_DONE, date(2025, 9, 1))
    assert told(milestone(*facts)) == (Status.WATCH, [ReasonCode.MILESTONE_NOT_DONE])
    assert milestone(*facts, due=date(2025, 6, 30)).status is Status.OFF_TRACK
    assert told(milestone(*facts, due=date(2027, 6, 30))) == (Status.UPCOMING, [ReasonCode.MILESTONE_DUE])


def test_a_milestone_decided_after_the_year_was_not_decided_in_it():
    assert codes(milestone(make_finding(DECIDED, date(2026, 2, 1)))) == [ReasonCode.MILESTONE_UNDATED]


# Renewal


def renewal(*facts: Finding, year: int = 2025, today: date = TODAY, aims: tuple[Aim, ...] = ()) -> Judgement:
    return verdict(RENEWAL, year, today, findings=facts, aims=aims)


@pytest.mark.parametrize("state", [PAID, DONE])
def test_a_renewal_paid_is_achieved_and_quotes_the_amount(state):
    said = renewal(make_finding(state, date(2025, 4, 3), year=2025, amount="1200.50"))
    assert told(said) == (Status.ACHIEVED, [ReasonCode.RENEWAL_PAID])
    assert said.reasons[0].values == {
        "year": 2025,
        "on": date(2025, 4, 3),
        "amount": Decimal("1200.50"),
        "tax": None,
    }


def test_a_renewal_decided_is_on_track():
    said = renewal(make_finding(DECIDED, date(2025, 2, 27)))
    assert told(said) == (Status.ON_TRACK, [ReasonCode.RENEWAL_DECIDED])


def test_a_renewal_decided_the_december_before_counts_for_the_year_it_names():
    fact = make_finding(DECIDED, date(2024, 12, 12), year=2025)
    assert renewal(fact, year=2025).status is Status.ON_TRACK
    assert renewal(fact, year=2024).status is Status.NOT_MEASURED


def test_a_renewal_decided_then_paid_is_paid():
    facts = make_finding(DECIDED, date(2024, 12, 12), year=2025), make_finding(PAID, date(2025, 4, 3))
    assert codes(renewal(*facts)) == codes(renewal(*reversed(facts))) == [ReasonCode.RENEWAL_PAID]


def test_a_fee_paid_for_one_year_does_not_renew_the_next():
    fact = make_finding(PAID, date(2025, 4, 3), year=2025)
    assert renewal(fact, year=2026).status is Status.UPCOMING


def test_a_fee_paid_in_the_next_january_counts_for_the_year_it_names():
    """A fact names its year so that it counts for it: otherwise the payment counts for no year at all."""
    fact = make_finding(PAID, date(2026, 1, 15), year=2025)
    assert renewal(fact, year=2025, today=date(2026, 2, 1)).status is Status.ACHIEVED


def test_a_payment_still_to_come_is_not_a_payment():
    fact = make_finding(PAID, date(2026, 12, 1), year=2026)
    assert renewal(fact, year=2026, today=date(2026, 11, 22)).status is Status.UPCOMING


def test_a_renewal_without_a_fact_is_due_until_the_end_of_its_year():
    said = renewal(year=2026, today=date(2026, 12, 30))
    assert told(said) == (Status.UPCOMING, [ReasonCode.RENEWAL_DUE])
    assert said.reasons[0].values == {"on": date(2026, 12, 31), "year": 2026}


def test_a_renewal_is_still_due_on_the_31st_of_december():
    """« Jusqu’au 31 décembre » includes the 31st; ``Scorecard.coming`` lists it that day too."""
    assert renewal(year=2026, today=date(2026, 12, 31)).status is Status.UPCOMING


def test_a_renewal_of_a_past_year_without_a_fact_is_not_measured():
    said = renewal(year=2026, today=date(2027, 1, 1))
    assert told(said) == (Status.NOT_MEASURED, [ReasonCode.RENEWAL_UNKNOWN])
    assert said.reasons[0].values == {"year": 2026}


def test_a_renewal_dropped_is_off_track():
    assert told(renewal(make_finding(NOT_DONE))) == (Status.OFF_TRACK, [ReasonCode.RENEWAL_DROPPED])


def test_a_renewal_decided_then_dropped_is_off_track():
    facts = make_finding(DECIDED, date(2025, 2, 27)), make_finding(NOT_DONE, date(2025, 10, 1))
    assert told(renewal(*facts)) == (Status.OFF_TRACK, [ReasonCode.RENEWAL_DROPPED])


def test_a_renewal_dropped_then_decided_after_all_is_on_track():
    facts = make_finding(NOT_DONE, date(2025, 2, 27)), make_finding(DECIDED, date(2025, 10, 1))
    assert told(renewal(*facts)) == (Status.ON_TRACK, [ReasonCode.RENEWAL_DECIDED])


def test_a_renewal_measured_in_the_year_is_on_track():
    said = renewal(aims=(make_aim({2025: 1200}),))
    assert told(said) == (Status.ON_TRACK, [ReasonCode.MEASURED])


# Approval


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


def test_a_yearly_count_of_nothing_is_no_sign_of_life():
    said = verdict(CONTINUOUS, 2025, aims=[make_aim({2025: 0}, indicator=make_indicator(value_kind=ValueKind.COUNT))])
    assert told(said) == (Status.WATCH, [ReasonCode.MEASURED_NONE])


def test_a_milestone_reached_after_the_year_was_not_kept_in_it():
    findings = [make_finding(FindingState.DONE, date(2026, 1, 15))]
    said = verdict(MILESTONE, 2025, due_on=date(2025, 12, 31), findings=findings)
    assert told(said) == (Status.OFF_TRACK, [ReasonCode.MILESTONE_DONE_AFTER])


def test_an_approval_without_a_value_is_not_measured():
    assert told(approval({2024: 100})) == (Status.NOT_MEASURED, [ReasonCode.NO_VALUE, ReasonCode.LAST_VALUE])
    assert told(verdict(APPROVAL)) == (Status.NOT_MEASURED, [ReasonCode.NO_VALUE])


# Continuous


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


def test_a_practice_seen_only_the_year_before_is_watched():
    by_fact = continuous(make_finding(OBSERVED, date(2024, 6, 1)))
    by_value = continuous(aims=(make_aim({2024: 12}),))
    assert told(by_fact) == told(by_value) == (Status.WATCH, [ReasonCode.GONE_QUIET])
    assert by_fact.reasons[0].values == by_value.reasons[0].values == {"year": 2024}


def test_a_practice_seen_two_years_before_is_no_longer_measured():
    said = continuous(make_finding(OBSERVED, date(2023, 12, 31)))
    assert told(said) == (Status.NOT_MEASURED, [ReasonCode.GONE_QUIET])
    assert said.reasons[0].values == {"year": 2023}


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


# Absences that were explained


@pytest.mark.parametrize("kind", [QUANTIFIED, DIRECTIONAL, APPROVAL])
def test_an_indicator_said_not_to_apply_this_year_makes_the_verdict_not_applicable(kind):
    targets = [make_target(6)] if kind is QUANTIFIED else []
    said = verdict(kind, aims=[make_aim({2024: 4, 2025: Absence.NOT_APPLICABLE}, *targets)])
    assert said.status is Status.NOT_APPLICABLE
    assert ReasonCode.NO_VALUE_BECAUSE in codes(said)


# Severity


def test_every_status_has_its_place_in_the_order_of_severity():
    assert sorted(SEVERITY) == sorted(Status)


def test_off_track_weighs_most_and_not_applicable_least():
    statuses = [Status.NOT_APPLICABLE, Status.ACHIEVED, Status.ON_TRACK, Status.WATCH, Status.OFF_TRACK]
    said = [make_aim_judgement(status) for status in statuses]
    assert [least_favourable(tuple(said[:count])).status for count in range(1, 6)] == statuses


def test_of_two_aims_alike_the_first_is_quoted():
    first, second = make_aim_judgement(Status.WATCH), make_aim_judgement(Status.WATCH)
    assert least_favourable((first, second)) is first
    assert least_favourable((second, first)) is second


def test_there_is_no_least_favourable_of_nothing():
    with pytest.raises(ValueError, match="empty"):
        least_favourable(())


def test_the_leading_aim_is_the_one_that_decided_else_the_first_else_none():
    kept, missed = make_aim_judgement(Status.ACHIEVED), make_aim_judgement(Status.OFF_TRACK)
    why = (Reason(ReasonCode.NO_VALUE),)
    assert Judgement(Status.OFF_TRACK, why, (kept, missed)).leading is missed
    assert Judgement(Status.WATCH, why, (kept, missed)).leading is kept
    assert Judgement(Status.WATCH, why).leading is None


# What no kind may ever do, whatever it is given

small = st.integers(2018, 2032)
days = st.dates(date(2018, 1, 1), date(2032, 12, 31))
awkward = st.sampled_from([Decimal(v) for v in ("0", "1", "-1", "100", "0.000001", "999999999999999.999999")])
numbers = awkward | st.decimals(-(10**6), 10**6, places=2)
baselines = st.builds(Baseline, st.sampled_from(BaselineState), st.none() | numbers, st.none() | small)
targets = st.builds(
    make_target,
    numbers,
    st.sampled_from(Comparator),
    st.sampled_from(TargetBasis),
    horizon_year=st.none() | small,
    in_force_from=small,
    version=st.integers(1, 3),
)
indicators = st.builds(
    make_indicator, better=st.sampled_from(Better), collection=st.sampled_from(Collection), decimals=st.integers(0, 3)
)
findings = st.builds(
    make_finding,
    st.sampled_from(FindingState),
    days,
    year=st.none() | small,
    amount=st.none() | numbers,
)


@st.composite
def aims(draw: Callable[..., object]) -> Aim:
    series = draw(st.dictionaries(small, st.none() | st.sampled_from(Absence) | numbers, max_size=5))
    voted = draw(st.lists(targets, max_size=3))
    return make_aim(series, *voted, baseline=draw(st.none() | baselines), indicator=draw(indicators))


def commitments(kind: CommitmentKind) -> st.SearchStrategy[CommitmentRecord]:
    return st.builds(
        make_commitment,
        st.just(kind),
        aims=st.lists(aims(), max_size=3),
        findings=st.lists(findings, max_size=4),
        due_on=st.none() | days,
        adopted_on=days,
    )


@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None, max_examples=60)
@given(st.data(), small, days)
def test_any_commitment_gets_a_verdict_with_a_reason_and_the_same_one_twice(kind, data, year, today):
    commitment = data.draw(commitments(kind))
    said = judge(commitment, year, today)
    assert isinstance(said.status, Status)
    assert said.reasons
    assert all(aim.reasons for aim in said.aims)
    assert judge(commitment, year, today) == said


@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None, max_examples=40)
@given(st.data(), small, days)
def test_the_order_in_which_readings_come_does_not_change_a_verdict(kind, data, year, today):
    commitment = data.draw(commitments(kind))
    backwards = tuple(
        replace(aim, readings=dict(reversed(aim.readings.items())), targets=aim.targets) for aim in commitment.aims
    )
    assert told(judge(replace(commitment, aims=backwards), year, today)) == told(judge(commitment, year, today))


@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None, max_examples=40)
@given(st.data(), small, days)
def test_what_is_recorded_for_later_years_does_not_change_a_verdict(kind, data, year, today):
    commitment = data.draw(commitments(kind))
    so_far = tuple(
        replace(
            aim,
            readings={y: reading for y, reading in aim.readings.items() if y <= year},
            baseline=aim.baseline if aim.baseline and (aim.baseline.year or year) <= year else None,
        )
        for aim in commitment.aims
    )
    with_later = tuple(replace(aim, readings=full.readings) for aim, full in zip(so_far, commitment.aims, strict=True))
    facts = tuple(fact for fact in commitment.findings if fact.on.year <= year and (fact.year or year) <= year)
    known = replace(commitment, aims=so_far, findings=facts)
    later = replace(commitment, aims=with_later, findings=facts)
    assert told(judge(later, year, today)) == told(judge(known, year, today))


@settings(deadline=None, max_examples=60)
@given(commitments(DIRECTIONAL), small, days)
def test_a_direction_never_shows_a_target_nor_progress_whatever_it_is_given(commitment, year, today):
    said = judge(commitment, year, today)
    assert said.status is not Status.ACHIEVED
    assert all((aim.target, aim.threshold, aim.progress, aim.gap) == (None,) * 4 for aim in said.aims)
