"""The quantities that tools write: exact numbers as programs give them, with or without their unit."""

import re
from collections.abc import Mapping
from decimal import Decimal

from tracker.domain.errors import AnyProblem, Problem, ProblemCode
from tracker.domain.numbers import UnreadableNumber, parse_number

QUOTED = 40
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,30})?(?:[eE][+-]?\d{1,2})?", re.ASCII)
_SPACES = dict.fromkeys(map(ord, " \u00a0\u2007\u2009\u202f"), None)
_UNIT = re.compile(r"(?P<number>.*?)(?P<unit>[a-z]*)\s*(?:co\W*(?:<sub>)?[2₂](?:</sub>)?\W*e?q?)?", re.IGNORECASE)
_GRAMS: Mapping[str, Decimal] = {
    "": Decimal("0.001"),
    "g": Decimal("0.001"),
    "kg": Decimal(1),
    "t": Decimal(1000),
    "kt": Decimal(1_000_000),
}
_WATT_HOURS: Mapping[str, Decimal] = {
    "": Decimal(1),
    "wh": Decimal("0.001"),
    "kwh": Decimal(1),
    "mwh": Decimal(1000),
    "gwh": Decimal(1_000_000),
}
_GROUPED = re.compile(r"\d{1,3},\d{3}", re.ASCII)


class Unreadable(ValueError):
    """A cell that is no quantity; carries the problem to show beside it."""

    def __init__(self, code: AnyProblem, **values: object) -> None:
        super().__init__(code)
        self.problem = Problem("value", code, values)


def written(text: str) -> Decimal:
    """Read a number as programs write it: ``509.1002555528837``, ``2.3E-5``, « 1 234,5 ».

    Raises:
        Unreadable: for what is none, is below zero, or reads in two ways.
    """
    bare = text.strip().translate(_SPACES)
    if _GROUPED.fullmatch(bare):
        _in_one_way(bare)
    if not _NUMBER.fullmatch(bare):
        raise Unreadable(ProblemCode.NOT_A_NUMBER, text=text.strip()[:QUOTED])
    found = Decimal(bare.replace(",", "."))
    if found < 0:
        raise Unreadable(ProblemCode.FACTOR_NEGATIVE)
    return found


def kilograms(text: str) -> Decimal:
    """Read a mass of CO2e in grams, the unit of the plugin of GLPI, unless the cell names another; in kilograms.

    Raises:
        Unreadable: as `written` does, or for a unit that is none.
    """
    return _told(text, _GRAMS)


def kilowatt_hours(text: str) -> Decimal:
    """Read an energy in kilowatt-hours, unless the cell names another unit.

    Raises:
        Unreadable: as `written` does, or for a unit that is none.
    """
    return _told(text, _WATT_HOURS)


def _told(text: str, units: Mapping[str, Decimal]) -> Decimal:
    found = _UNIT.fullmatch(text.strip())
    unit = found["unit"].casefold() if found else ""
    if found is None or unit not in units:
        raise Unreadable(ProblemCode.TOTAL_UNIT_UNKNOWN, text=text.strip()[:QUOTED])
    return written(found["number"]) * units[unit]


def _in_one_way(bare: str) -> None:
    try:
        parse_number(bare, has_comma_groups=True)
    except UnreadableNumber as unread:
        raise Unreadable(unread.problem.code, **unread.problem.values) from None
