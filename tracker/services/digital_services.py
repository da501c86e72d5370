"""The register of digital services: what is known of each, with its legal state on a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from tracker.domain.digital_services import Audience, ServiceKind, ServiceRecord, ServiceState
from tracker.domain.errors import NotFound
from tracker.domain.journal_actions import JournalAction
from tracker.domain.paging import page_count
from tracker.domain.permissions import Permission
from tracker.domain.rgaa import AuditRecord, Conformity, Standing, standing
from tracker.domain.search import folded, words
from tracker.services.service_rows import audits_of, record_of, rgaa_versions
from tracker.services.visitor import Visitor
from tracker.store.models import Audit, Department, JournalEntry, Organisation
from tracker.store.queries import accessibility, journal, organisations
from tracker.store.queries import digital_services as stored

PAGE = 20
SHOWN = 30
NO_DEPARTMENT = "-"
"""Stands for a department where one asks for what none has."""
LINES = (JournalAction.SERVICE_ADDED, JournalAction.SERVICE_CHANGED)


class ServiceOrder(StrEnum):
    """How the register is sorted."""

    NAME = "nom"
    CONFORMITY = "conformite"
    OPENING = "ouverture"


class AiUse(StrEnum):
    """What a service says of its use of AI, as the register is narrowed to it."""

    YES = "oui"
    NO = "non"
    UNKNOWN = "inconnu"


@dataclass(frozen=True, slots=True)
class ServiceFilter:
    """What the register is narrowed to; None or empty for all. ``department`` is a code, or `NO_DEPARTMENT`."""

    kind: ServiceKind | None = None
    state: ServiceState | None = None
    audience: Audience | None = None
    department: str = ""
    ai: AiUse | None = None
    words: str = ""
    order: ServiceOrder = ServiceOrder.NAME


@dataclass(frozen=True, slots=True)
class ServiceView:
    """A service: the number of its row, its version, what it says, its audits, its legal state on the day."""

    id: int
    version: int
    record: ServiceRecord
    audits: Sequence[AuditRecord]
    standing: Standing

    @property
    def number(self) -> int:
        """Give the number of the service, counted in its organisation."""
        return self.record.number


@dataclass(frozen=True, slots=True)
class ServicesPage:
    """A page of the register: its services, how many answer, how many pages they make, and the whole register."""

    services: Sequence[ServiceView]
    total: int
    pages: int
    whole: Sequence[ServiceView]
    departments: Sequence[Department]


@dataclass(frozen=True, slots=True)
class ServiceSheet:
    """A service with its department, who wrote it last, and what the journal tells of it, latest first."""

    view: ServiceView
    department: Department | None
    author: str
    recorded_at: datetime
    history: Sequence[JournalEntry]


def known(session: Session, organisation: Organisation, day: date) -> Sequence[ServiceView]:
    """List every service of an organisation by its number, with its legal state on ``day``; five queries for all."""
    codes = {row.id: row.code for row in organisations.departments(session, organisation.id)}
    found: dict[int, list[Audit]] = {}
    for audit in stored.audits(session, organisation.id):
        found.setdefault(audit.service_id, []).append(audit)
    recorded = accessibility.statements(session, organisation.id)
    listed = []
    for row in stored.everything(session, organisation.id):
        record = record_of(row, codes.get(row.department_id or 0, ""))
        audits = audits_of(row, found.get(row.id, ()), recorded)
        state = standing(audits, rgaa_versions(), record.redesigned_on, day)
        listed.append(ServiceView(row.id, row.version, record, audits, state))
    return listed


def overview(session: Session, visitor: Visitor, wanted: ServiceFilter, page: int, today: date) -> ServicesPage:
    """Give page ``page`` (from 1) of the services that answer ``wanted``.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a page that does not exist.
    """
    visitor.require(Permission.READ)
    departments = organisations.departments(session, visitor.organisation.id)
    whole = known(session, visitor.organisation, today)
    answering = narrowed(whole, wanted, {row.code: row.name for row in departments})
    pages = page_count(len(answering), PAGE, page)
    return ServicesPage(answering[(page - 1) * PAGE : page * PAGE], len(answering), pages, whole, departments)


def listed(session: Session, visitor: Visitor, wanted: ServiceFilter, today: date) -> Sequence[ServiceView]:
    """List the services that answer ``wanted``.

    Raises:
        Forbidden: without the right to read.
    """
    visitor.require(Permission.READ)
    names = {row.code: row.name for row in organisations.departments(session, visitor.organisation.id)}
    return narrowed(known(session, visitor.organisation, today), wanted, names)


def narrowed(
    whole: Sequence[ServiceView], wanted: ServiceFilter, departments: Mapping[str, str]
) -> Sequence[ServiceView]:
    """Give the services that answer ``wanted`` in its order; ``departments`` gives their names by code.

    A department that does not exist lets everything through.
    """
    sought = [folded(one.text) for one in words(wanted.words)]
    answering = [one for one in whole if _answers(one.record, wanted, sought, departments)]
    return sorted(answering, key=lambda one: (*_rank(one, wanted.order), folded(one.record.name), one.number))


def sheet(session: Session, visitor: Visitor, number: int, today: date) -> ServiceSheet:
    """Give one service with its history.

    Raises:
        Forbidden: without the right to read.
        NotFound: when the organisation has no such service.
    """
    visitor.require(Permission.READ)
    home = visitor.organisation
    view = find(session, home, number, today)
    row = stored.row(session, home.id, number)
    if row is None:
        raise NotFound(number)
    departments = {one.id: one for one in organisations.departments(session, home.id)}
    return ServiceSheet(
        view,
        departments.get(row.department_id or 0),
        row.author,
        row.recorded_at,
        journal.about(session, home.id, LINES, subject_of(number), None, SHOWN),
    )


def in_short(session: Session, visitor: Visitor, day: date) -> stored.InShort:
    """Count the services that are online and the AI systems that are not stopped; find the sessions nearest to ``day``.

    Raises:
        Forbidden: without the right to read.
    """
    visitor.require(Permission.READ)
    return stored.in_short(session, visitor.organisation.id, day)


def find(session: Session, organisation: Organisation, number: int, day: date) -> ServiceView:
    """Give one service with its legal state on ``day``.

    Raises:
        NotFound: when the organisation has no such service.
    """
    for one in known(session, organisation, day):
        if one.number == number:
            return one
    raise NotFound(number)


def departments(session: Session, visitor: Visitor) -> Sequence[Department]:
    """List the departments that a service may be of.

    Raises:
        Forbidden: without the right to read.
    """
    visitor.require(Permission.READ)
    return organisations.departments(session, visitor.organisation.id)


def subject_of(number: int) -> str:
    """Name a service in the journal."""
    return f"service-{number}"


def _answers(
    record: ServiceRecord, wanted: ServiceFilter, sought: Sequence[str], departments: Mapping[str, str]
) -> bool:
    told = {True: AiUse.YES, False: AiUse.NO, None: AiUse.UNKNOWN}[record.uses_ai]
    asked = {"": record.department, NO_DEPARTMENT: ""}.get(wanted.department, wanted.department)
    is_of = asked == record.department or (bool(asked) and asked not in departments)
    text = folded_text(
        record.name, record.address, record.supplier, record.purpose, departments.get(record.department, "")
    )
    return (
        wanted.kind in {None, record.kind}
        and wanted.state in {None, record.state}
        and wanted.audience in {None, record.audience}
        and wanted.ai in {None, told}
        and is_of
        and all(word in text for word in sought)
    )


def folded_text(*texts: str) -> str:
    """Give the words of some texts without case or accents, to look for one in them."""
    return " ".join(folded(one.text) for text in texts for one in words(text))


def _rank(one: ServiceView, order: ServiceOrder) -> tuple[int, ...]:
    if order is ServiceOrder.CONFORMITY:
        return (list(Conformity)[::-1].index(one.standing.conformity),)
    if order is ServiceOrder.OPENING:
        on = one.record.opened_on
        return (0 if on else 1, -on.toordinal() if on else 0)
    return ()
