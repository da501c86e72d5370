"""Imports: a file of values sent, previewed, confirmed once, and undone at most once; all of it or nothing."""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from json import dumps

from sqlalchemy.orm import Session

from tracker.domain.drafts import Parsed
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.permissions import Permission
from tracker.domain.texts import tidy
from tracker.importers import child
from tracker.services import journal, measurements, reversals
from tracker.services.proposals import Plan, plan
from tracker.services.reversals import Undoing
from tracker.services.visitor import Visitor
from tracker.store.models import ImportBatch, ImportedValue, Indicator, Measurement
from tracker.store.queries import imports

KEPT_DAYS = 7
KEPT_FILES = 5  # of one person, waiting for their confirmation: a file may weigh 5 MB
LISTED = 20
NAME_LIMIT = 120
SLICE = 250  # values written between two steps of a progress bar

Progress = Callable[[int], object]
"""Is told how many values were written since it was last told."""


@dataclass(frozen=True, slots=True)
class Told:
    """A batch in a list: whether it still waits for its confirmation, and whether it can be undone."""

    batch: ImportBatch
    is_waiting: bool
    may_be_undone: bool


def read(content: bytes, name: str, year: int | None = None) -> Parsed:
    """Read a file in a process of its own; ``year`` stands where the file does not say one.

    It needs no database: call it outside of any transaction, since a hostile file may take seconds.
    """
    return child.read(content, name, year)


def send(
    session: Session, visitor: Visitor, name: str, content: bytes, year: int | None, parsed: Parsed, today: date
) -> ImportBatch:
    """Keep a file, with the revisions that it is held against, until it is confirmed; give its batch.

    What waits for its confirmation since more than ``KEPT_DAYS``, or beyond the last ``KEPT_FILES`` of the
    visitor, loses its content.

    Raises:
        Invalid: when the file as a whole cannot be read; nothing is kept.
        Forbidden: for a role that enters nothing.
    """
    visitor.require(Permission.ENTER_ASSIGNED)
    whole = [one.problem for one in parsed.problems if not one.place.row]
    if whole:
        raise Invalid(*whole)
    found = plan(session, visitor, parsed, today)
    now = datetime.now(UTC)
    beyond = imports.pending(session, visitor.account_id)[KEPT_FILES - 1 :]
    imports.empty(session, visitor.organisation.id, now - timedelta(days=KEPT_DAYS), beyond)
    batch = _batch(visitor, name, content, year, now)
    batch.content, batch.seen = content, dict(found.seen)
    session.add(batch)
    session.flush()
    return batch


def find(session: Session, visitor: Visitor, number: int, *, for_update: bool = False) -> ImportBatch:
    """Give a batch of the visitor's, or any of the organisation to who runs its campaigns.

    Raises:
        NotFound: for another one.
    """
    visitor.require(Permission.ENTER_ASSIGNED)
    batch = imports.by_number(session, visitor.organisation.id, number, for_update=for_update)
    if batch is None or not (batch.account_id == visitor.account_id or visitor.may(Permission.RUN_CAMPAIGN)):
        raise NotFound(number)
    return batch


def listed(session: Session, visitor: Visitor) -> Sequence[Told]:
    """List the visitor's latest batches, or those of the organisation to who runs its campaigns."""
    visitor.require(Permission.ENTER_ASSIGNED)
    asked = None if visitor.may(Permission.RUN_CAMPAIGN) else visitor.account_id
    batches = imports.latest(session, visitor.organisation.id, asked, LISTED)
    return _told(session, batches)


def told(session: Session, batch: ImportBatch) -> Told:
    """Say where one batch stands."""
    (one,) = _told(session, [batch])
    return one


def written(session: Session, batch: ImportBatch) -> Sequence[tuple[Measurement, Indicator]]:
    """List the revisions that a batch wrote, each with its indicator."""
    return imports.written(session, batch.id)


def preview(session: Session, visitor: Visitor, batch: ImportBatch, parsed: Parsed, today: date) -> Plan:
    """Say what the file of ``batch`` would change, held against what was stored when it was sent."""
    return plan(session, visitor, parsed, today, seen=batch.seen)


def confirm(session: Session, visitor: Visitor, number: int, parsed: Parsed, reason: str, today: date) -> int:
    """Write everything that the file of a batch says, once; give how many values that is, 0 if it was confirmed before.

    ``reason`` says why values of a closed campaign are corrected.

    Raises:
        NotFound: for a batch that the visitor does not see, or whose content is no longer kept.
        Forbidden: for a batch that somebody else sent.
        Conflict: when somebody stored another value since the preview.
        Invalid: when the file has problems, or the reason is missing.
    """
    batch = find(session, visitor, number, for_update=True)
    if batch.account_id != visitor.account_id:
        raise Forbidden(Permission.ENTER_ASSIGNED)
    if batch.confirmed_at is not None:
        return 0
    if not batch.content:
        raise NotFound(number)
    found = plan(session, visitor, parsed, today, seen=batch.seen, reason=reason)
    if found.problems:
        raise (Conflict if found.is_stale else Invalid)(*(one.problem for one in found.problems))
    _check_reason(found, reason)
    _write(session, visitor, batch, found)
    return batch.created + batch.changed


def load(
    session: Session,
    visitor: Visitor,
    name: str,
    content: bytes,
    year: int | None,
    found: Plan,
    *,
    reason: str = "",
    progress: Progress | None = None,
) -> ImportBatch | None:
    """Write a plan without problems at once, telling ``progress``; give its batch, None when it changes nothing.

    Raises:
        Conflict: when somebody stored another value at the same moment.
        Invalid: when the plan has problems, or corrects a closed year without a reason.
    """
    if found.problems:
        raise Invalid(*(one.problem for one in found.problems))
    _check_reason(found, reason)
    if not found.proposals:
        return None
    batch = _batch(visitor, name, content, year, datetime.now(UTC))
    session.add(batch)
    session.flush()
    _write(session, visitor, batch, found, progress)
    return batch


def undo(session: Session, visitor: Visitor, number: int, today: date) -> int:
    """Put back everything that a batch changed, while nothing changed since; give how many values came back.

    Raises:
        NotFound: for a batch of somebody else, unless the visitor runs the campaigns.
        Conflict: when a value changed or went further since, or it was undone before; nothing is undone.
    """
    batch = find(session, visitor, number, for_update=True)
    rows = imports.written(session, batch.id)
    if batch.undone_at is not None or not rows:
        raise Conflict(Problem("undo", ProblemCode.NOTHING_TO_UNDO))
    undone = [Undoing(indicator.code, row.year, row.revision) for row, indicator in rows]
    count = reversals.undo(session, visitor, undone, today, of_anybody=True)
    batch.undone_at, batch.undone_by = datetime.now(UTC), visitor.name
    _journal(session, visitor, JournalAction.IMPORT_UNDONE, batch, undone=count)
    session.flush()
    return count


def _batch(visitor: Visitor, name: str, content: bytes, year: int | None, at: datetime) -> ImportBatch:
    return ImportBatch(
        organisation_id=visitor.organisation.id,
        account_id=visitor.account_id,
        author=visitor.name,
        name=tidy(re.split(r"[/\\]", name)[-1])[-NAME_LIMIT:] or "import",
        sha256=hashlib.sha256(content).hexdigest(),
        year=year,
        content=b"",
        seen={},
        sent_at=at,
    )


def _told(session: Session, batches: Sequence[ImportBatch]) -> Sequence[Told]:
    numbers = [batch.id for batch in batches]
    waiting, moved = imports.kept(session, numbers), imports.moved_on(session, numbers)
    return [
        Told(
            batch,
            batch.confirmed_at is None and batch.id in waiting,
            batch.confirmed_at is not None
            and batch.undone_at is None
            and batch.created + batch.changed > 0
            and batch.id not in moved,
        )
        for batch in batches
    ]


def _check_reason(found: Plan, reason: str) -> None:
    if found.corrected_years and not tidy(reason):
        years = ", ".join(map(str, found.corrected_years))
        raise Invalid(Problem("reason", ProblemCode.CORRECTION_REASON_MISSING, {"year": years}))


def _write(
    session: Session, visitor: Visitor, batch: ImportBatch, found: Plan, progress: Progress | None = None
) -> None:
    """Write the changes in the one order for all, slice after slice, and close the batch."""
    changes = sorted((one.change for one in found.proposals), key=lambda change: (change.row.id, change.year))
    created = changed = 0
    for start in range(0, len(changes), SLICE):
        some = changes[start : start + SLICE]
        done = measurements.write(session, visitor, some)
        session.add_all(ImportedValue(batch_id=batch.id, measurement_id=one.measurement_id) for one in done)
        session.flush()
        created += sum(one.change.current is None for one in done)
        changed += sum(one.change.current is not None for one in done)
        if progress:
            progress(len(some))
    batch.confirmed_at = datetime.now(UTC)
    batch.content, batch.seen = b"", {}
    batch.created, batch.changed = created, changed
    if created + changed:
        _journal(session, visitor, JournalAction.VALUES_IMPORTED, batch, created=created, changed=changed)
    session.flush()


def _journal(session: Session, visitor: Visitor, action: JournalAction, batch: ImportBatch, **counts: int) -> None:
    journal.write(
        session,
        action,
        organisation_id=visitor.organisation.id,
        actor=visitor.name,
        subject=batch.name[-80:],
        after=dumps({name: str(count) for name, count in counts.items() if count}),
    )
