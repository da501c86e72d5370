"""A document as plain blocks, the same for the files that it is written as: HTML, ODT, DOCX and PDF."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from tracker.labels import colon

_ILLEGIBLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What the XML of the office formats cannot hold."""


class Weight(StrEnum):
    """How a stretch of text stands out; a blank is something that the reader has to fill."""

    PLAIN = "plain"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    BLANK = "blank"


class Look(StrEnum):
    """What a paragraph is."""

    BODY = "body"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one weight."""

    text: str
    weight: Weight = Weight.PLAIN


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; the title of the document stands above them all."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; the line breaks of its text are kept."""

    spans: tuple[Span, ...]
    look: Look = Look.BODY


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of items, at least one."""

    items: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption and one row of headings; no cell is empty.

    ``widths`` are shares of the page, one a column; ``numbers`` the ranks of the columns set to the right. The first
    column names its row.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with its caption: ``svg`` stands alone; ``alternative`` tells what it shows to who does not see it.

    ``width`` and ``height`` are those of the drawing, in its own units.
    """

    caption: str
    alternative: str
    svg: str
    width: int
    height: int


Block = Heading | Paragraph | Bullets | Table | Figure


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: its title and what stands under it, who speaks, the day it tells of, its language and its blocks.

    ``language`` is "fr" or "en"; the day is the one that the file says it was made on, so that the same words give
    the same bytes. ``mark`` stands on every page of a document that is not the last word: « Brouillon ».
    """

    title: str
    subtitle: str
    author: str
    on: date
    language: str
    blocks: tuple[Block, ...]
    mark: str = ""

    @property
    def locale(self) -> str:
        """Give the language as the formats tell it."""
        return "fr-FR" if self.language == "fr" else "en-GB"


Run = Sequence[tuple[int, Block]]


def runs(ranked: Iterable[tuple[int, Block]]) -> Iterator[Run]:
    """Give blocks with their ranks one by one, but drawings that follow one another by pairs: two stand on a row."""
    for is_figure, some in groupby(ranked, lambda pair: isinstance(pair[1], Figure)):
        together, listed = 2 if is_figure else 1, list(some)
        yield from (listed[at : at + together] for at in range(0, len(listed), together))


def legible(text: str) -> str:
    """Give ``text`` with a mark in place of what the formats cannot hold, its line ends in one form."""
    return _ILLEGIBLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def said(text: str, look: Look = Look.BODY) -> Paragraph:
    """Give a paragraph of plain text."""
    return Paragraph((Span(text),), look)


def fact(term: str, told: str) -> Paragraph:
    """Give a paragraph that opens with what it tells: « Pilote : … »."""
    return Paragraph((Span(f"{term}{colon()}", Weight.STRONG), Span(told)))


def listed(items: Iterable[str]) -> Bullets:
    """Give a list of plain texts."""
    return Bullets(tuple((Span(item),) for item in items))


def letters(spans: Sequence[Span]) -> str:
    """Give the text of ``spans`` without their weight."""
    return "".join(span.text for span in spans)
