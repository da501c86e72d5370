"""Digital services as they are stored: the plain value of a row, the row of a plain value, the value of its audits."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache

from tracker.config.paths import bundled
from tracker.domain.digital_services import ServiceRecord
from tracker.domain.rgaa import AuditRecord, RgaaVersion
from tracker.domain.rgaa_results import read
from tracker.domain.statements import PublishedStatement, dated, published
from tracker.importers import rgaa
from tracker.store.models import AccessStatement, Audit, DigitalService
from tracker.store.queries.digital_services import CONTENT


@cache
def rgaa_versions() -> Sequence[RgaaVersion]:
    """Give the versions of the RGAA that the product knows, in their order."""
    return rgaa.read(bundled("seeds") / "rgaa.yaml")


def record_of(row: DigitalService, department: str) -> ServiceRecord:
    """Give a row as a plain value; ``department`` is the code of its department, empty for none."""
    told = {name: getattr(row, name) for name in CONTENT}
    return ServiceRecord(number=row.number, department=department, **told)


def write_into(
    row: DigitalService, record: ServiceRecord, departments: Mapping[str, int], author: str, at: datetime
) -> None:
    """Have ``row`` say what ``record`` does, written by ``author``; ``departments`` gives their numbers by code."""
    for name in CONTENT:
        setattr(row, name, getattr(record, name))
    row.department_id = departments[record.department] if record.department else None
    row.author = author
    row.recorded_at = at


def audit_record(row: Audit) -> AuditRecord:
    """Give an audit, its pages loaded, as a plain value; of a version that is not known, no result is read."""
    versions = {version.code: version for version in rgaa_versions()}
    version = versions.get(row.rgaa)
    told = [(page.is_shared, read(page.results, version)) for page in row.pages] if version else []
    shared = next((results for is_shared, results in told if is_shared), {})
    return AuditRecord(
        row.kind,
        row.rgaa,
        row.audited_on,
        row.published_on,
        tuple(results for is_shared, results in told if not is_shared),
        shared,
    )


def audits_of(
    service: DigitalService, rows: Sequence[Audit], recorded: Sequence[AccessStatement]
) -> tuple[AuditRecord, ...]:
    """Give the audits of a service as plain values, each with the day of its statement that was ``recorded``, if any.

    ``rows`` are those that count; ``recorded`` may hold the statements of other services.
    """
    records = [audit_record(row) for row in rows]
    return dated(records, published_of(service, recorded), rgaa_versions(), service.redesigned_on) if records else ()


def published_statement(row: AccessStatement) -> PublishedStatement:
    """Give a statement that was put online as a plain value."""
    return PublishedStatement(row.published_on, row.url, row.rgaa, row.is_correction)


def published_of(service: DigitalService, recorded: Sequence[AccessStatement]) -> tuple[PublishedStatement, ...]:
    """Give what was published of a service, ``recorded`` in the order in which it was, perhaps with that of others."""
    own = (published_statement(one) for one in recorded if one.service_id == service.id)
    return published(own, service.statement_on, service.statement_url)
