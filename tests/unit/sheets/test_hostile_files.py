"""Hostile files are refused in a moment, with a sentence, by a child that has little memory and little time."""

import io
import resource
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.sheets.made import (
    HEADINGS,
    NAMESPACES,
    SHEET,
    changed,
    csv,
    ods,
    ods_row,
    ods_table,
    ods_text,
    part,
    xlsx,
    xlsx_with_cells,
)
from tracker.domain.errors import ProblemCode
from tracker.importers import child, confinement, unpacking
from tracker.labels.problems import problem_sentence

SECONDS = 2
MEGABYTES = 300


def spent() -> float:
    """Give the seconds of processor that children have taken so far: a busy machine does not change them."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def refusal(content: bytes, name: str = "mesures.xlsx") -> ProblemCode:
    before = spent()
    parsed = child.read(content, name)
    assert spent() - before < SECONDS
    assert not parsed.rows
    (problem,) = parsed.problems
    sentence = problem_sentence(problem.problem)
    assert sentence.endswith(".")
    assert "{" not in sentence
    return problem.problem.code


def plain() -> bytes:
    return xlsx([HEADINGS, ["SOB-01", 2025, 5]])


def with_part(name: str, content: bytes | str) -> bytes:
    return changed(plain(), {name: content})


def with_member(make: Callable[[zipfile.ZipFile], None]) -> bytes:
    made = io.BytesIO(plain())
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        make(archive)
    return made.getvalue()


def test_one_cell_at_the_far_corner_of_a_sheet():
    far = xlsx_with_cells('<c r="{}"><v>5</v></c>', rest='<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    assert len(far) < 10_000
    assert refusal(far) is ProblemCode.FILE_TOO_MANY_ROWS
    wide = xlsx_with_cells('<c r="{}"><v>5</v></c>', rest='<row r="9"><c r="XFD9"><v>1</v></c></row>')
    assert refusal(wide) is ProblemCode.FILE_TOO_MANY_COLUMNS


@pytest.mark.parametrize("count", [1_000_000_000, 10**18])
def test_a_cell_or_a_row_repeated_without_end(count: int):
    cell = f'<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="{count}"/>'
    assert refusal(ods(ods_table(ods_row(cell)))) is ProblemCode.FILE_TOO_MANY_COLUMNS
    row = ods_row(*ods_text("SOB-01", "2025", "5"), repeated=count)
    assert refusal(ods(ods_table(row))) is ProblemCode.FILE_TOO_MANY_ROWS
    gap = ods_row("<table:table-cell/>", repeated=count)
    assert refusal(ods(ods_table(gap, ods_row(*ods_text("SOB-01"))))) is ProblemCode.FILE_TOO_MANY_ROWS
    aside = f'<table:table-cell table:number-columns-repeated="{count}"/>'
    assert refusal(ods(ods_table(ods_row(aside, *ods_text("SOB-01"))))) is ProblemCode.FILE_TOO_MANY_COLUMNS


def test_spaces_repeated_without_end_in_a_text():
    spaces = '<text:s text:c="999999999"/>' * 2_000
    cell = f'<table:table-cell office:value-type="string"><text:p>{spaces}</text:p></table:table-cell>'
    assert refusal(ods(ods_table(ods_row(cell)))) is ProblemCode.FILE_TOO_MUCH_TEXT
    long = '<table:table-cell office:value-type="string" table:number-columns-repeated="50">'
    block = f"{long}<text:p>{'x' * 30_000}</text:p></table:table-cell>"
    assert refusal(ods(ods_table(ods_row(block, repeated=9_000)))) is ProblemCode.FILE_TOO_MUCH_TEXT


def test_a_bomb_that_unpacks_to_a_thousand_times_its_size():
    assert refusal(with_part("xl/media/image.xml", b"\0" * 45_000_000)) is ProblemCode.FILE_UNPACKS_BEYOND


def test_a_bomb_that_stays_under_the_ratio():
    def noise(archive: zipfile.ZipFile) -> None:
        for number in range(60):
            archive.writestr(f"xl/{number}.xml", (f"{number}".encode() * 10 + bytes(range(1, 200))) * 5_000)

    assert refusal(with_member(noise)) is ProblemCode.FILE_UNPACKS_BEYOND


def test_a_bomb_that_lies_about_its_size():
    content = bytearray(with_part("xl/zz.xml", b"<a>" + b" " * 30_000_000 + b"</a>"))
    entry = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, entry + 24, 50)
    assert refusal(bytes(content)) is ProblemCode.FILE_DAMAGED


def test_an_archive_in_the_archive():
    nested = io.BytesIO()
    with zipfile.ZipFile(nested, "w") as archive:
        archive.writestr("a", b"a" * 1000)
    assert refusal(with_part("xl/embeddings/inside.bin", nested.getvalue())) is ProblemCode.FILE_ABNORMAL
    assert refusal(with_part("xl/inside.xml", nested.getvalue())) is ProblemCode.FILE_ABNORMAL


@pytest.mark.parametrize("count", [1_001, 45_000])
def test_too_many_members(count: int):
    def many(archive: zipfile.ZipFile) -> None:
        for number in range(count):
            archive.writestr(zipfile.ZipInfo(f"{number}"), b"")

    assert refusal(with_member(many)) is ProblemCode.FILE_TOO_MANY_MEMBERS


def test_a_hundred_thousand_members():
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(entry) * 100_000, 4, 0)
    content = b"PK\x03\x04" + entry * 100_000 + end
    assert len(content) < 5_000_000
    assert refusal(content) is ProblemCode.FILE_TOO_MANY_MEMBERS


def test_a_symbolic_link():
    def link(archive: zipfile.ZipFile) -> None:
        member = zipfile.ZipInfo("xl/link.xml")
        member.external_attr = 0o120777 << 16
        archive.writestr(member, "/etc/passwd")

    assert refusal(with_member(link)) is ProblemCode.FILE_ABNORMAL


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil.xml", "xl/../../evil.xml", "xl\\evil.xml", "C:evil.xml"])
def test_a_member_that_points_outside(name: str):
    assert refusal(with_member(lambda archive: archive.writestr(name, "x"))) is ProblemCode.FILE_ABNORMAL


def test_a_member_that_is_there_twice():
    def twice(archive: zipfile.ZipFile) -> None:
        archive.writestr(SHEET.replace("sheet1", "Sheet1"), "<a/>")

    assert refusal(with_member(twice)) is ProblemCode.FILE_ABNORMAL


def test_members_that_share_the_same_bytes():
    content = bytearray(plain())
    entries = [at for at in range(len(content)) if content[at : at + 4] == b"PK\x01\x02"]
    lengths = {struct.unpack_from("<H", content, at + 28)[0]: at for at in entries}
    (first, *_), last = sorted(lengths.values()), entries[-1]
    content[last + 42 : last + 46] = content[first + 42 : first + 46]
    assert refusal(bytes(content)) in {ProblemCode.FILE_ABNORMAL, ProblemCode.FILE_DAMAGED}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.xml", b"x" * 5_000)
        archive.writestr("b.xml", b"y" * 10)
        archive.filelist[1].header_offset, archive.filelist[0].header_offset = 20, 0
        second = archive.filelist[1]
        second.compress_size = second.file_size = 10
    with pytest.raises(Exception) as refused:  # noqa: PT011 - the code of the refusal is looked at
        unpacking.unpack(made.getvalue())
    assert refused.value.problems[0].code is ProblemCode.FILE_ABNORMAL


def test_a_password():
    content = bytearray(plain())
    for at in range(len(content)):
        if content[at : at + 4] == b"PK\x01\x02":
            content[at + 8] |= 1
    assert refusal(bytes(content)) is ProblemCode.FILE_ENCRYPTED
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert refusal(compound + "EncryptedPackage".encode("utf-16-le")) is ProblemCode.FILE_ENCRYPTED
    locked = changed(ods(ods_table()), {"META-INF/manifest.xml": "<manifest><encryption-data/></manifest>"})
    assert refusal(locked) is ProblemCode.FILE_ENCRYPTED


def test_an_old_workbook_is_asked_for_in_a_new_format():
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls") is ProblemCode.FILE_OLD_WORKBOOK


def test_macros():
    assert refusal(with_part("xl/vbaProject.bin", b"macro"), "a.xlsm") is ProblemCode.FILE_MACROS
    types = part(plain(), "[Content_Types].xml")
    enabled = types.replace(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    assert refusal(changed(plain(), {"[Content_Types].xml": enabled})) is ProblemCode.FILE_MACROS
    assert refusal(ods(ods_table(), Basic__Standard__Module1__xml="x")) is ProblemCode.FILE_MACROS
    assert refusal(ods(ods_table(), Scripts__python__run="x")) is ProblemCode.FILE_MACROS


ENTITIES = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12)) + "]>"
)


@pytest.mark.parametrize("declaration", [ENTITIES, LAUGHS])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_wherever_it_stands(declaration: str, encoding: str):
    sheet = part(plain(), SHEET)
    start = sheet.index("<worksheet")
    attacked = f'<?xml version="1.0" encoding="{encoding}"?>{declaration}{sheet[start:]}'.encode(encoding)
    assert refusal(changed(plain(), {SHEET: attacked})) is ProblemCode.FILE_DECLARES_ENTITIES
    assert refusal(with_part("docProps/other.xml", attacked)) is ProblemCode.FILE_DECLARES_ENTITIES
    content = f'<?xml version="1.0"?>{declaration}<office:document-content {NAMESPACES}/>'.encode()
    assert refusal(changed(ods(ods_table()), {"content.xml": content})) is ProblemCode.FILE_DECLARES_ENTITIES


def test_a_million_rows_of_text():
    content = b"indicateur;annee;valeur\n" + b"A;1\n" * 1_000_000
    assert refusal(content, "a.csv") is ProblemCode.FILE_TOO_MANY_ROWS


def test_a_file_that_is_too_heavy_is_not_even_handed_over():
    assert refusal(b"a" * (5 * 1024 * 1024 + 1), "a.csv") is ProblemCode.FILE_TOO_BIG


def long_text_repeated() -> bytes:
    plain_one = xlsx([HEADINGS, ["SOB-01", 2025, "x" * 32_000]])
    text = '<c t="s"><v>7</v></c>'
    cells = "".join(f'<row r="{row}">{text * 26}</row>' for row in range(3, 9_000))
    sheet = part(plain_one, SHEET).replace("</sheetData>", f"{cells}</sheetData>")
    return changed(plain_one, {SHEET: sheet})


def test_one_long_text_that_every_cell_repeats():
    assert refusal(long_text_repeated()) is ProblemCode.FILE_TOO_MUCH_TEXT


def many_empty_cells() -> bytes:
    cells = "".join("<c/>" * 20 + str(number * 7_919) for number in range(210_000))
    return xlsx_with_cells('<c r="{}"><v>5</v></c>', rest=f'<row r="9">{cells}</row>')


def test_more_cells_than_a_file_may_have():
    assert refusal(many_empty_cells()) is ProblemCode.FILE_TOO_MANY_CELLS
    corner = '<table:table-cell table:number-columns-repeated="49"/><table:table-cell office:value-type="float"/>'
    tables = (ods_table(ods_row(repeated=9_900), ods_row(corner), name=f"{number}") for number in range(15))
    assert refusal(ods("".join(tables))) is ProblemCode.FILE_TOO_MANY_CELLS


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7 ...", "a.pdf"),
        (b"<html><table></table></html>", "a.xls"),
        (b'<?xml version="1.0"?><office:document/>', "a.fods"),
        (b"\x89PNG\r\n\x1a\n", "a.csv"),
    ],
)
def test_what_is_no_table_says_so(content: bytes, name: str):
    assert refusal(content, name) is ProblemCode.FILE_NOT_A_TABLE


def test_another_document_in_an_archive_is_no_table():
    text = changed(ods(ods_table()), {"mimetype": "application/vnd.oasis.opendocument.text"})
    assert refusal(text, "a.ods") is ProblemCode.FILE_NOT_A_TABLE


def test_text_under_the_name_of_a_workbook_and_a_cut_workbook_are_damaged():
    assert refusal(csv("SOB-01;2025;5"), "a.xlsx") is ProblemCode.FILE_DAMAGED
    assert refusal(plain()[:2_000]) is ProblemCode.FILE_DAMAGED


def test_the_content_decides_not_the_name():
    assert child.read(plain(), "a.csv").format == "xlsx"
    assert child.read(csv("SOB-01;2025;5"), "a.txt").format == "csv"
    assert child.read(csv("SOB-01;2025;5"), "").rows


def test_a_child_that_fails_gives_one_problem(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert refusal(csv("SOB-01;2025;5")) is ProblemCode.FILE_UNREADABLE


def test_a_child_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(confinement, "WALL_SECONDS", 0.01)
    assert refusal(csv("SOB-01;2025;5")) is ProblemCode.FILE_UNREADABLE


@pytest.mark.parametrize("make", [many_empty_cells, long_text_repeated])
def test_a_hostile_file_takes_little_memory(make: Callable[[], bytes], tmp_path: Path):
    """Measured from a process that has no other child: the peak is that of all children that ever were."""
    file = tmp_path / "hostile"
    file.write_bytes(make())
    measure = (
        "import pathlib, resource, sys; from tracker.importers import child;"
        "child.read(pathlib.Path(sys.argv[1]).read_bytes(), '');"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    run = subprocess.run([sys.executable, "-c", measure, file], capture_output=True, text=True, check=True)
    assert int(run.stdout) < MEGABYTES * 1024
