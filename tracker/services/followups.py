"""The follow-up of a campaign: how far each value has come, by axis, department and person, and what nobody holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.campaigns import WAITING, Progress, progress, tally
from tracker.domain.errors import NotFound
from tracker.domain.permissions import Permission
from tracker.domain.records import IndicatorRecord
from tracker.domain.vocabulary import Axis
from tracker.domain.workflow import CampaignRecord
from tracker.services.assignments import Holder, Holdings, Person, holdings, typed_in
from tracker.services.portfolio import Portfolio, portfolio
from tracker.services.records import campaign_record
from tracker.services.standings import Standing, standings, standings_of
from tracker.services.visitor import Visitor
from tracker.store.models import Account, Campaign, Indicator, Organisation, Reminder, Reopening
from tracker.store.queries import campaigns, measurements

Counts = Mapping[Progress, int]


@dataclass(frozen=True, slots=True)
class Owed:
    """A value that the year asks for: how far it has come, who holds its indicator, and who can enter it.

    ``is_published`` tells whether readers see a value whatever becomes of the last revision.
    """

    indicator: IndicatorRecord
    number: int
    progress: Progress
    holders: tuple[Holder, ...]
    people: tuple[Person, ...]
    is_published: bool

    @property
    def is_waited_for(self) -> bool:
        """Tell whether its officer still has something to do."""
        return self.progress in WAITING


@dataclass(frozen=True, slots=True)
class Overview:
    """A campaign and how far its values have come."""

    campaign: CampaignRecord
    counts: Counts

    @property
    def total(self) -> int:
        """Give how many values the year asks for."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Followup:
    """The campaign of a year with all the values it asks for, its reminders, and what was given back."""

    campaign: CampaignRecord
    version: int
    today: date
    owed: tuple[Owed, ...]
    holdings: Holdings
    reminders: Sequence[tuple[Reminder, Account]]
    reopenings: Sequence[tuple[Reopening, Indicator, Account]]

    @property
    def counts(self) -> Counts:
        """Count all the values."""
        return tally(one.progress for one in self.owed)

    @property
    def missing(self) -> tuple[Owed, ...]:
        """List the values that their officers still have to type or to submit, those with nothing first."""
        waited = [one for one in self.owed if one.is_waited_for]
        return tuple(sorted(waited, key=lambda one: list(Progress).index(one.progress), reverse=True))

    @property
    def uncounted(self) -> tuple[Owed, ...]:
        """List the values of which readers would see nothing if the campaign were closed now."""
        return tuple(one for one in self.owed if one.progress is not Progress.VALIDATED and not one.is_published)

    @property
    def kept(self) -> tuple[Owed, ...]:
        """List the values whose last revision is not validated, and of which readers go on seeing an older one."""
        return tuple(one for one in self.owed if one.progress is not Progress.VALIDATED and one.is_published)

    @property
    def unheld(self) -> tuple[Owed, ...]:
        """List the values entrusted to nobody."""
        return tuple(one for one in self.owed if not one.holders)

    @property
    def unreachable(self) -> tuple[Owed, ...]:
        """List the values still waited for whose departments have nobody with an account."""
        return tuple(one for one in self.owed if one.holders and not one.people and one.is_waited_for)

    def by_axis(self) -> Mapping[Axis, Counts]:
        """Count the values of each axis that has some."""
        found = {axis: tally(one.progress for one in self.owed if one.indicator.axis is axis) for axis in Axis}
        return {axis: counts for axis, counts in found.items() if counts}

    def by_department(self) -> Sequence[tuple[Holder, Counts]]:
        """Count the values of each department that holds some, in their order."""
        found = ((one, tally(o.progress for o in self.owed if one in o.holders)) for one in self.holdings.departments)
        return [(department, counts) for department, counts in found if counts]

    def by_person(self) -> Sequence[tuple[Person, Counts]]:
        """Count the values that each person may enter as theirs, who has most to do first."""
        found = [(one, tally(o.progress for o in self.owed if one in o.people)) for one in self.holdings.people]
        held = [(person, counts) for person, counts in found if counts]
        return sorted(held, key=lambda one: -sum(count for step, count in one[1].items() if step in WAITING))


def overviews(session: Session, visitor: Visitor) -> Sequence[Overview]:
    """Give every campaign of the visitor's organisation, latest year first, with how far its values have come."""
    visitor.require(Permission.READ)
    rows = {row.year: campaign_record(row) for row in campaigns.of_organisation(session, visitor.organisation.id)}
    if not rows:
        return ()
    known = portfolio(session, visitor.organisation, with_drafts=True)
    found = standings_of(session, visitor.organisation, rows)
    return [
        Overview(record, tally(_progress(known, found[year], code) for code in typed_in(known, year)))
        for year, record in rows.items()
    ]


def followup(session: Session, visitor: Visitor, year: int, today: date) -> Followup:
    """Give the follow-up of the campaign of ``year``.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a year without campaign.
    """
    visitor.require(Permission.READ)
    row = campaigns.by_year(session, visitor.organisation.id, year)
    if row is None:
        raise NotFound(year)
    held = holdings(session, visitor.organisation)
    return Followup(
        campaign=campaign_record(row),
        version=row.version,
        today=today,
        owed=owed(session, visitor.organisation, row, held),
        holdings=held,
        reminders=campaigns.reminders(session, row.id),
        reopenings=campaigns.reopened(session, row.id),
    )


def owed(session: Session, organisation: Organisation, row: Campaign, held: Holdings) -> tuple[Owed, ...]:
    """List the values that a campaign asks for, in the catalogue's order."""
    known = portfolio(session, organisation, with_drafts=True)
    found = standings(session, organisation, row.year, campaign_record(row))
    published = measurements.published(session, organisation.id, row.year)
    listed = []
    for code in typed_in(known, row.year):
        number = known.figures.rows[code].id
        people, come = held.people_of(number), _progress(known, found, code)
        record = known.figures.indicator(code)
        listed.append(Owed(record, number, come, held.of(number), people, number in published))
    return tuple(listed)


def _progress(known: Portfolio, found: Mapping[int, Standing], code: str) -> Progress:
    standing = found.get(known.figures.rows[code].id)
    if standing is None or standing.is_withdrawn:
        return progress(None)
    return progress(standing.stage, is_published=standing.is_published)
