"""The footprint of an organisation's estate in a year, and of the years around it at constant method."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from tracker.domain.assessments import Frozen, read
from tracker.domain.errors import NotFound
from tracker.domain.estate import EquipmentCategory
from tracker.domain.factors import FactorTable, Span
from tracker.domain.footprint import (
    Accounting,
    Amount,
    CategoryYear,
    Footprint,
    Holding,
    added,
    avoided,
    counted_over,
    held,
    weigh,
)
from tracker.domain.periods import FIRST_YEAR, is_open_year, reference_day
from tracker.domain.permissions import Permission
from tracker.services import carbon_amounts, carbon_factors
from tracker.services.portfolio import portfolio
from tracker.services.visitor import Visitor
from tracker.store.models import Organisation
from tracker.store.queries import footprint as stored
from tracker.store.queries import pieces
from tracker.store.queries.pieces import AlikeRow
from tracker.store.session import kept

STAFF = "GOV-16"
"""The indicator that tells how many staff members are equipped."""

SPAN = 8
"""Years that are recomputed: the one shown, and those before it."""

Counts = Mapping[int, Sequence[CategoryYear]]


@dataclass(frozen=True, slots=True)
class RecomputedYear:
    """The devices of a year at constant method: with its own electricity, and with that of the year shown.

    ``own`` and ``held`` leave entered amounts out, and count every device: years have the same scope. ``entered`` is
    what the amounts of the year come to, ``published`` the whole as it was frozen; None where there is none.
    """

    year: int
    own: Footprint
    held: Footprint
    entered: Span | None
    published: Frozen | None


@dataclass(frozen=True, slots=True)
class CarbonYear:
    """The footprint of a year, what it rests on, and the years before it by the same method.

    ``staff`` is None where nobody told it; ``published`` is the last assessment frozen for the year.
    """

    footprint: Footprint
    table: FactorTable
    staff: Decimal | None
    avoided: Mapping[EquipmentCategory, Span]
    years: Sequence[RecomputedYear]
    published: Frozen | None

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing at all is known of the year: no equipment, no amount."""
        found = self.footprint
        return not (found.categories or found.amounts or found.beside or found.replaced)


def carbon_year(session: Session, visitor: Visitor, year: int, accounting: Accounting, today: date) -> CarbonYear:
    """Weigh ``year`` by one method, and recompute the years before it by the same.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a year that cannot have values.
    """
    visitor.require(Permission.READ)
    if not is_open_year(year, today):
        raise NotFound(year)
    home = visitor.organisation
    table = carbon_factors.table(session, home)
    counts = _counts(session, home, table, today)
    amounts = carbon_amounts.known(session, home)
    frozen = published(session, home)
    found = _weighed(counts, amounts, table, year, today, accounting)
    known = {one for one, told in counts.items() if told} | {one.year for one in amounts} | set(frozen)
    first = max(min([*known, year]), year - SPAN + 1)
    return CarbonYear(
        footprint=found,
        table=table,
        staff=staff(session, home, year),
        avoided=avoided(counts.get(year, ()), carbon_factors.shipped(), table),
        years=[
            RecomputedYear(one, own, held(own, table, year), added(amounts, one), frozen.get(one))
            for one in range(first, year + 1)
            for own in [_weighed(counts, (), table, one, today, accounting)]
        ],
        published=frozen.get(year),
    )


def footprint(
    session: Session, organisation: Organisation, table: FactorTable, year: int, accounting: Accounting, today: date
) -> Footprint:
    """Weigh one year with the factors of ``table``."""
    counts = _counts(session, organisation, table, today)
    amounts = carbon_amounts.known(session, organisation, year)
    return _weighed(counts, amounts, table, year, today, accounting)


def holdings(rows: Iterable[AlikeRow]) -> Sequence[Holding]:
    """Give the estate as its footprint is counted from it: category, days, state, origin."""
    return [Holding(row.category, row.start, row.end, row.state, row.pieces, row.is_reconditioned) for row in rows]


def staff(session: Session, organisation: Organisation, year: int) -> Decimal | None:
    """Give how many staff members are equipped in ``year``, None where no published value says so."""
    values = portfolio(session, organisation).figures.values.get(STAFF)
    reading = values.readings.get(year) if values else None
    return reading.value if reading and reading.value else None


def published(session: Session, organisation: Organisation, year: int | None = None) -> Mapping[int, Frozen]:
    """Give by year the last assessment that was frozen, of all years or of one."""
    rows = {row.year: row for row in stored.assessments(session, organisation.id, year)}
    return {year: read(row.content, row.version, row.author, row.recorded_at) for year, row in rows.items()}


def _counts(session: Session, organisation: Organisation, table: FactorTable, today: date) -> Counts:
    """Count the estate of each year from the first that has some; kept as long as the organisation's stamp holds."""
    lives = tuple(table.life(category) for category in EquipmentCategory)

    def make() -> Counts:
        found = holdings(pieces.alike(session, organisation.id))
        first = min((one.start.year for one in found if one.start), default=today.year)
        years = range(max(first, FIRST_YEAR), today.year + 1)
        return counted_over(found, table, {year: reference_day(year, today) for year in years})

    shared = kept(session)
    if shared is None:
        return make()
    return shared.get((CategoryYear, organisation.id, lives, today), organisation.stamp, make)


def _weighed(
    counts: Counts,
    amounts: Sequence[Amount],
    table: FactorTable,
    year: int,
    today: date,
    accounting: Accounting,
) -> Footprint:
    on = reference_day(year, today)
    return weigh(counts.get(year, ()), amounts, table, year, on, accounting=accounting)
