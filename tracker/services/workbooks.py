"""The workbook of a person for a year: the indicators that they enter, filled with what is stored."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound
from tracker.domain.periods import is_open_year
from tracker.domain.permissions import Permission
from tracker.domain.records import Aim, Reading
from tracker.exports.measurements import Line, Sheet
from tracker.labels import say, word
from tracker.labels.targets import short_target
from tracker.labels.units import unit_name
from tracker.labels.values import value_phrase
from tracker.services.gates import gate
from tracker.services.measurements import enterable
from tracker.services.portfolio import as_typed, portfolio, typed_aims
from tracker.services.visitor import Visitor


def sheet(session: Session, visitor: Visitor, year: int, today: date) -> Sheet:
    """Give the values of ``year`` that the visitor may type today, drafts included, in the catalogue's order.

    The value of the year before, shown as a help, is the published one.

    After the campaign's end it leaves out what they can no longer change: a cell that no import would take is a trap.

    Raises:
        Forbidden: for a role that enters nothing.
        NotFound: for a year that is not open.
    """
    visitor.require(Permission.ENTER_ASSIGNED)
    if not is_open_year(year, today):
        raise NotFound(year)
    shown = portfolio(session, visitor.organisation)
    known = as_typed(session, visitor.organisation, shown)
    opened = gate(session, visitor, year, today)
    aims, rows = typed_aims(shown, known, year), known.figures.rows
    codes = [
        code for code in enterable(known, visitor, year) if opened.may_correct or not opened.is_shut(rows[code].id)
    ]
    lines = tuple(_line(aims[code], year) for code in codes)
    return Sheet(visitor.organisation.name, year, visitor.name, lines)


def _line(aim: Aim, year: int) -> Line:
    indicator, stored = aim.indicator, aim.readings.get(year)
    empty = Line(
        code=indicator.code,
        name=say(indicator.name),
        unit=unit_name(indicator.unit),
        year=year,
        before=_told(aim.readings.get(year - 1), aim, year),
        target=short_target(aim, year),
        has_terms=bool(indicator.denominator),
    )
    return _filled(empty, stored) if stored else empty


def _filled(line: Line, stored: Reading) -> Line:
    return replace(
        line,
        value=stored.value,
        numerator=stored.numerator,
        denominator=stored.denominator,
        absence=stored.absence,
        quality=stored.quality,
        coverage=stored.coverage,
        source=stored.source,
        comment=stored.comment,
        revision=stored.revision,
    )


def _told(reading: Reading | None, aim: Aim, year: int) -> str:
    """Say the value of the year before, beside the target of ``year``, or why there was none."""
    if reading is None:
        return ""
    if reading.value is None:
        return word(reading.absence) if reading.absence else ""
    return value_phrase(reading.value, aim, year)
