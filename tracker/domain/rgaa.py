"""The RGAA: its versions, what an audit says of each criterion, the rate that follows, and how long it counts.

Source of the rules: RGAA 4.1, obligations and method of evaluation (DISIC, Licence Ouverte 2.0). The rate of an audit
is that of its criteria, not the mean of those of its pages. Where Ara reckons otherwise is in ``docs/method.md``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from tracker.domain.periods import months_after

VALID_YEARS = 3
"""The years after which a statement is made again."""
NEW_VERSION_MONTHS = 18
"""The months after a new version of the RGAA by which a statement is made again."""
PARTIAL_FROM = Decimal(50)
"""The rate, in per cent, from which a service is partially compliant."""
WHOLE = Decimal(100)


class AuditKind(StrEnum):
    """How much of the RGAA an audit looked at; only a full one gives a legal status."""

    RAPID = "rapid"
    COMPLEMENTARY = "complementary"
    FULL = "full"


class Result(StrEnum):
    """What an audit says of one criterion on one page, as Ara writes it."""

    COMPLIANT = "C"
    NOT_COMPLIANT = "NC"
    NOT_APPLICABLE = "NA"
    NOT_TESTED = "NT"


class Conformity(StrEnum):
    """The legal state of a service."""

    TOTAL = "total"
    PARTIAL = "partial"
    NONE = "none"


class ConformityReason(StrEnum):
    """Why a service has its legal state."""

    RATE = "rate"
    NO_AUDIT = "no_audit"
    NOT_FULL = "not_full"
    INCOMPLETE = "incomplete"
    EXPIRED = "expired"


class Ending(StrEnum):
    """What ends the validity of an audit, or of a statement, which also ends with the audit that it reports."""

    THREE_YEARS = "three_years"
    NEW_VERSION = "new_version"
    REDESIGN = "redesign"
    AUDIT_GONE = "audit_gone"


class GapKind(StrEnum):
    """Why a content is not accessible, as the statement sorts it."""

    FAILURE = "failure"
    BURDEN = "burden"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class RgaaVersion:
    """A version of the RGAA: ``topics`` counts the criteria of each of its topics, from the first on.

    ``published_on`` is None for a version that is announced. A revision without a new edition (4.1.2) is no version.
    ``rapid`` are the criteria of a rapid audit, ``complementary`` those that a complementary one adds to them: none
    where nobody chose them for this version.
    """

    code: str
    published_on: date | None
    topics: tuple[int, ...]
    rapid: tuple[str, ...] = ()
    complementary: tuple[str, ...] = ()

    def criteria(self) -> Iterator[str]:
        """Give the numbers of its criteria in order, as « 1.1 »."""
        for topic, count in enumerate(self.topics, 1):
            yield from (f"{topic}.{place}" for place in range(1, count + 1))

    def looked_at(self, kind: AuditKind) -> tuple[str, ...]:
        """Give the criteria that an audit of ``kind`` looks at, in order; none where the version has no such audit."""
        if kind is AuditKind.FULL:
            return tuple(self.criteria())
        chosen = {*self.rapid, *(self.complementary if kind is AuditKind.COMPLEMENTARY else ())}
        has_kind = self.rapid if kind is AuditKind.RAPID else self.complementary
        return tuple(one for one in self.criteria() if has_kind and one in chosen)


@dataclass(frozen=True, slots=True)
class Rate:
    """The criteria that a whole sample meets, over those that apply to at least one of its pages.

    ``untested`` counts the criteria that some page leaves untested, without any that fails them: they are not met.
    """

    met: int
    applicable: int
    untested: int

    @property
    def value(self) -> Decimal | None:
        """Give the rate in per cent, not rounded; None when no criterion applies."""
        return 100 * Decimal(self.met) / self.applicable if self.applicable else None


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """An audit: the day that it ended, that its statement was published, and its results page by page.

    ``pages`` gives for each page of the sample the result of each criterion, by its number. ``shared`` is what is said
    once of what all pages share (header, footer, menus), which is no page of the sample: it may leave criteria out.
    ``published_on`` is what was told with the audit; ``stated_on`` the day of the first statement that was recorded and
    rests on it (`statements.dated`), which counts where there is one.
    """

    kind: AuditKind
    version: str
    audited_on: date
    published_on: date | None
    pages: tuple[Mapping[str, Result], ...]
    shared: Mapping[str, Result] = field(default_factory=dict)
    stated_on: date | None = None

    @property
    def begins(self) -> date:
        """Give the day that its validity counts from: that of the statement, or its own as long as there is none."""
        return self.stated_on or self.published_on or self.audited_on

    @property
    def is_told_otherwise(self) -> bool:
        """Tell whether it says its statement published on another day than is recorded, or while nothing is."""
        return self.published_on is not None and self.published_on != self.stated_on


@dataclass(frozen=True, slots=True)
class Validity:
    """The last day that an audit counts, and what ends it."""

    until: date
    ending: Ending


@dataclass(frozen=True, slots=True)
class Standing:
    """The legal state of a service on a day, why, and the audit and the rate that it rests on."""

    conformity: Conformity
    reason: ConformityReason
    audit: AuditRecord | None = None
    rate: Rate | None = None
    validity: Validity | None = None


def rate(pages: Sequence[Mapping[str, Result]], shared: Mapping[str, Result] | None = None) -> Rate:
    """Give the rate of a sample: a criterion is met when no page fails it nor leaves it untested.

    A page that says nothing of a criterion left it untested. What all pages share is one more place where a criterion
    may be met or failed; left untested there, it is judged on the pages alone.
    Source: RGAA 4.1, « Taux de conformité ».
    """
    met = applicable = untested = 0
    for found in results(pages, shared).values():
        is_failed, is_open = Result.NOT_COMPLIANT in found, Result.NOT_TESTED in found
        applies = is_failed or Result.COMPLIANT in found
        applicable += applies
        met += applies and not is_failed and not is_open
        untested += is_open and not is_failed
    return Rate(met, applicable, untested)


def results(
    pages: Sequence[Mapping[str, Result]], shared: Mapping[str, Result] | None = None
) -> Mapping[str, frozenset[Result]]:
    """Give what is found of each criterion over a whole sample."""
    common = {one: result for one, result in (shared or {}).items() if result is not Result.NOT_TESTED or not pages}
    criteria = dict.fromkeys(one for page in (*pages, shared or {}) for one in page)
    return {
        one: frozenset(
            {page.get(one, Result.NOT_TESTED) for page in pages} | ({common[one]} if one in common else set())
        )
        for one in criteria
    }


def is_complete(audit: AuditRecord, version: RgaaVersion) -> bool:
    """Tell whether every criterion of the version was tested on every page of the sample."""
    return bool(audit.pages) and all(
        page.get(criterion, Result.NOT_TESTED) is not Result.NOT_TESTED
        for page in audit.pages
        for criterion in version.criteria()
    )


def validity(audit: AuditRecord, versions: Sequence[RgaaVersion], redesigned_on: date | None) -> Validity:
    """Give the last day that an audit counts: the first of what ends it.

    Three years after the publication, 18 months after a newer version, the eve of a redesign. ``versions`` come in
    their order. Source: RGAA 4.1, obligations, « Mise à jour de la déclaration ».
    """
    ends = [Validity(months_after(audit.begins, 12 * VALID_YEARS), Ending.THREE_YEARS)]
    ends += [Validity(months_after(newer, NEW_VERSION_MONTHS), Ending.NEW_VERSION) for newer in _newer(audit, versions)]
    if redesigned_on is not None and redesigned_on > audit.audited_on:
        ends.append(Validity(redesigned_on - timedelta(days=1), Ending.REDESIGN))
    return min(ends, key=lambda one: one.until)


def foreseen(
    audit: AuditRecord, versions: Sequence[RgaaVersion], redesigned_on: date | None, published_on: date
) -> Validity:
    """Give the last day that an audit counts if the next version that is announced comes out on ``published_on``."""
    announced = next((one for one in versions if one.published_on is None), None)
    supposed = [replace(one, published_on=published_on) if one is announced else one for one in versions]
    return validity(audit, supposed, redesigned_on)


def _newer(audit: AuditRecord, versions: Sequence[RgaaVersion]) -> Iterator[date]:
    codes = [version.code for version in versions]
    own = codes.index(audit.version) if audit.version in codes else None
    for place, version in enumerate(versions):
        if version.published_on is not None and (version.published_on > audit.begins if own is None else place > own):
            yield version.published_on


def standing(
    audits: Sequence[AuditRecord], versions: Sequence[RgaaVersion], redesigned_on: date | None, day: date
) -> Standing:
    """Give the legal state of a service on ``day``: without a full audit in force it is not compliant."""
    known = sorted((audit for audit in audits if audit.audited_on <= day), key=lambda audit: audit.audited_on)
    if not known:
        return Standing(Conformity.NONE, ConformityReason.NO_AUDIT)
    by_code = {version.code: version for version in versions}
    full = [audit for audit in known if audit.kind is AuditKind.FULL]
    if not full:
        return Standing(Conformity.NONE, ConformityReason.NOT_FULL, known[-1], rate(known[-1].pages, known[-1].shared))
    whole = [audit for audit in full if audit.version in by_code and is_complete(audit, by_code[audit.version])]
    if not whole:
        return Standing(Conformity.NONE, ConformityReason.INCOMPLETE, full[-1], rate(full[-1].pages, full[-1].shared))
    audit = whole[-1]
    found, counts = rate(audit.pages, audit.shared), validity(audit, versions, redesigned_on)
    if counts.until < day:
        return Standing(Conformity.NONE, ConformityReason.EXPIRED, audit, found, counts)
    return Standing(conformity(found), ConformityReason.RATE, audit, found, counts)


def conformity(found: Rate) -> Conformity:
    """Give the state that a rate means; nothing that applies is nothing that is met."""
    value = found.value
    if value is None or value < PARTIAL_FROM:
        return Conformity.NONE
    return Conformity.TOTAL if value == WHOLE else Conformity.PARTIAL
