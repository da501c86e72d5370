"""Inventories of equipment: a file sent, previewed, its words settled, confirmed once; all of it or nothing."""

import re
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from json import dumps
from typing import Any

from sqlalchemy import Row
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.domain.errors import Conflict, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.estate import EquipmentCategory, EquipmentState
from tracker.domain.inventories import DateOrder, InventoryScope, RefusedRow, Understood
from tracker.domain.journal_actions import JournalAction
from tracker.domain.permissions import Permission
from tracker.domain.texts import tidy
from tracker.importers.estate import child, told
from tracker.services import inventory_plans, journal
from tracker.services.inventory_plans import Comparison, InventoryPlan, Step
from tracker.services.inventory_words import lexicon
from tracker.services.visitor import Visitor
from tracker.store.models import EquipmentIntake
from tracker.store.queries import estate_intakes
from tracker.store.queries.estate_intakes import SOURCE, TOLD

KEPT_DAYS = 14
KEPT_INVENTORIES = 5  # of one organisation, waiting for their confirmation
LISTED = 20
NAME_LIMIT = 120

Progress = Callable[[int], object]
"""Is told how many rows were gone through since it was last told."""


def read(content: bytes, scope: InventoryScope, order: DateOrder | None, today: date) -> bytes:
    """Read an inventory in a process of its own; it needs no database: call it outside of any transaction.

    Raises:
        Invalid: with the reason why the whole file is refused; at « order » when its days do not tell theirs.
    """
    return child.read(content, scope, order, today)


def send(
    session: Session,
    visitor: Visitor,
    name: str,
    content: bytes,
    drafts: bytes,
    scope: InventoryScope,
    taken_on: date,
    today: date,
) -> EquipmentIntake:
    """Keep what was read of a file, never the file, until it is confirmed; the same file leads to the one that waits.

    What waits since more than ``KEPT_DAYS``, or beyond the last ``KEPT_INVENTORIES``, is forgotten.

    Raises:
        Invalid: for a day to come, or before that of an inventory that was confirmed.
        Forbidden: without the right to keep the estate.
    """
    visitor.require(Permission.KEEP_ESTATE)
    home = visitor.organisation.id
    if taken_on > today:
        raise Invalid(Problem("taken_on", ProblemCode.DAY_TO_COME, {"on": taken_on}))
    _check_day(session, home, scope, taken_on)
    digest, now = sha256(content).hexdigest(), datetime.now(UTC)
    waiting = estate_intakes.waiting(session, home)
    for row in waiting:
        if (row.sha256, row.scope, row.taken_on) == (digest, scope, taken_on):
            row.drafts = drafts  # read again: the order of its days may have been told otherwise
            session.flush()
            return row
    beyond = [row.id for row in waiting[KEPT_INVENTORIES - 1 :]]
    estate_intakes.empty(session, home, now - timedelta(days=KEPT_DAYS), beyond)
    row = _intake(visitor, name, digest, drafts, scope, taken_on, now)
    session.add(row)
    session.flush()
    return row


def dry(session: Session, visitor: Visitor, drafts: bytes, scope: InventoryScope, taken_on: date) -> InventoryPlan:
    """Say what an inventory would change, and keep nothing of it.

    Raises:
        Forbidden: without the right to keep the estate.
    """
    visitor.require(Permission.KEEP_ESTATE)
    home = visitor.organisation.id
    return inventory_plans.plan(session, home, drafts, lexicon(session, home), scope, taken_on)


def find(session: Session, visitor: Visitor, number: int, *, for_update: bool = False) -> EquipmentIntake:
    """Give an inventory of the organisation, whatever became of it.

    Raises:
        Forbidden: without the right to keep the estate.
        NotFound: when there is none of that number.
    """
    visitor.require(Permission.KEEP_ESTATE)
    row = estate_intakes.by_number(session, visitor.organisation.id, number, for_update=for_update)
    if row is None:
        raise NotFound(number)
    return row


def listed(session: Session, visitor: Visitor) -> Sequence[tuple[EquipmentIntake, bool]]:
    """List the latest inventories, latest first, and whether each can still be confirmed.

    Raises:
        Forbidden: without the right to keep the estate.
    """
    visitor.require(Permission.KEEP_ESTATE)
    home = visitor.organisation.id
    waiting = {row.id for row in estate_intakes.waiting(session, home)}
    return [(row, row.id in waiting) for row in estate_intakes.latest(session, home, LISTED)]


def understood(row: EquipmentIntake) -> Understood:
    """Say what was understood of the file of an inventory that is still kept."""
    return told.understood(row.drafts)


def preview(session: Session, visitor: Visitor, row: EquipmentIntake) -> InventoryPlan:
    """Say what an inventory that waits would change, as things stand."""
    return dry(session, visitor, row.drafts, row.scope, row.taken_on)


def refusals(row: EquipmentIntake) -> Sequence[RefusedRow]:
    """List the rows that were refused by an inventory that was confirmed."""
    return list(told.refused_rows(row.drafts)) if row.drafts else []


def vanished(session: Session, visitor: Visitor, row: EquipmentIntake) -> Sequence[Row[Any]]:
    """List the equipment in service that an inventory that waits does not show: its id, key, category, model, days.

    Raises:
        Forbidden: without the right to keep the estate.
    """
    visitor.require(Permission.KEEP_ESTATE)
    home = visitor.organisation.id
    found = Comparison(session, home, row.drafts, lexicon(session, home))
    for _ in found.steps():
        pass
    return list(found.vanished(row.scope, row.taken_on))


def confirm(
    session: Session,
    visitor: Visitor,
    number: int,
    retired: Collection[EquipmentCategory],
    seen: str,
    *,
    progress: Progress | None = None,
) -> EquipmentIntake:
    """Store what an inventory says, once, with one line of journal; confirmed before, it does nothing.

    ``retired`` are the categories whose vanished equipment was ticked: it is retired on the day of the inventory.
    ``seen`` is the mark of the preview that was on the screen, which must still hold.

    Raises:
        NotFound: for an inventory that is not there, or no longer kept.
        Conflict: when the estate, a rule or another inventory changed since the preview.
        Invalid: when words are not settled, or the inventory cannot be stored.
        Forbidden: without the right to keep the estate.
    """
    visitor.require(Permission.KEEP_ESTATE)
    home = visitor.organisation.id
    estate_intakes.lock(session, home)
    row = find(session, visitor, number, for_update=True)
    if row.confirmed_at is not None:
        return row
    if not row.drafts:
        raise NotFound(number)
    found = preview(session, visitor, row)
    if found.mark != seen:
        raise Conflict(Problem("seen", ProblemCode.INVENTORY_CHANGED))
    _check_day(session, home, row.scope, row.taken_on)
    check(found)
    now = datetime.now(UTC)
    try:
        with session.begin_nested():
            gone = _write(session, visitor, row, retired, now, progress)
    except IntegrityError:
        raise Conflict(Problem("seen", ProblemCode.INVENTORY_CHANGED)) from None
    row.drafts = told.written(told.understood(row.drafts), found.refused)
    row.confirmed_at = now
    row.rows, row.dated, row.refused = found.read, found.dated, len(found.refused)
    row.created, row.changed, row.retired = found.created, found.changed, gone
    if found.created + found.changed + gone:
        counts = {"assets_created": found.created, "assets_changed": found.changed, "assets_retired": gone}
        counts["assets_refused"] = len(found.refused)
        journal.write(
            session,
            JournalAction.EQUIPMENT_IMPORTED,
            organisation_id=home,
            actor=visitor.name,
            subject=row.name[-journal.SUBJECT :],
            after=dumps(
                {"taken_on": row.taken_on.isoformat()} | {name: str(count) for name, count in counts.items() if count}
            ),
            at=now,
        )
    session.flush()
    return row


def check(found: InventoryPlan) -> None:
    """Refuse to store a plan that is not clear yet.

    Raises:
        Invalid: for an inventory that cannot be stored, or each word that is not settled, at « field:word ».
    """
    if found.problem is not None:
        raise Invalid(found.problem)
    if found.unsettled:
        raise Invalid(
            *(
                Problem(f"{one.field}:{one.word}", ProblemCode.WORDS_UNSETTLED, {"text": one.written})
                for one in found.unsettled
            )
        )


def _check_day(session: Session, home: int, scope: InventoryScope, taken_on: date) -> None:
    last = estate_intakes.last_day(session, home, scope)
    if last is not None and taken_on < last:
        raise Invalid(Problem("taken_on", ProblemCode.INVENTORY_OLDER, {"day": last}))


def _write(
    session: Session,
    visitor: Visitor,
    row: EquipmentIntake,
    retired: Collection[EquipmentCategory],
    now: datetime,
    progress: Progress | None,
) -> int:
    """Write what every row says, and retire what vanished from the ticked categories; give how many that is."""
    home = visitor.organisation.id
    written = {"author": visitor.name, "recorded_at": now, "seen_on": row.taken_on}
    found = Comparison(session, home, row.drafts, lexicon(session, home))
    for steps in found.steps():
        new = [_values(step) | written for step in steps if step.is_new]
        for values, step in zip(new, (step for step in steps if step.is_new), strict=True):
            values |= {"organisation_id": home, "source": SOURCE, "key": step.draft.key, "note": ""}
        estate_intakes.add(session, new)
        changed = [
            _values(step) | written | {"number": step.stored.id, "version": step.stored.version + 1}
            for step in steps
            if step.stored is not None and step.is_changed
        ]
        estate_intakes.change(session, changed)
        same = [
            step.stored.id
            for step in steps
            if step.stored is not None and not step.is_changed and step.stored.seen_on != row.taken_on
        ]
        estate_intakes.see(session, same, row.taken_on)
        if progress:
            progress(len(steps))
    gone = [
        {
            "number": one.id,
            "version": one.version + 1,
            "state": EquipmentState.RETIRED,
            # The word that said it was in service says so no more: seen again, the equipment is read anew.
            "read_state": "",
            "retired_on": row.taken_on,
            "author": visitor.name,
            "recorded_at": now,
        }
        for one in found.vanished(row.scope, row.taken_on)
        if one.category in retired
    ]
    for start in range(0, len(gone), inventory_plans.CHUNK):
        estate_intakes.change(session, gone[start : start + inventory_plans.CHUNK])
    return len(gone)


def _values(step: Step) -> dict[str, Any]:
    return dict(zip(TOLD, step.values, strict=True))


def _intake(
    visitor: Visitor, name: str, digest: str, drafts: bytes, scope: InventoryScope, taken_on: date, now: datetime
) -> EquipmentIntake:
    return EquipmentIntake(
        organisation_id=visitor.organisation.id,
        name=re.sub(r"\s+", " ", tidy(name))[-NAME_LIMIT:] or "-",
        sha256=digest,
        taken_on=taken_on,
        scope=scope,
        drafts=drafts,
        rows=0,
        dated=0,
        account_id=visitor.account_id,
        author=visitor.name,
        sent_at=now,
    )
