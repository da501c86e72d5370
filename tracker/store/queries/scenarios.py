"""The saved scenarios of an organisation."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.store.models import Scenario


def versions(session: Session, organisation_id: int) -> Sequence[Scenario]:
    """List every version of the scenarios, oldest first."""
    query = select(Scenario).where(Scenario.organisation_id == organisation_id)
    return session.scalars(query.order_by(Scenario.number, Scenario.version)).all()
