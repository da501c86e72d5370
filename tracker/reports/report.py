"""The report of a year as one document: its chapters in order, their words, their drawings and their data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.records import OrganisationRecord
from tracker.exports.paper import Block, Figure, Heading, Look, Paper, said
from tracker.exports.tabular import DataTable
from tracker.labels import current, text
from tracker.labels.sentences import aside_note, year_reading
from tracker.reports.captions import numbered
from tracker.reports.markup import blocks
from tracker.reports.outline import OUTLINE
from tracker.reports.review import Review
from tracker.reports.section import Section
from tracker.reports.speech import environment


@dataclass(frozen=True, slots=True)
class Place:
    """A section in the order that an authority gave it, with what it wrote itself, ahead of what is computed."""

    section: Section
    narrative: Sequence[Block] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section as it is written: the blocks under its title, its drawings among them, and the data behind them."""

    code: str
    title: str
    blocks: tuple[Block, ...]
    tables: tuple[DataTable, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report: who speaks, of which year, as it was known on a day, in a language; ``lead`` tells it in a line."""

    organisation: OrganisationRecord
    year: int
    as_of: date
    language: str
    title: str
    lead: str
    chapters: tuple[Chapter, ...]

    @property
    def tables(self) -> Sequence[DataTable]:
        """List the data of every chapter."""
        return [table for chapter in self.chapters for table in chapter.tables]

    @property
    def figures(self) -> Sequence[Figure]:
        """List the drawings of every chapter."""
        return [block for chapter in self.chapters for block in chapter.blocks if isinstance(block, Figure)]

    def table(self, name: str) -> DataTable | None:
        """Give the data called ``name``, None where its chapter was left out."""
        return next((table for table in self.tables if table.name == name), None)


STANDARD = tuple(Place(section) for section in OUTLINE)
"""Every section in the order of the outline, without a word of the authority."""


def compose(review: Review, places: Iterable[Place] = STANDARD) -> Report:
    """Write the report of ``review`` in the language being spoken."""
    return Report(
        review.scorecard.organisation,
        review.year,
        review.scorecard.today,
        current(),
        text("Bilan de la stratégie numérique responsable {year}", year=review.year),
        " ".join(filter(None, (year_reading(review.scorecard), aside_note(review.scorecard)))),
        tuple(_chapter(review, place) for place in places),
    )


def paper(report: Report, *, mark: str = "", notes: Sequence[str] = ()) -> Paper:
    """Give the report as a document; ``notes`` stand under its title, ``mark`` on each page of a draft."""
    told: list[Block] = [said(note, Look.NOTICE) for note in notes]
    told.append(said(report.lead))
    for rank, chapter in enumerate(report.chapters, 1):
        told += [Heading(1, f"{rank}. {chapter.title}"), *chapter.blocks]
    name = report.organisation.name
    return Paper(report.title, name, name, report.as_of, report.language, numbered(told), mark)


def by_chapter(document: Paper) -> tuple[Sequence[Block], Sequence[Sequence[Block]]]:
    """Divide a document into what opens it and its chapters, each from its title on."""
    starts = [at for at, one in enumerate(document.blocks) if isinstance(one, Heading) and one.level == 1]
    ends = [*starts[1:], len(document.blocks)]
    chapters = [document.blocks[start:end] for start, end in zip(starts, ends, strict=True)]
    return document.blocks[: starts[0] if starts else None], chapters


def _chapter(review: Review, place: Place) -> Chapter:
    section = place.section
    told = blocks(environment().get_template(section.template).render(review=review))
    drawn = section.drawings(review)
    return Chapter(section.code, text(section.title), (*place.narrative, *told, *drawn), tuple(section.tables(review)))
