"""Intakes: a deliberation dropped as a file, read, reviewed by an officer, then stored whole or discarded."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.domain.citations import bare_number
from tracker.domain.errors import Conflict, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.intakes import Candidate
from tracker.domain.intakes import Intake as ReadText
from tracker.domain.journal_actions import JournalAction
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import IntakeStage
from tracker.importers.deliberations import child
from tracker.importers.deliberations.told import from_json, to_json
from tracker.services import journal, packs, reviewed, searches, seeds
from tracker.services.deliberations import hold_register
from tracker.services.reviewed import Review, TypedCommitment, TypedText
from tracker.services.visitor import Visitor
from tracker.store.models import Deliberation, Intake
from tracker.store.queries import commitments, intakes

LISTED = 20
MOST_CANDIDATES = 500


@dataclass(frozen=True, slots=True)
class Waiting:
    """An intake that waits: what was read, what is kept of what was typed, and what was decided of each candidate."""

    row: Intake
    told: ReadText
    typed: TypedText
    decided: Mapping[int, TypedCommitment]

    @property
    def kept(self) -> Mapping[int, TypedCommitment]:
        """Give the commitments that were kept, by their numbers."""
        return {number: one for number, one in self.decided.items() if one.is_kept}

    @property
    def last(self) -> int:
        """Give the number of the last candidate, those that were added by hand after those that were read."""
        return max([len(self.told.candidates), *self.decided])

    @property
    def undecided(self) -> int:
        """Count the candidates that nobody decided of."""
        return sum(1 for number in range(1, len(self.told.candidates) + 1) if number not in self.decided)

    def candidate(self, number: int) -> Candidate | None:
        """Give what was read of a candidate, None for one that is added by hand."""
        return self.told.candidates[number - 1] if number <= len(self.told.candidates) else None

    def next_one(self, after: int) -> int | None:
        """Give the number of the next candidate that waits, the first one again after the last; None for none."""
        waiting = [number for number in range(1, len(self.told.candidates) + 1) if number not in self.decided]
        return next((number for number in waiting if number > after), waiting[0] if waiting else None)


def read(content: bytes, name: str) -> ReadText:
    """Read a file in a process of its own; it needs no database: call it outside of any transaction.

    Raises:
        Invalid: with the reason why the file is refused.
    """
    return child.read(content, name)


def known_file(session: Session, visitor: Visitor, content: bytes) -> Intake | None:
    """Give the intake of the very same file that waits or was stored.

    Raises:
        Forbidden: without the right to take deliberations in.
    """
    visitor.require(Permission.TAKE_IN)
    return intakes.same_file(session, visitor.organisation.id, _digest(content))


def take_in(session: Session, visitor: Visitor, content: bytes, told: ReadText) -> Intake:
    """Keep what was read of a file, never the file nor its name, until somebody reviews it.

    Raises:
        Forbidden: without the right to take deliberations in.
    """
    known = known_file(session, visitor, content)
    if known is not None:
        return known
    row = Intake(
        organisation_id=visitor.organisation.id,
        file_name=told.form.value,
        sha256=_digest(content),
        proposal={"read": to_json(told)},
        account_id=visitor.account_id,
        author=visitor.name,
        recorded_at=datetime.now(UTC),
    )
    session.add(row)
    session.flush()
    return row


def listed(session: Session, visitor: Visitor) -> list[tuple[Intake, str]]:
    """List the latest intakes, latest first, each with the title that stands for it.

    Raises:
        Forbidden: without the right to take deliberations in.
    """
    visitor.require(Permission.TAKE_IN)
    rows = intakes.latest(session, visitor.organisation.id, LISTED)
    stored = {row.id: row for row in commitments.deliberations(session, visitor.organisation.id)}
    return [(row, _title(row, stored)) for row in rows]


def find(session: Session, visitor: Visitor, number: int, *, for_update: bool = False) -> Intake:
    """Give an intake of the organisation, whatever became of it.

    Raises:
        Forbidden: without the right to take deliberations in.
        NotFound: when there is none of that number.
    """
    visitor.require(Permission.TAKE_IN)
    row = intakes.by_number(session, visitor.organisation.id, number, for_update=for_update)
    if row is None:
        raise NotFound(number)
    return row


def waiting(session: Session, visitor: Visitor, number: int, *, for_update: bool = False) -> Waiting:
    """Give an intake that waits, with what is kept of its review.

    Raises:
        NotFound: when there is none of that number, or it waits no more.
    """
    row = find(session, visitor, number, for_update=for_update)
    if row.stage is not IntakeStage.WAITING:
        raise NotFound(number)
    told = from_json(row.proposal["read"])
    typed = row.proposal.get("typed")
    decided = {int(key): TypedCommitment(**one) for key, one in row.proposal.get("decided", {}).items()}
    return Waiting(row, told, reviewed.from_json(typed) if typed else reviewed.proposed(told), decided)


def stored_text(session: Session, visitor: Visitor, row: Intake) -> Deliberation | None:
    """Give the deliberation that an intake became."""
    texts = commitments.deliberations(session, visitor.organisation.id)
    return next((one for one in texts if one.id == row.deliberation_id), None)


def same_text(session: Session, visitor: Visitor, typed: TypedText) -> Deliberation | None:
    """Give the deliberation of the register that has the reference or the number that is typed."""
    reference, number = typed.reference.strip().lower(), bare_number(typed.number)
    for row in commitments.deliberations(session, visitor.organisation.id):
        if row.reference.lower() == reference or (number and bare_number(row.number) == number):
            return row
    return None


def mark(part: TypedText | TypedCommitment | None) -> str:
    """Give the mark of what is kept of one part of a review: the same for the same fields."""
    told = "" if part is None else json.dumps(asdict(part), sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def keep(session: Session, visitor: Visitor, number: int, typed: TypedText, seen: str) -> Waiting:
    """Keep the fields of the text as they are typed, right or wrong, to be gone on with later.

    Raises:
        Conflict: when others were kept since ``seen``.
        NotFound: when the intake waits no more.
    """
    found = waiting(session, visitor, number, for_update=True)
    if seen != mark(found.typed) and typed != found.typed:
        raise Conflict(Problem("seen", ProblemCode.INTAKE_STALE))
    return _changed(session, found, typed=typed)


def decide(
    session: Session, visitor: Visitor, number: int, place: int, typed: TypedCommitment, seen: str, today: date
) -> Waiting:
    """Keep a candidate as it is typed, or set it aside; what is kept must be sound.

    Raises:
        Invalid: with what is wrong, at its fields.
        Conflict: when the candidate was decided otherwise since ``seen``.
        NotFound: when there is no such candidate, or the intake waits no more.
    """
    found = waiting(session, visitor, number, for_update=True)
    if not 1 <= place <= min(found.last + 1, MOST_CANDIDATES):
        raise NotFound(place)
    if seen != mark(found.decided.get(place)) and typed != found.decided.get(place):
        raise Conflict(Problem("seen", ProblemCode.INTAKE_STALE))
    decided = {**found.decided, place: typed}
    if typed.is_kept:
        told = _examined(session, visitor, replace(found, decided=decided), today).told()
        own = f"candidate-{place}-"
        problems = [replace(one, where=one.where.removeprefix(own)) for one in told if one.where.startswith(own)]
        if problems:
            raise Invalid(*problems)
    return _changed(session, found, decided=decided)


def store(session: Session, visitor: Visitor, number: int, typed: TypedText, seen: int, today: date) -> Deliberation:
    """Store a reviewed deliberation with what was kept of it, all or nothing, with its line of journal.

    ``seen`` is the version of the review that was on the screen.

    Raises:
        Invalid: with everything that is wrong, at its field; what is wrong with a commitment at « candidate-3-code ».
        Conflict: when the review changed since, or somebody stored the same text at the same moment.
        NotFound: when the intake waits no more.
    """
    found = waiting(session, visitor, number, for_update=True)
    hold_register(session, visitor)
    if seen != found.row.version:
        raise Conflict(Problem("seen", ProblemCode.INTAKE_STALE))
    found = replace(found, typed=typed)
    review = _examined(session, visitor, found, today)
    problems = review.told()
    if problems:
        raise Invalid(*problems)
    now = datetime.now(UTC)
    try:
        with session.begin_nested():
            row = seeds.add_deliberation(
                session,
                visitor.organisation.id,
                review.pack.document,
                visitor.name,
                action=JournalAction.DELIBERATION_TAKEN_IN,
                recorded_at=now,
            )
    except IntegrityError:
        session.expire_all()
        problems = _examined(session, visitor, found, today).told()
        if not problems:
            raise
        raise Conflict(*problems) from None
    _end(found.row, IntakeStage.STORED)
    found.row.deliberation_id = row.id
    searches.index(session, visitor.organisation)
    return row


def discard(session: Session, visitor: Visitor, number: int, seen: int) -> None:
    """Set a whole text aside, with its line of journal; what was read in it is forgotten.

    Raises:
        Conflict: when its review changed since ``seen``.
        NotFound: when the intake waits no more.
    """
    found = waiting(session, visitor, number, for_update=True)
    if seen != found.row.version:
        raise Conflict(Problem("seen", ProblemCode.INTAKE_STALE))
    _end(found.row, IntakeStage.DISCARDED)
    journal.write(
        session,
        JournalAction.INTAKE_DISCARDED,
        organisation_id=visitor.organisation.id,
        actor=visitor.name,
        subject=(found.typed.number or str(found.row.id))[: journal.SUBJECT],
    )


def next_code(session: Session, visitor: Visitor, found: Waiting) -> str:
    """Propose the code of a commitment: the organisation, the year, a rank that is free; another may be typed."""
    taken = {row.code.lower() for row in commitments.of_organisation(session, visitor.organisation.id)}
    taken |= {one.code.lower() for one in found.decided.values()}
    year = found.told.session_on.value.year if found.told.session_on else found.row.recorded_at.year
    stem = f"{visitor.organisation.slug[:3].upper()}{year % 100:02}-"
    return next(code for rank in range(1, 10_000) if (code := f"{stem}{rank:02}").lower() not in taken)


def _examined(session: Session, visitor: Visitor, found: Waiting, today: date) -> Review:
    """Read what was typed as a pack and hold it against the organisation, as any pack is."""
    review = reviewed.read(found.typed, found.kept, found.told.form.value)
    packs.check(session, visitor, review.pack, today)
    known = same_text(session, visitor, found.typed)
    if known is not None:
        at = "reference" if known.reference.lower() == found.typed.reference.strip().lower() else "number"
        review.problems.append(Problem(at, ProblemCode.NUMBER_TAKEN, {"text": known.number}))
    return review


def _changed(
    session: Session,
    found: Waiting,
    typed: TypedText | None = None,
    decided: Mapping[int, TypedCommitment] | None = None,
) -> Waiting:
    """Write what changed of a review, and count it; nothing is counted where nothing changed."""
    made = replace(
        found,
        typed=found.typed if typed is None else typed,
        decided=found.decided if decided is None else decided,
    )
    if made != found:
        told = {str(number): asdict(one) for number, one in sorted(made.decided.items())}
        found.row.proposal = {"read": found.row.proposal["read"], "typed": asdict(made.typed), "decided": told}
        found.row.version += 1
        session.flush()
    return made


def _end(row: Intake, stage: IntakeStage) -> None:
    """Say what became of an intake, and forget what was read."""
    row.stage, row.proposal = stage, {}
    row.version += 1


def _title(row: Intake, stored: Mapping[int, Deliberation]) -> str:
    if row.deliberation_id is not None and row.deliberation_id in stored:
        return stored[row.deliberation_id].title_fr
    title = row.proposal.get("typed", {}).get("title_fr")
    read_title = (row.proposal.get("read") or {}).get("title") or {}
    return str(title or read_title.get("value") or "")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
