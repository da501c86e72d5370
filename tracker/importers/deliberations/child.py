"""Reads a deliberation that anybody may have sent, in a process of its own, short of memory and time."""

import json
import sys

from tracker.domain.errors import Invalid, Problem, ProblemCode, problem_named
from tracker.domain.intakes import Intake
from tracker.importers import confinement
from tracker.importers.deliberations import files
from tracker.importers.deliberations.reading import parse
from tracker.importers.deliberations.told import from_json, to_json
from tracker.labels import current, speaking


def read(content: bytes, name: str) -> Intake:
    """Read the text of a deliberation in a child process.

    Raises:
        Invalid: with the reason why the file is refused; a child that is stopped or fails is a file that could not be
            read.
    """
    files.check_size(content)
    told = confinement.run(__name__, [confinement.bare_name(name), current()], content)
    try:
        if told is not None and "problems" in told:
            problems = [Problem(one["where"], problem_named(one["code"]), one["values"]) for one in told["problems"]]
        elif told is not None:
            return from_json(told["intake"])
        else:
            problems = []
    except (ValueError, TypeError, KeyError, AttributeError):
        problems = []
    raise Invalid(*(problems or [Problem("file", ProblemCode.TEXT_UNREADABLE)]))


def main() -> None:
    """Read standard input under the limits, and write what it says on standard output."""
    confinement.limit()
    name, language = sys.argv[1:]
    with speaking(language):
        try:
            told = {"intake": to_json(parse(sys.stdin.buffer.read(), name))}
        except Invalid as refusal:
            told = {"problems": [to_json(problem) for problem in refusal.problems]}
    sys.stdout.buffer.write(json.dumps(told).encode())


if __name__ == "__main__":
    main()
