"""API tokens: those of an account, and whose a token is."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.store.models import Account, ApiToken


def of_account(session: Session, account_id: int) -> Sequence[ApiToken]:
    """List the tokens that an account made, latest first, those that ended included."""
    return session.scalars(select(ApiToken).where(ApiToken.account_id == account_id).order_by(ApiToken.id.desc())).all()


def by_number(session: Session, account_id: int, number: int) -> ApiToken | None:
    """Find a token of an account by its number."""
    return session.scalar(select(ApiToken).where(ApiToken.account_id == account_id, ApiToken.id == number))


def holder(session: Session, sha256: str, today: date) -> tuple[ApiToken, Account] | None:
    """Find a token by its digest, with its account, in one query whatever is wrong with it.

    None for a token that is unknown, revoked or past its day, or whose account is closed.
    """
    row = session.execute(
        select(ApiToken, Account)
        .join(Account, Account.id == ApiToken.account_id)
        .where(
            ApiToken.sha256 == sha256,
            ApiToken.revoked_at.is_(None),
            ApiToken.expires_on >= today,
            Account.is_active,
        )
    ).one_or_none()
    return None if row is None else (row[0], row[1])
