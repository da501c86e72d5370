"""AI systems of an organisation."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.store.models import AiSystem

CONTENT = (
    "name",
    "purpose",
    "supplier",
    "state",
    "started_on",
    "role",
    "data_used",
    "risk",
    "is_conversational",
    "notice",
    "recourse",
    "evaluated_on",
    "evaluation_method",
    "evaluation_result",
    "charter_on",
    "charter_opinion",
    "decides",
    "rules_url",
    "source",
    "note",
    "is_published",
)
"""What a record and a row say by the same names; the service is its number in one, that of its row in the other."""


def everything(session: Session, organisation_id: int) -> Sequence[AiSystem]:
    """List the AI systems of an organisation by their numbers."""
    return session.scalars(
        select(AiSystem).where(AiSystem.organisation_id == organisation_id).order_by(AiSystem.number)
    ).all()


def row(session: Session, organisation_id: int, number: int, *, locked: bool = False) -> AiSystem | None:
    """Find an AI system; ``locked`` keeps others from changing it until the transaction ends."""
    query = select(AiSystem).where(AiSystem.organisation_id == organisation_id, AiSystem.number == number)
    return session.scalar(query.with_for_update() if locked else query)


def last_number(session: Session, organisation_id: int) -> int:
    """Give the number that was last given to an AI system of the organisation, 0 for none."""
    return session.scalar(select(func.max(AiSystem.number)).where(AiSystem.organisation_id == organisation_id)) or 0


def changed_at(session: Session, organisation_id: int) -> datetime | None:
    """Give the moment at which an AI system was last written, None without any."""
    return session.scalar(select(func.max(AiSystem.recorded_at)).where(AiSystem.organisation_id == organisation_id))
