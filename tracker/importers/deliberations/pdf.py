"""Reads a deliberation in PDF: by its tags where it has them, else by where its lines stand on the page."""

import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject

from tracker.domain.errors import ProblemCode
from tracker.importers.deliberations.paragraphs import Block
from tracker.importers.deliberations.spelling import folded
from tracker.importers.grid import refused

MAX_PAGES = 100
_FEWEST_LETTERS = 200  # of the whole file: a stamp on a scanned text has fewer
_MAX_ELEMENTS, _MAX_DEPTH = 50_000, 60
_EDGE_LINES = 3  # lines at the top and the foot of a page that may be its furniture
_SAME_LINE, _GAP = 0.35, 1.3  # of the size of the letters; of the usual step between lines
_NARROW = frozenset("iljtfrI'.,;:!|()[] ")
_FULL, _FULL_AFTER_A_SENTENCE = 0.9, 1.0  # of the widest line
_ROOM = 0.87  # of the widest line: under it, a word more would have found its place
_FEWEST_LINES = 8  # lines a block, from which a page has no gaps between its paragraphs
_TAGGED_SHARE = 0.9
_PARAGRAPHS = {"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Title", "Caption", "TD", "TH", "LI", "BlockQuote", "TOCI"}
_ASIDE = {"Lbl", "Artifact", "Figure", "Note", "FENote"}
_UNREADABLE = (
    PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError, OSError, RecursionError, RuntimeError,
    TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Piece:
    """Letters drawn at once: the height of their line and their size in points, the mark that they belong to."""

    text: str
    height: float
    size: float
    mark: int | None


Line = tuple[str, float, float]
"""What a line says, its height on the page, the size of its letters."""


def pdf_blocks(content: bytes) -> Sequence[Block]:
    """Give the lines of a PDF, parted where its tags or its gaps part them.

    Raises:
        Invalid: for a file that is encrypted, too long, damaged, or without text (a scanned picture).
    """
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            raise refused(ProblemCode.FILE_ENCRYPTED)
        if len(reader.pages) > MAX_PAGES:
            raise refused(ProblemCode.TEXT_TOO_MANY_PAGES, limit=MAX_PAGES)
        pages = [_pieces(page) for page in reader.pages]
        if sum(len(piece.text.strip()) for pieces in pages for piece in pieces) < _FEWEST_LETTERS:
            raise refused(ProblemCode.TEXT_SCANNED)
        return _tagged(reader, pages) or _laid_out(pages)
    except _UNREADABLE:
        raise refused(ProblemCode.FILE_DAMAGED) from None


def _pieces(page: PageObject) -> Sequence[_Piece]:
    """Follow the drawing of a page, with the marked content that each piece is in."""
    found: list[_Piece] = []
    marks: list[int | None] = []

    def on_operator(operator: bytes, operands: Any, *_: Any) -> None:
        if operator in {b"BDC", b"BMC"}:
            told = operands[1] if len(operands) > 1 else None
            is_artifact = bool(operands) and operands[0] == "/Artifact"
            mark = told.get("/MCID") if isinstance(told, DictionaryObject) else None
            marks.append(-1 if is_artifact else mark if isinstance(mark, int) else marks[-1] if marks else None)
        elif operator == b"EMC" and marks:
            marks.pop()

    def on_text(text: str, outer: Sequence[float], inner: Sequence[float], _font: Any, size: float) -> None:
        if text.strip() or text == " ":
            height = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
            scale = abs(inner[3] * outer[3]) or 1.0
            found.append(_Piece(text, height, size * scale, marks[-1] if marks else None))

    page.extract_text(visitor_operand_before=on_operator, visitor_text=on_text)
    return found


def _lines(pieces: Sequence[_Piece]) -> list[Line]:
    """Put together the pieces that stand on one line."""
    told: list[Line] = []
    for piece in pieces:
        for rank, text in enumerate(piece.text.rstrip("\n").split("\n")):
            is_same = told and not rank and abs(told[-1][1] - piece.height) < _SAME_LINE * max(piece.size, 1.0)
            if is_same and told:
                told[-1] = (told[-1][0] + text, *told[-1][1:])
            elif text.strip():
                told.append((text, piece.height, piece.size))
    return told


def _tagged(reader: PdfReader, pages: Sequence[Sequence[_Piece]]) -> Sequence[Block]:
    """Give the paragraphs that the tags name, nothing where they leave out a part of the text."""
    root = _resolved(_resolved(reader.trailer.get("/Root")).get("/StructTreeRoot"))
    if not root:
        return []
    places = {page.indirect_reference.idnum: at for at, page in enumerate(reader.pages) if page.indirect_reference}
    tree = _Tree(places, pages, _resolved(root.get("/RoleMap")))
    tree.follow(root.get("/K"), None, 0)
    tree.close()
    shown = sum(len(piece.text.strip()) for pieces in pages for piece in pieces if piece.mark != -1)
    told = sum(len(line.strip()) for block in tree.blocks for line in block)
    return tree.blocks if told >= _TAGGED_SHARE * shown else []


class _Tree:
    """Follows the tags, and gathers the lines of each paragraph."""

    def __init__(self, places: Mapping[int, int], pages: Sequence[Sequence[_Piece]], roles: DictionaryObject) -> None:
        self.blocks: list[list[str]] = []
        self._places, self._roles = places, roles
        self._marked: dict[tuple[int, int], list[_Piece]] = {}
        for at, pieces in enumerate(pages):
            for piece in pieces:
                if piece.mark is not None:
                    self._marked.setdefault((at, piece.mark), []).append(piece)
        self._held: list[_Piece] = []
        self._lists, self._marker, self._count = 0, "", 0

    def follow(self, node: Any, page: int | None, depth: int) -> None:
        """Follow one tag and what is under it."""
        self._count += 1
        if self._count > _MAX_ELEMENTS or depth > _MAX_DEPTH:
            raise ValueError("more tags than a document has")
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, ArrayObject):
            for one in node:
                self.follow(one, page, depth + 1)
        elif isinstance(node, int):
            self._held += self._marked.get((page, node), []) if page is not None else []
        elif isinstance(node, DictionaryObject):
            reference = node.raw_get("/Pg") if "/Pg" in node else None
            page = self._places.get(getattr(reference, "idnum", -1), page)
            if node.get("/Type") == "/MCR":
                self.follow(node.get("/MCID"), page, depth + 1)
            else:
                self._element(node, page, depth)

    def close(self) -> None:
        """End the paragraph at hand."""
        lines = [text for text, _, _ in _lines(self._held)]
        if lines:
            lines[0] = self._marker + lines[0].lstrip()
            self.blocks.append(lines)
            self._marker = ""
        self._held = []

    def _element(self, node: DictionaryObject, page: int | None, depth: int) -> None:
        name = self._name(node)
        if name in _ASIDE:
            return
        if name == "L":
            self.close()
            self._lists += 1
        if name in _PARAGRAPHS:
            self.close()
        if name == "LI":
            self._marker = "- " if self._lists <= 1 else "o "
        self.follow(node.get("/K"), page, depth + 1)
        if name in _PARAGRAPHS:
            self.close()
        if name == "L":
            self.close()
            self._lists -= 1

    def _name(self, node: DictionaryObject) -> str:
        name = node.get("/S")
        for _ in range(5):
            name = self._roles.get(name, name) if self._roles else name
        return str(name or "").removeprefix("/")


def _resolved(node: Any) -> DictionaryObject:
    found = node.get_object() if hasattr(node, "get_object") else node
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _laid_out(pages: Sequence[Sequence[_Piece]]) -> Sequence[Block]:
    """Part the lines where the step from one to the next is wider than usual, or goes back up."""
    sheets = [_lines([piece for piece in pieces if piece.mark != -1]) for pieces in pages]
    furniture = _furniture(sheets)
    steps = sorted(
        above - below
        for sheet in sheets
        for (_, above, size), (_, below, _) in pairwise(sheet)
        if above - below > 0.5 * size
    )
    usual = steps[len(steps) // 5] if steps else 0.0
    bodies = [
        [line for at, line in enumerate(sheet) if not (_is_edge(at, sheet) and _without_figures(line[0]) in furniture)]
        for sheet in sheets
    ]
    blocks = _parted(bodies, usual)
    if len(blocks) < sum(map(len, bodies)) / _FEWEST_LINES:
        blocks = _parted(bodies, usual, has_gaps=False)
    return blocks


def _parted(bodies: Sequence[Sequence[Line]], usual: float, *, has_gaps: bool = True) -> list[list[str]]:
    """Part the lines at the gaps or, where a page has none, also after a line that had room for the next word."""
    blocks: list[list[str]] = []
    for body in bodies:
        height = None
        widest = max((_width(text) for text, _, _ in body), default=0)
        for text, where, _ in body:
            if height is None:
                goes_on = _is_cut(blocks, text, widest)
            else:
                goes_on = 0 < height - where <= _GAP * usual and (has_gaps or _is_full(blocks[-1][-1], text, widest))
            if not goes_on:
                blocks.append([])
            blocks[-1].append(text)
            height = where
    return blocks


def _is_full(line: str, following: str, widest: int) -> bool:
    """Tell whether ``line`` had no room for the first word of ``following``."""
    return _width(f"{line.rstrip()} {following.split(' ', 1)[0]}") >= _ROOM * widest


def _is_edge(at: int, sheet: Sequence[Line]) -> bool:
    return at < _EDGE_LINES or at >= len(sheet) - _EDGE_LINES


def _is_cut(blocks: Sequence[Block], text: str, widest: int) -> bool:
    """Tell whether a page ends in the middle of a paragraph: its last line has no room for the next word."""
    if not blocks:
        return False
    last = blocks[-1][-1].rstrip()
    is_ended = last.endswith((".", ";", "!", "?")) or (last.endswith(":") and not text[:1].islower())
    share = _FULL_AFTER_A_SENTENCE if is_ended else _FULL
    return _width(f"{last} {text.split(' ', 1)[0]}") >= share * widest


def _width(text: str) -> int:
    """Estimate the width of a line, in hundredths of the size of its letters: those of most fonts are alike."""
    return sum(
        30 if letter in _NARROW else 85 if letter in "mwMW" else 68 if letter.isupper() else 52 for letter in text
    )


def _furniture(sheets: Sequence[Sequence[Line]]) -> frozenset[str]:
    """Find the lines that come back at the top or the foot of pages, whatever figures they hold."""
    seen = Counter(told for sheet in sheets for told in set(_edges(sheet)))
    return frozenset(told for told, count in seen.items() if count > 1 and 2 * count >= len(sheets))


def _edges(sheet: Sequence[Line]) -> Iterator[str]:
    for text, _, _ in (*sheet[:_EDGE_LINES], *sheet[-_EDGE_LINES:]):
        yield _without_figures(text)


def _without_figures(text: str) -> str:
    return re.sub(r"[\d\s]+", " ", folded(text)).strip()
