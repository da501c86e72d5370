"""What was read of a file of totals, as plain JSON: how a child process and a page that was shown hand it over."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from typing import Any

from tracker.domain.drafts import ImportProblem, Place
from tracker.domain.errors import Problem, problem_named
from tracker.domain.footprint import AmountScope, AmountTool
from tracker.domain.totals import LeftOut, ReadTotal, ReadTotals, TotalsTable

_NUMBERS = ("carbon", "low", "high", "resources", "energy")


class NotTold(ValueError):
    """What was handed over is not what was read."""


def written(found: ReadTotals) -> bytes:
    """Write what was read."""
    return json.dumps(asdict(found), default=str).encode()


def read_again(content: bytes) -> ReadTotals:
    """Read that back.

    Raises:
        NotTold: for anything else.
    """
    try:
        return understood(json.loads(content))
    except ValueError:
        raise NotTold from None


def understood(told: Any) -> ReadTotals:
    """Make plain values of what was written: whatever a hostile file made of it, nothing in it runs.

    Raises:
        NotTold: for anything else.
    """
    try:
        return ReadTotals(
            table=TotalsTable(told["table"]) if told["table"] else None,
            totals=tuple(_total(one) for one in told["totals"]),
            problems=tuple(ImportProblem(Place(**one["place"]), _problem(one["problem"])) for one in told["problems"]),
            rows=int(told["rows"]),
            left={LeftOut(name): int(count) for name, count in told["left"].items()},
            ignored=tuple(map(str, told["ignored"])),
        )
    except (ValueError, TypeError, KeyError, AttributeError, InvalidOperation):
        raise NotTold from None


def _total(told: Mapping[str, Any]) -> ReadTotal:
    numbers: dict[str, Any] = {name: None if told[name] is None else _finite(told[name]) for name in _NUMBERS}
    return ReadTotal(
        scope=AmountScope(told["scope"]),
        tool=AmountTool(told["tool"]),
        name=str(told["name"]),
        source=str(told["source"]),
        **numbers,
    )


def _finite(told: str) -> Decimal:
    number = Decimal(told)
    if not number.is_finite():
        raise NotTold
    return number


def _problem(told: Mapping[str, Any]) -> Problem:
    return Problem(told["where"], problem_named(told["code"]), told["values"])
