"""Audits that are added, corrected, withdrawn: each refusal at its field, each change in the journal."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from tracker.domain.errors import Conflict, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.permissions import Permission
from tracker.domain.service_problems import ServiceProblem
from tracker.labels.journal import field_shown
from tracker.services.audit_rows import subject_of, told
from tracker.services.audit_typed import TEXT_LIMIT, AuditTyped, fields_of, row_of
from tracker.services.audits import service_of
from tracker.services.contacts import nameless
from tracker.services.decisions import Told, stale, tell
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import Audit, DigitalService
from tracker.store.queries import audits as stored

FIELDS: Mapping[str, str] = {"audit_kind": "kind"}
"""The field of the form that a word of the journal stands for, where they are not the same."""


def find(session: Session, visitor: Visitor, service: int) -> DigitalService:
    """Give a service to whoever keeps its audits.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: when the organisation has no such service.
    """
    visitor.require(Permission.KEEP_SERVICES)
    return service_of(session, visitor, service)


def check(draft: AuditTyped, today: date) -> None:
    """Refuse what an audit cannot say.

    Raises:
        Invalid: with every problem, each at its field.
    """
    row_of(draft, today)


def add(session: Session, visitor: Visitor, service: int, draft: AuditTyped, today: date) -> int:
    """Add an audit to a service, and give its number.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: when the organisation has no such service.
        Invalid: for what cannot be read, or cannot be.
    """
    visitor.require(Permission.KEEP_SERVICES)
    home = service_of(session, visitor, service, locked=True)
    row = row_of(draft, today)
    row.organisation_id, row.service_id = visitor.organisation.id, home.id
    row.number = stored.last_number(session, home.id) + 1
    _sign(row, visitor)
    session.add(row)
    session.flush()
    after = {**told(row), "pages": str(len(row.pages)), "source": row.source}
    tell(session, visitor, JournalAction.AUDIT_ADDED, subject_of(service, row.number), {}, after)
    return row.number


def same(session: Session, visitor: Visitor, service: int, draft: AuditTyped, today: date) -> int | None:
    """Find the audit of a service that says what ``draft`` does of the same pages, whatever its days; None for none.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: when the organisation has no such service.
        Invalid: for what cannot be read, or cannot be.
    """
    home = find(session, visitor, service)
    asked = _content(row_of(draft, today))
    rows = stored.of_service(session, home.id)
    return next((row.number for row in rows if not row.is_withdrawn and _content(row) == asked), None)


def correct(session: Session, visitor: Visitor, service: int, number: int, draft: AuditTyped, today: date) -> bool:
    """Correct what an audit says of itself, not its pages. False when it says what is stored already.

    Raises:
        Forbidden, NotFound: as `add` does.
        Conflict: when somebody changed it meanwhile.
        Invalid: for what cannot be read, or cannot be; for one that was withdrawn.
    """
    visitor.require(Permission.KEEP_SERVICES)
    home = service_of(session, visitor, service)
    row = open_audit(session, home, number)
    typed, known = Typed(), told(row)
    read = fields_of(typed, draft, row.kind, row.rgaa, today)
    mine = {**told(read), "audit_kind": known["audit_kind"], "rgaa": known["rgaa"]}
    if not typed.problems and mine == known:
        return False
    if draft.seen != row.version:
        _refuse_stale(row.author, known, mine, typed)
    typed.end()
    for name in ("audited_on", "published_on", "auditor", "environments", "tools", "told_rate", "note"):
        setattr(row, name, getattr(read, name))
    change(session, visitor, row, service, known, mine)
    return True


def withdraw(session: Session, visitor: Visitor, service: int, number: int, reason: str, seen: int) -> None:
    """Withdraw an audit that should not count; it stays, and its number too.

    Raises:
        Forbidden, NotFound, Conflict: as `correct` does.
        Invalid: without a reason, or for one that was withdrawn before.
    """
    visitor.require(Permission.KEEP_SERVICES)
    home = service_of(session, visitor, service)
    row = open_audit(session, home, number, seen)
    typed = Typed()
    why = nameless(typed, "reason", reason, TEXT_LIMIT)
    if not why and not typed.problems:
        typed.refuse("reason", ProblemCode.WITHDRAWAL_REASON_MISSING)
    typed.end()
    row.is_withdrawn = True
    change(session, visitor, row, service, {"is_withdrawn": ""}, {"is_withdrawn": "1"}, why)


def open_audit(session: Session, home: DigitalService, number: int, seen: int | None = None) -> Audit:
    """Find an audit to change; ``seen`` where any other version than the one on the screen is refused.

    Raises:
        NotFound: when the service has no such audit.
        Conflict: when somebody changed it meanwhile.
        Invalid: when it was withdrawn.
    """
    row = stored.row(session, home.id, number, locked=True)
    if row is None:
        raise NotFound(number)
    if row.is_withdrawn:
        raise Invalid(Problem("audit", ServiceProblem.AUDIT_WITHDRAWN))
    if seen is not None and seen != row.version:
        raise Conflict(Problem("audit", ProblemCode.CHANGED_SINCE_SHOWN))
    return row


def change(
    session: Session, visitor: Visitor, row: Audit, service: int, before: Told, after: Told, comment: str = ""
) -> None:
    """Sign the next version of an audit, with its line of the journal: ``comment`` gives its reason, or its page."""
    row.version += 1
    _sign(row, visitor)
    session.flush()
    tell(session, visitor, JournalAction.AUDIT_CHANGED, subject_of(service, row.number), before, after, reason=comment)
    session.flush()


def _content(row: Audit) -> tuple[object, ...]:
    return row.kind, row.rgaa, tuple((one.name, one.is_shared, one.results) for one in row.pages)


def _sign(row: Audit, visitor: Visitor) -> None:
    row.author, row.recorded_at = visitor.name, datetime.now(UTC)


def _refuse_stale(author: str, known: Told, mine: Told, typed: Typed) -> None:
    """Refuse what was typed over another version than the stored one, quoting it where it is not the same.

    Raises:
        Conflict: with every problem of what was typed, too.
    """
    found = [
        stale(author, field_shown(name, known[name]), FIELDS.get(name, name))
        for name in known
        if known[name] != mine[name]
    ]
    quoted = {problem.where for problem in found}
    raise Conflict(*found, *(problem for problem in typed.problems if problem.where not in quoted))
