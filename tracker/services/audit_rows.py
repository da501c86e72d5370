"""Audits as they are read: the row with its results, its rate, how long it counts, and what is told of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tracker.domain.dates import iso_day
from tracker.domain.numbers import plain_text
from tracker.domain.rgaa import (
    AuditKind,
    AuditRecord,
    Rate,
    Result,
    RgaaVersion,
    Validity,
    is_complete,
    rate,
    validity,
)
from tracker.domain.rgaa_results import agrees, read
from tracker.services.decisions import Told
from tracker.services.service_rows import rgaa_versions
from tracker.store.models import Audit, AuditPage, DigitalService


@dataclass(frozen=True, slots=True)
class PageView:
    """A page of a sample, with the result of each criterion that the audit looks at."""

    position: int
    name: str
    address: str
    is_shared: bool
    results: Mapping[str, Result]

    @property
    def rate(self) -> Rate:
        """Give the rate of this page alone."""
        return rate([self.results])


@dataclass(frozen=True, slots=True)
class AuditView:
    """An audit in full. ``validity`` is None where it gives no legal state: not full, not finished, or withdrawn."""

    number: int
    version: int
    record: AuditRecord
    auditor: str
    environments: str
    tools: str
    told_rate: Decimal | None
    source: str
    note: str
    is_withdrawn: bool
    author: str
    recorded_at: datetime
    pages: Sequence[PageView]
    rate: Rate
    is_complete: bool
    validity: Validity | None

    @property
    def agrees(self) -> bool:
        """Tell whether the rate that its file told is ours; True where it told none."""
        return self.told_rate is None or agrees(self.told_rate, self.rate)

    @property
    def criteria(self) -> tuple[str, ...]:
        """List the criteria that the audit looks at."""
        return criteria_of(self.record.kind, self.record.version)


def version_named(code: str) -> RgaaVersion | None:
    """Find a version of the RGAA that the product knows."""
    return next((one for one in rgaa_versions() if one.code == code), None)


def criteria_of(kind: AuditKind, code: str) -> tuple[str, ...]:
    """List the criteria that an audit of ``kind`` looks at in a version; none in one that is not known."""
    version = version_named(code)
    return version.looked_at(kind) if version else ()


def view_of(row: Audit, service: DigitalService, record: AuditRecord) -> AuditView:
    """Give a row, its pages loaded, as it is read; ``record`` is its plain value, with the day of its statement."""
    version = version_named(row.rgaa)
    is_whole = version is not None and is_complete(record, version)
    counts = record.kind is AuditKind.FULL and is_whole and not row.is_withdrawn
    return AuditView(
        row.number,
        row.version,
        record,
        row.auditor,
        row.environments,
        row.tools,
        row.told_rate,
        row.source,
        row.note,
        row.is_withdrawn,
        row.author,
        row.recorded_at,
        [PageView(one.position, one.name, one.address, one.is_shared, results_of(one, row)) for one in row.pages],
        rate(record.pages, record.shared),
        is_whole,
        validity(record, rgaa_versions(), service.redesigned_on) if counts else None,
    )


def results_of(page: AuditPage, row: Audit) -> Mapping[str, Result]:
    """Give the results of a page of ``row``; none of a version that is not known."""
    version = version_named(row.rgaa)
    return read(page.results, version) if version else {}


def told(row: Audit) -> Told:
    """Tell an audit field by field, in no language; its results are told page by page."""
    return {
        "audit_kind": row.kind,
        "rgaa": row.rgaa,
        "audited_on": row.audited_on.isoformat(),
        "published_on": iso_day(row.published_on),
        "auditor": row.auditor,
        "environments": row.environments,
        "tools": row.tools,
        "told_rate": "" if row.told_rate is None else plain_text(row.told_rate),
        "note": row.note,
    }


def subject_of(service: int, number: int) -> str:
    """Name an audit in the journal."""
    return f"service-{service}-audit-{number}"
