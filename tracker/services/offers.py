"""Values given to the indicators of a year: shown first beside what is stored, then written once they are confirmed.

Here is the one rule of what is stored and stays: what was validated, and what is published from another source.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from tracker.domain.entries import Draft, Entry, check
from tracker.domain.errors import Conflict, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.numbers import typed_text
from tracker.domain.offers import Given, OfferState
from tracker.domain.periods import is_open_year
from tracker.domain.permissions import Permission
from tracker.domain.records import IndicatorRecord, Reading
from tracker.domain.texts import tidy
from tracker.domain.vocabulary import Quality, Stage
from tracker.services.measurements import Change, Examined, Typed, examine, write
from tracker.services.portfolio import Portfolio, portfolio
from tracker.services.records import campaign_record
from tracker.services.standings import Standing, standings
from tracker.services.visitor import Visitor
from tracker.store.queries import campaigns

_TO_COME = "…"  # stands for the reason that the confirmation will ask for


@dataclass(frozen=True, slots=True)
class Offer:
    """A value given to an indicator, beside what is stored; ``entry`` is how it would be kept.

    What is ``held`` was validated, or published from another source: it stays, and the other is shown beside it.
    """

    indicator: IndicatorRecord
    value: Given
    state: OfferState
    entry: Entry | None = None
    stored: Reading | None = None
    problems: tuple[Problem, ...] = ()
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Offers:
    """The values given to the indicators of a year; ``needs_reason`` when some would correct a closed campaign."""

    year: int
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


def offers(
    session: Session, visitor: Visitor, year: int, values: Sequence[Given], today: date, reason: str = ""
) -> Offers:
    """Say what would become of each of ``values`` that the organisation follows and types; nothing is written.

    ``reason`` says why a closed campaign is corrected, once somebody told it.

    Raises:
        Forbidden: without the right to enter any value.
        NotFound: for a year that cannot have values.
    """
    visitor.require(Permission.ENTER_ANY)
    if not is_open_year(year, today):
        raise NotFound(year)
    known = portfolio(session, visitor.organisation, with_drafts=True)
    open_to = {code for code in known.used() if known.figures.is_typed(code, year)}
    kept = [one for one in values if one.code in open_to]
    return Offers(year, tuple(_listed(session, visitor, known, year, kept, today, tidy(reason) or _TO_COME)))


def confirm(
    session: Session, visitor: Visitor, year: int, values: Sequence[Given], shown: str, reason: str, today: date
) -> int:
    """Write the values that were shown, as measurements that go their usual way; give how many.

    ``shown`` is the mark of the offers that were on the screen, ``reason`` says why a closed campaign is corrected.

    Raises:
        Forbidden, NotFound: as `offers` does.
        Conflict: when what gives the values, or a stored one, has changed since.
        Invalid: without the reason that a closed campaign asks for.
    """
    found = offers(session, visitor, year, values, today, reason)
    if found.digest != shown:
        raise Conflict(Problem("shown", ProblemCode.OFFER_STALE))
    if found.needs_reason and not tidy(reason):
        raise Invalid(Problem("reason", ProblemCode.CORRECTION_REASON_MISSING, {"year": year}))
    return len(write(session, visitor, found.changes))


def is_held(standing: Standing | None, *, is_ours: bool) -> bool:
    """Tell whether what is stored is nobody's to replace: it was validated, or is published from another source.

    ``is_ours`` tells whether what is stored came from where the new value comes from.
    """
    if standing is None or standing.is_withdrawn:
        return False
    return standing.stage in {Stage.VALIDATED, Stage.LOCKED} or (standing.is_published and not is_ours)


def _listed(
    session: Session,
    visitor: Visitor,
    known: Portfolio,
    year: int,
    values: Sequence[Given],
    today: date,
    reason: str,
) -> Iterator[Offer]:
    row = campaigns.by_year(session, visitor.organisation.id, year)
    way = standings(session, visitor.organisation, year, campaign_record(row) if row else None)
    stored = {one.code: _stored(known, one.code, year) for one in values}
    told = [one for one in values if not one.withheld]
    drafts = {one.code: _draft(one, stored[one.code], reason) for one in told}
    held = {one.code for one in told if _stays(way.get(known.figures.rows[one.code].id), stored[one.code], one)}
    typed = [Typed(year, draft) for code, draft in drafts.items() if code not in held]
    outcome = _outcome(examine(session, visitor, known, typed, today), typed)
    for value in values:
        indicator, draft = known.figures.indicator(value.code), drafts.get(value.code)
        if draft is None:
            yield Offer(indicator, value, OfferState.WITHHELD, stored=stored[value.code])
        else:
            yield _offer(indicator, value, draft, stored[value.code], value.code in held, outcome)


_Outcome = Mapping[str, Change | tuple[Problem, ...]]


def _outcome(examined: Examined, typed: Sequence[Typed]) -> _Outcome:
    """Give by its code what each draft comes to: a change to write, or what stands against it."""
    found: dict[str, Change | tuple[Problem, ...]] = {one.row.code: one for one in examined.changes}
    for place, problem in examined.problems:
        found[typed[place].draft.code] = (problem,)
    return found


def _offer(
    indicator: IndicatorRecord,
    value: Given,
    draft: Draft,
    stored: Reading | None,
    is_kept: bool,
    outcome: _Outcome,
) -> Offer:
    entry = check(draft, indicator, None)
    if not isinstance(entry, Entry):
        return Offer(indicator, value, OfferState.REFUSED, stored=stored, problems=tuple(entry))
    if is_kept:
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


def _stays(standing: Standing | None, stored: Reading | None, value: Given) -> bool:
    return stored is not None and is_held(standing, is_ours=stored.source == value.source)


def _draft(value: Given, stored: Reading | None, reason: str) -> Draft:
    return Draft(
        value.code,
        seen=stored.revision if stored else 0,
        value=_typed(value.value),
        precision=Quality.CALCULATED,
        comment=value.comment,
        numerator=_typed(value.numerator),
        denominator=_typed(value.denominator),
        coverage=_typed(value.coverage),
        source=value.source,
        reason=reason,
    )


def _typed(number: Decimal | None) -> str:
    return "" if number is None else typed_text(number)
