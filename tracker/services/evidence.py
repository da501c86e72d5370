"""Evidence: files attached to a value, a commitment or an action, replaced, withdrawn, read again; none is erased."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby

from sqlalchemy.orm import Session

from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.evidence import FORMATS, Size, safe_name
from tracker.domain.journal_actions import JournalAction
from tracker.domain.permissions import Permission
from tracker.domain.subjects import Subject
from tracker.domain.texts import tidy
from tracker.importers.evidence import recognise
from tracker.services import journal
from tracker.services.topics import topic
from tracker.services.visitor import Visitor
from tracker.store.files import FileStore, digest
from tracker.store.models import Evidence
from tracker.store.queries import evidence

NOTE_LIMIT = 500
_DIGEST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the files lie, and how many bytes those of one organisation may take together."""

    files: FileStore
    quota: int


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as somebody sent it, its name untrusted, and what they said of it; ``content`` is None without a file."""

    name: str
    content: bytes | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of a subject: its last revision, and the ones before, latest first."""

    last: Evidence
    earlier: Sequence[Evidence]


def pieces(session: Session, visitor: Visitor, subject: Subject) -> Sequence[Piece]:
    """List the files of a subject in the order in which they were first attached, withdrawn ones included."""
    rows = evidence.about(session, visitor.organisation.id, subject)
    found = []
    for _, revisions in groupby(rows, key=lambda row: row.position):
        last, *earlier = revisions
        found.append(Piece(last, earlier))
    return found


def attach(
    session: Session, visitor: Visitor, shelf: Shelf, subject: Subject, sent: Sent, today: date, *, replaces: int = 0
) -> bool:
    """Attach a file, or put it in the place of the one whose number is ``replaces``; tell whether it is new there.

    The bytes are on the disk before the row is written: when the transaction fails after that, a file stays that no
    row names. It is never served, it counts for nothing, and the next one to attach it finds it there.

    Raises:
        Forbidden: for who may not enter the value, record a fact on the commitment or tell of the action.
        NotFound: for a subject or a file to replace that the organisation does not have.
        Invalid: for a file that cannot be taken, or too long a note.
        Conflict: when the file to replace was withdrawn meanwhile.
    """
    _require(session, visitor, subject, today)
    note = tidy(sent.note)
    content, name, media_type = _checked(sent, note)
    evidence.hold(session, visitor.organisation.id)
    stored = pieces(session, visitor, subject)
    replaced = _replaced(stored, replaces) if replaces else None
    sha256 = digest(content)
    compared = [replaced] if replaced else [one for one in stored if not one.last.is_withdrawn]
    if any((one.last.sha256, one.last.name) == (sha256, name) for one in compared):
        return False
    _require_room(session, visitor, shelf, sha256, len(content))
    try:
        shelf.files.put(content)
    except OSError as error:
        raise Invalid(Problem("file", ProblemCode.FILE_NOT_KEPT)) from error
    row = Evidence(
        organisation_id=visitor.organisation.id,
        subject_kind=subject.kind,
        subject_code=subject.code,
        subject_year=subject.year,
        position=replaced.last.position if replaced else len(stored) + 1,
        revision=replaced.last.revision + 1 if replaced else 1,
        name=name,
        media_type=media_type,
        size=len(content),
        sha256=sha256,
        note=note,
        account_id=visitor.account_id,
        author=visitor.name,
        recorded_at=datetime.now(UTC),
    )
    session.add(row)
    session.flush()
    _tell(session, visitor, JournalAction.EVIDENCE_ATTACHED, row, before=replaced.last if replaced else None)
    return True


def withdraw(session: Session, visitor: Visitor, number: int, reason: str, today: date) -> bool:
    """Withdraw the file whose last revision is ``number``, for a reason that stays readable; tell whether it was there.

    Raises:
        Forbidden: for who may not attach files there.
        NotFound: when the organisation has no such file.
        Invalid: without a reason.
        Conflict: when it was replaced meanwhile.
    """
    row = _row(session, visitor, number)
    subject = subject_of(row)
    _require(session, visitor, subject, today)
    written = tidy(reason)
    if not written:
        raise Invalid(Problem("reason", ProblemCode.WITHDRAWAL_REASON_MISSING))
    if len(written) > NOTE_LIMIT:
        raise Invalid(Problem("reason", ProblemCode.TOO_LONG, {"limit": NOTE_LIMIT}))
    evidence.hold(session, visitor.organisation.id)
    last = next(one.last for one in pieces(session, visitor, subject) if one.last.position == row.position)
    if last.is_withdrawn:
        return False
    if last.id != row.id:
        raise Conflict(Problem("reason", ProblemCode.FILE_REPLACED))
    kept = ("organisation_id", "subject_kind", "subject_code", "subject_year", "position")
    same = {name: getattr(last, name) for name in (*kept, "name", "media_type", "size", "sha256")}
    told = {"account_id": visitor.account_id, "author": visitor.name, "recorded_at": datetime.now(UTC)}
    session.add(Evidence(**same, **told, revision=last.revision + 1, is_withdrawn=True, note=written))
    session.flush()
    _tell(session, visitor, JournalAction.EVIDENCE_WITHDRAWN, last, before=last, comment=written)
    return True


def find(session: Session, visitor: Visitor, number: int) -> Evidence:
    """Find one revision of a file of the organisation, withdrawn or not.

    Raises:
        Forbidden: without the right to read.
        NotFound: when the organisation has no such file.
    """
    visitor.require(Permission.READ)
    return _row(session, visitor, number)


def subject_of(row: Evidence) -> Subject:
    """Give what a file is about."""
    return Subject(row.subject_kind, row.subject_code, row.subject_year)


def _row(session: Session, visitor: Visitor, number: int) -> Evidence:
    row = evidence.by_number(session, visitor.organisation.id, number)
    if row is None:
        raise NotFound(number)
    return row


def _require(session: Session, visitor: Visitor, subject: Subject, today: date) -> None:
    if not topic(session, visitor, subject, today).may_attach:
        raise Forbidden(subject.kind)


def _checked(sent: Sent, note: str) -> tuple[bytes, str, str]:
    """Give the content, the safe name and the type of what was sent; all that is wrong is said at once."""
    problems = []
    if len(note) > NOTE_LIMIT:
        problems.append(Problem("note", ProblemCode.TOO_LONG, {"limit": NOTE_LIMIT}))
    if sent.content is None:
        raise Invalid(Problem("file", ProblemCode.FILE_MISSING), *problems)
    try:
        kind = recognise(sent.content, sent.name)
    except Invalid as refused:
        raise Invalid(*refused.problems, *problems) from None
    if problems:
        raise Invalid(*problems)
    return sent.content, safe_name(sent.name, kind), FORMATS[kind].media_type


def _replaced(stored: Sequence[Piece], number: int) -> Piece:
    """Find the file that has ``number`` among its revisions: when two people replace it at once, both are kept."""
    for piece in stored:
        if number in {piece.last.id, *(row.id for row in piece.earlier)}:
            if piece.last.is_withdrawn:
                raise Conflict(Problem("file", ProblemCode.FILE_WITHDRAWN))
            return piece
    raise NotFound(number)


def _require_room(session: Session, visitor: Visitor, shelf: Shelf, sha256: str, size: int) -> None:
    home = visitor.organisation.id
    if evidence.has_content(session, home, sha256):
        return
    left = max(0, shelf.quota - evidence.weight(session, home))
    if size > left:
        told = {"size": Size(size), "left": Size(left), "quota": Size(shelf.quota)}
        raise Invalid(Problem("file", ProblemCode.FILE_OVER_QUOTA, told))


def _tell(
    session: Session,
    visitor: Visitor,
    action: JournalAction,
    row: Evidence,
    *,
    before: Evidence | None,
    comment: str = "",
) -> None:
    journal.write(
        session,
        action,
        organisation_id=visitor.organisation.id,
        actor=visitor.name,
        subject=row.subject_code,
        year=row.subject_year or None,
        before=_told(before) if before else "",
        after="" if action is JournalAction.EVIDENCE_WITHDRAWN else _told(row),
        comment=comment or row.note,
    )


def _told(row: Evidence) -> str:
    told = {"file": row.name, "size": str(row.size), "digest": row.sha256[:_DIGEST_SHOWN]}
    return json.dumps(told, ensure_ascii=False)
