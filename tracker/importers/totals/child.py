"""Reads a file of totals that anybody may have sent, in a process of its own, short of memory and time."""

import sys

from tracker.domain.drafts import ImportProblem, Place
from tracker.domain.errors import Invalid, Problem, ProblemCode
from tracker.domain.totals import ReadTotals
from tracker.importers import confinement
from tracker.importers.grid import check_size
from tracker.importers.totals import told
from tracker.importers.totals.reading import parse
from tracker.labels import current, speaking


def read(content: bytes, name: str, year: int) -> ReadTotals:
    """Read the totals that a file tells of ``year`` in a child process.

    A child that is stopped or fails gives one problem, that the file could not be read.
    """
    try:
        check_size(content)
    except Invalid as refusal:
        return ReadTotals(problems=tuple(ImportProblem(Place(), problem) for problem in refusal.problems))
    found = confinement.run(__name__, [confinement.bare_name(name), str(year), current()], content)
    try:
        if found is not None:
            return told.understood(found)
    except told.NotTold:
        pass
    return ReadTotals(problems=(ImportProblem(Place(), Problem("file", ProblemCode.FILE_UNREADABLE)),))


def main() -> None:
    """Read standard input under the limits, and write what it says on standard output."""
    confinement.limit()
    name, year, language = sys.argv[1:]
    with speaking(language):
        found = parse(sys.stdin.buffer.read(), name, int(year))
    sys.stdout.buffer.write(told.written(found))


if __name__ == "__main__":
    main()
