"""AI systems in the seed files: those that are missing are added, one that is there is not touched.

They are what a deliberation names, with what it states and nothing else; one that a person changed has an author, and
is no seed.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.journal_actions import JournalAction
from tracker.services import journal
from tracker.services.ai_systems import subject_of
from tracker.services.seed_rows import build, dump
from tracker.store import models
from tracker.store.queries import ai_systems, organisations

Document = Mapping[str, Any]
SYSTEM = (
    "number",
    "name",
    "purpose",
    "state",
    "role",
    "risk",
    "is_conversational",
    "notice",
    "charter_opinion",
    "decides",
    "source",
)


def load(session: Session, document: Document, actor: str) -> int:
    """Add the systems of ``document`` whose numbers its organisation never gave; give 1 if there were some, else 0."""
    organisation = organisations.by_slug(session, document["organisation"])
    assert organisation is not None  # noqa: S101 - the organisations are loaded first
    taken = {row.number for row in ai_systems.everything(session, organisation.id)}
    fresh = [data for data in document["systems"] if data["number"] not in taken]
    now = datetime.now(UTC)
    for data in fresh:
        told = {"organisation_id": organisation.id, "origin": document["source"], "recorded_at": now}
        session.add(build(models.AiSystem, SYSTEM, data, **told))
        journal.write(
            session,
            JournalAction.AI_SYSTEM_ADDED,
            organisation_id=organisation.id,
            actor=actor,
            subject=subject_of(data["number"]),
            after=data["name"],
        )
    return 1 if fresh else 0


def dumped(session: Session, organisation: models.Organisation) -> Document | None:
    """Give the seed file of the AI systems of ``organisation``, None without any."""
    rows = [row for row in ai_systems.everything(session, organisation.id) if row.origin and not row.author]
    if not rows:
        return None
    return {
        "schema": "ai_systems/1",
        "source": rows[0].origin,
        "organisation": organisation.slug,
        "systems": [dump(row, SYSTEM) for row in rows],
    }
