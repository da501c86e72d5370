"""Reminders: who still owes values of a campaign is told, in the product at once, by e-mail once that is stored.

A letter is never written from inside a transaction: the reminder is stored first, and a letter that could not leave is
tried again by the next run, for as long as it is still true.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from tracker.config.settings import Settings
from tracker.domain import campaigns as rules
from tracker.domain import subjects
from tracker.domain.errors import Conflict, NotFound, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import NoticeKind
from tracker.labels import speaking
from tracker.labels.campaigns import reminder_letter, reminder_sentence
from tracker.services import deliveries, journal, notices
from tracker.services.assignments import Person, holdings
from tracker.services.deliveries import Delivered
from tracker.services.followups import Owed, owed
from tracker.services.mailing import Letter
from tracker.services.records import campaign_record
from tracker.services.visitor import Visitor
from tracker.store.models import Campaign, Organisation, Reminder
from tracker.store.queries import campaigns
from tracker.store.session import Database

AUTHOR = "tracker"


@dataclass(frozen=True, slots=True)
class Debt:
    """What one person still has to type or to submit in a campaign."""

    person: Person
    owed: tuple[Owed, ...]


@dataclass(frozen=True, slots=True)
class Reminded:
    """A campaign whose people were reminded: who just was, and who had been that day already."""

    slug: str
    year: int
    debts: tuple[Debt, ...]
    already: int


def remind(session: Session, visitor: Visitor, year: int, today: date) -> Reminded:
    """Remind everyone who owes values of ``year``, once a day each.

    Raises:
        Forbidden: without the right to run campaigns.
        NotFound: for a year without campaign.
        Conflict: when it is closed.
    """
    visitor.require(Permission.RUN_CAMPAIGN)
    row = campaigns.by_year(session, visitor.organisation.id, year, locked=True)
    if row is None:
        raise NotFound(year)
    if row.closed_at is not None:
        raise Conflict(Problem("reminders", ProblemCode.CAMPAIGN_ENDED, {"year": year}))
    return _remind(session, visitor.organisation, row, visitor.name, today)


def remind_planned(session: Session, today: date) -> Sequence[Reminded]:
    """Remind, in every organisation, those who owe values where a reminder is planned for ``today``."""
    told = []
    for campaign, organisation in campaigns.running(session):
        row = campaigns.by_year(session, organisation.id, campaign.year, locked=True)
        if row is not None and _is_planned(session, row, today):
            told.append(_remind(session, organisation, row, AUTHOR, today))
    return told


def foresee(session: Session, today: date) -> Sequence[Reminded]:
    """Say what `remind_planned` would do, and write nothing."""
    return [
        _reminded(session, organisation, row, today)
        for row, organisation in campaigns.running(session)
        if _is_planned(session, row, today)
    ]


def deliver(store: Database, settings: Settings, today: date) -> Delivered:
    """Send the letters of the reminders that wait for theirs; one at most to a person, and each only once."""
    return deliveries.deliver(store, settings, Reminder, lambda session: _letters(session, settings.public_url, today))


def _is_planned(session: Session, row: Campaign, today: date) -> bool:
    seen = {reminder.on for reminder, _ in campaigns.reminders(session, row.id)}
    return rules.planned(campaign_record(row), seen, today)


def _remind(session: Session, organisation: Organisation, row: Campaign, author: str, today: date) -> Reminded:
    found = _reminded(session, organisation, row, today)
    now = datetime.now(UTC)
    for debt in found.debts:
        session.add(
            Reminder(
                campaign_id=row.id,
                account_id=debt.person.account_id,
                on=today,
                missing=len(debt.owed),
                recorded_at=now,
            )
        )
        with speaking("fr"):
            body = reminder_sentence(len(debt.owed), row.year, row.due_on, today)
        about = subjects.campaign(row.year)
        to = [debt.person.account_id]
        notices.announce(session, organisation.id, author, to, NoticeKind.REMINDER, about, body)
    if found.debts:
        journal.write(
            session,
            JournalAction.REMINDERS_SENT,
            organisation_id=organisation.id,
            actor=author,
            subject=str(row.year),
            year=row.year,
            after=", ".join(debt.person.name for debt in found.debts),
        )
    session.flush()
    return found


def _reminded(session: Session, organisation: Organisation, row: Campaign, today: date) -> Reminded:
    debts = _debts(session, organisation, row)
    done = {reminder.account_id for reminder, _ in campaigns.reminders(session, row.id) if reminder.on == today}
    new = tuple(debt for debt in debts if debt.person.account_id not in done)
    return Reminded(organisation.slug, row.year, new, len(debts) - len(new))


def _debts(session: Session, organisation: Organisation, row: Campaign) -> tuple[Debt, ...]:
    """List who owes something, each with what they owe; a person with nothing left to do is left in peace."""
    held = holdings(session, organisation)
    values = [one for one in owed(session, organisation, row, held) if one.is_waited_for]
    found = ((person, tuple(one for one in values if person in one.people)) for person in held.people)
    return tuple(Debt(person, mine) for person, mine in found if mine)


def _letters(session: Session, address: str, today: date) -> Iterator[tuple[Letter, tuple[int, ...]]]:
    """Write the letters that wait, each with the numbers of the reminders it answers."""
    since = today - timedelta(days=deliveries.WITHIN_DAYS)
    for row, organisation in campaigns.running(session):
        waiting: dict[int, list[int]] = {}
        for reminder, account in campaigns.reminders(session, row.id):
            if reminder.mailed_at is None and reminder.on >= since:
                waiting.setdefault(account.id, []).append(reminder.id)
        if not waiting:
            continue
        for debt in _debts(session, organisation, row):
            if debt.person.account_id in waiting:
                page = f"{address}/{organisation.slug}/saisie/{row.year}"
                names = [one.indicator.name for one in debt.owed]
                with speaking("fr"):
                    subject, body = reminder_letter(
                        debt.person.name, organisation.name, row.year, row.due_on, today, names, page
                    )
                yield Letter(debt.person.email, subject, body), tuple(waiting[debt.person.account_id])
