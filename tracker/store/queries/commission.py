"""The approval commission: its sessions, agendas and decisions, and the gaps of the services that come before it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.store.models import (
    AccessGap,
    AgendaItem,
    ApprovalDecision,
    CommissionSession,
    MinutesRectification,
)


@dataclass(frozen=True, slots=True)
class Decided:
    """The last version of a decision, the item that it is about and the session that took it."""

    decision: ApprovalDecision
    item: AgendaItem
    session: CommissionSession


def sessions(session: Session, organisation_id: int) -> Sequence[CommissionSession]:
    """List the sessions of an organisation, the latest day first."""
    return session.scalars(
        select(CommissionSession)
        .where(CommissionSession.organisation_id == organisation_id)
        .order_by(CommissionSession.held_on.desc(), CommissionSession.number.desc())
    ).all()


def by_number(session: Session, organisation_id: int, number: int, *, locked: bool = False) -> CommissionSession | None:
    """Find one session; ``locked`` keeps others from changing it, or what it decides, until the transaction ends."""
    query = select(CommissionSession).where(
        CommissionSession.organisation_id == organisation_id, CommissionSession.number == number
    )
    return session.scalar(query.with_for_update() if locked else query)


def last_number(session: Session, organisation_id: int) -> int:
    """Give the highest number of a session, 0 without any."""
    query = select(func.max(CommissionSession.number)).where(CommissionSession.organisation_id == organisation_id)
    return session.scalar(query) or 0


def items(session: Session, organisation_id: int) -> Sequence[AgendaItem]:
    """List what is on the agendas of an organisation, in the order in which it was put there."""
    return session.scalars(
        select(AgendaItem).where(AgendaItem.organisation_id == organisation_id).order_by(AgendaItem.id)
    ).all()


def decisions(session: Session, organisation_id: int) -> Sequence[Decided]:
    """List the last version of each decision, by the day of its session."""
    rows = session.execute(
        select(ApprovalDecision, AgendaItem, CommissionSession)
        .join(AgendaItem, AgendaItem.id == ApprovalDecision.item_id)
        .join(CommissionSession, CommissionSession.id == AgendaItem.session_id)
        .where(ApprovalDecision.organisation_id == organisation_id)
        .order_by(CommissionSession.held_on, CommissionSession.number, ApprovalDecision.version)
    )
    return list({item.id: Decided(decision, item, held) for decision, item, held in rows}.values())


def rectifications(session: Session, session_id: int) -> Sequence[MinutesRectification]:
    """List what was rectified of the minutes of a session, oldest first."""
    return session.scalars(
        select(MinutesRectification)
        .where(MinutesRectification.session_id == session_id)
        .order_by(MinutesRectification.position)
    ).all()


def gaps(session: Session, organisation_id: int) -> Sequence[AccessGap]:
    """List the contents of an organisation's services that are not accessible, or were not, by number."""
    return session.scalars(
        select(AccessGap)
        .where(AccessGap.organisation_id == organisation_id)
        .order_by(AccessGap.service_id, AccessGap.number)
    ).all()


def gaps_of(session: Session, service_id: int) -> Sequence[AccessGap]:
    """List the gaps of one service, by number."""
    return session.scalars(select(AccessGap).where(AccessGap.service_id == service_id).order_by(AccessGap.number)).all()


def gap(session: Session, service_id: int, number: int, *, locked: bool = False) -> AccessGap | None:
    """Find one gap of a service; ``locked`` keeps others from changing it until the transaction ends."""
    query = select(AccessGap).where(AccessGap.service_id == service_id, AccessGap.number == number)
    return session.scalar(query.with_for_update() if locked else query)
