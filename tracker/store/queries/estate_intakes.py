"""Inventories that were sent, without what was read of them unless it is asked for, and the equipment they tell of."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, Select, Table, bindparam, func, insert, inspect, or_, select, update
from sqlalchemy.orm import Session, defer

from tracker.domain.estate import EquipmentState
from tracker.domain.inventories import InventoryScope
from tracker.store.models import Equipment, EquipmentIntake, Organisation
from tracker.store.queries.slices import slices

SOURCE = "glpi"
"""Where equipment with a key comes from; the list that a key begins with tells the numbers of GLPI apart."""
_TOLD = (
    Equipment.category,
    Equipment.read_category,
    Equipment.quantity,
    Equipment.model,
    Equipment.maker,
    Equipment.department_id,
    Equipment.origin,
    Equipment.state,
    Equipment.read_state,
    Equipment.ordered_on,
    Equipment.purchased_on,
    Equipment.delivered_on,
    Equipment.started_on,
    Equipment.retired_on,
    Equipment.destination,
    Equipment.warranty_months,
)
TOLD = tuple(column.key for column in _TOLD)
"""What an inventory tells of a piece of equipment, in the order of the rows that ``stored`` gives."""
_TABLE = cast("Table", inspect(Equipment).local_table)


def by_number(
    session: Session, organisation_id: int, number: int, *, for_update: bool = False
) -> EquipmentIntake | None:
    """Find an inventory of an organisation; ``for_update`` makes others who ask so wait (SQLite has one writer)."""
    query = select(EquipmentIntake).where(
        EquipmentIntake.id == number, EquipmentIntake.organisation_id == organisation_id
    )
    if for_update:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalar(query)


def latest(session: Session, organisation_id: int, limit: int) -> Sequence[EquipmentIntake]:
    """List the latest inventories of an organisation, latest first, without what was read of them."""
    query = (
        select(EquipmentIntake)
        .options(defer(EquipmentIntake.drafts))
        .where(EquipmentIntake.organisation_id == organisation_id)
    )
    return session.scalars(query.order_by(EquipmentIntake.id.desc()).limit(limit)).all()


def waiting(session: Session, organisation_id: int) -> Sequence[EquipmentIntake]:
    """List the inventories that can still be confirmed, latest first, without what was read of them."""
    query = (
        select(EquipmentIntake)
        .options(defer(EquipmentIntake.drafts))
        .where(
            EquipmentIntake.organisation_id == organisation_id,
            EquipmentIntake.confirmed_at.is_(None),
            func.length(EquipmentIntake.drafts) > 0,
        )
    )
    return session.scalars(query.order_by(EquipmentIntake.id.desc())).all()


def empty(session: Session, organisation_id: int, sent_before: datetime, numbers: Collection[int]) -> None:
    """Forget what was read of what was never confirmed: sent before a moment, or among ``numbers``."""
    session.execute(
        update(EquipmentIntake)
        .where(
            EquipmentIntake.organisation_id == organisation_id,
            EquipmentIntake.confirmed_at.is_(None),
            or_(EquipmentIntake.sent_at < sent_before, EquipmentIntake.id.in_(numbers)),
        )
        .values(drafts=b"")
    )


def last_confirmed(session: Session, organisation_id: int) -> int:
    """Give the number of the inventory that was confirmed last, 0 for none."""
    query = select(EquipmentIntake.id).where(
        EquipmentIntake.organisation_id == organisation_id, EquipmentIntake.confirmed_at.is_not(None)
    )
    return session.scalar(query.order_by(EquipmentIntake.confirmed_at.desc(), EquipmentIntake.id.desc()).limit(1)) or 0


def last_day(session: Session, organisation_id: int, scope: InventoryScope) -> date | None:
    """Give the latest day of the inventories that were confirmed and listed some of what ``scope`` lists."""
    query = select(func.max(EquipmentIntake.taken_on)).where(
        EquipmentIntake.organisation_id == organisation_id, EquipmentIntake.confirmed_at.is_not(None)
    )
    if scope is not InventoryScope.EVERYTHING:
        query = query.where(EquipmentIntake.scope.in_([scope, InventoryScope.EVERYTHING]))
    return session.scalar(query)


def lock(session: Session, organisation_id: int) -> None:
    """Make other confirmations for the organisation wait for the end of this one."""
    session.execute(select(Organisation.id).where(Organisation.id == organisation_id).with_for_update())


def stored(session: Session, organisation_id: int, keys: Collection[str]) -> dict[str, Row[Any]]:
    """Give what is stored of the equipment with some keys.

    A row is what ``TOLD`` names, then id, key, version, recorded_at, seen_on.
    """
    query: Select[*tuple[Any, ...]] = select(
        *_TOLD, Equipment.id, Equipment.key, Equipment.version, Equipment.recorded_at, Equipment.seen_on
    ).where(_is_of_inventories(organisation_id), Equipment.key.in_(keys))
    return {row.key: row for row in session.execute(query)}


def in_service(session: Session, organisation_id: int, scope: InventoryScope) -> Iterator[Row[Any]]:
    """Give what an inventory that lists ``scope`` should show again: id, key, category, model, version and its days."""
    query: Select[*tuple[Any, ...]] = select(
        Equipment.id,
        Equipment.key,
        Equipment.category,
        Equipment.model,
        Equipment.version,
        Equipment.ordered_on,
        Equipment.purchased_on,
        Equipment.delivered_on,
        Equipment.started_on,
    ).where(_is_of_inventories(organisation_id), Equipment.state.in_([EquipmentState.IN_USE, EquipmentState.IN_STOCK]))
    if scope is not InventoryScope.EVERYTHING:
        query = query.where(Equipment.key.startswith(f"{scope}:", autoescape=True))
    yield from session.execute(query.order_by(Equipment.id).execution_options(yield_per=5_000))


def kinds_of_keys(session: Session, organisation_id: int) -> frozenset[tuple[str, str]]:
    """Give the lists of the keys that are stored, and what each is told apart by: ``("computers", "id")``."""
    lists = select(Equipment.key).where(_is_of_inventories(organisation_id))
    found: set[tuple[str, str]] = set()
    for (key,) in session.execute(lists.execution_options(yield_per=5_000)):
        listed, by, _ = key.split(":", 2)
        found.add((listed, by))
    return frozenset(found)


def add(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Store new equipment, all in one statement; the intake that is confirmed with it stamps the organisation."""
    if rows:
        session.execute(insert(_TABLE), rows)


def change(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Change stored equipment, each row by its id, given as ``number``, all in one statement: each says the same."""
    if rows:
        session.execute(update(_TABLE).where(_TABLE.c.id == bindparam("number")), rows)


def see(session: Session, numbers: Collection[int], on: date) -> None:
    """Say that equipment was in the inventory of a day; nothing else of it changes."""
    for some in slices(numbers):
        session.execute(update(_TABLE).where(_TABLE.c.id.in_(some)).values(seen_on=on))


def _is_of_inventories(organisation_id: int) -> ColumnElement[bool]:
    # Said as the partial index of the keys says it, so that it is used.
    return (Equipment.organisation_id == organisation_id) & (Equipment.source == SOURCE) & (Equipment.key != "")
