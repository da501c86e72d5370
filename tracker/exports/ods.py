"""Writes a pre-filled workbook as ODS: only the cells to fill are open, and choices are picked from a list."""

import re
import zipfile
from collections.abc import Iterable
from decimal import Decimal
from io import BytesIO

from markupsafe import escape
from odfdo import Document

from tracker.domain.numbers import plain_text
from tracker.exports.workbook import (
    FIRST_ROW,
    Box,
    Column,
    Line,
    Sheet,
    boxes,
    columns,
    guidance,
    sheet_names,
    subtitle,
    title,
    writable,
)
from tracker.labels import current

_BORDER = 'fo:border="0.5pt solid #666666" style:vertical-align="top" fo:wrap-option="wrap"'
_CELL_STYLES = {
    "title": '<style:text-properties fo:font-size="14pt" fo:font-weight="bold"/>',
    "heading": f'<style:table-cell-properties fo:background-color="#dde3ea" {_BORDER}/>'
    '<style:text-properties fo:font-weight="bold"/>',
    "closed": f'<style:table-cell-properties fo:background-color="#eeeeee" {_BORDER}/>'
    '<style:text-properties fo:color="#333333"/>',
    "open": f'<style:table-cell-properties style:cell-protect="none" {_BORDER}/>',
    "guidance": '<style:table-cell-properties fo:wrap-option="wrap"/>',
}
_CM_A_CHARACTER = 0.21
_GUIDANCE_WIDTH = 100  # characters
_FROZEN_COLUMNS = 2
_PROTECTION = '<loext:table-protection loext:select-protected-cells="true" loext:select-unprotected-cells="true"/>'
_SPACES = re.compile(r"^ | $| {2,}|\t")
_BODY = b"<office:spreadsheet/>"
_FROZEN = {
    "HorizontalSplitMode": ("short", 2),
    "VerticalSplitMode": ("short", 2),
    "HorizontalSplitPosition": ("int", _FROZEN_COLUMNS),
    "VerticalSplitPosition": ("int", FIRST_ROW - 1),
    "ActiveSplitRange": ("short", 3),
    "PositionRight": ("int", _FROZEN_COLUMNS),
    "PositionBottom": ("int", FIRST_ROW - 1),
}
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-settings'
    ' xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" xmlns:ooo="http://openoffice.org/2004/office"'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"><office:settings>'
    '<config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views">'
    '<config:config-item-map-entry><config:config-item config:name="ViewId" config:type="string">view1'
    '</config:config-item><config:config-item-map-named config:name="Tables">'
    '<config:config-item-map-entry config:name="{name}">{items}</config:config-item-map-entry>'
    '</config:config-item-map-named><config:config-item config:name="ActiveTable" config:type="string">{name}'
    "</config:config-item></config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>"
    "</office:settings></office:document-settings>"
)


def ods_file(sheet: Sheet) -> bytes:
    """Write the workbook of ``sheet``, in the language being spoken; the same bytes for the same values."""
    document = Document("spreadsheet")
    entry_name, guidance_name = sheet_names()
    layout = columns()
    widths = {_GUIDANCE_WIDTH, *(column.width for column in layout)}
    for style in (*map(_cell_style, _CELL_STYLES), *map(_width_style, sorted(widths))):
        document.insert_style(style, automatic=True)
    document.body.clear()
    document.set_language("fr-FR" if current() == "fr" else "en-GB")
    saved = BytesIO()
    document.save(saved, pretty=False)
    tables = _validations(layout, entry_name) + _entry_table(sheet, layout, entry_name) + _guidance_table(guidance_name)
    return _filled(saved, tables, _settings(entry_name))


def _entry_table(sheet: Sheet, layout: Iterable[Column], name: str) -> str:
    headings = "".join(
        _cell(Box(column.title), "heading", _validation_name(rank, "heading") if column.message else "")
        for rank, column in enumerate(layout)
    )
    lines = "".join(_row(_line(line, layout)) for line in sheet.lines)
    widths = "".join(f'<table:table-column table:style-name="wide{column.width}"/>' for column in layout)
    return (
        f'<table:table table:name="{escape(name)}" table:style-name="ta1" table:protected="true">{_PROTECTION}{widths}'
        f"{_row(_cell(Box(title(sheet)), 'title'))}{_row(_cell(Box(subtitle(sheet))))}{_row(headings)}{lines}"
        "</table:table>"
    )


def _line(line: Line, layout: Iterable[Column]) -> str:
    return "".join(
        _cell(box, "open" if box.is_open else "closed", _validation_name(rank, "cell") if column.message else "")
        for rank, (column, box) in enumerate(zip(layout, boxes(line), strict=True))
    )


def _guidance_table(name: str) -> str:
    rows = "".join(_row(_cell(Box(told), "guidance")) for told in guidance())
    return (
        f'<table:table table:name="{escape(name)}" table:style-name="ta1" table:protected="true">{_PROTECTION}'
        f'<table:table-column table:style-name="wide{_GUIDANCE_WIDTH}"/>{rows}</table:table>'
    )


def _row(cells: str) -> str:
    return f"<table:table-row>{cells}</table:table-row>"


def _cell(box: Box, style: str = "", validation: str = "") -> str:
    marks = f' table:style-name="{style}"' if style else ""
    marks += f' table:content-validation-name="{validation}"' if validation else ""
    if isinstance(box.content, Decimal):
        number = plain_text(box.content)
        return (
            f'<table:table-cell{marks} office:value-type="float" office:value="{number}">'
            f"<text:p>{number.replace('.', ',')}</text:p></table:table-cell>"
        )
    if not box.content:
        return f"<table:table-cell{marks}/>"
    return f'<table:table-cell{marks} office:value-type="string">{_paragraphs(box.content)}</table:table-cell>'


def _paragraphs(written: str) -> str:
    """Write a text line by line; the spaces that XML would join have elements of their own."""
    lines = writable(written).split("\n")
    return "".join(f"<text:p>{_SPACES.sub(_space, str(escape(line)))}</text:p>" for line in lines)


def _space(found: "re.Match[str]") -> str:
    return "<text:tab/>" if found[0] == "\t" else f'<text:s text:c="{len(found[0])}"/>'


def _validations(layout: Iterable[Column], sheet_name: str) -> str:
    made = "".join(
        _validation(column, _validation_name(rank, part), sheet_name, has_choices=part == "cell")
        for rank, column in enumerate(layout)
        for part in ("heading", "cell")
        if column.message
    )
    return f"<table:content-validations>{made}</table:content-validations>"


def _validation(column: Column, name: str, sheet_name: str, *, has_choices: bool) -> str:
    condition = ""
    if has_choices and column.choices:
        listed = ";".join(f'"{choice}"' for choice in column.choices)
        condition = (
            f' table:condition="{escape(f"of:cell-content-is-in-list({listed})")}" table:display-list="unsorted"'
        )
    base = escape(f"$'{sheet_name}'.A{FIRST_ROW}")
    return (
        f'<table:content-validation table:name="{name}"{condition} table:allow-empty-cell="true"'
        f' table:base-cell-address="{base}">'
        f'<table:help-message table:title="{escape(column.title)}" table:display="true">'
        f"<text:p>{escape(column.message)}</text:p></table:help-message>"
        '<table:error-message table:message-type="stop" table:display="true"/></table:content-validation>'
    )


def _validation_name(rank: int, part: str) -> str:
    return f"{part}{rank}"


def _cell_style(name: str) -> str:
    return f'<style:style style:name="{name}" style:family="table-cell">{_CELL_STYLES[name]}</style:style>'


def _width_style(width: int) -> str:
    return (
        f'<style:style style:name="wide{width}" style:family="table-column"><style:table-column-properties'
        f' style:column-width="{width * _CM_A_CHARACTER:.2f}cm"/></style:style>'
    )


def _settings(name: str) -> str:
    """Keep the headings and the first columns in sight, as LibreOffice writes it."""
    items = "".join(
        f'<config:config-item config:name="{item}" config:type="{kind}">{number}</config:config-item>'
        for item, (kind, number) in _FROZEN.items()
    )
    return _SETTINGS.format(name=escape(name), items=items)


def _filled(saved: BytesIO, tables: str, settings: str) -> bytes:
    """Give the archive with our ``tables`` and ``settings``, and without the hour at which it was made.

    The tables are put in as text: odfdo takes a time that grows as the square of their rows.
    """
    made = BytesIO()
    with zipfile.ZipFile(saved) as archive, zipfile.ZipFile(made, "w") as kept:
        for name in archive.namelist():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            part = archive.read(name)
            if name == "content.xml":
                part = part.replace(_BODY, f"<office:spreadsheet>{tables}</office:spreadsheet>".encode())
            elif name == "settings.xml":
                part = settings.encode()
            kept.writestr(zipfile.ZipInfo(name), part, how)
    return made.getvalue()
