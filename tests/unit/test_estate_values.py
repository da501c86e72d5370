"""Values of the estate: each by its terms, each reason for none, and the extension of SOB-08 by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.estate_values import (
    EstateValue,
    Grown,
    Withheld,
    growth,
    mean_age,
    reuse,
    reused_inside,
    share,
    there,
)
from tracker.domain.lifetimes import Ages
from tracker.domain.reuse import Share


def grown(mean, baseline, in_service):
    return Grown(Decimal(mean), Decimal(baseline), in_service)


def test_a_mean_age_is_given_by_its_terms_and_says_what_it_covers():
    found = mean_age("SOB-06", Ages(3, 4, 4383, Fraction(1461)), Withheld.NOTHING_RETIRED)
    assert (found.value, found.numerator, found.denominator, found.coverage) == (None, 12, 3, 75)


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (mean_age("SOB-06", Ages(), Withheld.NOTHING_RETIRED), Withheld.NOTHING_RETIRED),
        (mean_age("SOB-06", Ages(0, 4), Withheld.NOTHING_RETIRED), Withheld.UNDATED),
        (share("SOB-10", Share(0, 0, 9)), Withheld.NOTHING_DATED),
        (reuse("SOB-11", 5, None), Withheld.STOCK_MISSING),
        (reuse("SOB-11", 5, 0), Withheld.STOCK_EMPTY),
        (reused_inside("SOB-12", 0, 0, 0), Withheld.NOTHING_RETIRED),
        (reused_inside("SOB-12", 2, 1, 9), Withheld.UNKNOWN_DESTINATION),
        (there("SOB-31", Ages()), Withheld.NOTHING_DATED),
        (there("SOB-31", Ages(8, 9)), Withheld.UNDATED),
    ],
)
def test_what_is_not_exactly_known_is_withheld_with_its_reason(found: EstateValue, reason: Withheld):
    assert found.withheld is reason
    assert (found.value, found.numerator, found.denominator) == (None, None, None)


def test_a_count_is_given_only_when_it_counts_everything():
    assert there("SOB-31", Ages(9, 9, 100)).value == 9
    assert reused_inside("SOB-12", 0, 0, 5).value == 0
    assert share("SOB-10", Share(3, 8, 9)).coverage == Decimal("88.888889")
    assert reuse("SOB-11", 300, 200).value == 150


def test_five_to_six_years_is_a_fifth_more_and_two_to_three_is_a_half_more():
    assert growth([grown(6, 5, 100)]) == 20
    assert growth([grown(3, 2, 7)]) == 50
    assert growth([grown("6.25", 5, 100)]) == 25
    assert growth([grown(6, 5, 100), grown(3, 2, 50)]) == 30


def test_without_a_fleet_or_a_baseline_there_is_no_extension():
    assert growth([]) is None
    assert growth([grown(6, 5, 0)]) is None
    assert growth([grown(6, 0, 10)]) is None


@given(st.lists(st.tuples(st.integers(1, 90), st.integers(1, 90), st.integers(1, 9999)), min_size=1, max_size=5))
def test_an_extension_lies_between_those_of_its_categories(drawn):
    parts = [grown(Decimal(mean) / 10, Decimal(base) / 10, count) for mean, base, count in drawn]
    alone = [growth([part]) for part in parts]
    found = growth(parts)
    assert min(alone) - Decimal("0.00001") <= found <= max(alone) + Decimal("0.00001")
