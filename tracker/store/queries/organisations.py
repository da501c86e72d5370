"""Organisations, and who may read them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.vocabulary import Role
from tracker.store.models import Department, Organisation, RoleGrant


def by_slug(session: Session, slug: str) -> Organisation | None:
    """Find an organisation by its address."""
    return session.scalar(select(Organisation).where(Organisation.slug == slug))


def entered(session: Session, account_id: int, slug: str) -> tuple[Organisation, RoleGrant] | None:
    """Find an organisation by its address, with what an account may do in it; None where it may do nothing."""
    row = session.execute(
        select(Organisation, RoleGrant)
        .join(RoleGrant, RoleGrant.organisation_id == Organisation.id)
        .where(Organisation.slug == slug, RoleGrant.account_id == account_id)
    ).one_or_none()
    return (row[0], row[1]) if row else None


def everything(session: Session) -> Sequence[Organisation]:
    """List all organisations, real ones first, by name."""
    return session.scalars(select(Organisation).order_by(Organisation.is_fictional, Organisation.name)).all()


def granted(session: Session, account_id: int) -> Sequence[tuple[Organisation, Role]]:
    """List the organisations where an account has a role, real ones first, with the role."""
    rows = session.execute(
        select(Organisation, RoleGrant.role)
        .join(RoleGrant, RoleGrant.organisation_id == Organisation.id)
        .where(RoleGrant.account_id == account_id)
        .order_by(Organisation.is_fictional, Organisation.name)
    )
    return [(organisation, role) for organisation, role in rows]


def departments(session: Session, organisation_id: int) -> Sequence[Department]:
    """List the departments of an organisation in their order."""
    return session.scalars(
        select(Department).where(Department.organisation_id == organisation_id).order_by(Department.position)
    ).all()
