"""Files made by hand, as spreadsheets write them and as nobody should."""

import io
import zipfile
from collections.abc import Mapping, Sequence

import xlsxwriter

from tracker.domain.drafts import ImportProblem, Parsed
from tracker.domain.errors import ProblemCode
from tracker.importers.measurements import parse
from tracker.labels.problems import problem_sentence

OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = (
    f'xmlns:office="{OFFICE}:office:1.0" xmlns:table="{OFFICE}:table:1.0" xmlns:text="{OFFICE}:text:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
YEAR_CELL = '<table:table-cell office:value-type="float" office:value="2025"/>'
HEADINGS = ("indicateur", "annee", "valeur", "motif_absence", "qualite", "commentaire")


def csv(*rows: str, headings: str = "indicateur;annee;valeur", encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    return end.join([headings, *rows, ""]).encode(encoding)


def xlsx(rows: Sequence[Sequence[object]], name: str = "Saisie") -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        page = workbook.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return made.getvalue()


def changed(archive: bytes, parts: Mapping[str, str | bytes | None]) -> bytes:
    """Give ``archive`` with other ``parts``; None takes one away."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            if name not in parts:
                after.writestr(name, before.read(name))
        for name, part in parts.items():
            if part is not None:
                after.writestr(name, part)
    return made.getvalue()


def part(archive: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return opened.read(name).decode()


SHEET = "xl/worksheets/sheet1.xml"


def xlsx_with_cells(*cells: str, rest: str = "") -> bytes:
    """Make a workbook whose third column has the XML ``cells``, one a row; {} stands for the reference."""
    plain = xlsx([HEADINGS])
    rows = "".join(
        f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>SOB-{number:02}</t></is></c>'
        f'<c r="B{number}"><v>2025</v></c>{cell.format(f"C{number}")}</row>'
        for number, cell in enumerate(cells, 2)
    )
    return changed(plain, {SHEET: part(plain, SHEET).replace("</sheetData>", f"{rows}{rest}</sheetData>")})


def ods(tables: str, **others: str | bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f"<office:document-content {NAMESPACES}><office:body><office:spreadsheet>{tables}</office:spreadsheet>"
            "</office:body></office:document-content>",
        )
        archive.writestr("META-INF/manifest.xml", f'<manifest xmlns="{OFFICE}:manifest:1.0"/>')
        for name, content in others.items():
            archive.writestr(name.replace("__", "/"), content)
    return made.getvalue()


def ods_row(*cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


def ods_text(*texts: str) -> tuple[str, ...]:
    return tuple(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in texts
    )


def ods_table(*rows: str, name: str = "Saisie") -> str:
    return f'<table:table table:name="{name}">{ods_row(*ods_text(*HEADINGS))}{"".join(rows)}</table:table>'


def ods_with_cells(*cells: str) -> bytes:
    """Make a workbook whose third column has the XML ``cells``, one a row."""
    rows = (
        ods_row(
            *ods_text(f"SOB-{number:02}"), '<table:table-cell office:value-type="float" office:value="2025"/>', cell
        )
        for number, cell in enumerate(cells, 2)
    )
    return ods(ods_table(*rows))


def read(content: bytes, name: str = "mesures", year: int | None = None) -> Parsed:
    return parse(content, name, year)


def only_problem(parsed: Parsed) -> ImportProblem:
    assert not parsed.rows
    (problem,) = parsed.problems
    assert problem_sentence(problem.problem)
    return problem


def refusal(content: bytes, name: str = "mesures") -> ProblemCode:
    """Give why a whole file is refused."""
    problem = only_problem(read(content, name))
    assert problem.place.row == 0
    return problem.problem.code


def where(problem: ImportProblem) -> str:
    """Give a cell as people say it: « C2 »."""
    return f"{problem.place.column}{problem.place.row}"
