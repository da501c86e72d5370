"""The deadlines of an organisation, as a list that is narrowed down and as a calendar."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from tracker.domain.agenda import coming
from tracker.domain.approval_deadlines import of_services, of_sessions
from tracker.domain.approvals import SessionState
from tracker.domain.bilingual import Bilingual
from tracker.domain.deadlines import (
    Deadline,
    DeadlineKind,
    PlannedAction,
    in_order,
    of_actions,
    of_campaigns,
    of_commitments,
    of_complaints,
)
from tracker.domain.memberships import Renewal, renewals
from tracker.domain.paging import page_count
from tracker.domain.permissions import Permission
from tracker.domain.scorecard import score
from tracker.exports.calendar import Due, ics
from tracker.labels import deadlines as words
from tracker.labels import text
from tracker.labels.memberships import renewal_sentence
from tracker.services import complaints, memberships
from tracker.services.commission_files import known_services
from tracker.services.planned import open_plans
from tracker.services.portfolio import portfolio
from tracker.services.records import campaign_record, organisation_record
from tracker.services.service_rows import rgaa_versions
from tracker.services.visitor import Visitor
from tracker.store.models import Organisation
from tracker.store.queries import assignments, campaigns, commission, organisations

PAGE = 30
FEE_REMINDERS = (90, 30)
"""Days before a fee is to be decided: the time of a report and of a session."""
CALENDAR_MOST = 500
"""Events that a calendar holds at most: the oldest that is late first, what is far away left out."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of deadlines is narrowed to: the ``days`` ahead, one department by its code, one kind; None for all.

    What is late is kept whatever the days.
    """

    days: int | None = None
    department: str = ""
    kind: DeadlineKind | None = None

    def keeps(self, deadline: Deadline, today: date) -> bool:
        """Tell whether a deadline answers."""
        return (
            (self.days is None or deadline.on <= today + timedelta(days=self.days))
            and (not self.department or deadline.is_of(self.department))
            and (self.kind is None or deadline.kind is self.kind)
        )


@dataclass(frozen=True, slots=True)
class Schedule:
    """A page of the deadlines that answer, the late ones first; ``departments`` gives names by code, in their order.

    ``total`` counts those that answer, ``late`` those of them that are past, ``known`` all that the organisation has.
    """

    behind: Sequence[Deadline]
    ahead: Sequence[Deadline]
    total: int
    late: int
    known: int
    pages: int
    departments: Mapping[str, str]


def schedule(session: Session, visitor: Visitor, wanted: Wanted, page: int, today: date) -> Schedule:
    """Give page ``page`` (from 1) of the deadlines of the visitor's organisation that answer ``wanted``.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a page that does not exist.
    """
    visitor.require(Permission.READ)
    everything = deadlines(session, visitor.organisation, today)
    found = [one for one in everything if wanted.keeps(one, today)]
    shown = found[(page - 1) * PAGE : page * PAGE]
    return Schedule(
        behind=[one for one in shown if one.is_late(today)],
        ahead=[one for one in shown if not one.is_late(today)],
        total=len(found),
        late=sum(one.is_late(today) for one in found),
        known=len(everything),
        pages=page_count(len(found), PAGE, page),
        departments=names(session, visitor.organisation),
    )


def calendar(
    session: Session,
    visitor: Visitor,
    address: str,
    today: date,
    now: datetime,
    wanted: Wanted = Wanted(),
) -> bytes:
    """Write the same list as a calendar; ``address`` is the one that people use, ``now`` the instant of writing.

    Raises:
        Forbidden: without the right to read.
    """
    visitor.require(Permission.READ)
    organisation = visitor.organisation
    home, known = f"{address}/{organisation.slug}", names(session, organisation)
    found = [one for one in deadlines(session, organisation, today) if wanted.keeps(one, today)]
    dues_ = [_event(one, organisation.slug, home, known, today) for one in found[:CALENDAR_MOST]]
    return ics(text("Échéances, {name}", name=organisation.name), dues_, now)


def deadlines(
    session: Session, organisation: Organisation, today: date, planned: Sequence[PlannedAction] | None = None
) -> tuple[Deadline, ...]:
    """Gather everything that is due in ``organisation``, the late ones first; ``planned`` where it is read already."""
    rows = [campaign_record(row) for row in campaigns.of_organisation(session, organisation.id)]
    known = portfolio(session, organisation)
    fees = renewals(memberships.known(session, organisation, known), today)
    owners = {one.code: one.owner for one in known.commitments}
    card = score(organisation_record(organisation), known.commitments, today.year, today)
    return in_order(
        (
            *of_campaigns(rows, holding(session, organisation), today),
            *of_commitments(card, coming(card, fees)),
            *(_of_membership(one, owners, today) for one in fees),
            *of_actions(planned_actions(session, organisation) if planned is None else planned),
            *_of_commission(session, organisation, today),
            *of_complaints(*complaints.unanswered(session, organisation)),
        )
    )


def planned_actions(session: Session, organisation: Organisation) -> tuple[PlannedAction, ...]:
    """Give the actions of the plans that are not reviewed, oldest plan first.

    One that was carried over is waited for in the plan that took it over, not here.
    """
    found = open_plans(session, organisation.id)
    return tuple(
        PlannedAction(year, action) for year, plan in found.items() for action in plan.actions if not action.carried_to
    )


def _of_membership(renewal: Renewal, owners: Mapping[str, str], today: date) -> Deadline:
    owner = owners.get(renewal.year.commitment, "")
    return Deadline(
        DeadlineKind.MEMBERSHIP,
        renewal.on,
        code=renewal.membership.code,
        title=Bilingual(renewal.membership.name),
        year=renewal.year.year,
        departments=(owner,) if owner else (),
        detail=Bilingual(renewal_sentence(renewal.on, renewal.year.fee, today)),
        reminder_days=FEE_REMINDERS,
    )


def _of_commission(session: Session, organisation: Organisation, today: date) -> Iterator[Deadline]:
    sessions = commission.sessions(session, organisation.id)
    ahead = [(one.number, one.held_on) for one in sessions if one.state is SessionState.PREPARATION]
    files = [one.file for one in known_services(session, organisation).values()]
    yield from of_sessions(ahead)
    yield from of_services(files, rgaa_versions(), today)


def holding(session: Session, organisation: Organisation) -> tuple[str, ...]:
    """List the codes of the departments that hold indicators, in their order."""
    held = {one.department_id for one in assignments.of_organisation(session, organisation.id)}
    return tuple(row.code for row in organisations.departments(session, organisation.id) if row.id in held)


def names(session: Session, organisation: Organisation) -> Mapping[str, str]:
    """Give the names of the departments of an organisation by code, in their order."""
    return {row.code: row.name for row in organisations.departments(session, organisation.id)}


def page_of(deadline: Deadline) -> str:
    """Give the address of what is due, from that of its organisation on."""
    match deadline.kind:
        case DeadlineKind.CAMPAIGN | DeadlineKind.REVIEW:
            return f"campagnes/{deadline.year}"
        case DeadlineKind.ACTION | DeadlineKind.STEP:
            return f"plan/{deadline.year}/actions/{deadline.code}"
        case DeadlineKind.MEMBERSHIP:
            return f"adhesions/{deadline.code}"
        case DeadlineKind.SESSION:
            return f"commission/{deadline.code}"
        case DeadlineKind.SERVICE:
            return "commission"
        case DeadlineKind.GAP:
            return f"services/{deadline.code}/ecarts"
        case DeadlineKind.COMPLAINT:
            return f"services/reclamations/{deadline.code}"
        case _:
            return f"engagements/{deadline.code}"


def _event(one: Deadline, slug: str, home: str, departments: Mapping[str, str], today: date) -> Due:
    title = words.deadline_title(one)
    if one.is_late(today):
        title = text("En retard : {title}", title=title)
    detail = words.deadline_detail(one, departments)
    return Due(f"{slug}-{_name(one)}", one.on, title, detail, f"{home}/{page_of(one)}", one.reminder_days)


def _name(one: Deadline) -> str:
    """Name an event for ever, whatever becomes of its day: what the date is, and of what."""
    return NAMES[one.kind].format(code=one.code, year=one.year, step=one.step)


NAMES: Mapping[DeadlineKind, str] = {
    DeadlineKind.CAMPAIGN: "campaign-{year}-due",
    DeadlineKind.REVIEW: "campaign-{year}-debate",
    DeadlineKind.VOTED: "{code}-due",
    DeadlineKind.TARGET: "{code}-target-{year}",
    DeadlineKind.RENEWAL: "{code}-renewal-{year}",
    DeadlineKind.APPROVAL: "{code}-approval",
    DeadlineKind.MEMBERSHIP: "membership-{code}-{year}",
    DeadlineKind.ACTION: "action-{year}-{code}",
    DeadlineKind.STEP: "action-{year}-{code}-step-{step}",
    DeadlineKind.SESSION: "commission-{code}",
    DeadlineKind.SERVICE: "service-{code}-approval",
    DeadlineKind.GAP: "service-{code}-gap-{step}",
    DeadlineKind.COMPLAINT: "complaint-{code}",
}
"""How the event of each kind is named."""
