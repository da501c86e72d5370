"""Reads a deliberation sent as plain text: UTF-8, UTF-16 or Windows-1252, blank lines between paragraphs."""

import codecs
from collections.abc import Sequence

from tracker.domain.errors import ProblemCode
from tracker.importers.deliberations.paragraphs import Block
from tracker.importers.grid import refused

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_UNSEEN = frozenset(chr(code) for code in range(32)) - frozenset("\t\n\r\f\v\x1a")


def text_blocks(content: bytes) -> Sequence[Block]:
    """Give the lines of a text, parted at its blank lines.

    Raises:
        Invalid: for bytes that are no text.
    """
    lines = _decoded(content).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").split("\n")
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _decoded(content: bytes) -> str:
    marked = next((encoding for mark, encoding in _MARKS.items() if content.startswith(mark)), None)
    for encoding in (marked,) if marked else _guesses(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _UNSEEN.isdisjoint(text):
            break
        return text
    raise refused(ProblemCode.TEXT_NOT_READABLE)


def _guesses(content: bytes) -> Sequence[str]:
    """Try UTF-16 first where every other byte is empty, as it is in a French text without a mark."""
    start = content[:2000]
    empty = start.count(0)
    if empty > len(start) // 3:
        return ("utf-16-le",) if start[1:2] == b"\0" else ("utf-16-be",)
    return "utf-8", "cp1252"
