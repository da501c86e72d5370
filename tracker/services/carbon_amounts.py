"""Amounts of footprint entered for a year: servers, network, cloud, services, and the totals of other tools."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from tracker.domain.errors import Conflict, NotFound, Problem, ProblemCode
from tracker.domain.factors import THOUSAND, Span
from tracker.domain.footprint import Amount, AmountScope, AmountTool
from tracker.domain.journal_actions import JournalAction
from tracker.domain.numbers import plain_text, typed_text
from tracker.domain.periods import is_open_year
from tracker.domain.permissions import Permission
from tracker.domain.totals import ReadTotal
from tracker.services.decisions import Told, add, stale, tell
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import FootprintAmount, Organisation
from tracker.store.queries import footprint as stored

NAME_LIMIT = 120


@dataclass(frozen=True, slots=True)
class AmountDraft:
    """What was typed of an amount, in t CO2e, kg Sb eq. and MWh; ``seen`` is the version shown, 0 for a new one.

    ``is_withdrawn`` takes the amount back.
    """

    scope: str = ""
    tool: str = ""
    name: str = ""
    carbon: str = ""
    low: str = ""
    high: str = ""
    resources: str = ""
    energy: str = ""
    source: str = ""
    is_withdrawn: bool = False
    seen: int = 0
    has_comma_groups: bool = False


def known(session: Session, organisation: Organisation, year: int | None = None) -> Sequence[Amount]:
    """List the amounts that count, for all years or one, oldest year first."""
    return [found for row in _latest(stored.amounts(session, organisation.id, year)) if (found := _record(row))]


def enter(session: Session, visitor: Visitor, year: int, number: int, draft: AmountDraft, today: date) -> bool:
    """Write a version of amount ``number`` of ``year``, a new one for 0. False when it is what is stored already.

    Raises:
        Forbidden: without the right to keep the estate.
        NotFound: for a year that is not open, or an amount that does not exist or was taken back.
        Conflict: when another version was stored meanwhile.
        Invalid: for a number that is none or below zero, a range that leaves the value out, no name, no source.
    """
    visitor.require(Permission.KEEP_ESTATE)
    if not is_open_year(year, today):
        raise NotFound(year)
    rows = stored.amounts(session, visitor.organisation.id, year)
    newest = next((row for row in _latest(rows) if row.number == number), None)
    if number and (newest is None or newest.carbon is None):
        raise NotFound(number)
    made = _checked(visitor, year, draft, newest)
    made.number = number or max((row.number for row in rows), default=0) + 1
    made.version = newest.version + 1 if newest else 1
    if newest is not None:
        if _told(newest) == _told(made):
            return False
        if draft.seen != newest.version:
            raise Conflict(stale(newest.author, _shown(newest)))
    add(session, made, lambda: _meanwhile(session, visitor, year, made.number))
    action = JournalAction.AMOUNT_CHANGED if newest else JournalAction.AMOUNT_ENTERED
    tell(session, visitor, action, made.name, _told(newest), _told(made), year=year)
    session.flush()
    return True


def draft_of(one: ReadTotal, seen: int) -> AmountDraft:
    """Give a total that was read in a file as it would be typed; ``seen`` is the version that was shown."""

    def typed(value: Decimal | None, by: Decimal = THOUSAND) -> str:
        return "" if value is None else typed_text(value / by)

    return AmountDraft(
        scope=one.scope,
        tool=one.tool,
        name=one.name,
        carbon=typed(one.carbon),
        low=typed(one.low),
        high=typed(one.high),
        resources=typed(one.resources, Decimal(1)),
        energy=typed(one.energy),
        source=one.source,
        seen=seen,
    )


def _latest(rows: Iterable[FootprintAmount]) -> Sequence[FootprintAmount]:
    return list({(row.year, row.number): row for row in rows}.values())


def _checked(visitor: Visitor, year: int, draft: AmountDraft, newest: FootprintAmount | None) -> FootprintAmount:
    if draft.is_withdrawn and newest is not None:
        return _row(visitor, year, newest.scope, newest.tool, newest.name, newest.source_fr)
    typed = Typed(has_comma_groups=draft.has_comma_groups)
    scope = typed.choice("scope", draft.scope, AmountScope)
    tool = typed.choice("tool", draft.tool, AmountTool)
    name = typed.words("name", draft.name, ProblemCode.FIELD_MISSING, NAME_LIMIT)
    source = typed.words("source", draft.source, ProblemCode.AMOUNT_SOURCE_MISSING)
    carbon = typed.number("carbon", draft.carbon, is_needed=True)
    others = {field: typed.number(field, getattr(draft, field)) for field in ("low", "high", "resources", "energy")}
    for field, number in (("carbon", carbon), *others.items()):
        if number is not None and number < 0:
            typed.refuse(field, ProblemCode.FACTOR_NEGATIVE)
    low, high = others["low"], others["high"]
    if carbon is not None and not typed.is_refused("carbon", "low", "high"):
        if low is not None and low > carbon:
            typed.refuse("low", ProblemCode.RANGE_LEAVES_VALUE)
        if high is not None and high < carbon:
            typed.refuse("high", ProblemCode.RANGE_LEAVES_VALUE)
    typed.end()
    assert scope is not None  # noqa: S101 - refused above
    assert tool is not None  # noqa: S101 - refused above
    made = _row(visitor, year, scope, tool, name, source)
    made.carbon = _kilo(carbon)
    made.low, made.high = _kilo(carbon if low is None else low), _kilo(carbon if high is None else high)
    made.resources, made.energy = others["resources"], _kilo(others["energy"])
    return made


def _row(visitor: Visitor, year: int, scope: AmountScope, tool: AmountTool, name: str, source: str) -> FootprintAmount:
    return FootprintAmount(
        organisation_id=visitor.organisation.id,
        year=year,
        scope=scope,
        tool=tool,
        name=name,
        source_fr=source,
        account_id=visitor.account_id,
        author=visitor.name,
        recorded_at=datetime.now(UTC),
    )


def _kilo(value: Decimal | None) -> Decimal | None:
    """Give tonnes as kilograms, or megawatt-hours as kilowatt-hours."""
    return None if value is None else value * THOUSAND


def _meanwhile(session: Session, visitor: Visitor, year: int, number: int) -> Problem:
    rows = stored.amounts(session, visitor.organisation.id, year)
    newest = next(row for row in _latest(rows) if row.number == number)
    return stale(newest.author, _shown(newest))


def _shown(row: FootprintAmount) -> object:
    return "–" if row.carbon is None else row.carbon / THOUSAND


def _told(row: FootprintAmount | None) -> Told:
    """Write a version for the journal, in t CO2e, kg Sb eq. and MWh."""
    if row is None:
        return dict.fromkeys(("amount_scope", "tool", "name", "carbon", "low", "high", "resources", "energy"), "")
    numbers = {
        "carbon": row.carbon,
        "low": row.low,
        "high": row.high,
        "resources": None if row.resources is None else row.resources * THOUSAND,
        "energy": row.energy,
    }
    told = {name: "" if one is None else plain_text(one / THOUSAND) for name, one in numbers.items()}
    said = {"amount_scope": str(row.scope), "tool": str(row.tool), "name": row.name, "source": row.source_fr}
    return said | told


def _record(row: FootprintAmount) -> Amount | None:
    """Give a version as a plain value, None where it takes the amount back."""
    if row.carbon is None or row.low is None or row.high is None:
        return None
    return Amount(
        number=row.number,
        version=row.version,
        year=row.year,
        scope=row.scope,
        tool=row.tool,
        name=row.name,
        carbon=Span(row.carbon, row.low, row.high),
        resources=row.resources,
        energy=row.energy,
        source=row.source_fr,
        author=row.author,
    )
