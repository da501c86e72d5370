"""What strangers read of an organisation: the years that it shows, each as it was known when that was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound
from tracker.domain.publications import (
    Differences,
    PublicationRecord,
    Versions,
    aims,
    chosen,
    differences,
    shown,
)
from tracker.domain.records import OrganisationRecord
from tracker.domain.scorecard import Card, Scorecard, score
from tracker.labels.formats import PARIS
from tracker.services.indicators import Sheet, sheet_of
from tracker.services.portfolio import Portfolio, portfolio
from tracker.services.records import organisation_record
from tracker.store.models import Organisation, Publication
from tracker.store.queries import publications

ENTRIES = 20
"""Versions that the feed tells of, the latest ones."""


@dataclass(frozen=True, slots=True)
class Published:
    """An organisation that showed something by ``today``, with the versions that strangers could read, by year."""

    row: Organisation
    today: date
    versions: Mapping[int, Versions]

    @property
    def organisation(self) -> OrganisationRecord:
        """Give the organisation as a plain value."""
        return organisation_record(self.row)

    @property
    def current(self) -> Sequence[PublicationRecord]:
        """Give the version that counts for each year, a withdrawal included, latest year first."""
        return [self.versions[year][-1] for year in sorted(self.versions, reverse=True)]

    @property
    def visible(self) -> Sequence[PublicationRecord]:
        """Give the version to read of each year that can be read, latest year first."""
        return [one for one in self.current if not one.is_withdrawn]

    @property
    def changed_at(self) -> datetime:
        """Give the moment at which what is shown last changed."""
        return max(one.appears_at for one in self.current)

    @property
    def mark(self) -> str:
        """Give what is not the same as soon as anything else is shown: the numbers of the versions."""
        return ",".join(str(one.number) for versions in self.versions.values() for one in versions)

    def version(self, year: int) -> PublicationRecord:
        """Give the version that counts for ``year``; it may be a withdrawal.

        Raises:
            NotFound: when nothing of that year was ever shown.
        """
        if year not in self.versions:
            raise NotFound(year)
        return self.versions[year][-1]


@dataclass(frozen=True, slots=True)
class Edition:
    """What one version shows: its commitments only, judged with the values of its year and before."""

    version: PublicationRecord
    scorecard: Scorecard
    portfolio: Portfolio

    @property
    def as_known_on(self) -> date:
        """Give the day whose knowledge the figures are."""
        return self.scorecard.today

    def card(self, code: str) -> Card:
        """Give one commitment.

        Raises:
            NotFound: when it is not shown.
        """
        found = self.scorecard.card(code)
        if found is None:
            raise NotFound(code)
        return found

    def sheet(self, code: str) -> Sheet:
        """Give one indicator with the values of the year and before, without authors nor corrections.

        Raises:
            NotFound: when the values are not shown, or no commitment that is shown uses it.
        """
        if not self.version.has_values or code not in aims(self.scorecard):
            raise NotFound(code)
        return sheet_of(self.portfolio, code, (), date(self.scorecard.year + 1, 1, 1))


@dataclass(frozen=True, slots=True)
class Entry:
    """One version in the feed: what it shows, and what the version before it did not say; neither for a withdrawal."""

    version: PublicationRecord
    edition: Edition | None
    changes: Differences | None


def find(session: Session, slug: str, today: date) -> Published:
    """Give what strangers may read of the organisation at ``slug``; one query.

    Raises:
        NotFound: when it does not exist or never showed anything: both look the same.
    """
    found = publications.by_slug(session, slug) if slug.isprintable() else ()
    if not found:
        raise NotFound(slug)
    published = _published(found[0][0], [row for _, row in found], today)
    if not published.versions:
        raise NotFound(slug)
    return published


def listed(session: Session, today: date) -> Sequence[Published]:
    """List the organisations of which a year can be read, real ones first, by name; one query."""
    rows: dict[int, tuple[Organisation, list[Publication]]] = {}
    for organisation, row in publications.everything(session):
        rows.setdefault(organisation.id, (organisation, []))[1].append(row)
    found = (_published(organisation, versions, today) for organisation, versions in rows.values())
    return [one for one in found if one.visible]


def edition(session: Session, organisation: Organisation, version: PublicationRecord) -> Edition:
    """Give what a version shows, as the moment of its decision knew it, whatever was corrected since."""
    known = portfolio(session, organisation, until=version.recorded_at)
    return edition_of(known, organisation, version, version.recorded_at.astimezone(PARIS).date())


def edition_of(known: Portfolio, organisation: Organisation, version: PublicationRecord, today: date) -> Edition:
    """Give what a version would show of ``known``, judged on ``today``."""
    kept = chosen(known.commitments, version.scope, version.year)
    card = score(organisation_record(organisation), kept, version.year, today)
    return Edition(version, card, replace(known, commitments=kept))


def entries(session: Session, published: Published) -> Sequence[Entry]:
    """Give the feed, latest first: each version with what it changed of the one before."""
    told = [(place, one) for versions in published.versions.values() for place, one in enumerate(versions)]
    told.sort(key=lambda pair: (pair[1].appears_at, pair[1].number), reverse=True)
    made: dict[int, Edition] = {}
    found = []
    for place, version in told[:ENTRIES]:
        before = published.versions[version.year][place - 1] if place else None
        if version.is_withdrawn:
            found.append(Entry(version, None, None))
            continue
        now = _made(session, published.row, version, made)
        changes = None
        if before is not None and not before.is_withdrawn:
            was = _made(session, published.row, before, made)
            with_values = before.has_values and version.has_values
            changes = differences(was.scorecard, now.scorecard, with_values=with_values)
        found.append(Entry(version, now, changes))
    return found


def record(row: Publication) -> PublicationRecord:
    """Give a version as a plain value."""
    opening = datetime.combine(row.visible_from, time.min, PARIS)
    return PublicationRecord(
        number=row.id,
        year=row.year,
        version=row.version,
        scope=row.scope,
        has_values=row.has_values,
        visible_from=row.visible_from,
        is_withdrawn=row.is_withdrawn,
        note=row.note_fr,
        recorded_at=row.recorded_at,
        appears_at=max(row.recorded_at, opening),
    )


def by_year(rows: Sequence[Publication]) -> Mapping[int, Versions]:
    """Give the versions of each year as plain values, oldest first."""
    found: dict[int, list[PublicationRecord]] = {}
    for row in rows:
        found.setdefault(row.year, []).append(record(row))
    return found


def _published(organisation: Organisation, rows: Sequence[Publication], today: date) -> Published:
    told = {year: shown(versions, today) for year, versions in by_year(rows).items()}
    return Published(organisation, today, {year: versions for year, versions in told.items() if versions})


def _made(
    session: Session, organisation: Organisation, version: PublicationRecord, made: dict[int, Edition]
) -> Edition:
    if version.number not in made:
        made[version.number] = edition(session, organisation, version)
    return made[version.number]
