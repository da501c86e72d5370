"""The texts that an organisation voted: their register, and each whole, with its commitments and its chain."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.domain.budget import Imputation, Sum
from tracker.domain.citations import bare_number, places
from tracker.domain.errors import NotFound
from tracker.domain.paging import page_count
from tracker.domain.permissions import Permission
from tracker.domain.scdl import PublishedDeliberation
from tracker.domain.scorecard import Card
from tracker.domain.vocabulary import RelationKind
from tracker.services.budget_lines import imputation
from tracker.services.records import was_voted
from tracker.services.scorecards import scorecard
from tracker.services.visitor import Visitor
from tracker.store.models import Article, Deliberation, DeliberationRelation, Organisation
from tracker.store.queries import commitments
from tracker.store.queries import deliberations as rows

PAGE = 25


@dataclass(frozen=True, slots=True)
class Texts:
    """A page of the register, latest vote first: each text with how many commitments it holds, and what to filter by.

    ``total`` counts the texts that answer the filters, ``known`` all of them.
    """

    listed: Sequence[tuple[Deliberation, int]]
    total: int
    known: int
    pages: int
    years: Sequence[int]
    bodies: Sequence[str]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text and the commitments that come from it; ``article`` is None for what only leads to the vote."""

    name: str
    article: Article | None
    cards: Sequence[Card]


@dataclass(frozen=True, slots=True)
class Act:
    """One text, whole.

    ``cited`` are the texts it renews, amends or refers to, each with the reference of the one that is in the store;
    ``citing`` those that do so to it.
    """

    row: Deliberation
    parts: Sequence[Part]
    lines: Sequence[tuple[Sum, Imputation]]
    cited: Sequence[tuple[DeliberationRelation, str]]
    citing: Sequence[tuple[RelationKind, Deliberation]]
    cards: Sequence[Card]


def deliberations(session: Session, visitor: Visitor) -> Sequence[Deliberation]:
    """List the texts of the organisation, oldest first."""
    visitor.require(Permission.READ)
    return commitments.deliberations(session, visitor.organisation.id)


def promising(session: Session, visitor: Visitor, until: datetime | None = None) -> Sequence[Deliberation]:
    """List the texts of the organisation that hold commitments, oldest first; with ``until``, those known then."""
    counted = rows.commitment_counts(session, visitor.organisation.id)
    known = [row for row in deliberations(session, visitor) if row.id in counted]
    return known if until is None else [row for row in known if was_voted(row, until)]


def texts(session: Session, visitor: Visitor, page: int, year: int | None = None, body: str = "") -> Texts:
    """Give a page of the register, of the votes of ``year`` and of ``body`` where they are given.

    Raises:
        NotFound: for a page that there is not.
    """
    known = deliberations(session, visitor)
    counted = rows.commitment_counts(session, visitor.organisation.id)
    kept = [row for row in reversed(known) if year in {None, row.adopted_on.year} and body in {"", row.body}]
    pages = page_count(len(kept), PAGE, page)
    return Texts(
        [(row, counted.get(row.id, 0)) for row in kept[(page - 1) * PAGE : page * PAGE]],
        total=len(kept),
        known=len(known),
        pages=pages,
        years=sorted({row.adopted_on.year for row in known}, reverse=True),
        bodies=sorted({row.body for row in known if row.body}),
    )


def deliberation(session: Session, visitor: Visitor, reference: str, today: date) -> Act:
    """Give one text whole, its commitments judged for the year of ``today``.

    Raises:
        NotFound: when the organisation has no such text.
    """
    known = deliberations(session, visitor)
    row = next((one for one in known if one.reference == reference), None)
    if row is None:
        raise NotFound(reference)
    judged = scorecard(session, visitor, today.year, today)
    own = [card for card in judged.cards if card.commitment.deliberation.reference == reference]
    by_number = {bare_number(one.number): one.reference for one in known}
    number = bare_number(row.number)
    return Act(
        row,
        _parts(rows.articles(session, row.id), own),
        [(Sum(line.amount, line.tax), imputation(line)) for line in rows.budget_lines(session, row.id)],
        [(relation, by_number.get(bare_number(relation.number), "")) for relation in row.relations],
        [(link.kind, one) for one in known for link in one.relations if bare_number(link.number) == number],
        own,
    )


def hold_register(session: Session, visitor: Visitor) -> None:
    """Make whoever else changes the register of the organisation wait: no two texts may take one number at once."""
    session.refresh(visitor.organisation, with_for_update={"key_share": True})


def published(session: Session, visitor: Visitor) -> Sequence[PublishedDeliberation]:
    """Give every text as open data has it, oldest first; what is not known is left empty."""
    return published_of(session, visitor.organisation, deliberations(session, visitor))


def published_of(
    session: Session, home: Organisation, texts: Iterable[Deliberation]
) -> Sequence[PublishedDeliberation]:
    """Give some texts of an organisation as `published` gives them all, for whoever may read them."""
    voted = rows.budget_lines_of(session, home.id)
    found = []
    for row in texts:
        lines = voted.get(row.id, ())
        years = sorted({line.year for line in lines if line.year})
        found.append(
            PublishedDeliberation(
                authority=home.name,
                siret="",
                identifier=row.number,
                adopted_on=row.adopted_on,
                subject=row.title_fr,
                budget_years="/".join(map(str, years[:2])),
                budget=next((line.budget for line in lines if line.budget), ""),
                in_favour=row.votes_for,
                against=row.votes_against,
                abstentions=row.abstentions,
                address=row.url,
            )
        )
    return found


def _parts(articles: Sequence[Article], cards: Sequence[Card]) -> Sequence[Part]:
    """Put each commitment beside the part that its locator names: the articles first, then what leads to them."""
    labels = [article.label for article in articles]
    found: dict[str, list[Card]] = {label: [] for label in labels}
    for card in cards:
        for place in places(card.commitment.locator, labels):
            found.setdefault(place, []).append(card)
    by_label: Mapping[str, Article] = {article.label: article for article in articles}
    return [Part(name, by_label.get(name), told) for name, told in found.items()]
