"""Equipment of an organisation: what is in it, counted, listed a page at a time, or read from end to end."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from tracker.domain.estate import EquipmentCategory, EquipmentOrigin, EquipmentState
from tracker.store.models import Equipment
from tracker.store.plain import plain, plainly

READ_AT_ONCE = 2_000
CHANGED_AT_ONCE = 5_000
SEARCHED = (Equipment.model, Equipment.maker, Equipment.key, Equipment.note, Equipment.read_category)
KNOWN_START = or_(
    Equipment.started_on.is_not(None),
    Equipment.delivered_on.is_not(None),
    Equipment.purchased_on.is_not(None),
    Equipment.ordered_on.is_not(None),
)
CONTENT = (
    "source",
    "key",
    "category",
    "quantity",
    "model",
    "maker",
    "origin",
    "state",
    "ordered_on",
    "purchased_on",
    "delivered_on",
    "started_on",
    "retired_on",
    "destination",
    "warranty_months",
    "repairability",
    "note",
)
"""What a record and a row say by the same names; the department is a code in one, a number in the other."""
COLUMNS: tuple[InstrumentedAttribute[Any], ...] = (
    Equipment.id,
    Equipment.version,
    Equipment.department_id,
    *(getattr(Equipment, name) for name in CONTENT),
)
"""The number, the version and the department of a line, then its content."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A word that is looked for, whatever its accents and capitals, and the categories that are called by it."""

    text: str
    categories: frozenset[EquipmentCategory] = frozenset()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What equipment is narrowed to; None for all. ``words`` are all to be found in what it is called.

    ``department_id`` 0 asks for what no department has; ``numbers`` for those and no others; ``read_category`` and
    ``read_state`` for what was read from one of these words, ``is_in_estate`` for what is not left out.
    """

    category: EquipmentCategory | None = None
    state: EquipmentState | None = None
    origin: EquipmentOrigin | None = None
    department_id: int | None = None
    words: tuple[Sought, ...] = ()
    numbers: tuple[int, ...] | None = None
    read_category: tuple[str, ...] | None = None
    read_state: tuple[str, ...] | None = None
    is_in_estate: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """How many pieces of a category are in a state, of them with a known start, and retired since a day."""

    category: EquipmentCategory
    state: EquipmentState
    pieces: int
    dated: int
    retired: int


def exist(session: Session, organisation_id: int) -> bool:
    """Tell whether the organisation has any equipment."""
    return session.scalar(select(Equipment.id).where(Equipment.organisation_id == organisation_id).limit(1)) is not None


def counts(session: Session, organisation_id: int, since: date, until: date) -> Sequence[Count]:
    """Count the pieces of equipment by category and state; ``retired`` from ``since`` to ``until``, both included."""
    is_retired = and_(Equipment.retired_on >= since, Equipment.retired_on <= until)
    rows = session.execute(
        select(
            Equipment.category,
            Equipment.state,
            func.sum(Equipment.quantity),
            func.sum(case((KNOWN_START, Equipment.quantity), else_=0)),
            func.sum(case((is_retired, Equipment.quantity), else_=0)),
        )
        .where(Equipment.organisation_id == organisation_id)
        .group_by(Equipment.category, Equipment.state)
    )
    return [Count(category, state, *map(int, numbers)) for category, state, *numbers in rows]


def total(session: Session, organisation_id: int, wanted: Wanted) -> tuple[int, int]:
    """Count the lines that are wanted, and the pieces that they stand for."""
    lines, pieces = session.execute(
        select(func.count(Equipment.id), func.coalesce(func.sum(Equipment.quantity), 0)).where(
            *_conditions(organisation_id, wanted)
        )
    ).one()
    return lines, int(pieces)


def page(session: Session, organisation_id: int, wanted: Wanted, *, skip: int, limit: int) -> Sequence[Row[Any]]:
    """List the `COLUMNS` of ``limit`` lines after the ``skip`` latest ones."""
    found = (
        select(Equipment.id)
        .where(*_conditions(organisation_id, wanted))
        .order_by(Equipment.id.desc())
        .offset(skip)
        .limit(limit)
    )
    numbers = session.scalars(found).all()
    return session.execute(select(*COLUMNS).where(Equipment.id.in_(numbers)).order_by(Equipment.id.desc())).all()


def everything(session: Session, organisation_id: int, wanted: Wanted, *, locked: bool = False) -> Iterator[Row[Any]]:
    """Read the `COLUMNS` of all that is wanted, the first recorded first, without holding it all.

    ``locked`` keeps others from changing it until the transaction ends.
    """
    query = select(*COLUMNS).where(*_conditions(organisation_id, wanted)).order_by(Equipment.id)
    query = query.with_for_update() if locked else query
    yield from session.execute(query.execution_options(yield_per=READ_AT_ONCE))


def change(session: Session, organisation_id: int, numbers: Sequence[int], values: Mapping[str, Any]) -> None:
    """Give the lines of ``numbers`` the same ``values``, by column, each in its next version."""
    for start in range(0, len(numbers), CHANGED_AT_ONCE):
        session.execute(
            update(Equipment)
            .where(
                Equipment.organisation_id == organisation_id,
                Equipment.id.in_(numbers[start : start + CHANGED_AT_ONCE]),
            )
            .values(**values, version=Equipment.version + 1),
            execution_options={"synchronize_session": False},
        )


def row(session: Session, organisation_id: int, number: int, *, locked: bool = False) -> Equipment | None:
    """Find one line of an organisation; ``locked`` keeps others from changing it until the transaction ends."""
    query = select(Equipment).where(Equipment.organisation_id == organisation_id, Equipment.id == number)
    return session.scalar(query.with_for_update() if locked else query)


def _conditions(organisation_id: int, wanted: Wanted) -> Collection[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Equipment.organisation_id == organisation_id]
    for column, value in (
        (Equipment.category, wanted.category),
        (Equipment.state, wanted.state),
        (Equipment.origin, wanted.origin),
    ):
        if value is not None:
            found.append(column == value)
    if wanted.department_id is not None:
        found.append(Equipment.department_id == (wanted.department_id or None))
    if wanted.numbers is not None:
        found.append(Equipment.id.in_(wanted.numbers))
    for read, written in ((Equipment.read_category, wanted.read_category), (Equipment.read_state, wanted.read_state)):
        if written is not None:
            found.append(read.in_(written))
    if wanted.is_in_estate:
        found.append(Equipment.state != EquipmentState.LEFT_OUT)
    return [*found, *(_is_called(word) for word in wanted.words)]


def _is_called(word: Sought) -> ColumnElement[bool]:
    """Find a word anywhere in what a line is called: no word goes over the end of a line, where two texts meet."""
    called: ColumnElement[str] = SEARCHED[0].expression
    for column in SEARCHED[1:]:
        called = called.concat("\n").concat(column)
    is_said = plain(called).contains(plainly(word.text), autoescape=True)
    return or_(is_said, Equipment.category.in_(word.categories)) if word.categories else is_said
