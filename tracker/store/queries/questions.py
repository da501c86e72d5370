"""Questions on commitments, and their answers."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, case, exists, func, select
from sqlalchemy.orm import Session

from tracker.store.models import Answer, Commitment, Question


def by_number(session: Session, organisation_id: int, number: int) -> tuple[Question, Commitment] | None:
    """Find a question of an organisation, with its commitment."""
    row = session.execute(_of(organisation_id).where(Question.id == number)).one_or_none()
    return (row[0], row[1]) if row else None


def count(session: Session, organisation_id: int, code: str | None = None) -> int:
    """Count the questions of an organisation, or of one of its commitments."""
    query = select(func.count()).select_from(Question).join(Commitment, Commitment.id == Question.commitment_id)
    return session.scalar(query.where(*_about(organisation_id, code))) or 0


def waiting(session: Session, organisation_id: int) -> int:
    """Count the questions of an organisation that nobody answered."""
    query = select(func.count()).select_from(Question).join(Commitment, Commitment.id == Question.commitment_id)
    return session.scalar(query.where(*_about(organisation_id), ~_is_answered())) or 0


def latest(session: Session, organisation_id: int, code: str, *, skip: int, limit: int) -> Sequence[Question]:
    """List ``limit`` questions on a commitment after the ``skip`` latest ones, latest first."""
    query = (
        select(Question)
        .join(Commitment, Commitment.id == Question.commitment_id)
        .where(*_about(organisation_id, code))
        .order_by(Question.id.desc())
    )
    return session.scalars(query.offset(skip).limit(limit)).all()


def queue(session: Session, organisation_id: int, *, skip: int, limit: int) -> Sequence[tuple[Question, Commitment]]:
    """List the questions of an organisation: those that wait, longest first, then the answered ones, latest first."""
    is_answered = _is_answered()
    rows = session.execute(
        _of(organisation_id)
        .order_by(case((is_answered, 1), else_=0), case((is_answered, -Question.id), else_=Question.id))
        .offset(skip)
        .limit(limit)
    )
    return [(question, commitment) for question, commitment in rows]


def last_answers(session: Session, numbers: Collection[int]) -> Mapping[int, tuple[Answer, int]]:
    """Give by the number of its question the last answer, and how many there are; questions without are left out."""
    counted = (
        select(func.max(Answer.id).label("last"), func.count().label("total"))
        .where(Answer.question_id.in_(numbers))
        .group_by(Answer.question_id)
        .subquery()
    )
    rows = session.execute(select(Answer, counted.c.total).join(counted, Answer.id == counted.c.last))
    return {answer.question_id: (answer, total) for answer, total in rows}


def answers(session: Session, number: int, *, skip: int, limit: int) -> Sequence[Answer]:
    """List ``limit`` answers to a question after the ``skip`` first ones, oldest first."""
    query = select(Answer).where(Answer.question_id == number).order_by(Answer.id)
    return session.scalars(query.offset(skip).limit(limit)).all()


def answer_count(session: Session, number: int) -> int:
    """Count the answers to a question."""
    return session.scalar(select(func.count()).select_from(Answer).where(Answer.question_id == number)) or 0


def answered(
    session: Session, organisation_id: int, since: datetime, until: datetime
) -> Sequence[tuple[Answer, Question, str]]:
    """List the answers after ``since`` and by ``until``, oldest first, each with its question and its commitment."""
    rows = session.execute(
        select(Answer, Question, Commitment.code)
        .join(Question, Question.id == Answer.question_id)
        .join(Commitment, Commitment.id == Question.commitment_id)
        .where(Commitment.organisation_id == organisation_id, Answer.at > since, Answer.at <= until)
        .order_by(Answer.id)
    )
    return [(answer, question, code) for answer, question, code in rows]


def repeats_question(session: Session, commitment_id: int, account_id: int, body: str, since: datetime) -> bool:
    """Tell whether an account asked the very same on a commitment since then."""
    query = select(Question.id).where(
        Question.commitment_id == commitment_id,
        Question.account_id == account_id,
        Question.body == body,
        Question.at >= since,
    )
    return session.scalar(query.limit(1)) is not None


def repeats_answer(session: Session, number: int, account_id: int, body: str, since: datetime) -> bool:
    """Tell whether an account gave the very same answer to a question since then."""
    query = select(Answer.id).where(
        Answer.question_id == number, Answer.account_id == account_id, Answer.body == body, Answer.at >= since
    )
    return session.scalar(query.limit(1)) is not None


def _of(organisation_id: int) -> Select[Question, Commitment]:
    return (
        select(Question, Commitment)
        .join(Commitment, Commitment.id == Question.commitment_id)
        .where(Commitment.organisation_id == organisation_id)
    )


def _about(organisation_id: int, code: str | None = None) -> tuple[ColumnElement[bool], ...]:
    here = (Commitment.organisation_id == organisation_id,)
    return here if code is None else (*here, Commitment.code == code)


def _is_answered() -> ColumnElement[bool]:
    return exists().where(Answer.question_id == Question.id)
