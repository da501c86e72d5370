"""Opens the file of a deliberation: told from its bytes, plain text, PDF or ODT; anything else is refused."""

from collections.abc import Mapping, Sequence

from tracker.domain.errors import Invalid, ProblemCode
from tracker.domain.intakes import TextForm
from tracker.importers.archives import COMPOUND_SIGNATURE, SIGNATURES
from tracker.importers.deliberations.decoding import text_blocks
from tracker.importers.deliberations.odt import odt_blocks
from tracker.importers.deliberations.paragraphs import Block
from tracker.importers.deliberations.pdf import pdf_blocks
from tracker.importers.grid import refused
from tracker.importers.unpacking import unpack

MAX_MEGABYTES = 10
MAX_LETTERS = 500_000  # some 200 pages
_PDF, _PDF_REACH = b"%PDF-", 1024
_NOT_TEXTS = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"RIFF",
    b"<",
    b"%!PS",
)
_START = 64
_WRITTEN_BY_NO_WORD_PROCESSOR = {
    ProblemCode.FILE_ABNORMAL,
    ProblemCode.FILE_TOO_MANY_MEMBERS,
    ProblemCode.FILE_DECLARES_ENTITIES,
}


def opened(content: bytes, name: str) -> tuple[TextForm, Sequence[Block]]:
    """Give the lines of a file, whatever its name says, except that a name in .pdf or .odt must say true.

    Raises:
        Invalid: for a file that is empty, too heavy, of another type, damaged, encrypted, or a picture of a text.
    """
    check_size(content)
    form, blocks = _read(content, name.lower())
    if sum(len(line) for block in blocks for line in block) > MAX_LETTERS:
        raise refused(ProblemCode.TEXT_TOO_LONG, limit=MAX_LETTERS)
    return form, blocks


def check_size(content: bytes) -> None:
    """Refuse what is empty or too heavy before anything looks inside."""
    if not content.strip():
        raise refused(ProblemCode.FILE_EMPTY)
    if len(content) > MAX_MEGABYTES * 1024 * 1024:
        raise refused(ProblemCode.FILE_TOO_BIG, limit=MAX_MEGABYTES)


def _read(content: bytes, name: str) -> tuple[TextForm, Sequence[Block]]:
    if _PDF in content[:_PDF_REACH]:
        return TextForm.PDF, pdf_blocks(content)
    if content.startswith(SIGNATURES):
        return TextForm.ODT, odt_blocks(_parts(content))
    start = content[:_START].lstrip(b"\xef\xbb\xbf \t\r\n")
    if content.startswith(COMPOUND_SIGNATURE) or start.startswith(_NOT_TEXTS):
        raise refused(ProblemCode.FILE_NOT_A_TEXT)
    if name.endswith((".pdf", ".odt")):
        raise refused(ProblemCode.FILE_DAMAGED)
    if len(content) > 4 * MAX_LETTERS:
        raise refused(ProblemCode.TEXT_TOO_LONG, limit=MAX_LETTERS)
    return TextForm.TEXT, text_blocks(content)


def _parts(content: bytes) -> Mapping[str, bytes]:
    try:
        return unpack(content)
    except Invalid as refusal:
        if any(problem.code in _WRITTEN_BY_NO_WORD_PROCESSOR for problem in refusal.problems):
            raise refused(ProblemCode.FILE_DAMAGED) from None
        raise
