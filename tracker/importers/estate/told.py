"""How what was read of an inventory is kept and handed over: lines of JSON, compressed, read one at a time."""

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from io import BytesIO
from itertools import chain
from typing import Any

from tracker.domain.errors import Invalid, Problem, problem_named
from tracker.domain.estate import EquipmentOrigin
from tracker.domain.inventories import (
    CellProblem,
    DateOrder,
    InventoryColumn,
    InventoryDraft,
    RefusedRow,
    Understood,
)
from tracker.importers.estate.reading import Row

_LEVEL = 3
_FIRST_DAY, _LAST_DAY = (InventoryDraft._fields.index(name) for name in ("ordered_on", "retired_on"))
_ORIGIN = InventoryDraft._fields.index("origin")


def written(understood: Understood, rows: Iterable[Row]) -> bytes:
    """Write what was read: what was understood on the first line, then a line a row."""
    return _written(_understood_json(understood), map(_row_json, rows))


def refusal(refused: Invalid) -> bytes:
    """Write why a whole file is refused."""
    return _written({"problems": [_problem_json(one) for one in refused.problems]}, ())


def understood(content: bytes) -> Understood:
    """Read back what was understood of a file.

    Raises:
        Invalid: with the reasons why the file was refused.
    """
    with gzip.open(BytesIO(content), "rt", encoding="utf-8") as lines:
        told = json.loads(next(lines))
    if "problems" in told:
        raise Invalid(*(_problem(one) for one in told["problems"]))
    return Understood(
        told["encoding"],
        told["delimiter"],
        told["language"],
        {InventoryColumn(column): heading for column, heading in told["columns"].items()},
        tuple(told["ignored"]),
        tuple(told["personal"]),
        DateOrder(told["order"]) if told["order"] else None,
    )


def rows(content: bytes) -> Iterator[Row]:
    """Read the rows back, drafts and refused ones, in the order of the file."""
    with gzip.open(BytesIO(content), "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            told = json.loads(line)
            yield _draft(told) if isinstance(told, list) else _refused(told)


def refused_rows(content: bytes) -> Iterator[RefusedRow]:
    """Read back the refused rows only."""
    with gzip.open(BytesIO(content), "rt", encoding="utf-8") as lines:
        next(lines)
        yield from (_refused(json.loads(line)) for line in lines if line.startswith("{"))


def _written(first: Mapping[str, Any], others: Iterable[Any]) -> bytes:
    stream = BytesIO()
    with gzip.GzipFile(fileobj=stream, mode="wb", compresslevel=_LEVEL, mtime=0) as packed:
        encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
        for told in chain([first], others):
            packed.write(encode(told).encode() + b"\n")
    return stream.getvalue()


def _understood_json(told: Understood) -> Mapping[str, Any]:
    return {
        "encoding": told.encoding,
        "delimiter": told.delimiter,
        "language": told.language,
        "columns": dict(told.columns),
        "ignored": told.ignored,
        "personal": told.personal,
        "order": told.order,
    }


def _row_json(row: Row) -> Any:
    if isinstance(row, RefusedRow):
        problems = [[one.column, one.heading, _problem_json(one.problem)] for one in row.problems]
        return {"row": row.row, "key": row.key, "problems": problems}
    days = (row.ordered_on, row.purchased_on, row.delivered_on, row.started_on, row.retired_on)
    return [*row[:_FIRST_DAY], *(one and one.isoformat() for one in days), *row[_LAST_DAY + 1 :]]


def _draft(told: list[Any]) -> InventoryDraft:
    if told[_ORIGIN] is not None:
        told[_ORIGIN] = EquipmentOrigin(told[_ORIGIN])
    days = map(_day, told[_FIRST_DAY : _LAST_DAY + 1])
    return InventoryDraft(*told[:_FIRST_DAY], *days, *told[_LAST_DAY + 1 :])


def _refused(told: Mapping[str, Any]) -> RefusedRow:
    problems = tuple(CellProblem(column, heading, _problem(one)) for column, heading, one in told["problems"])
    return RefusedRow(told["row"], told["key"], problems)


@lru_cache(maxsize=65_536)
def _day(told: str | None) -> date | None:
    return None if told is None else date.fromisoformat(told)


def _problem_json(problem: Problem) -> Mapping[str, Any]:
    values = {
        name: {"day": value.isoformat()} if isinstance(value, date) else value for name, value in problem.values.items()
    }
    return {"where": problem.where, "code": problem.code, "values": values}


def _problem(told: Mapping[str, Any]) -> Problem:
    values = {
        name: date.fromisoformat(value["day"]) if isinstance(value, dict) else value
        for name, value in told["values"].items()
    }
    return Problem(told["where"], problem_named(told["code"]), values)
