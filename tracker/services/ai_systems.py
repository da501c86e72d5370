"""The register of AI systems: what is known of each, what strangers read of it, what a service's page shows."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.domain.ai_register import AiRecord, AiState
from tracker.domain.errors import NotFound
from tracker.domain.journal_actions import JournalAction
from tracker.domain.permissions import Permission
from tracker.services.digital_services import ServiceView
from tracker.services.visitor import Visitor
from tracker.store.models import AiSystem, DigitalService, JournalEntry, Organisation
from tracker.store.queries import ai_systems as stored
from tracker.store.queries import digital_services, journal, organisations
from tracker.store.queries.ai_systems import CONTENT

SHOWN = 30
LINES = (JournalAction.AI_SYSTEM_ADDED, JournalAction.AI_SYSTEM_CHANGED)


@dataclass(frozen=True, slots=True)
class AiView:
    """An AI system: its version, what it says, and the name of the service that it is a part of.

    ``is_denied`` when that service says that it uses no AI though the system is not stopped: one of the two is wrong.
    """

    version: int
    record: AiRecord
    service: str
    is_denied: bool = False


@dataclass(frozen=True, slots=True)
class AiSheet:
    """An AI system with who wrote it last, and what the journal tells of it, latest first."""

    view: AiView
    author: str
    recorded_at: datetime
    history: Sequence[JournalEntry]


@dataclass(frozen=True, slots=True)
class PublicRegister:
    """The AI systems that an authority publishes, since when, and a mark of what is said."""

    organisation: Organisation
    systems: Sequence[AiView]
    changed_at: datetime
    mark: str


def known(session: Session, organisation: Organisation) -> Sequence[AiView]:
    """List every AI system of an organisation by its number; two queries for all."""
    services = {row.id: row for row in digital_services.everything(session, organisation.id)}
    return [_view(row, services) for row in stored.everything(session, organisation.id)]


def listed(session: Session, visitor: Visitor) -> Sequence[AiView]:
    """List every AI system of the organisation.

    Raises:
        Forbidden: without the right to read.
    """
    visitor.require(Permission.READ)
    return known(session, visitor.organisation)


def denied(session: Session, organisation: Organisation) -> Sequence[AiView]:
    """List the AI systems whose service says that it uses none."""
    return [one for one in known(session, organisation) if one.is_denied]


def services(session: Session, visitor: Visitor) -> Sequence[tuple[int, str]]:
    """List the services that a system may be a part of: the number and the name of each.

    Raises:
        Forbidden: without the right to read.
    """
    visitor.require(Permission.READ)
    return [(row.number, row.name) for row in digital_services.everything(session, visitor.organisation.id)]


def sheet(session: Session, visitor: Visitor, number: int) -> AiSheet:
    """Give one AI system with its history.

    Raises:
        Forbidden: without the right to read.
        NotFound: when the organisation has no such system.
    """
    visitor.require(Permission.READ)
    home = visitor.organisation
    row = stored.row(session, home.id, number)
    if row is None:
        raise NotFound(number)
    rows = {one.id: one for one in digital_services.everything(session, home.id)}
    history = journal.about(session, home.id, LINES, subject_of(number), None, SHOWN)
    return AiSheet(_view(row, rows), row.author, row.recorded_at, history)


def panel(session: Session, visitor: Visitor, view: ServiceView, _: date) -> Sequence[AiView] | None:
    """List the AI systems of a service; None where it says that it uses none, and has none."""
    found = [one for one in known(session, visitor.organisation) if one.record.service == view.number]
    return found if found or view.record.uses_ai is not False else None


def published(session: Session, slug: str) -> PublicRegister:
    """Give the AI systems that an organisation publishes: what was withdrawn is not there at all.

    What people inside note of a system is left out.

    Raises:
        NotFound: for an organisation that there is not, or that publishes none.
    """
    home = organisations.by_slug(session, slug)
    at = stored.changed_at(session, home.id) if home else None
    if home is None or at is None:
        raise NotFound(slug)
    shown = [one for one in known(session, home) if one.record.is_published]
    told = [replace(one, record=replace(one.record, note="")) for one in shown]
    if not told:
        raise NotFound(slug)
    return PublicRegister(home, told, at, hashlib.sha256(repr(told).encode()).hexdigest()[:16])


def record_of(row: AiSystem, service: int | None) -> AiRecord:
    """Give a row as a plain value; ``service`` is the number of the service that it is a part of."""
    return AiRecord(number=row.number, service=service, **{name: getattr(row, name) for name in CONTENT})


def subject_of(number: int) -> str:
    """Name an AI system in the journal."""
    return f"ia-{number}"


def _view(row: AiSystem, services: Mapping[int, DigitalService]) -> AiView:
    service = services.get(row.service_id or 0)
    record = record_of(row, service.number if service else None)
    is_denied = service is not None and service.uses_ai is False and record.state is not AiState.STOPPED
    return AiView(row.version, record, service.name if service else "", is_denied)
