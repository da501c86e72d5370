"""Baselines: the value that an indicator departs from, established, proposed, validated, then frozen."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from tracker.domain.errors import Conflict, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.numbers import plain_text
from tracker.domain.permissions import Permission
from tracker.domain.records import Aim
from tracker.domain.targets import Baseline
from tracker.domain.vocabulary import BaselineState
from tracker.services import effects
from tracker.services.decisions import Told, add, find_aim, stale, tell
from tracker.services.effects import Effect
from tracker.services.portfolio import Portfolio, portfolio
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store import models
from tracker.store.queries import commitments


@dataclass(frozen=True, slots=True)
class BaselineDraft:
    """What was typed; ``seen`` is the version that was on the screen, 0 for none."""

    state: str
    value: str = ""
    year: str = ""
    source: str = ""
    reason: str = ""
    in_force_from: str = ""
    seen: int = 0
    has_comma_groups: bool = False


@dataclass(frozen=True, slots=True)
class BaselineEffect:
    """What a baseline would change: the version as it was understood, and the verdicts."""

    baseline: Baseline
    effects: tuple[Effect, ...]


def is_frozen(aim: Aim) -> bool:
    """Tell whether a version was validated: from then on, another one says why and from which year it counts."""
    return any(base.state is BaselineState.VALIDATED for base in aim.baselines)


def preview(
    session: Session, visitor: Visitor, commitment: str, code: str, draft: BaselineDraft, today: date
) -> BaselineEffect | None:
    """Give what ``draft`` would change, and write nothing; None when it says what is stored already.

    Raises:
        Forbidden, NotFound, Conflict, Invalid: as `set_baseline` does.
    """
    visitor.require(Permission.CONFIGURE)
    known = portfolio(session, visitor.organisation)
    added = _checked(known, commitment, code, draft, today)
    if added is None:
        return None
    after = effects.with_baseline(known, commitment, code, added)
    return BaselineEffect(added, effects.effects(known, after, {commitment}, today))


def set_baseline(
    session: Session, visitor: Visitor, commitment: str, code: str, draft: BaselineDraft, today: date
) -> bool:
    """Add a version of the baseline of an aim; nothing is ever rewritten. False when it is what is stored already.

    Until one is validated, a version counts from the start; afterwards from the year that is given, so that the
    years before keep their verdict.

    Raises:
        Forbidden: without the right to configure.
        NotFound: when the organisation has no such commitment, or it does not use that indicator.
        Conflict: when another version was stored meanwhile.
        Invalid: for a value without its source or out of bounds, a frozen one without a reason, a wrong year, and
            one that would replace a frozen one before the last full year.
    """
    visitor.require(Permission.CONFIGURE)
    known = portfolio(session, visitor.organisation)
    added = _checked(known, commitment, code, draft, today)
    if added is None:
        return False
    row = commitments.by_code(session, visitor.organisation.id, commitment)
    aim = next(aim for aim in (row.aims if row else ()) if aim.indicator.code == code)
    made = models.Baseline(
        aim_id=aim.id,
        version=added.version,
        state=added.state,
        value=added.value,
        year=added.year,
        in_force_from=added.in_force_from,
        method=added.method,
        source_fr=added.source,
        reason_fr=added.reason,
        author=visitor.name,
        recorded_at=datetime.now(UTC),
    )
    add(session, made, lambda: _meanwhile(portfolio(session, visitor.organisation), commitment, code))
    tell(
        session,
        visitor,
        JournalAction.BASELINE_SET,
        f"{commitment} {code}",
        _told(find_aim(known, commitment, code).baseline),
        _told(added),
        year=added.in_force_from or None,
        reason=added.reason,
    )
    return True


def _checked(known: Portfolio, commitment: str, code: str, draft: BaselineDraft, today: date) -> Baseline | None:
    """Give the version that ``draft`` comes to; None when it is what is stored, or what was on the screen."""
    aim, typed = find_aim(known, commitment, code), Typed(has_comma_groups=draft.has_comma_groups)
    last, frozen = aim.baseline, is_frozen(aim)
    read = _read(typed, aim, draft, today, is_frozen=frozen)
    known_already = [base for base in aim.baselines if base is last or base.version == draft.seen]
    if not typed.problems and any(_says_the_same(read, base) for base in known_already):
        return None
    if frozen and not read.reason:
        typed.refuse("reason", ProblemCode.BASELINE_FROZEN)
    if frozen:
        _check_first(typed, read, today.year - 1)
    if last is not None and last.version != draft.seen:
        raise Conflict(stale(last.author, _shown(last)), *typed.problems)
    typed.end()
    method = _method(known, code, last, read)
    return replace(read, version=last.version + 1 if last else 1, method=method)


def _read(typed: Typed, aim: Aim, draft: BaselineDraft, today: date, *, is_frozen: bool) -> Baseline:
    """Read the fields of ``draft``; what cannot be read is noted in ``typed``."""
    state = typed.choice("state", draft.state, BaselineState)
    is_settled = state in {BaselineState.PROPOSED, BaselineState.VALIDATED}
    value, year = None, None
    if is_settled:
        is_percent = aim.indicator.unit == "percent"
        value = typed.number("value", draft.value, is_percent=is_percent, is_needed=True)
        typed.inside("value", [value], aim.indicator)
        year = typed.year("year", draft.year, today.year, is_needed=True)
    elif state is BaselineState.TO_ESTABLISH:
        typed.unwanted(("value", draft.value), ("year", draft.year))
    source = typed.words("source", draft.source, ProblemCode.BASELINE_SOURCE_MISSING if is_settled else None)
    first = typed.year("in_force_from", draft.in_force_from, today.year + 1, is_needed=True) if is_frozen else 0
    return Baseline(
        state=state or BaselineState.TO_ESTABLISH,
        value=value,
        year=year,
        source=source,
        in_force_from=first or 0,
        reason=typed.words("reason", draft.reason),
    )


def _check_first(typed: Typed, read: Baseline, full: int) -> None:
    """Refuse a replacement that would judge again the years before ``full``, or whose own year comes later."""
    if typed.is_refused("in_force_from"):
        return
    if read.in_force_from < full:
        typed.refuse("in_force_from", ProblemCode.BASELINE_TOO_EARLY, year=full)
    elif read.year is not None and read.year > read.in_force_from:
        typed.refuse("year", ProblemCode.BASELINE_AFTER_FIRST, year=read.in_force_from)


def _says_the_same(read: Baseline, stored: Baseline) -> bool:
    told = [(base.state, base.value, base.year, base.source) for base in (read, stored)]
    return told[0] == told[1] and stored.in_force_from <= read.in_force_from


def _method(known: Portfolio, code: str, last: Baseline | None, read: Baseline) -> int | None:
    """Give the method of the baseline's year; a figure that the vote itself states stays the vote's."""
    is_of_the_vote = last is not None and last.is_known and last.method is None
    if read.year is None or (is_of_the_vote and last and (last.value, last.year) == (read.value, read.year)):
        return None
    return known.figures.method(code, read.year)


def _meanwhile(known: Portfolio, commitment: str, code: str) -> Problem:
    theirs = find_aim(known, commitment, code).baseline
    return stale(theirs.author if theirs else "", _shown(theirs))


def _shown(base: Baseline | None) -> object:
    if base is None:
        return BaselineState.TO_ESTABLISH
    return base.state if base.value is None else base.value


def _told(base: Baseline | None) -> Told:
    """Write a version for the journal, in no language."""
    if base is None:
        return {}
    return {
        "state": str(base.state),
        "value": "" if base.value is None else plain_text(base.value),
        "year": str(base.year or ""),
        "source": base.source,
        "in_force_from": str(base.in_force_from or ""),
    }
