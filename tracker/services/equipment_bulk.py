"""Equipment changed many lines at a time: what would change is shown first, and nothing but that is changed."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.equipment_faults import faults
from tracker.domain.errors import Conflict, Invalid, Problem, ProblemCode
from tracker.domain.estate import Destination, EquipmentCategory, EquipmentOrigin, EquipmentState
from tracker.domain.journal_actions import JournalAction
from tracker.domain.permissions import Permission
from tracker.services.decisions import Told, tell
from tracker.services.estate import NO_DEPARTMENT, WHOLE, EstateFilter, EstateLine, line_of, narrow
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.queries import equipment as stored
from tracker.store.queries import organisations
from tracker.store.queries.equipment import Wanted

REFUSED_SHOWN = 20
WEIGHTY = frozenset({"state", "retired_on", "destination"})
"""What a change may make impossible; the rest goes with anything."""
ENDING = frozenset({"retired_on", "destination"})
"""What tells how a life ended."""
Change = Mapping[str, Any]
"""What the lines are to say, by the names of a record."""


@dataclass(frozen=True, slots=True)
class BulkDraft:
    """What was typed for many lines at once; empty changes nothing, `NO_DEPARTMENT` takes the department away."""

    category: str = ""
    origin: str = ""
    department: str = ""
    state: str = ""
    retired_on: str = ""
    destination: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which lines: those of these numbers, or, without numbers, all that answer a filter."""

    numbers: tuple[int, ...] = ()
    wanted: EstateFilter = field(default_factory=EstateFilter)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that a change would make impossible, with why."""

    line: EstateLine
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a change would do: the lines that it changes, their pieces, those that say it already, those it cannot.

    ``replaced`` of the lines that change lose a day of retirement or a destination that is known. ``digest`` is a mark
    of the change and of every line that was looked at, in its version.
    """

    numbers: Sequence[int]
    pieces: int
    replaced: int
    same: int
    refused: int
    shown: Sequence[Refusal]
    digest: str

    @property
    def lines(self) -> int:
        """Give how many lines would change."""
        return len(self.numbers)


def chosen(session: Session, visitor: Visitor, choice: Choice) -> tuple[int, int]:
    """Count the lines that are chosen, and the pieces that they stand for.

    Raises:
        Forbidden: without the right to keep the estate.
    """
    visitor.require(Permission.KEEP_ESTATE)
    return stored.total(session, visitor.organisation.id, _wanted(session, visitor, choice))


def preview(session: Session, visitor: Visitor, choice: Choice, draft: BulkDraft, today: date) -> Weighed:
    """Say what a change would do to the lines that are chosen.

    Raises:
        Forbidden: without the right to keep the estate.
        Invalid: for what cannot be read, or when nothing is to change.
    """
    visitor.require(Permission.KEEP_ESTATE)
    change = _change(session, visitor, draft)
    return weigh(session, visitor, _wanted(session, visitor, choice), change, today)


def apply(session: Session, visitor: Visitor, choice: Choice, draft: BulkDraft, digest: str, today: date) -> int:
    """Change the lines that can be, those whose change was shown with ``digest``; give how many.

    Raises:
        Forbidden: without the right to keep the estate.
        Conflict: when the lines or what is typed are no longer those that were shown.
        Invalid: for what cannot be read, or when nothing is to change.
    """
    visitor.require(Permission.KEEP_ESTATE)
    change = _change(session, visitor, draft)
    found = weigh(session, visitor, _wanted(session, visitor, choice), change, today, locked=True)
    return settle(session, visitor, found, change, digest)


def weigh(
    session: Session, visitor: Visitor, wanted: Wanted, change: Change, today: date, *, locked: bool = False
) -> Weighed:
    """Say what ``change`` would do to what is wanted; ``locked`` keeps others from it until the transaction ends."""
    home = visitor.organisation.id
    codes = {row.id: row.code for row in organisations.departments(session, home)}
    mark = hashlib.sha256(repr(sorted(_told(change).items())).encode())
    numbers: list[int] = []
    shown: list[Refusal] = []
    pieces = replaced = same = refused = 0
    for row in stored.everything(session, home, wanted, locked=locked):
        line = line_of(row, codes)
        mark.update(f"{line.number} {line.version}\n".encode())
        if all(getattr(line.record, name) == value for name, value in change.items()):
            same += 1
        elif problems := _new_faults(line, change, today):
            refused += 1
            shown += [Refusal(line, problems)] if refused <= REFUSED_SHOWN else []
        else:
            numbers.append(line.number)
            pieces += line.record.quantity
            replaced += _loses(line, change)
    return Weighed(numbers, pieces, replaced, same, refused, shown, mark.hexdigest()[:16])


def settle(
    session: Session, visitor: Visitor, found: Weighed, change: Change, digest: str, subject: str = WHOLE
) -> int:
    """Store a change that was weighed and shown with ``digest``, with one line of the journal; give how many lines.

    Raises:
        Conflict: when it is no longer what was shown.
    """
    if found.digest != digest:
        raise Conflict(Problem("shown", ProblemCode.EQUIPMENT_MOVED))
    if not found.numbers:
        return 0
    at, home = datetime.now(UTC), visitor.organisation.id
    values = {name: value for name, value in change.items() if name != "department"}
    if "department" in change:
        numbers = {row.code: row.id for row in organisations.departments(session, home)}
        values["department_id"] = numbers.get(change["department"])
    stored.change(session, home, found.numbers, {**values, "author": visitor.name, "recorded_at": at})
    counts = {"estate_lines": str(found.lines), "pieces": str(found.pieces)}
    if found.replaced:
        counts["ends_replaced"] = str(found.replaced)
    tell(session, visitor, JournalAction.EQUIPMENT_CHANGED, subject, {}, {**counts, **_told(change)}, at=at)
    session.flush()
    return found.lines


def _loses(line: EstateLine, change: Change) -> bool:
    """Tell whether the change takes the place of what is known of the line's end."""
    return any(getattr(line.record, name) not in {None, change[name]} for name in ENDING & change.keys())


def _new_faults(line: EstateLine, change: Change, today: date) -> tuple[Problem, ...]:
    """Give what the change would make wrong; what an inventory had wrong before is no reason to refuse it."""
    if not change.keys() & WEIGHTY:
        return ()
    made = faults(replace(line.record, **change), today)
    if not made:
        return ()
    before = {(one.where, one.code) for one in faults(line.record, today)}
    return tuple(one for one in made if (one.where, one.code) not in before)


def _change(session: Session, visitor: Visitor, draft: BulkDraft) -> Change:
    typed, change = Typed(), dict[str, Any]()
    if draft.category:
        change["category"] = typed.choice("category", draft.category, EquipmentCategory)
    if draft.origin:
        change["origin"] = typed.choice("origin", draft.origin, EquipmentOrigin)
    if draft.state:
        change["state"] = typed.choice("state", draft.state, EquipmentState)
    if draft.destination:
        change["destination"] = typed.choice("destination", draft.destination, Destination)
    if draft.retired_on.strip():
        change["retired_on"] = typed.any_day("retired_on", draft.retired_on)
    if draft.department:
        known = {row.code for row in organisations.departments(session, visitor.organisation.id)}
        if draft.department not in known | {NO_DEPARTMENT}:
            typed.refuse("department", ProblemCode.UNKNOWN_CHOICE)
        change["department"] = "" if draft.department == NO_DEPARTMENT else draft.department
    typed.end()
    if not change:
        raise Invalid(Problem("form", ProblemCode.NOTHING_TO_CHANGE))
    return with_end(change)


def with_end(change: Change) -> Change:
    """Take the end of a life away from what is no longer retired, unless the change tells one: it is then refused."""
    if change.get("state") in {None, EquipmentState.RETIRED} or change.keys() & ENDING:
        return change
    return {**change, **dict.fromkeys(sorted(ENDING))}


def _wanted(session: Session, visitor: Visitor, choice: Choice) -> Wanted:
    known = organisations.departments(session, visitor.organisation.id)
    return Wanted(numbers=choice.numbers) if choice.numbers else narrow(choice.wanted, known)


def _told(change: Change) -> Told:
    names = {"state": "place"}
    said = {
        name: "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
        for name, value in change.items()
    }
    return {names.get(name, name): value for name, value in said.items()}
