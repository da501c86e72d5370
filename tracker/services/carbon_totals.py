"""Totals read from the file of another tool: proposed as amounts of a year, then stored together or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.errors import Conflict, NotFound
from tracker.domain.footprint import Amount
from tracker.domain.periods import is_open_year
from tracker.domain.permissions import Permission
from tracker.domain.texts import tidy
from tracker.domain.totals import ReadTotal, ReadTotals, TotalFate
from tracker.importers.totals import child
from tracker.services import carbon_amounts
from tracker.services.decisions import stale
from tracker.services.visitor import Visitor

Seen = Mapping[str, int]
"""The version of the amount of each name that was shown beside a total, 0 for none."""


@dataclass(frozen=True, slots=True)
class ProposedTotal:
    """A total of a file, the amount of the same tool and name that is stored, and what confirming would make of it."""

    read: ReadTotal
    current: Amount | None
    fate: TotalFate


def read(content: bytes, name: str, year: int) -> ReadTotals:
    """Read a file in a process of its own.

    It needs no database: call it outside of any transaction, since a hostile file may take seconds.
    """
    return child.read(content, name, year)


def proposed(session: Session, visitor: Visitor, year: int, found: ReadTotals, today: date) -> Sequence[ProposedTotal]:
    """Say what each total of a file would make of the amounts of ``year``; nothing is written.

    Raises:
        Forbidden: without the right to keep the estate.
        NotFound: for a year that is not open.
    """
    visitor.require(Permission.KEEP_ESTATE)
    if not is_open_year(year, today):
        raise NotFound(year)
    stored = {_key(one.tool, one.name): one for one in carbon_amounts.known(session, visitor.organisation, year)}
    return [_proposed(one, stored.get(_key(one.tool, one.name))) for one in found.totals]


def seen(proposals: Sequence[ProposedTotal]) -> Seen:
    """Give the versions that a page shows."""
    return {one.read.name: one.current.version if one.current else 0 for one in proposals}


def confirm(session: Session, visitor: Visitor, year: int, found: ReadTotals, shown: Seen, today: date) -> int:
    """Store every total of a file that was shown; give how many were new or changed, 0 for the same file twice.

    Raises:
        Forbidden: without the right to keep the estate.
        NotFound: for a year that is not open.
        Conflict: when one of the amounts was stored, or taken back, since it was shown; nothing is kept then.
        Invalid: for a total that cannot be stored.
    """
    written = 0
    for one in proposed(session, visitor, year, found, today):
        if one.fate is TotalFate.SAME:
            continue
        version = shown.get(one.read.name, 0)
        if one.current is None and version:
            raise Conflict(stale("", "–"))
        number = one.current.number if one.current else 0
        draft = carbon_amounts.draft_of(one.read, version)
        written += carbon_amounts.enter(session, visitor, year, number, draft, today)
    return written


def _key(tool: str, name: str) -> tuple[str, str]:
    return tool, tidy(name).casefold()


def _proposed(one: ReadTotal, current: Amount | None) -> ProposedTotal:
    if current is None:
        return ProposedTotal(one, None, TotalFate.NEW)
    mine = (one.scope, tidy(one.source), one.span, one.resources, one.energy)
    theirs = (current.scope, current.source, current.carbon, current.resources, current.energy)
    return ProposedTotal(one, current, TotalFate.SAME if mine == theirs else TotalFate.CHANGED)
