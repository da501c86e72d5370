"""Audits as tables: one for all pages as Ara exports it, or the model of grid, with a sheet for each page."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.audit_drafts import (
    ADDRESS_LIMIT,
    MOST_PAGES,
    NAME_LIMIT,
    AuditDraft,
    AuditFormat,
    PageDraft,
    kind_of,
    version_of,
)
from tracker.domain.dates import parse_date
from tracker.domain.drafts import ImportProblem, Place
from tracker.domain.errors import AnyProblem, Invalid, Problem
from tracker.domain.rgaa import AuditKind, Result, RgaaVersion
from tracker.domain.service_problems import ServiceProblem
from tracker.importers.audits.cells import bare, criterion_of, is_shared, line, result_of
from tracker.importers.grid import Book, Cell, Grid, Odd, letter

HEADING_REACH = 20
"""Rows among which the headings are looked for."""
_CRITERIA = {"critere", "criteres", "criterion", "criteria", "n critere", "numero", "numero du critere"}
_STATES = {"statut", "statuts", "resultat", "status", "result"}
_BESIDE = {
    "thematique",
    "thematiques",
    "theme",
    "topic",
    "recommandation",
    "recommandations",
    "intitule",
    "libelle",
    "titre",
    "niveau",
    "derogation",
    "modifications a apporter",
    "commentaire",
    "commentaires",
}
_SAMPLE = "echantillon"
_VERSION = re.compile(r"RGAA\D{0,20}(\d+(?:\.\d+)*)", re.IGNORECASE)
_QUOTED, _LISTED = 40, 10
_SAMPLE_REACH = 12
"""Rows among which the sample says of what and when it is."""


@dataclass(frozen=True, slots=True)
class _Headings:
    """Where a sheet has its criteria: the rank of the row of headings, the column of the numbers, that of each page.

    ``is_page`` where the sheet is one page, with one column of results.
    """

    rank: int
    criteria: int
    pages: Mapping[int, str]
    is_page: bool


def read(book: Book, versions: Sequence[RgaaVersion]) -> AuditDraft:
    """Make a draft of the sheets of ``book``, with every cell that cannot be read."""
    found = {grid.name: headings for grid in book.grids if (headings := _headings(grid)) is not None}
    pages = [grid for grid in book.grids if grid.name in found and found[grid.name].is_page]
    tables = [grid for grid in book.grids if grid.name in found and not found[grid.name].is_page]
    if pages:
        draft = _Model(book, pages, found, versions).draft()
    elif len(tables) == 1:
        draft = _Table(tables[0], found[tables[0].name], versions).draft()
    else:
        code = ServiceProblem.AUDIT_TABLES_SEVERAL if tables else ServiceProblem.AUDIT_NOT_READ
        draft = AuditDraft(problems=(ImportProblem(Place(), Problem("file", code)),))
    return draft


def _headings(grid: Grid) -> _Headings | None:
    """Find the row that names the criteria, and what stands beside them."""
    for rank, row in enumerate(grid.rows[:HEADING_REACH]):
        named = [bare(_shown(cell)) for cell in row]
        criteria = next((place for place, name in enumerate(named) if name in _CRITERIA), None)
        if criteria is None:
            continue
        states = [place for place, name in enumerate(named) if name in _STATES]
        if states:
            return _Headings(rank, criteria, {states[0]: ""}, is_page=True)
        others = {
            place: line(_shown(cell), NAME_LIMIT)
            for place, cell in enumerate(row)
            if place > criteria and named[place] and named[place] not in _BESIDE
        }
        return _Headings(rank, criteria, others, is_page=False)
    return None


class _Reader:
    """Reads the rows of a sheet, and keeps each cell that cannot be read."""

    def __init__(self, versions: Sequence[RgaaVersion]) -> None:
        self.versions = versions
        self.known = {one for version in versions for one in version.criteria()}
        self.problems: list[ImportProblem] = []
        self.blanks = 0

    def refuse(self, code: AnyProblem, place: Place | None = None, **values: object) -> None:
        self.problems.append(
            ImportProblem(place or Place(), Problem("file" if place is None else "cell", code, values))
        )

    def rows(self, grid: Grid, headings: _Headings) -> Iterator[tuple[str, int, Sequence[Cell]]]:
        """Give each criterion once, with the number of its row."""
        seen: dict[str, int] = {}
        last = ""
        for number, row in enumerate(grid.rows[headings.rank + 1 :], headings.rank + 2):
            written = _shown(row[headings.criteria]).strip() if headings.criteria < len(row) else ""
            if not written:
                if any(result_of(text) for place in headings.pages if (text := _at(row, place).strip())):
                    self.refuse(ServiceProblem.AUDIT_CRITERION_MISSING, Place(grid.name, number))
                continue
            place = Place(grid.name, number, letter(headings.criteria + 1))
            criterion = _number_of(row[headings.criteria])
            topic, _, rank = criterion.partition(".")
            if rank == "1" and (last == f"{topic}.9" or ("," in written and last.startswith(f"{topic}."))):
                criterion += "0"  # a spreadsheet took 4.10 for a number, and lost its zero
            last = criterion
            if criterion not in self.known:
                self.refuse(ServiceProblem.AUDIT_CRITERION_UNKNOWN, place, text=written[:_QUOTED])
            elif criterion in seen:
                self.refuse(ServiceProblem.AUDIT_CRITERION_TWICE, place, criterion=criterion, row=seen[criterion])
            else:
                seen[criterion] = number
                yield criterion, number, row

    def result(self, grid: Grid, number: int, row: Sequence[Cell], column: int) -> Result:
        cell = row[column] if column < len(row) else ""
        written = _shown(cell)
        self.blanks += not written.strip()
        found = result_of(written) if isinstance(cell, str) else None
        if found is None:
            place = Place(grid.name, number, letter(column + 1))
            self.refuse(ServiceProblem.AUDIT_RESULT_UNREADABLE, place, text=" ".join(written.split())[:_QUOTED])
        return found or Result.NOT_TESTED

    def check_criteria(self, kind: AuditKind | None, criteria: Sequence[str]) -> None:
        """Say which criteria are missing of the smallest audit that looks at those that are there."""
        asked = set(criteria)
        has_unknown = any(one.problem.code is ServiceProblem.AUDIT_CRITERION_UNKNOWN for one in self.problems)
        if kind is not None or has_unknown:
            return
        version = next(one for one in reversed(self.versions) if one.topics)
        nearest = next((one for one in AuditKind if asked <= set(version.looked_at(one))), AuditKind.FULL)
        lacking = [one for one in version.looked_at(nearest) if one not in asked]
        self.refuse(ServiceProblem.AUDIT_CRITERIA_LACKING, n=len(lacking), codes=", ".join(lacking[:_LISTED]))


class _Table(_Reader):
    """Reads one table for all pages: a row a criterion, a column a page."""

    def __init__(self, grid: Grid, headings: _Headings, versions: Sequence[RgaaVersion]) -> None:
        super().__init__(versions)
        self._grid, self._headings = grid, headings

    def draft(self) -> AuditDraft:
        """Give what the table says; it tells neither a day, nor a rate, nor its version of the RGAA."""
        if not self._headings.pages:
            self.refuse(ServiceProblem.AUDIT_PAGES_MISSING)
        if len(self._headings.pages) > MOST_PAGES:
            self.refuse(ServiceProblem.AUDIT_PAGES_TOO_MANY, limit=MOST_PAGES)
            return AuditDraft(problems=tuple(self.problems))
        results: dict[int, dict[str, Result]] = {place: {} for place in self._headings.pages}
        criteria = []
        for criterion, number, row in self.rows(self._grid, self._headings):
            criteria.append(criterion)
            for place, page in results.items():
                page[criterion] = self.result(self._grid, number, row, place)
        kind, rgaa = recognised(criteria, "", self.versions)
        self.check_criteria(kind, criteria)
        pages = tuple(
            PageDraft(name, results[place], is_shared=is_shared(name)) for place, name in self._headings.pages.items()
        )
        return AuditDraft(AuditFormat.ARA_TABLE, kind, rgaa, pages, blanks=self.blanks, problems=tuple(self.problems))


class _Model(_Reader):
    """Reads the model of grid: the sheet of the sample, then a sheet for each page, named by its number."""

    def __init__(
        self, book: Book, pages: Sequence[Grid], found: Mapping[str, _Headings], versions: Sequence[RgaaVersion]
    ) -> None:
        super().__init__(versions)
        self._book, self._pages, self._found = book, pages, found
        self._sample = next((grid for grid in book.grids if bare(grid.name) == _SAMPLE), None)

    def draft(self) -> AuditDraft:
        """Give what the grid says. The name of its auditor is not read."""
        listed = self._listed()
        pages = {grid.name for grid in self._pages}
        ignored = [grid.name for grid in self._book.grids if grid.name not in pages and grid is not self._sample]
        read, criteria = list[PageDraft](), list[str]()
        for grid in self._pages:
            blanks = self.blanks
            results = {
                criterion: self.result(grid, number, row, next(iter(self._found[grid.name].pages)))
                for criterion, number, row in self.rows(grid, self._found[grid.name])
            }
            name, address = listed.get(bare(grid.name), ("", ""))
            is_used = bool(name or address) or any(one is not Result.NOT_TESTED for one in results.values())
            if not is_used and (listed or len(self._pages) > 1):
                self.blanks = blanks
                ignored.append(grid.name)
                continue
            criteria += results
            read.append(PageDraft(name or line(grid.name, NAME_LIMIT), results, address, is_shared(name)))
        self._check_sheets(listed)
        told = next((found[1] for text in self._told() if (found := _VERSION.search(text))), "")
        kind, rgaa = recognised(criteria, told, self.versions)
        if not read:
            self.refuse(ServiceProblem.AUDIT_PAGES_MISSING)
        elif len(read) > MOST_PAGES:
            self.refuse(ServiceProblem.AUDIT_PAGES_TOO_MANY, limit=MOST_PAGES)
        else:
            self.check_criteria(kind, criteria)
        return AuditDraft(
            AuditFormat.MODEL_GRID,
            kind,
            rgaa,
            tuple(read[:MOST_PAGES]),
            audited_on=self._day(),
            service=self._after("site"),
            dropped=("Auditeur",) if self._after("auditeur") else (),
            ignored=tuple(ignored),
            blanks=self.blanks,
            problems=tuple(self.problems),
        )

    def _listed(self) -> Mapping[str, tuple[str, str]]:
        """Give the title and the address of each page of the sample, by the name of its sheet."""
        if self._sample is None:
            return {}
        names = {bare(grid.name) for grid in self._pages}
        found = {}
        for row in self._sample.rows:
            place = next((place for place, cell in enumerate(row) if _is_page_name(_shown(cell), names)), None)
            if place is not None:
                title, address = _at(row, place + 1), _at(row, place + 2)
                found[bare(_shown(row[place]))] = (line(title, NAME_LIMIT), line(address, ADDRESS_LIMIT))
        return {name: told for name, told in found.items() if any(told)}

    def _check_sheets(self, listed: Mapping[str, tuple[str, str]]) -> None:
        there = {bare(grid.name) for grid in self._pages}
        for name in listed:
            if name not in there:
                self.refuse(ServiceProblem.AUDIT_SHEET_MISSING, text=name.upper())

    def _told(self) -> Iterator[str]:
        """Give the texts at the top of the sample, or of the first page without one."""
        for grid in [self._sample] if self._sample is not None else self._pages[:1]:
            for row in grid.rows[:_SAMPLE_REACH]:
                yield from (_shown(cell).strip() for cell in row if _shown(cell).strip())

    def _after(self, asked: str) -> str:
        """Give what stands after « asked : », in the same cell or in the next one."""
        rows = self._sample.rows[:_SAMPLE_REACH] if self._sample is not None else ()
        for row in rows:
            for place, cell in enumerate(row):
                title, colon, told = _shown(cell).partition(":")
                if bare(title).split()[:1] == [asked]:
                    said = told if colon and told.strip() else _at(row, place + 1)
                    return line(said, NAME_LIMIT)
        return ""

    def _day(self) -> date | None:
        try:
            return parse_date(self._after("date"), "audited_on")
        except Invalid:
            return None


def recognised(criteria: Sequence[str], told: str, versions: Sequence[RgaaVersion]) -> tuple[AuditKind | None, str]:
    """Tell the kind of an audit by its criteria, and its version: the one told, else the latest that is published."""
    published = [one for one in versions if one.published_on is not None and one.topics]
    code = version_of(told, versions) if told else ""
    asked = [one for one in published if one.code == code] if code else list(reversed(published))
    for version in asked:
        if (kind := kind_of(criteria, version)) is not None:
            return kind, version.code
    return None, code


def _is_page_name(written: str, names: set[str]) -> bool:
    asked = bare(written)
    return asked in names or bool(re.fullmatch(r"p\d{1,3}", asked))


def _number_of(cell: Cell) -> str:
    """Give the criterion of a cell, which a spreadsheet may have taken for a number: « 4,1 »."""
    return criterion_of(cell.replace(",", ".")) if isinstance(cell, str) else ""


def _shown(cell: Cell) -> str:
    return cell.text if isinstance(cell, Odd) else cell


def _at(row: Sequence[Cell], place: int) -> str:
    return _shown(row[place]) if place < len(row) else ""
