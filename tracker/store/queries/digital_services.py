"""Digital services of an organisation, and the audits that say their legal state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from tracker.domain.ai_register import AiState
from tracker.domain.approvals import SessionState
from tracker.domain.digital_services import ServiceState
from tracker.store.models import AiSystem, Audit, CommissionSession, DigitalService


@dataclass(frozen=True, slots=True)
class InShort:
    """Services online, AI systems that are not stopped, the days of the commission's next session and of its last."""

    online: int
    systems: int
    coming: date | None
    held: date | None


CONTENT = (
    "name",
    "kind",
    "audience",
    "state",
    "purpose",
    "address",
    "supplier",
    "hosting",
    "host",
    "personal_data",
    "uses_ai",
    "opened_on",
    "redesigned_on",
    "closed_on",
    "home_mention",
    "statement_url",
    "statement_on",
    "contact",
    "technologies",
    "note",
)
"""What a record and a row say by the same names; the department is a code in one, a number in the other."""


def everything(session: Session, organisation_id: int, *, locked: bool = False) -> Sequence[DigitalService]:
    """List the services of an organisation by their numbers; ``locked`` as `row` has it."""
    query = (
        select(DigitalService)
        .where(DigitalService.organisation_id == organisation_id)
        .order_by(DigitalService.number)
        .execution_options(populate_existing=locked)
    )
    return session.scalars(query.with_for_update() if locked else query).all()


def row(session: Session, organisation_id: int, number: int, *, locked: bool = False) -> DigitalService | None:
    """Find a service; ``locked`` keeps others from changing it until the transaction ends."""
    query = select(DigitalService).where(
        DigitalService.organisation_id == organisation_id, DigitalService.number == number
    )
    return session.scalar(query.with_for_update() if locked else query)


def last_number(session: Session, organisation_id: int) -> int:
    """Give the number that was last given to a service of the organisation, 0 for none."""
    query = select(func.max(DigitalService.number)).where(DigitalService.organisation_id == organisation_id)
    return session.scalar(query) or 0


def audits(session: Session, organisation_id: int) -> Sequence[Audit]:
    """List the audits that count, of every service of an organisation, each with its pages; two queries."""
    return session.scalars(
        select(Audit)
        .where(Audit.organisation_id == organisation_id, Audit.is_withdrawn.is_(False))
        .options(selectinload(Audit.pages))
        .order_by(Audit.audited_on, Audit.id)
    ).all()


def in_short(session: Session, organisation_id: int, day: date) -> InShort:
    """Count services and AI systems of an organisation, and find its sessions nearest to ``day``, in one query."""
    services = select(func.count(DigitalService.id)).where(
        DigitalService.organisation_id == organisation_id, DigitalService.state == ServiceState.ONLINE
    )
    systems = select(func.count(AiSystem.id)).where(
        AiSystem.organisation_id == organisation_id, AiSystem.state != AiState.STOPPED
    )
    own, is_ahead = CommissionSession.organisation_id == organisation_id, SessionState.PREPARATION
    coming = select(func.min(CommissionSession.held_on)).where(
        own, CommissionSession.state == is_ahead, CommissionSession.held_on >= day
    )
    held = select(func.max(CommissionSession.held_on)).where(own, CommissionSession.state != is_ahead)
    found = session.execute(select(*(one.scalar_subquery() for one in (services, systems, coming, held)))).one()
    return InShort(*found)
