"""Renewal: decided, paid, dropped or to renew, year by year."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import make_aim, make_finding
from tests.unit.kinds.helpers import DECIDED, DONE, NOT_DONE, PAID, RENEWAL, TODAY, codes, told, verdict
from tracker.domain.judgement import Judgement, ReasonCode
from tracker.domain.records import Finding
from tracker.domain.vocabulary import Status
from tracker.labels.reasons import reasons


def renewal(*facts: Finding, year: int = 2025, today: date = TODAY, **what: object) -> Judgement:
    return verdict(RENEWAL, year, today, findings=facts, **what)


@pytest.mark.parametrize("state", [PAID, DONE])
def test_a_renewal_paid_is_achieved_and_quotes_the_amount(state):
    said = renewal(make_finding(state, date(2025, 4, 3), year=2025, amount="1200.50"))
    assert told(said) == (Status.ACHIEVED, [ReasonCode.RENEWAL_PAID])
    assert said.reasons[0].values == {"year": 2025, "on": date(2025, 4, 3), "amount": Decimal("1200.50"), "tax": None}


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


def test_nothing_is_owed_after_the_year_that_a_vote_dates_its_renewal():
    decided = make_finding(DECIDED, date(2025, 2, 27), year=2025)
    said = renewal(decided, year=2026, due_on=date(2025, 12, 31))
    assert told(said) == (Status.NOT_APPLICABLE, [ReasonCode.RENEWAL_NOT_ASKED])
    assert reasons(said) == ["Voté pour 2025\u202f; rien n’est à faire pour 2026."]
    assert renewal(decided, year=2025, due_on=date(2025, 12, 31)).status is Status.ON_TRACK


def test_nothing_is_owed_before_the_year_that_a_vote_dates_its_renewal():
    said = renewal(year=2025, due_on=date(2026, 12, 31))
    assert told(said) == (Status.UPCOMING, [ReasonCode.RENEWAL_NOT_ASKED])


def test_what_was_done_without_being_asked_counts():
    fact = make_finding(PAID, date(2026, 3, 1), year=2026)
    assert renewal(fact, year=2026, due_on=date(2025, 12, 31)).status is Status.ACHIEVED


@pytest.mark.parametrize(("today", "status"), [(date(2026, 6, 30), Status.UPCOMING), (TODAY, Status.NOT_MEASURED)])
def test_a_renewal_dated_in_the_year_is_owed_until_its_day(today, status):
    assert renewal(year=2026, today=today, due_on=date(2026, 6, 30)).status is status
