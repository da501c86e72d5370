"""Memberships: what is known of each year, what is not, and by when the next fee is to be decided."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_finding
from tracker.domain.budget import Sum
from tracker.domain.memberships import (
    MembershipRecord,
    MembershipState,
    MembershipYearRecord,
    commitment_of,
    due_on,
    renewals,
    standings,
    state,
    with_facts,
)
from tracker.domain.vocabulary import FindingState, TaxRegime

PAID, DECIDED, GIVEN_UP, UNKNOWN, TO_RENEW = MembershipState
TODAY = date(2026, 11, 22)
VOTE = date(2025, 2, 27)


def year(number, **told):
    return MembershipYearRecord(number, version=1, **told)


def membership(*years, code="INR"):
    return MembershipRecord(code, "Institut", years=years)


def chain(*years, today=TODAY):
    return [(one.year.year, one.state, one.due_on) for one in standings(membership(*years), today)]


# States


def test_a_year_is_what_is_told_of_it_and_a_past_year_of_which_nothing_is_told_is_unknown_never_lapsed():
    assert state(year(2025, decided_on=VOTE, paid_on=date(2025, 4, 1)), TODAY) is PAID
    assert state(year(2025, decided_on=VOTE), TODAY) is DECIDED
    assert state(year(2025, decided_on=VOTE, is_given_up=True), TODAY) is GIVEN_UP
    assert state(year(2025), TODAY) is UNKNOWN
    assert state(year(2026), TODAY) is TO_RENEW
    assert state(year(2027), TODAY) is TO_RENEW


def test_a_fact_dated_after_the_day_counts_nowhere():
    paid = year(2025, decided_on=VOTE, paid_on=date(2025, 4, 1))
    assert state(paid, date(2025, 3, 1)) is DECIDED
    assert state(paid, date(2025, 1, 1)) is TO_RENEW


# By when


def test_a_fee_is_to_be_decided_before_the_year_begins_unless_its_own_day_was_told():
    assert due_on(year(2026)) == date(2025, 12, 31)
    assert due_on(year(2026, renew_before=date(2026, 3, 31))) == date(2026, 3, 31)


def test_the_chain_runs_from_the_first_year_told_to_the_next_one_with_the_years_that_nobody_told():
    first, last = year(2023, decided_on=date(2023, 10, 12)), year(2025, decided_on=VOTE)
    assert chain(first, last, today=date(2025, 6, 1)) == [
        (2023, DECIDED, date(2022, 12, 31)),
        (2024, UNKNOWN, date(2023, 12, 31)),
        (2025, DECIDED, date(2024, 12, 31)),
        (2026, TO_RENEW, date(2025, 12, 31)),
    ]
    assert [told[:2] for told in chain(first, last)][-2:] == [(2026, TO_RENEW), (2027, TO_RENEW)]


def test_nothing_is_to_renew_after_a_year_that_was_given_up_and_nothing_is_known_without_any_year():
    assert chain(year(2024, decided_on=date(2023, 12, 1)), year(2025, is_given_up=True))[-1][:2] == (2025, GIVEN_UP)
    assert chain() == []


def test_renewals_come_next_due_first_and_say_which_are_past_and_which_are_near():
    one = membership(year(2025, decided_on=VOTE), year(2026, renew_before=date(2027, 3, 1)))
    other = membership(year(2025, decided_on=VOTE), code="RTI")
    found = renewals([one, other], TODAY)
    assert [(due.membership.code, due.year.year, due.on) for due in found] == [
        ("RTI", 2026, date(2025, 12, 31)),
        ("INR", 2027, date(2026, 12, 31)),
        ("RTI", 2027, date(2026, 12, 31)),
        ("INR", 2026, date(2027, 3, 1)),
    ]
    assert [due.is_past(TODAY) for due in found] == [True, False, False, False]
    assert [due.is_near(TODAY) for due in found] == [True, True, True, False]
    assert all(due.year.fee.amount is None for due in found)


# What findings say


def fact(told, on, amount=None, tax=None, of=2025):
    return make_finding(told, on, year=of, amount=amount, tax=tax)


def test_findings_on_the_commitment_speak_over_what_was_written_here():
    own = year(2025, fee=Sum(Decimal(10), TaxRegime.EXCLUSIVE), decided_on=date(2025, 1, 1), served="Formations")
    decided = fact(FindingState.DECIDED, VOTE, 4000, TaxRegime.INCLUSIVE)
    paid = fact(FindingState.PAID, date(2025, 4, 1))
    found = with_facts(own, [paid, decided])
    assert (found.decided_on, found.paid_on) == (VOTE, date(2025, 4, 1))
    assert found.fee == Sum(Decimal(4000), TaxRegime.INCLUSIVE)
    assert found.served == "Formations"
    assert with_facts(own, [fact(FindingState.PAID, VOTE, of=2024)]) == own


def test_the_latest_finding_tells_whether_a_year_was_given_up():
    gone = fact(FindingState.NOT_DONE, date(2025, 6, 1))
    back = fact(FindingState.PAID, date(2025, 7, 1))
    assert state(with_facts(year(2025), [fact(FindingState.DECIDED, VOTE), gone]), TODAY) is GIVEN_UP
    assert state(with_facts(year(2025, is_given_up=True), [gone, back]), TODAY) is PAID


def test_a_year_that_nobody_wrote_is_told_by_the_commitment_of_the_last_linked_year_before_it():
    years = [year(2023, commitment="A"), year(2025, commitment="B"), year(2026)]
    assert [commitment_of(years, one) for one in (2022, 2023, 2024, 2025, 2026, 2027)] == ["", "A", "A", "B", "", "B"]


# For all memberships

days = st.none() | st.dates(date(2019, 1, 1), date(2030, 12, 31))
told_years = st.builds(
    year, st.integers(2020, 2028), decided_on=days, paid_on=days, renew_before=days, is_given_up=st.booleans()
)
memberships = st.lists(told_years, max_size=6, unique_by=lambda one: one.year).map(
    lambda years: membership(*sorted(years, key=lambda one: one.year))
)


@given(memberships, st.dates(date(2019, 1, 1), date(2030, 12, 31)))
def test_a_chain_misses_no_year_and_says_nothing_that_was_not_told(one, today):
    found = standings(one, today)
    years = [link.year.year for link in found]
    assert years == list(range(years[0], years[-1] + 1)) if years else not one.years
    for link in found:
        assert link.year in {*one.years, MembershipYearRecord(link.year.year)}
        if not link.year.version:
            assert link.state in {UNKNOWN, TO_RENEW}
        assert (link.state is UNKNOWN) <= (link.year.year < today.year)
