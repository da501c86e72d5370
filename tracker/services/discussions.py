"""Discussions: messages about a value, a commitment or an action, and who is told of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from tracker.domain.errors import ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.mentions import mentioned
from tracker.domain.paging import page_count
from tracker.domain.permissions import Permission
from tracker.domain.subjects import Subject
from tracker.domain.vocabulary import NoticeKind
from tracker.services import journal, notices
from tracker.services.topics import topic
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import Account, Message
from tracker.store.queries import accounts, messages

BODY_LIMIT = 2000
PAGE = 20
DOUBLE_CLICK = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Thread:
    """A page of the messages about a subject, oldest of them first; page 1 has the latest. ``total`` counts them all.

    ``people`` are those who can be told of a message.
    """

    messages: Sequence[Message]
    total: int
    page: int
    pages: int
    people: Sequence[Account]


def thread(session: Session, visitor: Visitor, subject: Subject, page: int) -> Thread:
    """Give a page of what was written about ``subject``.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a page that does not exist.
    """
    visitor.require(Permission.READ)
    home = visitor.organisation.id
    total = messages.count(session, home, subject)
    pages = page_count(total, PAGE, page)
    latest_first = messages.page(session, home, subject, skip=(page - 1) * PAGE, limit=PAGE)
    people = [one for one, _ in accounts.of_organisation(session, home) if one.id != visitor.account_id]
    return Thread(latest_first[::-1], total, page, pages, people)


def said(session: Session, visitor: Visitor, subject: Subject) -> int:
    """Count the messages about ``subject``.

    Raises:
        Forbidden: without the right to read.
    """
    visitor.require(Permission.READ)
    return messages.count(session, visitor.organisation.id, subject)


def say(session: Session, visitor: Visitor, subject: Subject, body: str, chosen: Collection[int], today: date) -> bool:
    """Write a message; tell those it calls or who were ``chosen``, and those who wrote before. A double click is one.

    Nobody outside the organisation is ever told, whatever was typed.

    Raises:
        Forbidden: without the right to discuss.
        NotFound: when the organisation has no such value, commitment or action.
        Invalid: for an empty or too long message.
    """
    visitor.require(Permission.DISCUSS)
    topic(session, visitor, subject, today)
    written = written_body(body, ProblemCode.MESSAGE_MISSING)
    home, now = visitor.organisation.id, datetime.now(UTC)
    accounts.hold(session, visitor.account_id)
    if messages.repeats(session, home, subject, visitor.account_id, written, now - DOUBLE_CLICK):
        return False
    people = {one.id: (one.name, one.email) for one, _ in accounts.of_organisation(session, home)}
    called = (mentioned(written, people) | frozenset(chosen)) & people.keys()
    before = (messages.writers(session, home, subject) - called) & people.keys()
    session.add(
        Message(
            organisation_id=home,
            subject_kind=subject.kind,
            subject_code=subject.code,
            subject_year=subject.year,
            body=written,
            account_id=visitor.account_id,
            author=visitor.name,
            at=now,
        )
    )
    notices.tell(session, visitor, called, NoticeKind.MENTIONED, subject, written)
    notices.tell(session, visitor, before, NoticeKind.ANSWERED, subject, written)
    journal.write(
        session,
        JournalAction.MESSAGE_WRITTEN,
        organisation_id=home,
        actor=visitor.name,
        subject=subject.code,
        year=subject.year or None,
    )
    session.flush()
    return True


def written_body(body: str, missing: ProblemCode) -> str:
    """Give what somebody wrote as it is kept: a message, a question or an answer.

    Raises:
        Invalid: when it is empty, with ``missing``, or too long.
    """
    typed = Typed()
    written = typed.words("body", body, missing, BODY_LIMIT)
    typed.end()
    return written
