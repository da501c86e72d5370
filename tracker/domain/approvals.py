"""The approval commission: which services are due before it, what it decided, and until when an approval counts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from tracker.domain.access_gaps import GapRecord
from tracker.domain.digital_services import ServiceRecord, ServiceState
from tracker.domain.periods import months_after
from tracker.domain.rgaa import AuditRecord, ConformityReason, Ending, RgaaVersion, Standing, standing, validity

AHEAD_MONTHS = 3
"""The months before its end from which an approval or an audit puts its service on the agenda."""
REDESIGN_MONTHS = 12
"""The months before a redesign goes live in which an examination is one of that redesign."""


class SessionState(StrEnum):
    """Where a session of the commission is: prepared, held, or held with its minutes closed for good."""

    PREPARATION = "preparation"
    HELD = "held"
    SEALED = "sealed"


class Quorum(StrEnum):
    """Whether as many sat as the rules of the commission ask for: without a rule there is none."""

    MET = "met"
    NOT_MET = "not_met"
    NO_RULE = "no_rule"


class AgendaReason(StrEnum):
    """Why a service is on the agenda."""

    OPENING = "opening"
    UNEXAMINED = "unexamined"
    ADJOURNED = "adjourned"
    REAUDITED = "reaudited"
    APPROVAL_EXPIRED = "approval_expired"
    APPROVAL_EXPIRING = "approval_expiring"
    AUDIT_EXPIRED = "audit_expired"
    AUDIT_EXPIRING = "audit_expiring"
    ASKED = "asked"


class ApprovalOutcome(StrEnum):
    """What the commission decides of a service."""

    APPROVED = "approved"
    RESERVES = "reserves"
    REFUSED = "refused"
    ADJOURNED = "adjourned"


class ApprovalEnding(StrEnum):
    """What ends an approval."""

    AUDIT = "audit"
    DECISION = "decision"
    RESERVES = "reserves"
    AUDIT_WITHDRAWN = "audit_withdrawn"


class ApprovalState(StrEnum):
    """Where a service stands before the commission on a day."""

    APPROVED = "approved"
    RESERVES = "reserves"
    EXPIRED = "expired"
    REFUSED = "refused"
    ADJOURNED = "adjourned"
    NEVER = "never"


APPROVING = frozenset({ApprovalOutcome.APPROVED, ApprovalOutcome.RESERVES})
IN_FORCE = frozenset({ApprovalState.APPROVED, ApprovalState.RESERVES})


@dataclass(frozen=True, slots=True)
class Decision:
    """What a session decided of a service. ``session`` and ``adjourned_to`` are numbers of sessions.

    ``text`` has the reserves, or the reason of a refusal or an adjournment; ``corrections`` what the service is asked
    to mend, ``mended`` what it showed that it had. ``lift_by`` is the day by which reserves are lifted, ``limit`` a
    last day that was decided, ``audit`` what an approval rests on: None once it was withdrawn.
    ``adjourned_on`` is the day of the session that it was adjourned to.
    """

    session: int
    on: date
    outcome: ApprovalOutcome
    text: str = ""
    corrections: str = ""
    mended: str = ""
    lift_by: date | None = None
    limit: date | None = None
    adjourned_to: int | None = None
    adjourned_on: date | None = None
    audit: AuditRecord | None = None


@dataclass(frozen=True, slots=True)
class ApprovalTerm:
    """The last day that an approval counts, and what ends it; ``audit_ending`` is what ends its audit, if that does."""

    until: date
    ending: ApprovalEnding
    audit_ending: Ending | None = None


@dataclass(frozen=True, slots=True)
class ServiceFile:
    """What the commission knows of one service: its audits, its gaps, and what was decided of it, oldest first."""

    service: ServiceRecord
    audits: tuple[AuditRecord, ...] = ()
    gaps: tuple[GapRecord, ...] = ()
    decisions: tuple[Decision, ...] = ()

    def standing(self, versions: Sequence[RgaaVersion], day: date) -> Standing:
        """Give the legal state of the service on ``day``."""
        return standing(self.audits, versions, self.service.redesigned_on, day)

    def examined(self, day: date) -> Decision | None:
        """Give the last decision on the service by ``day``; an adjournment is none."""
        told = [one for one in self.told(day) if one.outcome is not ApprovalOutcome.ADJOURNED]
        return told[-1] if told else None

    def told(self, day: date) -> Sequence[Decision]:
        """List what was decided of the service by ``day``, adjournments too."""
        return [one for one in self.decisions if one.on <= day]


@dataclass(frozen=True, slots=True)
class Approval:
    """Where a service stands on a day, the decision that it rests on, and until when an approval counts."""

    state: ApprovalState
    decision: Decision | None = None
    term: ApprovalTerm | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """Why a service is due before the commission; ``on`` is the day that says it, None where nobody knows it."""

    reason: AgendaReason
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """So many of a whole."""

    n: int
    whole: int

    @property
    def value(self) -> Decimal | None:
        """Give the share in per cent, not rounded; None of nothing."""
        return 100 * Decimal(self.n) / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Examined:
    """The releases of a year, those examined before they opened, and the services whose opening nobody dated."""

    releases: Part
    undated: Part

    @property
    def coverage(self) -> Decimal:
        """Give the share, in per cent, of the services whose opening is known."""
        return 100 - (self.undated.value or Decimal(0))


def term(decision: Decision, versions: Sequence[RgaaVersion], redesigned_on: date | None) -> ApprovalTerm | None:
    """Give the end of an approval, None for any other decision: that of its audit, or what was decided before it.

    Reserves end it on the day by which they are to be lifted: a later decision says that they were.
    """
    if decision.outcome not in APPROVING:
        return None
    if decision.audit is None:
        return ApprovalTerm(decision.on - timedelta(days=1), ApprovalEnding.AUDIT_WITHDRAWN)
    counts = validity(decision.audit, versions, redesigned_on)
    ends = [ApprovalTerm(counts.until, ApprovalEnding.AUDIT, counts.ending)]
    if decision.limit is not None:
        ends.append(ApprovalTerm(decision.limit, ApprovalEnding.DECISION))
    if decision.outcome is ApprovalOutcome.RESERVES and decision.lift_by is not None:
        ends.append(ApprovalTerm(decision.lift_by, ApprovalEnding.RESERVES))
    return min(ends, key=lambda one: one.until)


def approval(file: ServiceFile, versions: Sequence[RgaaVersion], day: date) -> Approval:
    """Say where a service stands before the commission on ``day``."""
    decision = file.examined(day)
    if decision is None:
        put_off = file.told(day)
        return Approval(ApprovalState.ADJOURNED, put_off[-1]) if put_off else Approval(ApprovalState.NEVER)
    counts = term(decision, versions, file.service.redesigned_on)
    if counts is None:
        return Approval(ApprovalState.REFUSED, decision)
    if counts.until < day:
        return Approval(ApprovalState.EXPIRED, decision, counts)
    is_whole = decision.outcome is ApprovalOutcome.APPROVED
    return Approval(ApprovalState.APPROVED if is_whole else ApprovalState.RESERVES, decision, counts)


def due(file: ServiceFile, versions: Sequence[RgaaVersion], day: date, session: int | None = None) -> tuple[Due, ...]:
    """Say why a service is due on ``day``, an empty tuple where it is not; a closed one never is.

    ``session`` is the number of the one that is prepared: what was adjourned to another is left to that other.
    """
    service = file.service
    if service.state is ServiceState.CLOSED and (service.closed_on is None or service.closed_on <= day):
        return ()
    return (
        *_new(file, day),
        *_adjourned(file, day, session),
        *_reaudited(file, versions, day),
        *_ending(file, versions, day),
    )


def _new(file: ServiceFile, day: date) -> Iterator[Due]:
    service = file.service
    if file.told(day):  # examined, or put off: then that is what there is to say
        return
    if service.is_online(day):
        yield Due(AgendaReason.UNEXAMINED, service.opened_on)
    elif service.opened_on is None or service.opened_on <= months_after(day, AHEAD_MONTHS):
        yield Due(AgendaReason.OPENING, service.opened_on)


def _adjourned(file: ServiceFile, day: date, session: int | None) -> Iterator[Due]:
    told = file.told(day)
    if not told or told[-1].outcome is not ApprovalOutcome.ADJOURNED:
        return
    last = told[-1]
    is_elsewhere = session is not None and last.adjourned_to not in {None, session}
    if not is_elsewhere or (last.adjourned_on is not None and last.adjourned_on < day):
        yield Due(AgendaReason.ADJOURNED, last.on)


def _reaudited(file: ServiceFile, versions: Sequence[RgaaVersion], day: date) -> Iterator[Due]:
    """Give a refused service whose legal state rests on an audit that ended after the refusal."""
    given, found = approval(file, versions, day), file.standing(versions, day)
    if given.state is not ApprovalState.REFUSED or given.decision is None or found.audit is None:
        return
    if found.reason is ConformityReason.RATE and found.audit.audited_on > given.decision.on:
        yield Due(AgendaReason.REAUDITED, found.audit.audited_on)


def _ending(file: ServiceFile, versions: Sequence[RgaaVersion], day: date) -> Iterator[Due]:
    near = months_after(day, AHEAD_MONTHS)
    given, found = approval(file, versions, day), file.standing(versions, day)
    if given.term is not None and given.state is ApprovalState.EXPIRED:
        yield Due(AgendaReason.APPROVAL_EXPIRED, given.term.until)
    elif given.term is not None and given.term.until <= near:
        yield Due(AgendaReason.APPROVAL_EXPIRING, given.term.until)
    if found.validity is not None and found.reason is ConformityReason.EXPIRED:
        yield Due(AgendaReason.AUDIT_EXPIRED, found.validity.until)
    elif found.validity is not None and found.validity.until <= near:
        yield Due(AgendaReason.AUDIT_EXPIRING, found.validity.until)


def approved_share(files: Iterable[ServiceFile], versions: Sequence[RgaaVersion], day: date) -> Part:
    """Count the online services whose approval counts on ``day``, with reserves or without, of all that are online."""
    online = [file for file in files if file.service.is_online(day)]
    return Part(sum(approval(file, versions, day).state in IN_FORCE for file in online), len(online))


def examined_releases(files: Iterable[ServiceFile], year: int, today: date) -> Examined:
    """Count the releases of ``year`` up to ``today`` that the commission examined before they opened (ACC-05).

    A release is the opening of a service or its last redesign. An opening was examined by any earlier decision, a
    redesign by one of the twelve months before it. An adjournment examined nothing.
    """
    known = list(files)
    opened = [one for one in known if one.service.state is not ServiceState.PROJECT]
    found = [is_examined for one in opened for on, is_examined in _releases(one) if on.year == year and on <= today]
    undated = sum(one.service.opened_on is None for one in opened)
    return Examined(Part(sum(found), len(found)), Part(undated, len(opened)))


def _releases(file: ServiceFile) -> Iterator[tuple[date, bool]]:
    """Give the days on which a service went live, and whether it had been examined before."""
    opened_on, redesigned_on = file.service.opened_on, file.service.redesigned_on
    days = [one.on for one in file.decisions if one.outcome is not ApprovalOutcome.ADJOURNED]
    if opened_on is not None:
        yield opened_on, any(on <= opened_on for on in days)
    if redesigned_on is not None:
        since = months_after(redesigned_on, -REDESIGN_MONTHS)
        yield redesigned_on, any(since <= on <= redesigned_on for on in days)
