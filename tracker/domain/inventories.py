"""Inventories as plain values: what a file of equipment says row by row, before its words are settled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tracker.domain.errors import Problem
from tracker.domain.estate import EquipmentCategory, EquipmentOrigin

EARLIEST = date(1980, 1, 1)
"""No piece of equipment that is still counted began before: such a day is a slip, or what a tool writes for none."""


class InventoryScope(StrEnum):
    """What a file of an inventory lists: everything, or one of the lists of GLPI, whose numbers are its own."""

    EVERYTHING = "everything"
    COMPUTERS = "computers"
    MONITORS = "monitors"
    PHONES = "phones"
    PRINTERS = "printers"
    NETWORK = "network"
    PERIPHERALS = "peripherals"


ADMITTED: Mapping[InventoryScope, frozenset[EquipmentCategory]] = {
    InventoryScope.EVERYTHING: frozenset(EquipmentCategory),
    InventoryScope.COMPUTERS: frozenset(
        {
            EquipmentCategory.LAPTOP,
            EquipmentCategory.DESKTOP,
            EquipmentCategory.SERVER,
            EquipmentCategory.TABLET,
            EquipmentCategory.STORAGE,
        }
    ),
    InventoryScope.MONITORS: frozenset(
        {EquipmentCategory.MONITOR, EquipmentCategory.TELEVISION, EquipmentCategory.PROJECTOR}
    ),
    InventoryScope.PHONES: frozenset(
        {
            EquipmentCategory.SMARTPHONE,
            EquipmentCategory.BASIC_PHONE,
            EquipmentCategory.IP_PHONE,
            EquipmentCategory.TABLET,
        }
    ),
    InventoryScope.PRINTERS: frozenset({EquipmentCategory.PRINTER, EquipmentCategory.COPIER}),
    InventoryScope.NETWORK: frozenset(
        {EquipmentCategory.NETWORK, EquipmentCategory.ACCESS_POINT, EquipmentCategory.STORAGE}
    ),
    InventoryScope.PERIPHERALS: frozenset(EquipmentCategory),
}
"""What a word that everybody knows may stand for in each list: « portable » is no laptop in a list of phones."""

SOLE: Mapping[InventoryScope, EquipmentCategory] = {
    InventoryScope.MONITORS: EquipmentCategory.MONITOR,
    InventoryScope.PRINTERS: EquipmentCategory.PRINTER,
    InventoryScope.NETWORK: EquipmentCategory.NETWORK,
}
"""The lists whose pieces are all of one category but for those whose type says another."""


class DateOrder(StrEnum):
    """How days like 03/04/2024 are written."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


class InventoryColumn(StrEnum):
    """The columns of an inventory that are read; all the others are left where they are."""

    IDENTIFIER = "identifier"
    NUMBER = "number"
    KIND = "kind"
    TYPE = "type"
    STATE = "state"
    DEPARTMENT = "department"
    MAKER = "maker"
    MODEL = "model"
    QUANTITY = "quantity"
    ORIGIN = "origin"
    WARRANTY = "warranty"
    ORDERED = "ordered"
    PURCHASED = "purchased"
    DELIVERED = "delivered"
    STARTED = "started"
    RETIRED = "retired"


class InventoryDraft(NamedTuple):
    """A row that can be kept: its number in the file, its key, its words as they are written, and what it says.

    ``kind`` is the list of GLPI that it comes from, where the file or whoever sent it says so. ``twin`` is the row that
    has its inventory number under another identifier, 0 for none. None and "" are for what the row does not say. A
    tuple, since an inventory has hundreds of thousands of them.
    """

    row: int
    key: str
    type: str = ""
    kind: str = ""
    state: str = ""
    department: str = ""
    maker: str = ""
    model: str = ""
    quantity: int | None = None
    origin: EquipmentOrigin | None = None
    warranty_months: int | None = None
    ordered_on: date | None = None
    purchased_on: date | None = None
    delivered_on: date | None = None
    started_on: date | None = None
    retired_on: date | None = None
    twin: int = 0

    @property
    def start(self) -> date | None:
        """Give the day that its life is counted from, as ``EquipmentRecord.start`` does."""
        return self.started_on or self.delivered_on or self.purchased_on or self.ordered_on

    @property
    def category_word(self) -> str:
        """Give the word that tells its category: its type, else the list that it comes from."""
        return self.type or self.kind


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One thing wrong with a row: the letter of the column ("" for the whole row), its heading, and what."""

    column: str
    heading: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that is left out, and why; ``key`` where it has one: it was seen, so it did not vanish."""

    row: int
    key: str
    problems: tuple[CellProblem, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of a file before its rows: shown to whoever sent it.

    ``columns`` gives the heading of each column that is read, ``ignored`` the headings that say nothing here,
    ``personal`` those that may name somebody: what stands under them is never kept. ``order`` is None where no day is
    written with its year last.
    """

    encoding: str
    delimiter: str
    language: str
    columns: Mapping[InventoryColumn, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    order: DateOrder | None = None
