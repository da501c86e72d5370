"""Reads a file that anybody may have sent, in a process of its own, short of memory and time, that cannot write."""

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from tracker.domain.drafts import Field, ImportedRow, ImportProblem, Parsed, Place
from tracker.domain.entries import Draft
from tracker.domain.errors import Invalid, Problem, ProblemCode, problem_named
from tracker.importers import confinement
from tracker.importers.grid import check_size
from tracker.importers.measurements import parse
from tracker.labels import current, speaking


def read(content: bytes, name: str, year: int | None = None) -> Parsed:
    """Read a file of measurements in a child process; ``year`` stands where the file does not say one.

    A child that is stopped or fails gives one problem, that the file could not be read.
    """
    try:
        check_size(content)
    except Invalid as refusal:
        return Parsed(problems=tuple(ImportProblem(Place(), problem) for problem in refusal.problems))
    given = [confinement.bare_name(name), "" if year is None else str(year), current()]
    told = confinement.run(__name__, given, content)
    try:
        if told is not None:
            return _from_json(told)
    except ValueError:
        pass
    return Parsed(problems=(ImportProblem(Place(), Problem("file", ProblemCode.FILE_UNREADABLE)),))


def main() -> None:
    """Read standard input under the limits, and write what it says on standard output."""
    confinement.limit()
    name, year, language = sys.argv[1:]
    with speaking(language):
        parsed = parse(sys.stdin.buffer.read(), name, int(year) if year else None)
    sys.stdout.buffer.write(json.dumps(_to_json(parsed)).encode())


def _to_json(parsed: Parsed) -> Mapping[str, Any]:
    return {
        "rows": [
            {"place": asdict(row.place), "year": row.year, "seen": row.seen, "draft": asdict(row.draft)}
            for row in parsed.rows
        ],
        "problems": [asdict(problem) for problem in parsed.problems],
        "format": parsed.format,
        "detail": parsed.detail,
        "columns": parsed.columns,
    }


def _from_json(told: Mapping[str, Any]) -> Parsed:
    """Make plain values of what the child wrote: whatever a hostile file made of it, nothing in it runs."""
    return Parsed(
        rows=tuple(
            ImportedRow(Place(**row["place"]), row["year"], Draft(**row["draft"]), row["seen"]) for row in told["rows"]
        ),
        problems=tuple(
            ImportProblem(Place(**given["place"]), _problem(given["problem"])) for given in told["problems"]
        ),
        format=told["format"],
        detail={name: tuple(said) if isinstance(said, list) else said for name, said in told["detail"].items()},
        columns={
            sheet: {Field(field): column for field, column in letters.items()}
            for sheet, letters in told["columns"].items()
        },
    )


def _problem(given: Mapping[str, Any]) -> Problem:
    return Problem(given["where"], problem_named(given["code"]), given["values"])


if __name__ == "__main__":
    main()
