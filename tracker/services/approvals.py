"""What a session decides of a service: its file, the decision that is taken, each version kept, each rule held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from tracker.domain.access_gaps import GapRecord
from tracker.domain.approvals import (
    APPROVING,
    Approval,
    ApprovalOutcome,
    ApprovalTerm,
    Decision,
    SessionState,
    approval,
    due,
    term,
)
from tracker.domain.dates import iso_day
from tracker.domain.digital_services import ServiceState
from tracker.domain.errors import AnyProblem, Conflict, NotFound, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.permissions import Permission
from tracker.domain.rgaa import ConformityReason, GapKind, Standing
from tracker.domain.service_problems import ServiceProblem
from tracker.labels import word
from tracker.labels.commission import approval_phrase, dues_phrase, earlier_phrase
from tracker.labels.journal import field_shown
from tracker.services.access_gaps import free_text
from tracker.services.commission import ListedService, agenda, find, rectify, rectifying, subject_of
from tracker.services.commission_files import KnownService, decision_of, known_services
from tracker.services.decisions import Told, add, stale, tell
from tracker.services.digital_services import ServiceView
from tracker.services.service_rows import rgaa_versions
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import ApprovalDecision, CommissionSession
from tracker.store.queries import commission as stored
from tracker.store.queries.commission import Decided

TEXT_LIMIT = 2000
PANEL_SHOWN = 3
FIELDS = {"approval": "outcome", "decided": "text"}
"""The field of the form that a word of the journal stands for, where they are not the same."""


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """What was typed of a decision; ``seen`` is the version that was on the screen, 0 for none.

    ``adjourned_to`` is the number of a session, empty for the next one; ``reason`` is why sealed minutes are rectified.
    """

    outcome: str = ""
    text: str = ""
    corrections: str = ""
    mended: str = ""
    lift_by: str = ""
    limit: str = ""
    adjourned_to: str = ""
    reason: str = ""
    seen: int = 0


@dataclass(frozen=True, slots=True)
class DecisionSheet:
    """The file of a service at a session: as it stood on that day, and the decision, None as long as there is none.

    ``before`` are the earlier decisions, latest first; ``mended`` the gaps mended since the last of them,
    ``derogations`` and ``failures`` those that were there on the day. ``later`` are the sessions that it may be
    put off to.
    """

    row: CommissionSession
    listed: ListedService
    standing: Standing
    audit_number: int | None
    before: Sequence[Decision]
    approval: Approval
    mended: Sequence[GapRecord]
    derogations: Sequence[GapRecord]
    failures: Sequence[GapRecord]
    decision: Decision | None
    term: ApprovalTerm | None
    later: Sequence[CommissionSession]

    @property
    def is_to_open(self) -> bool:
        """Tell whether the service was still to open on the day of the session."""
        service = self.listed.known.file.service
        return service.state is not ServiceState.CLOSED and not service.is_online(self.row.held_on)

    @property
    def seen(self) -> int:
        """Give the version of the decision, 0 for none."""
        return self.listed.decided.decision.version if self.listed.decided is not None else 0


@dataclass(frozen=True, slots=True)
class ApprovalPanel:
    """Where a service stands, in words: its approval, why it is due, its last decisions with the numbers of sessions.

    ``gaps`` counts what of it is not accessible, ``over`` what of that should have been mended or has no derogation
    any more.
    """

    state: str
    due: str
    decisions: Sequence[tuple[int, str]]
    gaps: int
    over: int


def decision_sheet(session: Session, visitor: Visitor, number: int, service: int) -> DecisionSheet:
    """Give the file of a service on the agenda of a session.

    Raises:
        Forbidden: without the right to read.
        NotFound: when the organisation has no such session, or the service is not on its agenda.
    """
    visitor.require(Permission.READ)
    row = find(session, visitor.organisation, number)
    return sheets(session, visitor, row, service)[0]


def sheets(
    session: Session, visitor: Visitor, row: CommissionSession, service: int | None = None
) -> Sequence[DecisionSheet]:
    """Give the files of a session in the order of its agenda, or the only one of ``service``.

    Raises:
        NotFound: when ``service`` is not on its agenda.
    """
    known = known_services(session, visitor.organisation)
    listed = agenda(session, visitor.organisation, row, known)
    days = stored.sessions(session, visitor.organisation.id)
    found = [one for one in listed if service is None or one.known.number == service]
    if service is not None and not found:
        raise NotFound(service)
    return [_sheet(row, one, days) for one in found]


def decide(session: Session, visitor: Visitor, number: int, service: int, draft: DecisionDraft) -> bool:
    """Decide of a service, or decide otherwise; of sealed minutes, as a rectification. False without a change.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: when the organisation has no such session, or the service is not on its agenda.
        Conflict: when somebody decided otherwise meanwhile, or the session is not held yet.
        Invalid: for what cannot be read, or what the rules of an approval refuse.
    """
    visitor.require(Permission.KEEP_SERVICES)
    row = find(session, visitor.organisation, number, locked=True)
    if row.state is SessionState.PREPARATION:
        raise Conflict(Problem("state", ServiceProblem.SESSION_NOT_HELD))
    about = sheets(session, visitor, row, service)[0]
    typed, known = Typed(), about.listed.known
    read = _read(typed, draft, about)
    before, after = _told(about.decision, known), _told(read, known)
    if not typed.problems and about.decision is not None and before == after:
        return False
    if draft.seen != about.seen:
        raise Conflict(*_stale(about.listed.decided, before, after), *typed.problems)
    is_sealed = row.state is SessionState.SEALED
    reason = rectifying(typed, draft.reason) if is_sealed else ""
    typed.end()
    later = {one.number: one.id for one in stored.sessions(session, visitor.organisation.id)}
    made = ApprovalDecision(
        organisation_id=visitor.organisation.id,
        item_id=about.listed.item.id,
        version=about.seen + 1,
        outcome=read.outcome,
        text=read.text,
        corrections=read.corrections,
        mended=read.mended,
        lift_by=read.lift_by,
        limit=read.limit,
        adjourned_to_id=later.get(read.adjourned_to or 0),
        audit_id=known.row_of(read.audit),
        author=visitor.name,
        recorded_at=datetime.now(UTC),
    )
    add(session, made, lambda: stale("", ""))
    if is_sealed:
        rectify(session, visitor, row, about.listed.item, before, after, reason)
    else:
        subject = f"{subject_of(number)}-service-{service}"
        tell(session, visitor, JournalAction.APPROVAL_DECIDED, subject, before, after)
    session.flush()
    return True


def decided(session: Session, visitor: Visitor) -> Sequence[tuple[int, str, str, Decision, ApprovalTerm | None]]:
    """List every decision that was taken, by the day of its session: of which service, and until when it counts.

    With the number and the name of the service, and the word of where the session is.

    Raises:
        Forbidden: without the right to read.
    """
    visitor.require(Permission.READ)
    versions = rgaa_versions()
    states = {one.number: one.state for one in stored.sessions(session, visitor.organisation.id)}
    found = [
        (
            known.number,
            known.name,
            word(states[one.session]),
            one,
            term(one, versions, known.file.service.redesigned_on),
        )
        for known in known_services(session, visitor.organisation).values()
        for one in known.file.decisions
    ]
    return sorted(found, key=lambda told: (told[3].on, told[3].session, told[0]))


def panel(session: Session, visitor: Visitor, view: ServiceView, today: date) -> ApprovalPanel:
    """Say where a service stands before the commission, for its own page."""
    known = known_services(session, visitor.organisation)[view.id]
    given = approval(known.file, rgaa_versions(), today)
    there = [one for one in known.file.gaps if one.is_open(today)]
    return ApprovalPanel(
        state=approval_phrase(given),
        due=dues_phrase(due(known.file, rgaa_versions(), today)),
        decisions=[(one.session, earlier_phrase(one)) for one in known.file.decisions[: -PANEL_SHOWN - 1 : -1]],
        gaps=len(there),
        over=sum(one.is_over(today) for one in there),
    )


def _sheet(row: CommissionSession, listed: ListedService, sessions: Sequence[CommissionSession]) -> DecisionSheet:
    known, versions, day = listed.known, rgaa_versions(), row.held_on
    file = replace(
        known.file,
        decisions=tuple(one for one in known.file.decisions if (one.on, one.session) < (day, row.number)),
    )
    state = file.standing(versions, day)
    last = file.examined(day)
    taken = None
    if listed.decided is not None:
        numbers = {one.id: (one.number, one.held_on) for one in sessions}
        taken = decision_of(listed.decided, known.audits, numbers)
    there = [one for one in file.gaps if one.is_open(day)]
    is_later = [
        one
        for one in sessions
        if one.state is SessionState.PREPARATION and (one.held_on, one.number) > (day, row.number)
    ]
    row_id = known.row_of(state.audit)
    return DecisionSheet(
        row=row,
        listed=listed,
        standing=state,
        audit_number=known.audit_numbers.get(row_id) if row_id is not None else None,
        before=file.decisions[::-1],
        approval=approval(file, versions, day),
        mended=[
            one
            for one in file.gaps
            if one.mended_on is not None and one.mended_on <= day and (last is None or one.mended_on > last.on)
        ],
        derogations=[one for one in there if one.kind is not GapKind.FAILURE],
        failures=[one for one in there if one.kind is GapKind.FAILURE],
        decision=taken,
        term=term(taken, versions, known.file.service.redesigned_on) if taken is not None else None,
        later=is_later[::-1],
    )


def _read(typed: Typed, draft: DecisionDraft, about: DecisionSheet) -> Decision:
    """Read the fields of ``draft``; what cannot be read, or what the rules refuse, is noted in ``typed``."""
    outcome = typed.choice("outcome", draft.outcome, ApprovalOutcome) if draft.outcome else None
    if not draft.outcome:
        typed.refuse("outcome", ProblemCode.FIELD_MISSING)
    approves, day = outcome in APPROVING, about.row.held_on
    made = Decision(
        session=about.row.number,
        on=day,
        outcome=outcome or ApprovalOutcome.ADJOURNED,
        text=free_text(typed, "text", draft.text, _missing(outcome), TEXT_LIMIT),
        corrections=free_text(typed, "corrections", draft.corrections, limit=TEXT_LIMIT),
        mended=free_text(typed, "mended", draft.mended, limit=TEXT_LIMIT),
        lift_by=_after(
            typed, "lift_by", draft.lift_by, day, outcome is ApprovalOutcome.RESERVES, ServiceProblem.LIFT_DAY_MISSING
        ),
        limit=_after(typed, "limit", draft.limit, day, approves, None),
        adjourned_to=_later(typed, draft, about, outcome),
        audit=about.standing.audit if approves else None,
    )
    if outcome is ApprovalOutcome.APPROVED:
        typed.unwanted(("text", made.text))
    if approves:
        _hold_against_audit(typed, made, about.standing)
    return made


def _missing(outcome: ApprovalOutcome | None) -> AnyProblem | None:
    if outcome is ApprovalOutcome.RESERVES:
        return ServiceProblem.RESERVES_MISSING
    return None if outcome in {None, ApprovalOutcome.APPROVED} else ServiceProblem.REFUSAL_REASON_MISSING


def _after(typed: Typed, where: str, text: str, day: date, is_wanted: bool, missing: AnyProblem | None) -> date | None:
    """Read a day after that of the session; what has no meaning for the decision is refused."""
    if not is_wanted:
        typed.unwanted((where, text))
        return None
    found = typed.any_day(where, text, missing)
    if found is not None and found <= day:
        typed.refuse(where, ServiceProblem.DAY_BEFORE_SESSION, on=day)
    return found


def _later(typed: Typed, draft: DecisionDraft, about: DecisionSheet, outcome: ApprovalOutcome | None) -> int | None:
    """Read the session that the service is put off to; None is the next one, whichever it is."""
    if outcome is not ApprovalOutcome.ADJOURNED:
        typed.unwanted(("adjourned_to", draft.adjourned_to))
        return None
    if not draft.adjourned_to.strip():
        return None
    choices = {str(one.number): one.number for one in about.later}
    if about.decision is not None and about.decision.adjourned_to is not None:
        choices[str(about.decision.adjourned_to)] = about.decision.adjourned_to
    if draft.adjourned_to not in choices:
        typed.refuse("adjourned_to", ServiceProblem.SESSION_IS_OVER)
        return None
    return choices[draft.adjourned_to]


def _hold_against_audit(typed: Typed, made: Decision, found: Standing) -> None:
    """Refuse an approval that no audit in force carries, and any day beyond the end of the audit."""
    if found.reason is not ConformityReason.RATE or found.validity is None:
        typed.refuse("outcome", ServiceProblem.APPROVAL_WITHOUT_AUDIT)
        return
    for where, day in (("lift_by", made.lift_by), ("limit", made.limit)):
        if day is not None and day > found.validity.until and not typed.is_refused(where):
            typed.refuse(where, ServiceProblem.LIMIT_BEYOND_AUDIT, until=found.validity.until)


def _told(decision: Decision | None, known: KnownService) -> Told:
    """Tell a decision field by field, in no language."""
    if decision is None:
        return {}
    row_id = known.row_of(decision.audit)
    return {
        "approval": decision.outcome,
        "decided": decision.text,
        "corrections": decision.corrections,
        "mended": decision.mended,
        "lift_by": iso_day(decision.lift_by),
        "limit": iso_day(decision.limit),
        "adjourned_to": str(decision.adjourned_to or ""),
        "audit": str(known.audit_numbers[row_id]) if row_id is not None else "",
    }


def _stale(decided: Decided | None, before: Mapping[str, str], after: Mapping[str, str]) -> Sequence[Problem]:
    """Say what somebody else decided meanwhile, at each field that differs."""
    author = decided.decision.author if decided is not None else ""
    changed = [name for name in after if name != "audit" and before.get(name, "") != after[name]]
    return [stale(author, field_shown(name, before.get(name, "")), FIELDS.get(name, name)) for name in changed]
