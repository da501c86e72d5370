"""Reads XML as a stream, so that a sheet is measured before anything is built of it; document types are refused."""

from collections.abc import Callable, Iterable, Mapping
from typing import NoReturn
from xml.parsers import expat

from tracker.domain.errors import ProblemCode
from tracker.importers.grid import MAX_CELLS, refused

Attributes = Mapping[str, str]
_TAGS_A_CELL = 8  # a cell, its formula and its value, each opened and closed, with room to spare


def _ignore(*_: object) -> None:
    pass


def scan(
    part: bytes,
    start: Callable[[str, Attributes], None] = _ignore,
    end: Callable[[str], None] = _ignore,
    characters: Callable[[str], None] = _ignore,
) -> None:
    """Read ``part`` and call ``start``, ``end`` and ``characters`` with names as the file writes them.

    Raises:
        Invalid: for what is not well-formed XML, or declares a document type.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_declaration
    parser.EntityDeclHandler = _refuse_declaration
    if start is not _ignore:
        parser.StartElementHandler = start
    if end is not _ignore:
        parser.EndElementHandler = end
    if characters is not _ignore:
        parser.CharacterDataHandler = characters
    try:
        parser.Parse(part, True)
    except expat.ExpatError:
        raise refused(ProblemCode.FILE_DAMAGED) from None


def _refuse_declaration(*_: object) -> NoReturn:
    raise refused(ProblemCode.FILE_DECLARES_ENTITIES, text="XML")


def check_tags(parts: Iterable[bytes]) -> None:
    """Refuse XML with more tags than the cells of the largest file need, before time is spent on each."""
    if sum(part.count(b"<") for part in parts) > MAX_CELLS * _TAGS_A_CELL:
        raise refused(ProblemCode.FILE_TOO_MANY_CELLS, limit=MAX_CELLS)


def local(name: str) -> str:
    """Give a name without its prefix."""
    return name.rpartition(":")[2]
