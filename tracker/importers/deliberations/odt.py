"""Reads a deliberation saved by LibreOffice: its paragraphs and lists, without notes, comments and deletions."""

from collections.abc import Mapping, Sequence

from tracker.domain.errors import ProblemCode
from tracker.importers.deliberations.paragraphs import Block
from tracker.importers.grid import refused
from tracker.importers.scanning import Attributes, local, scan

_TYPES = {b"application/vnd.oasis.opendocument.text", b"application/vnd.oasis.opendocument.text-template"}
_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_ASIDE = {"tracked-changes", "annotation", "note", "ruby-text", "forms", "sequence-decls"}
_LINES = {"p", "h"}
_MOST_SPACES = 100


def odt_blocks(parts: Mapping[str, bytes]) -> Sequence[Block]:
    """Give the paragraphs of the parts of a document, an item of a list behind « - » or « o ».

    Raises:
        Invalid: for what is no text document, has a password, or is damaged.
    """
    if b"encryption-data" in parts.get(_MANIFEST, b""):
        raise refused(ProblemCode.FILE_ENCRYPTED)
    if parts.get("mimetype", b"").strip() not in _TYPES or _CONTENT not in parts:
        raise refused(ProblemCode.FILE_NOT_A_TEXT)
    content = _Content()
    scan(parts[_CONTENT], content.start, content.end, content.characters)
    return [block for block in content.blocks if any(line.strip() for line in block)]


class _Content:
    """Follows the paragraphs of the body."""

    def __init__(self) -> None:
        self.blocks: list[list[str]] = []
        self._depth_aside = self._depth_of_list = 0
        self._is_body = self._is_first_of_item = False
        self._open: list[list[str]] = []

    def start(self, name: str, attributes: Attributes) -> None:
        tag = local(name)
        if self._depth_aside or tag in _ASIDE:
            self._depth_aside += 1
        elif tag == "body":
            self._is_body = True
        elif not self._is_body:
            return
        elif tag == "list":
            self._depth_of_list += 1
        elif tag in {"list-item", "list-header"}:
            self._is_first_of_item = tag == "list-item"
        elif tag in _LINES:
            self._open.append([self._marker()])
        elif self._open:
            self._inside(tag, attributes)

    def characters(self, text: str) -> None:
        if self._open and not self._depth_aside:
            self._open[-1][-1] += text.replace("\n", " ")

    def end(self, name: str) -> None:
        tag = local(name)
        if self._depth_aside:
            self._depth_aside -= 1
        elif tag == "list" and self._is_body:
            self._depth_of_list -= 1
        elif tag in _LINES and self._open:
            self.blocks.append(self._open.pop())

    def _marker(self) -> str:
        if not self._is_first_of_item or not self._depth_of_list:
            return ""
        self._is_first_of_item = False
        return "- " if self._depth_of_list == 1 else "o "

    def _inside(self, tag: str, attributes: Attributes) -> None:
        lines = self._open[-1]
        if tag == "line-break":
            lines.append("")
        elif tag == "tab":
            lines[-1] += " "
        elif tag == "s":
            count = attributes.get("text:c", "1")
            lines[-1] += " " * (min(int(count), _MOST_SPACES) if count.isascii() and count.isdigit() else 1)
