"""Rows of seed files: a mapping read through the types of its columns, and a row written as a file has it."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, inspect

from tracker.store.models.base import Base
from tracker.store.types import Coded, ExactDecimal

COUNTS = frozenset({"votes_for", "votes_against", "abstentions"})
"""What says something when it is zero."""


def build(model: type[Base], keys: Sequence[str], data: Mapping[str, Any], **extra: Any) -> Any:
    """Make a row of ``model`` from the ``keys`` that ``data`` has, and from ``extra`` as it is."""
    columns = inspect(model).columns
    given = {key: _read(columns[key].type, data[key]) for key in keys if key in data}
    return model(**given, **extra)


def _read(kind: Any, value: Any) -> Any:
    if isinstance(kind, Date):
        return value if isinstance(value, date) else date.fromisoformat(value)
    if isinstance(kind, ExactDecimal):
        return Decimal(value)
    return kind.codes(value) if isinstance(kind, Coded) else value


def day_of(given: Mapping[str, Any], name: str) -> date | None:
    """Read the day that an entry gives as ``name``, None where it gives none."""
    return date.fromisoformat(given[name]) if name in given else None


def dump(row: Base, keys: Sequence[str]) -> dict[str, Any]:
    """Write the columns ``keys`` of a row as a seed file does, without those that say nothing."""
    columns = inspect(type(row)).columns
    told = {}
    for key in keys:
        value = getattr(row, key)
        if value is None or (not value and not isinstance(value, Decimal) and key not in COUNTS):
            continue
        told[key] = _write(columns[key].type, value)
    return told


def _write(kind: Any, value: Any) -> Any:
    if isinstance(kind, Date):
        return value.isoformat()
    return str(value) if isinstance(kind, ExactDecimal | Coded) else value
