"""An instance as a whole: its schema, its seeds, and what is wrong with it."""

from dataclasses import dataclass
from pathlib import Path

from tracker.services import demonstration, searches, seeds
from tracker.store import schema
from tracker.store.queries import organisations
from tracker.store.session import Database


@dataclass(frozen=True, slots=True)
class Initialised:
    """What ``initialise`` did: how many seed documents were new, and the demonstration password if made."""

    added: int
    password: str | None


def initialise(database: Database, folder: Path, *, demo: bool, password: str | None) -> Initialised:
    """Bring the schema up and add what is missing of the seeds, in one transaction; twice changes nothing."""
    schema.upgrade(database)
    with database.transaction() as session:
        added = seeds.load(session, folder, skip=demonstration.SLUG)
        outcome = demonstration.set_up(session, folder / demonstration.SLUG, password) if demo else None
        for organisation in organisations.everything(session):  # those of an older version have no index yet
            searches.index(session, organisation)
    return Initialised(added, outcome.password if outcome else None)


def is_current(database: Database) -> bool:
    """Tell whether the schema is the one that this code expects."""
    return schema.current(database) == schema.head()
