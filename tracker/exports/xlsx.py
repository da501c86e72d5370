"""Writes a pre-filled workbook as XLSX: only the cells to fill are open, and choices are picked from a list."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tracker.exports.workbook import (
    FIRST_ROW,
    Box,
    Column,
    Sheet,
    boxes,
    columns,
    guidance,
    sheet_names,
    subtitle,
    title,
    writable,
)

CREATED = {"created": datetime(2000, 1, 1)}  # noqa: DTZ001 - the same file for the same values, whatever the day
AS_TYPED = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_LOOKS: Mapping[str, Mapping[str, object]] = {
    "title": {"bold": True, "font_size": 14},
    "heading": {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#DDE3EA"},
    "closed": {"text_wrap": True, "valign": "top", "border": 1, "bg_color": "#EEEEEE", "font_color": "#333333"},
    "open": {"text_wrap": True, "valign": "top", "border": 1, "locked": False},
    "guidance": {"text_wrap": True},
}
_HEADING_HEIGHT = 32  # points: two lines of text
_GUIDANCE_WIDTH = 100
_FROZEN_COLUMNS = 2

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx_file(sheet: Sheet) -> bytes:
    """Write the workbook of ``sheet``, in the language being spoken; the same bytes for the same values."""
    made = BytesIO()
    with Workbook(made, dict(AS_TYPED)) as workbook:
        workbook.set_properties({"title": title(sheet)} | CREATED)
        looks = {name: workbook.add_format(dict(look)) for name, look in _LOOKS.items()}
        entry_name, guidance_name = sheet_names()
        _fill(workbook.add_worksheet(entry_name), sheet, looks)
        page = workbook.add_worksheet(guidance_name)
        page.set_column(0, 0, _GUIDANCE_WIDTH)
        for row, told in enumerate(guidance()):
            page.write_string(row, 0, told, looks["guidance"])
        page.protect()
    return made.getvalue()


def _fill(page: Worksheet, sheet: Sheet, looks: Mapping[str, Format]) -> None:
    heading_row, layout = FIRST_ROW - 2, columns()
    page.write_string(0, 0, writable(title(sheet)), looks["title"])
    page.write_string(1, 0, writable(subtitle(sheet)))
    page.set_row(heading_row, _HEADING_HEIGHT)
    for at, column in enumerate(layout):
        page.set_column(at, at, column.width)
        page.write_string(heading_row, at, column.title, looks["heading"])
        _guide(page, at, column, len(sheet.lines))
    for row, line in enumerate(sheet.lines, FIRST_ROW - 1):
        for at, box in enumerate(boxes(line)):
            _write(page, row, at, box, looks["open" if box.is_open else "closed"])
    page.freeze_panes(heading_row + 1, _FROZEN_COLUMNS)
    page.protect(options={"format_columns": True, "format_rows": True})


def _write(page: Worksheet, row: int, column: int, box: Box, look: Format) -> None:
    if isinstance(box.content, Decimal):
        page.write_number(row, column, float(box.content), look)
    elif box.content:
        page.write_string(row, column, writable(box.content), look)
    else:
        page.write_blank(row, column, None, look)


def _guide(page: Worksheet, at: int, column: Column, lines: int) -> None:
    """Say what a column expects when one of its cells is selected, and offer its choices."""
    if not column.message:
        return
    said: dict[str, Any] = {"validate": "any", "input_title": column.title, "input_message": column.message}
    heading_row = FIRST_ROW - 2
    page.data_validation(heading_row, at, heading_row, at, said)
    if lines:
        picked = {"validate": "list", "source": list(column.choices)} if column.choices else {}
        page.data_validation(heading_row + 1, at, heading_row + lines, at, said | picked)
