"""The rules of a campaign: its days, how far values have come, when reminders leave."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.domain import campaigns
from tracker.domain.campaigns import Days, Progress
from tracker.domain.errors import ProblemCode
from tracker.domain.vocabulary import Stage
from tracker.domain.workflow import CampaignRecord
from tracker.labels import language
from tracker.labels.campaigns import campaign_reading, reminder_letter

TODAY = date(2026, 11, 22)
DUE = date(2026, 12, 4)
OPEN = CampaignRecord(2025, datetime(2026, 9, 1, 9, tzinfo=UTC), DUE, reminders_on=(date(2026, 11, 20), DUE))


def codes(days: Days, kept: Days | None = None) -> list[tuple[str, ProblemCode]]:
    return [(problem.where, problem.code) for problem in campaigns.faults(days, kept, TODAY)]


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (Days(DUE, date(2026, 12, 17), ()), []),
        (Days(TODAY, None, ()), [("due_on", ProblemCode.DUE_IN_PAST)]),
        (Days(TODAY + timedelta(days=1), None, ()), []),
        (Days(DUE, DUE, ()), [("debate_on", ProblemCode.DEBATE_TOO_EARLY)]),
        (Days(date(2206, 12, 4), None, ()), [("due_on", ProblemCode.DATE_TOO_FAR)]),
    ],
)
def test_the_due_date_comes_after_today_and_the_debate_after_the_due_date(days, found):
    assert codes(days) == found


def test_days_that_were_stored_may_be_past_when_another_one_changes():
    past = Days(date(2026, 11, 1), None, (date(2026, 10, 20),))
    assert codes(past, past) == []
    assert campaigns.reminder_fault("r", date(2026, 10, 20), past, past, TODAY) is None
    again = campaigns.reminder_fault("r", date(2026, 10, 21), past, past, TODAY)
    assert again is not None
    assert again.code is ProblemCode.REMINDER_IN_PAST


def test_a_reminder_may_follow_the_due_date_but_not_by_months():
    days = Days(DUE, None, ())
    assert campaigns.reminder_fault("r", DUE + timedelta(days=7), days, None, TODAY) is None
    late = campaigns.reminder_fault("r", DUE + timedelta(days=91), days, None, TODAY)
    assert late is not None
    assert late.code is ProblemCode.REMINDER_TOO_LATE


def test_reminders_are_proposed_around_the_due_date_and_never_in_the_past():
    assert campaigns.usual_reminders(DUE, TODAY) == (date(2026, 12, 1), DUE, date(2026, 12, 11))
    proposed = campaigns.usual_days(TODAY)
    assert codes(proposed) == []
    assert len(proposed.reminders_on) == 4


def test_values_are_counted_by_how_far_they_have_come():
    stages = [None, Stage.DRAFT, Stage.LOCKED, Stage.VALIDATED, Stage.SUBMITTED, Stage.RETURNED]
    counts = campaigns.tally(campaigns.progress(stage) for stage in stages)
    assert list(counts.items()) == [
        (Progress.VALIDATED, 2),
        (Progress.SUBMITTED, 1),
        (Progress.RETURNED, 1),
        (Progress.DRAFT, 1),
        (Progress.MISSING, 1),
    ]
    assert campaigns.waiting(counts) == 3


@pytest.mark.parametrize(
    ("today", "reminded", "is_planned"),
    [
        (date(2026, 11, 19), [], False),
        (date(2026, 11, 20), [], True),
        (date(2026, 11, 20), [date(2026, 11, 20)], True),  # the others that day; nobody twice, which the store sees to
        (date(2026, 11, 23), [], True),  # the machine slept
        (date(2026, 11, 23), [date(2026, 11, 20)], False),
        (date(2026, 11, 23), [date(2026, 11, 21)], False),
        (date(2026, 11, 24), [], False),  # out of date
    ],
)
def test_a_planned_reminder_leaves_on_its_day_or_within_three_days_if_none_did(today, reminded, is_planned):
    assert campaigns.planned(OPEN, reminded, today) is is_planned


def test_a_closed_campaign_reminds_nobody():
    closed = replace(OPEN, closed_at=datetime(2026, 11, 19, tzinfo=UTC))
    assert not campaigns.planned(closed, [], date(2026, 11, 20))


@pytest.mark.parametrize(
    ("until", "code"),
    [
        (TODAY, None),
        (TODAY + timedelta(days=60), None),
        (TODAY - timedelta(days=1), ProblemCode.UNTIL_IN_PAST),
        (TODAY + timedelta(days=61), ProblemCode.UNTIL_TOO_FAR),
    ],
)
def test_an_indicator_is_given_back_for_sixty_days_at_most(until, code):
    assert [problem.code for problem in campaigns.reopening_faults(until, TODAY)] == ([code] if code else [])


def test_a_campaign_is_read_in_one_line():
    counts = {Progress.VALIDATED: 41, Progress.SUBMITTED: 8, Progress.MISSING: 9}
    told = campaign_reading(OPEN, counts, TODAY).replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")
    assert told == "41 relevés sur 58 sont validés ; 8 attendent d'être validés ; 9 manquent ; il reste 12 jours."
    assert "c’est le dernier jour" in campaign_reading(OPEN, counts, DUE)
    assert "passée de 1\u00a0jour" in campaign_reading(OPEN, counts, DUE + timedelta(days=1))
    assert "jour" not in campaign_reading(replace(OPEN, closed_at=OPEN.opened_at), counts, TODAY)


def test_a_letter_names_twenty_indicators_and_counts_the_others():
    owed = [language.Bilingual(f"Indicateur {n}", f"Indicator {n}") for n in range(23)]
    subject, body = reminder_letter("Alix", "Ville", 2025, DUE, TODAY, owed, "https://x.example/ville/saisie/2025")
    assert "23\u00a0relevés" in subject
    assert "- Indicateur 19\n" in body
    assert "Indicateur 20" not in body
    assert "- et 3\u00a0autres\n" in body
    assert "https://x.example/ville/saisie/2025\n" in body
    assert "4 décembre 2026" in body
