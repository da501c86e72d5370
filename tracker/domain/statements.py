"""The accessibility statement of a service: what it has to say, what lacks for it, and how long a published one counts.

Source of the rules: RGAA 4.1, obligations, « Déclaration d'accessibilité » (DISIC, Licence Ouverte 2.0).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from tracker.domain.digital_services import ServiceKind, ServiceRecord
from tracker.domain.rgaa import (
    WHOLE,
    AuditKind,
    AuditRecord,
    Conformity,
    ConformityReason,
    Ending,
    GapKind,
    RgaaVersion,
    Validity,
    standing,
    validity,
)

WITHOUT_ADDRESS = frozenset({ServiceKind.MOBILE_APPLICATION, ServiceKind.CALLBOT})
"""The kinds of service that a name is enough to find: an application in a store, a voice on the telephone."""


class StatementField(StrEnum):
    """What a statement has to say, in its order. ``MEAN_RATE`` is optional."""

    ORGANISATION = "organisation"
    SERVICE = "service"
    SCHEME = "scheme"
    PLAN = "plan"
    PLAN_REVIEW = "plan_review"
    CONFORMITY = "conformity"
    AUDITOR = "auditor"
    RATE = "rate"
    MEAN_RATE = "mean_rate"
    FAILURES = "failures"
    BURDENS = "burdens"
    OUT_OF_SCOPE = "out_of_scope"
    ESTABLISHED = "established"
    UPDATED = "updated"
    TECHNOLOGIES = "technologies"
    ENVIRONMENTS = "environments"
    TOOLS = "tools"
    PAGES = "pages"
    CONTACT = "contact"
    REMEDY = "remedy"


class Mend(StrEnum):
    """Where what lacks for a statement is told."""

    SERVICE = "service"
    AUDITS = "audits"
    GAPS = "gaps"
    SCHEME = "scheme"
    PLAN = "plan"


class StatementState(StrEnum):
    """What becomes of the statement of a service: never published, in force, or to be made again."""

    ABSENT = "absent"
    IN_FORCE = "in_force"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class SampledPage:
    """A page that an audit looked at."""

    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class AuditResults:
    """What the audit in force says; rates in per cent, ``failed`` the criteria that some page fails."""

    auditor: str
    version: str
    audited_on: date
    rate: Decimal | None
    mean_rate: Decimal | None
    failed: tuple[str, ...]
    environments: str
    tools: str
    pages: tuple[SampledPage, ...]


@dataclass(frozen=True, slots=True)
class OpenGap:
    """A content that is not accessible and not mended yet."""

    kind: GapKind
    content: str
    criteria: str = ""
    reason: str = ""
    alternative: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """All that is known for the statement of a service on a day.

    ``results`` is None when no full audit is in force: the service is not compliant, and says so. The addresses are
    those where the scheme and the plan of ``year`` can be read, empty while they cannot. ``is_first_plan`` when no plan
    came before, so that there is nothing to review. ``established_on`` is the day of the first statement.
    """

    organisation: str
    service: str
    kind: ServiceKind
    address: str
    year: int
    scheme_url: str
    plan_url: str
    has_review: bool
    is_first_plan: bool
    conformity: Conformity
    reason: ConformityReason
    results: AuditResults | None
    gaps: tuple[OpenGap, ...]
    established_on: date
    updated_on: date
    technologies: str
    contact: str

    def of_kind(self, kind: GapKind) -> tuple[OpenGap, ...]:
        """List the contents that are not accessible for one reason."""
        return tuple(gap for gap in self.gaps if gap.kind is kind)


@dataclass(frozen=True, slots=True)
class Need:
    """What a field needs to be said, and where it is told; ``is_of_audit`` when only an audit in force makes it due."""

    is_told: Callable[[Statement], bool]
    mend: Mend
    is_of_audit: bool = False


def _is_found(one: Statement) -> bool:
    return bool(one.service) and (bool(one.address) or one.kind in WITHOUT_ADDRESS)


def _is_reviewed(one: Statement) -> bool:
    return one.has_review or one.is_first_plan


def _agrees(one: Statement) -> bool:
    """Tell whether the failures that are listed agree with the rate: none at 100 %, else something that explains it."""
    failures = one.of_kind(GapKind.FAILURE)
    if one.results is not None and one.results.rate == WHOLE:
        return not failures
    return bool(failures or one.of_kind(GapKind.BURDEN))


def _is_justified(one: Statement) -> bool:
    return all(gap.reason and gap.until is not None for gap in one.of_kind(GapKind.BURDEN))


def _from_audit(told: Callable[[AuditResults], object]) -> Callable[[Statement], bool]:
    return lambda one: one.results is not None and bool(told(one.results))


NEEDS: Mapping[StatementField, Need] = {
    StatementField.ORGANISATION: Need(lambda one: bool(one.organisation), Mend.SERVICE),
    StatementField.SERVICE: Need(_is_found, Mend.SERVICE),
    StatementField.SCHEME: Need(lambda one: bool(one.scheme_url), Mend.SCHEME),
    StatementField.PLAN: Need(lambda one: bool(one.plan_url), Mend.PLAN),
    StatementField.PLAN_REVIEW: Need(_is_reviewed, Mend.PLAN),
    StatementField.AUDITOR: Need(_from_audit(lambda found: found.auditor), Mend.AUDITS, is_of_audit=True),
    StatementField.RATE: Need(_from_audit(lambda found: found.rate is not None), Mend.AUDITS, is_of_audit=True),
    StatementField.FAILURES: Need(_agrees, Mend.GAPS, is_of_audit=True),
    StatementField.BURDENS: Need(_is_justified, Mend.GAPS),
    StatementField.TECHNOLOGIES: Need(lambda one: bool(one.technologies), Mend.SERVICE),
    StatementField.ENVIRONMENTS: Need(_from_audit(lambda found: found.environments), Mend.AUDITS, is_of_audit=True),
    StatementField.TOOLS: Need(_from_audit(lambda found: found.tools), Mend.AUDITS, is_of_audit=True),
    StatementField.PAGES: Need(_from_audit(lambda found: found.pages), Mend.AUDITS, is_of_audit=True),
    StatementField.CONTACT: Need(lambda one: bool(one.contact), Mend.SERVICE),
}
"""What each field needs; the others are always known: the state, the days, the remedy, the contents out of scope."""


def missing(one: Statement) -> tuple[StatementField, ...]:
    """List what the statement cannot say yet; a statement with a hole is not to be published."""
    due = {field: need for field, need in NEEDS.items() if one.results is not None or not need.is_of_audit}
    return tuple(field for field, need in due.items() if not need.is_told(one))


@dataclass(frozen=True, slots=True)
class PublishedStatement:
    """A statement that was put online: when, where, and the version of the RGAA that it reports, empty without audit.

    ``is_correction`` when it mends what was recorded of the one before: that one was never so.
    """

    on: date
    url: str
    rgaa: str = ""
    is_correction: bool = False


@dataclass(frozen=True, slots=True)
class StatementStanding:
    """What becomes of the statement of a service on a day; ``validity`` says until when it counts, and what ends it."""

    state: StatementState
    published: PublishedStatement | None = None
    validity: Validity | None = None


def corrected(recorded: Iterable[PublishedStatement]) -> Sequence[PublishedStatement]:
    """Give what was recorded, in its order, a correction in the place of the one before it."""
    kept: list[PublishedStatement] = []
    for one in recorded:
        if one.is_correction and kept:
            kept.pop()
        kept.append(one)
    return kept


def published(
    recorded: Iterable[PublishedStatement], last_on: date | None, last_url: str
) -> tuple[PublishedStatement, ...]:
    """Give what was really published, in the order of its days.

    The service has the last word: what it says of its statement, typed elsewhere, is the last one that was published.
    """
    if last_on is None:
        return ()
    earlier = [one for one in corrected(recorded) if one.on <= last_on]
    if (last_on, last_url) not in {(one.on, one.url) for one in earlier}:
        earlier.append(PublishedStatement(last_on, last_url))
    return tuple(sorted(earlier, key=lambda one: one.on))


def dated(
    audits: Sequence[AuditRecord],
    published: Iterable[PublishedStatement],
    versions: Sequence[RgaaVersion],
    redesigned_on: date | None,
) -> tuple[AuditRecord, ...]:
    """Give the audits in their order, each with the day of the first statement that rests on it where there is one.

    A statement rests on the audit that was in force on its day; the later ones of the same audit do not lengthen it.
    """
    found = list(audits)
    settled: set[int] = set()
    for one in sorted(published, key=lambda one: one.on):
        state = standing(found, versions, redesigned_on, one.on)
        place = next(place for place, audit in enumerate((*found, state.audit)) if audit is state.audit)
        if state.reason is ConformityReason.RATE and place not in settled:
            settled.add(place)
            found[place] = replace(found[place], stated_on=one.on)
    return tuple(found)


def statement_standing(
    published: Iterable[PublishedStatement],
    versions: Sequence[RgaaVersion],
    redesigned_on: date | None,
    day: date,
    audits: Sequence[AuditRecord] | None = None,
) -> StatementStanding:
    """Say what becomes of the statement on ``day``: of those published by then, the last one counts.

    It counts as long as the audit that it rests on, of ``audits`` as `dated` gives them, and no longer once no audit
    carries what it reports. One that reports none counts three years from its publication, less when a newer RGAA is
    18 months old or the service is redesigned; so does each where the audits are not known (None).
    """
    known = [one for one in published if one.on <= day]
    if not known:
        return StatementStanding(StatementState.ABSENT)
    last = known[-1]
    state = standing(audits or (), versions, redesigned_on, last.on)
    if state.reason is ConformityReason.RATE and state.validity is not None:
        counts = state.validity
    elif audits is not None and last.rgaa:
        counts = Validity(last.on - timedelta(days=1), Ending.AUDIT_GONE)
    else:
        counts = validity(AuditRecord(AuditKind.FULL, last.rgaa, last.on, last.on, ()), versions, redesigned_on)
    become = StatementState.IN_FORCE if day <= counts.until else StatementState.EXPIRED
    return StatementStanding(become, last, counts)


@dataclass(frozen=True, slots=True)
class Stated:
    """A service, what was published of its accessibility, and its audits as `dated` gives them, None if not known."""

    record: ServiceRecord
    published: tuple[PublishedStatement, ...]
    audits: tuple[AuditRecord, ...] | None = None

    def standing(self, versions: Sequence[RgaaVersion], day: date) -> StatementStanding:
        """Say what becomes of its statement on ``day``."""
        return statement_standing(self.published, versions, self.record.redesigned_on, day, self.audits)


@dataclass(frozen=True, slots=True)
class InForce:
    """The services online whose statement is in force, over all those online (ACC-04)."""

    part: int
    whole: int


def in_force(services: Iterable[Stated], versions: Sequence[RgaaVersion], day: date) -> InForce:
    """Count the statements in force on ``day`` among the services that are online then."""
    online = [one for one in services if one.record.is_online(day)]
    found = [one.standing(versions, day).state for one in online]
    return InForce(sum(state is StatementState.IN_FORCE for state in found), len(online))
