"""Means: sums stay in their tax regime, what is shared counts once, what nobody told is not zero."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import plain
from tracker.domain.actions import ActionRecord, Means
from tracker.domain.budget import Sum, totals
from tracker.domain.means import Cost, CostKind, by_axis, by_commitment, by_year, cost_of_action, cost_of_year, total
from tracker.domain.memberships import MembershipRecord, MembershipYearRecord, standings
from tracker.domain.vocabulary import ActionStatus, Axis, TaxRegime

TTC, HT, UNSTATED = TaxRegime
TODAY = date(2026, 11, 22)
AXES = {"A": Axis.SOBRIETY, "B": Axis.ETHICS, "C": Axis.ETHICS}


def cost(code, planned, tax=TTC, *, spent=None, commitments=("A",), year=2025):
    axes = tuple(dict.fromkeys(AXES[one] for one in commitments))
    return Cost(CostKind.ACTION, code, year, code, Sum(planned, tax), Sum(spent, tax), tuple(commitments), axes)


def test_sums_of_two_tax_regimes_stand_side_by_side_and_what_nobody_told_is_counted_not_added():
    found = total([cost("1", Decimal(100)), cost("2", Decimal(50), HT), cost("3", None), cost("4", Decimal(5))])
    assert found.planned == {TTC: Decimal(105), HT: Decimal(50)}
    assert found.spent == {}
    assert (found.count, found.unplanned, found.unspent) == (4, 1, 4)


def test_a_cost_shared_by_two_commitments_shows_with_each_and_counts_once_in_the_total():
    shared, own = cost("1", Decimal(100), commitments=("A", "B")), cost("2", Decimal(10), commitments=("B",))
    assert total([shared, own]).planned == {TTC: Decimal(110)}
    assert total([shared, own, shared]).planned == {TTC: Decimal(110)}
    assert {code: one.planned[TTC] for code, one in by_commitment([shared, own]).items()} == {"A": 100, "B": 110}
    assert {axis: one.planned[TTC] for axis, one in by_axis([shared, own]).items()} == {
        Axis.SOBRIETY: 100,
        Axis.ETHICS: 110,
    }
    assert by_commitment([shared, own])["A"].shared == 1


def test_a_cost_of_two_commitments_of_one_axis_counts_once_in_it_and_one_of_none_stands_apart():
    both, aside = cost("1", Decimal(100), commitments=("B", "C")), cost("2", Decimal(7), commitments=())
    found = by_axis([both, aside])
    assert found[Axis.ETHICS].planned == {TTC: Decimal(100)}
    assert found[None].planned == {TTC: Decimal(7)}


def test_years_are_added_up_apart():
    found = by_year([cost("1", Decimal(1), year=2026), cost("2", Decimal(2))])
    assert {year: one.planned for year, one in found.items()} == {2025: {TTC: 2}, 2026: {TTC: 1}}


def test_a_fee_is_planned_once_decided_spent_once_paid_and_costs_nothing_once_given_up():
    fee = Sum(Decimal(4000), TTC)
    told = (
        MembershipYearRecord(2023, 1, fee, decided_on=date(2023, 1, 9), paid_on=date(2023, 2, 1), commitment="A"),
        MembershipYearRecord(2024, 1, fee, decided_on=date(2024, 1, 9)),
        MembershipYearRecord(2026, 1, fee, is_given_up=True),
    )
    one = MembershipRecord("INR", "Institut", years=told)
    found = [cost_of_year(one, link, AXES) for link in standings(one, TODAY)]
    assert [(each.planned.amount, each.spent.amount) if each else None for each in found] == [
        (Decimal(4000), Decimal(4000)),
        (Decimal(4000), None),
        (None, None),
        None,
    ]
    assert found[0] is not None
    assert found[0].axes == (Axis.SOBRIETY,)


def test_an_action_costs_what_its_plan_says_even_once_dropped():
    means = Means(planned=Decimal(900), spent=Decimal(20), tax=HT)
    action = ActionRecord("ACT-1", 1, "Atelier", ActionStatus.DROPPED, commitments=("A", "B"), means=means)
    found = cost_of_action(action, 2025, AXES)
    assert (found.planned, found.spent) == (Sum(Decimal(900), HT), Sum(Decimal(20), HT))
    assert found.axes == (Axis.SOBRIETY, Axis.ETHICS)
    assert found.is_shared


sums = st.builds(Sum, st.none() | plain, st.sampled_from(TaxRegime))


@given(st.lists(sums))
def test_a_total_never_mixes_two_tax_regimes_and_misses_no_amount(given_sums):
    found = totals(given_sums)
    for regime in TaxRegime:
        own = [one.amount for one in given_sums if one.tax is regime and one.amount is not None]
        assert found.get(regime) == (sum(own, Decimal()) if own else None)


costs = st.lists(
    st.builds(
        cost,
        st.text("abcdef", min_size=1, max_size=3),
        st.none() | plain,
        st.sampled_from(TaxRegime),
        commitments=st.lists(st.sampled_from("ABC"), unique=True, max_size=3),
    )
)


@given(costs)
def test_adding_a_cost_of_one_regime_leaves_the_sums_of_the_others_alone(given_costs):
    for regime in TaxRegime:
        more = cost("more", Decimal(1), regime)
        before, after = total(given_costs).planned, total([*given_costs, more]).planned
        assert {tax: one for tax, one in after.items() if tax is not regime} == {
            tax: one for tax, one in before.items() if tax is not regime
        }
        assert after[regime] == before.get(regime, Decimal()) + 1
