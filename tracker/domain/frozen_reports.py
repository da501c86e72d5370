"""Frozen reports: where a version stands for strangers on a day, and what differs from one version to another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.publications import PublicationState
from tracker.domain.vocabulary import Role

Row = Mapping[str, object]
"""A row of a table of the report, by the names of its columns; None where a cell is empty."""
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class ReportAct:
    """A decision on what strangers read of a version: from the day ``on`` on, or from it on no more."""

    on: date
    is_withdrawn: bool
    note: str
    recorded_at: datetime


def standing(acts: Sequence[ReportAct], today: date) -> PublicationState:
    """Say where a version stands for whoever decides; ``acts`` are oldest first."""
    if not acts:
        return PublicationState.UNPUBLISHED
    last = acts[-1]
    if not last.is_withdrawn:
        return PublicationState.VISIBLE if last.on <= today else PublicationState.PLANNED
    was_read = any(not one.is_withdrawn and one.on <= last.on for one in acts[:-1])
    return PublicationState.WITHDRAWN if was_read else PublicationState.UNPUBLISHED


def shown(acts: Sequence[ReportAct], today: date) -> PublicationState:
    """Say where a version stands for strangers, to whom what is planned does not exist."""
    known = [one for one in acts if one.is_withdrawn or one.on <= today]
    return standing(known, today)


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that is not the same in two tables: the key of its row, its column, what it was and what it is."""

    key: Key
    field: str
    before: object
    after: object


def changes(before: Iterable[Row], after: Iterable[Row], key: Sequence[str], fields: Sequence[str]) -> list[Change]:
    """List the cells of ``fields`` that differ in the rows that both tables have, in the order of the second.

    The first row of a key speaks for it, as a table may tell the same thing on several rows. A column that one of the
    tables has not, because a release added it since, tells no change.
    """
    was, now = by_key(before, key), by_key(after, key)
    return [
        Change(one, field, was[one][field], row[field])
        for one, row in now.items()
        if one in was
        for field in fields
        if field in row and field in was[one] and was[one][field] != row[field]
    ]


def by_key(rows: Iterable[Row], key: Sequence[str]) -> dict[Key, Row]:
    """Give the first row of each key; those whose key is not whole are left out."""
    found: dict[Key, Row] = {}
    for row in rows:
        one = tuple(row.get(name) for name in key)
        if None not in one:
            found.setdefault(one, row)
    return found


@dataclass(frozen=True, slots=True)
class Rectification:
    """A figure or a state that is no longer what a frozen version says, with the reason, the function and the day.

    ``commitment`` and ``indicator`` are names as they are read, ``code`` that of the commitment; ``indicator`` is
    empty for the state of a commitment. ``unit`` is the name of the unit. ``role`` is None where nobody is known.
    """

    code: str
    commitment: str
    indicator: str
    unit: str
    field: str
    before: object
    after: object
    reason: str = ""
    role: Role | None = None
    at: datetime | None = None
