"""Campaigns of an organisation, what was reopened after one, who was reminded."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.store.models import Account, Campaign, Indicator, Organisation, Reminder, Reopening


def by_year(session: Session, organisation_id: int, year: int, *, locked: bool = False) -> Campaign | None:
    """Find the campaign of a year; ``locked`` makes two that change it on PostgreSQL come one after the other."""
    query = select(Campaign).where(Campaign.organisation_id == organisation_id, Campaign.year == year)
    return session.scalar(query.with_for_update().execution_options(populate_existing=True) if locked else query)


def of_organisation(session: Session, organisation_id: int) -> Sequence[Campaign]:
    """List the campaigns of an organisation, latest year first."""
    return session.scalars(
        select(Campaign).where(Campaign.organisation_id == organisation_id).order_by(Campaign.year.desc())
    ).all()


def running(session: Session) -> Sequence[tuple[Campaign, Organisation]]:
    """List the campaigns that are not closed, with their organisations, in a steady order."""
    rows = session.execute(
        select(Campaign, Organisation)
        .join(Organisation, Organisation.id == Campaign.organisation_id)
        .where(Campaign.closed_at.is_(None))
        .order_by(Organisation.slug, Campaign.year)
    )
    return [(campaign, organisation) for campaign, organisation in rows]


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


def reopened(session: Session, campaign_id: int) -> Sequence[tuple[Reopening, Indicator, Account]]:
    """List what was reopened after the end of a campaign, latest first, with the indicator and the person."""
    rows = session.execute(
        select(Reopening, Indicator, Account)
        .join(Indicator, Indicator.id == Reopening.indicator_id)
        .join(Account, Account.id == Reopening.account_id)
        .where(Reopening.campaign_id == campaign_id)
        .order_by(Reopening.id.desc())
    )
    return [(row, indicator, account) for row, indicator, account in rows]


def reminders(session: Session, campaign_id: int) -> Sequence[tuple[Reminder, Account]]:
    """List who was reminded, latest day first, then by name."""
    rows = session.execute(
        select(Reminder, Account)
        .join(Account, Account.id == Reminder.account_id)
        .where(Reminder.campaign_id == campaign_id)
        .order_by(Reminder.on.desc(), Account.name, Reminder.id)
    )
    return [(reminder, account) for reminder, account in rows]
