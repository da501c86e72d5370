"""Two reports side by side: the commitments, the values and the duties that are not the same, and what came or went."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound
from tracker.domain.frozen_reports import Row, by_key, changes
from tracker.domain.numbers import whole_number
from tracker.domain.permissions import Permission
from tracker.exports import spreadsheet
from tracker.exports.spreadsheet import Cell
from tracker.labels import speaking, text
from tracker.labels.frozen_reports import field_phrase
from tracker.reports.report import Report
from tracker.reports.sections.objectives import RESULTS
from tracker.services import frozen_reports
from tracker.services.rectified_reports import rows_of
from tracker.services.visitor import Visitor

DUTIES = "obligations"


class Compared(StrEnum):
    """What a line of the comparison of two reports is about."""

    COMMITMENT = "commitment"
    INDICATOR = "indicator"
    DUTY = "duty"


@dataclass(frozen=True, slots=True)
class Side:
    """A report to compare: its year, and its version or None for the draft."""

    year: int
    version: int | None = None

    @property
    def code(self) -> str:
        """Give it as the address of the page has it: « 2024-1 », « 2025 » for a draft."""
        return str(self.year) if self.version is None else f"{self.year}-{self.version}"


@dataclass(frozen=True, slots=True)
class Difference:
    """A line: what it is about, its code and its name, the column, and what each report holds there.

    ``field`` is empty where one of the two does not know it at all: ``is_gone`` when the second does not.
    """

    about: Compared
    code: str
    name: str
    field: str
    unit: str
    before: object
    after: object
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports and what differs from the first to the second: commitments, then indicators, then duties."""

    before: Side
    after: Side
    differences: Sequence[Difference]

    def count(self, about: Compared) -> int:
        """Count the lines about something."""
        return sum(1 for one in self.differences if one.about is about)


def side(written: str) -> Side:
    """Read a side as `Side.code` gives it.

    Raises:
        NotFound: for anything else.
    """
    year, dash, version = written.partition("-")
    read = whole_number(year) if len(year) == 4 else None
    number = whole_number(version) if dash else None
    if read is None or (dash and not number):
        raise NotFound(written)
    return Side(read, number)


def sides(session: Session, visitor: Visitor, years: Sequence[int]) -> Sequence[Side]:
    """List what can be compared: the frozen versions, latest first, then the draft of each of ``years``.

    Raises:
        Forbidden: without the right to read.
    """
    found = frozen_reports.versions(session, visitor)
    return [*(Side(one.row.year, one.row.version) for one in found), *map(Side, years)]


def compare(session: Session, visitor: Visitor, before: Side, after: Side, today: date) -> Comparison:
    """Compare two reports; a draft is made now, in French as what is frozen.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a version that does not exist, or a year that cannot have values.
        AlteredReport: when a kept text is not the one that was sealed.
    """
    visitor.require(Permission.READ)
    was, now = (_report(session, visitor, one, today) for one in (before, after))
    return Comparison(before, after, list(differences(was, now)))


def differences(was: Report, now: Report) -> Iterator[Difference]:
    """Give each thing that differs from one report to another."""
    old, new = rows_of(was.table(RESULTS)), rows_of(now.table(RESULTS))
    yield from _of_kind(old, new, Compared.COMMITMENT, "engagement", "intitule", ("etat",))
    yield from _of_kind(old, new, Compared.INDICATOR, "indicateur", "intitule_indicateur", ("valeur", "cible"))
    old, new = rows_of(was.table(DUTIES)), rows_of(now.table(DUTIES))
    yield from _of_kind(old, new, Compared.DUTY, "obligation", "intitule", ("etat", "valeur", "seuil"))


def csv(found: Comparison) -> bytes:
    """Write a comparison as a French spreadsheet opens it, in French: what it compares is."""
    with speaking("fr"):
        headings = ["objet", "code", "intitule", "donnee", "unite", found.before.code, found.after.code]
        return spreadsheet.write(headings, map(_line, found.differences))


def _line(one: Difference) -> Sequence[Cell]:
    field = field_phrase(one.field) if one.field else text("disparaît") if one.is_gone else text("apparaît")
    return [OBJECTS[one.about], one.code, one.name, field, one.unit or None, _cell(one.before), _cell(one.after)]


OBJECTS = {Compared.COMMITMENT: "engagement", Compared.INDICATOR: "indicateur", Compared.DUTY: "obligation"}
"""What a line is about, as the file says it to programs."""


def _cell(value: object) -> Cell:
    return value if isinstance(value, str | int | Decimal | date) else None


def _of_kind(
    was: Sequence[Row], now: Sequence[Row], about: Compared, key: str, name: str, fields: Sequence[str]
) -> Iterator[Difference]:
    old, new = by_key(was, (key,)), by_key(now, (key,))

    def told(row: Row, field: str, before: object, after: object, *, is_gone: bool = False) -> Difference:
        unit = str(row.get("unite") or "") if about is not Compared.COMMITMENT else ""
        return Difference(about, str(row[key]), str(row[name]), field, unit, before, after, is_gone)

    for one in changes(was, now, (key,), fields):
        yield told(new[one.key], one.field, one.before, one.after)
    for code, row in new.items():
        if code not in old:
            yield told(row, "", None, row.get(fields[0]))
    for code, row in old.items():
        if code not in new:
            yield told(row, "", row.get(fields[0]), None, is_gone=True)


def _report(session: Session, visitor: Visitor, asked: Side, today: date) -> Report:
    if asked.version is not None:
        return frozen_reports.read(frozen_reports.find(session, visitor, asked.year, asked.version).row)
    with speaking("fr"):
        return frozen_reports.draft(session, visitor, asked.year, today)
