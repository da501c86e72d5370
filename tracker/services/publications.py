"""Publications: an organisation chooses which of its years anyone reads, from when on, and takes one back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from tracker.domain.errors import Conflict, NotFound, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.periods import FIRST_YEAR, last_full_year
from tracker.domain.permissions import Permission
from tracker.domain.publications import (
    PublicationRecord,
    PublicationState,
    Versions,
    aims,
    counting,
    faults,
    planned,
    state,
)
from tracker.domain.vocabulary import PublicationScope
from tracker.services import followups, journal
from tracker.services.decisions import add, tell
from tracker.services.portfolio import portfolio
from tracker.services.published import Edition, by_year, edition, edition_of
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import Publication
from tracker.store.queries import campaigns, publications

SCOPE = PublicationScope.FLAGSHIPS


@dataclass(frozen=True, slots=True)
class PublicationDraft:
    """What was typed to publish a year; ``seen`` is the last version that was on the screen, 0 for none."""

    scope: str = SCOPE
    has_values: bool = False
    visible_from: str = ""
    note: str = ""
    seen: int = 0


@dataclass(frozen=True, slots=True)
class PublishedYear:
    """Where a year stands for strangers: the version they read, and the one that waits for its day."""

    year: int
    state: PublicationState
    current: PublicationRecord | None
    planned: PublicationRecord | None


@dataclass(frozen=True, slots=True)
class Extent:
    """How much a scope would show of a year: commitments, and indicators with a value."""

    commitments: int
    indicators: int


@dataclass(frozen=True, slots=True)
class Warnings:
    """What is not settled yet in the campaign of a year: ``uncounted`` values would be missing, ``kept`` be older."""

    uncounted: int
    kept: int


@dataclass(frozen=True, slots=True)
class Preparation:
    """A year to publish: where it stands, its versions with their authors, latest first, and what would be read."""

    standing: PublishedYear
    history: Sequence[Publication]
    extents: Mapping[PublicationScope, Extent]
    warnings: Warnings | None

    @property
    def seen(self) -> int:
        """Give the last version decided, 0 for none."""
        return self.history[0].version if self.history else 0


def years(session: Session, visitor: Visitor, today: date) -> Sequence[PublishedYear]:
    """List the years that can be published, from the first vote on, and those that were; latest first.

    Raises:
        Forbidden: without the right to publish.
    """
    visitor.require(Permission.PUBLISH)
    known = portfolio(session, visitor.organisation)
    told = by_year(publications.of_organisation(session, visitor.organisation.id))
    voted = [one.deliberation.adopted_on.year for one in known.commitments]
    first = max(min(voted, default=today.year), FIRST_YEAR)
    listed = {*range(first, last_full_year(today) + 1), *told}
    return [_standing(year, told.get(year, ()), today) for year in sorted(listed, reverse=True)]


def preparation(session: Session, visitor: Visitor, year: int, today: date) -> Preparation:
    """Gather what there is to know before publishing ``year``.

    Raises:
        Forbidden: without the right to publish.
        NotFound: for a year that cannot be published.
    """
    visitor.require(Permission.PUBLISH)
    rows = publications.of_organisation(session, visitor.organisation.id, year)
    _check(year, today)
    known = portfolio(session, visitor.organisation)
    extents = {}
    for scope in PublicationScope:
        tried = edition_of(known, visitor.organisation, _tried(year, scope, today), today)
        told = sum(1 for aim in aims(tried.scorecard).values() if aim.known)
        extents[scope] = Extent(len(tried.scorecard.cards), told)
    standing = _standing(year, by_year(rows).get(year, ()), today)
    return Preparation(standing, list(reversed(rows)), extents, _warnings(session, visitor, year, today))


def preview(
    session: Session, visitor: Visitor, year: int, scope: PublicationScope, today: date, *, has_values: bool
) -> Edition:
    """Give what strangers would read if ``year`` were published now.

    Raises:
        Forbidden: without the right to publish.
        NotFound: for a year that cannot be published.
    """
    visitor.require(Permission.PUBLISH)
    _check(year, today)
    known = portfolio(session, visitor.organisation)
    return edition_of(known, visitor.organisation, _tried(year, scope, today, has_values=has_values), today)


def current_edition(session: Session, visitor: Visitor, year: int, today: date) -> Edition | None:
    """Give what strangers read of ``year``, None when they read nothing."""
    visitor.require(Permission.PUBLISH)
    rows = publications.of_organisation(session, visitor.organisation.id, year)
    current = counting(by_year(rows).get(year, ()), today)
    if current is None or current.is_withdrawn:
        return None
    return edition(session, visitor.organisation, current)


def publish(session: Session, visitor: Visitor, year: int, draft: PublicationDraft, today: date) -> bool:
    """Decide a version of what strangers read of ``year``. False when the same was decided by the same click.

    Raises:
        Forbidden: without the right to publish.
        Conflict: when somebody published or withdrew the year meanwhile.
        Invalid: for a year that is not over, a day that cannot be, or a scope that shows nothing.
    """
    visitor.require(Permission.PUBLISH)
    rows = publications.of_organisation(session, visitor.organisation.id, year)
    typed = Typed()
    scope = typed.choice("scope", draft.scope, PublicationScope)
    visible_from = typed.any_day("visible_from", draft.visible_from) if draft.visible_from.strip() else today
    note = typed.words("note", draft.note)
    typed.problems += faults(year, visible_from or today, today)
    last = rows[-1] if rows else None
    if last is not None and draft.seen == last.version - 1 and last.account_id == visitor.account_id:
        said = (scope, draft.has_values, visible_from, note, False)
        if said == (last.scope, last.has_values, last.visible_from, last.note_fr, last.is_withdrawn):
            return False
    if draft.seen != (last.version if last else 0):
        raise Conflict(_meanwhile(session, visitor, year), *typed.problems)
    if scope is not None and not typed.is_refused("year"):
        known = portfolio(session, visitor.organisation)
        tried = edition_of(known, visitor.organisation, _tried(year, scope, today), today)
        if not tried.scorecard.cards:
            typed.refuse("scope", ProblemCode.NOTHING_TO_PUBLISH, year=year)
    typed.end()
    assert scope is not None  # noqa: S101 - refused above
    assert visible_from is not None  # noqa: S101 - refused above
    _add(session, visitor, year, draft.seen + 1, scope, visible_from, note, has_values=draft.has_values)
    after = {
        "scope": str(scope),
        "figures": "1" if draft.has_values else "0",
        "visible_from": visible_from.isoformat(),
    }
    tell(session, visitor, JournalAction.YEAR_PUBLISHED, str(year), {}, after, year=year, reason=note)
    return True


def withdraw(session: Session, visitor: Visitor, year: int, reason: str, seen: int, today: date) -> bool:
    """Take ``year`` back from strangers at once, and drop what was planned. False when it is withdrawn already.

    Raises:
        Forbidden: without the right to publish.
        NotFound: when nothing of the year was published or planned.
        Conflict: when somebody published or withdrew the year meanwhile.
        Invalid: without a reason.
    """
    visitor.require(Permission.PUBLISH)
    rows = publications.of_organisation(session, visitor.organisation.id, year)
    if not rows:
        raise NotFound(year)
    last = rows[-1]
    if last.is_withdrawn:
        return False
    typed = Typed()
    written = typed.words("reason", reason, ProblemCode.PUBLICATION_REASON_MISSING)
    if seen != last.version:
        raise Conflict(_meanwhile(session, visitor, year, "reason"), *typed.problems)
    typed.end()
    _add(
        session,
        visitor,
        year,
        seen + 1,
        last.scope,
        today,
        written,
        has_values=last.has_values,
        is_withdrawn=True,
    )
    journal.write(
        session,
        JournalAction.YEAR_WITHDRAWN,
        organisation_id=visitor.organisation.id,
        actor=visitor.name,
        subject=str(year),
        year=year,
        comment=written,
    )
    return True


def _add(
    session: Session,
    visitor: Visitor,
    year: int,
    version: int,
    scope: PublicationScope,
    visible_from: date,
    note: str,
    *,
    has_values: bool,
    is_withdrawn: bool = False,
) -> None:
    row = Publication(
        organisation_id=visitor.organisation.id,
        year=year,
        version=version,
        scope=scope,
        has_values=has_values,
        visible_from=visible_from,
        is_withdrawn=is_withdrawn,
        note_fr=note,
        account_id=visitor.account_id,
        author=visitor.name,
        recorded_at=datetime.now(UTC),
    )
    where = "reason" if is_withdrawn else "year"
    add(session, row, lambda: _meanwhile(session, visitor, year, where))


def _standing(year: int, versions: Versions, today: date) -> PublishedYear:
    return PublishedYear(year, state(versions, today), counting(versions, today), planned(versions, today))


def _check(year: int, today: date) -> None:
    if not FIRST_YEAR <= year <= last_full_year(today):
        raise NotFound(year)


def _tried(year: int, scope: PublicationScope, today: date, *, has_values: bool = True) -> PublicationRecord:
    """Give the version that is only tried: no row, no moment."""
    now = datetime.now(UTC)
    return PublicationRecord(0, year, 0, scope, has_values, today, False, "", now, now)


def _warnings(session: Session, visitor: Visitor, year: int, today: date) -> Warnings | None:
    """Say what of an open campaign strangers would not read; None where everything counts."""
    row = campaigns.by_year(session, visitor.organisation.id, year)
    if row is None or row.closed_at is not None:
        return None
    found = followups.followup(session, visitor, year, today)
    return Warnings(len(found.uncounted), len(found.kept))


def _meanwhile(session: Session, visitor: Visitor, year: int, where: str = "year") -> Problem:
    rows = publications.of_organisation(session, visitor.organisation.id, year)
    return Problem(where, ProblemCode.PUBLICATION_STALE, {"author": rows[-1].author if rows else "–", "year": year})
