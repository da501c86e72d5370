"""What may be attached as evidence: the kinds of files, what each may weigh, and names that are safe to hand out."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

MEGABYTE = 1024 * 1024  # as the file managers of officers count it
DOCUMENT_LIMIT_MB = 10
IMAGE_LIMIT_MB = 5
NAME_LIMIT = 120
_EXTENSION_LIMIT = 10
_UNNAMED = "document"
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³]) *(?:\.|$)", re.IGNORECASE)
_TRIMMED = " ."


class Size(int):
    """A number of bytes, to be said as the size of a file."""


class EvidenceKind(StrEnum):
    """The kinds of files that may be attached."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"
    ODT = "odt"
    DOCX = "docx"
    ODS = "ods"
    XLSX = "xlsx"
    CSV = "csv"
    TEXT = "txt"


@dataclass(frozen=True, slots=True)
class EvidenceFormat:
    """What holds for every file of a kind: a name that is the same in all languages, the usual extension first."""

    name: str
    media_type: str
    extensions: tuple[str, ...]
    limit_mb: int = DOCUMENT_LIMIT_MB

    @property
    def limit_bytes(self) -> int:
        """What one file may weigh."""
        return self.limit_mb * MEGABYTE


_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"

FORMATS: Mapping[EvidenceKind, EvidenceFormat] = {
    EvidenceKind.PDF: EvidenceFormat("PDF", "application/pdf", ("pdf",)),
    EvidenceKind.PNG: EvidenceFormat("PNG", "image/png", ("png",), IMAGE_LIMIT_MB),
    EvidenceKind.JPEG: EvidenceFormat("JPEG", "image/jpeg", ("jpg", "jpeg"), IMAGE_LIMIT_MB),
    EvidenceKind.WEBP: EvidenceFormat("WebP", "image/webp", ("webp",), IMAGE_LIMIT_MB),
    EvidenceKind.ODT: EvidenceFormat("ODT", f"{_ODF}.text", ("odt",)),
    EvidenceKind.DOCX: EvidenceFormat("DOCX", f"{_OOXML}.wordprocessingml.document", ("docx",)),
    EvidenceKind.ODS: EvidenceFormat("ODS", f"{_ODF}.spreadsheet", ("ods",)),
    EvidenceKind.XLSX: EvidenceFormat("XLSX", f"{_OOXML}.spreadsheetml.sheet", ("xlsx",)),
    EvidenceKind.CSV: EvidenceFormat("CSV", "text/csv", ("csv",)),
    EvidenceKind.TEXT: EvidenceFormat("TXT", "text/plain", ("txt",)),
}

ACCEPTED = ", ".join(form.name for form in FORMATS.values())
"""The names of the kinds, for the sentences that say what is accepted."""


def extension(name: str) -> str:
    """Give the word after the last dot of a file's name, in lower case; « bilan 31.12.2025 » has none."""
    stem, dot, ending = _shown(name).rpartition(".")
    is_word = ending.isalnum() and not ending.isdigit() and len(ending) <= _EXTENSION_LIMIT
    return ending.lower() if dot and stem and is_word else ""


def safe_name(name: str, kind: EvidenceKind) -> str:
    """Give ``name`` as it may stand on any disk and in any header, ending as the files of ``kind`` do.

    The folders before it, control characters, invisible ones and those that turn the direction of the line are dropped;
    what Windows forbids is replaced or set apart; the text is composed (NFC) and cut at 120 characters.
    """
    shown = _FORBIDDEN.sub("-", _shown(name))
    ending = extension(shown)
    if ending in FORMATS[kind].extensions:
        stem = shown.rpartition(".")[0]
    else:
        stem, ending = shown, FORMATS[kind].extensions[0]
    stem = stem[: NAME_LIMIT - len(ending) - 2].strip(_TRIMMED) or _UNNAMED  # one for the dot, one for the mark below
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    return f"{stem}.{ending}"


def _shown(name: str) -> str:
    """Give the last part of a path, composed, in visible characters and plain spaces, without dots around it."""
    last = re.split(r"[/\\]", name)[-1]
    spaced = "".join(" " if letter.isspace() else letter for letter in last)
    visible = "".join(letter for letter in spaced if not unicodedata.category(letter).startswith("C"))
    return " ".join(unicodedata.normalize("NFC", visible).split()).strip(_TRIMMED)
