"""The digital estate, as plain values: each piece or lot of equipment, and how long it stayed in service."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class EquipmentCategory(StrEnum):
    """What a piece of equipment is, as finely as lifetimes and factors tell categories apart."""

    LAPTOP = "laptop"
    DESKTOP = "desktop"
    MONITOR = "monitor"
    SMARTPHONE = "smartphone"
    BASIC_PHONE = "basic_phone"
    TABLET = "tablet"
    PRINTER = "printer"
    COPIER = "copier"
    SERVER = "server"
    NETWORK = "network"
    ACCESS_POINT = "access_point"
    IP_PHONE = "ip_phone"
    PROJECTOR = "projector"
    TELEVISION = "television"
    STORAGE = "storage"
    OTHER = "other"


class EquipmentOrigin(StrEnum):
    """How a piece of equipment came: what nobody told is unknown, never new."""

    NEW = "new"
    RECONDITIONED = "reconditioned"
    GIFT = "gift"
    UNKNOWN = "unknown"


class EquipmentState(StrEnum):
    """Where a piece of equipment is in its life; ``left_out`` for what is none: a virtual machine, a line by mistake.

    What is left out stays in the register and is in no figure.
    """

    IN_STOCK = "in_stock"
    IN_USE = "in_use"
    RETIRED = "retired"
    LEFT_OUT = "left_out"


class Destination(StrEnum):
    """Where a piece of equipment went when it was retired."""

    REUSED_INSIDE = "reused_inside"
    GIVEN = "given"
    SOLD = "sold"
    RECYCLED = "recycled"
    LOST = "lost"


class StartKind(StrEnum):
    """What tells when a piece of equipment began its life, the surest first."""

    STARTED = "started"
    DELIVERED = "delivered"
    PURCHASED = "purchased"
    ORDERED = "ordered"


@dataclass(frozen=True, slots=True)
class EquipmentRecord:
    """A piece of equipment, or ``quantity`` alike; a day that nobody told is None, never guessed.

    ``key`` tells it apart in the inventory that it comes from (``source``), empty for what was typed here.
    ``department`` is a code. ``warranty_months`` counts from the purchase. ``repairability`` is the index out of 10.
    """

    category: EquipmentCategory
    quantity: int = 1
    model: str = ""
    maker: str = ""
    source: str = ""
    key: str = ""
    department: str = ""
    origin: EquipmentOrigin = EquipmentOrigin.UNKNOWN
    state: EquipmentState = EquipmentState.IN_USE
    ordered_on: date | None = None
    purchased_on: date | None = None
    delivered_on: date | None = None
    started_on: date | None = None
    retired_on: date | None = None
    destination: Destination | None = None
    warranty_months: int | None = None
    repairability: Decimal | None = None
    note: str = ""

    @property
    def start(self) -> tuple[StartKind, date] | None:
        """Give the day that its life is counted from, and what tells it: the surest that is known."""
        told = {
            StartKind.STARTED: self.started_on,
            StartKind.DELIVERED: self.delivered_on,
            StartKind.PURCHASED: self.purchased_on,
            StartKind.ORDERED: self.ordered_on,
        }
        return next(((kind, on) for kind, on in told.items() if on is not None), None)


@dataclass(slots=True)  # not frozen: an estate has hundreds of thousands, each made thrice as fast so
class Stay:
    """Pieces of equipment of one life: begun on ``start``, ended on ``end``; either is None where nobody told.

    One that is retired without a day (``is_retired`` and no ``end``) tells nothing of lifetimes, and is counted apart.
    """

    category: EquipmentCategory
    start: date | None
    end: date | None
    is_retired: bool
    count: int = 1
