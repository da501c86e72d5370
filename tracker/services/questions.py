"""Questions on commitments: anyone who reads asks, whoever leads the strategy answers, nothing is erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from tracker.domain import subjects
from tracker.domain.bilingual import Bilingual
from tracker.domain.errors import NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.paging import page_count
from tracker.domain.permissions import Permission, may
from tracker.domain.vocabulary import NoticeKind
from tracker.services import journal, notices
from tracker.services.discussions import DOUBLE_CLICK, written_body
from tracker.services.visitor import Visitor
from tracker.store.models import Answer, Commitment, Question
from tracker.store.queries import accounts, commitments, followings, questions

LATEST = 5
PAGE = 15


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its last answer, and how many answers it has; ``code`` and ``title`` are the commitment's."""

    question: Question
    code: str
    title: Bilingual
    answer: Answer | None
    answers: int


@dataclass(frozen=True, slots=True)
class Questions:
    """A page of questions; ``total`` counts them all, ``waiting`` those of the organisation without an answer.

    ``title`` is that of the commitment when they are all on one.
    """

    shown: Sequence[Asked]
    total: int
    pages: int
    waiting: int = 0
    title: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question with a page of its answers, oldest first."""

    asked: Asked
    answers: Sequence[Answer]
    pages: int


def on_commitment(session: Session, visitor: Visitor, code: str, page: int = 1, size: int = LATEST) -> Questions:
    """Give a page of the questions on a commitment, latest first; the latest few by default.

    Raises:
        Forbidden: without the right to read.
        NotFound: when the organisation has no such commitment, or for a page that does not exist.
    """
    visitor.require(Permission.READ)
    home = visitor.organisation.id
    found = commitments.titles(session, home, [code])
    if code not in found:
        raise NotFound(code)
    total = questions.count(session, home, code)
    pages = page_count(total, size, page)
    rows = questions.latest(session, home, code, skip=(page - 1) * size, limit=size) if total else []
    title = Bilingual(*found[code])
    return Questions(_with_answers(session, [(row, code, title) for row in rows]), total, pages, title=title)


def everything(session: Session, visitor: Visitor, page: int) -> Questions:
    """Give a page of the organisation's questions: those that wait, longest first, then the answered, latest first.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a page that does not exist.
    """
    visitor.require(Permission.READ)
    home = visitor.organisation.id
    total = questions.count(session, home)
    pages = page_count(total, PAGE, page)
    rows = questions.queue(session, home, skip=(page - 1) * PAGE, limit=PAGE)
    shown = _with_answers(session, [(row, about.code, _title(about)) for row, about in rows])
    return Questions(shown, total, pages, questions.waiting(session, home))


def exchange(session: Session, visitor: Visitor, number: int, page: int) -> Exchange:
    """Give a question with a page of its answers.

    Raises:
        Forbidden: without the right to read.
        NotFound: when the organisation has no such question, or for a page that does not exist.
    """
    visitor.require(Permission.READ)
    row, about = _find(session, visitor, number)
    total = questions.answer_count(session, number)
    pages = page_count(total, PAGE, page)
    answers = questions.answers(session, number, skip=(page - 1) * PAGE, limit=PAGE)
    return Exchange(Asked(row, about.code, _title(about), None, total), answers, pages)


def ask(session: Session, visitor: Visitor, code: str, body: str) -> bool:
    """Ask a question on a commitment and tell whoever may answer; tell whether it is new. A double click is one.

    Raises:
        Forbidden: without the right to follow.
        NotFound: when the organisation has no such commitment.
        Invalid: for an empty or too long question.
    """
    visitor.require(Permission.FOLLOW)
    home, now = visitor.organisation.id, datetime.now(UTC)
    about = commitments.by_code(session, home, code)
    if about is None:
        raise NotFound(code)
    written = written_body(body, ProblemCode.QUESTION_MISSING)
    accounts.hold(session, visitor.account_id)
    if questions.repeats_question(session, about.id, visitor.account_id, written, now - DOUBLE_CLICK):
        return False
    session.add(
        Question(commitment_id=about.id, body=written, account_id=visitor.account_id, author=visitor.name, at=now)
    )
    leads = [one.id for one, grant in accounts.of_organisation(session, home) if may(grant.role, Permission.ANSWER)]
    notices.tell(session, visitor, leads, NoticeKind.ASKED, subjects.commitment(code), written)
    journal.write(session, JournalAction.QUESTION_ASKED, organisation_id=home, actor=visitor.name, subject=code)
    session.flush()
    return True


def answer(session: Session, visitor: Visitor, number: int, body: str) -> bool:
    """Answer a question; tell whoever asked it and the followers of the commitment. A double click is one.

    Raises:
        Forbidden: without the right to answer.
        NotFound: when the organisation has no such question.
        Invalid: for an empty or too long answer.
    """
    visitor.require(Permission.ANSWER)
    row, about = _find(session, visitor, number)
    written = written_body(body, ProblemCode.ANSWER_MISSING)
    home, now = visitor.organisation.id, datetime.now(UTC)
    accounts.hold(session, visitor.account_id)
    if questions.repeats_answer(session, number, visitor.account_id, written, now - DOUBLE_CLICK):
        return False
    session.add(Answer(question_id=number, body=written, account_id=visitor.account_id, author=visitor.name, at=now))
    concerned = {row.account_id} | followings.followers(session, home, about.id)
    here = {one.id for one, _ in accounts.of_organisation(session, home)}
    notices.tell(session, visitor, concerned & here, NoticeKind.REPLIED, subjects.commitment(about.code), written)
    journal.write(
        session, JournalAction.QUESTION_ANSWERED, organisation_id=home, actor=visitor.name, subject=about.code
    )
    session.flush()
    return True


def _find(session: Session, visitor: Visitor, number: int) -> tuple[Question, Commitment]:
    found = questions.by_number(session, visitor.organisation.id, number)
    if found is None:
        raise NotFound(number)
    return found


def _with_answers(session: Session, rows: Sequence[tuple[Question, str, Bilingual]]) -> Sequence[Asked]:
    last = questions.last_answers(session, [row.id for row, _, _ in rows]) if rows else {}
    return [Asked(row, code, title, *last.get(row.id, (None, 0))) for row, code, title in rows]


def _title(commitment: Commitment) -> Bilingual:
    return Bilingual(commitment.title_fr, commitment.title_en)
