"""Quantified: a figure was voted; the least favourable of the targets in force decides."""

from datetime import date

import pytest

from tests.factories import make_aim, make_baseline, make_indicator, make_target
from tests.unit.kinds.helpers import QUANTIFIED, told, verdict
from tracker.domain.judgement import ReasonCode
from tracker.domain.vocabulary import Absence, Collection, Comparator, Status, TargetBasis


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


def test_a_target_that_is_not_in_force_yet_does_not_weigh_on_one_that_is():
    """An indicator given its first target in 2027 leaves the verdict of 2025 as it was published."""
    kept = make_aim({2025: 7}, make_target(6))
    awaited = make_aim({2025: 1}, make_target(6, in_force_from=2027))
    said = verdict(QUANTIFIED, aims=[awaited, kept])
    assert told(said) == (Status.ACHIEVED, [ReasonCode.TARGET_MET])
    assert [aim.status for aim in said.aims] == [Status.UPCOMING, Status.ACHIEVED]
    assert said.leading is said.aims[1]


def test_a_commitment_whose_targets_are_all_to_come_is_upcoming():
    said = verdict(QUANTIFIED, aims=[make_aim({2025: 7}, make_target(6, in_force_from=2027))])
    assert told(said) == (Status.UPCOMING, [ReasonCode.TARGET_LATER])


def test_a_quantified_commitment_is_judged_on_computed_indicators_too():
    indicator = make_indicator(collection=Collection.DERIVED)
    said = verdict(QUANTIFIED, aims=[make_aim({2025: 7}, make_target(6), indicator=indicator)])
    assert said.status is Status.ACHIEVED
