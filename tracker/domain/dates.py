"""Dates as people write them: 31/12/2025, 31.12.2025 or 2025-12-31, day first."""

import re
from datetime import date

from tracker.domain.errors import Invalid, Problem, ProblemCode

_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)


def parse_date(text: str, where: str) -> date:
    """Read ``text`` as a date.

    Raises:
        Invalid: at the field ``where`` when it is not one.
    """
    written = text.strip()
    if not written:
        raise Invalid(Problem(where, ProblemCode.DATE_MISSING))
    try:
        if found := _DAY_FIRST.fullmatch(written):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _ISO.fullmatch(written):
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise Invalid(Problem(where, ProblemCode.DATE_UNREADABLE, {"text": text[:40]}))


def typed_day(on: date | None) -> str:
    """Write a day as a form shows it and `parse_date` reads it, "" for none."""
    return on.strftime("%d/%m/%Y") if on is not None else ""


def iso_day(on: date | None) -> str:
    """Write a day as the journal keeps it, "" for none."""
    return on.isoformat() if on is not None else ""
