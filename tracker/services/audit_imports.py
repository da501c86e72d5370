"""Audits that come in files: read, shown with what would be stored, then stored at once or not at all."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from tracker.domain.audit_drafts import AuditDraft
from tracker.domain.dates import typed_day
from tracker.domain.errors import Invalid
from tracker.domain.numbers import typed_text
from tracker.domain.permissions import Permission
from tracker.domain.rgaa import Rate, rate
from tracker.domain.rgaa_results import agrees
from tracker.importers.audits import child
from tracker.services import audit_changes
from tracker.services.audit_rows import criteria_of
from tracker.services.audit_typed import AuditTyped, PageTyped, row_of
from tracker.services.service_rows import audit_record
from tracker.services.visitor import Visitor

NAME_LIMIT = 120


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What the pages that were typed or read come to, beside the rate that is told."""

    rate: Rate
    told: Decimal | None

    @property
    def agrees(self) -> bool:
        """Tell whether the rate that is told is ours; True where none is."""
        return self.told is None or agrees(self.told, self.rate)


def read(content: bytes, name: str) -> AuditDraft:
    """Read a file of an audit in a process of its own; it needs no database: call it outside of any transaction."""
    return child.read(content, name)


def typed_of(draft: AuditDraft, name: str) -> AuditTyped:
    """Give what a file says as it would be typed; what it does not say is left blank, to be told."""
    criteria = criteria_of(draft.kind, draft.rgaa) if draft.kind else ()
    return AuditTyped(
        kind=draft.kind or "",
        rgaa=draft.rgaa,
        audited_on=typed_day(draft.audited_on),
        published_on=typed_day(draft.published_on),
        auditor=draft.auditor,
        environments=draft.environments,
        tools=draft.tools,
        told_rate="" if draft.told_rate is None else typed_text(draft.told_rate),
        source=" ".join(name.split())[-NAME_LIMIT:],
        pages=tuple(
            PageTyped(one.name, one.address, one.is_shared, " ".join(one.results[criterion] for criterion in criteria))
            for one in draft.pages
            if set(one.results) == set(criteria)
        ),
    )


def reckoned(typed: AuditTyped, today: date) -> Reckoned | None:
    """Reckon the rate of what is typed; None while it cannot be read.

    The days do not matter here: what is asked about them comes later.
    """
    undated = AuditTyped(
        kind=typed.kind,
        rgaa=typed.rgaa,
        audited_on=today.isoformat(),
        told_rate=typed.told_rate,
        pages=typed.pages,
    )
    try:
        row = row_of(undated, today)
    except Invalid:
        return None
    record = audit_record(row)
    return Reckoned(rate(record.pages, record.shared), row.told_rate)


def take_in(session: Session, visitor: Visitor, service: int, typed: AuditTyped, today: date) -> tuple[int, bool]:
    """Store an audit that was shown, unless the service has it already; give its number, and whether it is new.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: when the organisation has no such service.
        Invalid: for what cannot be read, or cannot be.
    """
    visitor.require(Permission.KEEP_SERVICES)
    known = audit_changes.same(session, visitor, service, typed, today)
    if known is not None:
        return known, False
    return audit_changes.add(session, visitor, service, typed, today), True
