"""Reads a file of EcoIndex that anybody may have sent, in a process of its own, short of memory and time."""

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from tracker.domain.drafts import ImportProblem, Place
from tracker.domain.errors import Invalid, Problem, ProblemCode, problem_named
from tracker.domain.page_files import PageFile, PageRow
from tracker.importers import confinement
from tracker.importers.page_measures.reading import check_size, parse, problems_of
from tracker.labels import current, speaking


def read(content: bytes) -> PageFile:
    """Read a file of pages in a child process; one that is stopped or fails is a file that could not be read."""
    try:
        check_size(content)
    except Invalid as refusal:
        return PageFile(problems=tuple(problems_of(refusal)))
    told = confinement.run(__name__, [current()], content)
    try:
        if told is not None:
            return _from_json(told)
    except (ValueError, TypeError, KeyError, ArithmeticError):
        pass
    return PageFile(problems=(ImportProblem(Place(), Problem("file", ProblemCode.FILE_UNREADABLE)),))


def main() -> None:
    """Read standard input under the limits, and write what it says on standard output."""
    confinement.limit()
    with speaking(sys.argv[1]):
        try:
            found = parse(sys.stdin.buffer.read())
        except Invalid as refusal:
            found = PageFile(problems=tuple(problems_of(refusal)))
    sys.stdout.buffer.write(json.dumps(_to_json(found)).encode())


def _to_json(found: PageFile) -> Mapping[str, Any]:
    return {
        "rows": [
            asdict(row)
            | {
                "on": row.on.isoformat(),
                "kilobytes": str(row.kilobytes),
                "told": None if row.told is None else str(row.told),
            }
            for row in found.rows
        ],
        "problems": [asdict(one) for one in found.problems],
        "left": found.left,
    }


def _from_json(told: Mapping[str, Any]) -> PageFile:
    return PageFile(
        rows=tuple(_row(one) for one in told["rows"]),
        problems=tuple(
            ImportProblem(
                Place(**one["place"]),
                Problem(one["problem"]["where"], problem_named(one["problem"]["code"]), one["problem"]["values"]),
            )
            for one in told["problems"]
        ),
        left=int(told["left"]),
    )


def _row(told: Mapping[str, Any]) -> PageRow:
    own = {
        "on": date.fromisoformat(told["on"]),
        "kilobytes": Decimal(told["kilobytes"]),
        "told": None if told["told"] is None else Decimal(told["told"]),
    }
    return PageRow(**(dict(told) | own))


if __name__ == "__main__":
    main()
