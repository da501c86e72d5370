"""The dashboard of an organisation: its scorecard on a day, what changed since another year, what comes next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.domain.agenda import CampaignDate, agenda
from tracker.domain.changes import Changes, changes
from tracker.domain.errors import Invalid, Problem, ProblemCode
from tracker.domain.means import Total, cost_of_action, cost_of_year, total
from tracker.domain.memberships import Renewal, renewals, standings
from tracker.domain.periods import FIRST_YEAR
from tracker.domain.plans import PlanRecord
from tracker.domain.records import Aim
from tracker.domain.scorecard import DueDate, Scorecard, score
from tracker.domain.vocabulary import Axis
from tracker.domain.workflow import CampaignRecord
from tracker.labels.formats import PARIS
from tracker.services import choices, memberships
from tracker.services.deliberations import promising
from tracker.services.portfolio import Portfolio
from tracker.services.records import campaign_record
from tracker.services.scorecards import judged
from tracker.services.visitor import Visitor
from tracker.store.models import Deliberation, Organisation
from tracker.store.queries import campaigns


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The scorecard of a year and what it was judged on, as things are today or stood at ``until``."""

    known: Portfolio
    scorecard: Scorecard
    until: datetime | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was voted nor measured yet."""
        return not self.known.commitments and not self.known.figures.sources.typed

    @property
    def first_year(self) -> int:
        """Give the first year that has something to read: that of the first vote."""
        votes = [one.deliberation.adopted_on.year for one in self.known.commitments]
        return min(votes, default=self.scorecard.year)

    def of_year(self, year: int) -> "Dashboard":
        """Give the dashboard of another year, judged on what this one knows."""
        if year == self.scorecard.year:
            return self
        card = self.scorecard
        return replace(self, scorecard=score(card.organisation, self.known.commitments, year, card.today))

    def changes(self, other: int) -> Changes:
        """Compare the year of the scorecard with ``other``, before or after it.

        Raises:
            Invalid: for the same year, or one that is not between the first vote and the day of the scorecard.
        """
        year, today = self.scorecard.year, self.scorecard.today
        if other == year:
            raise Invalid(Problem("avec", ProblemCode.SAME_YEAR_TWICE))
        if not max(self.first_year, FIRST_YEAR) <= other <= today.year:
            raise Invalid(out_of_range(str(other), self))
        if other < year:
            return changes(self.scorecard, other)
        later = score(self.scorecard.organisation, self.known.commitments, other, today)
        return changes(later, year)

    def aside(self, axis: Axis | None = None) -> Sequence[Aim]:
        """List what is followed though no commitment uses it, all of it or that of one axis."""
        return [aim for aim in choices.aside(self.known) if axis is None or aim.indicator.axis is axis]


def out_of_range(written: str, found: Dashboard) -> Problem:
    """Say that a year to compare with is not on offer, and which ones are."""
    first, last = max(found.first_year, FIRST_YEAR), found.scorecard.today.year
    return Problem("avec", ProblemCode.YEAR_OUT_OF_RANGE, {"text": written[:40], "first": first, "last": last})


def dashboard(session: Session, visitor: Visitor, year: int, today: date, until: datetime | None = None) -> Dashboard:
    """Gather the dashboard of ``year``; with ``until``, as it stood at that moment, whose day is ``today``.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a year that cannot have values.
        Invalid: for a day before the first vote, or before any was taken in.
    """
    known, card = judged(session, visitor, year, today, until)
    if until is not None and not known.commitments:
        votes = promising(session, visitor)
        if votes:
            raise Invalid(_nothing_yet(votes, today))
    return Dashboard(known, card, until)


def _nothing_yet(votes: Sequence[Deliberation], on: date) -> Problem:
    """Say that nothing was voted ``on`` a day, or taken in yet, and from when on something was."""
    first = votes[0].adopted_on
    if first > on:
        return Problem("au", ProblemCode.BEFORE_FIRST_VOTE, {"on": on, "first": first})
    return Problem("au", ProblemCode.BEFORE_FIRST_RECORD, {"on": on, "first": min(map(_known_on, votes))})


def _known_on(row: Deliberation) -> date:
    taken_in = row.recorded_at.astimezone(PARIS).date() if row.recorded_at else row.adopted_on
    return max(row.adopted_on, taken_in)


def upcoming(
    session: Session, visitor: Visitor, found: Dashboard, fees: Iterable[Renewal] = ()
) -> Sequence[DueDate | CampaignDate | Renewal]:
    """List the next dates from the day of a dashboard on: its commitments, its campaigns, the ``fees`` to decide."""
    return agenda(found.scorecard, campaigns_known(session, visitor.organisation, found.until), fees)


def fees_to_decide(session: Session, visitor: Visitor, found: Dashboard) -> Sequence[Renewal]:
    """List the fees that were still to be decided on the day of a dashboard, next due first."""
    known = memberships.known(session, visitor.organisation, found.known, found.until)
    return renewals(known, found.scorecard.today)


def year_means(session: Session, visitor: Visitor, found: Dashboard, plan: PlanRecord | None) -> Total | None:
    """Add up the fees and the actions of the year of a dashboard as `tracker.services.means` does; None without any.

    ``plan`` is the one of that year; an earlier day is told nothing, since it does not know what the plan was then.
    """
    if found.until is not None:
        return None
    year, today = found.scorecard.year, found.scorecard.today
    costs = [
        cost
        for membership in memberships.known(session, visitor.organisation, found.known)
        for standing in standings(membership, today)
        if standing.year.year == year and (cost := cost_of_year(membership, standing, {})) is not None
    ]
    costs += [cost_of_action(action, year, {}) for action in (plan.actions if plan else ())]
    return total(costs) if costs else None


def campaigns_known(
    session: Session, organisation: Organisation, until: datetime | None = None
) -> Sequence[CampaignRecord]:
    """List the campaigns of an organisation; with ``until``, those open by that moment, closed if they were by then."""
    rows = [campaign_record(row) for row in campaigns.of_organisation(session, organisation.id)]
    if until is None:
        return rows
    return [
        replace(row, closed_at=None) if row.closed_at is not None and row.closed_at > until else row
        for row in rows
        if row.opened_at <= until
    ]
