"""The formats of files of measurements: a new one is a module of ``formats`` and its place in this list."""

from typing import Protocol

from tracker.domain.errors import ProblemCode
from tracker.importers.archives import COMPOUND_SIGNATURE, SIGNATURES
from tracker.importers.formats import csv, ods, xlsx
from tracker.importers.grid import Book, File, check_size, refused
from tracker.importers.unpacking import unpack

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NOT_TABLES = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"RIFF")
_WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".ots", ".xltx")
_START = 64


class Format(Protocol):
    """What a module of ``formats`` offers."""

    NAME: str

    def recognises(self, file: File, /) -> bool:
        """Tell whether ``file`` is in this format."""
        ...

    def read(self, file: File, /) -> Book:
        """Give the sheets of ``file``, with the problems that keep cells from being read."""
        ...


FORMATS: tuple[Format, ...] = (xlsx, ods, csv)


def read(content: bytes, name: str) -> tuple[str, Book]:
    """Find the format of a file from its content, and read it.

    Raises:
        Invalid: for a file that is in none of the formats, is larger than allowed or not safe to open.
    """
    return read_opened(opened(content, name))


def read_opened(file: File) -> tuple[str, Book]:
    """Find the format of a file that was opened, and read it.

    Raises:
        Invalid: for a file that is in none of the formats.
    """
    found = next((one for one in FORMATS if one.recognises(file)), None)
    if found is None:
        raise refused(ProblemCode.FILE_NOT_A_TABLE)
    return found.NAME, found.read(file)


def opened(content: bytes, name: str) -> File:
    """Give a file with its parts where it is an archive.

    Raises:
        Invalid: for a file that is larger than allowed, not safe to open, or that no table is kept in.
    """
    check_size(content)
    if content.startswith(COMPOUND_SIGNATURE):
        raise refused(ProblemCode.FILE_ENCRYPTED if _ENCRYPTED in content else ProblemCode.FILE_OLD_WORKBOOK)
    if content.startswith(SIGNATURES):
        return File(content, unpack(content), is_archive=True)
    start = content[:_START].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"<", *_NOT_TABLES)):
        raise refused(ProblemCode.FILE_NOT_A_TABLE)
    if name.lower().endswith(_WORKBOOK_NAMES):
        raise refused(ProblemCode.FILE_DAMAGED)
    return File(content)
