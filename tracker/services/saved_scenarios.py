"""Saved scenarios: each has a name, and one version a change; one that is taken back stays in its versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from tracker.domain.errors import Conflict, NotFound, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.permissions import Permission
from tracker.services import levers
from tracker.services.decisions import Told, add, stale, tell
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import Organisation, Scenario
from tracker.store.queries import scenarios as stored

NAME_LIMIT = 120


@dataclass(frozen=True, slots=True)
class ScenarioDraft:
    """What is saved: a name, the fields of the simulator, the ``seen`` version of the scenario, 0 for a new one.

    ``is_withdrawn`` takes it back.
    """

    name: str = ""
    fields: Mapping[str, str] | None = None
    seen: int = 0
    is_withdrawn: bool = False
    has_comma_groups: bool = False


@dataclass(frozen=True, slots=True)
class SavedScenario:
    """A scenario that was saved; ``told`` is what it moves by the names of the address, its horizon included."""

    number: int
    version: int
    name: str
    horizon: int
    told: Mapping[str, str]
    author: str
    at: datetime


def saved(session: Session, visitor: Visitor) -> Sequence[SavedScenario]:
    """List the scenarios that were saved and not taken back, oldest first.

    Raises:
        Forbidden: without the right to read.
    """
    visitor.require(Permission.READ)
    return [_record(row) for row in _latest(session, visitor.organisation) if not row.is_withdrawn]


def one(session: Session, visitor: Visitor, number: int) -> SavedScenario:
    """Give one of them.

    Raises:
        Forbidden: without the right to read.
        NotFound: when there is none of that number, or it was taken back.
    """
    found = next((each for each in saved(session, visitor) if each.number == number), None)
    if found is None:
        raise NotFound(number)
    return found


def save(session: Session, visitor: Visitor, number: int, draft: ScenarioDraft, today: date) -> int | None:
    """Write a version of scenario ``number``, a new one for 0; give its number, None when nothing changes.

    Raises:
        Forbidden: without the right to keep the estate.
        NotFound: for a scenario that does not exist, or was taken back.
        Conflict: when another version was stored meanwhile.
        Invalid: without a name, with that of another scenario, or for levers that cannot be read.
    """
    visitor.require(Permission.KEEP_ESTATE)
    rows = _latest(session, visitor.organisation)
    newest = next((row for row in rows if row.number == number), None)
    if number and (newest is None or newest.is_withdrawn):
        raise NotFound(number)
    made = _checked(visitor, draft, rows, newest, today)
    made.number = number or max((row.number for row in rows), default=0) + 1
    made.version = newest.version + 1 if newest else 1
    if newest is not None:
        if _told(newest) == _told(made) and not made.is_withdrawn:
            return None
        if draft.seen != newest.version:
            raise Conflict(stale(newest.author, newest.name, "name"))
    add(session, made, lambda: _meanwhile(session, visitor, made.number))
    action = JournalAction.SCENARIO_WITHDRAWN if made.is_withdrawn else JournalAction.SCENARIO_SAVED
    tell(session, visitor, action, made.name, _told(newest), {} if made.is_withdrawn else _told(made))
    session.flush()
    return made.number


def _latest(session: Session, organisation: Organisation) -> Sequence[Scenario]:
    return list({row.number: row for row in stored.versions(session, organisation.id)}.values())


def _checked(
    visitor: Visitor, draft: ScenarioDraft, rows: Sequence[Scenario], newest: Scenario | None, today: date
) -> Scenario:
    if draft.is_withdrawn and newest is not None:
        return _row(visitor, newest.name, newest.horizon, newest.levers, is_withdrawn=True)
    typed = Typed(has_comma_groups=draft.has_comma_groups)
    name = typed.words("name", draft.name, ProblemCode.FIELD_MISSING, NAME_LIMIT)
    others = {row.name.casefold() for row in rows if row is not newest and not row.is_withdrawn}
    if name.casefold() in others:
        typed.refuse("name", ProblemCode.SCENARIO_NAME_TAKEN)
    typed.end()
    read = levers.read(draft.fields or {}, today, has_comma_groups=draft.has_comma_groups)
    told = {**read.told, levers.HORIZON: str(read.last_year)}
    return _row(visitor, name, read.last_year, levers.written(told))


def _row(visitor: Visitor, name: str, horizon: int, moved: str, *, is_withdrawn: bool = False) -> Scenario:
    return Scenario(
        organisation_id=visitor.organisation.id,
        name=name,
        horizon=horizon,
        levers=moved,
        is_withdrawn=is_withdrawn,
        account_id=visitor.account_id,
        author=visitor.name,
        recorded_at=datetime.now(UTC),
    )


def _meanwhile(session: Session, visitor: Visitor, number: int) -> Problem:
    newest = next(row for row in _latest(session, visitor.organisation) if row.number == number)
    return stale(newest.author, newest.name, "name")


def _told(row: Scenario | None) -> Told:
    """Write a version for the journal."""
    if row is None:
        return {"name": "", "horizon_year": "", "levers": ""}
    moved = levers.read_again(row.levers)
    told = ", ".join(f"{name} {value}" for name, value in moved.items() if name != levers.HORIZON)
    return {"name": row.name, "horizon_year": str(row.horizon), "levers": told}


def _record(row: Scenario) -> SavedScenario:
    told = levers.read_again(row.levers)
    return SavedScenario(row.number, row.version, row.name, row.horizon, told, row.author, row.recorded_at)
