"""The register: an organisation's commitments, filtered and by page; and one of them with its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound
from tracker.domain.kinds import judge
from tracker.domain.paging import page_count
from tracker.domain.periods import is_open_year
from tracker.domain.permissions import Permission
from tracker.domain.records import Aim, CommitmentRecord
from tracker.domain.scorecard import Card, Scorecard
from tracker.domain.vocabulary import BINDING, Axis, CommitmentKind, Status, Strength
from tracker.services import choices
from tracker.services.portfolio import portfolio
from tracker.services.scorecards import judged
from tracker.services.visitor import Visitor

PAGE = 25


@dataclass(frozen=True, slots=True)
class Filter:
    """What the register is narrowed to; None for all. ``is_promised`` leaves out the options and recalls of a text."""

    axis: Axis | None = None
    kind: CommitmentKind | None = None
    strength: Strength | None = None
    status: Status | None = None
    document: str | None = None
    is_overdue: bool = False
    is_promised: bool = False

    def keeps(self, card: Card, overdue: frozenset[str]) -> bool:
        """Tell whether ``card`` answers every criterion; ``overdue`` are the codes of the late milestones."""
        commitment = card.commitment
        return (
            self.axis in {None, commitment.axis}
            and self.kind in {None, commitment.kind}
            and self.strength in {None, commitment.strength}
            and self.status in {None, card.status}
            and self.document in {None, commitment.deliberation.reference}
            and (not self.is_overdue or commitment.code in overdue)
            and (not self.is_promised or commitment.strength in BINDING)
        )


@dataclass(frozen=True, slots=True)
class Register:
    """A page of the register: its cards, how many answer the filter, and how many pages they make.

    ``promised`` of the ``total`` bind the authority; the others are options and recalls, which no reading counts.
    ``aside`` are the indicators that are followed though no commitment uses them, on the first page only.
    """

    scorecard: Scorecard
    cards: Sequence[Card]
    total: int
    promised: int
    pages: int
    aside: Sequence[Aim] = ()


def register(
    session: Session,
    visitor: Visitor,
    year: int,
    wanted: Filter,
    page: int,
    today: date,
    until: datetime | None = None,
) -> Register:
    """Give page ``page`` (from 1) of the commitments that answer ``wanted``, judged for ``year``.

    With ``until``, as they stood at that moment; ``today`` is then the day of it.
    """
    known, whole = judged(session, visitor, year, today, until)
    overdue = frozenset(due.commitment.code for due in whole.overdue())
    kept = [card for card in whole.cards if wanted.keeps(card, overdue)]
    return Register(
        scorecard=whole,
        cards=kept[(page - 1) * PAGE : page * PAGE],
        total=len(kept),
        promised=sum(card.commitment.strength in BINDING for card in kept),
        pages=page_count(len(kept), PAGE, page),
        aside=choices.aside(known) if page == 1 else (),
    )


def voted(session: Session, visitor: Visitor, code: str, until: datetime | None = None) -> CommitmentRecord:
    """Give one commitment; with ``until``, as it stood at that moment.

    Raises:
        Forbidden: without the right to read.
        NotFound: when the organisation has no such commitment, or had none at that moment.
    """
    visitor.require(Permission.READ)
    return portfolio(session, visitor.organisation, until=until).commitment(code)


def judged_for(record: CommitmentRecord, year: int, today: date) -> Card:
    """Judge one commitment for ``year``.

    Raises:
        NotFound: for a year that cannot have values.
    """
    if not is_open_year(year, today):
        raise NotFound(year)
    return Card(record, judge(record, year, today), judge(record, year - 1, today))
