"""The sessions of the approval commission: who is due, what each session holds, and its way to sealed minutes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from tracker.domain.approvals import (
    AgendaReason,
    Approval,
    Due,
    Part,
    Quorum,
    SessionState,
    approval,
    approved_share,
    due,
)
from tracker.domain.errors import Conflict, Invalid, NotFound, Problem
from tracker.domain.journal_actions import JournalAction
from tracker.domain.paging import page_count
from tracker.domain.permissions import Permission
from tracker.domain.service_problems import ServiceProblem
from tracker.exports import kept_paper
from tracker.labels.journal import field_shown
from tracker.services import journal
from tracker.services.access_gaps import free_text
from tracker.services.commission_files import KnownService, known_services
from tracker.services.decisions import Told, stale, tell
from tracker.services.service_rows import rgaa_versions
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import AgendaItem, CommissionSession, MinutesRectification, Organisation
from tracker.store.queries import commission as stored
from tracker.store.queries.commission import Decided

PAGE = 20
VENUE_LIMIT, ROLES_LIMIT, NOTE_LIMIT = 200, 1000, 2000


@dataclass(frozen=True, slots=True)
class SessionDraft:
    """What was typed of a session; ``seen`` is the version that was on the screen, 0 for a new one."""

    held_on: str = ""
    venue: str = ""
    roles: str = ""
    quorum: str = Quorum.NO_RULE
    note: str = ""
    reason: str = ""
    seen: int = 0


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What is told of a session: its day, where, the functions of those who sat, a line each, the quorum, a note."""

    held_on: date
    venue: str
    roles: str
    quorum: Quorum
    note: str


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session in the list of all: how many services are on its agenda, and of how many it decided."""

    row: CommissionSession
    listed: int
    decided: int


@dataclass(frozen=True, slots=True)
class DueService:
    """A service that is due before the commission, why, and where it stands."""

    known: KnownService
    reasons: tuple[Due, ...]
    approval: Approval


@dataclass(frozen=True, slots=True)
class Overview:
    """The sessions, latest first, a page of who is due, and of the online services how many are approved."""

    sessions: Sequence[SessionLine]
    due: Sequence[DueService]
    total: int
    pages: int
    approved: Part
    has_services: bool


@dataclass(frozen=True, slots=True)
class ListedService:
    """A service on the agenda of a session, why, and what was decided of it, None as long as nothing was."""

    item: AgendaItem
    known: KnownService
    reasons: tuple[Due, ...]
    decided: Decided | None


@dataclass(frozen=True, slots=True)
class SessionSheet:
    """A session: its agenda in order, the services that the rule proposes beside it and the others, its rectifications.

    Nothing is proposed once its minutes are sealed.
    """

    row: CommissionSession
    listed: Sequence[ListedService]
    proposed: Sequence[DueService]
    others: Sequence[KnownService]
    rectified: Sequence[MinutesRectification]

    @property
    def undecided(self) -> Sequence[ListedService]:
        """List what still waits for a decision."""
        return [one for one in self.listed if one.decided is None]


def overview(session: Session, visitor: Visitor, page: int, today: date) -> Overview:
    """Give the sessions of the commission, and page ``page`` (from 1) of the services that are due before it.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a page that does not exist.
    """
    visitor.require(Permission.READ)
    home = visitor.organisation
    known = known_services(session, home)
    found = due_services(known, today)
    items = stored.items(session, home.id)
    done = {one.item.id for one in stored.decisions(session, home.id)}
    lines = [
        SessionLine(
            row,
            sum(item.session_id == row.id for item in items),
            sum(item.session_id == row.id and item.id in done for item in items),
        )
        for row in stored.sessions(session, home.id)
    ]
    return Overview(
        sessions=lines,
        due=found[(page - 1) * PAGE : page * PAGE],
        total=len(found),
        pages=page_count(len(found), PAGE, page),
        approved=approved_share([one.file for one in known.values()], rgaa_versions(), today),
        has_services=bool(known),
    )


def due_services(known: Mapping[int, KnownService], day: date, number: int | None = None) -> Sequence[DueService]:
    """List the services that are due on ``day``, by number; ``number`` is that of the session being prepared."""
    versions = rgaa_versions()
    told = [(one, due(one.file, versions, day, number)) for one in known.values()]
    return [DueService(one, why, approval(one.file, versions, day)) for one, why in told if why]


def sheet(session: Session, visitor: Visitor, number: int) -> SessionSheet:
    """Give one session with its agenda, its decisions, and what could still be put on it.

    Raises:
        Forbidden: without the right to read.
        NotFound: when the organisation has no such session.
    """
    visitor.require(Permission.READ)
    row = find(session, visitor.organisation, number)
    known = known_services(session, visitor.organisation)
    listed = agenda(session, visitor.organisation, row, known)
    there = {one.known.id for one in listed}
    proposed: Sequence[DueService] = ()
    others: Sequence[KnownService] = ()
    if row.state is not SessionState.SEALED:
        proposed = [one for one in due_services(known, row.held_on, number) if one.known.id not in there]
        due_too = {one.known.id for one in proposed}
        others = [one for key, one in known.items() if key not in there | due_too]
    return SessionSheet(row, listed, proposed, others, stored.rectifications(session, row.id))


def agenda(
    session: Session, organisation: Organisation, row: CommissionSession, known: Mapping[int, KnownService]
) -> Sequence[ListedService]:
    """List what is on the agenda of a session, in the order in which it was put there."""
    done = {one.item.id: one for one in stored.decisions(session, organisation.id)}
    return [
        ListedService(item, known[item.service_id], reasons_of(item), done.get(item.id))
        for item in stored.items(session, organisation.id)
        if item.session_id == row.id
    ]


def reasons_of(item: AgendaItem) -> tuple[Due, ...]:
    """Give why a service was put on an agenda, as it was told on that day."""
    return tuple(Due(AgendaReason(code), date.fromisoformat(on) if on else None) for code, on in item.reasons)


def find(session: Session, organisation: Organisation, number: int, *, locked: bool = False) -> CommissionSession:
    """Give one session of an organisation.

    Raises:
        NotFound: when it has none of that number.
    """
    row = stored.by_number(session, organisation.id, number, locked=locked)
    if row is None:
        raise NotFound(number)
    return row


def open_session(session: Session, visitor: Visitor, draft: SessionDraft) -> int:
    """Prepare a new session, and give its number.

    Raises:
        Forbidden: without the right to keep the services.
        Invalid: for what cannot be read, or names somebody.
    """
    visitor.require(Permission.KEEP_SERVICES)
    typed = Typed()
    read = _read(typed, draft)
    typed.end()
    number = stored.last_number(session, visitor.organisation.id) + 1
    row = CommissionSession(organisation_id=visitor.organisation.id, number=number, version=1)
    row.state = SessionState.PREPARATION
    _write(row, read, visitor)
    session.add(row)
    session.flush()
    tell(session, visitor, JournalAction.SESSION_OPENED, subject_of(number), {}, told(row))
    return number


def change_session(session: Session, visitor: Visitor, number: int, draft: SessionDraft, today: date) -> bool:
    """Change what is told of a session; of sealed minutes, as a rectification with its reason. False without a change.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: when the organisation has no such session.
        Conflict: when somebody changed it meanwhile.
        Invalid: for what cannot be read or names somebody, a held session in the future, or a missing reason.
    """
    visitor.require(Permission.KEEP_SERVICES)
    row = find(session, visitor.organisation, number, locked=True)
    typed = Typed()
    read = _read(typed, draft)
    before, after = told(row), {**_facts(read), "session_state": row.state}
    if not typed.problems and before == after:
        return False
    if draft.seen != row.version:
        changed = [name for name in before if before[name] != after[name]]
        raise Conflict(*(stale(row.author, field_shown(name, before[name]), name) for name in changed), *typed.problems)
    if row.state is not SessionState.PREPARATION and read.held_on > today and not typed.is_refused("held_on"):
        typed.refuse("held_on", ServiceProblem.SESSION_STARTED)
    is_sealed = row.state is SessionState.SEALED
    reason = rectifying(typed, draft.reason) if is_sealed else ""
    if is_sealed and not read.roles and not typed.is_refused("roles"):
        typed.refuse("roles", ServiceProblem.SESSION_ROLES_MISSING)
    typed.end()
    row.version += 1
    _write(row, read, visitor)
    if is_sealed:
        rectify(session, visitor, row, None, before, after, reason)
    else:
        tell(session, visitor, JournalAction.SESSION_CHANGED, subject_of(number), before, after)
    session.flush()
    return True


def hold(session: Session, visitor: Visitor, number: int, seen: int, today: date) -> None:
    """Say that a session was held: from then on it decides.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: when the organisation has no such session.
        Conflict: when it has changed since the page was opened.
        Invalid: when its day is to come, or nothing is on its agenda.
    """
    row = _to_move(session, visitor, number, seen, SessionState.PREPARATION)
    if row.held_on > today:
        raise Invalid(Problem("state", ServiceProblem.SESSION_TO_COME, {"on": row.held_on}))
    if not any(item.session_id == row.id for item in stored.items(session, visitor.organisation.id)):
        raise Invalid(Problem("state", ServiceProblem.SESSION_WITHOUT_AGENDA))
    before = told(row)
    _move(row, SessionState.HELD, visitor)
    tell(session, visitor, JournalAction.SESSION_CHANGED, subject_of(number), before, told(row))
    session.flush()


def begin_sealing(session: Session, visitor: Visitor, number: int, seen: int) -> CommissionSession:
    """Check that the minutes of a session can be sealed, and give its row, locked.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: when the organisation has no such session.
        Conflict: when it has changed since the page was opened.
        Invalid: when a service waits for its decision, or nobody said who sat.
    """
    row = _to_move(session, visitor, number, seen, SessionState.HELD)
    listed = agenda(session, visitor.organisation, row, known_services(session, visitor.organisation))
    problems = []
    waiting = [one.known.name for one in listed if one.decided is None]
    if waiting:
        problems.append(Problem("state", ServiceProblem.SESSION_UNDECIDED, {"names": ", ".join(waiting)}))
    if not row.roles:
        problems.append(Problem("roles", ServiceProblem.SESSION_ROLES_MISSING))
    if problems:
        raise Invalid(*problems)
    return row


def end_sealing(session: Session, visitor: Visitor, row: CommissionSession, minutes: str) -> None:
    """Close the minutes of a session for good."""
    _move(row, SessionState.SEALED, visitor)
    row.minutes, row.digest, row.sealed_at = minutes, kept_paper.digest(minutes), row.recorded_at
    after = {"session_state": row.state, "digest": row.digest}
    tell(session, visitor, JournalAction.MINUTES_SEALED, subject_of(row.number), {}, after)
    session.flush()


def rectify(
    session: Session,
    visitor: Visitor,
    row: CommissionSession,
    item: AgendaItem | None,
    before: Told,
    after: Told,
    reason: str,
) -> None:
    """Write what sealed minutes said and what is true, field by field, with the reason, here and in the journal."""
    changed = [name for name in after if before.get(name, "") != after[name]]
    session.add(
        MinutesRectification(
            organisation_id=visitor.organisation.id,
            session_id=row.id,
            position=len(stored.rectifications(session, row.id)) + 1,
            item_id=item.id if item is not None else None,
            before=json.dumps({name: before.get(name, "") for name in changed}, ensure_ascii=False),
            after=json.dumps({name: after[name] for name in changed}, ensure_ascii=False),
            reason=reason,
            author=visitor.name,
            recorded_at=datetime.now(UTC),
        )
    )
    tell(session, visitor, JournalAction.MINUTES_RECTIFIED, subject_of(row.number), before, after, reason=reason)


def rectifying(typed: Typed, reason: str) -> str:
    """Read why sealed minutes are rectified."""
    return free_text(typed, "reason", reason, ServiceProblem.RECTIFICATION_REASON_MISSING)


def told(row: CommissionSession) -> Told:
    """Tell a session field by field, in no language."""
    facts = SessionFacts(row.held_on, row.venue, row.roles, row.quorum, row.note)
    return {**_facts(facts), "session_state": row.state}


def _facts(facts: SessionFacts) -> Told:
    return {
        "held_on": facts.held_on.isoformat(),
        "venue": facts.venue,
        "roles": facts.roles,
        "quorum": facts.quorum,
        "note": facts.note,
    }


def subject_of(number: int) -> str:
    """Name a session in the journal."""
    return f"commission-{number}"


def note_agenda(session: Session, visitor: Visitor, number: int, service: str, *, is_listed: bool, reason: str) -> None:
    """Tell the journal that a service was put on an agenda, or taken off it."""
    journal.write(
        session,
        JournalAction.AGENDA_CHANGED,
        organisation_id=visitor.organisation.id,
        actor=visitor.name,
        subject=subject_of(number),
        after=json.dumps({"agenda": service, "listed": "1" if is_listed else "0"}, ensure_ascii=False),
        comment=reason,
    )


def _read(typed: Typed, draft: SessionDraft) -> SessionFacts:
    """Read the fields of ``draft``; what cannot be read is noted in ``typed``."""
    held_on = typed.any_day("held_on", draft.held_on, ServiceProblem.SESSION_DAY_MISSING)
    roles = free_text(typed, "roles", draft.roles, limit=ROLES_LIMIT)
    return SessionFacts(
        held_on=held_on or date.min,
        venue=free_text(typed, "venue", draft.venue, limit=VENUE_LIMIT),
        roles="\n".join(filter(None, map(str.strip, roles.splitlines()))),
        quorum=typed.choice("quorum", draft.quorum, Quorum) or Quorum.NO_RULE,
        note=free_text(typed, "note", draft.note, limit=NOTE_LIMIT),
    )


def _write(row: CommissionSession, read: SessionFacts, visitor: Visitor) -> None:
    row.held_on, row.venue, row.roles = read.held_on, read.venue, read.roles
    row.quorum, row.note = read.quorum, read.note
    row.author, row.recorded_at = visitor.name, datetime.now(UTC)


def _to_move(session: Session, visitor: Visitor, number: int, seen: int, state: SessionState) -> CommissionSession:
    visitor.require(Permission.KEEP_SERVICES)
    row = find(session, visitor.organisation, number, locked=True)
    if row.state is not state or row.version != seen:
        raise Conflict(Problem("state", ServiceProblem.SESSION_MOVED))
    return row


def _move(row: CommissionSession, state: SessionState, visitor: Visitor) -> None:
    row.state = state
    row.version += 1
    row.author, row.recorded_at = visitor.name, datetime.now(UTC)
