"""What of a service is not accessible, kept by hand: failures, derogations with their end, what is out of scope."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from tracker.domain.access_gaps import GapRecord, unfailed
from tracker.domain.dates import iso_day
from tracker.domain.errors import AnyProblem, Conflict, NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.periods import FIRST_YEAR
from tracker.domain.permissions import Permission
from tracker.domain.rgaa import AuditKind, AuditRecord, GapKind
from tracker.domain.rgaa_results import failed
from tracker.domain.service_problems import ServiceProblem
from tracker.importers.deliberations.names import person_in
from tracker.labels.journal import field_shown
from tracker.services.commission_files import gap_record
from tracker.services.decisions import Told, stale, tell
from tracker.services.service_rows import audit_record, rgaa_versions
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import AccessGap, DigitalService
from tracker.store.queries import accessibility, digital_services
from tracker.store.queries import commission as stored

TEXT_LIMIT, CRITERIA_LIMIT = 1000, 30
FIELDS = {"gap_kind": "kind", "why": "reason"}
"""The field of the form that a word of the journal stands for, where they are not the same."""


@dataclass(frozen=True, slots=True)
class GapDraft:
    """What was typed of a content that is not accessible; ``seen`` is the version on the screen, 0 for none."""

    kind: str = ""
    content: str = ""
    criteria: str = ""
    reason: str = ""
    alternative: str = ""
    until: str = ""
    mended_on: str = ""
    seen: int = 0


@dataclass(frozen=True, slots=True)
class GapSheet:
    """One gap with the version of its row, who wrote it last and when."""

    gap: GapRecord
    version: int
    author: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class GapList:
    """The gaps of a service: those that are still there, those that were mended.

    ``audit`` is its last full audit, None without; ``unfailed`` gives the criteria that open derogations name though it
    does not fail them, by the number of the gap.
    """

    service: DigitalService
    open: Sequence[GapRecord]
    mended: Sequence[GapRecord]
    audit: AuditRecord | None
    unfailed: Mapping[int, Sequence[str]]


def gaps(session: Session, visitor: Visitor, service: int, today: date) -> GapList:
    """List the gaps of a service, by number.

    Raises:
        Forbidden: without the right to read.
        NotFound: when the organisation has no such service.
    """
    visitor.require(Permission.READ)
    row = _service(session, visitor, service)
    found = [gap_record(one) for one in stored.gaps_of(session, row.id)]
    there = [one for one in found if one.is_open(today)]
    audit = _last_audit(session, row)
    failures = failed(audit) if audit is not None else None
    return GapList(
        row,
        there,
        [one for one in found if not one.is_open(today)],
        audit,
        {one.number: unfailed(one, failures) for one in there} if failures is not None else {},
    )


def sheet(session: Session, visitor: Visitor, service: int, number: int) -> GapSheet:
    """Give one gap of a service.

    Raises:
        Forbidden: without the right to read.
        NotFound: when there is no such service, or no such gap of it.
    """
    visitor.require(Permission.READ)
    row = stored.gap(session, _service(session, visitor, service).id, number)
    if row is None:
        raise NotFound(number)
    return GapSheet(gap_record(row), row.version, row.author, row.recorded_at)


def add(session: Session, visitor: Visitor, service: int, draft: GapDraft, today: date) -> int:
    """Add a gap to a service, and give its number.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: when there is no such service.
        Invalid: for what cannot be read, or is missing for its kind.
    """
    visitor.require(Permission.KEEP_SERVICES)
    of = _service(session, visitor, service, locked=True)
    typed = Typed()
    read = _read(typed, draft, today)
    _hold_end(typed, read, _last_audit(session, of), today)
    typed.end()
    number = max((one.number for one in stored.gaps_of(session, of.id)), default=0) + 1
    row = AccessGap(organisation_id=visitor.organisation.id, service_id=of.id, number=number, version=1)
    _write(row, read, visitor.name)
    session.add(row)
    session.flush()
    tell(session, visitor, JournalAction.ACCESS_GAP_ADDED, subject_of(service, number), {}, told(read))
    return number


def change(session: Session, visitor: Visitor, service: int, number: int, draft: GapDraft, today: date) -> bool:
    """Change a gap, or say that it was mended. False when it says what is stored already.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: when there is no such service, or no such gap of it.
        Conflict: when somebody changed it meanwhile.
        Invalid: for what cannot be read, or is missing for its kind.
    """
    visitor.require(Permission.KEEP_SERVICES)
    of = _service(session, visitor, service)
    row = stored.gap(session, of.id, number, locked=True)
    if row is None:
        raise NotFound(number)
    known, typed = gap_record(row), Typed()
    read = _read(typed, draft, today)
    if (read.kind, read.until) != (known.kind, known.until):
        _hold_end(typed, read, _last_audit(session, of), today)
    before, after = told(known), told(read)
    if not typed.problems and before == after:
        return False
    if draft.seen != row.version:
        changed = [name for name in after if before[name] != after[name]]
        raise Conflict(
            *(stale(row.author, field_shown(name, before[name]), FIELDS.get(name, name)) for name in changed),
            *typed.problems,
        )
    typed.end()
    _write(row, read, visitor.name)
    row.version += 1
    tell(session, visitor, JournalAction.ACCESS_GAP_CHANGED, subject_of(service, number), before, after)
    session.flush()
    return True


def told(gap: GapRecord) -> Told:
    """Tell a gap field by field, in no language."""
    return {
        "gap_kind": gap.kind,
        "content": gap.content,
        "criteria": ", ".join(gap.criteria),
        "why": gap.reason,
        "alternative": gap.alternative,
        "until": iso_day(gap.until),
        "mended_on": iso_day(gap.mended_on),
    }


def subject_of(service: int, number: int) -> str:
    """Name a gap in the journal."""
    return f"service-{service}-ecart-{number}"


def free_text(typed: Typed, where: str, text: str, missing: AnyProblem | None = None, limit: int = TEXT_LIMIT) -> str:
    """Read a text in which nobody is named; blank is refused with ``missing`` if given."""
    written = typed.words(where, text, missing, limit)
    if not typed.is_refused(where) and (named := person_in(written)):
        typed.refuse(where, ProblemCode.PERSON_NAMED, text=named)
    return written


def _service(session: Session, visitor: Visitor, number: int, *, locked: bool = False) -> DigitalService:
    row = digital_services.row(session, visitor.organisation.id, number, locked=locked)
    if row is None:
        raise NotFound(number)
    return row


def _read(typed: Typed, draft: GapDraft, today: date) -> GapRecord:
    """Read the fields of ``draft``; what cannot be read, or is missing for its kind, is noted in ``typed``."""
    kind = typed.choice("kind", draft.kind, GapKind) or GapKind.FAILURE
    mended_on = typed.any_day("mended_on", draft.mended_on)
    if mended_on is not None and mended_on > today:
        typed.refuse("mended_on", ServiceProblem.MENDED_TO_COME)
    if kind is GapKind.OUT_OF_SCOPE:
        typed.unwanted(("criteria", draft.criteria), ("until", draft.until))
    is_burden = kind is GapKind.BURDEN
    return GapRecord(
        number=0,
        kind=kind,
        content=free_text(typed, "content", draft.content, ServiceProblem.GAP_CONTENT_MISSING),
        criteria=_criteria(typed, draft.criteria) if kind is not GapKind.OUT_OF_SCOPE else (),
        reason=free_text(
            typed, "reason", draft.reason, None if kind is GapKind.FAILURE else ServiceProblem.GAP_REASON_MISSING
        ),
        alternative=free_text(typed, "alternative", draft.alternative),
        until=(
            typed.any_day("until", draft.until, ServiceProblem.GAP_UNTIL_MISSING if is_burden else None)
            if kind is not GapKind.OUT_OF_SCOPE
            else None
        ),
        mended_on=mended_on,
    )


def _last_audit(session: Session, service: DigitalService) -> AuditRecord | None:
    """Give the last full audit of a service that was not withdrawn."""
    rows = [one for one in accessibility.audits(session, service.id) if one.kind is AuditKind.FULL]
    return audit_record(rows[-1]) if rows else None


def _hold_end(typed: Typed, read: GapRecord, audit: AuditRecord | None, today: date) -> None:
    """Refuse the end of a derogation that was over before it was told; that of a mended content may be past."""
    if read.kind is not GapKind.BURDEN or read.until is None:
        return
    if audit is not None and read.until < audit.audited_on:
        typed.refuse("until", ServiceProblem.GAP_UNTIL_BEFORE_AUDIT, on=audit.audited_on)
    elif read.until < today and (read.mended_on is None or read.until.year < FIRST_YEAR):
        typed.refuse("until", ServiceProblem.GAP_UNTIL_PAST, on=read.until)


def _criteria(typed: Typed, text: str) -> tuple[str, ...]:
    """Read numbers of criteria, each once, in their order: « 8.9, 1.1 »."""
    known = [one for version in rgaa_versions() for one in version.criteria()]
    places = {one: place for place, one in enumerate(dict.fromkeys(known))}
    found = dict.fromkeys(text.replace(";", " ").replace(",", " ").split())
    wrong = next((one for one in found if one not in places), None)
    if wrong is not None:
        typed.refuse("criteria", ServiceProblem.CRITERION_UNKNOWN, text=wrong[:20])
        return ()
    if len(found) > CRITERIA_LIMIT:
        typed.refuse("criteria", ProblemCode.TOO_LONG, limit=CRITERIA_LIMIT)
        return ()
    return tuple(sorted(found, key=places.__getitem__))


def _write(row: AccessGap, read: GapRecord, author: str) -> None:
    row.kind, row.content, row.criteria = read.kind, read.content, ", ".join(read.criteria)
    row.reason, row.alternative, row.until = read.reason, read.alternative, read.until
    row.mended_on, row.author, row.recorded_at = read.mended_on, author, datetime.now(UTC)
