"""Reads an inventory that anybody may have sent, in a process of its own, short of memory and time."""

import sys
from datetime import date

from tracker.domain.errors import Invalid, Problem, ProblemCode
from tracker.domain.inventories import DateOrder, InventoryScope
from tracker.importers import confinement
from tracker.importers.estate import told
from tracker.importers.estate.reading import MAX_BYTES, parse
from tracker.importers.grid import refused
from tracker.labels import current, speaking

CPU_SECONDS, WALL_SECONDS = 60, 120
"""What the largest inventory may take; 200,000 assets take about five seconds."""
MAX_MEGABYTES = MAX_BYTES // (1024 * 1024)


def read(content: bytes, scope: InventoryScope, order: DateOrder | None, today: date) -> bytes:
    """Read an inventory in a child process; give what was read, for ``told`` to read back.

    Raises:
        Invalid: with the reason why the whole file is refused; a child that is stopped or fails is a file that could
            not be read.
    """
    if not content.strip():
        raise refused(ProblemCode.FILE_EMPTY)
    if len(content) > MAX_BYTES:
        raise refused(ProblemCode.FILE_TOO_BIG, limit=MAX_MEGABYTES)
    given = [scope, order or "", today.isoformat(), current()]
    found = confinement.output(__name__, given, content, seconds=WALL_SECONDS)
    try:
        if found is not None:
            told.understood(found)
            return found
    except (ValueError, TypeError, KeyError, OSError, EOFError, StopIteration):
        pass
    raise Invalid(Problem("file", ProblemCode.FILE_UNREADABLE))


def main() -> None:
    """Read standard input under the limits, and write what it says on standard output."""
    confinement.limit(CPU_SECONDS)
    scope, order, today, language = sys.argv[1:]
    with speaking(language):
        try:
            understood, rows = parse(
                sys.stdin.buffer.read(),
                InventoryScope(scope),
                DateOrder(order) if order else None,
                date.fromisoformat(today),
            )
            found = told.written(understood, rows)
        except Invalid as refusal:
            found = told.refusal(refusal)
    sys.stdout.buffer.write(found)


if __name__ == "__main__":
    main()
