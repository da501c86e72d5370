"""Deadlines: what is late stays until it is done, what is settled leaves, each says whose it is."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_commitment, make_finding, make_organisation
from tracker.domain.actions import ActionRecord, ActionStep
from tracker.domain.deadlines import DeadlineKind, PlannedAction, in_order, of_actions, of_campaigns, of_commitments
from tracker.domain.scorecard import score
from tracker.domain.vocabulary import ActionStatus, CommitmentKind, FindingState
from tracker.domain.workflow import CampaignRecord
from tracker.labels.deadlines import deadline_detail, deadline_title, lateness, whose

TODAY = date(2026, 11, 22)
NAMES = {"DSI": "Direction des systèmes d'information", "DAC": "Achats"}


def planned(**told) -> PlannedAction:
    given_ = {"code": "A-01", "version": 1, "title": "Reconditionner", "status": ActionStatus.UNDER_WAY, **told}
    return PlannedAction(2026, ActionRecord(**given_))


def of_card(*commitments):
    card = score(make_organisation(), commitments, TODAY.year, TODAY)
    return list(of_commitments(card, card.coming()))


def test_an_action_gives_its_last_day_and_the_steps_still_to_be_done():
    steps = (
        ActionStep("Choisir", date(2026, 3, 1), date(2026, 3, 2)),
        ActionStep("Commander", date(2026, 6, 30)),
        ActionStep("Installer"),
    )
    [end, step] = of_actions(
        [planned(ends_on=date(2026, 12, 31), steps=steps, lead="DSI", contributors=("DAC", "DSI"))]
    )
    assert (end.kind, end.on, end.departments, end.is_late(TODAY)) == (
        DeadlineKind.ACTION,
        date(2026, 12, 31),
        ("DSI", "DAC"),
        False,
    )
    assert (step.kind, step.step, step.title.fr, step.detail.fr) == (
        DeadlineKind.STEP,
        2,
        "Commander",
        "Reconditionner",
    )
    assert step.is_late(TODAY)
    assert step.is_of("DAC")
    assert not step.is_of("DRH")


def test_an_action_done_or_dropped_waits_for_nothing():
    steps = (ActionStep("Commander", date(2026, 6, 30)),)
    for status in (ActionStatus.DONE, ActionStatus.DROPPED):
        assert not list(of_actions([planned(status=status, ends_on=date(2026, 1, 1), steps=steps)]))


def test_the_last_day_of_an_open_campaign_stays_once_it_is_past_and_a_debate_does_not():
    campaign = CampaignRecord(2025, datetime(2026, 1, 5, tzinfo=UTC), date(2026, 11, 1), date(2026, 11, 2))
    [late] = of_campaigns([campaign], ("DSI",), TODAY)
    assert (late.kind, late.year, late.departments) == (DeadlineKind.CAMPAIGN, 2025, ("DSI",))
    ahead = list(of_campaigns([campaign], ("DSI",), date(2026, 10, 1)))
    assert [one.kind for one in ahead] == [DeadlineKind.CAMPAIGN, DeadlineKind.REVIEW]


def test_a_milestone_is_late_until_a_fact_says_that_it_is_done():
    late = replace(make_commitment(CommitmentKind.MILESTONE, due_on=date(2025, 6, 30)), owner="DSI")
    [one] = of_card(late)
    assert (one.kind, one.departments, one.is_late(TODAY)) == (DeadlineKind.VOTED, ("DSI",), True)
    done = make_finding(FindingState.DONE, date(2025, 5, 1))
    settled = make_commitment(CommitmentKind.MILESTONE, due_on=date(2025, 6, 30), findings=(done,))
    assert not of_card(settled)


def test_an_approval_that_ran_out_is_late_until_it_is_given_again():
    first = make_finding(FindingState.DONE, date(2023, 1, 1), valid_until=date(2026, 1, 1))
    [one] = of_card(make_commitment(CommitmentKind.APPROVAL, findings=(first,)))
    assert (one.kind, one.on, one.is_late(TODAY)) == (DeadlineKind.APPROVAL, date(2026, 1, 1), True)
    again = make_finding(FindingState.DONE, date(2026, 1, 2), valid_until=date(2029, 1, 2))
    [one] = of_card(make_commitment(CommitmentKind.APPROVAL, findings=(first, again)))
    assert (one.on, one.is_late(TODAY)) == (date(2029, 1, 2), False)


@given(st.lists(st.tuples(st.dates(date(2024, 1, 1), date(2028, 1, 1)), st.sampled_from("ABC")), max_size=12))
def test_the_late_ones_come_first_whatever_the_order_they_came_in(told):
    found = in_order(of_actions([planned(code=code, ends_on=on) for on, code in told]))
    assert len(found) == len(told)
    assert [one.on for one in found] == sorted(on for on, _ in told)
    late = [one.is_late(TODAY) for one in found]
    assert late == sorted(late, reverse=True)


def test_a_deadline_says_what_is_due_whose_it_is_and_how_late_it_is():
    steps = (ActionStep("Commander", date(2026, 11, 10)),)
    [step] = of_actions([planned(steps=steps, lead="DSI", contributors=("DAC",), pilot="Chef de projet parc")])
    assert deadline_title(step) == "Étape\u00a0: Commander"
    assert whose(step, NAMES) == "Direction des systèmes d’information, Achats, pilote\u00a0: Chef de projet parc"
    assert deadline_detail(step, NAMES).startswith("Action\u00a0: Reconditionner\n")
    assert lateness(step.on, TODAY) == "en retard de 12\u00a0jours"
    assert lateness(TODAY, TODAY) == ""
    assert lateness(TODAY - timedelta(days=1058), TODAY) == "en retard de 1\u202f058\u00a0jours"
    [alone] = of_actions([planned(ends_on=TODAY)])
    assert whose(alone, NAMES) == "Aucun service désigné"
