"""What the commission knows of every service: its audits, its gaps and what was decided, in a few readings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.access_gaps import GapRecord
from tracker.domain.approvals import Decision, ServiceFile, SessionState
from tracker.domain.rgaa import AuditRecord
from tracker.services.service_rows import audits_of, record_of
from tracker.store.models import AccessGap, Audit, Organisation
from tracker.store.queries import accessibility, digital_services, organisations
from tracker.store.queries import commission as stored
from tracker.store.queries.commission import Decided


@dataclass(frozen=True, slots=True)
class KnownService:
    """A service before the commission: the number of its row, its file, and its audits by the numbers of theirs.

    ``audit_numbers`` gives the number that an audit has in its service by that of its row.
    """

    id: int
    file: ServiceFile
    audits: Mapping[int, AuditRecord]
    audit_numbers: Mapping[int, int]

    @property
    def number(self) -> int:
        """Give the number of the service in its organisation."""
        return self.file.service.number

    @property
    def name(self) -> str:
        """Give its name."""
        return self.file.service.name

    def row_of(self, audit: AuditRecord | None) -> int | None:
        """Give the number of the row of one of its audits."""
        return next((key for key, one in self.audits.items() if one is audit), None)


def known_services(session: Session, organisation: Organisation) -> Mapping[int, KnownService]:
    """Give what the commission knows of each service, by the number of its row, in their order."""
    home = organisation.id
    services = digital_services.everything(session, home)
    if not services:
        return {}
    codes = {one.id: one.code for one in organisations.departments(session, home)}
    audits: dict[int, list[Audit]] = {}
    numbers: dict[int, int] = {}
    for row in digital_services.audits(session, home):
        audits.setdefault(row.service_id, []).append(row)
        numbers[row.id] = row.number
    gaps: dict[int, list[GapRecord]] = {}
    for gap in stored.gaps(session, home):
        gaps.setdefault(gap.service_id, []).append(gap_record(gap))
    decided: dict[int, list[Decided]] = {}
    for one in stored.decisions(session, home):
        decided.setdefault(one.item.service_id, []).append(one)
    days = {one.id: one for one in stored.sessions(session, home)}
    recorded = accessibility.statements(session, home)
    found = {}
    for service in services:
        rows = audits.get(service.id, [])
        own = {row.id: one for row, one in zip(rows, audits_of(service, rows, recorded), strict=True)}
        told = tuple(
            decision_of(one, own, {key: (held.number, held.held_on) for key, held in days.items()})
            for one in decided.get(service.id, ())
            if one.session.state is not SessionState.PREPARATION
        )
        file = ServiceFile(
            record_of(service, codes.get(service.department_id or 0, "")),
            tuple(own.values()),
            tuple(gaps.get(service.id, ())),
            told,
        )
        found[service.id] = KnownService(service.id, file, own, {key: numbers[key] for key in own})
    return found


def decision_of(one: Decided, audits: Mapping[int, AuditRecord], sessions: Mapping[int, tuple[int, date]]) -> Decision:
    """Give a stored decision as a plain value; ``sessions`` has numbers and days by the numbers of their rows."""
    row = one.decision
    number, on = sessions.get(row.adjourned_to_id or 0, (None, None))
    return Decision(
        session=one.session.number,
        on=one.session.held_on,
        outcome=row.outcome,
        text=row.text,
        corrections=row.corrections,
        mended=row.mended,
        lift_by=row.lift_by,
        limit=row.limit,
        adjourned_to=number,
        adjourned_on=on,
        audit=audits.get(row.audit_id or 0),
    )


def gap_record(row: AccessGap) -> GapRecord:
    """Give a gap as a plain value."""
    return GapRecord(
        number=row.number,
        kind=row.kind,
        content=row.content,
        criteria=tuple(filter(None, row.criteria.split(", "))),
        reason=row.reason,
        alternative=row.alternative,
        until=row.until,
        mended_on=row.mended_on,
    )
