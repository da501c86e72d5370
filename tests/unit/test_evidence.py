"""What an attached file is, told from its bytes: real little files of each kind, and what pretends to be one."""

import io
import itertools
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.domain.errors import Invalid, ProblemCode
from tracker.domain.evidence import FORMATS, MEGABYTE, EvidenceKind
from tracker.importers import archives
from tracker.importers.evidence import recognise
from tracker.labels.problems import problem_sentence

TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>{more}'
    '<Override PartName="/main.xml" ContentType="{main}"/></Types>'
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MANIFEST = '<manifest:manifest><manifest:file-entry manifest:full-path="/">{}</manifest:file-entry></manifest:manifest>'


def pdf(body: bytes = b"") -> bytes:
    """Make a one-page PDF by hand, with the true positions of its objects."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body),
    ]
    written, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    rows = len(objects) + 1
    ending = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (rows, len(written))
    return written + b"xref\n0 %d\n0000000000 65535 f \n%s" % (rows, table) + ending


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png() -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def jpeg() -> bytes:
    frame = b"\xff\xc0\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00"
    thumbnail = b"\xff\xe1\x00\x08\xff\xd8\xff\xd9\x00\x00"  # an end of its own, inside a segment
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\0\1\1\0\0\1\0\1\0\0"
        + thumbnail
        + frame
        + b"\xff\xda\x00\x08\1\1\0\0\x3f\0\x7f\xff\xd9"
    )


def webp() -> bytes:
    body = b"WEBPVP8L" + struct.pack("<I", 8) + b"\x2f\0\0\0\0\0\0\0"
    return b"RIFF" + struct.pack("<I", len(body)) + body


def packed(members: Mapping[str, str | bytes], *, stored: tuple[str, ...] = ("mimetype",)) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return file.getvalue()


def ooxml(main: str = WORD, more: str = "", **members: str | bytes) -> bytes:
    return packed({"[Content_Types].xml": TYPES.format(main=main, more=more), "main.xml": "<x/>", **members})


def odf(kind: str = "text", manifest: str = "", **members: str | bytes) -> bytes:
    typed = {"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": "<x/>"}
    return packed({**typed, "META-INF/manifest.xml": MANIFEST.format(manifest), **members})


SOUND = {
    EvidenceKind.PDF: pdf(),
    EvidenceKind.PNG: png(),
    EvidenceKind.JPEG: jpeg(),
    EvidenceKind.WEBP: webp(),
    EvidenceKind.ODT: odf(),
    EvidenceKind.DOCX: ooxml(),
    EvidenceKind.ODS: odf("spreadsheet"),
    EvidenceKind.XLSX: ooxml(SHEET),
    EvidenceKind.CSV: "indicateur;année\nSOB-01;2025\n".encode(),
    EvidenceKind.TEXT: "Procès-verbal de la réunion".encode(),
}


def refused(content: bytes, name: str = "") -> ProblemCode:
    with pytest.raises(Invalid) as refusal:
        recognise(content, name)
    [problem] = refusal.value.problems
    assert problem.where == "file"
    assert "{" not in problem_sentence(problem)
    return problem.code


@pytest.mark.parametrize("kind", EvidenceKind)
def test_a_sound_file_of_each_kind_is_told_from_its_content(kind: EvidenceKind):
    for ending in FORMATS[kind].extensions:
        assert recognise(SOUND[kind], f"Pièce.{ending.upper()}") is kind
    if kind is not EvidenceKind.CSV:  # without its ending, a table is a text like another
        assert recognise(SOUND[kind], "") is kind


def test_files_that_real_software_writes_are_told(tmp_path):
    import odfdo
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet().write(0, 0, 5.4)
    assert recognise((tmp_path / "a.xlsx").read_bytes(), "a.xlsx") is EvidenceKind.XLSX
    for template, kind in (("text", EvidenceKind.ODT), ("spreadsheet", EvidenceKind.ODS)):
        file = tmp_path / f"a.{kind}"
        odfdo.Document(template).save(file)
        assert recognise(file.read_bytes(), file.name) is kind


@pytest.mark.parametrize("kind", EvidenceKind)
@pytest.mark.parametrize("other", EvidenceKind)
def test_a_name_of_another_kind_is_refused_and_the_sentence_names_both(kind: EvidenceKind, other: EvidenceKind):
    are_texts = {kind, other} == {EvidenceKind.CSV, EvidenceKind.TEXT}
    if kind is other or are_texts:  # a table is a text: the name decides
        return
    ending = FORMATS[other].extensions[0]
    with pytest.raises(Invalid) as refusal:
        recognise(SOUND[kind], f"a.{ending}")
    [problem] = refusal.value.problems
    assert problem.code is ProblemCode.FILE_EXTENSION_DIFFERS
    found = "TXT" if kind is EvidenceKind.CSV else FORMATS[kind].name
    assert f".{ending} " in problem_sentence(problem).replace("\u202f", " ")
    assert found in problem_sentence(problem)


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a.pdf.js", "a.pdf\u202egnp.exe", "a.svg", "a.docm"])
def test_a_name_of_a_kind_that_nobody_may_attach_is_refused(name: str):
    assert refused(pdf(), name) is ProblemCode.FILE_EXTENSION_DIFFERS


def test_an_empty_file_is_refused():
    assert refused(b"", "a.pdf") is ProblemCode.FILE_EMPTY


def test_a_file_may_weigh_what_its_kind_may_and_no_more():
    around = len(pdf(b"x" * 10_000_000)) - 10_000_000
    most = b"x" * (10 * MEGABYTE - around)
    assert len(pdf(most)) == 10 * MEGABYTE
    assert recognise(pdf(most), "a.pdf") is EvidenceKind.PDF
    assert refused(pdf(most + b"x"), "a.pdf") is ProblemCode.FILE_TOO_HEAVY
    heavy = png()[:-12] + chunk(b"tEXt", b"x" * 5 * MEGABYTE) + chunk(b"IEND", b"")
    assert refused(heavy, "a.png") is ProblemCode.FILE_TOO_HEAVY


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE html><title>x</title>",
        b"  \r\n\t<HTML><script>alert(1)</script>",
        b'\xef\xbb\xbf<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        '<script>alert("é")</script>'.encode("utf-16"),
        b"a;b\n<script>alert(1)</script>;2",
        b"a\n< iframe src=x>",
        b"<?php system($_GET['c']); ?>",
        b"#!/bin/sh\nrm -rf /",
        b"{\\rtf1 hello}",
        b"%!PS-Adobe-3.0",
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
        b"MZ\x90\x00\x03\x00\x00\x00",
        b"\x7fELF\x02\x01\x01\x00",
        b"a;b\x00c",
        b"\xff\xfeabc",
        b"\x81\x8d\x8f",
        b" \n\t ",
        b"\xef\xbb\xbf",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        packed({"a.txt": "x"}),
        packed({}),
        packed({"mimetype": "application/epub+zip", "META-INF/manifest.xml": "<x/>"}),
        odf("presentation"),
        odf("text-template"),
        ooxml("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"),
        ooxml("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
        ooxml(more=f'<Override PartName="/b.xml" ContentType="{SHEET}"/>'),
    ],
    ids=itertools.count(),
)
@pytest.mark.parametrize("ending", ["pdf", "png", "csv", "txt", "docx", "html"])
def test_a_file_of_another_type_is_refused_whatever_its_name_and_the_sentence_says_which_are_taken(content, ending):
    with pytest.raises(Invalid) as refusal:
        recognise(content, f"a.{ending}")
    [problem] = refusal.value.problems
    assert problem.code is ProblemCode.FILE_TYPE_REFUSED
    assert "PDF, PNG, JPEG, WebP, ODT, DOCX, ODS, XLSX, CSV, TXT" in problem_sentence(problem)


@pytest.mark.parametrize(
    "content",
    [
        "année;durée\r\n2025;5,4".encode("cp1252"),
        "année;durée".encode("utf-16"),
        "année;durée".encode("utf-8-sig"),
        "€ – « œuvre » …".encode("cp1252"),
        b"BM;MZ;5 < 6",
        b"a;b\x0c",
    ],
)
def test_a_table_is_read_in_the_encodings_that_spreadsheets_write(content: bytes):
    assert recognise(content, "a.csv") is EvidenceKind.CSV


@pytest.mark.parametrize("before", [b"\n", b"<html>", b"\xef\xbb\xbf", b"junk" * 200])
def test_a_pdf_that_begins_with_something_else_is_two_files_in_one(before: bytes):
    assert refused(before + pdf(), "a.pdf") is ProblemCode.FILE_MIXED
    assert refused(before + pdf(), "a.txt") is ProblemCode.FILE_MIXED


@pytest.mark.parametrize("kind", [EvidenceKind.PDF, EvidenceKind.PNG, EvidenceKind.JPEG, EvidenceKind.WEBP])
def test_an_archive_hidden_at_the_end_is_two_files_in_one(kind: EvidenceKind):
    hidden = SOUND[kind] + packed({"a.class": "x"})
    assert refused(hidden, f"a.{kind}") is ProblemCode.FILE_MIXED


@pytest.mark.parametrize("kind", [EvidenceKind.PNG, EvidenceKind.WEBP])
def test_a_picture_that_goes_on_after_its_end_is_two_files_in_one(kind: EvidenceKind):
    assert refused(SOUND[kind] + b"<script>alert(1)</script>", f"a.{kind}") is ProblemCode.FILE_MIXED


def test_a_photograph_may_carry_a_second_picture_as_telephones_write_it():
    assert recognise(jpeg() + jpeg(), "photo.jpg") is EvidenceKind.JPEG


def test_a_pdf_may_carry_an_archive_inside_and_be_signed_after_its_end():
    signed = pdf() + b"5 0 obj << >> endobj\nxref\n0 0\ntrailer << >>\nstartxref\n9\n%%EOF"
    assert recognise(signed, "a.pdf") is EvidenceKind.PDF
    assert recognise(pdf(ooxml(SHEET)), "a.pdf") is EvidenceKind.PDF


@pytest.mark.parametrize("kind", [EvidenceKind.DOCX, EvidenceKind.ODT])
def test_an_office_document_with_something_before_or_after_is_refused(kind: EvidenceKind):
    sound = SOUND[kind]
    assert refused(sound + b"more", f"a.{kind}") is ProblemCode.FILE_MIXED
    assert refused(packed({"a": "x"}) + sound, f"a.{kind}") is ProblemCode.FILE_MIXED
    assert refused(b"<html>" + sound, f"a.{kind}") is ProblemCode.FILE_TYPE_REFUSED


def test_an_archive_of_two_kinds_at_once_is_refused():
    both = packed(
        {"mimetype": "application/vnd.oasis.opendocument.text", "[Content_Types].xml": TYPES.format(main=WORD, more="")}
    )
    assert refused(both, "a.odt") is ProblemCode.FILE_MIXED


@pytest.mark.parametrize("kind", [kind for kind in EvidenceKind if kind not in {EvidenceKind.CSV, EvidenceKind.TEXT}])
def test_a_file_cut_anywhere_is_never_taken_for_a_whole_one(kind: EvidenceKind):
    whole = SOUND[kind]
    for length in range(1, len(whole) - 1):  # a PDF may lose its last line end
        with pytest.raises(Invalid):
            recognise(whole[:length], f"a.{FORMATS[kind].extensions[0]}")


def test_a_picture_with_one_altered_byte_is_damaged():
    whole = bytearray(png())
    whole[-20] ^= 1
    assert refused(bytes(whole), "a.png") is ProblemCode.FILE_DAMAGED


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (ooxml(**{"word/vbaProject.bin": b"x"}), "a.docx"),
        (ooxml(SHEET, **{"XL/VBAPROJECT.BIN": b"x"}), "a.xlsx"),
        (ooxml(SHEET, **{"xl/macrosheets/sheet1.xml": b"x"}), "a.xlsx"),
        (ooxml("application/vnd.ms-word.document.macroEnabled.main+xml"), "a.docx"),
        (ooxml(more='<Default Extension="dat" ContentType="application/vnd.ms-office.vbaProject"/>'), "a.docx"),
        (odf(**{"Basic/Standard/Module1.xml": "x"}), "a.odt"),
        (odf(**{"Scripts/python/a.py": "x"}), "a.odt"),
    ],
    ids=itertools.count(),
)
def test_a_document_with_macros_is_refused(content: bytes, name: str):
    assert refused(content, name) is ProblemCode.FILE_MACROS


def test_the_empty_libraries_that_libreoffice_writes_are_not_macros():
    empty = odf(**{"Basic/script-lc.xml": "x", "Basic/Standard/script-lb.xml": "x", "Configurations2/": ""})
    assert recognise(empty, "a.odt") is EvidenceKind.ODT


@pytest.mark.parametrize("hidden", ["<!-- {} -->", "<!DOCTYPE x [{}]>", "&#109;"])
def test_content_types_that_could_hide_what_they_say_are_refused(hidden: str):
    assert refused(ooxml(more=hidden.format(WORD)), "a.docx") is ProblemCode.FILE_DAMAGED


def flagged(content: bytes) -> bytes:
    """Set the flag of an encrypted member in the directory."""
    place = content.index(b"PK\x01\x02") + 8
    return content[:place] + bytes([content[place] | 1]) + content[place + 1 :]


def test_an_encrypted_document_is_refused():
    assert refused(flagged(ooxml()), "a.docx") is ProblemCode.FILE_ENCRYPTED
    assert refused(odf(manifest="<manifest:encryption-data/>"), "a.odt") is ProblemCode.FILE_ENCRYPTED
    office = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    assert refused(office, "a.docx") is ProblemCode.FILE_ENCRYPTED


def test_an_archive_of_too_many_members_is_refused():
    types = {"[Content_Types].xml": TYPES.format(main=WORD, more="")}
    assert refused(packed(types | {f"{n}": "" for n in range(5000)}), "a.docx") is ProblemCode.FILE_UNPACKS_TOO_LARGE
    assert recognise(packed(types | {f"{n}": "" for n in range(4999)}), "a.docx") is EvidenceKind.DOCX


def test_a_directory_that_would_fill_the_memory_is_not_read():
    whole = packed({"a": ""})
    start, end = whole.index(b"PK\x01\x02"), whole.index(b"PK\x05\x06")
    directory = whole[start:end] * 200_000
    ending = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, len(directory), start, 0)
    content = whole[:start] + directory + ending
    assert len(content) < 10 * MEGABYTE
    tracemalloc.start()
    try:
        assert refused(content, "a.docx") is ProblemCode.FILE_UNPACKS_TOO_LARGE
        assert tracemalloc.get_traced_memory()[1] < 5 * MEGABYTE
    finally:
        tracemalloc.stop()


def test_a_bomb_is_refused_by_what_it_declares_without_being_unpacked():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES.format(main=WORD, more=""))
        for number in range(3):
            archive.writestr(f"{number}.xml", b"\0" * (archives.MAX_UNPACKED_BYTES // 3 + 1))
    assert len(file.getvalue()) < MEGABYTE
    assert refused(file.getvalue(), "a.docx") is ProblemCode.FILE_UNPACKS_TOO_LARGE


def test_a_list_of_types_that_swells_is_read_no_further_than_it_should_be():
    swollen = ooxml(more=" " * 2 * MEGABYTE)
    assert refused(swollen, "a.docx") is ProblemCode.FILE_DAMAGED


def test_members_of_one_name_or_packed_in_a_rare_way_are_refused():
    twin = packed({"[Content_Types].xml": TYPES.format(main=WORD, more=""), "a.xml": "1", "A.XML": "2"})
    assert refused(twin, "a.docx") is ProblemCode.FILE_DAMAGED
    rare = io.BytesIO()
    with zipfile.ZipFile(rare, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("[Content_Types].xml", TYPES.format(main=WORD, more=""))
    assert refused(rare.getvalue(), "a.docx") is ProblemCode.FILE_DAMAGED


def test_an_opendocument_says_what_it_is_in_its_first_member():
    late = packed(
        {"content.xml": "<x/>", "mimetype": "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": "<x/>"}
    )
    assert refused(late, "a.odt") is ProblemCode.FILE_TYPE_REFUSED
    bare = packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"})
    assert refused(bare, "a.odt") is ProblemCode.FILE_DAMAGED


def answers(content: bytes, name: str) -> bool:
    try:
        recognise(content, name)
    except Invalid as refusal:
        return all(map(problem_sentence, refusal.problems))
    return True


@given(st.sampled_from(sorted(SOUND)), st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=8))
def test_a_file_with_altered_bytes_gets_a_kind_or_a_sentence_and_never_an_error(kind, changes):
    altered = bytearray(SOUND[kind])
    for place, byte in changes:
        altered[place % len(altered)] = byte
    assert answers(bytes(altered), "a")


@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"%PDF-1.7", b"\xff\xd8\xff", b"RIFF", b"\x89PNG\r\n\x1a\n"]),
)
@example(b"\0" * 18, b"PK\x05\x06")
def test_any_bytes_get_a_kind_or_a_sentence_and_never_an_error(content: bytes, start: bytes):
    assert answers(start + content, "a.csv")
