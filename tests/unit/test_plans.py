"""The rules of a plan: what it may become, what it lacks, what is late, what goes on, what became of it."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import make_commitment, make_finding
from tests.planned import make_action, make_plan
from tracker.domain.actions import ActionStep, Means
from tracker.domain.carrying import carried, proposed
from tracker.domain.gaps import Gap, GapKind, gaps
from tracker.domain.lateness import is_late, late_steps
from tracker.domain.outcomes import ActionOutcome, outcome, standing
from tracker.domain.planning import is_plan_year, may_adopt, may_become, needs_reason
from tracker.domain.vocabulary import (
    ActionStatus,
    CommitmentKind,
    FindingState,
    PlanStage,
    Strength,
    TaxRegime,
    VoteOutcome,
)

TODAY = date(2026, 11, 22)
ENOUGH = Means(planned=Decimal(1000))


def test_a_plan_goes_forward_and_back_only_while_it_waits_for_the_vote():
    allowed = {(one, other) for one in PlanStage for other in PlanStage if may_become(one, other)}
    assert allowed == {
        (PlanStage.DRAFT, PlanStage.SUBMITTED),
        (PlanStage.SUBMITTED, PlanStage.DRAFT),
        (PlanStage.SUBMITTED, PlanStage.ADOPTED),
        (PlanStage.ADOPTED, PlanStage.REVIEWED),
    }
    assert [stage for stage in PlanStage if needs_reason(stage)] == [PlanStage.ADOPTED, PlanStage.REVIEWED]


@pytest.mark.parametrize(("year", "may"), [(1999, False), (2000, True), (2026, True), (2027, True), (2028, False)])
def test_next_years_plan_is_prepared_and_no_later_one(year, may):
    assert is_plan_year(year, TODAY) is may


@pytest.mark.parametrize(
    ("voted_on", "outcome", "may"),
    [
        (date(2024, 12, 12), VoteOutcome.ADOPTED, True),
        (date(2019, 6, 16), VoteOutcome.ADOPTED, True),
        (date(2018, 12, 31), VoteOutcome.ADOPTED, False),
        (date(2024, 12, 12), VoteOutcome.REJECTED, False),
        (date(2024, 12, 12), VoteOutcome.WITHDRAWN, False),
    ],
)
def test_a_text_adopts_a_plan_when_it_was_adopted_itself_within_a_mandate(voted_on, outcome, may):
    assert may_adopt(voted_on, outcome, 2025) is may


# What a plan lacks


def test_a_plan_that_lacks_nothing_has_no_gap():
    plan = make_plan(2025, make_action(means=ENOUGH, contributors=("DRH",)))
    assert gaps(plan, [make_commitment()], ["DSI", "DRH"]) == ()


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"pilot": ""}, GapKind.PILOT_MISSING),
        ({"lead": "", "contributors": ("DSI",)}, GapKind.LEAD_MISSING),
        ({"commitments": ()}, GapKind.COMMITMENT_MISSING),
        ({"starts_on": None}, GapKind.DATES_MISSING),
        ({"ends_on": None}, GapKind.DATES_MISSING),
        ({"means": Means(spent=Decimal(5))}, GapKind.MEANS_MISSING),
    ],
)
def test_each_gap_of_an_action_is_named_with_its_code(given, kind):
    plan = make_plan(2025, make_action(**({"means": ENOUGH} | given)))
    served = [] if kind is GapKind.COMMITMENT_MISSING else [make_commitment()]
    assert gaps(plan, served, ["DSI"]) == (Gap(kind, "A2025-01"),)


def test_full_time_equivalents_alone_are_means():
    plan = make_plan(2025, make_action(means=Means(fte_planned=Decimal("0.2"))))
    assert gaps(plan, [make_commitment()], ["DSI"]) == ()


def test_a_binding_commitment_without_action_and_a_department_aside_are_named_in_their_order():
    plan = make_plan(2025, make_action(means=ENOUGH))
    voted = [
        make_commitment(),
        make_commitment(code="B"),
        make_commitment(code="C", strength=Strength.CONTEXT),
        make_commitment(code="D", adopted_on=date(2026, 1, 1)),
    ]
    assert gaps(plan, voted, ["DSI", "DRH", "DAC"]) == (
        Gap(GapKind.COMMITMENT_UNSERVED, "B"),
        Gap(GapKind.DEPARTMENT_ASIDE, "DRH"),
        Gap(GapKind.DEPARTMENT_ASIDE, "DAC"),
    )


def test_a_dropped_action_serves_nothing_and_lacks_nothing():
    plan = make_plan(2025, make_action(status=ActionStatus.DROPPED, pilot=""))
    assert [gap.kind for gap in gaps(plan, [make_commitment()], ["DSI"])] == [
        GapKind.COMMITMENT_UNSERVED,
        GapKind.DEPARTMENT_ASIDE,
    ]


@pytest.mark.parametrize(("done_on", "asked"), [(date(2024, 12, 31), False), (date(2025, 1, 1), True), (None, True)])
def test_a_milestone_done_before_the_year_asks_for_no_action(done_on, asked):
    facts = [make_finding(on=done_on)] if done_on else [make_finding(FindingState.NOT_DONE, date(2024, 1, 1))]
    voted = make_commitment(CommitmentKind.MILESTONE, code="M", findings=facts)
    assert (Gap(GapKind.COMMITMENT_UNSERVED, "M") in gaps(make_plan(2025), [voted], [])) is asked


# What is late


@pytest.mark.parametrize("status", list(ActionStatus))
def test_an_action_is_late_the_day_after_its_last_unless_it_is_settled(status):
    action = make_action(status=status)
    is_open = status in {ActionStatus.PLANNED, ActionStatus.UNDER_WAY}
    assert is_late(action, date(2025, 12, 31)) is False
    assert is_late(action, date(2026, 1, 1)) is is_open
    assert is_late(make_action(status=status, ends_on=None), TODAY) is False


def test_late_steps_are_listed_oldest_first_without_those_of_settled_actions():
    due = [ActionStep("b", date(2025, 6, 30)), ActionStep("done", date(2025, 1, 1), date(2025, 1, 2)), ActionStep("?")]
    actions = [
        make_action("1", steps=tuple(due)),
        make_action("2", steps=(ActionStep("a", date(2025, 2, 1)),)),
        make_action("3", ActionStatus.DONE, steps=(ActionStep("z", date(2025, 1, 1)),)),
    ]
    assert [late.step.title for late in late_steps(actions, date(2025, 7, 1))] == ["a", "b"]
    assert late_steps(actions, date(2025, 2, 1)) == ()


# What goes on


def test_only_what_is_neither_done_dropped_nor_carried_is_proposed():
    before = make_plan(2024, *(make_action(f"A2024-{place}", status) for place, status in enumerate(ActionStatus)))
    assert [action.status for action in proposed(before, make_plan(2025))] == [
        ActionStatus.PLANNED,
        ActionStatus.UNDER_WAY,
    ]
    plan = make_plan(2025, make_action(carried_from=(2024, "A2024-0")))
    assert [action.code for action in proposed(before, plan)] == ["A2024-1"]


def test_a_copy_knows_its_origin_keeps_what_is_left_to_do_and_asks_anew_for_days_and_means():
    steps = (ActionStep("faite", date(2024, 2, 1), date(2024, 2, 3)), ActionStep("reste", date(2024, 9, 1)))
    later = ActionStep("plus tard", date(2025, 5, 1))
    before = make_action(
        "A2024-01",
        ActionStatus.UNDER_WAY,
        starts_on=date(2024, 1, 1),
        ends_on=date(2024, 12, 31),
        steps=(*steps, later),
        means=Means(Decimal(10), Decimal(4), TaxRegime.INCLUSIVE, Decimal(1), Decimal(1)),
        review="À finir",
    )
    copy = carried(before, 2024, 2025, "A2025-03", "Marché infructueux")
    assert (copy.code, copy.carried_from, copy.carry_reason) == ("A2025-03", (2024, "A2024-01"), "Marché infructueux")
    assert copy.steps == (ActionStep("reste"), later)
    assert (copy.starts_on, copy.ends_on, copy.status) == (date(2024, 1, 1), None, ActionStatus.UNDER_WAY)
    assert copy.means == Means(tax=TaxRegime.INCLUSIVE)
    assert (copy.review, copy.commitments, copy.pilot) == ("", before.commitments, before.pilot)


# What became of it


def test_the_outcome_tells_each_action_and_never_adds_two_tax_regimes():
    inclusive, exclusive = TaxRegime.INCLUSIVE, TaxRegime.EXCLUSIVE
    plan = make_plan(
        2024,
        make_action("1", ActionStatus.DONE, means=Means(Decimal(100), Decimal(90), inclusive, Decimal("0.5"))),
        make_action("2", ActionStatus.UNDER_WAY, means=Means(Decimal(50), None, exclusive, Decimal("0.25"))),
        make_action("3", ActionStatus.PLANNED, ends_on=date(2024, 12, 31)),
        make_action("4", ActionStatus.DROPPED, means=Means(Decimal(7), Decimal(0), inclusive)),
        make_action("5", ActionStatus.PLANNED, ends_on=None),
    )
    told = outcome(plan, make_plan(2025, make_action("A2025-01", carried_from=(2024, "2"))), TODAY)
    assert [fate.outcome for fate in told.fates] == [
        ActionOutcome.DONE,
        ActionOutcome.CARRIED,
        ActionOutcome.LATE,
        ActionOutcome.DROPPED,
        ActionOutcome.PLANNED,
    ]
    assert told.fates[1].carried_to == "A2025-01"
    assert told.means.planned == {inclusive: Decimal(107), exclusive: Decimal(50)}
    assert told.means.spent == {inclusive: Decimal(90)}
    assert (told.means.fte_planned, told.means.fte_spent, told.means.untold) == (Decimal("0.75"), None, 2)
    assert told.counts[ActionOutcome.LATE] == 1


def test_what_goes_on_from_another_year_is_not_carried_from_this_one():
    plan = make_plan(2024, make_action("A2024-01", ends_on=None))
    assert outcome(plan, make_plan(2025, make_action(carried_from=(2023, "A2024-01"))), TODAY).fates[0].outcome is (
        ActionOutcome.PLANNED
    )
    assert outcome(plan, None, TODAY).fates[0].carried_to == ""


def test_an_action_that_the_next_plan_goes_on_with_is_late_no_more_unless_it_was_done_or_dropped():
    carried_on = make_action(carried_to="A2026-01")
    assert standing(carried_on, TODAY) is ActionOutcome.CARRIED
    assert not is_late(carried_on, TODAY)
    assert late_steps([carried_on], TODAY) == ()
    assert standing(make_action(status=ActionStatus.DONE, carried_to="A2026-01"), TODAY) is ActionOutcome.DONE
    assert standing(make_action(), TODAY) is ActionOutcome.LATE
