"""Keys to private calendars: the version that counts for a person, and whose a key is."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from tracker.store.models import Account, CalendarKey, Organisation, RoleGrant


def newest(session: Session, account_id: int, organisation_id: int) -> CalendarKey | None:
    """Find the version that counts of an account's key to the calendar of an organisation."""
    return session.scalar(
        select(CalendarKey)
        .where(CalendarKey.account_id == account_id, CalendarKey.organisation_id == organisation_id)
        .order_by(CalendarKey.version.desc())
        .limit(1)
    )


def opened(session: Session, account_id: int) -> Sequence[CalendarKey]:
    """List the keys of an account that open a calendar, one an organisation."""
    last: dict[int, CalendarKey] = {}
    rows = select(CalendarKey).where(CalendarKey.account_id == account_id).order_by(CalendarKey.version)
    for row in session.scalars(rows):
        last[row.organisation_id] = row
    return [row for row in last.values() if row.sha256]


def holder(session: Session, sha256: str) -> tuple[Account, RoleGrant, Organisation] | None:
    """Find whose key it is by its digest, in one query whatever is wrong with it.

    None for a key that is unknown, closed or replaced, of an account that is closed or has no role there any more.
    """
    later = aliased(CalendarKey)
    last = (
        select(func.max(later.version))
        .where(later.account_id == CalendarKey.account_id, later.organisation_id == CalendarKey.organisation_id)
        .correlate(CalendarKey)
        .scalar_subquery()
    )
    row = session.execute(
        select(Account, RoleGrant, Organisation)
        .join(CalendarKey, CalendarKey.account_id == Account.id)
        .join(Organisation, Organisation.id == CalendarKey.organisation_id)
        .join(
            RoleGrant, (RoleGrant.account_id == Account.id) & (RoleGrant.organisation_id == CalendarKey.organisation_id)
        )
        .where(CalendarKey.sha256 == sha256, CalendarKey.version == last, Account.is_active)
    ).one_or_none()
    return None if row is None else (row[0], row[1], row[2])
