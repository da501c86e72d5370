"""What changes over the years of an aim: its target, its baseline, its method, and what a computed value lacks."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.factories import make_aim, make_baseline, make_reading, make_series, make_target
from tracker.domain.aims import judge_aim
from tracker.domain.judgement import ReasonCode
from tracker.domain.vocabulary import Absence, BaselineState, Comparator, Status, TargetBasis

GREATER, AT_LEAST = Comparator.GREATER, Comparator.AT_LEAST
PERCENT, DIFFERENCE, FROM_TO = TargetBasis.RELATIVE_PERCENT, TargetBasis.RELATIVE_DIFFERENCE, TargetBasis.FROM_TO


def judged(aim, year=2025):
    said = judge_aim(aim, year)
    assert said is not None
    return said


def codes(said):
    return [reason.code for reason in said.reasons]


# Versions of the target


def test_a_raised_target_does_not_change_the_past():
    first = make_target(6, in_force_from=2022, version=1)
    raised = make_target(8, in_force_from=2025, version=2)
    readings = {2023: 6, 2024: 7, 2025: 7}
    before = make_aim(readings, first, baseline=make_baseline(5, 2020))
    after = make_aim(readings, first, raised, baseline=make_baseline(5, 2020))
    for year in (2023, 2024):
        assert judged(after, year).status is Status.ACHIEVED
        assert judged(after, year).target is first
        assert judged(after, year).progress == judged(before, year).progress
        assert judged(after, year).reasons == judged(before, year).reasons
    assert judged(after, 2025).target is raised
    assert judged(after, 2025).status is not Status.ACHIEVED
    assert judged(after, 2025).progress == Decimal(2) / 3


def test_a_lowered_target_does_not_rescue_the_past():
    first = make_target(8, horizon_year=2024, in_force_from=2022, version=1)
    lowered = make_target(6, horizon_year=2030, in_force_from=2025, version=2)
    aim = make_aim({2024: 7, 2025: 7}, lowered, first, baseline=make_baseline(5, 2020))
    assert judged(aim, 2024).status is Status.OFF_TRACK
    assert judged(aim, 2025).status is Status.ACHIEVED


def test_a_year_before_the_first_version_is_upcoming_and_says_from_when():
    aim = make_aim({2021: 9}, make_target(8, in_force_from=2025, version=2), make_target(6, in_force_from=2023))
    said = judged(aim, 2021)
    assert said.status is Status.UPCOMING
    assert codes(said) == [ReasonCode.TARGET_LATER]
    assert said.reasons[0].values == {"year": 2023}
    assert said.reading is aim.readings[2021]
    assert (said.target, said.progress, said.gap) == (None, None, None)


def test_a_target_set_later_says_from_when_and_the_earliest_of_several():
    aim = make_aim({2021: 9}, make_target(6, in_force_from=2024), make_target(8, in_force_from=2022, version=2))
    assert judged(aim, 2021).reasons[0].values == {"year": 2022}


# Versions of the baseline


def test_each_year_is_counted_from_the_baseline_in_force_for_it():
    first = make_baseline(8, 2020, version=1)
    second = make_baseline(10, 2024, version=2, in_force_from=2025)
    aim = make_aim({2024: 11, 2025: 11}, make_target(50, GREATER, PERCENT), baselines=[second, first])
    before, after = judged(aim, 2024), judged(aim, 2025)
    assert (before.departure, after.departure) == (first, second)
    assert (before.threshold.value, after.threshold.value) == (12, 15)
    assert (before.progress, after.progress) == (Decimal("0.75"), Decimal("0.2"))


def test_a_new_baseline_does_not_change_the_past():
    first, second = make_baseline(8, 2020), make_baseline(20, 2024, version=2, in_force_from=2025)
    target = make_target(25, GREATER, PERCENT, horizon_year=2030)
    before = judged(make_aim({2024: 11, 2025: 11}, target, baselines=[first]), 2024)
    after = judged(make_aim({2024: 11, 2025: 11}, target, baselines=[first, second]), 2024)
    assert (before.status, before.reasons, before.progress) == (after.status, after.reasons, after.progress)


def test_a_baseline_that_is_not_in_force_yet_is_still_to_establish():
    later = make_baseline(8, 2024, in_force_from=2025)
    said = judged(make_aim({2024: 11}, make_target(25, GREATER, PERCENT), baselines=[later]), 2024)
    assert said.status is Status.BASELINE_NEEDED
    assert codes(said) == [ReasonCode.BASELINE_MISSING]


def test_the_baseline_of_an_aim_is_the_one_last_decided():
    first, second = make_baseline(8), make_baseline(9, version=2, in_force_from=2030)
    assert make_aim(baselines=[second, first]).baseline is second
    assert make_aim().baseline is None


@pytest.mark.parametrize(("state", "says"), [(BaselineState.PROPOSED, True), (BaselineState.VALIDATED, False)])
def test_what_rests_on_a_baseline_that_is_only_proposed_says_so(state, says):
    share = judged(make_aim({2025: 6}, make_target(10), baseline=make_baseline(5, 2020, state)))
    relative = judged(make_aim({2025: 9}, make_target(25, GREATER, PERCENT), baseline=make_baseline(5, 2020, state)))
    assert (ReasonCode.BASELINE_PROPOSED in codes(share)) is says
    assert (ReasonCode.BASELINE_PROPOSED in codes(relative)) is says


def test_a_verdict_that_owes_nothing_to_a_proposed_baseline_does_not_mention_it():
    base = make_baseline(12, 2020, BaselineState.PROPOSED)
    assert codes(judged(make_aim({2025: 11}, make_target(10), baseline=base))) == [ReasonCode.TARGET_MET]


# Another method


def test_a_percentage_of_a_baseline_of_another_method_needs_a_new_one():
    target = make_target(25, GREATER, PERCENT, horizon_year=2030)
    base = make_baseline(8, 2020, method=1)
    aim = make_aim({2023: 9, 2025: 12}, target, baseline=base, since_method={2: 2024})
    said = judged(aim)
    assert said.status is Status.BASELINE_NEEDED
    assert codes(said) == [ReasonCode.METHOD_BREAK]
    assert said.reasons[0].values == {"year": 2025, "base_year": 2020}
    assert (said.threshold, said.progress, said.gap, said.expected) == (None, None, None, None)
    assert said.departure is base
    assert judged(aim, 2023).progress == Decimal("0.5")


def test_a_difference_from_a_baseline_of_another_method_needs_a_new_one():
    target = make_target(1, AT_LEAST, DIFFERENCE)
    said = judged(make_aim({2025: 12}, target, baseline=make_baseline(8, 2020, method=1), since_method={2: 2024}))
    assert codes(said) == [ReasonCode.METHOD_BREAK]


@pytest.mark.parametrize(
    ("value", "status", "code"),
    [(11, Status.ACHIEVED, ReasonCode.TARGET_MET), (6, Status.WATCH, ReasonCode.FIRST_VALUE)],
)
def test_an_absolute_target_is_judged_across_a_change_of_method_without_progress_or_line(value, status, code):
    base = make_baseline(5, 2020, method=1)
    aim = make_aim({2023: 9, 2025: value}, make_target(10, horizon_year=2030), baseline=base, since_method={2: 2024})
    said = judged(aim)
    assert (said.status, said.progress, said.expected, said.departure) == (status, None, None, None)
    assert code in codes(said)


def test_a_value_is_not_compared_with_one_of_another_method_and_the_reason_says_so():
    said = judged(make_aim({2023: 9, 2025: 6}, make_target(10), since_method={2: 2024}))
    assert said.status is Status.WATCH
    assert codes(said) == [ReasonCode.NO_HORIZON, ReasonCode.FIRST_VALUE, ReasonCode.METHOD_CHANGED]
    assert said.reasons[2].values == {"year": 2025}


def test_the_years_of_one_method_are_compared_with_one_another():
    said = judged(make_aim({2022: 5, 2023: 9, 2024: 7, 2025: 8}, make_target(10), since_method={2: 2024}))
    assert said.status is Status.ON_TRACK
    assert said.reasons[1].values == {"value": 8, "since": 7, "since_year": 2024}


def test_a_target_met_has_nothing_to_say_of_a_change_of_method():
    said = judged(make_aim({2023: 9, 2025: 12}, make_target(10), since_method={2: 2024}))
    assert codes(said) == [ReasonCode.TARGET_MET]


def test_years_restated_by_the_method_of_the_year_are_compared():
    restated = {2: make_series({2023: 4, 2025: 6})}
    said = judged(make_aim({2023: 9, 2025: 6}, make_target(10), since_method={2: 2024}, restated=restated))
    assert said.status is Status.ON_TRACK
    assert codes(said) == [ReasonCode.NO_HORIZON, ReasonCode.IMPROVES]
    assert said.reasons[1].values == {"value": 6, "since": 4, "since_year": 2023}


@pytest.mark.parametrize("method", [None, 2])
def test_a_baseline_of_the_method_of_the_year_or_stated_by_the_vote_is_used(method):
    base = make_baseline(8, 2020, method=method)
    said = judged(make_aim({2023: 3, 2025: 9}, make_target(10), baseline=base, since_method={2: 2024}))
    assert said.progress == Decimal("0.5")


def test_a_change_of_method_tells_on_a_year_without_a_value_too():
    target = make_target(25, GREATER, PERCENT)
    aim = make_aim({2023: 9}, target, baseline=make_baseline(8, 2020, method=1), since_method={2: 2024})
    assert codes(judged(aim, 2025)) == [ReasonCode.METHOD_BREAK]


# Computed values


def computed(reading):
    aim = make_aim({2024: 7}, make_target(10))
    return judged(replace(aim, readings={**aim.readings, 2025: reading}))


def test_a_value_that_lacks_an_input_names_it_and_is_not_measured():
    said = computed(make_reading(2025, absence=Absence.NOT_COMPUTABLE, missing=("SOB-03", "référence(SOB-04)")))
    assert said.status is Status.NOT_MEASURED
    assert codes(said) == [ReasonCode.NOT_COMPUTABLE, ReasonCode.LAST_VALUE]
    assert said.reasons[0].values == {"year": 2025, "missing": ("SOB-03", "référence(SOB-04)")}


def test_a_value_that_lacks_nothing_and_is_not_computable_was_divided_by_zero():
    said = computed(make_reading(2025, absence=Absence.NOT_COMPUTABLE))
    assert said.status is Status.NOT_MEASURED
    assert codes(said) == [ReasonCode.NO_RESULT, ReasonCode.LAST_VALUE]
