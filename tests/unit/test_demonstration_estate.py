"""The invented estate of the demonstration: whole, marked as invented, with likely lives and the gaps of a real one."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import mean

import pytest
import yaml

from tracker.domain.equipment_faults import faults
from tracker.domain.estate import Destination, EquipmentCategory, EquipmentOrigin, EquipmentRecord, EquipmentState
from tracker.services.demonstrated_estate import record

FILE = Path(__file__).resolve().parents[2] / "seeds/demonstration/equipment.yaml"
DAY = date(2026, 6, 30)
KEYS = [
    "category", "quantity", "model", "maker", "department", "origin", "state", "ordered_on", "purchased_on",
    "delivered_on", "started_on", "retired_on", "destination", "warranty_months", "repairability",
]  # fmt: skip
Lots = list[EquipmentRecord]


@pytest.fixture(scope="module")
def lots() -> Lots:
    return [record(one) for one in yaml.safe_load(FILE.read_text(encoding="utf-8"))["lots"]]


def test_each_lot_gives_its_fields_in_order_and_its_names_say_that_they_are_invented():
    for one in yaml.safe_load(FILE.read_text(encoding="utf-8"))["lots"]:
        assert [key for key in KEYS if key in one] == list(one)
        assert one["model"].endswith("(fictif)")
        assert one["maker"].endswith("(fictif)")


def test_nothing_in_the_invented_estate_would_be_refused(lots: Lots):
    assert [one for one in lots if faults(one, DAY)] == []


def test_every_category_origin_state_and_destination_is_there_with_days_that_miss(lots: Lots):
    assert 100 <= len(lots) <= 130
    assert {one.category for one in lots} == set(EquipmentCategory)
    assert {one.origin for one in lots} == set(EquipmentOrigin)
    assert {one.state for one in lots} == set(EquipmentState) - {EquipmentState.LEFT_OUT}  # what is left out is none
    assert {one.destination for one in lots} - {None} == set(Destination)
    retired = [one for one in lots if one.state is EquipmentState.RETIRED]
    missing = Counter(
        start=sum(one.start is None for one in lots),
        end=sum(one.retired_on is None for one in retired),
        destination=sum(one.destination is None for one in retired),
    )
    assert all(missing[name] >= 2 for name in ("start", "end", "destination"))
    assert {one.start[0].value for one in lots if one.start} == {"started", "delivered", "purchased", "ordered"}


@pytest.mark.parametrize(
    ("category", "least", "most"), [("laptop", "4.5", "5.5"), ("smartphone", "2", "3"), ("monitor", "7", "10")]
)
def test_what_was_retired_lived_as_long_as_its_kind_does(lots: Lots, category: str, least: str, most: str):
    lives = [
        (one.retired_on - one.start[1]).days / 365.25
        for one in lots
        if one.category == category and one.retired_on is not None and one.start is not None
        for _ in range(one.quantity)
    ]
    assert Decimal(least) <= mean(lives) <= Decimal(most)
