"""Milestone: done with a dated fact, due, late or unknown; an elapsed date proves nothing by itself."""

from datetime import date

import pytest

from tests.factories import make_finding
from tests.unit.kinds.helpers import DECIDED, DONE, MILESTONE, NOT_DONE, OBSERVED, PAID, TODAY, codes, told, verdict
from tracker.domain.judgement import Judgement, ReasonCode
from tracker.domain.records import Finding
from tracker.domain.vocabulary import FindingState, Status


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


def test_a_milestone_reached_after_the_year_was_not_kept_in_it():
    findings = [make_finding(FindingState.DONE, date(2026, 1, 15))]
    said = verdict(MILESTONE, 2025, due_on=date(2025, 12, 31), findings=findings)
    assert told(said) == (Status.OFF_TRACK, [ReasonCode.MILESTONE_DONE_AFTER])
