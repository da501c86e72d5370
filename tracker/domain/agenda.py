"""The next dates of an organisation: what its commitments wait for, and the days of its campaigns."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.domain.scorecard import DueDate, Scorecard
from tracker.domain.workflow import CampaignRecord


@dataclass(frozen=True, slots=True)
class CampaignDate:
    """A day of the campaign of ``year``: the last one to submit its values, or that of the debate on its review."""

    on: date
    year: int
    is_debate: bool


def campaign_dates(campaigns: Iterable[CampaignRecord], today: date) -> tuple[CampaignDate, ...]:
    """List the days of campaigns from ``today`` on, next first; a closed one has no more day to submit."""
    found = []
    for campaign in campaigns:
        if campaign.is_open and campaign.due_on >= today:
            found.append(CampaignDate(campaign.due_on, campaign.year, is_debate=False))
        if campaign.debate_on is not None and campaign.debate_on >= today:
            found.append(CampaignDate(campaign.debate_on, campaign.year, is_debate=True))
    return tuple(sorted(found, key=lambda day: (day.on, day.year, day.is_debate)))


def agenda(card: Scorecard, campaigns: Iterable[CampaignRecord]) -> tuple[DueDate | CampaignDate, ...]:
    """List all dates from the day of ``card`` on, next first; on the same day, the campaign's before the others."""
    return tuple(sorted((*campaign_dates(campaigns, card.today), *card.coming()), key=lambda one: one.on))
