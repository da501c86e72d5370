"""Searches: what an organisation votes, measures, plans and joins, found by its words; the index follows changes."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from tracker.domain.bilingual import Bilingual
from tracker.domain.paging import page_count
from tracker.domain.permissions import Permission
from tracker.domain.search import Query
from tracker.domain.vocabulary import SearchKind
from tracker.labels.stems import Told, query, stems, weighed
from tracker.services.portfolio import portfolio
from tracker.services.visitor import Visitor
from tracker.store.models import Organisation, SearchEntry
from tracker.store.queries import ai_systems, commitments, digital_services, memberships, plans, search

PAGE = 20
LONGEST = 200
"""Characters of a query."""
NAMED, TITLED = 8, 4
"""How much a word counts in a code or a number, and in a title; once elsewhere."""
TOLD = ("title_fr", "title_en", "text_fr", "text_en", "stems")
_KINDS = {kind: place for place, kind in enumerate(SearchKind)}


@dataclass(frozen=True, slots=True)
class Found:
    """Something that answers a query: where it is, and what it says."""

    kind: SearchKind
    code: str
    title: Bilingual
    text: Bilingual


@dataclass(frozen=True, slots=True)
class Results:
    """A page of what answers ``query``: every word of it, or any where nothing has them all."""

    query: Query
    found: Sequence[Found]
    total: int
    pages: int


def search_for(session: Session, visitor: Visitor, typed: str, page: int) -> Results:
    """Give page ``page`` (from 1) of what answers ``typed``, of at most `LONGEST` characters; the best first.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a page that there is not.
    """
    visitor.require(Permission.READ)
    asked = query(typed)
    rows = search.find(session, visitor.organisation.id, asked)
    if not rows and len(asked.sought) > 1:
        asked = replace(asked, is_any=True)
        rows = search.find(session, visitor.organisation.id, asked)
    pages = page_count(len(rows), PAGE, page)
    ranked = sorted(rows, key=lambda row: _place(row, asked))
    shown = ranked[(page - 1) * PAGE : page * PAGE]
    return Results(asked, [_found(row) for row in shown], len(rows), pages)


def index(session: Session, organisation: Organisation, kinds: Collection[SearchKind] = tuple(SearchKind)) -> None:
    """Bring the entries of an organisation up to date, in the transaction of whatever changed those of ``kinds``."""
    session.flush()
    stored = {(row.kind, row.code): row for row in search.entries(session, organisation.id) if row.kind in kinds}
    made = (entry for kind in kinds for entry in _ENTRIES[kind](session, organisation))
    wanted = {(entry.kind, entry.code): entry for entry in made}
    for key in stored.keys() & wanted.keys():
        for name in TOLD:
            setattr(stored[key], name, getattr(wanted[key], name))  # writes nothing where nothing changed
    added = [entry for key, entry in wanted.items() if key not in stored]
    search.store(session, added, [row for key, row in stored.items() if key not in wanted])


def _place(row: SearchEntry, asked: Query) -> tuple[int, int, int, str]:
    answered, weight = asked.rank(weighed(row.stems))
    return -answered, -weight, _KINDS[row.kind], row.code


def _found(row: SearchEntry) -> Found:
    return Found(row.kind, row.code, Bilingual(row.title_fr, row.title_en), Bilingual(row.text_fr, row.text_en))


def _commitments(session: Session, organisation: Organisation) -> Iterator[SearchEntry]:
    for one in portfolio(session, organisation).commitments:
        aside = f"{one.deliberation.number} {one.locator}"
        yield _entry(organisation, SearchKind.COMMITMENT, one.code, one.title, one.statement, aside)


def _indicators(session: Session, organisation: Organisation) -> Iterator[SearchEntry]:
    """Give the indicators in use."""
    known = portfolio(session, organisation)
    for code in known.used():
        row = known.figures.rows[code]
        title, text = Bilingual(row.name_fr, row.name_en), Bilingual(row.definition_fr, row.definition_en)
        yield _entry(organisation, SearchKind.INDICATOR, code, title, text)


def _deliberations(session: Session, organisation: Organisation) -> Iterator[SearchEntry]:
    for vote in commitments.deliberations(session, organisation.id):
        number = " · ".join(filter(None, (vote.number, vote.internal_reference)))
        told = " · ".join((number, vote.body, *map(str, vote.legal_basis)))
        title = Bilingual(vote.title_fr, vote.title_en)
        yield _entry(organisation, SearchKind.DELIBERATION, vote.reference, title, Bilingual(told), "", number)


def _actions(session: Session, organisation: Organisation) -> Iterator[SearchEntry]:
    """Give the actions of every plan, in their latest version."""
    for planned in plans.actions(session, [row.id for row in plans.of_organisation(session, organisation.id)]):
        version = planned.version
        title, text = Bilingual(version.title_fr), Bilingual(version.description_fr)
        aside = " ".join((version.pilot, version.risks_fr, version.review_fr, *(one.title_fr for one in version.steps)))
        yield _entry(organisation, SearchKind.ACTION, planned.action.code, title, text, aside)


def _memberships(session: Session, organisation: Organisation) -> Iterator[SearchEntry]:
    """Give the memberships with what they served and their tools, latest year first, each in its latest version."""
    for row, versions in memberships.whole(session, organisation.id):
        latest = {one.year.year: one.year for one in versions}
        years = [latest[year] for year in sorted(latest, reverse=True)]
        served = " · ".join(filter(None, (told for year in years for told in (year.served_fr, year.tools_fr))))
        aside = " ".join((row.url, *(year.decided_by for year in years)))
        yield _entry(organisation, SearchKind.MEMBERSHIP, row.code, Bilingual(row.name), Bilingual(served), aside)


def _services(session: Session, organisation: Organisation) -> Iterator[SearchEntry]:
    """Give the digital services."""
    for row in digital_services.everything(session, organisation.id):
        aside = f"{row.address} {row.supplier} {row.technologies}"
        yield _entry(
            organisation, SearchKind.SERVICE, str(row.number), Bilingual(row.name), Bilingual(row.purpose), aside
        )


def _ai_systems(session: Session, organisation: Organisation) -> Iterator[SearchEntry]:
    """Give the AI systems."""
    for row in ai_systems.everything(session, organisation.id):
        aside = f"{row.supplier} {row.data_used} {row.source}"
        yield _entry(
            organisation, SearchKind.AI_SYSTEM, str(row.number), Bilingual(row.name), Bilingual(row.purpose), aside
        )


_ENTRIES: Mapping[SearchKind, Callable[[Session, Organisation], Iterator[SearchEntry]]] = {
    SearchKind.COMMITMENT: _commitments,
    SearchKind.INDICATOR: _indicators,
    SearchKind.DELIBERATION: _deliberations,
    SearchKind.ACTION: _actions,
    SearchKind.MEMBERSHIP: _memberships,
    SearchKind.SERVICE: _services,
    SearchKind.AI_SYSTEM: _ai_systems,
}
"""What can be found, kind by kind."""


def _entry(
    organisation: Organisation,
    kind: SearchKind,
    code: str,
    title: Bilingual,
    text: Bilingual,
    aside: str = "",
    number: str = "",
) -> SearchEntry:
    """Make an entry, in no session; ``aside`` is found and not shown, ``number`` counts as much as the code."""
    tokens = stems(
        Told(f"{code} {number}", "fr", NAMED),
        Told(title.fr, "fr", TITLED),
        Told(title.en, "en", TITLED),
        Told(text.fr, "fr"),
        Told(text.en, "en"),
        Told(aside, "fr"),
    )
    return SearchEntry(
        organisation_id=organisation.id,
        kind=kind,
        code=code,
        title_fr=title.fr,
        title_en=title.en,
        text_fr=text.fr,
        text_en=text.en,
        stems=tokens,
    )
