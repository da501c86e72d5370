"""Values that the estate gives to the indicators of a year: shown first, then written once they are confirmed."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from tracker.domain.entries import Draft, Entry, check
from tracker.domain.errors import Conflict, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.estate import Destination
from tracker.domain.estate_values import EstateValue, OfferState, Withheld, mean_age, reuse, reused_inside, share, there
from tracker.domain.numbers import typed_text
from tracker.domain.periods import FIRST_YEAR, last_full_year
from tracker.domain.permissions import Permission
from tracker.domain.records import IndicatorRecord, Reading
from tracker.domain.texts import tidy
from tracker.domain.vocabulary import Quality, Stage
from tracker.labels.lifetimes import SOURCE, value_comment
from tracker.services import lifetimes
from tracker.services.lifetimes import EstateLifetimes
from tracker.services.measurements import Change, Examined, Typed, examine, write
from tracker.services.portfolio import Portfolio, portfolio
from tracker.services.records import campaign_record
from tracker.services.standings import Standing, standings
from tracker.services.typed import Typed as Fields
from tracker.services.visitor import Visitor
from tracker.store.queries import campaigns

_TO_COME = "…"  # stands for the reason that the confirmation will ask for


@dataclass(frozen=True, slots=True)
class Offer:
    """A value that the estate gives of an indicator, beside what is stored; ``entry`` is how it would be kept.

    What is ``held`` was validated, or published from another source: it stays, and the other is shown beside it.
    """

    indicator: IndicatorRecord
    value: EstateValue
    state: OfferState
    entry: Entry | None = None
    stored: Reading | None = None
    problems: tuple[Problem, ...] = ()
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Offers:
    """The values that the estate gives for a year; ``needs_reason`` when some would correct a closed campaign."""

    year: int
    found: EstateLifetimes
    listed: tuple[Offer, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """List what a confirmation would write."""
        return tuple(one.change for one in self.listed if one.change is not None)

    @property
    def needs_reason(self) -> bool:
        """Tell whether a confirmation would correct a closed campaign, and has to say why."""
        return any(len(change.stages) > 1 for change in self.changes)

    @property
    def digest(self) -> str:
        """Give a mark of what would be written and over what: the same for the same offers."""
        told = [(one.value.code, one.state, one.entry, one.stored.revision if one.stored else 0) for one in self.listed]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def offers(session: Session, visitor: Visitor, year: int, stock: str, today: date) -> Offers:
    """Say which values of ``year`` the estate gives, and what would become of each; nothing is written.

    ``stock`` is B of the rate of reuse as it was typed, blank when nobody told it.

    Raises:
        Forbidden: without the right to enter any value.
        NotFound: for a year that is not over.
        Invalid: for a stock that is no whole number.
    """
    return _offers(session, visitor, year, stock, today, _TO_COME)


def confirm(session: Session, visitor: Visitor, year: int, stock: str, shown: str, reason: str, today: date) -> int:
    """Write the values that were shown, as measurements that go their usual way; give how many.

    ``shown`` is the mark of the offers that were on the screen, ``reason`` says why a closed campaign is corrected.

    Raises:
        Forbidden, NotFound: as `offers` does.
        Conflict: when the estate or a value has changed since.
        Invalid: for a stock that is no whole number, or without the reason that a closed campaign asks for.
    """
    found = _offers(session, visitor, year, stock, today, tidy(reason) or _TO_COME)
    if found.digest != shown:
        raise Conflict(Problem("shown", ProblemCode.OFFER_STALE))
    if found.needs_reason and not tidy(reason):
        raise Invalid(Problem("reason", ProblemCode.CORRECTION_REASON_MISSING, {"year": year}))
    return len(write(session, visitor, found.changes))


def _offers(session: Session, visitor: Visitor, year: int, stock: str, today: date, reason: str) -> Offers:
    visitor.require(Permission.ENTER_ANY)
    if not FIRST_YEAR <= year <= last_full_year(today):
        raise NotFound(year)
    told = _stock(stock)
    found = lifetimes.known(session, visitor.organisation, year, year, today)
    known = portfolio(session, visitor.organisation, with_drafts=True)
    open_to = {code for code in known.used() if known.figures.is_typed(code, year)}
    values = [] if found.is_empty else [one for one in _values(found, told) if one.code in open_to]
    return Offers(year, found, tuple(_listed(session, visitor, known, values, found, today, reason)))


def _stock(text: str) -> int | None:
    """Read B, None when it is blank.

    Raises:
        Invalid: for what is no whole number, or a negative one.
    """
    fields = Fields()
    value = fields.number("stock", text)
    if value is not None and value != value.to_integral_value():
        fields.refuse("stock", ProblemCode.NOT_WHOLE, value=value)
    elif value is not None and value < 0:
        fields.refuse("stock", ProblemCode.BELOW_MINIMUM, value=value, bound=0)
    fields.end()
    return None if value is None else int(value)


def _values(found: EstateLifetimes, stock: int | None) -> Sequence[EstateValue]:
    where = found.destinations
    unknown, exits = where.get(None, 0) + found.unplaced, sum(where.values()) + found.unplaced
    return (
        mean_age("SOB-06", found.computers.at_exit, Withheld.NOTHING_RETIRED),
        mean_age("SOB-07", found.mobiles.at_exit, Withheld.NOTHING_RETIRED),
        mean_age("SOB-09", found.whole.in_service, Withheld.NOTHING_DATED),
        share("SOB-10", found.older),
        reuse("SOB-11", found.sent, stock),
        reused_inside("SOB-12", where.get(Destination.REUSED_INSIDE, 0), unknown, exits),
        EstateValue("SOB-13", withheld=Withheld.UNKNOWN_TAKER),
        there("SOB-31", found.personal),
    )


def _listed(
    session: Session,
    visitor: Visitor,
    known: Portfolio,
    values: Sequence[EstateValue],
    found: EstateLifetimes,
    today: date,
    reason: str,
) -> Iterator[Offer]:
    row = campaigns.by_year(session, visitor.organisation.id, found.year)
    way = standings(session, visitor.organisation, found.year, campaign_record(row) if row else None)
    stored = {one.code: _stored(known, one.code, found.year) for one in values}
    drafts = {one.code: _draft(one, stored[one.code], found, reason) for one in values if one.withheld is None}
    held = {code for code in drafts if _is_held(way.get(known.figures.rows[code].id), stored[code])}
    typed = [Typed(found.year, draft) for code, draft in drafts.items() if code not in held]
    examined = examine(session, visitor, known, typed, today)
    for value in values:
        indicator, draft = known.figures.indicator(value.code), drafts.get(value.code)
        if draft is None:
            yield Offer(indicator, value, OfferState.WITHHELD, stored=stored[value.code])
        else:
            yield _offer(indicator, value, draft, stored[value.code], value.code in held, _outcome(examined, typed))


_Outcome = Mapping[str, Change | tuple[Problem, ...]]


def _outcome(examined: Examined, typed: Sequence[Typed]) -> _Outcome:
    """Give by its code what each draft comes to: a change to write, or what stands against it."""
    found: dict[str, Change | tuple[Problem, ...]] = {one.row.code: one for one in examined.changes}
    for place, problem in examined.problems:
        found[typed[place].draft.code] = (problem,)
    return found


def _offer(
    indicator: IndicatorRecord,
    value: EstateValue,
    draft: Draft,
    stored: Reading | None,
    is_held: bool,
    outcome: _Outcome,
) -> Offer:
    entry = check(draft, indicator, None)
    if not isinstance(entry, Entry):
        return Offer(indicator, value, OfferState.REFUSED, stored=stored, problems=tuple(entry))
    if is_held:
        is_same = stored is not None and stored.value == entry.value
        return Offer(indicator, value, OfferState.SAME if is_same else OfferState.HELD, entry, stored)
    became = outcome.get(value.code)
    if became is None:
        return Offer(indicator, value, OfferState.SAME, entry, stored)
    if isinstance(became, tuple):
        return Offer(indicator, value, OfferState.REFUSED, entry, stored, became)
    if len(became.stages) == 1:
        became = replace(became, draft=replace(became.draft, reason=""))  # only a correction has a reason to keep
    state = OfferState.NEW if became.current is None else OfferState.CHANGED
    return Offer(indicator, value, state, became.entry, stored, change=became)


def _stored(known: Portfolio, code: str, year: int) -> Reading | None:
    values = known.figures.values.get(code)
    return values.readings.get(year) if values else None


def _is_held(standing: Standing | None, stored: Reading | None) -> bool:
    """Tell whether what is stored is not the estate's to replace: it was validated, or is published from elsewhere."""
    if standing is None or standing.is_withdrawn or stored is None:
        return False
    is_validated = standing.stage in {Stage.VALIDATED, Stage.LOCKED}
    return is_validated or (standing.is_published and stored.source != SOURCE)


def _draft(value: EstateValue, stored: Reading | None, found: EstateLifetimes, reason: str) -> Draft:
    return Draft(
        value.code,
        seen=stored.revision if stored else 0,
        value=_typed(value.value),
        precision=Quality.CALCULATED,
        comment=value_comment(value, found.whole.undated),
        numerator=_typed(value.numerator),
        denominator=_typed(value.denominator),
        coverage=_typed(value.coverage),
        source=SOURCE,
        reason=reason,
    )


def _typed(number: Decimal | None) -> str:
    return "" if number is None else typed_text(number)
