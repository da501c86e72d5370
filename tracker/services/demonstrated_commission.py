"""The approval commission of the fictional town: what is not accessible, two sessions held, one in preparation."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.approvals import (
    APPROVING,
    AgendaReason,
    ApprovalOutcome,
    Due,
    Quorum,
    SessionState,
    due,
)
from tracker.domain.dates import iso_day
from tracker.domain.journal_actions import JournalAction
from tracker.domain.rgaa import ConformityReason, GapKind
from tracker.domain.vocabulary import Role
from tracker.exports import kept_paper
from tracker.services import journal
from tracker.services.access_gaps import subject_of as subject_of_gap
from tracker.services.commission import subject_of
from tracker.services.commission_files import KnownService, known_services
from tracker.services.minutes import minutes_text
from tracker.services.seed_rows import day_of
from tracker.services.service_rows import rgaa_versions
from tracker.services.visitor import Visitor
from tracker.store.models import (
    AccessGap,
    Account,
    AgendaItem,
    ApprovalDecision,
    CommissionSession,
    Organisation,
)

Given = Mapping[str, Any]
RECORDED_AT = datetime(2026, 7, 1, 9, tzinfo=UTC)


def add_commission(session: Session, town: Organisation, author: Account, document: Given) -> None:
    """Add what ``document`` tells, written by ``author``; what names a service that there is not is left out."""
    lead = Visitor(author.id, author.name, Role.REFERENT, town, frozenset())
    numbers = {one.number: one.id for one in known_services(session, town).values()}
    _add_gaps(session, lead, document["gaps"], numbers)
    for number, given in enumerate(document["sessions"], 1):
        _add_session(session, lead, number, given)


def _add_gaps(session: Session, lead: Visitor, listed: Sequence[Given], numbers: Mapping[int, int]) -> None:
    counts: dict[int, int] = {}
    for given in listed:
        if given["service"] not in numbers:
            continue
        number = counts[given["service"]] = counts.get(given["service"], 0) + 1
        session.add(
            AccessGap(
                organisation_id=lead.organisation.id,
                service_id=numbers[given["service"]],
                number=number,
                kind=GapKind(given["kind"]),
                content=given["content"],
                criteria=", ".join(given.get("criteria", ())),
                reason=given.get("reason", ""),
                alternative=given.get("alternative", ""),
                until=day_of(given, "until"),
                mended_on=day_of(given, "mended_on"),
                author=lead.name,
                recorded_at=RECORDED_AT,
            )
        )
        _tell(session, lead, JournalAction.ACCESS_GAP_ADDED, subject_of_gap(given["service"], number), {}, RECORDED_AT)
    session.flush()


def _add_session(session: Session, lead: Visitor, number: int, given: Given) -> None:
    """Add a session with its agenda, its decisions and, where it was sealed, its minutes; each dated of its day."""
    held_on = date.fromisoformat(given["held_on"])
    is_held = given["state"] != SessionState.PREPARATION
    at = _moment(held_on) if is_held else RECORDED_AT
    row = CommissionSession(
        organisation_id=lead.organisation.id,
        number=number,
        version=1,
        held_on=held_on,
        venue=given["venue"],
        state=SessionState.HELD if is_held else SessionState.PREPARATION,
        roles="\n".join(given.get("roles", ())),
        quorum=Quorum(given.get("quorum", Quorum.NO_RULE)),
        author=lead.name,
        recorded_at=at,
    )
    session.add(row)
    session.flush()
    _tell(session, lead, JournalAction.SESSION_OPENED, subject_of(number), {"held_on": given["held_on"]}, at)
    for told in given["items"]:
        known = {one.number: one for one in known_services(session, lead.organisation).values()}
        if told["service"] in known:
            _add_item(session, lead, row, known[told["service"]], told)
    if given["state"] == SessionState.SEALED:
        row.minutes = minutes_text(session, lead, row)
        row.digest, row.sealed_at = kept_paper.digest(row.minutes), _moment(date.fromisoformat(given["sealed_on"]))
        row.state, row.version = SessionState.SEALED, 2
        after = {"session_state": row.state, "digest": row.digest}
        _tell(session, lead, JournalAction.MINUTES_SEALED, subject_of(number), after, row.sealed_at)
    session.flush()


def _add_item(session: Session, lead: Visitor, row: CommissionSession, known: KnownService, told: Given) -> None:
    """Put a service on the agenda, and decide of it where the session did; nothing is approved without its audit."""
    outcome = ApprovalOutcome(told["outcome"]) if "outcome" in told else None
    found = known.file.standing(rgaa_versions(), row.held_on)
    if outcome in APPROVING and found.reason is not ConformityReason.RATE:
        return
    why = due(known.file, rgaa_versions(), row.held_on, row.number) or (Due(AgendaReason.ASKED),)
    item = AgendaItem(
        organisation_id=lead.organisation.id,
        session_id=row.id,
        service_id=known.id,
        reasons=[[one.reason.value, iso_day(one.on)] for one in why],
        author=lead.name,
        recorded_at=row.recorded_at,
    )
    session.add(item)
    session.flush()
    if outcome is None:
        return
    session.add(
        ApprovalDecision(
            organisation_id=lead.organisation.id,
            item_id=item.id,
            version=1,
            outcome=outcome,
            text=told.get("text", ""),
            corrections=told.get("corrections", ""),
            lift_by=day_of(told, "lift_by"),
            audit_id=known.row_of(found.audit) if outcome in APPROVING else None,
            author=lead.name,
            recorded_at=row.recorded_at,
        )
    )
    session.flush()
    subject = f"{subject_of(row.number)}-service-{known.number}"
    _tell(session, lead, JournalAction.APPROVAL_DECIDED, subject, {"approval": outcome}, row.recorded_at)


def _tell(
    session: Session, lead: Visitor, action: JournalAction, subject: str, after: Mapping[str, str], at: datetime
) -> None:
    journal.write(
        session,
        action,
        organisation_id=lead.organisation.id,
        actor=lead.name,
        subject=subject,
        after=json.dumps(after) if after else "",
        at=at,
    )


def _moment(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 16, tzinfo=UTC)
