"""What strangers read of the frozen reports of an organisation: the versions that it published, and no other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound
from tracker.domain.frozen_reports import shown
from tracker.domain.publications import PublicationState
from tracker.labels.formats import PARIS
from tracker.services.frozen_reports import Version, versions_of
from tracker.store.models import Organisation
from tracker.store.queries import reports


@dataclass(frozen=True, slots=True)
class PublicReports:
    """The versions of an organisation that strangers read or could once read, latest first, each with its standing."""

    row: Organisation
    known: Sequence[tuple[Version, PublicationState]]
    today: date

    def of_year(self, year: int) -> Sequence[Version]:
        """List the versions of a year that can be read, latest first."""
        return [one for one, state in self.known if one.row.year == year and state is PublicationState.VISIBLE]

    @property
    def latest(self) -> Mapping[int, Version]:
        """Give the version to read of each year, latest year first."""
        years = dict.fromkeys(one.row.year for one, state in self.known if state is PublicationState.VISIBLE)
        return {year: self.of_year(year)[0] for year in years}

    def find(self, year: int, number: int | None) -> tuple[Version, PublicationState]:
        """Give a version of a year, or the latest that can be read, else the latest that was taken back.

        Raises:
            NotFound: when strangers never read it: both look the same.
        """
        told = [pair for pair in self.known if pair[0].row.year == year and number in {None, pair[0].row.version}]
        told.sort(key=lambda pair: pair[1] is not PublicationState.VISIBLE)
        if not told:
            raise NotFound(year)
        return told[0]

    @property
    def mark(self) -> str:
        """Give a text that is another one as soon as what strangers read is."""
        return "\n".join(
            f"{one.row.digest} {state} {len(one.publications)} {len(one.debates)}" for one, state in self.known
        )

    @property
    def changed_at(self) -> datetime:
        """Give the moment since which what strangers read is the same."""
        told = [moment for one, _ in self.known for moment in _moments(one)]
        return max(moment for moment in told if moment.astimezone(PARIS).date() <= self.today)


def find(session: Session, slug: str, today: date) -> PublicReports:
    """Give what strangers may read of the reports of the organisation at ``slug``.

    Raises:
        NotFound: when it does not exist or never published a report: both look the same.
    """
    row = reports.organisation_of(session, slug) if slug.isprintable() else None
    found = of(session, row, today) if row is not None else None
    if found is None:
        raise NotFound(slug)
    return found


def of(session: Session, row: Organisation, today: date) -> PublicReports | None:
    """Give what strangers may read of the reports of an organisation, None where it never published any."""
    told = [(one, shown(one.acts, today)) for one in versions_of(session, row.id)]
    known = [pair for pair in told if pair[1] in {PublicationState.VISIBLE, PublicationState.WITHDRAWN}]
    return PublicReports(row, known, today) if known else None


def _moments(one: Version) -> Sequence[datetime]:
    opened = [max(act.recorded_at, datetime.combine(act.visible_from, time.min, PARIS)) for act in one.publications]
    return [*opened, *(debate.recorded_at for debate in one.debates)]
