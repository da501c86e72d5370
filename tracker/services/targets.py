"""Targets: each decision makes a version of its own, and the years before it keep the one they were judged with."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial

from sqlalchemy.orm import Session

from tracker.domain.errors import Conflict, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.numbers import UnreadableNumber, parse_number, plain_text
from tracker.domain.periods import FIRST_YEAR
from tracker.domain.permissions import Permission
from tracker.domain.records import Aim, CommitmentRecord, IndicatorRecord
from tracker.domain.revisions import Contradiction, contradiction
from tracker.domain.targets import (
    DOWNWARD,
    UPWARD,
    Baseline,
    Target,
    TargetPoint,
    Threshold,
    amount,
    resolve,
    stated_departure,
)
from tracker.domain.versions import in_force
from tracker.domain.vocabulary import Collection, CommitmentKind, Comparator, TargetBasis, TargetPath
from tracker.services import effects
from tracker.services.decisions import Told, add, find_aim, stale, tell
from tracker.services.deliberations import hold_register
from tracker.services.effects import Effect
from tracker.services.portfolio import Portfolio, portfolio
from tracker.services.typed import LAST_YEAR, Typed
from tracker.services.visitor import Visitor
from tracker.store import models
from tracker.store.queries import commitments

TITLE_LIMIT = 200
JUDGED = frozenset({CommitmentKind.QUANTIFIED, CommitmentKind.APPROVAL, CommitmentKind.CONTINUOUS})
"""The kinds of commitment that a target judges; a direction, a milestone and a renewal have no threshold."""
_POINT = re.compile(r"\s*([0-9]{4})\s*[:;=\s]\s*(\S.*)")
_CONTRADICTIONS = {
    Contradiction.WRONG_COMPARATOR: ("comparator", ProblemCode.TARGET_WRONG_COMPARATOR),
    Contradiction.WRONG_SIDE: ("value", ProblemCode.TARGET_WRONG_SIDE),
    Contradiction.EMPTY_BAND: ("upper", ProblemCode.TARGET_EMPTY_BAND),
}


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """What was typed; ``seen`` is the version that was on the screen, 0 for none.

    ``deliberation`` is the reference of one of the organisation's; without it, ``title`` and ``decided_on`` tell
    another decision. ``points`` has a year and its value on each line.
    """

    basis: str
    comparator: str
    value: str
    upper: str = ""
    start: str = ""
    start_year: str = ""
    horizon_year: str = ""
    path: str = TargetPath.LINEAR
    points: str = ""
    in_force_from: str = ""
    deliberation: str = ""
    title: str = ""
    decided_on: str = ""
    reason: str = ""
    seen: int = 0
    has_comma_groups: bool = False


@dataclass(frozen=True, slots=True)
class TargetEffect:
    """What a target would change: the version as it was understood, and the verdicts."""

    target: Target
    effects: tuple[Effect, ...]


def preview(
    session: Session, visitor: Visitor, commitment: str, code: str, draft: TargetDraft, today: date
) -> TargetEffect | None:
    """Give what ``draft`` would change, and write nothing; None when it says what is stored already.

    Raises:
        Forbidden, NotFound, Conflict, Invalid: as `set_target` does.
    """
    visitor.require(Permission.CONFIGURE)
    known = portfolio(session, visitor.organisation)
    added = _checked(session, visitor, known, commitment, code, draft, today)
    if added is None:
        return None
    after = effects.with_target(known, commitment, code, added)
    return TargetEffect(added, effects.effects(known, after, {commitment}, today))


def set_target(session: Session, visitor: Visitor, commitment: str, code: str, draft: TargetDraft, today: date) -> bool:
    """Add a version of the target of an aim; nothing is ever rewritten. False when it is what is stored already.

    Raises:
        Forbidden: without the right to configure.
        NotFound: when the organisation has no such commitment, or it does not use that indicator.
        Conflict: when another version was stored meanwhile.
        Invalid: for a target that nothing would judge, or that contradicts its indicator, a path that leads nowhere,
            a decision still to come or one that would judge the years before it, and a revision without a reason.
    """
    visitor.require(Permission.CONFIGURE)
    if draft.deliberation:
        hold_register(session, visitor)  # the day of a vote may be being corrected
    known = portfolio(session, visitor.organisation)
    added = _checked(session, visitor, known, commitment, code, draft, today)
    if added is None:
        return False
    row = commitments.by_code(session, visitor.organisation.id, commitment)
    aim = next(aim for aim in (row.aims if row else ()) if aim.indicator.code == code)
    made = models.TargetVersion(
        aim_id=aim.id,
        version=added.version,
        basis=added.basis,
        comparator=added.comparator,
        value=added.value,
        upper=added.upper,
        start=added.start,
        start_year=added.start_year,
        horizon_year=added.horizon_year,
        path=added.path,
        points=[models.TargetPoint(year=point.year, value=point.value) for point in added.points],
        reason_fr=added.reason,
        decision=added.decision,
        decided_on=added.decided_on,
        in_force_from=added.in_force_from,
        author=visitor.name,
        recorded_at=datetime.now(UTC),
    )
    add(session, made, lambda: _meanwhile(portfolio(session, visitor.organisation), commitment, code))
    tell(
        session,
        visitor,
        JournalAction.TARGET_SET,
        f"{commitment} {code}",
        _told(_last(find_aim(known, commitment, code))),
        _told(added),
        year=added.in_force_from,
        reason=added.reason,
    )
    return True


def departure(aim: Aim, target: Target) -> Baseline | None:
    """Give what ``target`` is counted from in its first year."""
    return stated_departure(target) or in_force(aim.baselines, target.in_force_from) or aim.baseline


def unjudged(commitment: CommitmentRecord, aim: Aim) -> Problem | None:
    """Say why no target of ``aim`` would ever be judged; None when one would."""
    if commitment.kind not in JUDGED:
        return Problem("value", ProblemCode.TARGET_UNJUDGED_KIND)
    if aim.indicator.collection is Collection.FINDING:
        return Problem("value", ProblemCode.TARGET_OF_FACTS)
    return None


def _last(aim: Aim) -> Target | None:
    return max(aim.targets, key=lambda target: target.version, default=None)


def _checked(
    session: Session,
    visitor: Visitor,
    known: Portfolio,
    commitment: str,
    code: str,
    draft: TargetDraft,
    today: date,
) -> Target | None:
    """Give the version that ``draft`` comes to; None when it is what is stored, or what was on the screen."""
    aim, typed = find_aim(known, commitment, code), Typed(has_comma_groups=draft.has_comma_groups)
    last = _last(aim)
    texts = {row.reference: row.adopted_on for row in commitments.deliberations(session, visitor.organisation.id)}
    decided_on, decision = _decision(typed, draft, texts, today)
    read = _read(typed, aim, draft, decided_on or today, today)
    read = replace(read, decision=decision, reason=typed.words("reason", draft.reason))
    known_already = [target for target in aim.targets if target is last or target.version == draft.seen]
    if not typed.problems and any(_says_the_same(read, target) for target in known_already):
        return None
    if last is not None and not read.reason:
        typed.refuse("reason", ProblemCode.REASON_MISSING)
    problem = unjudged(known.commitment(commitment), aim)
    if problem is None:
        check(typed, aim, read, [rank for rank, _ in _lines(draft.points)])
    else:
        typed.problems = [problem, *(one for one in typed.problems if one.where != problem.where)]
    if last is not None and last.version != draft.seen:
        raise Conflict(stale(last.author, last.value), *typed.problems)
    typed.end()
    return replace(read, version=last.version + 1 if last else 1)


def _decision(typed: Typed, draft: TargetDraft, texts: dict[str, date], today: date) -> tuple[date | None, str]:
    if draft.deliberation in texts:
        typed.unwanted(("title", draft.title), ("decided_on", draft.decided_on))
        return texts[draft.deliberation], draft.deliberation
    if draft.deliberation:
        typed.refuse("deliberation", ProblemCode.UNKNOWN_CHOICE)
        return None, ""
    title = typed.words("title", draft.title, ProblemCode.DECISION_MISSING, TITLE_LIMIT)
    return typed.day("decided_on", draft.decided_on, today), title


def _read(typed: Typed, aim: Aim, draft: TargetDraft, decided_on: date, today: date) -> Target:
    """Read the fields of ``draft``; what cannot be read is noted in ``typed``."""
    basis = typed.choice("basis", draft.basis, TargetBasis) or TargetBasis.ABSOLUTE
    comparator = typed.choice("comparator", draft.comparator, Comparator) or Comparator.AT_LEAST
    path = typed.choice("path", draft.path, TargetPath) or TargetPath.LINEAR
    is_percent = aim.indicator.unit == "percent" or basis is TargetBasis.RELATIVE_PERCENT
    number = partial(typed.number, is_percent=is_percent)
    upper, start, start_year = None, None, None
    if comparator is Comparator.BETWEEN:
        upper = number("upper", draft.upper)
        if not draft.upper.strip():
            typed.refuse("upper", ProblemCode.UPPER_MISSING)
    elif draft.comparator in set(Comparator):
        typed.unwanted(("upper", draft.upper))
    if basis is TargetBasis.FROM_TO:
        start, start_year = number("start", draft.start), typed.year("start_year", draft.start_year, today.year)
        if not draft.start.strip():
            typed.refuse("start", ProblemCode.START_MISSING)
    elif draft.basis in set(TargetBasis):
        typed.unwanted(("start", draft.start), ("start_year", draft.start_year))
    return Target(
        version=1,
        basis=basis,
        comparator=comparator,
        value=number("value", draft.value, is_needed=True) or Decimal(0),
        horizon_year=typed.year("horizon_year", draft.horizon_year),
        in_force_from=typed.year("in_force_from", draft.in_force_from, is_needed=True) or decided_on.year,
        decided_on=decided_on,
        upper=upper,
        start=start,
        start_year=start_year,
        path=path,
        points=_points(typed, draft, path, is_percent=is_percent),
    )


def _points(typed: Typed, draft: TargetDraft, path: TargetPath, *, is_percent: bool) -> tuple[TargetPoint, ...]:
    """Read the voted years on the way; a straight line has none, and a way by points at least one."""
    lines = _lines(draft.points)
    if path is TargetPath.LINEAR:
        typed.unwanted(("points", draft.points))
        return ()
    if not lines:
        typed.refuse("points", ProblemCode.POINTS_MISSING)
    found: list[TargetPoint] = []
    for rank, line in lines:
        point = _point(line, has_comma_groups=typed.has_comma_groups, is_percent=is_percent)
        if point is None:
            typed.refuse("points", ProblemCode.POINT_UNREADABLE, line=rank, text=line.strip()[:40])
            return ()
        if found and point.year <= found[-1].year:
            typed.refuse("points", ProblemCode.POINTS_OUT_OF_ORDER, line=rank)
            return ()
        found.append(point)
    return tuple(found)


def _lines(text: str) -> list[tuple[int, str]]:
    """Give the lines that say something, each with its number."""
    return [(rank, line) for rank, line in enumerate(text.splitlines(), 1) if line.strip()]


def _point(line: str, *, has_comma_groups: bool, is_percent: bool) -> TargetPoint | None:
    written = _POINT.fullmatch(line)
    if written is None or not FIRST_YEAR <= int(written[1]) <= LAST_YEAR:
        return None
    try:
        value = parse_number(written[2].strip(), is_percent=is_percent, has_comma_groups=has_comma_groups)
    except UnreadableNumber:
        return None
    return TargetPoint(int(written[1]), value)


def check(typed: Typed, aim: Aim, read: Target, ranks: Sequence[int]) -> None:
    """Hold what could be read against the decision, the indicator and its baseline; ``ranks`` number the points."""
    if (
        not typed.is_refused("in_force_from", "decided_on", "deliberation")
        and read.in_force_from < read.decided_on.year
    ):
        typed.refuse("in_force_from", ProblemCode.IN_FORCE_TOO_EARLY, year=read.decided_on.year)
    if (
        read.horizon_year is not None
        and not typed.is_refused("in_force_from")
        and read.horizon_year < read.in_force_from
    ):
        typed.refuse("horizon_year", ProblemCode.HORIZON_TOO_EARLY)
    if typed.is_refused("basis", "comparator", "value", "upper", "start"):
        return
    base, better = departure(aim, read), aim.indicator.better
    found = contradiction(read, better, base)
    if found is not None:
        where, code = _CONTRADICTIONS[found]
        typed.refuse(where, code, better=better, value=read.value)
    threshold = resolve(read, base)
    if threshold is not None:
        typed.inside("value", [threshold.value], aim.indicator)
        typed.inside("upper", [threshold.upper], aim.indicator)
    typed.inside("start", [read.start], aim.indicator)
    _check_points(typed, read, base)
    if not typed.is_refused("value", "comparator", "upper", "start", "points"):
        _check_way(typed, aim, read, base, ranks)


def _check_points(typed: Typed, read: Target, base: Baseline | None) -> None:
    """Refuse a point that does not lie between the departure and the horizon."""
    first = base.year if base and base.year is not None else None
    for point in read.points:
        is_early = first is not None and point.year <= first
        is_late = read.horizon_year is not None and point.year > read.horizon_year
        if (is_early or is_late) and not typed.is_refused("points"):
            typed.refuse("points", ProblemCode.POINT_OUTSIDE, year=point.year)


def _check_way(typed: Typed, aim: Aim, read: Target, base: Baseline | None, ranks: Sequence[int]) -> None:
    """Refuse the first point that the indicator cannot have, or that does not lead from the departure to the target."""
    start, indicator = _start(read, base), aim.indicator
    way, before = _way(read, start), start
    end = read.upper if read.upper is not None and way > 0 else read.value
    for rank, point in zip(ranks, read.points, strict=True):
        value, code = amount(read, point.value, base), None
        if value is not None and not _is_possible(value, indicator):
            code = ProblemCode.POINT_OUT_OF_BOUNDS
        elif (point.value - end) * way > 0:
            code = ProblemCode.POINT_BEYOND_TARGET
        elif before is not None and (point.value - before) * way < 0:
            code = ProblemCode.POINT_BEHIND_START if point is read.points[0] else ProblemCode.POINT_GOES_BACK
        if code is not None:
            typed.refuse("points", code, line=rank, value=point.value)
            return
        before = point.value


def _is_possible(value: Decimal, indicator: IndicatorRecord) -> bool:
    low, high = indicator.minimum, indicator.maximum
    return (low is None or value >= low) and (high is None or value <= high)


def _start(read: Target, base: Baseline | None) -> Decimal | None:
    """Give the departure, counted as the numbers of the target are; None while it is not known."""
    if read.is_relative:
        return Decimal(0)
    return base.value if base is not None and base.is_known else None


def _way(read: Target, start: Decimal | None) -> int:
    """Tell which way the numbers of the target go: 1 up, -1 down, 0 where nothing says it."""
    if read.comparator in UPWARD or read.comparator in DOWNWARD:
        return 1 if read.comparator in UPWARD else -1
    if start is None:
        return 0
    aimed = Threshold(read.comparator, read.value, read.upper).edge(start)
    return (aimed > start) - (aimed < start)


def _says_the_same(read: Target, stored: Target) -> bool:
    neutral = {"version": 1, "reason": "", "author": ""}
    return replace(read, **neutral) == replace(stored, **neutral)  # type: ignore[arg-type]


def _meanwhile(known: Portfolio, commitment: str, code: str) -> Problem:
    theirs = _last(find_aim(known, commitment, code))
    return stale(theirs.author if theirs else "", theirs.value if theirs else Decimal(0))


def _told(target: Target | None) -> Told:
    """Write a version for the journal, in no language."""
    if target is None:
        return {}
    numbers = {"value": target.value, "upper": target.upper, "start": target.start}
    return {
        "basis": str(target.basis),
        "comparator": str(target.comparator),
        **{name: "" if number is None else plain_text(number) for name, number in numbers.items()},
        "start_year": str(target.start_year or ""),
        "horizon_year": str(target.horizon_year or ""),
        "path": str(target.path),
        "points": _written(target.points),
        "in_force_from": str(target.in_force_from),
        "decision": target.decision,
        "decided_on": target.decided_on.isoformat(),
    }


def _written(points: Sequence[TargetPoint]) -> str:
    return " ; ".join(f"{point.year} = {plain_text(point.value)}" for point in points)
