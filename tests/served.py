"""Digital services for tests: a row with only what a test is about, the rest plausible."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.digital_services import ServiceKind
from tracker.domain.rgaa import AuditKind
from tracker.store.models import Audit, AuditPage, DigitalService, Organisation

NAMES = count(1)
CRITERIA = 106


def digital_service(session: Session, organisation: Organisation, **values: Any) -> DigitalService:
    """Insert a service into the register of ``organisation``, numbered after its others unless told."""
    last = session.scalar(
        select(func.max(DigitalService.number)).where(DigitalService.organisation_id == organisation.id)
    )
    told = {
        "number": (last or 0) + 1,
        "name": f"Service {next(NAMES)}",
        "kind": ServiceKind.WEBSITE,
        "opened_on": date(2020, 1, 15),
        "recorded_at": datetime.now(UTC),
        **values,
    }
    row = DigitalService(organisation_id=organisation.id, **told)
    session.add(row)
    session.flush()
    return row


def full_audit(session: Session, service: DigitalService, met: int = 80, **values: Any) -> Audit:
    """Insert a full audit of one page that meets ``met`` criteria and fails the others."""
    last = session.scalar(select(func.max(Audit.number)).where(Audit.service_id == service.id))
    told = {
        "number": (last or 0) + 1,
        "kind": AuditKind.FULL,
        "rgaa": "4.1",
        "audited_on": date(2024, 5, 2),
        "published_on": date(2024, 6, 1),
        "recorded_at": datetime.now(UTC),
        **values,
    }
    row = Audit(organisation_id=service.organisation_id, service_id=service.id, **told)
    session.add(row)
    session.flush()
    letters = "C" * met + "N" * (CRITERIA - met)
    session.add(AuditPage(audit_id=row.id, position=1, name="Accueil", results=letters))
    session.flush()
    return row
