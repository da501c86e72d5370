"""The way of a value through the year's campaign: draft, submitted, validated, locked, or returned with a reason."""

from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.vocabulary import Stage


@dataclass(frozen=True, slots=True)
class CampaignRecord:
    """The collection of a year's values.

    ``due_on`` is the last day to submit, ``debate_on`` the day of the debate that the review is for;
    ``has_four_eyes`` forbids to validate a value of one's own.
    """

    year: int
    opened_at: datetime
    due_on: date
    debate_on: date | None = None
    reminders_on: tuple[date, ...] = ()
    has_four_eyes: bool = False
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether values may still be typed and validated."""
        return self.closed_at is None

    def is_late(self, today: date) -> bool:
        """Tell whether what is not submitted on ``today`` is late."""
        return self.is_open and today > self.due_on


@dataclass(frozen=True, slots=True)
class Step:
    """Where a revision of a value went: submitted, returned or validated, by whom, when, and why."""

    stage: Stage
    author: str
    at: datetime
    reason: str = ""


def stage_of(last: Stage | None, campaign: CampaignRecord | None) -> Stage | None:
    """Give how far a revision is whose last step is ``last``; None in a year without campaign: all values count."""
    if campaign is None:
        return None
    if last is Stage.VALIDATED and not campaign.is_open:
        return Stage.LOCKED
    return last or Stage.DRAFT


def waits_for_submission(stage: Stage | None) -> bool:
    """Tell whether a value at ``stage`` is still its officer's to submit."""
    return stage in {Stage.DRAFT, Stage.RETURNED}


def counts(campaign: CampaignRecord | None, recorded_at: datetime | None, *, is_validated: bool) -> bool:
    """Tell whether a revision is shown to readers.

    Without a campaign every value counts as soon as it is recorded. In a campaign only what was validated does,
    and what had been published before the campaign was opened.
    """
    if campaign is None or is_validated:
        return True
    return recorded_at is not None and recorded_at < campaign.opened_at
