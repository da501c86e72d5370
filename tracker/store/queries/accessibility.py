"""Accessibility of the services of an organisation: what statements are made from, schemes, plans, complaints."""

from collections.abc import Collection, Sequence

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session, selectinload

from tracker.store.models import (
    AccessAction,
    AccessComplaint,
    AccessGap,
    AccessPlan,
    AccessScheme,
    AccessStatement,
    Audit,
    Department,
    DigitalService,
)


def audits(session: Session, service_id: int) -> Sequence[Audit]:
    """List the audits of a service that stand, oldest first, with their pages."""
    query = select(Audit).where(Audit.service_id == service_id, Audit.is_withdrawn.is_(False))
    return session.scalars(query.order_by(Audit.audited_on, Audit.number).options(selectinload(Audit.pages))).all()


def open_gaps(session: Session, service_id: int) -> Sequence[AccessGap]:
    """List what of a service is not accessible and not mended, in the order in which it was told."""
    query = select(AccessGap).where(AccessGap.service_id == service_id, AccessGap.mended_on.is_(None))
    return session.scalars(query.order_by(AccessGap.number)).all()


def statements(session: Session, organisation_id: int, service_id: int | None = None) -> Sequence[AccessStatement]:
    """List what was published, by service, in the order in which it was recorded."""
    query = select(AccessStatement).where(AccessStatement.organisation_id == organisation_id)
    if service_id is not None:
        query = query.where(AccessStatement.service_id == service_id)
    return session.scalars(query.order_by(AccessStatement.service_id, AccessStatement.position)).all()


def schemes(session: Session, organisation_id: int) -> Sequence[AccessScheme]:
    """List the schemes of an organisation, the last to begin first."""
    query = select(AccessScheme).where(AccessScheme.organisation_id == organisation_id)
    return session.scalars(query.order_by(AccessScheme.starts_on.desc(), AccessScheme.number.desc())).all()


def scheme(session: Session, organisation_id: int, number: int, *, locked: bool = False) -> AccessScheme | None:
    """Give a scheme by its number, ``locked`` until the transaction ends where it is to be changed."""
    query = select(AccessScheme).where(AccessScheme.organisation_id == organisation_id, AccessScheme.number == number)
    return session.scalars(query.with_for_update() if locked else query).one_or_none()


def plans(session: Session, organisation_id: int) -> Sequence[AccessPlan]:
    """List the accessibility plans of an organisation, the latest year first."""
    query = select(AccessPlan).where(AccessPlan.organisation_id == organisation_id)
    return session.scalars(query.order_by(AccessPlan.year.desc())).all()


def plan(session: Session, organisation_id: int, year: int, *, locked: bool = False) -> AccessPlan | None:
    """Give the accessibility plan of a year, ``locked`` as a scheme is."""
    query = select(AccessPlan).where(AccessPlan.organisation_id == organisation_id, AccessPlan.year == year)
    return session.scalars(query.with_for_update() if locked else query).one_or_none()


def actions(session: Session, plan_ids: Collection[int]) -> Sequence[AccessAction]:
    """List the actions of plans, by plan and number."""
    query = select(AccessAction).where(AccessAction.plan_id.in_(plan_ids))
    return session.scalars(query.order_by(AccessAction.plan_id, AccessAction.number)).all()


def action(session: Session, plan_id: int, number: int, *, locked: bool = False) -> AccessAction | None:
    """Give an action of a plan by its number, ``locked`` as a scheme is."""
    query = select(AccessAction).where(AccessAction.plan_id == plan_id, AccessAction.number == number)
    return session.scalars(query.with_for_update() if locked else query).one_or_none()


def complaints(session: Session, organisation_id: int) -> Sequence[AccessComplaint]:
    """List the complaints of an organisation, the last received first."""
    query = select(AccessComplaint).where(AccessComplaint.organisation_id == organisation_id)
    return session.scalars(query.order_by(AccessComplaint.received_on.desc(), AccessComplaint.number.desc())).all()


def unanswered(session: Session, organisation_id: int) -> Sequence[Row[AccessComplaint, DigitalService, str]]:
    """List the complaints that have no answer with their service and the code of its department, None without one."""
    query = (
        select(AccessComplaint, DigitalService, Department.code)
        .join(DigitalService, DigitalService.id == AccessComplaint.service_id)
        .outerjoin(Department, Department.id == DigitalService.department_id)
        .where(AccessComplaint.organisation_id == organisation_id, AccessComplaint.answered_on.is_(None))
        .order_by(AccessComplaint.received_on, AccessComplaint.number)
    )
    return session.execute(query).all()


def complaint(session: Session, organisation_id: int, number: int, *, locked: bool = False) -> AccessComplaint | None:
    """Give a complaint by its number, ``locked`` as a scheme is."""
    query = select(AccessComplaint).where(
        AccessComplaint.organisation_id == organisation_id, AccessComplaint.number == number
    )
    return session.scalars(query.with_for_update() if locked else query).one_or_none()


def next_complaint(session: Session, organisation_id: int) -> int:
    """Give the number that a new complaint takes."""
    query = select(func.max(AccessComplaint.number)).where(AccessComplaint.organisation_id == organisation_id)
    return (session.scalar(query) or 0) + 1


def next_scheme(session: Session, organisation_id: int) -> int:
    """Give the number that a new scheme takes."""
    query = select(func.max(AccessScheme.number)).where(AccessScheme.organisation_id == organisation_id)
    return (session.scalar(query) or 0) + 1


def next_action(session: Session, plan_id: int) -> int:
    """Give the number that a new action of a plan takes."""
    query = select(func.max(AccessAction.number)).where(AccessAction.plan_id == plan_id)
    return (session.scalar(query) or 0) + 1
