"""Circulars: the remit of a department as a letter to the people who work for it, once a day each at most.

What was sent is stored after the mail server took it: a letter that could not leave stays to be sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy.orm import Session

from tracker.config.settings import Settings
from tracker.domain import subjects
from tracker.domain.journal_actions import JournalAction
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import NoticeKind
from tracker.labels import speaking
from tracker.labels.formats import PARIS
from tracker.labels.remits import remit_letter, remit_reading
from tracker.services import deliveries, journal, notices
from tracker.services.mailing import Letter, MailUnavailable, send
from tracker.services.remits import department, remit
from tracker.services.visitor import Visitor, enter
from tracker.store.models import Account
from tracker.store.queries import accounts
from tracker.store.queries import notices as notice_rows
from tracker.store.session import Database


@dataclass(frozen=True, slots=True)
class Circulated:
    """What became of a circular: the names of who got it, the addresses that failed, how many had it that day already.

    ``unavailable`` says why no letter could leave.
    """

    sent: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    already: int = 0
    unavailable: MailUnavailable | None = None


def readers(session: Session, visitor: Visitor, code: str) -> Sequence[Account]:
    """List the open accounts of the people who work for a department, by name.

    Raises:
        Forbidden: without the right to run campaigns.
        NotFound: when the organisation has no such department.
    """
    visitor.require(Permission.RUN_CAMPAIGN)
    row = department(session, visitor, code)
    found = accounts.of_organisation(session, visitor.organisation.id)
    return [account for account, grant in found if grant.department_id == row.id]


def circulate(
    store: Database, settings: Settings, account_id: int, slug: str, code: str, year: int, today: date
) -> Circulated:
    """Send the remit of a department, for ``account_id``, to those of its people who had none that day.

    It opens sessions of its own, outside any other: no lock is held while letters leave.

    Raises:
        Forbidden: without the right to run campaigns.
        NotFound: for an organisation, a department or a year that there is not.
    """
    if settings.mailing is None:
        return Circulated()
    with deliveries.alone(settings):
        with store.reading() as session:
            waiting, already, body = _letters(session, settings, _visitor(session, account_id, slug), code, year, today)
        try:
            sent = send(settings.mailing, list(waiting))
        except MailUnavailable as unavailable:
            return Circulated((), tuple(sorted(letter.to for letter in waiting)), already, unavailable)
        told = [waiting[letter] for letter in sent.delivered]
        if told:
            with store.transaction() as session:
                _store(session, _visitor(session, account_id, slug), code, told, body)
    failed = tuple(sorted(letter.to for letter in sent.failed))
    return Circulated(tuple(name for _, name in told), failed, already)


def _visitor(session: Session, account_id: int, slug: str) -> Visitor:
    account = session.get_one(Account, account_id)
    return enter(session, account, slug)


def _letters(
    session: Session, settings: Settings, visitor: Visitor, code: str, year: int, today: date
) -> tuple[dict[Letter, tuple[int, str]], int, str]:
    """Write the letters, each with the number and the name of its reader; with how many had one, and their gist."""
    people = readers(session, visitor, code)
    midnight = datetime.combine(today, time(), PARIS).astimezone(UTC)
    done = notice_rows.told_since(session, visitor.organisation.id, NoticeKind.REMIT, midnight)
    new = [account for account in people if account.id not in done]
    found = remit(session, visitor, code, year, today)
    page = f"{settings.public_url}/{visitor.organisation.slug}/directions/{code}"
    letters: dict[Letter, tuple[int, str]] = {}
    with speaking("fr"):
        for account in new:
            subject, body = remit_letter(account.name, found, page)
            letters[Letter(account.email, subject, body)] = (account.id, account.name)
        return letters, len(people) - len(new), remit_reading(found)


def _store(session: Session, visitor: Visitor, code: str, told: Sequence[tuple[int, str]], body: str) -> None:
    home = visitor.organisation.id
    numbers = [number for number, _ in told]
    notices.announce(session, home, visitor.name, numbers, NoticeKind.REMIT, subjects.department(code), body)
    journal.write(
        session,
        JournalAction.REMIT_SENT,
        organisation_id=home,
        actor=visitor.name,
        subject=code,
        after=", ".join(name for _, name in told),
    )
    session.flush()
