"""Reuse: the statutory rate, a flow over a stock, and the shares that say on how much they rest."""

from datetime import date
from decimal import Decimal

import pytest

from tracker.domain.estate import Destination, EquipmentCategory, EquipmentOrigin
from tracker.domain.reuse import (
    STATUTORY,
    Disposal,
    destinations,
    reconditioned,
    repairability,
    reuse_rate,
    sent_to_reuse,
    waiting,
)

LAPTOP, COPIER = EquipmentCategory.LAPTOP, EquipmentCategory.COPIER
SPRING = date(2025, 4, 1)


@pytest.mark.parametrize(
    ("flow", "stock", "rate"), [(50, 200, "25"), (1, 3, "33.333333"), (300, 200, "150"), (0, 10, "0")]
)
def test_the_rate_of_reuse_is_a_flow_over_a_stock_and_may_exceed_a_hundred(flow, stock, rate):
    assert reuse_rate(flow, stock) == Decimal(rate)


def test_an_empty_stock_has_no_rate():
    assert reuse_rate(5, 0) is None


def test_only_what_is_given_or_sold_in_the_year_is_sent_to_reuse():
    disposals = [Disposal(LAPTOP, SPRING, where, 1) for where in (*Destination, None)]
    others = [
        Disposal(LAPTOP, date(2024, 12, 31), Destination.GIVEN, 10),
        Disposal(COPIER, SPRING, Destination.SOLD, 10),
        Disposal(LAPTOP, None, Destination.GIVEN, 10),
    ]
    assert sent_to_reuse([*disposals, *others], 2025) == 2
    assert COPIER not in STATUTORY


def test_what_waits_was_retired_before_the_year_and_went_nowhere():
    disposals = [
        Disposal(LAPTOP, date(2024, 12, 31), None, 4),
        Disposal(LAPTOP, date(2025, 1, 1), None, 8),
        Disposal(LAPTOP, date(2020, 1, 1), Destination.RECYCLED, 16),
        Disposal(LAPTOP, None, None, 32),
    ]
    assert waiting(disposals, 2025) == 4


def test_the_exits_of_a_year_are_told_by_where_they_went():
    disposals = [
        Disposal(LAPTOP, SPRING, None, 3),
        Disposal(LAPTOP, SPRING, Destination.SOLD, 2),
        Disposal(COPIER, SPRING, Destination.SOLD, 1),
        Disposal(LAPTOP, date(2023, 1, 1), Destination.GIVEN, 9),
    ]
    assert destinations(disposals, 2025) == {Destination.SOLD: 3, None: 3}


def test_the_share_reconditioned_leaves_gifts_out_and_says_what_it_covers():
    found = reconditioned(
        {
            EquipmentOrigin.NEW: 30,
            EquipmentOrigin.RECONDITIONED: 10,
            EquipmentOrigin.GIFT: 99,
            EquipmentOrigin.UNKNOWN: 60,
        }
    )
    assert (found.percent, found.coverage) == (25, 40)
    nothing = reconditioned({EquipmentOrigin.UNKNOWN: 5})
    assert (nothing.percent, nothing.coverage) == (None, 0)


def test_the_mean_index_counts_the_pieces_that_have_one():
    found = repairability({Decimal("8.2"): 1, Decimal("6.1"): 2, None: 7})
    assert (found.n, found.whole, found.mean) == (3, 10, Decimal("6.8"))
    assert repairability({}).mean is None
