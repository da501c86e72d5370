"""The scheme, the yearly plans and the complaints of an organisation, read whole as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.access_schemes import (
    AccessAction,
    AccessPlan,
    AccessScheme,
    PlanLack,
    SchemeItem,
    is_first,
    plan_lacks,
    scheme_of,
)
from tracker.domain.actions import ActionRecord
from tracker.domain.complaints import Complaint
from tracker.domain.digital_services import ServiceRecord
from tracker.domain.errors import NotFound
from tracker.domain.permissions import Permission
from tracker.domain.rgaa import RgaaVersion
from tracker.domain.statements import Stated, StatementStanding
from tracker.services.planned import plan_records
from tracker.services.service_rows import audits_of, published_of, record_of, rgaa_versions
from tracker.services.visitor import Visitor
from tracker.store import models
from tracker.store.models import Organisation
from tracker.store.queries import accessibility as stored
from tracker.store.queries import digital_services, organisations


@dataclass(frozen=True, slots=True)
class Accessibility:
    """What an organisation tells of its accessibility: services with their statements, schemes, plans, complaints.

    The schemes come last to begin first, the complaints last received first.
    """

    services: Mapping[int, Stated]
    schemes: Sequence[AccessScheme]
    plans: Mapping[int, AccessPlan]
    complaints: Sequence[Complaint]
    versions: Sequence[RgaaVersion]

    def scheme(self, day: date) -> AccessScheme | None:
        """Give the scheme of ``day``."""
        return scheme_of(self.schemes, day)

    def lacks(self, plan: AccessPlan) -> tuple[PlanLack, ...]:
        """List what one of the plans lacks."""
        return plan_lacks(plan, is_first_plan=is_first(self.plans, self.schemes, plan.year))

    def standings(self, day: date) -> Sequence[tuple[ServiceRecord, StatementStanding]]:
        """Say what becomes of the statement of each service that is online on ``day``."""
        return [
            (one.record, one.standing(self.versions, day))
            for one in self.services.values()
            if one.record.is_online(day)
        ]


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """The plan of a year, None while there is none, with what it is told with; ``linked`` are actions of the plan."""

    known: Accessibility
    year: int
    plan: AccessPlan | None
    linked: Mapping[str, ActionRecord]


def accessibility(session: Session, visitor: Visitor) -> Accessibility:
    """Read all that an organisation tells of its accessibility.

    Raises:
        Forbidden: without the right to read.
    """
    visitor.require(Permission.READ)
    return known(session, visitor.organisation)


def known(session: Session, organisation: Organisation) -> Accessibility:
    """Read the same for whoever already may, in a fixed number of queries."""
    home = organisation.id
    rows = digital_services.everything(session, home)
    numbers = {row.id: row.number for row in rows}
    departments = {row.id: row.code for row in organisations.departments(session, home)}
    recorded = stored.statements(session, home)
    audits: dict[int, list[models.Audit]] = {}
    for audit in digital_services.audits(session, home):
        audits.setdefault(audit.service_id, []).append(audit)
    return Accessibility(
        services={
            row.number: Stated(
                record_of(row, departments.get(row.department_id or 0, "")),
                published_of(row, recorded),
                audits_of(row, audits.get(row.id, ()), recorded),
            )
            for row in rows
        },
        schemes=[scheme_record(row) for row in stored.schemes(session, home)],
        plans=_plans(session, home, numbers),
        complaints=[complaint_record(row, numbers[row.service_id]) for row in stored.complaints(session, home)],
        versions=rgaa_versions(),
    )


def plan_sheet(session: Session, visitor: Visitor, year: int) -> PlanSheet:
    """Give the accessibility plan of ``year``.

    Raises:
        Forbidden: without the right to read.
    """
    found = accessibility(session, visitor)
    general = plan_records(session, visitor.organisation.id, {year}).get(year)
    linked = {one.code: one for one in general.actions} if general else {}
    return PlanSheet(found, year, found.plans.get(year), linked)


def find_scheme(found: Accessibility, number: int) -> AccessScheme:
    """Give a scheme by its number.

    Raises:
        NotFound: when the organisation has no such scheme.
    """
    for one in found.schemes:
        if one.number == number:
            return one
    raise NotFound(number)


def find_complaint(found: Accessibility, number: int) -> Complaint:
    """Give a complaint by its number.

    Raises:
        NotFound: when the organisation has no such complaint.
    """
    for one in found.complaints:
        if one.number == number:
            return one
    raise NotFound(number)


def scheme_record(row: models.AccessScheme) -> AccessScheme:
    """Give a scheme as a plain value."""
    told = {item: row.told[item] for item in SchemeItem if row.told.get(item)}
    return AccessScheme(row.number, row.starts_on, row.ends_on, told, row.published_on, row.url, row.version)


def action_of(row: models.AccessAction, services: Mapping[int, int]) -> AccessAction:
    """Give an action of a plan as a plain value; ``services`` gives the number of each by its key."""
    service = services[row.service_id] if row.service_id is not None else None
    told = (row.title, service, row.action_code, row.due_on, row.status, row.outcome, row.version)
    return AccessAction(row.number, *told)


def complaint_record(row: models.AccessComplaint, service: int) -> Complaint:
    """Give a complaint as a plain value; ``service`` is the number of its service."""
    return Complaint(row.number, service, row.received_on, row.subject, row.answered_on, row.outcome, row.version)


def _plans(session: Session, home: int, services: Mapping[int, int]) -> Mapping[int, AccessPlan]:
    rows = stored.plans(session, home)
    actions: dict[int, list[AccessAction]] = {row.id: [] for row in rows}
    for one in stored.actions(session, list(actions)):
        actions[one.plan_id].append(action_of(one, services))
    return {
        row.year: AccessPlan(row.year, row.review, row.published_on, row.url, tuple(actions[row.id]), row.version)
        for row in rows
    }
