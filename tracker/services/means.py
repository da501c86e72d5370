"""Means: what an organisation's commitments cost, from its memberships and from the actions of its plans."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.actions import ActionRecord
from tracker.domain.actions import Means as ActionMeans
from tracker.domain.errors import NotFound
from tracker.domain.means import Cost, Total, by_axis, by_commitment, by_year, cost_of_action, cost_of_year, total
from tracker.domain.memberships import standings
from tracker.domain.periods import FIRST_YEAR
from tracker.domain.permissions import Permission
from tracker.domain.records import CommitmentRecord
from tracker.domain.vocabulary import ActionStatus, Axis
from tracker.services import memberships
from tracker.services.budget_lines import imputation
from tracker.services.portfolio import Portfolio, portfolio
from tracker.services.visitor import Visitor
from tracker.store.models import Organisation
from tracker.store.queries import means as stored


@dataclass(frozen=True, slots=True)
class YearMeans:
    """What the commitments cost in a year: its lines, their totals, and those of every year that has some."""

    year: int
    costs: tuple[Cost, ...]
    total: Total
    by_axis: Mapping[Axis | None, Total]
    by_commitment: Sequence[tuple[CommitmentRecord, Total]]
    by_year: Mapping[int, Total]
    years: Sequence[int]

    @property
    def dropped(self) -> Total:
        """Add up what was planned for actions that were dropped: it is part of the total, and will not be spent."""
        return total(one for one in self.costs if one.state is ActionStatus.DROPPED)


def means(session: Session, visitor: Visitor, year: int, today: date) -> YearMeans:
    """Gather what the commitments cost in ``year``.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a year before 2000 or after the next one.
    """
    visitor.require(Permission.READ)
    if not FIRST_YEAR <= year <= today.year + 1:
        raise NotFound(year)
    voted = portfolio(session, visitor.organisation)
    everything = costs(session, visitor.organisation, voted, today)
    own = tuple(one for one in everything if one.year == year)
    records = {one.code: one for one in voted.commitments}
    return YearMeans(
        year=year,
        costs=own,
        total=total(own),
        by_axis=by_axis(own),
        by_commitment=[(records[code], found) for code, found in by_commitment(own).items() if code in records],
        by_year=by_year(everything),
        years=sorted({one.year for one in everything} | {year, today.year}, reverse=True),
    )


def costs(session: Session, organisation: Organisation, voted: Portfolio, today: date) -> Sequence[Cost]:
    """List what every fee and every action costs, fees first, oldest year first."""
    axes = {one.code: one.axis for one in voted.commitments}
    found = [
        cost
        for membership in memberships.known(session, organisation, voted)
        for standing in standings(membership, today)
        if (cost := cost_of_year(membership, standing, axes)) is not None
    ]
    for row in stored.actions(session, organisation.id):
        version = row.version
        action = ActionRecord(
            code=row.code,
            version=version.version,
            title=version.title_fr,
            status=version.status,
            commitments=row.commitments,
            means=ActionMeans(version.planned, version.spent, version.tax),
            line=imputation(row.line) if row.line else None,
        )
        found.append(cost_of_action(action, row.year, axes))
    return found
