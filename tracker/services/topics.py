"""Topics: the value, commitment or action that a file or a message is about, found in the visitor's organisation."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.actions import ActionRecord
from tracker.domain.bilingual import Bilingual
from tracker.domain.errors import NotFound
from tracker.domain.periods import is_open_year
from tracker.domain.permissions import Permission
from tracker.domain.records import Aim, CommitmentRecord
from tracker.domain.subjects import Subject
from tracker.domain.vocabulary import SubjectKind
from tracker.services.actions import may_report
from tracker.services.planned import plan_records
from tracker.services.portfolio import portfolio
from tracker.services.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject that exists in the organisation: how it is called, and whether the visitor may attach files to it."""

    subject: Subject
    name: Bilingual
    may_attach: bool


@dataclass(frozen=True, slots=True)
class ValueTopic(Topic):
    """The value of an indicator for a year; ``aim`` has it as readers see it, ``number`` is the indicator's."""

    aim: Aim
    number: int


@dataclass(frozen=True, slots=True)
class CommitmentTopic(Topic):
    """A commitment."""

    commitment: CommitmentRecord


@dataclass(frozen=True, slots=True)
class ActionTopic(Topic):
    """An action of the plan of a year."""

    action: ActionRecord


def topic(session: Session, visitor: Visitor, subject: Subject, today: date) -> Topic:
    """Find what ``subject`` names.

    Raises:
        Forbidden: without the right to read.
        NotFound: when the organisation has no such thing, or it takes neither file nor message.
    """
    if subject.kind is SubjectKind.VALUE:
        return value_topic(session, visitor, subject, today)
    if subject.kind is SubjectKind.COMMITMENT:
        return commitment_topic(session, visitor, subject)
    if subject.kind is SubjectKind.ACTION:
        return action_topic(session, visitor, subject)
    raise NotFound(subject)


def value_topic(session: Session, visitor: Visitor, subject: Subject, today: date) -> ValueTopic:
    """Find the value of a year: who may enter it may attach files to it.

    Raises:
        Forbidden: without the right to read.
        NotFound: when the organisation does not use the indicator, or the year cannot have values.
    """
    visitor.require(Permission.READ)
    if not is_open_year(subject.year, today):
        raise NotFound(subject)
    known = portfolio(session, visitor.organisation)
    if subject.code not in known.used():
        raise NotFound(subject)
    aim, number = known.aims()[subject.code], known.figures.rows[subject.code].id
    return ValueTopic(subject, aim.indicator.name, visitor.may_enter(number), aim, number)


def commitment_topic(session: Session, visitor: Visitor, subject: Subject) -> CommitmentTopic:
    """Find a commitment: who may record a fact on it may attach what shows it.

    Raises:
        Forbidden: without the right to read.
        NotFound: when the organisation has none of that code.
    """
    visitor.require(Permission.READ)
    if subject.year:
        raise NotFound(subject)
    found = portfolio(session, visitor.organisation).commitment(subject.code)
    return CommitmentTopic(subject, found.title, visitor.may(Permission.RECORD_FINDING), found)


def action_topic(session: Session, visitor: Visitor, subject: Subject) -> ActionTopic:
    """Find an action: who may tell what becomes of it may attach what shows it, a reviewed plan included.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a year without plan, or an action that it has not.
    """
    visitor.require(Permission.READ)
    plan = plan_records(session, visitor.organisation.id, {subject.year}).get(subject.year)
    found = next((one for one in plan.actions if one.code == subject.code), None) if plan else None
    if found is None:
        raise NotFound(subject)
    return ActionTopic(subject, Bilingual(found.title), may_report(session, visitor, found), found)
