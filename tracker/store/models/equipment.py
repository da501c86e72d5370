"""Equipment: the pieces and lots of the digital estate, and how the words of an inventory are read."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.estate import Destination, EquipmentCategory, EquipmentOrigin, EquipmentState
from tracker.domain.inventories import InventoryScope
from tracker.store.models.base import Base, LongText
from tracker.store.types import Coded


class Equipment(Base):
    """A piece of equipment, or ``quantity`` alike. ``version`` grows with each change; the journal keeps what was.

    ``key`` tells it apart in the inventory ``source``, empty for what was typed here. ``read_category`` and
    ``read_state`` are the words of the inventory, so that a rule that comes later can read them again. ``seen_on`` is
    the day of the last inventory that had it.
    """

    __tablename__ = "equipment"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_counts"),
        Index(
            "ix_equipment_key",
            "organisation_id",
            "source",
            "key",
            unique=True,
            sqlite_where=literal_column("key <> ''"),
            postgresql_where=literal_column("key <> ''"),
        ),
        Index("ix_equipment_organisation_id_id", "organisation_id", "id"),
        Index("ix_equipment_category", "organisation_id", "category", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    version: Mapped[int] = mapped_column(default=1)
    source: Mapped[str] = mapped_column(String(20), default="")
    key: Mapped[str] = mapped_column(String(120), default="")
    category: Mapped[EquipmentCategory] = mapped_column(Coded(EquipmentCategory))
    read_category: Mapped[str] = mapped_column(String(200), default="")
    quantity: Mapped[int] = mapped_column(default=1)
    model: Mapped[str] = mapped_column(String(200), default="")
    maker: Mapped[str] = mapped_column(String(120), default="")
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"), index=True)
    origin: Mapped[EquipmentOrigin] = mapped_column(Coded(EquipmentOrigin), default=EquipmentOrigin.UNKNOWN)
    state: Mapped[EquipmentState] = mapped_column(Coded(EquipmentState), default=EquipmentState.IN_USE)
    read_state: Mapped[str] = mapped_column(String(200), default="")
    ordered_on: Mapped[date | None]
    purchased_on: Mapped[date | None]
    delivered_on: Mapped[date | None]
    started_on: Mapped[date | None]
    retired_on: Mapped[date | None]
    destination: Mapped[Destination | None] = mapped_column(Coded(Destination))
    warranty_months: Mapped[int | None]
    repairability: Mapped[Decimal | None]
    note: Mapped[LongText]
    seen_on: Mapped[date | None]
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]


class EquipmentRule(Base):
    """How a word of an inventory is read: ``field`` is ``category``, ``state`` or ``department``, ``reads_as`` a code.

    ``word`` is written as it is compared: without accents, capitals nor double spaces. The latest rule counts.
    """

    __tablename__ = "equipment_rule"
    __table_args__ = (UniqueConstraint("organisation_id", "field", "word", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    field: Mapped[str] = mapped_column(String(20))
    word: Mapped[str] = mapped_column(String(200))
    version: Mapped[int]
    reads_as: Mapped[str] = mapped_column(String(40))
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]


class EquipmentIntake(Base):
    """An inventory that was sent: what was read of it waits for a confirmation, then its counts stay.

    ``drafts`` hold no person: what names one is dropped while the file is read; once it is confirmed, only the refused
    rows stay in it. ``taken_on`` is the day that the inventory tells of. ``rows`` counts those that were read: created,
    changed, refused, and the others, which said nothing new. ``retired`` counts what had vanished from it.
    """

    __tablename__ = "equipment_intake"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    sha256: Mapped[str] = mapped_column(String(64))
    taken_on: Mapped[date]
    scope: Mapped[InventoryScope] = mapped_column(Coded(InventoryScope))
    drafts: Mapped[bytes] = mapped_column(LargeBinary)
    rows: Mapped[int]
    dated: Mapped[int]
    created: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    retired: Mapped[int] = mapped_column(default=0)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    author: Mapped[str] = mapped_column(String(120))
    sent_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
