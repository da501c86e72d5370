"""The scorecard: which commitments are on it, how they are counted, and what is late or coming."""

from datetime import date

import pytest

from tests.factories import make_aim, make_commitment, make_finding, make_organisation, make_target
from tracker.domain.judgement import ReasonCode
from tracker.domain.rollup import tally
from tracker.domain.scorecard import score
from tracker.domain.vocabulary import Absence, Axis, CommitmentKind, FindingState, Status, Strength

TODAY = date(2026, 11, 22)
DONE, NOT_DONE, DECIDED, PAID, OBSERVED = FindingState


def scored(*commitments, year=2025, today=TODAY):
    return score(make_organisation(), commitments, year, today)


def measured(code, readings, axis=Axis.SOBRIETY, *, target=10, **what):
    return make_commitment(code=code, axis=axis, aims=[make_aim(readings, make_target(target))], **what)


def milestone(code, due_on, *findings, **what):
    return make_commitment(CommitmentKind.MILESTONE, code=code, due_on=due_on, findings=findings, **what)


def renewal(code, *findings, **what):
    return make_commitment(CommitmentKind.RENEWAL, code=code, findings=findings, **what)


def listed(dates):
    return [(due.on, due.commitment.code) for due in dates]


# Counting


def test_a_tally_counts_in_the_order_of_the_statuses_without_the_absent_ones():
    counted = tally([Status.WATCH, Status.NOT_MEASURED, Status.ACHIEVED, Status.WATCH])
    assert list(counted.items()) == [(Status.ACHIEVED, 1), (Status.WATCH, 2), (Status.NOT_MEASURED, 1)]


def test_a_tally_of_nothing_is_empty():
    assert tally([]) == {}


def test_a_tally_reads_an_iterator_once():
    assert tally(iter([Status.WATCH] * 3)) == {Status.WATCH: 3}


def test_verdicts_are_counted_for_the_year_and_for_the_year_before():
    card = scored(
        measured("A", {2024: 5, 2025: 12}),
        measured("B", {2024: 12, 2025: 12}),
        measured("C", {}),
    )
    assert card.counts == {Status.ACHIEVED: 2, Status.NOT_MEASURED: 1}
    assert card.counts_before == {Status.ACHIEVED: 1, Status.WATCH: 1, Status.NOT_MEASURED: 1}


def test_each_axis_that_has_commitments_is_counted_in_the_order_of_the_axes():
    card = scored(
        measured("A", {2025: 12}, Axis.TRUST),
        measured("B", {2025: 12}, Axis.SOBRIETY),
        measured("C", {}, Axis.TRUST),
    )
    assert list(card.by_axis().items()) == [
        (Axis.SOBRIETY, {Status.ACHIEVED: 1}),
        (Axis.TRUST, {Status.ACHIEVED: 1, Status.NOT_MEASURED: 1}),
    ]


def test_the_counts_by_axis_add_up_to_the_counts():
    card = scored(*(measured(str(n), {2025: 8 + n}, axis) for n, axis in enumerate(Axis)))
    assert sum(sum(counted.values()) for counted in card.by_axis().values()) == sum(card.counts.values()) == 5


def test_options_and_context_are_shown_and_not_counted_as_promises():
    card = scored(
        measured("A", {2025: 12}),
        measured("B", {2025: 12}, strength=Strength.OPTION),
        measured("C", {2025: 12}, Axis.TRUST, strength=Strength.CONTEXT),
    )
    assert len(card.cards) == 3
    assert card.counts == {Status.ACHIEVED: 1}
    assert card.by_axis() == {Axis.SOBRIETY: {Status.ACHIEVED: 1}}


def test_every_status_that_a_commitment_can_have_is_counted_once():
    card = scored(
        measured("A", {2025: 12}),
        measured("B", {2025: 5}),
        measured("C", {}),
        measured("D", {2025: Absence.NOT_APPLICABLE}),
        make_commitment(code="E"),
    )
    assert card.counts == {
        Status.ACHIEVED: 1,
        Status.WATCH: 1,
        Status.BASELINE_NEEDED: 1,
        Status.NOT_MEASURED: 1,
        Status.NOT_APPLICABLE: 1,
    }


def test_a_scorecard_without_commitments_counts_nothing():
    card = scored()
    assert (card.cards, card.counts, card.counts_before, card.by_axis()) == ((), {}, {}, {})
    assert (card.flagships, card.overdue(), card.coming()) == ((), (), ())


# What is on it


def test_a_commitment_voted_after_the_year_is_not_on_its_scorecard():
    voted = date(2025, 2, 27)
    assert scored(measured("A", {2024: 12}, adopted_on=voted), year=2024).cards == ()
    assert len(scored(measured("A", {2025: 12}, adopted_on=voted), year=2025).cards) == 1


def test_a_commitment_voted_on_the_last_day_of_the_year_is_on_its_scorecard():
    assert len(scored(measured("A", {}, adopted_on=date(2025, 12, 31)), year=2025).cards) == 1


def test_the_year_before_the_vote_reads_upcoming():
    card = scored(measured("A", {2024: 12, 2025: 12}, adopted_on=date(2025, 2, 27))).card("A")
    assert card is not None
    assert card.status is Status.ACHIEVED
    assert card.before.status is Status.UPCOMING


def test_a_scorecard_keeps_its_organisation_its_year_its_day_and_the_order_given():
    card = scored(measured("B", {}), measured("A", {}))
    assert card.organisation == make_organisation()
    assert (card.year, card.today) == (2025, TODAY)
    assert [each.commitment.code for each in card.cards] == ["B", "A"]


def test_a_card_is_found_by_its_code():
    card = scored(measured("A", {}), measured("B", {2025: 12}))
    found = card.card("B")
    assert found is not None
    assert found.status is Status.ACHIEVED
    assert card.card("C") is None


def test_flagships_are_the_commitments_that_the_authority_puts_first():
    card = scored(measured("A", {}), measured("B", {}, is_flagship=True))
    assert [each.commitment.code for each in card.flagships] == ["B"]


def test_a_raised_target_does_not_change_last_year_s_scorecard():
    first, raised = make_target(10, in_force_from=2022), make_target(20, in_force_from=2026, version=2)
    readings = {2025: 12, 2026: 12}
    before = make_commitment(code="A", aims=[make_aim(readings, first)])
    after = make_commitment(code="A", aims=[make_aim(readings, first, raised)])
    assert scored(before, year=2025).counts == scored(after, year=2025).counts == {Status.ACHIEVED: 1}
    assert scored(after, year=2026).counts_before == {Status.ACHIEVED: 1}
    assert scored(after, year=2026).counts == {Status.WATCH: 1}


# Late


def test_milestones_past_their_date_without_a_done_fact_are_overdue_oldest_first():
    card = scored(
        milestone("C", date(2026, 6, 30)),
        milestone("B", date(2025, 6, 30), make_finding(NOT_DONE)),
        milestone("A", date(2026, 6, 30)),
        milestone("D", date(2025, 6, 30), make_finding(DONE)),
        milestone("E", date(2027, 6, 30)),
        milestone("F", None),
    )
    assert listed(card.overdue()) == [
        (date(2025, 6, 30), "B"),
        (date(2026, 6, 30), "A"),
        (date(2026, 6, 30), "C"),
    ]


def test_a_milestone_is_overdue_from_the_day_after_its_date():
    due = milestone("A", TODAY)
    assert scored(due, today=TODAY).overdue() == ()
    assert listed(scored(due, today=date(2026, 11, 23)).overdue()) == [(TODAY, "A")]


def test_only_milestones_are_overdue():
    card = scored(measured("A", {}, due_on=date(2024, 1, 1)), renewal("B", due_on=date(2024, 1, 1)))
    assert card.overdue() == ()


@pytest.mark.parametrize("state", [DECIDED, PAID, OBSERVED])
def test_a_fact_that_does_not_say_done_leaves_a_milestone_overdue(state):
    assert len(scored(milestone("A", date(2025, 6, 30), make_finding(state))).overdue()) == 1


def test_a_milestone_overdue_without_a_word_is_not_measured_and_not_off_track():
    card = scored(milestone("A", date(2025, 6, 30)))
    assert len(card.overdue()) == 1
    assert card.counts == {Status.NOT_MEASURED: 1}


# Coming


def test_dates_ahead_are_listed_next_first():
    card = scored(
        milestone("C", date(2027, 6, 30)),
        milestone("B", date(2026, 12, 1)),
        renewal("A"),
        milestone("D", date(2025, 6, 30)),
    )
    assert listed(card.coming()) == [(date(2026, 12, 1), "B"), (date(2026, 12, 31), "A"), (date(2027, 6, 30), "C")]


def test_a_date_that_is_today_is_still_coming():
    assert listed(scored(milestone("A", TODAY)).coming()) == [(TODAY, "A")]


@pytest.mark.parametrize("due", [date(2026, 11, 1), date(2026, 11, 22), date(2026, 12, 1)])
def test_a_milestone_not_done_is_either_overdue_or_coming(due):
    card = scored(milestone("A", due))
    assert len(card.overdue()) + len(card.coming()) == 1


def test_a_milestone_done_ahead_of_its_date_is_no_longer_waited_for():
    assert scored(milestone("A", date(2027, 6, 30), make_finding(DONE, date(2026, 3, 1)))).coming() == ()


@pytest.mark.parametrize("state", [DECIDED, PAID, DONE])
def test_a_renewal_settled_for_the_current_year_is_no_longer_waited_for(state):
    assert scored(renewal("A", make_finding(state, date(2025, 12, 11), year=2026))).coming() == ()


def test_a_renewal_settled_for_another_year_is_waited_for():
    card = scored(renewal("A", make_finding(PAID, date(2026, 1, 15), year=2025)))
    assert listed(card.coming()) == [(date(2026, 12, 31), "A")]


@pytest.mark.parametrize("due", [None, date(2025, 12, 31), date(2026, 12, 31), date(2027, 12, 31)])
def test_a_renewal_is_waited_for_this_year_where_its_verdict_says_that_it_is_owed(due):
    """One rule: what the list of dates says of the year is what the judgement of the year says."""
    card = scored(renewal("A", due_on=due), year=2026)
    is_owed = ReasonCode.RENEWAL_DUE in [reason.code for reason in card.cards[0].judgement.reasons]
    assert is_owed == ((date(2026, 12, 31), "A") in listed(card.coming())) == (due in {None, date(2026, 12, 31)})


def test_on_the_last_day_of_the_year_a_renewal_is_still_waited_for():
    day = date(2026, 12, 31)
    assert listed(scored(renewal("A"), today=day).coming()) == [(day, "A")]


def test_the_horizon_of_a_target_is_waited_for_until_the_end_of_its_year():
    aim = make_aim({}, make_target(10, horizon_year=2030))
    assert listed(scored(make_commitment(code="A", aims=[aim])).coming()) == [(date(2030, 12, 31), "A")]


def test_the_horizon_that_is_waited_for_is_the_one_last_voted():
    versions = make_target(10, horizon_year=2028), make_target(10, horizon_year=2032, version=2, in_force_from=2026)
    card = scored(make_commitment(code="A", aims=[make_aim({}, *versions)]))
    assert listed(card.coming()) == [(date(2032, 12, 31), "A")]


def test_the_last_day_of_an_approval_is_waited_for_although_the_approval_was_given():
    given = make_finding(DONE, date(2025, 2, 1), valid_until=date(2028, 2, 1))
    card = scored(make_commitment(CommitmentKind.APPROVAL, code="A", findings=[given]))
    assert listed(card.coming()) == [(date(2028, 2, 1), "A")]
