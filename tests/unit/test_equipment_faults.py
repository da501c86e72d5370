"""What a piece of equipment cannot say is refused at its own field; what is merely unknown is not."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tracker.domain.equipment_faults import faults
from tracker.domain.errors import ProblemCode
from tracker.domain.estate import Destination, EquipmentCategory, EquipmentRecord, EquipmentState

TODAY = date(2026, 11, 22)
LAPTOP = EquipmentRecord(EquipmentCategory.LAPTOP, started_on=date(2020, 3, 1))
GONE = replace(LAPTOP, state=EquipmentState.RETIRED, retired_on=date(2025, 3, 1), destination=Destination.SOLD)


def refused(record: EquipmentRecord) -> dict[str, ProblemCode]:
    return {one.where: one.code for one in faults(record, TODAY)}


def test_what_nobody_told_is_no_fault():
    assert refused(EquipmentRecord(EquipmentCategory.OTHER)) == {}
    assert refused(replace(GONE, retired_on=None, destination=None, started_on=None)) == {}
    assert refused(LAPTOP) == refused(GONE) == {}


@pytest.mark.parametrize("name", ["ordered_on", "purchased_on", "delivered_on", "started_on", "retired_on"])
def test_a_day_is_of_today_at_the_latest_and_of_1980_at_the_earliest(name: str):
    bare = replace(GONE, started_on=None, retired_on=None)
    assert refused(replace(bare, **{name: TODAY})) == {}
    assert refused(replace(bare, **{name: TODAY + timedelta(days=1)})) == {name: ProblemCode.EQUIPMENT_DAY_TO_COME}
    assert refused(replace(bare, **{name: date(1980, 1, 1)})) == {}
    assert refused(replace(bare, **{name: date(1979, 12, 31)})) == {name: ProblemCode.DATE_TOO_OLD}


@pytest.mark.parametrize("name", ["ordered_on", "purchased_on", "delivered_on", "started_on"])
def test_a_life_does_not_end_before_what_is_told_of_it(name: str):
    bare = replace(GONE, started_on=None)
    assert refused(replace(bare, **{name: GONE.retired_on})) == {}
    after = date(2025, 3, 2)
    assert refused(replace(bare, **{name: after})) == {"retired_on": ProblemCode.RETIRED_BEFORE_START}


def test_nothing_comes_before_its_order_but_an_invoice_may_come_after_the_delivery():
    ordered = replace(LAPTOP, ordered_on=date(2020, 3, 1), delivered_on=date(2020, 3, 2), purchased_on=date(2020, 4, 1))
    assert refused(ordered) == {}
    assert refused(replace(ordered, delivered_on=date(2020, 2, 29))) == {
        "delivered_on": ProblemCode.EQUIPMENT_BEFORE_ORDER
    }


@pytest.mark.parametrize("state", [EquipmentState.IN_USE, EquipmentState.IN_STOCK])
def test_only_what_is_retired_has_a_day_of_retirement_and_a_destination(state: EquipmentState):
    assert refused(replace(GONE, state=state)) == {
        "retired_on": ProblemCode.RETIRED_DAY_UNWANTED,
        "destination": ProblemCode.DESTINATION_UNWANTED,
    }


def test_what_an_inventory_may_say_of_a_warranty_may_be_typed_too():
    assert refused(replace(LAPTOP, warranty_months=600)) == {}


def test_counts_and_indexes_stay_on_their_scale():
    assert refused(replace(LAPTOP, quantity=0, warranty_months=-1, repairability=Decimal("-0.1"))) == dict.fromkeys(
        ("quantity", "warranty_months", "repairability"), ProblemCode.BELOW_MINIMUM
    )
    assert refused(
        replace(LAPTOP, quantity=1_000_001, warranty_months=601, repairability=Decimal("10.1"))
    ) == dict.fromkeys(("quantity", "warranty_months", "repairability"), ProblemCode.ABOVE_MAXIMUM)
    assert refused(replace(LAPTOP, quantity=1_000_000, warranty_months=0, repairability=Decimal(10))) == {}
