"""The footprint of a few pieces of equipment, and of one device for a year: the formula, by the product's own steps."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from tracker.domain.estate import EquipmentCategory, EquipmentState
from tracker.domain.factors import FactorTable, Span
from tracker.domain.footprint import Accounting, Amount, Footprint, Holding, counted, held, weigh


def assess(
    holdings: Iterable[Holding],
    amounts: Sequence[Amount],
    table: FactorTable,
    year: int,
    on: date,
    *,
    accounting: Accounting = Accounting.STOCK,
    electricity: int | None = None,
) -> Footprint:
    """Count the estate as it stood ``on`` a day of ``year``, and `weigh` it, by the ``electricity`` of another year."""
    found = weigh(counted(holdings, table, year, on), amounts, table, year, on, accounting=accounting)
    return found if electricity is None else held(found, table, electricity)


def device_year(
    table: FactorTable, category: EquipmentCategory, year: int, *, life: Decimal | None = None
) -> Span | None:
    """Give the kgCO2e of one device in one year, E / L + P × h × EF(year); ``life`` stands in for that of the table."""
    own = table if life is None else table.with_lives({category: life})
    on = date(year, 12, 31)
    one = Holding(category, on, None, EquipmentState.IN_USE)
    return assess([one], (), own, year, on).carbon
