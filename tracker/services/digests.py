"""Digests: each person who follows commitments is told what changed there, when a week or a month has begun.

As with reminders, a letter is never written from inside a transaction: the digest is stored first, with the period that
it covers, and a letter that could not leave is tried again by the next run.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from tracker.config.settings import Settings
from tracker.domain.digests import News
from tracker.domain.followings import is_due
from tracker.domain.journal_actions import JournalAction
from tracker.domain.subjects import Subject
from tracker.domain.vocabulary import DigestFrequency, NoticeKind, SubjectKind
from tracker.labels import speaking
from tracker.labels.digests import digest_letter, digest_sentence
from tracker.labels.formats import PARIS
from tracker.services import deliveries, journal, notices
from tracker.services.deliveries import Delivered
from tracker.services.developments import Developments
from tracker.services.followings import current, heard
from tracker.services.mailing import Letter
from tracker.store.models import Account, Digest, DigestChoice, Following, Organisation
from tracker.store.queries import accounts, followings
from tracker.store.session import Database

AUTHOR = "tracker"


@dataclass(frozen=True, slots=True)
class Due:
    """A person whose digest is due, the moment since which it tells, and what it tells: nothing perhaps."""

    account: Account
    since: datetime
    news: tuple[News, ...]


@dataclass(frozen=True, slots=True)
class Digested:
    """An organisation where digests are due."""

    slug: str
    due: tuple[Due, ...]

    @property
    def told(self) -> Sequence[Due]:
        """List those who are told something."""
        return [one for one in self.due if one.news]


@dataclass(frozen=True, slots=True)
class _Habit:
    """What one person follows in an organisation, and how often they want to hear of it."""

    account: Account
    rows: Sequence[tuple[Following, str]]
    choices: Sequence[DigestChoice]

    @property
    def frequency(self) -> DigestFrequency:
        return current(self.choices)

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(code for _, code in self.rows)


def write_due(store: Database, now: datetime) -> Sequence[Digested]:
    """Store the digests that are due at ``now``, with a notice for each that tells something.

    Each organisation has its own transaction: nobody who writes waits for all of them. Where nothing changed no letter
    leaves, and the next digest begins where this one ended.
    """
    found = []
    with store.reading() as session:
        homes = followings.homes(session)
    for organisation in homes:
        with store.transaction() as session:
            followings.hold(session, organisation.id)
            digested = _due(session, organisation, now)
            _write(session, organisation, digested, now)
        found.append(digested)
    return found


def foresee(session: Session, now: datetime) -> Sequence[Digested]:
    """Say what `write_due` would do, and write nothing."""
    return [_due(session, organisation, now) for organisation in followings.homes(session)]


def deliver(store: Database, settings: Settings, today: date) -> Delivered:
    """Send the letters of the digests that wait for theirs; one at most to a person of an organisation."""
    return deliveries.deliver(store, settings, Digest, lambda session: _letters(session, settings.public_url, today))


def _due(session: Session, organisation: Organisation, now: datetime) -> Digested:
    today, happened = now.astimezone(PARIS).date(), Developments(session, organisation)
    last = {digest.account_id: digest for digest in followings.digests(session, organisation.id)}
    due = []
    for habit in _habits(session, organisation):
        number = habit.account.id
        since = heard(habit.rows, habit.choices, [last[number]] if number in last else [])
        if since is not None and is_due(habit.frequency, since.astimezone(PARIS).date(), today):
            due.append(Due(habit.account, since, happened.of(habit.codes, since, now, reader=number)))
    return Digested(organisation.slug, tuple(due))


def _habits(session: Session, organisation: Organisation) -> Sequence[_Habit]:
    """List the people of an organisation who follow something, by name, without those who left or were closed out."""
    rows, choices = defaultdict(list), defaultdict(list)
    for following, code in followings.of_organisation(session, organisation.id):
        rows[following.account_id].append((following, code))
    for choice in followings.choices(session, organisation.id):
        choices[choice.account_id].append(choice)
    people = [account for account, _ in accounts.of_organisation(session, organisation.id)]
    return [_Habit(one, rows[one.id], choices[one.id]) for one in people if one.id in rows]


def _write(session: Session, organisation: Organisation, digested: Digested, now: datetime) -> None:
    today = now.astimezone(PARIS).date()
    for due in digested.due:
        session.add(
            Digest(account_id=due.account.id, organisation_id=organisation.id, on=today, since=due.since, until=now)
        )
        if due.news:
            with speaking("fr"):
                body = digest_sentence(len(due.news), due.since)
            to, about = [due.account.id], Subject(SubjectKind.COMMITMENT)
            notices.announce(session, organisation.id, AUTHOR, to, NoticeKind.DIGEST, about, body)
    if digested.told:
        journal.write(
            session,
            JournalAction.DIGESTS_SENT,
            organisation_id=organisation.id,
            actor=AUTHOR,
            subject=organisation.name[: journal.SUBJECT],
            after=", ".join(due.account.name for due in digested.told),
        )
    session.flush()


def _letters(session: Session, address: str, today: date) -> Iterator[tuple[Letter, tuple[int, ...]]]:
    """Write the letters that wait, each with the numbers of the digests it answers.

    It tells what its digests covered of what the person still follows; who wants none any more is left in peace.
    """
    homes: dict[int, Organisation] = {}
    waiting: dict[int, dict[int, list[Digest]]] = defaultdict(lambda: defaultdict(list))
    for digest, account, organisation in followings.unsent(session, today - timedelta(days=deliveries.WITHIN_DAYS)):
        homes[organisation.id] = organisation
        waiting[organisation.id][account.id].append(digest)
    for number, organisation in homes.items():
        happened = Developments(session, organisation)
        for habit in _habits(session, organisation):
            digests = waiting[number].get(habit.account.id, [])
            if not digests or habit.frequency is DigestFrequency.NEVER:
                continue
            since, until = min(one.since for one in digests), max(one.until for one in digests)
            found = happened.of(habit.codes, since, until, reader=habit.account.id)
            if found:
                with speaking("fr"):
                    subject, body = digest_letter(
                        habit.account.name, organisation.name, found, since, f"{address}/{organisation.slug}"
                    )
                yield Letter(habit.account.email, subject, body), tuple(one.id for one in digests)
