"""Writes a proposal as plain JSON values and reads it back: nothing that a hostile file made of it can run."""

import types
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from tracker.domain.intakes import Found, Intake
from tracker.domain.numbers import plain_text


def to_json(told: object) -> Any:
    """Give the JSON of a proposal: a field a key, dates as ISO texts, sums as exact texts."""
    if is_dataclass(told):
        return {field.name: to_json(getattr(told, field.name)) for field in fields(told)}
    if isinstance(told, Mapping):
        return {str(key): to_json(value) for key, value in told.items()}
    if isinstance(told, tuple):
        return [to_json(one) for one in told]
    if isinstance(told, StrEnum):
        return told.value
    if isinstance(told, date):
        return told.isoformat()
    return plain_text(told) if isinstance(told, Decimal) else told


def from_json(told: Mapping[str, Any]) -> Intake:
    """Give back the proposal that ``to_json`` wrote.

    Raises:
        ValueError, TypeError, KeyError: for anything else.
    """
    intake = _made(Intake, told)
    assert isinstance(intake, Intake)  # noqa: S101 - for the type checker: `_made` gives what it is asked for
    return intake


def _made(wanted: Any, told: Any) -> Any:
    """Make a value of the type ``wanted``, as the declarations of the records name it."""
    origin, given = get_origin(wanted), get_args(wanted)
    if origin in {Union, types.UnionType}:
        return None if told is None else _made(next(one for one in given if one is not type(None)), told)
    if origin is tuple:
        return tuple(_made(given[0], one) for one in _list(told))
    if origin is Found:
        hints = get_type_hints(Found)
        return Found(_made(given[0], told["value"]), _made(hints["passage"], told["passage"]))
    if origin is not None:
        return {str(key): str(value) for key, value in told.items()}
    if is_dataclass(wanted):
        hints = get_type_hints(wanted)
        return wanted(**{name: _made(hints[name], value) for name, value in told.items()})  # type: ignore[operator]
    return _plain(wanted, told)


def _list(told: Any) -> Sequence[Any]:
    if not isinstance(told, list):
        raise TypeError("a list is expected")
    return told


def _plain(wanted: Any, told: Any) -> Any:
    if wanted is date:
        return date.fromisoformat(told)
    if wanted in {bool, int, str} and type(told) is not wanted:
        raise TypeError(f"{wanted.__name__} is expected")
    return wanted(told)
