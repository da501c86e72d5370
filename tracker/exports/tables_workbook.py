"""Writes tables and drawings as one XLSX workbook: a sheet a table, what it holds above it, the drawings at the end."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tracker.exports.paper import Figure, Paper, Paragraph, legible, letters
from tracker.exports.picture import picture
from tracker.exports.tabular import Cell, DataTable
from tracker.exports.xlsx import AS_TYPED, CREATED, XLSX
from tracker.labels import text

__all__ = ["XLSX", "tables_workbook"]

_NARROWEST, _WIDEST = 10, 60  # letters
_LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_HEAD_ROW = 2
_ROW_HEIGHT = 20  # dots of a row that nothing sets higher
_PICTURE_SCALE = 0.75
_LONGEST_CELL = 32_767


def tables_workbook(paper: Paper, tables: Sequence[DataTable], figures: Sequence[Figure]) -> bytes:
    """Write ``tables``, with the title, the notices and the opening of ``paper`` on a first sheet."""
    made = BytesIO()
    with Workbook(made, dict(AS_TYPED)) as workbook:
        workbook.set_properties({"title": paper.title, "subject": paper.subtitle, "author": paper.author} | CREATED)
        looks = {
            "title": workbook.add_format({"bold": True, "font_size": 14}),
            "head": workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E9E6DF"}),
            "text": workbook.add_format({"text_wrap": True, "valign": "top"}),
            "day": workbook.add_format({"num_format": "dd/mm/yyyy", "valign": "top"}),
            "number": workbook.add_format({"valign": "top"}),
        }
        _opening(workbook.add_worksheet(text("Lisez-moi")), paper, tables, looks)
        for table in tables:
            _sheet(workbook.add_worksheet(_name(table.name)), table, looks)
        if figures:
            _drawings(workbook.add_worksheet(text("Graphiques")), figures, looks)
    return made.getvalue()


def _opening(page: Worksheet, paper: Paper, tables: Sequence[DataTable], looks: dict[str, Format]) -> None:
    page.set_column(0, 0, 30)
    page.set_column(1, 1, _WIDEST + 30, looks["text"])
    page.write_string(0, 0, legible(paper.title), looks["title"])
    page.write_string(1, 0, legible(paper.subtitle))
    row = 2
    if paper.mark:
        page.write_string(row, 0, legible(paper.mark), looks["head"])
        row += 1
    for block in paper.blocks:
        if not isinstance(block, Paragraph):
            break
        page.write_string(row, 1, legible(letters(block.spans)), looks["text"])
        row += 1
    for rank, table in enumerate(tables, row + 1):
        page.write_url(rank, 0, f"internal:'{_name(table.name)}'!A1", string=table.name)
        page.write_string(rank, 1, text(table.title), looks["text"])


def _sheet(page: Worksheet, table: DataTable, looks: dict[str, Format]) -> None:
    page.write_string(0, 0, text(table.title), looks["title"])
    for at, column in enumerate(table.columns):
        page.write_string(_HEAD_ROW, at, column.name, looks["head"])
        page.write_comment(_HEAD_ROW, at, text(column.meaning))
        longest = max([len(column.name), *(len(str(row[at])) for row in table.rows if row[at] is not None)])
        page.set_column(at, at, max(_NARROWEST, min(_WIDEST, longest + 2)))
    for rank, row in enumerate(table.rows, _HEAD_ROW + 1):
        for at, cell in enumerate(row):
            _write(page, rank, at, cell, looks)
    page.freeze_panes(_HEAD_ROW + 1, 0)
    page.autofilter(_HEAD_ROW, 0, _HEAD_ROW + max(len(table.rows), 1), len(table.columns) - 1)


def _write(page: Worksheet, row: int, column: int, cell: Cell, looks: dict[str, Format]) -> None:
    """Write a cell as what it is; what is missing is left empty, and a text never runs as a formula."""
    match cell:
        case None:
            return
        case bool():
            page.write_boolean(row, column, cell, looks["number"])
        case int() | Decimal():
            page.write_number(row, column, cell, looks["number"])
        case date():
            page.write_datetime(row, column, cell, looks["day"])
        case str():
            page.write_string(row, column, legible(cell)[:_LONGEST_CELL], looks["text"])


def _drawings(page: Worksheet, figures: Sequence[Figure], looks: dict[str, Format]) -> None:
    page.set_column(0, 0, _WIDEST + 40)
    row = 0
    for figure in figures:
        page.write_string(row, 0, legible(figure.caption), looks["head"])
        told = {
            "image_data": BytesIO(picture(figure.svg)),
            "x_scale": _PICTURE_SCALE,
            "y_scale": _PICTURE_SCALE,
            "description": legible(figure.alternative),
        }
        page.insert_image(row + 1, 0, f"f{row}.png", told)
        row += 2 + round(figure.height * _PICTURE_SCALE * 4 / 3 / _ROW_HEIGHT)


def _name(told: str) -> str:
    return _FORBIDDEN.sub(" ", told)[:_LONGEST_NAME]
