"""Tells an office document (ODF, OOXML) from its directory, without unpacking it; refuses bombs, macros, encryption."""

import struct
import zipfile
import zlib
from io import BytesIO

from tracker.domain.errors import Invalid, Problem, ProblemCode
from tracker.domain.evidence import ACCEPTED, FORMATS, EvidenceKind

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
COMPOUND_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_MEMBERS = 5000
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
_MAX_READ_BYTES = 1024 * 1024
_ENTRY, _END, _END_LENGTH = b"PK\x01\x02", b"PK\x05\x06", 22
_END_REACH = _END_LENGTH + 0xFFFF
_ENCRYPTED_FLAG = 0x1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ODF_START = slice(30, 38)
_CONTENT_TYPES = "[Content_Types].xml"
_MANIFEST = "META-INF/manifest.xml"
_MAIN_PARTS = {
    f'"{FORMATS[kind].media_type}.main+xml"'.encode(): kind for kind in (EvidenceKind.DOCX, EvidenceKind.XLSX)
}
_ODF_TYPES = {FORMATS[kind].media_type.encode(): kind for kind in (EvidenceKind.ODT, EvidenceKind.ODS)}
_EMPTY_LIBRARIES = ("script-lc.xml", "script-lb.xml", "dialog-lc.xml", "dialog-lb.xml")
_UNREADABLE = (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, EOFError, OSError, ValueError)


def ends_as_one(content: bytes) -> bool:
    """Tell whether ``content`` ends with the directory of an archive, whatever it starts with."""
    tail = content[-_END_REACH:]
    found = tail.rfind(_END)
    if not 0 <= found <= len(tail) - _END_LENGTH:
        return False
    return found + _END_LENGTH + int.from_bytes(tail[found + 20 : found + 22], "little") == len(tail)


def old_office(content: bytes, where: str) -> Invalid:
    """Give the refusal of a compound file: what Office encrypts, or a document of before 2007."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return Invalid(Problem(where, ProblemCode.FILE_ENCRYPTED))
    return Invalid(Problem(where, ProblemCode.FILE_TYPE_REFUSED, {"accepted": ACCEPTED}))


def kind(content: bytes, where: str) -> EvidenceKind:
    """Give the kind of an office document.

    Raises:
        Invalid: at the field ``where``, for any other archive, and for one that is damaged, too large once unpacked,
            encrypted, with macros, or glued to something else.
    """
    if content.count(_ENTRY) > MAX_MEMBERS:  # before the directory is read: each line of it costs memory
        raise _too_large(where)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            _check(content, members, where)
            found = _found(archive, content, where)
            if _has_macros(archive, found):
                raise Invalid(Problem(where, ProblemCode.FILE_MACROS))
            return found
    except _UNREADABLE:
        raise _damaged(where) from None


def _check(content: bytes, members: list[zipfile.ZipInfo], where: str) -> None:
    """Refuse, from the directory alone, what is not worth opening."""
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise _too_large(where)
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        raise Invalid(Problem(where, ProblemCode.FILE_ENCRYPTED))
    names = {member.filename.lower() for member in members}
    if len(names) < len(members) or any(member.compress_type not in _METHODS for member in members):
        raise _damaged(where)
    if not ends_as_one(content) or (members and min(member.header_offset for member in members) > 0):
        raise Invalid(Problem(where, ProblemCode.FILE_MIXED))


def _found(archive: zipfile.ZipFile, content: bytes, where: str) -> EvidenceKind:
    names = set(archive.namelist())
    has_types, has_mimetype = _CONTENT_TYPES in names, "mimetype" in names
    if has_types and has_mimetype:
        raise Invalid(Problem(where, ProblemCode.FILE_MIXED))
    found = None
    if has_types:
        found = _ooxml(archive, where)
    elif has_mimetype and content[_ODF_START] == b"mimetype":
        found = _odf(archive, where)
    if found is None:
        raise Invalid(Problem(where, ProblemCode.FILE_TYPE_REFUSED, {"accepted": ACCEPTED}))
    return found


def _ooxml(archive: zipfile.ZipFile, where: str) -> EvidenceKind | None:
    types = _read(archive, _CONTENT_TYPES).replace(b"'", b'"')
    if b"&" in types or b"<!" in types:  # nobody's software writes these here: they would hide what follows
        raise _damaged(where)
    if b"macroenabled" in types.lower() or b"vbaproject" in types.lower():
        raise Invalid(Problem(where, ProblemCode.FILE_MACROS))
    found = {kind for part, kind in _MAIN_PARTS.items() if part in types}
    return found.pop() if len(found) == 1 else None


def _odf(archive: zipfile.ZipFile, where: str) -> EvidenceKind | None:
    found = _ODF_TYPES.get(_read(archive, "mimetype"))
    if found is not None and b"encryption-data" in _read(archive, _MANIFEST):
        raise Invalid(Problem(where, ProblemCode.FILE_ENCRYPTED))
    return found


def _has_macros(archive: zipfile.ZipFile, found: EvidenceKind) -> bool:
    names = [name.lower() for name in archive.namelist() if not name.endswith("/")]
    if found in {EvidenceKind.DOCX, EvidenceKind.XLSX}:
        return any("vbaproject" in name or name.startswith("xl/macrosheets/") for name in names)
    return any(
        name.startswith("scripts/") or (name.startswith("basic/") and not name.endswith(_EMPTY_LIBRARIES))
        for name in names
    )


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """Unpack one short member; a longer one than it should be is an error of the archive."""
    try:
        with archive.open(name) as member:
            content = member.read(_MAX_READ_BYTES + 1)
    except KeyError:
        raise zipfile.BadZipFile(name) from None
    if len(content) > _MAX_READ_BYTES:
        raise zipfile.BadZipFile(name)
    return content


def _too_large(where: str) -> Invalid:
    return Invalid(Problem(where, ProblemCode.FILE_UNPACKS_TOO_LARGE))


def _damaged(where: str) -> Invalid:
    return Invalid(Problem(where, ProblemCode.FILE_DAMAGED))
