"""Frozen reports: the draft that is read, the version that is sealed from it, and the reading of what was sealed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from tracker.domain.errors import Conflict, NotFound, Problem, ProblemCode
from tracker.domain.frozen_reports import Rectification, ReportAct, standing
from tracker.domain.journal_actions import JournalAction
from tracker.domain.permissions import Permission
from tracker.domain.publications import PublicationState
from tracker.exports.kept_paper import digest
from tracker.labels import speaking, text
from tracker.reports import snapshot
from tracker.reports.formats import FORMATS
from tracker.reports.frozen_files import Seal, frozen_file
from tracker.reports.rectified import rectified_chapter
from tracker.reports.report import Report, compose, paper
from tracker.services.decisions import add, tell
from tracker.services.rectified_reports import rectifications
from tracker.services.report_texts import places
from tracker.services.reviews import review
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import FrozenReport, JournalEntry, ReportDebate, ReportPublication
from tracker.store.queries import reports


class AlteredReport(Exception):
    """The kept text of a frozen report is no longer the one that its digest was made of: nothing of it is given."""


@dataclass(frozen=True, slots=True)
class Version:
    """A frozen version with all that was recorded of it since, oldest first."""

    row: FrozenReport
    debates: Sequence[ReportDebate]
    publications: Sequence[ReportPublication]

    @property
    def acts(self) -> Sequence[ReportAct]:
        """Give the decisions on its publication as plain values."""
        return [ReportAct(one.visible_from, one.is_withdrawn, one.note, one.recorded_at) for one in self.publications]

    @property
    def debate(self) -> ReportDebate | None:
        """Give what is known of its debate, None while nothing is."""
        return self.debates[-1] if self.debates else None

    @property
    def last_act(self) -> ReportPublication | None:
        """Give the last decision on its publication."""
        return self.publications[-1] if self.publications else None

    def standing(self, today: date) -> PublicationState:
        """Say where it stands for strangers."""
        return standing(self.acts, today)


@dataclass(frozen=True, slots=True)
class Preparation:
    """What would be frozen now: its version, the digest of its text, and what it rectifies of the version before."""

    year: int
    version: int
    content: str
    digest: str
    rectified: Sequence[Rectification]
    at: datetime


def draft(session: Session, visitor: Visitor, year: int, today: date) -> Report:
    """Give the report of a year as it is today, in the language being spoken.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a year that cannot have values.
    """
    return compose(review(session, visitor, year, today), places(session, visitor.organisation, year))


def draft_file(made: Report, form: str) -> bytes:
    """Write a report that is not frozen in one of `FORMATS`, marked as a draft."""
    return FORMATS[form].write(made, paper(made, mark=text("Brouillon")))


def versions(session: Session, visitor: Visitor, year: int | None = None) -> Sequence[Version]:
    """List the frozen versions of a year, or of every year, latest first.

    Raises:
        Forbidden: without the right to read.
    """
    visitor.require(Permission.READ)
    return versions_of(session, visitor.organisation.id, year)


def versions_of(session: Session, organisation_id: int, year: int | None = None) -> Sequence[Version]:
    """List what `versions` lists, for whoever was let in otherwise."""
    told: dict[FrozenReport, tuple[dict[ReportDebate, None], dict[ReportPublication, None]]] = {}
    for row, debate, act in reports.recorded(session, organisation_id, year):
        debates, acts = told.setdefault(row, ({}, {}))
        debates |= {debate: None} if debate is not None else {}
        acts |= {act: None} if act is not None else {}
    return [Version(row, tuple(debates), tuple(acts)) for row, (debates, acts) in reversed(told.items())]


def find(session: Session, visitor: Visitor, year: int, number: int) -> Version:
    """Give one version of a year.

    Raises:
        Forbidden: without the right to read.
        NotFound: when there is no such version.
    """
    for one in versions(session, visitor, year):
        if one.row.version == number:
            return one
    raise NotFound(number)


def content(row: FrozenReport) -> str:
    """Give the kept text of a version.

    Raises:
        AlteredReport: when it is not the one that was sealed.
    """
    if digest(row.content) != row.digest:
        raise AlteredReport(row.id)
    return row.content


def read(row: FrozenReport) -> Report:
    """Give back the report of a version.

    Raises:
        AlteredReport: when its text is not the one that was sealed.
    """
    return snapshot.read(content(row))


def file(row: FrozenReport, form: str) -> bytes:
    """Write a version in one of `FORMATS`: the same bytes whenever it is asked for.

    Raises:
        AlteredReport: when its text is not the one that was sealed.
    """
    return frozen_file(content(row), seal(row), form)


def seal(row: FrozenReport) -> Seal:
    """Give what is printed on a version."""
    return Seal(row.version, row.schema, row.digest, row.as_of, row.frozen_at, row.role)


def rectified(session: Session, visitor: Visitor, row: FrozenReport) -> Sequence[Rectification]:
    """List what is no longer what a version says.

    Raises:
        Forbidden: without the right to read.
        AlteredReport: when its text is not the one that was sealed.
    """
    return rectifications(session, visitor, row, read(row))


def prepare(session: Session, visitor: Visitor, year: int, today: date) -> Preparation:
    """Make what would be frozen of ``year`` now.

    Raises:
        Forbidden: without the right to publish.
        NotFound: for a year that cannot have values.
    """
    visitor.require(Permission.PUBLISH)
    rows = reports.of_organisation(session, visitor.organisation.id, year)
    last = rows[-1] if rows else None
    at = datetime.now(UTC)
    with speaking("fr"):  # the report is a French official text, whatever the language of the page
        found = rectified(session, visitor, last) if last is not None else ()
        made = draft(session, visitor, year, today)
        if last is not None and found:
            chapter = rectified_chapter(found, last.version, year)
            made = replace(made, chapters=(chapter, *made.chapters))
        told = snapshot.written(made)
    return Preparation(year, (last.version if last else 0) + 1, told, digest(told), found, at)


def freeze(session: Session, visitor: Visitor, year: int, seen: str, note: str, today: date) -> tuple[int, bool]:
    """Seal the draft whose digest is ``seen``. Gives its version, and False when the same click sealed it already.

    Raises:
        Forbidden: without the right to publish.
        NotFound: for a year that cannot have values.
        Conflict: when the draft is no longer the one that was seen.
        Invalid: for a note that is too long.
    """
    visitor.require(Permission.PUBLISH)
    rows = reports.of_organisation(session, visitor.organisation.id, year)
    if rows and rows[-1].digest == seen and rows[-1].account_id == visitor.account_id:
        return rows[-1].version, False
    typed = Typed()
    written = typed.words("note", note)
    made = prepare(session, visitor, year, today)
    if made.digest != seen:
        raise Conflict(Problem("seen", ProblemCode.REPORT_CHANGED), *typed.problems)
    typed.end()
    row = FrozenReport(
        organisation_id=visitor.organisation.id,
        year=year,
        version=made.version,
        schema=snapshot.SCHEMA,
        content=made.content,
        digest=made.digest,
        as_of=today,
        frozen_at=datetime.now(UTC),
        role=visitor.role,
        note=written,
        account_id=visitor.account_id,
        author=visitor.name,
    )
    add(session, row, lambda: Problem("seen", ProblemCode.REPORT_CHANGED))
    after = {"report_version": str(made.version), "digest": made.digest}
    tell(session, visitor, JournalAction.REPORT_FROZEN, str(year), {}, after, year=year, reason=written)
    return made.version, True


def meanwhile(session: Session, visitor: Visitor, moment: datetime) -> Sequence[JournalEntry]:
    """List what was changed since ``moment``, for whoever read a draft that is no longer the one.

    Raises:
        Forbidden: without the right to publish.
    """
    visitor.require(Permission.PUBLISH)
    return reports.told_after(session, visitor.organisation.id, moment)
