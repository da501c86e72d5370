"""The brief of a year: what an official reads on one page, the same for the page, its PDF and the presentation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.domain.agenda import CampaignDate, agenda
from tracker.domain.changes import Changes, StateChange, since_last_year
from tracker.domain.memberships import Renewal
from tracker.domain.records import OrganisationRecord
from tracker.domain.scorecard import Card, DueDate, Scorecard
from tracker.domain.workflow import CampaignRecord

CARDS, LINES, DATES = 12, 4, 5
"""What one page holds: commitments, changes or late milestones, dates. The rest is counted."""


@dataclass(frozen=True, slots=True)
class Brief:
    """An organisation's year for whoever has a minute; ``campaign`` is the year's own, None without one.

    ``changes`` is None for a year that is not over: it is not compared with the one before.
    ``is_empty`` tells that nothing was voted yet, whatever the year; ``is_past``, that things stood so on an earlier
    day, and may stand otherwise today.
    """

    scorecard: Scorecard
    changes: Changes | None
    late: tuple[DueDate, ...]
    dates: tuple[DueDate | CampaignDate | Renewal, ...]
    campaign: CampaignRecord | None
    is_empty: bool
    is_past: bool

    @property
    def organisation(self) -> OrganisationRecord:
        """Give the authority."""
        return self.scorecard.organisation

    @property
    def year(self) -> int:
        """Give the year told."""
        return self.scorecard.year

    @property
    def as_of(self) -> date:
        """Give the day on which things stood so."""
        return self.scorecard.today

    @property
    def moved(self) -> tuple[StateChange, ...]:
        """Give the commitments whose state changed since the year before, the most telling first."""
        return self.changes.moved if self.changes else ()

    @property
    def has_flagships(self) -> bool:
        """Tell whether the authority put some commitments first."""
        return bool(self.scorecard.flagships)

    @property
    def chosen(self) -> tuple[Card, ...]:
        """Give the commitments that the authority puts first, or all its promises where it puts none first."""
        return self.scorecard.flagships or self.scorecard.promises

    @property
    def cards(self) -> tuple[Card, ...]:
        """Give the commitments that one page holds."""
        return self.chosen[:CARDS]


def brief(
    scorecard: Scorecard,
    campaigns: Iterable[CampaignRecord],
    fees: Iterable[Renewal] = (),
    *,
    is_empty: bool,
    is_past: bool = False,
) -> Brief:
    """Gather the brief of the scorecard's year; ``campaigns`` and ``fees`` to decide are the organisation's."""
    known = tuple(campaigns)
    return Brief(
        scorecard=scorecard,
        changes=since_last_year(scorecard),
        late=scorecard.overdue(),
        dates=agenda(scorecard, known, fees),
        campaign=next((one for one in known if one.year == scorecard.year), None),
        is_empty=is_empty,
        is_past=is_past,
    )
