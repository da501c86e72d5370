"""Lifetimes: how long an organisation keeps its equipment, what becomes of it, how it is bought."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound
from tracker.domain.estate import Destination, EquipmentCategory, EquipmentState, Stay
from tracker.domain.estate_values import COMPUTERS, MOBILES, OLD_YEARS, PERSONAL
from tracker.domain.lifetimes import (
    Ages,
    Lifetimes,
    Period,
    ages,
    older_than,
    period,
    pyramid,
    tally,
    together,
    told,
)
from tracker.domain.periods import is_open_year
from tracker.domain.permissions import Permission
from tracker.domain.reuse import (
    Disposal,
    Repairability,
    Share,
    destinations,
    reconditioned,
    repairability,
    sent_to_reuse,
    waiting,
)
from tracker.domain.survival import Curve
from tracker.services.visitor import Visitor
from tracker.store.models import Organisation
from tracker.store.queries import lifetimes as stored
from tracker.store.queries import pieces
from tracker.store.queries.pieces import AlikeRow
from tracker.store.session import kept

OLDEST = 10
"""The age in whole years from which the pyramid counts together."""


@dataclass(frozen=True, slots=True)
class EstateLifetimes:
    """How long the equipment is kept, over ``period``, up to the end of ``year``.

    ``computers`` and ``mobiles`` are what the indicators call so; ``older`` the computers in service for over five
    years, among those whose age is known; ``personal`` the ages of what people are given. ``pyramid`` counts what is
    in service by whole years. ``stock`` is what waits in stock, in no service. ``sent`` and ``waiting`` are what the
    register knows of the two terms of the rate of reuse, ``destinations`` where the exits of the year went, and
    ``unplaced`` what was retired on a day that nobody told and may have been reused inside.
    """

    year: int
    period: Period
    whole: Lifetimes
    categories: Mapping[EquipmentCategory, Lifetimes]
    computers: Lifetimes
    mobiles: Lifetimes
    older: Share
    personal: Ages
    pyramid: Sequence[int]
    stock: int
    sent: int
    waiting: int
    destinations: Mapping[Destination | None, int]
    unplaced: int
    bought: Share
    repairability: Repairability

    @property
    def is_empty(self) -> bool:
        """Tell whether the register has nothing that ever was in service."""
        return not self.categories


def of_year(session: Session, visitor: Visitor, year: int, today: date) -> EstateLifetimes:
    """Say how long the visitor's organisation kept its equipment in ``year``.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a year that cannot have values.
    """
    return over_years(session, visitor, year, year, today)


def over_years(session: Session, visitor: Visitor, first: int, last: int, today: date) -> EstateLifetimes:
    """Say the same of the years from ``first`` to ``last``; what is told of a year is then told of the last one.

    Raises:
        Forbidden: without the right to read.
        NotFound: for years that cannot have values, or that are not in their order.
    """
    visitor.require(Permission.READ)
    if not (is_open_year(first, today) and is_open_year(last, today) and first <= last):
        raise NotFound(last)
    return known(session, visitor.organisation, first, last, today)


def known(session: Session, organisation: Organisation, first: int, last: int, today: date) -> EstateLifetimes:
    """Give the lifetimes of the years from ``first`` to ``last``, for whoever was let in already.

    They are counted once a process for all readers, and again when the organisation's stamp has changed.
    """
    over, shared = period(first, last, today), kept(session)
    if shared is None:
        return _counted(session, organisation, last, over)
    key = (EstateLifetimes, organisation.id, over)
    return shared.get(key, organisation.stamp, lambda: _counted(session, organisation, last, over))


def by_year(
    session: Session, organisation: Organisation, years: Iterable[int], today: date
) -> Mapping[int, Mapping[EquipmentCategory, Lifetimes]]:
    """Give the lifetimes of each category for each of ``years``, for whoever was let in already; one query for all."""
    over, shared = {year: period(year, year, today) for year in years}, kept(session)

    def make() -> Mapping[int, Mapping[EquipmentCategory, Lifetimes]]:
        stays = list(_stays(pieces.alike(session, organisation.id))) if over else []
        return {
            year: {category: told(one, span) for category, one in tally(stays, span).items()}
            for year, span in over.items()
        }

    if shared is None:
        return make()
    key = (Lifetimes, organisation.id, tuple(over.items()))
    return shared.get(key, organisation.stamp, make)


def curves(rows: Iterable[AlikeRow], today: date) -> Mapping[EquipmentCategory, Curve]:
    """Give the survival curve of each category as of today."""
    return {
        category: one.curve() for category, one in tally(_stays(rows), period(today.year, today.year, today)).items()
    }


def _counted(session: Session, organisation: Organisation, year: int, over: Period) -> EstateLifetimes:
    rows = pieces.alike(session, organisation.id)
    counts = tally(_stays(rows), over)
    whole, of_computers, of_mobiles, of_people = (
        together(one for category, one in counts.items() if category in group)
        for group in (counts, COMPUTERS, MOBILES, PERSONAL)
    )
    retired = [Disposal(row.category, row.end, row.destination, row.pieces) for row in rows if _is_retired(row)]
    older, dated = older_than(of_computers.there, OLD_YEARS, over.last)
    where = {Destination.REUSED_INSIDE, None}
    return EstateLifetimes(
        year=year,
        period=over,
        whole=told(whole, over),
        categories={category: told(one, over) for category, one in counts.items()},
        computers=told(of_computers, over),
        mobiles=told(of_mobiles, over),
        older=Share(older, dated, of_computers.there_whole),
        personal=ages(of_people.there, of_people.there_whole),
        pyramid=pyramid(whole.there, over.last, OLDEST),
        stock=sum(row.pieces for row in rows if _is_in_stock(row)),
        sent=sent_to_reuse(retired, year),
        waiting=waiting(retired, year),
        destinations=destinations(retired, year),
        unplaced=sum(one.count for one in retired if one.retired_on is None and one.destination in where),
        bought=reconditioned(stored.acquired(session, organisation.id, over.first, over.last)),
        repairability=repairability(stored.repairability(session, organisation.id, over.last)),
    )


def _stays(rows: Iterable[AlikeRow]) -> Iterator[Stay]:
    return (_stay(row) for row in rows if not _is_in_stock(row))


def _is_retired(row: AlikeRow) -> bool:
    """Tell whether pieces were retired: a day of retirement tells so, whatever the state says."""
    return row.state is EquipmentState.RETIRED or row.end is not None


def _is_in_stock(row: AlikeRow) -> bool:
    return row.state is EquipmentState.IN_STOCK and row.end is None


def _stay(row: AlikeRow) -> Stay:
    """Give the stay of pieces alike; what is reused inside left its place without being parted with."""
    is_kept = row.destination is Destination.REUSED_INSIDE and row.end is not None
    return Stay(row.category, row.start, row.end, _is_retired(row) and not is_kept, row.pieces)
