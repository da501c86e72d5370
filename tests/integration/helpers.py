"""What several integration tests look at: every row of a database, and a few shorthands."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from tracker.domain.vocabulary import Role
from tracker.services import demonstration, followings
from tracker.services.visitor import enter
from tracker.store.models import Base, JournalEntry, Measurement
from tracker.store.queries import accounts
from tracker.store.queries import followings as following_rows
from tracker.store.session import Database

Rows = Mapping[str, Sequence[tuple[Any, ...]]]


def everything(database: Database, *, leaving_out: Sequence[str] = ()) -> Rows:
    """Give every row of every table, in the order of the primary key."""
    with database.reading() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))]
            for table in Base.metadata.sorted_tables
            if table.name not in leaving_out
        }


def number_of(database: Database, model: type[Base]) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def follow_nothing(database: Database) -> None:
    """Have the town's official leave what the demonstration has them follow, for a test that begins with nothing."""
    with database.transaction() as session:
        account = accounts.by_email(session, demonstration.address(Role.ELU))
        assert account is not None
        official = enter(session, account, demonstration.SLUG)
        for _, code in following_rows.of_account(session, account.id, official.organisation.id):
            followings.follow(session, official, code, "non")


def written(database: Database) -> tuple[int, int]:
    """Count the values and the journal lines: what a refused request must leave as it was."""
    return number_of(database, Measurement), number_of(database, JournalEntry)
