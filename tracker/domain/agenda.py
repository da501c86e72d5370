"""The next dates of an organisation: what its commitments wait for, the days of its campaigns, fees to decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.domain.memberships import Renewal
from tracker.domain.scorecard import DueDate, Scorecard
from tracker.domain.vocabulary import CommitmentKind
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


def coming(card: Scorecard, renewals: Iterable[Renewal]) -> tuple[DueDate, ...]:
    """List the dates of the commitments ahead of ``card``'s day, but for a renewal that a membership tells by itself.

    Two lines on one fee would read as two fees.
    """
    told = {(one.year.commitment, one.year.year) for one in renewals}
    return tuple(
        due
        for due in card.coming()
        if due.commitment.kind is not CommitmentKind.RENEWAL
        or due.commitment.due_on is not None
        or (due.commitment.code, due.on.year) not in told
    )


def agenda(
    card: Scorecard, campaigns: Iterable[CampaignRecord], renewals: Iterable[Renewal] = ()
) -> tuple[DueDate | CampaignDate | Renewal, ...]:
    """List all dates from the day of ``card`` on, next first; on the same day, the campaign's, then the fees."""
    fees = tuple(renewals)
    ahead = (one for one in fees if not one.is_past(card.today))
    found: list[DueDate | CampaignDate | Renewal] = [
        *campaign_dates(campaigns, card.today),
        *ahead,
        *coming(card, fees),
    ]
    return tuple(sorted(found, key=lambda one: one.on))
