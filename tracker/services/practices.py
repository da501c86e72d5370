"""Practices: after how many months without a sign of life a continuous commitment is said to be asleep."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.errors import Conflict, NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.numbers import whole_number
from tracker.domain.permissions import Permission
from tracker.domain.records import STALE_AFTER_MONTHS
from tracker.domain.vocabulary import CommitmentKind
from tracker.services import effects
from tracker.services.decisions import stale, tell
from tracker.services.effects import Effect
from tracker.services.portfolio import portfolio
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import Commitment
from tracker.store.queries import commitments, journal

MOST_MONTHS = 120


@dataclass(frozen=True, slots=True)
class PracticeDraft:
    """What was typed, empty for the rule of the house; ``seen`` is the number that was on the screen."""

    months: str
    reason: str = ""
    seen: int = STALE_AFTER_MONTHS


def preview(
    session: Session, visitor: Visitor, code: str, draft: PracticeDraft, today: date
) -> tuple[Effect, ...] | None:
    """Give what ``draft`` would change, and write nothing; None when it says what is stored already.

    Raises:
        Forbidden, NotFound, Conflict, Invalid: as `set_practice` does.
    """
    visitor.require(Permission.CONFIGURE)
    row = _find(session, visitor, code)
    if (read := _checked(session, row, draft)) is None:
        return None
    known = portfolio(session, visitor.organisation)
    return effects.effects(known, effects.with_patience(known, code, read[0]), {code}, today)


def set_practice(session: Session, visitor: Visitor, code: str, draft: PracticeDraft) -> bool:
    """Change the months of a continuous commitment. False when it is what is stored already.

    Raises:
        Forbidden: without the right to configure.
        NotFound: when the organisation has no such continuous commitment.
        Conflict: when another number was stored meanwhile.
        Invalid: for anything but 1 to 120 months.
    """
    visitor.require(Permission.CONFIGURE)
    row = _find(session, visitor, code)
    session.refresh(row, ["stale_after_months"], with_for_update=True)  # two at once on PostgreSQL: one after the other
    if (read := _checked(session, row, draft)) is None:
        return False
    before, (after, reason) = _months(row), read
    row.stale_after_months = None if after == STALE_AFTER_MONTHS else after
    session.flush()
    told = ({"months": str(before)}, {"months": str(after)})
    tell(session, visitor, JournalAction.PRACTICE_CHANGED, code, *told, reason=reason)
    return True


def _find(session: Session, visitor: Visitor, code: str) -> Commitment:
    row = commitments.by_code(session, visitor.organisation.id, code)
    if row is None or row.kind is not CommitmentKind.CONTINUOUS:
        raise NotFound(code)
    return row


def _months(row: Commitment) -> int:
    return STALE_AFTER_MONTHS if row.stale_after_months is None else row.stale_after_months


def _checked(session: Session, row: Commitment, draft: PracticeDraft) -> tuple[int, str] | None:
    """Give the months and the reason; None when nothing changes."""
    typed, written = Typed(), draft.months.strip()
    if written and not 1 <= (whole_number(written, 3) or 0) <= MOST_MONTHS:
        typed.refuse("months", ProblemCode.MONTHS_RANGE)
    reason, stored = typed.words("reason", draft.reason), _months(row)
    months = int(written) if written and not typed.is_refused("months") else STALE_AFTER_MONTHS
    if not typed.problems and months in {stored, draft.seen}:
        return None
    if draft.seen != stored:
        line = journal.latest_about(session, row.organisation_id, JournalAction.PRACTICE_CHANGED, row.code)
        raise Conflict(stale(line.actor if line else "", stored, "months"), *typed.problems)
    typed.end()
    return months, reason
