"""Tells what a file of an audit is, and reads it."""

from collections.abc import Sequence

from tracker.domain.audit_drafts import AuditDraft
from tracker.domain.drafts import ImportProblem, Place
from tracker.domain.errors import Invalid
from tracker.domain.rgaa import RgaaVersion
from tracker.importers import registry
from tracker.importers.audits import ara, grids
from tracker.importers.audits.cells import bare
from tracker.importers.formats import csv
from tracker.importers.grid import Book, check_size

_SNIFFED_LINES, _SNIFFED_CHARACTERS = 20, 50_000


def parse(content: bytes, name: str, versions: Sequence[RgaaVersion]) -> AuditDraft:
    """Read a file of an audit, or say why it cannot be.

    Call it through ``child.read``: nothing here keeps a hostile file from taking the memory of the process.
    """
    try:
        check_size(content)
        if ara.is_report(content):
            return ara.read(content, versions)
        book = _book(content, name)
    except Invalid as refusal:
        return AuditDraft(problems=tuple(ImportProblem(Place(), problem) for problem in refusal.problems))
    return AuditDraft(problems=book.problems) if book.problems else grids.read(book, versions)


def _book(content: bytes, name: str) -> Book:
    file = registry.opened(content, name)
    if file.is_archive:
        return registry.read_opened(file)[1]
    text, encoding = csv.decoded(file.content)
    return csv.book(text, encoding, _delimiter(text))


def _delimiter(text: str) -> str:
    """Choose what cuts most cells out of the line that names the criteria."""
    lines = text[:_SNIFFED_CHARACTERS].splitlines()[:_SNIFFED_LINES]
    heading = next((line for line in lines if "criter" in bare(line)), "")
    return max(csv.DELIMITERS, key=heading.count)
