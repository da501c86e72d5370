"""Reading an estate of 200,000 pieces: its lifetimes, its footprint and a scenario of it, cold and then kept."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from benchmarks.server import PASSWORD
from tracker.config.paths import bundled
from tracker.domain.estate import Destination, EquipmentCategory, EquipmentOrigin, EquipmentState
from tracker.domain.footprint import Accounting
from tracker.domain.vocabulary import Role
from tracker.services import carbon, demonstration, instance, lifetimes, scenarios
from tracker.services.visitor import Visitor, acting_as
from tracker.store.models import Equipment
from tracker.store.session import Database

PIECES = 200_000
TODAY = date(2026, 11, 22)
YEAR = 2025
HOME = "marseille"
_FIRST = date(2012, 1, 1)
_SLICE = 20_000
Reading = Callable[[Session, Visitor], object]


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of a processor: a first reading, the same again, and having the database add all the rows up."""

    name: str
    cold: float
    kept: float
    reference: float


READINGS: dict[str, Reading] = {
    "lifetimes": lambda session, visitor: lifetimes.of_year(session, visitor, YEAR, TODAY),
    "footprint": lambda session, visitor: carbon.carbon_year(session, visitor, YEAR, Accounting.STOCK, TODAY),
    "scenario": lambda session, visitor: scenarios.tried(session, visitor, {"laptop.vie": "7"}, TODAY),
}


def costs(pieces: int = PIECES) -> Iterator[Cost]:
    """Give what each reading of an estate of single pieces takes on SQLite, in a process that knows nothing of it."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(folder) / 'estate.sqlite3'}"
        first = Database(address)
        instance.initialise(first, bundled("seeds"), demo=True, password=PASSWORD)
        with first.transaction() as session:
            home = acting_as(session, HOME, demonstration.address(Role.REFERENT)).organisation
            fill(session, home.id, pieces)
        first.dispose()
        for name, reading in READINGS.items():
            database = Database(address)
            reference = min(_timed(database, _scan) for _ in range(3))
            cold = _timed(database, reading)
            yield Cost(name, cold, min(_timed(database, reading) for _ in range(3)), reference)
            database.dispose()


def fill(session: Session, organisation_id: int, pieces: int) -> None:
    """Write an estate of single pieces: one day in ten is not told, four pieces in ten are gone."""
    drawn = random.Random(1)  # noqa: S311 - an invented estate
    categories = list(EquipmentCategory)
    for begun in range(0, pieces, _SLICE):
        rows = [_piece(drawn, organisation_id, categories) for _ in range(min(_SLICE, pieces - begun))]
        session.execute(insert(Equipment), rows)


def _piece(drawn: random.Random, organisation_id: int, categories: list[EquipmentCategory]) -> dict[str, object]:
    start = _FIRST + timedelta(days=drawn.randrange(5_400))
    end = start + timedelta(days=drawn.randrange(1_000, 3_000))
    is_gone = end < TODAY
    return {
        "organisation_id": organisation_id,
        "category": drawn.choice(categories),
        "quantity": 1,
        "origin": drawn.choice(list(EquipmentOrigin)),
        "state": EquipmentState.RETIRED if is_gone else EquipmentState.IN_USE,
        "started_on": start if drawn.random() < 0.9 else None,
        "retired_on": end if is_gone else None,
        "destination": drawn.choice(list(Destination)) if is_gone else None,
        "note": "",
        "recorded_at": datetime(2026, 1, 1, tzinfo=UTC),
    }


def _scan(session: Session, visitor: Visitor) -> object:
    """Have the database add all the pieces up by category: what any reading of an estate must at least do."""
    query = select(Equipment.category, func.sum(Equipment.quantity))
    return session.execute(
        query.where(Equipment.organisation_id == visitor.organisation.id).group_by(Equipment.category)
    ).all()


def _timed(database: Database, reading: Reading) -> float:
    with database.reading() as session:
        visitor = acting_as(session, HOME, demonstration.address(Role.REFERENT))
        began = time.process_time()  # of this process alone: SQLite works in it, and others share the machine
        reading(session, visitor)
        return time.process_time() - began
