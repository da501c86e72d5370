"""What a piece of equipment cannot say: days to come, a life that ends before it begins, an index out of its scale."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from tracker.domain.errors import Problem, ProblemCode
from tracker.domain.estate import EquipmentRecord, EquipmentState

FIRST_YEAR = 1980
MOST_PIECES = 1_000_000
LONGEST_WARRANTY_MONTHS = 600
BEST_REPAIRABILITY = Decimal(10)
LIFE = ("ordered_on", "purchased_on", "delivered_on", "started_on")
"""The days that a life may be counted from, in the order in which they come."""


def faults(record: EquipmentRecord, today: date) -> tuple[Problem, ...]:
    """Give what is wrong with ``record`` on ``today``, each problem at the name of its field; one a field at most."""
    found: dict[str, Problem] = {}
    for problem in (*_days(record, today), *_retirement(record), *_numbers(record)):
        found.setdefault(problem.where, problem)
    return tuple(found.values())


def _days(record: EquipmentRecord, today: date) -> Iterator[Problem]:
    for name in (*LIFE, "retired_on"):
        on: date | None = getattr(record, name)
        if on is None:
            continue
        if on > today:
            yield Problem(name, ProblemCode.EQUIPMENT_DAY_TO_COME, {"on": on})
        elif on.year < FIRST_YEAR:
            yield Problem(name, ProblemCode.DATE_TOO_OLD, {"year": FIRST_YEAR})
    if record.ordered_on is not None:
        for name in LIFE[1:]:
            on = getattr(record, name)
            if on is not None and on < record.ordered_on:
                yield Problem(name, ProblemCode.EQUIPMENT_BEFORE_ORDER, {"on": record.ordered_on})


def _retirement(record: EquipmentRecord) -> Iterator[Problem]:
    if record.state is not EquipmentState.RETIRED:
        if record.retired_on is not None:
            yield Problem("retired_on", ProblemCode.RETIRED_DAY_UNWANTED)
        if record.destination is not None:
            yield Problem("destination", ProblemCode.DESTINATION_UNWANTED)
    elif record.retired_on is not None:
        latest = max((on for name in LIFE if (on := getattr(record, name)) is not None), default=None)
        if latest is not None and record.retired_on < latest:
            yield Problem("retired_on", ProblemCode.RETIRED_BEFORE_START, {"on": latest})


def _numbers(record: EquipmentRecord) -> Iterator[Problem]:
    bounds: tuple[tuple[str, Decimal | int | None, Decimal | int, Decimal | int], ...] = (
        ("quantity", record.quantity, 1, MOST_PIECES),
        ("warranty_months", record.warranty_months, 0, LONGEST_WARRANTY_MONTHS),
        ("repairability", record.repairability, 0, BEST_REPAIRABILITY),
    )
    for name, value, least, most in bounds:
        if value is not None and value < least:
            yield Problem(name, ProblemCode.BELOW_MINIMUM, {"value": Decimal(value), "bound": Decimal(least)})
        elif value is not None and value > most:
            yield Problem(name, ProblemCode.ABOVE_MAXIMUM, {"value": Decimal(value), "bound": Decimal(most)})
