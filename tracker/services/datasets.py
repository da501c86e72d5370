"""Open data of an organisation: what its members read of it as tables, and the part that strangers may read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.domain import opened
from tracker.domain.digital_services import Audience
from tracker.domain.estate import EquipmentCategory
from tracker.domain.lifetimes import Lifetimes
from tracker.domain.memberships import MembershipRecord
from tracker.domain.opened import OpenDeliberation, OpenService, OpenValue, OpenYear
from tracker.domain.periods import last_full_year
from tracker.domain.permissions import Permission
from tracker.domain.plans import PlanRecord
from tracker.domain.publications import PublicationRecord
from tracker.domain.records import Aim
from tracker.domain.scdl import PublishedDeliberation
from tracker.domain.scorecard import score
from tracker.domain.vocabulary import PublicationScope, VoteOutcome
from tracker.exports.datasets import actions as of_actions
from tracker.exports.datasets import deliberations as of_deliberations
from tracker.exports.datasets import estate_totals as of_estate
from tracker.exports.datasets import indicators as of_indicators
from tracker.exports.datasets import measurements as of_measurements
from tracker.exports.datasets import memberships as of_memberships
from tracker.exports.datasets import objectives as of_objectives
from tracker.exports.datasets import services as of_services
from tracker.exports.datasets import targets as of_targets
from tracker.exports.datasets.agec import AGEC, agec
from tracker.exports.datasets.impact import IMPACT, impact
from tracker.exports.tabular import DataTable
from tracker.labels.formats import PARIS
from tracker.services import lifetimes, memberships
from tracker.services.deliberations import published_of
from tracker.services.planned import adopted_by, plan_records
from tracker.services.portfolio import Portfolio, portfolio
from tracker.services.published import Published, edition
from tracker.services.records import deliberation_record, latest_reading, organisation_record, was_voted
from tracker.services.service_rows import record_of
from tracker.services.visitor import Visitor
from tracker.store.models import AccessStatement, Deliberation, Organisation
from tracker.store.queries import accessibility, commitments, digital_services, open_data, organisations
from tracker.store.queries import measurements as values

Estate = Mapping[int, Mapping[EquipmentCategory, Lifetimes]]
TABLES = (
    of_objectives.OBJECTIVES,
    of_objectives.STATES,
    of_indicators.INDICATORS,
    of_targets.TARGETS,
    of_targets.LEVELS,
    of_measurements.MEASUREMENTS,
    of_actions.ACTIONS,
    of_memberships.MEMBERSHIPS,
    of_memberships.FEES,
    of_services.SERVICES,
    of_estate.ESTATE_TOTALS,
    of_deliberations.DELIBERATIONS,
    IMPACT,
    AGEC,
)
"""Every table, without rows, in the order of the package."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the tables are made of, for one audience; ``today`` is the day that it is looked at."""

    organisation: Organisation
    today: date
    years: Sequence[OpenYear]
    aims: Mapping[str, Aim]
    values: Sequence[OpenValue]
    plans: Sequence[PlanRecord]
    memberships: Sequence[MembershipRecord]
    services: Sequence[OpenService]
    estate: Estate
    texts: Sequence[Deliberation]

    def tables(self) -> Sequence[DataTable]:
        """Give every table of `TABLES` with its rows."""
        told = opened.commitments(self.years)
        votes = [row.reference for row in self.texts]
        name = self.organisation.name
        return (
            of_objectives.objectives(self.years),
            of_objectives.states(self.years),
            of_indicators.indicators(self.aims.values()),
            of_targets.targets(self.years, votes),
            of_targets.levels(self.years),
            of_measurements.measurements(self.values),
            of_actions.actions(self.plans, told, votes),
            of_memberships.memberships(self.memberships),
            of_memberships.fees(self.memberships, told, votes, self.today),
            of_services.services(self.services),
            of_estate.estate_totals(self.estate),
            of_deliberations.deliberations([_deliberation(row) for row in self.texts]),
            impact(name, self.aims.values(), self.values, self.years),
            agec(name, self.values),
        )


def tables(session: Session, found: Published | Visitor, today: date) -> Sequence[DataTable]:
    """Give the tables that strangers read of what was published, or those that a member reads.

    Raises:
        Forbidden: to a visitor without the right to read.
    """
    return gathered(session, found, today).tables()


def gathered(session: Session, found: Published | Visitor, today: date) -> Gathered:
    """Gather what the tables are made of; the number of queries depends on how many years are told, not on their size.

    Raises:
        Forbidden: to a visitor without the right to read.
    """
    if isinstance(found, Published):
        return _published(session, found)
    found.require(Permission.READ)
    return everything(session, found.organisation, today)


def mark(session: Session, found: Published) -> tuple[str, datetime]:
    """Give what changes with the tables that strangers read, and since when they are so.

    What was published is as its decision knew it; the services and the estate have no versions and are as they are.
    """
    if not _whole(found):
        return f"{found.mark}/{found.row.stamp}", found.changed_at
    numbers, changed_at = open_data.trace(session, found.row.id)
    told = "/".join(map(str, (found.mark, found.row.stamp, found.today, *numbers)))
    return told, max(filter(None, (found.changed_at, changed_at)))


def scdl_rows(session: Session, made: Gathered) -> Sequence[PublishedDeliberation]:
    """Give the deliberations that the tables name as the SCDL has them."""
    return published_of(session, made.organisation, made.texts)


def everything(session: Session, home: Organisation, today: date) -> Gathered:
    """Gather all that members read of ``home``, for whoever was let in already."""
    known = portfolio(session, home)
    voted = [one.deliberation.adopted_on.year for one in known.commitments]
    record = organisation_record(home)
    years = [
        OpenYear(score(record, known.commitments, year, today), year)
        for year in range(min(voted, default=today.year), today.year + 1)
    ]
    told = _revisions(session, home, known, today)
    codes = dict.fromkeys([*known.used(), *(one.indicator for one in told)])
    aims = known.aims()
    return Gathered(
        organisation=home,
        today=today,
        years=years,
        aims={code: aims[code] if code in aims else known.figures.aim(code) for code in codes},
        values=told,
        plans=list(plan_records(session, home.id).values()),
        memberships=memberships.known(session, home, known),
        services=_services(session, home),
        estate=lifetimes.by_year(
            session, home, [one.year for one in years if one.year <= last_full_year(today)], today
        ),
        texts=commitments.deliberations(session, home.id),
    )


def _published(session: Session, found: Published) -> Gathered:
    """Gather what strangers may read: docs/adr/0022 says why each thing is there."""
    home, today = found.row, found.today
    years = [
        OpenYear(edition(session, home, version).scorecard, version.number, version.has_values)
        for version in found.visible
    ]
    whole = _whole(found)
    plans = [adopted_by(session, home.id, one.year, one.recorded_at) for one in whole]
    joined = _voted_memberships(session, home, whole)
    adopted = [plan for plan in plans if plan is not None]
    named = {one.deliberation.reference for one in opened.commitments(years).values()}
    named |= {plan.adopted.deliberation for plan in adopted if plan.adopted}
    named |= {year.deliberation for one in joined for year in one.years}
    return Gathered(
        organisation=home,
        today=max((one.card.today for one in years), default=today),
        years=years,
        aims=opened.aims(years),
        values=opened.known_values(years, _day),
        plans=adopted,
        memberships=joined,
        services=[one for one in _services(session, home) if _is_public(one, today)] if whole else (),
        estate=lifetimes.by_year(session, home, [one.year for one in whole], today),
        texts=_texts(session, home, named, found.visible),
    )


def _whole(found: Published) -> Sequence[PublicationRecord]:
    """List the versions that show everything of their year, with its values: only these tell of more than promises."""
    return [one for one in found.visible if one.scope is PublicationScope.EVERYTHING and one.has_values]


def _texts(
    session: Session, home: Organisation, named: Collection[str], versions: Sequence[PublicationRecord]
) -> Sequence[Deliberation]:
    last = max((one.recorded_at for one in versions), default=None)
    rows = commitments.deliberations(session, home.id) if last else ()
    return [row for row in rows if row.reference in named and last and was_voted(row, last)]


def _voted_memberships(
    session: Session, home: Organisation, versions: Sequence[PublicationRecord]
) -> Sequence[MembershipRecord]:
    """Give the memberships of which a published year was decided by a deliberation, with those years only."""
    found: dict[str, MembershipRecord] = {}
    for version in sorted(versions, key=lambda one: one.year):
        then = portfolio(session, home, until=version.recorded_at)
        for one in memberships.known(session, home, then, version.recorded_at):
            own = [year for year in one.years if year.year == version.year and year.deliberation]
            if own:
                before = found[one.code].years if one.code in found else ()
                found[one.code] = replace(one, years=(*before, *own))
    return list(found.values())


def _services(session: Session, home: Organisation) -> Sequence[OpenService]:
    """List the services, each with the last statement that was published of it; three queries."""
    codes = {row.id: row.code for row in organisations.departments(session, home.id)}
    stated: dict[int, AccessStatement] = {}
    for statement in accessibility.statements(session, home.id):
        stated[statement.service_id] = statement
    listed = []
    for row in digital_services.everything(session, home.id):
        record, last = record_of(row, codes.get(row.department_id or 0, "")), stated.get(row.id)
        told = (last.published_on, last.url, last.conformity) if last else ()
        listed.append(OpenService(record, *told))
    return listed


def _is_public(one: OpenService, today: date) -> bool:
    """Tell whether anybody can meet the service by its address: it is public by nature."""
    record = one.record
    return record.audience is Audience.PUBLIC and bool(record.address) and record.is_online(today)


def _revisions(session: Session, home: Organisation, known: Portfolio, today: date) -> Sequence[OpenValue]:
    """List every revision that counts for readers, and the values that are computed today."""
    codes = {row.id: code for code, row in known.figures.rows.items()}
    current = known.figures.values
    told = []
    for row in values.counting(session, home.id):
        code, reading = codes[row.indicator_id], latest_reading(row)
        kept = current[code].readings.get(reading.year) if code in current else None
        is_current = kept is not None and kept.revision == reading.revision
        told.append(OpenValue(code, reading, _day(row.recorded_at), is_current))
    computed = [
        OpenValue(code, reading, today, is_current=True)
        for code, found in current.items()
        for reading in found.readings.values()
        if not reading.revision
    ]
    return [*told, *computed]


def _day(moment: datetime) -> date:
    return moment.astimezone(PARIS).date()


def _deliberation(row: Deliberation) -> OpenDeliberation:
    outcome = next((one for one in VoteOutcome if one == row.outcome), None)
    return OpenDeliberation(
        deliberation_record(row), outcome, row.votes_for, row.votes_against, row.abstentions, row.url
    )
