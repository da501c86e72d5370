"""What changed between two years, the next dates, and the sentences that read a year."""

from datetime import UTC, date, datetime

import pytest

from tests.factories import make_aim, make_commitment, make_finding, make_organisation, make_target
from tracker.domain.agenda import CampaignDate, agenda
from tracker.domain.changes import changes, direction
from tracker.domain.comparison import Direction
from tracker.domain.memberships import MembershipRecord, MembershipYearRecord, Renewal
from tracker.domain.scorecard import score
from tracker.domain.vocabulary import Axis, CommitmentKind, FindingState, Status, Strength
from tracker.domain.workflow import CampaignRecord
from tracker.labels.briefs import date_words
from tracker.labels.language import speaking
from tracker.labels.sentences import aside_note, axis_reading, moves_sentence, year_reading

TODAY = date(2026, 11, 22)


def scored(*commitments, year=2025, today=TODAY):
    return score(make_organisation(), commitments, year, today)


def measured(code, readings, **what):
    return make_commitment(code=code, title=code, aims=[make_aim(readings, make_target(10))], **what)


def moved(found):
    return [(one.commitment.code, one.before, one.after) for one in found.moved]


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        (Status.WATCH, Status.ON_TRACK, Direction.BETTER),
        (Status.OFF_TRACK, Status.ACHIEVED, Direction.BETTER),
        (Status.ACHIEVED, Status.ON_TRACK, Direction.WORSE),
        (Status.ON_TRACK, Status.OFF_TRACK, Direction.WORSE),
        (Status.UPCOMING, Status.ACHIEVED, Direction.BETTER),
        (Status.UPCOMING, Status.OFF_TRACK, Direction.WORSE),
        (Status.UPCOMING, Status.WATCH, Direction.NEITHER),
        (Status.NOT_MEASURED, Status.ACHIEVED, Direction.NEITHER),
        (Status.ACHIEVED, Status.NOT_MEASURED, Direction.NEITHER),
        (Status.BASELINE_NEEDED, Status.OFF_TRACK, Direction.NEITHER),
        (Status.NOT_APPLICABLE, Status.UPCOMING, Direction.NEITHER),
    ],
)
def test_a_state_goes_up_or_down_only_between_two_that_judge(before, after, way):
    assert direction(before, after) is way


@pytest.mark.parametrize("status", Status)
def test_a_state_that_stays_is_the_same(status):
    assert direction(status, status) is Direction.SAME


def test_what_changed_is_listed_worse_first_then_better_then_the_rest_and_what_stayed_is_counted():
    found = changes(
        scored(
            measured("seen", {2025: 12}),
            measured("up", {2024: 5, 2025: 12}),
            measured("same", {2024: 12, 2025: 12}),
            measured("down", {2024: 12, 2025: 5}),
        ),
        2024,
    )
    assert moved(found) == [
        ("down", Status.ACHIEVED, Status.OFF_TRACK),
        ("up", Status.WATCH, Status.ACHIEVED),
        ("seen", Status.NOT_MEASURED, Status.ACHIEVED),
    ]
    assert (found.unchanged, found.added, found.more_kept) == (1, (), 1)
    assert (found.towards(Direction.WORSE), found.towards(Direction.BETTER)) == (1, 1)


def test_any_earlier_year_compares_and_not_only_the_one_before():
    card = scored(measured("A", {2022: 12, 2023: 5, 2024: 12, 2025: 12}))
    assert moved(changes(card, 2023)) == [("A", Status.OFF_TRACK, Status.ACHIEVED)]
    assert changes(card, 2022).unchanged == 1
    assert changes(card, 2023).counts_before == {Status.OFF_TRACK: 1}


def test_what_was_voted_since_is_added_and_not_changed():
    card = scored(measured("A", {2025: 12}, adopted_on=date(2025, 2, 27)), measured("B", {2024: 12, 2025: 12}))
    found = changes(card, 2024)
    assert [one.commitment.code for one in found.added] == ["A"]
    assert (found.moved, found.unchanged, found.more_kept) == ((), 1, 1)


def test_options_and_context_do_not_count_among_the_changes():
    card = scored(measured("A", {2024: 5, 2025: 12}, strength=Strength.OPTION))
    found = changes(card, 2024)
    assert (found.moved, found.unchanged) == ((), 0)


def test_a_year_that_is_not_over_is_neither_progress_nor_a_setback():
    card = scored(measured("down", {2025: 12, 2026: 5}), measured("up", {2025: 5, 2026: 12}), year=2026)
    found = changes(card, 2025)
    assert found.is_running
    assert (found.moved, found.unchanged, found.towards(Direction.WORSE)) == ((), 0, 0)
    assert found.counts_before == {Status.ACHIEVED: 1, Status.WATCH: 1}
    assert not changes(scored(year=2025), 2024).is_running


# Dates


def campaign(year, due_on, debate_on=None, closed_at=None):
    opened = datetime(2026, 1, 1, tzinfo=UTC)
    return CampaignRecord(year, opened, due_on, debate_on, closed_at=closed_at)


def test_the_days_of_campaigns_stand_among_the_dates_of_commitments_in_order():
    card = scored(
        make_commitment(CommitmentKind.MILESTONE, code="late", due_on=date(2027, 6, 30)),
        make_commitment(CommitmentKind.MILESTONE, code="soon", due_on=date(2026, 12, 10)),
    )
    found = agenda(card, [campaign(2025, date(2026, 12, 4), date(2026, 12, 17))])
    assert [one.on for one in found] == [
        date(2026, 12, 4),
        date(2026, 12, 10),
        date(2026, 12, 17),
        date(2027, 6, 30),
    ]
    assert found[0] == CampaignDate(date(2026, 12, 4), 2025, is_debate=False)
    assert found[2] == CampaignDate(date(2026, 12, 17), 2025, is_debate=True)


def test_a_closed_campaign_keeps_its_debate_and_nothing_else_and_past_days_are_gone():
    closed = campaign(2024, date(2026, 12, 4), date(2026, 12, 17), datetime(2026, 11, 1, tzinfo=UTC))
    past = campaign(2023, date(2026, 11, 21), date(2026, 11, 21))
    assert [(one.on, one.year) for one in agenda(scored(), [closed, past])] == [(date(2026, 12, 17), 2024)]
    assert len(agenda(scored(), [campaign(2025, TODAY)])) == 1


def test_a_fee_to_decide_stands_for_its_commitment_s_date_and_one_whose_day_is_past_is_no_next_date():
    yearly = make_commitment(CommitmentKind.RENEWAL, code="FEE", title="Cotisation")
    dated = make_commitment(CommitmentKind.RENEWAL, code="DATED", title="Paiement", due_on=date(2026, 12, 31))
    card = scored(yearly, dated)
    assert [one.on for one in agenda(card, [])] == [date(2026, 12, 31)] * 2
    year = MembershipYearRecord(2026, 1, renew_before=date(2026, 12, 15), commitment="FEE")
    club = MembershipRecord("CLUB", "Club", years=(year,))
    late = Renewal(date(2025, 12, 31), club, MembershipYearRecord(2026, commitment="DATED"))
    fee = Renewal(date(2026, 12, 15), club, year)
    found = agenda(card, [], [fee, late])
    assert found[0] is fee
    assert [one.commitment.code for one in found[1:]] == ["DATED"]
    assert date_words(fee) == ("15 décembre 2026", "Club\u00a0: cotisation 2026 à décider")


# Sentences


def test_the_reading_counts_tells_what_is_late_and_what_changed_in_two_sentences():
    card = scored(
        measured("Ordinateurs", {2024: 5, 2025: 12}),
        measured("Serveurs", {2024: 12, 2025: 5}),
        make_commitment(CommitmentKind.MILESTONE, code="M", title="Charte", due_on=date(2025, 6, 30)),
    )
    assert " ".join(year_reading(card).split()) == (
        "Sur 3 engagements votés : 1 tenu, 1 hors trajectoire, 1 pas encore mesuré ; "
        "1 jalon en retard au 22 novembre 2026. "
        "Par rapport à 2024 : « Serveurs » n’est plus tenu, « Ordinateurs » est désormais tenu, 1 autre change d’état."
    )


def test_two_commitments_are_named_and_the_rest_is_counted():
    found = changes(scored(*(measured(f"E{n}", {2024: 5, 2025: 12}) for n in range(5))), 2024)
    told = " ".join(moves_sentence(found).split())
    assert told == (
        "Par rapport à 2024 : 5 tenus de plus, « E0 » est désormais tenu, « E1 » est désormais tenu, "
        "3 autres changent d’état."
    )


def test_a_year_without_any_change_says_so_and_a_first_year_compares_with_nothing():
    still = scored(measured("A", {2024: 12, 2025: 12}))
    assert "Aucun n’a changé d’état depuis 2024." in year_reading(still)
    first = scored(measured("A", {2025: 12}, adopted_on=date(2025, 2, 1)))
    assert " ".join(year_reading(first).split()) == "Sur 1 engagement voté : 1 tenu."


def test_a_running_year_is_not_compared():
    told = year_reading(scored(measured("A", {2025: 12}), year=2026))
    assert "2026 n’est pas finie : des relevés sont à venir." in " ".join(told.split())
    assert "Par rapport" not in told


def test_an_axis_reads_its_own_commitments_only_and_says_when_it_has_none():
    card = scored(measured("A", {2025: 12}), measured("B", {2025: 5}, axis=Axis.TRUST))
    assert "Sur 1 engagement de cet axe : 1 tenu." in " ".join(axis_reading(card.of_axis(Axis.SOBRIETY)).split())
    assert "Aucun engagement de cet axe n’était voté" in axis_reading(card.of_axis(Axis.ETHICS))


def test_options_are_told_apart_and_nothing_is_said_without_any():
    option = measured("B", {2025: 12}, strength=Strength.OPTION)
    assert (
        aside_note(scored(measured("A", {2025: 12}), option)) == "1\u00a0rappel ou faculté du texte est suivi à part."
    )
    assert aside_note(scored(measured("A", {2025: 12}))) == ""


def test_a_fact_recorded_late_takes_a_milestone_out_of_what_is_late():
    done = make_finding(FindingState.DONE, date(2026, 3, 1))
    due = date(2025, 6, 30)
    assert "en retard" in year_reading(scored(make_commitment(CommitmentKind.MILESTONE, code="M", due_on=due)))
    kept = make_commitment(CommitmentKind.MILESTONE, code="M", due_on=due, findings=[done])
    assert "en retard" not in year_reading(scored(kept))


def test_no_french_is_left_in_an_english_count():
    with speaking("en"):
        assert year_reading(scored(measured("A", {2025: 12}))).startswith("Of 1\u00a0commitment voted: 1\u00a0kept")


def test_a_promise_that_is_decided_and_not_carried_out_is_not_told_as_broken():
    paid = make_finding(FindingState.PAID, date(2024, 4, 3), year=2024)
    decided = make_finding(FindingState.DECIDED, date(2025, 4, 3), year=2025)
    plan = make_commitment(CommitmentKind.RENEWAL, code="P", title="Voter le plan", findings=[paid, decided])
    told = year_reading(scored(plan))
    assert "« Voter le plan » est en trajectoire, pas encore tenu" in told.replace("\u00a0", " ").replace("\u202f", " ")
    assert "n’est plus tenu" not in told


def test_a_number_stays_on_the_line_of_its_noun():
    told = year_reading(scored(measured("A", {2025: 12}), measured("B", {2025: 12})))
    assert "2\u00a0engagements" in told
    assert "2\u00a0tenus" in told
