"""Opens the archive of a workbook: refuses what a spreadsheet would not save, then gives its XML parts."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

from tracker.domain.errors import Invalid, ProblemCode
from tracker.importers.grid import refused

MAX_MEMBERS = 1_000
MAX_MEGABYTES = 50
MAX_RATIO = 400  # spreadsheets reach 50; deflate can go to 1,032
_MAX_UNPACKED = MAX_MEGABYTES * 1024 * 1024
_SMALL = 100_000  # bytes under which a ratio says nothing
_CHUNK = 1 << 20
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_ENTRY = b"PK\x01\x02"
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_XML = (".xml", ".rels", ".vml", ".rdf")
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"Rar!", b"7z\xbc\xaf", b"\xfd7zX", b"\xd0\xcf\x11\xe0")
_EMPTY_LIBRARIES = ("script-lc.xml", "script-lb.xml", "dialog-lc.xml", "dialog-lb.xml", "/")
_DECLARATIONS = tuple(
    word.encode(encoding) for word in ("<!DOCTYPE", "<!ENTITY") for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
_UNREADABLE = (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, EOFError, OSError, ValueError)


def unpack(content: bytes) -> Mapping[str, bytes]:
    """Give the XML parts of an archive, and its ``mimetype``, by name.

    Raises:
        Invalid: for an archive with too many members or too large once unpacked, which is encrypted, has macros, a
            document type, another archive inside, or whose members overlap, repeat or point outside.
    """
    if content.count(_ENTRY) > MAX_MEMBERS:  # before the directory is read: each line of it costs memory
        raise refused(ProblemCode.FILE_TOO_MANY_MEMBERS, limit=MAX_MEMBERS)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            _check_sizes(members)
            _check_names(members)
            _check_apart(content, members, archive.start_dir)
            _check_macros(members)
            read = {member.filename: _part(archive, member) for member in members if not member.is_dir()}
    except Invalid:
        raise
    except _UNREADABLE:
        raise refused(ProblemCode.FILE_DAMAGED) from None
    return {name: part for name, part in read.items() if part is not None}


def repacked(parts: Mapping[str, bytes]) -> bytes:
    """Make a plain archive of ``parts``, so that what is read next is what was checked."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        raise refused(ProblemCode.FILE_TOO_MANY_MEMBERS, limit=MAX_MEMBERS)
    is_bomb = any(member.file_size > max(_SMALL, MAX_RATIO * member.compress_size) for member in members)
    if is_bomb or sum(member.file_size for member in members) > _MAX_UNPACKED:
        raise _too_large()


def _check_names(members: list[zipfile.ZipInfo]) -> None:
    if any(member.flag_bits & 0x1 for member in members):
        raise refused(ProblemCode.FILE_ENCRYPTED)
    seen = set[str]()
    for member in members:
        name = member.orig_filename
        steps = name.split("/")
        is_outside = name.startswith("/") or ".." in steps or any(sign in name for sign in "\\:\0")
        is_link = stat.S_ISLNK(member.external_attr >> 16)
        if is_outside or is_link or name.lower() in seen or member.compress_type not in _METHODS:
            raise _abnormal(name)
        seen.add(name.lower())


def _check_apart(content: bytes, members: list[zipfile.ZipInfo], end: int) -> None:
    """Refuse members that share bytes: many large ones can be made of a few."""
    for member in sorted(members, key=lambda one: one.header_offset, reverse=True):
        signature, name_length, extra_length = _LOCAL_HEADER.unpack_from(content, member.header_offset)
        body = member.header_offset + _LOCAL_HEADER.size + name_length + extra_length
        if signature != b"PK\x03\x04" or body + member.compress_size > end:
            raise _abnormal(member.filename)
        end = member.header_offset


def _check_macros(members: list[zipfile.ZipInfo]) -> None:
    for member in members:
        name = member.filename.lower()
        is_library = name.startswith(("basic/", "scripts/")) and not name.endswith(_EMPTY_LIBRARIES)
        if is_library or "vbaproject" in name or name.startswith("xl/macrosheets/"):
            raise refused(ProblemCode.FILE_MACROS)


def _part(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes | None:
    """Unpack a member that is XML, never more of it than it declares; look only at the start of any other."""
    name = member.filename
    is_xml = name.lower().endswith(_XML)
    with archive.open(member) as opened:
        if not is_xml and name != "mimetype":
            if opened.read(8).startswith(_ARCHIVES):
                raise _abnormal(name)
            return None
        pieces, size = [], 0
        while piece := opened.read(_CHUNK):
            size += len(piece)
            if size > min(member.file_size, _MAX_UNPACKED):
                raise _too_large()
            pieces.append(piece)
    part = b"".join(pieces)
    if part.startswith(_ARCHIVES):
        raise _abnormal(name)
    if any(declaration in part for declaration in _DECLARATIONS):
        raise refused(ProblemCode.FILE_DECLARES_ENTITIES, text=name[:40])
    return part


def _too_large() -> Invalid:
    return refused(ProblemCode.FILE_UNPACKS_BEYOND, limit=MAX_MEGABYTES)


def _abnormal(name: str) -> Invalid:
    return refused(ProblemCode.FILE_ABNORMAL, text=name[:40])
