"""Tells what an attached file is from its bytes, and refuses what is not plainly one kind of file."""

import codecs
import re
import struct
import zlib

import puremagic

from tracker.domain.errors import Invalid, Problem, ProblemCode
from tracker.domain.evidence import (
    ACCEPTED,
    DOCUMENT_LIMIT_MB,
    FORMATS,
    IMAGE_LIMIT_MB,
    MEGABYTE,
    EvidenceKind,
    extension,
)
from tracker.importers import archives

_PDF_HEADER = re.compile(rb"%PDF-[12]\.\d")
_PDF_HEADER_REACH = 1024  # readers look for the header this far in: so do we, to refuse it there
_PDF_END_REACH = 1024
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_JPEG_LONE_MARKERS = {0x01, *range(0xD0, 0xD8)}
_WEBP_CHUNKS = {b"VP8 ", b"VP8L", b"VP8X"}
_MARKUP = re.compile(rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|\?xml|\?php)", re.IGNORECASE)
_MARKUP_REACH = 1445  # as far as browsers look when they guess
_PROGRAMS = (b"#!", b"{\\rtf", b"%!PS")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_LOOKS_LIKE = {
    ".pdf": EvidenceKind.PDF,
    ".png": EvidenceKind.PNG,
    ".jpeg": EvidenceKind.JPEG,
    ".webp": EvidenceKind.WEBP,
}


def recognise(content: bytes, name: str, where: str = "file") -> EvidenceKind:
    """Give the kind of a file from its content; a name without an extension says nothing and is believed.

    Archives (ODF, OOXML) are read by their directory: no more than two short members are unpacked.

    Raises:
        Invalid: at the field ``where``, for a file that is empty, too heavy, of another type, of two types at once,
            damaged, encrypted, with macros, or whose name has the extension of another kind.
    """
    if not content:
        raise Invalid(Problem(where, ProblemCode.FILE_EMPTY))
    if len(content) > DOCUMENT_LIMIT_MB * MEGABYTE:
        raise _too_heavy(where)
    ending = extension(name)
    kind = _kind(content, ending, where)
    if len(content) > FORMATS[kind].limit_bytes:
        raise _too_heavy(where)
    if ending and ending not in FORMATS[kind].extensions:
        values = {"extension": ending, "found": FORMATS[kind].name}
        raise Invalid(Problem(where, ProblemCode.FILE_EXTENSION_DIFFERS, values))
    return kind


def _too_heavy(where: str) -> Invalid:
    return Invalid(
        Problem(where, ProblemCode.FILE_TOO_HEAVY, {"limit": DOCUMENT_LIMIT_MB, "image_limit": IMAGE_LIMIT_MB})
    )


def _kind(content: bytes, ending: str, where: str) -> EvidenceKind:
    """Look at the first bytes, then check the whole as strictly as its kind allows."""
    if content.startswith(archives.SIGNATURES):
        return archives.kind(content, where)
    if content.startswith(archives.COMPOUND_SIGNATURE):
        raise archives.old_office(content, where)
    found = _first_look(content)
    if found is None:
        if b"%PDF-" in content[:_PDF_HEADER_REACH]:
            raise Invalid(Problem(where, ProblemCode.FILE_MIXED))
        return _text(content, ending, where)
    end = _CHECKS[found](content)
    if end is None:
        raise Invalid(Problem(where, ProblemCode.FILE_DAMAGED))
    if end < len(content) or archives.ends_as_one(content):
        raise Invalid(Problem(where, ProblemCode.FILE_MIXED))
    return found


def _first_look(content: bytes) -> EvidenceKind | None:
    try:
        matches = puremagic.magic_string(content)
    except puremagic.PureError:
        return None
    return next((_LOOKS_LIKE[match.extension] for match in matches if match.extension in _LOOKS_LIKE), None)


def _pdf_end(content: bytes) -> int | None:
    """Give where a PDF ends: with the file, since software that signs or updates it writes after the first end."""
    tail = content[-_PDF_END_REACH:]
    is_whole = _PDF_HEADER.match(content) and b"%%EOF" in tail and b"startxref" in content
    return len(content) if is_whole else None


def _png_end(content: bytes) -> int | None:
    """Give where a PNG ends: each chunk has its length and its checksum, the first is IHDR and the last IEND."""
    position, seen = len(_PNG_SIGNATURE), set[bytes]()
    while position + 12 <= len(content):
        length, name = struct.unpack_from(">I4s", content, position)
        after = position + 12 + length
        if after > len(content) or (not seen and (name != b"IHDR" or length != 13)):
            return None
        body = content[position + 4 : after - 4]
        if zlib.crc32(body) != int.from_bytes(content[after - 4 : after]):
            return None
        seen.add(name)
        if name == b"IEND":
            return after if b"IDAT" in seen else None
        position = after
    return None


def _jpeg_end(content: bytes) -> int | None:
    """Give where a JPEG ends: with the file, since telephones write a second picture or a film after the first."""
    position = 2
    while position + 4 <= len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if marker == 0xFF or marker in _JPEG_LONE_MARKERS:
            position += 1 if marker == 0xFF else 2
            continue
        length = int.from_bytes(content[position + 2 : position + 4])
        position += 2 + length
        if marker == 0xDA:
            return len(content) if content.find(b"\xff\xd9", position) >= 0 else None
        if length < 2 or marker == 0xD9:
            return None
    return None


def _webp_end(content: bytes) -> int | None:
    """Give where a WebP ends: its header has its length."""
    if len(content) < 20 or content[:4] != b"RIFF" or content[8:12] != b"WEBP" or content[12:16] not in _WEBP_CHUNKS:
        return None
    end = 8 + int.from_bytes(content[4:8], "little")
    return end if 20 <= end <= len(content) else None


_CHECKS = {
    EvidenceKind.PDF: _pdf_end,
    EvidenceKind.PNG: _png_end,
    EvidenceKind.JPEG: _jpeg_end,
    EvidenceKind.WEBP: _webp_end,
}


def _text(content: bytes, ending: str, where: str) -> EvidenceKind:
    """Take what reads as plain text, unless a browser or a shell would see something to run in it."""
    text = _decoded(content)
    if text is None or not text.strip("\ufeff \t\r\n\f"):
        raise Invalid(Problem(where, ProblemCode.FILE_TYPE_REFUSED, {"accepted": ACCEPTED}))
    start = text.lstrip("\ufeff \t\r\n\f").encode()
    if start.startswith((b"<", *_PROGRAMS)) or _MARKUP.search(start[:_MARKUP_REACH]):
        raise Invalid(Problem(where, ProblemCode.FILE_TYPE_REFUSED, {"accepted": ACCEPTED}))
    return EvidenceKind.CSV if ending in FORMATS[EvidenceKind.CSV].extensions else EvidenceKind.TEXT


def _decoded(content: bytes) -> str | None:
    for encoding in ("utf-16",) if content.startswith(_UTF16) else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _CONTROLS.search(text) else text
    return None
