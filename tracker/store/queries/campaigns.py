"""Campaigns of an organisation, what was reopened after one, who was reminded."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.store.models import Campaign, Reminder, Reopening


def by_year(session: Session, organisation_id: int, year: int) -> Campaign | None:
    """Find the campaign of a year."""
    return session.scalar(select(Campaign).where(Campaign.organisation_id == organisation_id, Campaign.year == year))


def of_organisation(session: Session, organisation_id: int) -> Sequence[Campaign]:
    """List the campaigns of an organisation, latest year first."""
    return session.scalars(
        select(Campaign).where(Campaign.organisation_id == organisation_id).order_by(Campaign.year.desc())
    ).all()


def reopened_to(session: Session, campaign_id: int, account_id: int, today: date) -> frozenset[int]:
    """Give the numbers of the indicators that an account may still enter on ``today`` though the campaign is closed."""
    return frozenset(
        session.scalars(
            select(Reopening.indicator_id).where(
                Reopening.campaign_id == campaign_id, Reopening.account_id == account_id, Reopening.until >= today
            )
        )
    )


def reopenings(session: Session, campaign_id: int) -> Sequence[Reopening]:
    """List what was reopened after the end of a campaign, latest first."""
    return session.scalars(
        select(Reopening).where(Reopening.campaign_id == campaign_id).order_by(Reopening.id.desc())
    ).all()


def reminders(session: Session, campaign_id: int) -> Sequence[Reminder]:
    """List who was reminded, latest day first."""
    return session.scalars(
        select(Reminder).where(Reminder.campaign_id == campaign_id).order_by(Reminder.on.desc(), Reminder.id)
    ).all()
