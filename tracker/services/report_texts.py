"""What an authority says in its report: versions of a text by section and year, drafts that somebody accepts."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from tracker.domain.errors import Conflict, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.periods import is_open_year
from tracker.domain.permissions import Permission
from tracker.exports.paper import Block
from tracker.reports.narrative import LIMIT, read
from tracker.reports.report import Place
from tracker.reports.section import Section
from tracker.services.contacts import nameless
from tracker.services.decisions import Told, add, tell
from tracker.services.report_order import SECTIONS, order
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import Organisation, ReportText
from tracker.store.queries import report_texts as stored


@dataclass(frozen=True, slots=True)
class Wording:
    """A version of the text of a section: its number, its words as they were typed, and who wrote it when."""

    number: int
    year: int
    text: str
    is_draft: bool
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SectionWords:
    """A section where it stands: the text that the report reads, and the draft written since, if any."""

    section: Section
    is_hidden: bool
    final: Wording | None
    draft: Wording | None


@dataclass(frozen=True, slots=True)
class SectionSheet:
    """The text of a section of a year: every version, latest first, and the last text of an earlier year."""

    section: Section
    year: int
    versions: Sequence[Wording]
    earlier: Wording | None

    @property
    def seen(self) -> int:
        """Give the number of the last version, 0 before the first."""
        return self.versions[0].number if self.versions else 0

    @property
    def last(self) -> Wording | None:
        """Give the last version, a draft or not."""
        return self.versions[0] if self.versions else None

    @property
    def final(self) -> Wording | None:
        """Give the version that the report reads; None where it says nothing."""
        return _final(self.versions)


@dataclass(frozen=True, slots=True)
class TextDraft:
    """What was typed: ``seen`` is the version that was on the screen, 0 for none."""

    text: str = ""
    is_draft: bool = True
    seen: int = 0


def overview(session: Session, visitor: Visitor, year: int, today: date) -> Sequence[SectionWords]:
    """List every section in the order of the report, with what was written for ``year``.

    Raises:
        Forbidden: without the right to propose words.
        NotFound: for a year that cannot have a report.
    """
    visitor.require(Permission.DRAFT_REPORT)
    _check(year, today)
    versions = _by_section(session, visitor.organisation, year)
    return [
        SectionWords(
            SECTIONS[one.section], one.is_hidden, _final(told := versions.get(one.section, ())), _waiting(told)
        )
        for one in order(session, visitor.organisation)
    ]


def places(session: Session, organisation: Organisation, year: int) -> Sequence[Place]:
    """List the sections that the report of ``year`` shows, in its order, with the final words of the authority."""
    versions = _by_section(session, organisation, year)
    found = []
    for one in order(session, organisation):
        if not one.is_hidden:
            final = _final(versions.get(one.section, ()))
            found.append(Place(SECTIONS[one.section], read(final.text) if final else ()))
    return found


def drafts(session: Session, visitor: Visitor, year: int) -> Mapping[str, Sequence[Block]]:
    """Give the drafts that wait, by section, to whoever may propose words; nothing to the others."""
    if not visitor.may(Permission.DRAFT_REPORT):
        return {}
    waiting = {code: _waiting(versions) for code, versions in _by_section(session, visitor.organisation, year).items()}
    return {code: read(one.text) for code, one in waiting.items() if one is not None and one.text}


def spoken(session: Session, organisation: Organisation, year: int) -> Mapping[str, int]:
    """Count the characters of the final text of each section of ``year`` that has one."""
    finals = {code: _final(versions) for code, versions in _by_section(session, organisation, year).items()}
    return {code: len(one.text) for code, one in finals.items() if one is not None}


def sheet(session: Session, visitor: Visitor, year: int, section: str, today: date) -> SectionSheet:
    """Give the text of a section with its versions, and the last one of the years before as a suggestion.

    Raises:
        Forbidden: without the right to propose words.
        NotFound: for a year that cannot have a report, or another section.
    """
    visitor.require(Permission.DRAFT_REPORT)
    _check(year, today)
    if section not in SECTIONS:
        raise NotFound(section)
    rows = [_wording(row) for row in stored.texts(session, visitor.organisation.id, section)]
    years = sorted({row.year for row in rows if row.year < year}, reverse=True)
    finals = (_final([row for row in rows if row.year == one]) for one in years)
    earlier = next(filter(None, finals), None)
    return SectionSheet(SECTIONS[section], year, [row for row in rows if row.year == year], earlier)


def save(session: Session, visitor: Visitor, year: int, section: str, draft: TextDraft, today: date) -> bool:
    """Write a version of the text of a section; an empty one says nothing. False when it is what is stored already.

    Raises:
        Forbidden: without the right to propose words, or to write the report for a text that is not a draft.
        NotFound: for a year that cannot have a report, or another section.
        Conflict: when another version was stored meanwhile.
        Invalid: for what a document cannot hold, at its line, for somebody who is named, for a text that is too long.
    """
    visitor.require(Permission.DRAFT_REPORT if draft.is_draft else Permission.WRITE_REPORT)
    found = sheet(session, visitor, year, section, today)
    text, problems = checked(draft.text)
    last = found.last
    if (last.text, last.is_draft) == (text, draft.is_draft) if last else not text:
        return False
    if draft.seen != found.seen:
        raise Conflict(_stale(found), *problems)
    if problems:
        raise Invalid(*problems)
    row = ReportText(
        organisation_id=visitor.organisation.id,
        year=year,
        section=section,
        version=found.seen + 1,
        text_fr=text,
        is_draft=draft.is_draft,
        account_id=visitor.account_id,
        author=visitor.name,
        recorded_at=datetime.now(UTC),
    )
    add(session, row, lambda: _stale(sheet(session, visitor, year, section, today)))
    action = JournalAction.REPORT_DRAFTED if draft.is_draft else JournalAction.REPORT_WRITTEN
    tell(session, visitor, action, SECTIONS[section].title, _told(last), _told(_wording(row)), year=year)
    session.flush()
    return True


def checked(text: str) -> tuple[str, Sequence[Problem]]:
    """Give a text as it is kept, with what a document cannot hold of it, and whoever is named: it will be published."""
    typed = Typed()
    kept = nameless(typed, "text", text, LIMIT)
    if not typed.problems:
        try:
            read(kept)
        except Invalid as refused:
            typed.problems += refused.problems
    return kept, typed.problems


def _by_section(session: Session, organisation: Organisation, year: int) -> Mapping[str, Sequence[Wording]]:
    found: dict[str, list[Wording]] = {}
    for row in stored.of_year(session, organisation.id, year):
        found.setdefault(row.section, []).append(_wording(row))
    return found


def _final(versions: Sequence[Wording]) -> Wording | None:
    """Give the last version that is not a draft, None when it is empty; ``versions`` come latest first."""
    found = next((one for one in versions if not one.is_draft), None)
    return found if found is not None and found.text else None


def _waiting(versions: Sequence[Wording]) -> Wording | None:
    """Give the draft that is the last version, None where a text was accepted since."""
    return versions[0] if versions and versions[0].is_draft else None


def _wording(row: ReportText) -> Wording:
    return Wording(row.version, row.year, row.text_fr, row.is_draft, row.author, row.recorded_at)


def _check(year: int, today: date) -> None:
    if not is_open_year(year, today):
        raise NotFound(year)


def _stale(found: SectionSheet) -> Problem:
    return Problem("text", ProblemCode.REPORT_TEXT_STALE, {"author": found.last.author if found.last else "–"})


def _told(one: Wording | None) -> Told:
    """Write a version for the journal: its size and its digest, the words themselves are in its own row."""
    if one is None:
        return {"text_version": "", "characters": "", "digest": ""}
    digest = hashlib.sha256(one.text.encode()).hexdigest()
    return {"text_version": str(one.number), "characters": str(len(one.text)), "digest": digest}
