"""What a review counts for the texts, from reviews made by hand: what is told, what is only voted, what is hidden."""

from dataclasses import replace
from datetime import date

from tests.conftest import TODAY
from tests.factories import (
    make_aim,
    make_baseline,
    make_commitment,
    make_duty,
    make_finding,
    make_indicator,
    make_organisation,
    make_target,
)
from tests.planned import make_action, make_plan
from tracker.domain.completeness import Extent, Presence
from tracker.domain.finalities import Finality
from tracker.domain.scorecard import score
from tracker.domain.vocabulary import Absence, ActionStatus, Axis, PlanStage, Strength, TargetBasis
from tracker.reports.completeness import complete, facts
from tracker.reports.review import Resources, Review, review

YEAR = 2025


def reviewed(*commitments, resources: Resources | None = None, duties=(), readings=None) -> Review:
    home = make_organisation()
    scorecard = score(home, commitments, YEAR, TODAY)
    return review(scorecard, duties, readings or {}, (), 0, resources or Resources())


def themed(commitment, *items: int):
    return replace(commitment, decree_items=items)


def test_only_a_verdict_that_rests_on_something_counts_and_only_for_what_was_promised():
    measured = themed(make_commitment(aims=[make_aim({YEAR: 6}, make_target(6))]), 2)
    silent = themed(make_commitment(code="DEM22-S02", aims=[make_aim(None, make_target(6))]), 2, 5)
    option = make_commitment(code="DEM22-S03", strength=Strength.OPTION, aims=[make_aim({YEAR: 6}, make_target(6))])
    told = facts(reviewed(measured, silent, option), (), ())
    assert told.judged == Extent(1, 2)
    assert told.themes[2] == Extent(1, 2)
    assert told.themes[5] == told.territory == Extent(0, 1)
    assert told.finalities[Finality.CLIMATE] == Extent(1, 2)
    assert told.finalities[Finality.FULFILMENT] == Extent(0, 0)
    assert told.measured == Extent(1, 2)
    assert told.deliberations == 1


def test_a_target_without_its_baseline_cannot_be_computed_and_a_stated_one_is_no_assessment():
    relative = make_target(25, basis=TargetBasis.RELATIVE_PERCENT, horizon_year=2030)
    stated = make_target(6, basis=TargetBasis.FROM_TO, start=5, start_year=2022)
    alone = make_commitment(aims=[make_aim({YEAR: 6}, relative)])
    based = make_commitment(code="DEM22-S02", aims=[make_aim({YEAR: 6}, relative, baseline=make_baseline())])
    voted = make_commitment(code="DEM22-S03", aims=[make_aim({YEAR: 6}, stated)])
    told = facts(reviewed(alone, based, voted), (), ())
    assert told.targets == Extent(2, 3)
    assert told.horizons == Extent(2, 3)
    assert told.baselines.done == 1
    apart = make_indicator("ACC-01", axis=Axis.ACCESSIBILITY)
    other = make_commitment(aims=[make_aim({YEAR: 6}, relative, baseline=make_baseline(), indicator=apart)])
    assert facts(reviewed(other), (), ()).baselines == Extent(0, 0)


def test_a_missing_value_with_its_reason_is_explained():
    untold = make_commitment(aims=[make_aim(None, make_target(6))])
    explained = make_commitment(aims=[make_aim({YEAR: Absence.NOT_AVAILABLE}, make_target(6))])
    assert facts(reviewed(untold), (), ()).unexplained == 1
    assert facts(reviewed(explained), (), ()).unexplained == 0


def test_a_plan_tells_how_far_it_came_and_what_was_done():
    done = make_action(status=ActionStatus.DONE)
    for stage, presence in ((PlanStage.DRAFT, Presence.WEAK), (PlanStage.ADOPTED, Presence.PRESENT)):
        resources = Resources(plans={YEAR: make_plan(YEAR, done, stage=stage)})
        found = complete(reviewed(resources=resources), (), ())
        by_code = {one.item.code: one for one in found.checks}
        assert by_code["measures"].presence is presence
        assert by_code["already_done"].presence is Presence.PRESENT
        assert dict(by_code["already_done"].values) == {"n": 1}
    later = make_finding(on=date(YEAR + 1, 1, 2))
    before = make_finding(on=date(YEAR, 1, 2))
    assert facts(reviewed(make_commitment(findings=[before, later])), (), ()).facts_told == 1


def test_a_duty_is_known_by_its_value_whatever_its_threshold():
    duty = make_duty({2024: 20})
    aim = make_aim({YEAR: 3}, indicator=make_indicator("SOB-17"))
    told = facts(reviewed(duties=[duty], readings={"SOB-17": aim}), (), ())
    assert told.duties["DUTY"].is_known
    assert not facts(reviewed(duties=[duty]), (), ()).duties["DUTY"].is_known


def test_the_words_of_a_hidden_section_say_nothing():
    told = facts(reviewed(), {"analysis", "means"}, {"analysis"})
    assert told.words == {"means"}
    assert told.hidden == {"analysis"}
