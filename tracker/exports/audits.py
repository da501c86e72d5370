"""An audit as the table that Ara exports: a row a criterion, a column a page."""

import csv
import io
from collections.abc import Mapping, Sequence

from tracker.domain.rgaa import Result
from tracker.domain.texts import inert

HEADING = "Critères"
"""As Ara writes it, in every language: it is how the table is known again."""


def audit_csv(criteria: Sequence[str], pages: Sequence[tuple[str, Mapping[str, Result]]]) -> bytes:
    """Write the results of ``criteria`` on each of ``pages``, named in their order."""
    made = io.StringIO(newline="")
    table = csv.writer(made)
    table.writerow([HEADING, *(inert(name) for name, _ in pages)])
    table.writerows([one, *(results[one] for _, results in pages)] for one in criteria)
    return made.getvalue().encode("utf-8-sig")
