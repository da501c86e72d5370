"""Changes a cell of a workbook as a spreadsheet would: XLSX in its XML, ODS with a library."""

import io
import re
import zipfile

from odfdo import Cell, Document


def with_cell(content: bytes, cell: str, typed: str) -> bytes:
    """Give the XLSX with ``typed`` in ``cell`` of its first sheet: a number where it reads as one, else a text."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, _typed(part, cell, typed) if name == "xl/worksheets/sheet1.xml" else part)
    return made.getvalue()


def _typed(part: bytes, cell: str, typed: str) -> bytes:
    is_number = re.fullmatch(r"-?\d+(\.\d+)?", typed)
    inside = f"<v>{typed}</v>" if is_number else f"<is><t>{typed}</t></is>"
    kind = "" if is_number else ' t="inlineStr"'
    pattern = rf'<c r="{cell}"( s="\d+")?[^>]*?(/>|>.*?</c>)'
    text, count = re.subn(pattern, rf'<c r="{cell}"\g<1>{kind}>{inside}</c>', part.decode(), count=1)
    assert count == 1, cell
    return text.encode()


def with_ods_cell(content: bytes, cell: str, typed: str) -> bytes:
    """Give the ODS with the text ``typed`` in ``cell`` of its first sheet."""
    document = Document(io.BytesIO(content))
    table = document.body.get_table(0)
    table.set_cell(cell, Cell(text=typed))
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def row_of(content: bytes, code: str) -> int:
    """Find the row of an indicator in the first sheet of an XLSX."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        strings = re.findall(r"<si><t[^>]*>(.*?)</t></si>", archive.read("xl/sharedStrings.xml").decode())
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    found = re.search(rf'<c r="A(\d+)"[^>]*t="s"[^>]*><v>{strings.index(code)}</v>', sheet)
    assert found, code
    return int(found[1])
