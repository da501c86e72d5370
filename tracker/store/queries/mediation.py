"""Places of digital mediation of an organisation, and the people that they helped year by year."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.store.models import MediationPlace, MediationYear

CONTENT = ("name", "kind", "address", "postcode", "town", "hours", "website", "is_open")
"""What a record and a row say by the same names."""


def everything(session: Session, organisation_id: int, *, locked: bool = False) -> Sequence[MediationPlace]:
    """List the places of an organisation by their numbers; ``locked`` keeps others from changing them."""
    query = (
        select(MediationPlace)
        .where(MediationPlace.organisation_id == organisation_id)
        .order_by(MediationPlace.number)
        .execution_options(populate_existing=locked)
    )
    return session.scalars(query.with_for_update() if locked else query).all()


def row(session: Session, organisation_id: int, number: int, *, locked: bool = False) -> MediationPlace | None:
    """Find a place; ``locked`` keeps others from changing it until the transaction ends."""
    query = select(MediationPlace).where(
        MediationPlace.organisation_id == organisation_id, MediationPlace.number == number
    )
    return session.scalar(query.with_for_update() if locked else query)


def last_number(session: Session, organisation_id: int) -> int:
    """Give the number that was last given to a place of the organisation, 0 for none."""
    query = select(func.max(MediationPlace.number)).where(MediationPlace.organisation_id == organisation_id)
    return session.scalar(query) or 0


def years(session: Session, organisation_id: int, year: int) -> Sequence[MediationYear]:
    """List what the places of an organisation told of ``year``."""
    return session.scalars(
        select(MediationYear).where(MediationYear.organisation_id == organisation_id, MediationYear.year == year)
    ).all()


def year(session: Session, place_id: int, year: int) -> MediationYear | None:
    """Find what a place told of ``year``; others cannot change it until the transaction ends."""
    return session.scalar(
        select(MediationYear).where(MediationYear.place_id == place_id, MediationYear.year == year).with_for_update()
    )
