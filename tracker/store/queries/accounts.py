"""Accounts and their roles."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tracker.store.models import Account, RoleGrant


def by_email(session: Session, email: str) -> Account | None:
    """Find an account by its address, in lower case."""
    return session.scalar(select(Account).where(Account.email == email))


def by_id(session: Session, account_id: int) -> Account | None:
    """Find an account by its number."""
    return session.get(Account, account_id)


def hold(session: Session, account_id: int) -> None:
    """Let one write of an account through at a time, so that a double click is seen; SQLite does so by itself."""
    session.execute(select(Account.id).where(Account.id == account_id).with_for_update(key_share=True)).all()


def everything(session: Session) -> Sequence[Account]:
    """List all accounts by address, with their grants and the organisations of these."""
    return session.scalars(
        select(Account).options(selectinload(Account.grants).joinedload(RoleGrant.organisation)).order_by(Account.email)
    ).all()


def grant(session: Session, account_id: int, organisation_id: int) -> RoleGrant | None:
    """Find what an account may do in an organisation."""
    return session.scalar(
        select(RoleGrant).where(RoleGrant.account_id == account_id, RoleGrant.organisation_id == organisation_id)
    )


def of_organisation(session: Session, organisation_id: int) -> Sequence[tuple[Account, RoleGrant]]:
    """List the active accounts that have a role in an organisation, by name, each with its grant."""
    rows = session.execute(
        select(Account, RoleGrant)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(RoleGrant.organisation_id == organisation_id, Account.is_active)
        .order_by(Account.name, Account.id)
    )
    return [(account, grant) for account, grant in rows]
