"""Deliberations from the open table of an authority (SCDL): what is not there yet is added, without commitments."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from tracker.domain.citations import as_reference, bare_number
from tracker.domain.drafts import ImportProblem, Place
from tracker.domain.errors import Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.periods import FIRST_YEAR
from tracker.domain.permissions import Permission
from tracker.domain.scdl import PublishedDeliberation
from tracker.domain.vocabulary import VoteOutcome
from tracker.importers import scdl
from tracker.importers.packs import TITLE_LIMIT
from tracker.services import searches, seeds
from tracker.services.deliberations import hold_register
from tracker.services.packs import RESERVED
from tracker.services.visitor import Visitor
from tracker.store.models import Deliberation
from tracker.store.queries import commitments

SOURCE = "Tableau des délibérations de la collectivité, au format ouvert SCDL."
_LIMITS = {"identifier": 80, "subject": TITLE_LIMIT}


@dataclass(frozen=True, slots=True)
class Offer:
    """What a table would add, each row with its reference, what is there already, and the problems at their cells."""

    fresh: Sequence[tuple[str, PublishedDeliberation]]
    known: Sequence[PublishedDeliberation]
    problems: Sequence[ImportProblem]
    ignored_columns: Sequence[str]


def examine(session: Session, visitor: Visitor, content: bytes, today: date) -> Offer:
    """Say what a table would add and everything that is wrong with it; nothing is written.

    Raises:
        Forbidden: without the right to take deliberations in.
    """
    visitor.require(Permission.TAKE_IN)
    told = scdl.read(content)
    stored = commitments.deliberations(session, visitor.organisation.id)
    there = {(bare_number(row.number), row.adopted_on) for row in stored}
    known = [row for row in told.rows if (bare_number(row.identifier), row.adopted_on) in there]
    fresh = [row for row in told.rows if row not in known]
    problems = [*told.problems, *(ImportProblem(Place(), one) for row in fresh for one in _problems(row, today))]
    return Offer(list(_referenced(stored, fresh)), known, problems, told.ignored_columns)


def store(session: Session, visitor: Visitor, content: bytes, today: date) -> Offer:
    """Add what is not there yet, each with its line of journal, or nothing if anything is wrong.

    Raises:
        Forbidden: without the right to take deliberations in.
    """
    visitor.require(Permission.TAKE_IN)
    hold_register(session, visitor)
    found = examine(session, visitor, content, today)
    if found.problems or not found.fresh:
        return found
    now = datetime.now(UTC)
    for reference, row in found.fresh:
        seeds.add_deliberation(
            session,
            visitor.organisation.id,
            _document(reference, row),
            visitor.name,
            action=JournalAction.DELIBERATION_TAKEN_IN,
            recorded_at=now,
        )
    searches.index(session, visitor.organisation)
    return found


def _problems(row: PublishedDeliberation, today: date) -> Iterator[Problem]:
    """Name what a sound row has that the register does not take, with the number that it bears."""
    if row.adopted_on > today:
        yield Problem("adopted_on", ProblemCode.VOTE_TO_COME, {"text": row.identifier[:40]})
    if row.adopted_on.year < FIRST_YEAR:
        yield Problem("adopted_on", ProblemCode.VOTE_TOO_OLD, {"text": row.identifier[:40], "year": FIRST_YEAR})
    for name, limit in _LIMITS.items():
        if len(getattr(row, name)) > limit:
            yield Problem(name, ProblemCode.TOO_LONG, {"limit": limit})


def _referenced(
    stored: Sequence[Deliberation], fresh: Sequence[PublishedDeliberation]
) -> Iterator[tuple[str, PublishedDeliberation]]:
    """Give each row the reference of its address; where two would be the same, the later bears its day, then a rank."""
    taken = RESERVED | {row.reference.lower() for row in stored}
    for row in fresh:
        plain = as_reference(row.identifier)[:40] or "deliberation"
        ranked = (f"{plain}-{row.adopted_on.isoformat()}-{rank}" for rank in range(2, len(taken) + 3))
        options = (plain, f"{plain}-{row.adopted_on.isoformat()}", *ranked)
        reference = next(one for one in options if one.lower() not in taken)
        taken |= {reference.lower()}
        yield reference, row


def _document(reference: str, row: PublishedDeliberation) -> dict[str, object]:
    """Give the document that ``seeds.add_deliberation`` reads.

    A table lists what was adopted, unless its own counts say that more voted against than for.
    """
    is_rejected = row.in_favour is not None and row.against is not None and row.against > row.in_favour
    told = {
        "votes_for": row.in_favour,
        "votes_against": row.against,
        "abstentions": row.abstentions,
    }
    return {
        "source": SOURCE,
        "reference": reference,
        "number": row.identifier,
        "adopted_on": row.adopted_on,
        "body": "",
        "title_fr": row.subject,
        "outcome": (VoteOutcome.REJECTED if is_rejected else VoteOutcome.ADOPTED).value,
        "url": row.address,
        **{key: value for key, value in told.items() if value is not None},
        "commitments": [],
    }
