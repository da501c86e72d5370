"""Recording values: what an officer typed, checked, compared with what is stored, added as new revisions."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.domain.entries import Draft, Entry, check
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.numbers import plain_text
from tracker.domain.periods import is_open_year
from tracker.domain.permissions import Permission
from tracker.domain.records import Reading
from tracker.domain.vocabulary import Collection, JournalAction
from tracker.services import journal
from tracker.services.records import indicator_record, reading
from tracker.services.visitor import Visitor
from tracker.store.models import Indicator, Measurement
from tracker.store.queries import indicators, measurements


@dataclass(frozen=True, slots=True)
class Saved:
    """A value that was written: its indicator and its new revision."""

    code: str
    revision: int


def record(session: Session, visitor: Visitor, year: int, drafts: Sequence[Draft], today: date) -> tuple[Saved, ...]:
    """Write each draft that says something new as a revision of its own; all of them or none.

    A draft equal to the revision it was typed over, or to the stored one, changes nothing.

    Raises:
        NotFound: for a year that is not open, or an indicator that the organisation does not use.
        Forbidden: for an indicator that the visitor may not enter.
        Conflict: when somebody stored another value meanwhile; every problem of the drafts is listed with it.
        Invalid: when a draft cannot be stored as it is.
    """
    if not is_open_year(year, today):
        raise NotFound(year)
    known = {row.code: row for row in enterable(session, visitor)}
    problems: list[Problem] = []
    written: list[tuple[Indicator, Draft, Entry, Reading | None]] = []
    for draft in drafts:
        row = known.get(draft.code)
        if row is None:
            raise refusal(session, visitor, draft.code)
        stored = _history(session, visitor, row, year)
        found = _examine(draft, row, stored)
        if isinstance(found, Entry):
            written.append((row, draft, found, stored[0] if stored else None))
        else:
            problems += found
    if problems:
        raise _kind_of(problems)(*problems)
    written.sort(key=lambda change: change[0].id)  # one order for all, so that two pages never wait for each other
    added = (_add(session, visitor, year, *change) for change in written)
    return tuple(saved for saved in added if saved)


def enterable(session: Session, visitor: Visitor) -> Sequence[Indicator]:
    """List the indicators whose values the visitor may type, in the catalogue's order."""
    used = indicators.used_by(session, visitor.organisation.id)
    return [row for row in used if row.collected_by is Collection.MEASUREMENT and visitor.may_enter(row.id)]


def refusal(session: Session, visitor: Visitor, code: str) -> Forbidden | NotFound:
    """Say why ``code`` is not the visitor's to enter: not theirs, or not an indicator of the organisation at all."""
    used = {row.code for row in indicators.used_by(session, visitor.organisation.id)}
    return Forbidden(Permission.ENTER_ASSIGNED) if code in used else NotFound(code)


def _history(session: Session, visitor: Visitor, row: Indicator, year: int) -> list[Reading]:
    return [reading(one) for one in measurements.revisions(session, visitor.organisation.id, row.id, year)]


def _examine(draft: Draft, row: Indicator, stored: list[Reading]) -> Entry | list[Problem]:
    """Say what ``draft`` would add; an empty list when it adds nothing."""
    current = stored[0] if stored else None
    seen = next((one for one in stored if one.revision == draft.seen), None)
    if draft.is_blank and (current is None or seen is None):
        return []
    entry = check(draft, indicator_record(row), seen or current)
    is_stale = current is not None and current.revision != draft.seen
    if isinstance(entry, Entry):
        if entry.says_the_same_as(seen) or entry.says_the_same_as(current):
            return []
        if is_stale and current is not None and draft.keep != "mine":
            return [] if draft.keep == "theirs" else [_stale(draft, current)]
        return entry
    return entry


def _stale(draft: Draft, current: Reading) -> Problem:
    theirs: object = current.value if current.value is not None else current.absence
    mine = draft.value.strip() or draft.precision
    return Problem(f"{draft.code}:value", ProblemCode.STALE, {"author": current.author, "theirs": theirs, "mine": mine})


def _kind_of(problems: list[Problem]) -> type[Invalid]:
    return Conflict if any(problem.code is ProblemCode.STALE for problem in problems) else Invalid


def _add(
    session: Session, visitor: Visitor, year: int, row: Indicator, draft: Draft, entry: Entry, current: Reading | None
) -> Saved | None:
    """Add a revision; None when somebody stored the very same thing at the same moment."""
    revision = (current.revision if current else 0) + 1
    added = Measurement(
        organisation_id=visitor.organisation.id,
        indicator_id=row.id,
        year=year,
        revision=revision,
        value=entry.value,
        numerator=entry.numerator,
        denominator=entry.denominator,
        absence=entry.absence,
        quality=entry.quality,
        coverage=entry.coverage,
        source=entry.source,
        comment=entry.comment,
        author=visitor.name,
        recorded_at=datetime.now(UTC),
    )
    try:
        with session.begin_nested():
            session.add(added)
    except IntegrityError:
        theirs = measurements.current(session, visitor.organisation.id, row.id, year)
        if theirs is None:
            raise
        if entry.says_the_same_as(reading(theirs)):
            return None
        raise Conflict(_stale(draft, reading(theirs))) from None
    journal.write(
        session,
        JournalAction.VALUE_CORRECTED if current else JournalAction.VALUE_RECORDED,
        organisation_id=visitor.organisation.id,
        actor=visitor.name,
        subject=row.code,
        year=year,
        before=_told(current, entry) if current else "",
        after=_told(entry, current),
        comment=entry.comment,
    )
    return Saved(row.code, revision)


ASIDE = ("quality", "coverage", "numerator", "denominator", "source")


def _told(told: Entry | Reading, other: Entry | Reading | None) -> str:
    """Write for the journal, in no language, the value or its absence; what else differs if these are the same."""
    if other is None or (told.value, told.absence) != (other.value, other.absence):
        return plain_text(told.value) if told.value is not None else str(told.absence or "")
    changed = [name for name in ASIDE if getattr(told, name) != getattr(other, name)]
    return json.dumps({name: _plain(getattr(told, name)) for name in changed}, ensure_ascii=False)


def _plain(value: object) -> str:
    return plain_text(value) if isinstance(value, Decimal) else str(value or "")
