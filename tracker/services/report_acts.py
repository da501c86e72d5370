"""What is recorded of a frozen report once it is sealed: its debate, and what strangers read of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from tracker.domain.dates import iso_day
from tracker.domain.errors import Conflict, Invalid, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.permissions import Permission
from tracker.domain.publications import FARTHEST_DAYS, PublicationState
from tracker.services.decisions import Told, add, tell
from tracker.services.frozen_reports import Version, content, find
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import ReportDebate, ReportPublication

NUMBER_LIMIT = 80


@dataclass(frozen=True, slots=True)
class DebateDraft:
    """What was typed of a debate; ``seen`` counts what was recorded of it when the page was opened."""

    debate_on: str = ""
    deliberation: str = ""
    adopted_on: str = ""
    seen: int = 0


def record_debate(session: Session, visitor: Visitor, year: int, number: int, draft: DebateDraft, today: date) -> bool:
    """Record when a version is debated, and the deliberation that takes note of it. False when that is known.

    Raises:
        Forbidden: without the right to publish.
        NotFound: when there is no such version.
        Conflict: when somebody recorded something else meanwhile.
        Invalid: for days that cannot be, or half a deliberation.
    """
    visitor.require(Permission.PUBLISH)
    found = find(session, visitor, year, number)
    typed = Typed()
    on = typed.any_day("debate_on", draft.debate_on, ProblemCode.DEBATE_DAY_MISSING)
    text = typed.words("deliberation", draft.deliberation, limit=NUMBER_LIMIT)
    adopted = typed.any_day("adopted_on", draft.adopted_on)
    if on is not None and on.year < year:
        typed.refuse("debate_on", ProblemCode.DEBATE_BEFORE_YEAR, year=year)
    _check_near(typed, "debate_on", on, today)
    if not typed.is_refused("deliberation", "adopted_on"):
        _check_text(typed, text, on, adopted, today)
    last = found.debate
    if last is not None and (on, text, adopted) == (last.debate_on, last.deliberation, last.adopted_on):
        return False
    if draft.seen != len(found.debates):
        raise Conflict(_stale(found.debates[-1].author if found.debates else ""), *typed.problems)
    typed.end()
    assert on is not None  # noqa: S101 - refused above
    row = ReportDebate(
        organisation_id=visitor.organisation.id,
        report_id=found.row.id,
        position=draft.seen + 1,
        debate_on=on,
        deliberation=text,
        adopted_on=adopted,
        author=visitor.name,
        recorded_at=datetime.now(UTC),
    )
    add(session, row, _meanwhile(session, visitor, year, number))
    before = _told(last.debate_on, last.deliberation, last.adopted_on) if last else {}
    action = JournalAction.REPORT_DEBATED
    tell(session, visitor, action, _subject(found), before, _told(on, text, adopted), year=year)
    return True


def publish(
    session: Session, visitor: Visitor, year: int, number: int, visible_from: str, note: str, seen: int, today: date
) -> bool:
    """Decide from when on anyone reads a version. False when the same was decided by the same click.

    Raises:
        Forbidden: without the right to publish.
        NotFound: when there is no such version.
        AlteredReport: when its text is not the one that was sealed.
        Conflict: when somebody decided otherwise meanwhile.
        Invalid: for a day that cannot be, or a version that is read already.
    """
    visitor.require(Permission.PUBLISH)
    found = find(session, visitor, year, number)
    content(found.row)
    typed = Typed()
    on = typed.any_day("visible_from", visible_from) if visible_from.strip() else today
    written = typed.words("note", note)
    if on is not None and on < today:
        typed.refuse("visible_from", ProblemCode.VISIBLE_IN_PAST)
    _check_near(typed, "visible_from", on, today)
    last = found.last_act
    if last is not None and (on, written, False) == (last.visible_from, last.note, last.is_withdrawn):
        return False
    _check_seen(found, seen, typed)
    if found.standing(today) is PublicationState.VISIBLE:
        typed.refuse("visible_from", ProblemCode.REPORT_READ_ALREADY)
    typed.end()
    assert on is not None  # noqa: S101 - refused above
    _decide(session, visitor, found, on, written, is_withdrawn=False)
    after = {"report_version": str(number), "visible_from": on.isoformat()}
    tell(session, visitor, JournalAction.REPORT_PUBLISHED, str(year), {}, after, year=year, reason=written)
    return True


def withdraw(session: Session, visitor: Visitor, year: int, number: int, reason: str, seen: int, today: date) -> bool:
    """Take a version back from strangers, or drop what was planned. False when nobody reads it already.

    Raises:
        Forbidden: without the right to publish.
        NotFound: when there is no such version.
        Conflict: when somebody decided otherwise meanwhile.
        Invalid: without a reason, or for a version that was never published nor planned.
    """
    visitor.require(Permission.PUBLISH)
    found = find(session, visitor, year, number)
    last = found.last_act
    if last is None:
        raise Invalid(Problem("reason", ProblemCode.REPORT_NOT_READ))
    if last.is_withdrawn:
        return False
    typed = Typed()
    written = typed.words("reason", reason, ProblemCode.PUBLICATION_REASON_MISSING)
    _check_seen(found, seen, typed)
    typed.end()
    _decide(session, visitor, found, today, written, is_withdrawn=True)
    after = {"report_version": str(number)}
    tell(session, visitor, JournalAction.REPORT_WITHDRAWN, str(year), {}, after, year=year, reason=written)
    return True


def _check_near(typed: Typed, where: str, on: date | None, today: date) -> None:
    farthest = today + timedelta(days=FARTHEST_DAYS)
    if on is not None and on > farthest:
        typed.refuse(where, ProblemCode.DATE_TOO_FAR, limit=farthest)


def _check_text(typed: Typed, text: str, on: date | None, adopted: date | None, today: date) -> None:
    if text and adopted is None:
        typed.refuse("adopted_on", ProblemCode.DEBATE_TEXT_DAY_MISSING)
    if adopted is not None and not text:
        typed.refuse("deliberation", ProblemCode.DEBATE_TEXT_MISSING)
    if adopted is not None and adopted > today:
        typed.refuse("adopted_on", ProblemCode.DEBATE_TEXT_TO_COME)
    elif adopted is not None and on is not None and adopted < on:
        typed.refuse("adopted_on", ProblemCode.DEBATE_TEXT_EARLY)


def _check_seen(found: Version, seen: int, typed: Typed) -> None:
    if seen != len(found.publications):
        author = found.publications[-1].author if found.publications else ""
        raise Conflict(_stale(author), *typed.problems)


def _decide(session: Session, visitor: Visitor, found: Version, on: date, note: str, *, is_withdrawn: bool) -> None:
    row = ReportPublication(
        organisation_id=visitor.organisation.id,
        report_id=found.row.id,
        position=len(found.publications) + 1,
        visible_from=on,
        is_withdrawn=is_withdrawn,
        note=note,
        author=visitor.name,
        recorded_at=datetime.now(UTC),
    )
    add(session, row, _meanwhile(session, visitor, found.row.year, found.row.version))


def _meanwhile(session: Session, visitor: Visitor, year: int, number: int) -> Callable[[], Problem]:
    def told() -> Problem:
        found = find(session, visitor, year, number)
        told = [(one.recorded_at, one.author) for one in found.debates]
        told += [(one.recorded_at, one.author) for one in found.publications]
        return _stale(max(told)[1] if told else "")

    return told


def _stale(author: str) -> Problem:
    return Problem("seen", ProblemCode.REPORT_ACTED_ON, {"author": author or "–"})


def _told(on: date, text: str, adopted: date | None) -> Told:
    return {"debate_on": on.isoformat(), "deliberation": text, "adopted_on": iso_day(adopted)}


def _subject(found: Version) -> str:
    return f"{found.row.year} v{found.row.version}"
