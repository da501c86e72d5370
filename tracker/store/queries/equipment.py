"""Equipment of an organisation: what is in it, counted, listed a page at a time, or read from end to end."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.store.models import Equipment


def exist(session: Session, organisation_id: int) -> bool:
    """Tell whether the organisation has any equipment."""
    return session.scalar(select(Equipment.id).where(Equipment.organisation_id == organisation_id).limit(1)) is not None
