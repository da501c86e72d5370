"""The way of values through the year's campaign: submitting, validating, returning, by the hand or by the dozen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.domain import subjects
from tracker.domain.entries import Entry
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.permissions import Permission
from tracker.domain.plausibility import CommentReason, Oddity, needs_comment, oddities
from tracker.domain.records import Aim
from tracker.domain.texts import tidy
from tracker.domain.vocabulary import NoticeKind, Stage
from tracker.domain.workflow import waits_for_submission
from tracker.services import journal, notices
from tracker.services.gates import Gate, gate
from tracker.services.measurements import enterable
from tracker.services.portfolio import as_typed, portfolio, typed_aims
from tracker.services.standings import Standing, standings
from tracker.services.typed import REASON_LIMIT
from tracker.services.visitor import Visitor
from tracker.store.models import MeasurementStep


@dataclass(frozen=True, slots=True)
class Held:
    """A value that did not move: what is odd about it, or why it needs a comment first."""

    code: str
    oddities: tuple[Oddity, ...]
    comment: CommentReason | None


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved, by code, and what was held back to be looked at first."""

    codes: tuple[str, ...]
    held: tuple[Held, ...]


def submit(
    session: Session, visitor: Visitor, year: int, codes: Collection[str], looked_at: Collection[str], today: date
) -> Moved:
    """Submit the drafts of ``codes``; what is odd and not in ``looked_at``, or lacks its comment, stays a draft.

    Raises:
        NotFound: for a year without campaign.
        Forbidden: for an indicator that the visitor may not enter.
        Invalid: when the campaign is closed and the indicator was not reopened to the visitor.
    """
    opened = gate(session, visitor, year, today)
    shown = portfolio(session, visitor.organisation)
    known = as_typed(session, visitor.organisation, shown)
    open_to = set(enterable(known, visitor, year))
    if not open_to.issuperset(codes):
        raise Forbidden(Permission.ENTER_ASSIGNED)
    where = _standings(session, visitor, opened)
    aims = typed_aims(shown, known, year)
    moved, held = [], []
    for code in codes:
        number = known.figures.rows[code].id
        found = where.get(number)
        if found is None or found.is_withdrawn or not waits_for_submission(found.stage):
            continue
        if opened.is_shut(number):
            problem = ProblemCode.CORRECTION_REASON_MISSING if opened.may_correct else ProblemCode.CAMPAIGN_CLOSED
            raise Invalid(Problem(f"{code}:value", problem, {"year": year}))
        odd, comment = look(aims[code], year, today)
        if comment or (odd and code not in looked_at):
            held.append(Held(code, odd, comment))
            continue
        _step(session, visitor, found, Stage.SUBMITTED, known.figures.rows[code].name_fr)
        _tell(session, visitor, JournalAction.VALUE_SUBMITTED, code, year)
        moved.append(code)
    return Moved(tuple(moved), tuple(held))


def validate(
    session: Session, visitor: Visitor, year: int, seen: Sequence[tuple[str, int]], today: date
) -> tuple[str, ...]:
    """Validate the submitted values of ``seen``, each with the revision that was looked at; all of them or none.

    Raises:
        Forbidden: without the right to validate.
        Conflict: when a value changed or was settled since.
        Invalid: for one's own value where the campaign wants a second pair of eyes.
    """
    return _settle(session, visitor, year, seen, Stage.VALIDATED, "", today)


def return_(
    session: Session, visitor: Visitor, year: int, seen: Sequence[tuple[str, int]], reason: str, today: date
) -> tuple[str, ...]:
    """Return submitted values to their officers, with the reason that they will read; all of them or none.

    Raises:
        Forbidden: without the right to validate.
        Conflict: when a value changed or was settled since.
        Invalid: without a reason.
    """
    written = tidy(reason)
    if not written:
        raise Invalid(Problem("reason", ProblemCode.RETURN_REASON_MISSING))
    if len(written) > REASON_LIMIT:
        raise Invalid(Problem("reason", ProblemCode.TOO_LONG, {"limit": REASON_LIMIT}))
    return _settle(session, visitor, year, seen, Stage.RETURNED, written, today)


def look(aim: Aim, year: int, today: date) -> tuple[tuple[Oddity, ...], CommentReason | None]:
    """Say what is odd about the value of ``year`` as it is stored, and whether it lacks a comment."""
    reading = aim.readings.get(year)
    if reading is None:
        return (), None
    entry = Entry(
        reading.value,
        reading.absence,
        reading.quality,
        reading.numerator,
        reading.denominator,
        reading.coverage,
        reading.source,
        reading.comment,
        reading.parts,
    )
    return oddities(aim, year, entry), needs_comment(aim, year, entry, today)


def _settle(
    session: Session,
    visitor: Visitor,
    year: int,
    seen: Sequence[tuple[str, int]],
    stage: Stage,
    reason: str,
    today: date,
) -> tuple[str, ...]:
    visitor.require(Permission.VALIDATE)
    opened = gate(session, visitor, year, today)
    known = portfolio(session, visitor.organisation, with_drafts=True)
    where = _standings(session, visitor, opened)
    problems: list[Problem] = []
    chosen: list[tuple[str, Standing]] = []
    for code, revision in sorted(seen):
        row = known.figures.rows.get(code)
        found = where.get(row.id) if row else None
        if row is None or found is None or found.stage is not Stage.SUBMITTED:
            name = row.name_fr if row else code
            problems.append(Problem(f"{code}:value", ProblemCode.ALREADY_SETTLED, {"name": name}))
        elif found.row.revision != revision:
            told = {"name": row.name_fr, "year": year}
            problems.append(Problem(f"{code}:value", ProblemCode.CHANGED_SINCE, told))
        elif stage is Stage.VALIDATED and _is_own(opened, visitor, found):
            problems.append(Problem(f"{code}:value", ProblemCode.OWN_VALUE, {"name": row.name_fr}))
        else:
            chosen.append((code, found))
    if problems:
        is_stale = any(problem.code is not ProblemCode.OWN_VALUE for problem in problems)
        raise (Conflict if is_stale else Invalid)(*problems)
    is_validated = stage is Stage.VALIDATED
    action = JournalAction.VALUE_VALIDATED if is_validated else JournalAction.VALUE_RETURNED
    for code, found in chosen:
        _step(session, visitor, found, stage, known.figures.rows[code].name_fr, reason)
        _tell(session, visitor, action, code, year, reason)
        if not is_validated:
            notices.tell(session, visitor, found.authors, NoticeKind.RETURNED, subjects.value_of(code, year), reason)
    return tuple(code for code, _ in chosen)


def _is_own(opened: Gate, visitor: Visitor, found: Standing) -> bool:
    has_four_eyes = opened.campaign is not None and opened.campaign.has_four_eyes
    return has_four_eyes and visitor.account_id in found.authors


def _standings(session: Session, visitor: Visitor, opened: Gate) -> "dict[int, Standing]":
    if opened.campaign is None:
        raise NotFound(opened.year)
    return dict(standings(session, visitor.organisation, opened.year, opened.campaign))


def _step(session: Session, visitor: Visitor, found: Standing, stage: Stage, name: str, reason: str = "") -> None:
    """Add a step to a revision; when two people do so at once, the second one is told."""
    try:
        with session.begin_nested():
            session.add(
                MeasurementStep(
                    measurement_id=found.row.id,
                    position=len(found.way),
                    stage=stage,
                    account_id=visitor.account_id,
                    author=visitor.name,
                    at=datetime.now(UTC),
                    reason=reason,
                )
            )
    except IntegrityError:
        raise Conflict(Problem("value", ProblemCode.ALREADY_SETTLED, {"name": name})) from None


def _tell(session: Session, visitor: Visitor, action: JournalAction, code: str, year: int, reason: str = "") -> None:
    journal.write(
        session,
        action,
        organisation_id=visitor.organisation.id,
        actor=visitor.name,
        subject=code,
        year=year,
        comment=reason,
    )
