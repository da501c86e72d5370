"""Writes a document as DOCX, which Word opens: styles for headings, header rows, the language, a page number."""

import re
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime, time
from io import BytesIO

from docx import Document
from docx.document import Document as Written
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from markupsafe import escape

from tracker.exports.paper import (
    Block,
    Bullets,
    Figure,
    Heading,
    Look,
    Paper,
    Paragraph,
    Run,
    Span,
    Table,
    Weight,
    legible,
    runs,
)
from tracker.exports.picture import picture

_INK, _SOFT = RGBColor(0x1D, 0x21, 0x26), RGBColor(0x56, 0x5D, 0x66)
_FONT = "Calibri"
_SIZES = {
    "Title": 22,
    "Subtitle": 13,
    "Heading 1": 16,
    "Heading 2": 13,
    "Heading 3": 11,
    "Caption": 10,
    "Intense Quote": 11,
}
_THEMES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
_WIDTH = 9638  # twentieths of a point between the margins of an A4 page
_HALF = 4640  # of a drawing: two stand on a row
_BODY = re.compile(rb"<w:body>")
_FOOT = re.compile(rb"(<w:ftr[^>]*>).*(</w:ftr>)", re.DOTALL)
_HEAD = re.compile(rb"(<w:hdr[^>]*>).*(</w:hdr>)", re.DOTALL)
_LINK = (
    '<Relationship Id="f{rank}" Target="media/f{rank}.png"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
)
_PNG = b'<Default Extension="png" ContentType="image/png"/>'
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_UNITS = 635  # English metric units in a twentieth of a point
_SIGNS = re.compile(r"\t|\n")
_RIGHT = '<w:jc w:val="right"/>'
_WEIGHTS = {
    Weight.PLAIN: "",
    Weight.STRONG: "<w:b/>",
    Weight.EMPHASIS: "<w:i/>",
    Weight.BLANK: "<w:b/>",
}
_MARKED = '<w:highlight w:val="yellow"/>'

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx_file(paper: Paper) -> bytes:
    """Write ``paper`` as DOCX; the same bytes for the same words."""
    document = Document()
    _set_up(document, paper)
    saved = BytesIO()
    document.save(saved)
    return _filled(saved, paper)


def _set_up(document: Written, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    section.footer.is_linked_to_previous = False  # this gives it a part of its own
    section.header.is_linked_to_previous = not paper.mark
    for name, size in _SIZES.items():
        style = document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        style.font.color.rgb = _SOFT if name == "Subtitle" else _INK
        if name.startswith(("Heading", "Caption")):
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(size), Pt(4)
        for theme in _THEMES:
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), paper.locale)
    told = document.core_properties
    told.title, told.subject, told.author = legible(paper.title), legible(paper.subtitle), legible(paper.author)
    told.language, told.comments, told.last_modified_by = paper.locale, "", legible(paper.author)
    told.created = told.modified = datetime.combine(paper.on, time(), UTC)


def _filled(saved: BytesIO, paper: Paper) -> bytes:
    """Give the archive with the words of ``paper``, and without the hour at which it was made.

    The words are put in as text: python-docx takes seconds for a plan of two hundred actions.
    """
    title = _paragraph("Title", (Span(paper.title),)) + _paragraph("Subtitle", (Span(paper.subtitle),))
    told = "".join(map(_run_of_blocks, runs(enumerate(paper.blocks, 1))))
    body = f"<w:body>{title}{told}".encode()
    figures = {rank: block for rank, block in enumerate(paper.blocks, 1) if isinstance(block, Figure)}
    number = f'<w:fldSimple w:instr="PAGE">{_run(Span("1"))}</w:fldSimple>'
    foot = f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{_run(Span(f"{paper.title}, "))}{number}</w:p>'
    head = _paragraph("Header", (Span(paper.mark, Weight.STRONG),))
    made = BytesIO()
    with zipfile.ZipFile(saved) as archive, zipfile.ZipFile(made, "w") as kept:
        for name in archive.namelist():
            part = archive.read(name)
            if name == "word/document.xml":
                part = _BODY.sub(lambda _: body, part, count=1)
            elif name == "word/_rels/document.xml.rels":
                links = "".join(_LINK.format(rank=rank) for rank in figures)
                part = part.replace(b"</Relationships>", f"{links}</Relationships>".encode())
            elif name == "[Content_Types].xml" and figures and b'Extension="png"' not in part:
                part = part.replace(b"<Default ", _PNG + b"<Default ", 1)
            elif name.startswith("word/header"):
                part = _HEAD.sub(lambda found: found[1] + head.encode() + found[2], part)
            elif name.startswith("word/footer"):
                part = _FOOT.sub(lambda found: found[1] + foot.encode() + found[2], part)
            kept.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
        for rank, block in figures.items():
            kept.writestr(zipfile.ZipInfo(f"word/media/f{rank}.png"), picture(block.svg), zipfile.ZIP_STORED)
    return made.getvalue()


def _run_of_blocks(some: Run) -> str:
    return _pair(some) if isinstance(some[0][1], Figure) else _block(some[0][1])


def _block(block: Block) -> str:
    match block:
        case Heading():
            return _paragraph(f"Heading{block.level}", (Span(block.text),))
        case Paragraph():
            return _paragraph("IntenseQuote" if block.look is Look.NOTICE else "Normal", block.spans)
        case Bullets():
            return "".join(_paragraph("ListBullet", item) for item in block.items)
        case Table():
            return _table(block)
        case Figure():
            return _pair([(1, block)])  # only so that every kind is told: `_run_of_blocks` takes drawings


def _table(table: Table) -> str:
    widths = [_WIDTH * share // sum(table.widths) for share in table.widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    heads = _row(
        (_cell(Span(heading, Weight.STRONG), widths[at], is_head=True) for at, heading in enumerate(table.headings)),
        is_head=True,
    )
    rows = "".join(
        _row(_cell(Span(told), widths[at], is_number=at in table.numbers) for at, told in enumerate(row))
        for row in table.rows
    )
    caption = _paragraph("Caption", (Span(table.caption),), "<w:keepNext/>")
    return (
        f'{caption}<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="40" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/></w:tblCellMar><w:tblLook w:val="0020" w:firstRow="1"/>'
        f'<w:tblCaption w:val="{escape(legible(table.caption))}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{heads}{rows}</w:tbl>"
    )


def _pair(pair: Run) -> str:
    """Write one or two drawings on a row, then their captions."""
    drawn = _run(Span(" ")).join(_drawing(block, rank) for rank, block in pair if isinstance(block, Figure))
    told = [one.caption for _, one in pair if isinstance(one, Figure)]
    kept = "".join(_paragraph("Caption", (Span(one),), "<w:keepNext/>") for one in told[:-1])
    last = _paragraph("Caption", (Span(told[-1]),))
    return f'<w:p><w:pPr><w:pStyle w:val="Normal"/><w:keepNext/></w:pPr>{drawn}</w:p>{kept}{last}'


def _drawing(figure: Figure, rank: int) -> str:
    wide = _HALF * _UNITS
    size = f'cx="{wide}" cy="{wide * figure.height // figure.width}"'
    name = f'id="{rank}" name="f{rank}" descr="{escape(legible(figure.alternative))}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr {name}/>'
        f'<a:graphic xmlns:a="{_DRAWING}"><a:graphicData uri="{_PICTURE}"><pic:pic xmlns:pic="{_PICTURE}">'
        f'<pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="f{rank}"/>'
        f'<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def _row(cells: Iterable[str], *, is_head: bool = False) -> str:
    marks = f"<w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}"
    return f"<w:tr><w:trPr>{marks}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(span: Span, width: int, *, is_head: bool = False, is_number: bool = False) -> str:
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="E9E6DF"/>' if is_head else ""
    marks = f'<w:spacing w:after="0"/>{_RIGHT if is_number else ""}'
    inside = _paragraph("Normal", (span,), marks, '<w:sz w:val="18"/>')
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{inside}</w:tc>'


def _paragraph(style: str, spans: Iterable[Span], marks: str = "", size: str = "") -> str:
    runs = "".join(_run(span, size) for span in spans)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{marks}</w:pPr>{runs}</w:p>'


def _run(span: Span, size: str = "") -> str:
    look = f"{_WEIGHTS[span.weight]}{size}{_MARKED if span.weight is Weight.BLANK else ''}"
    told = _SIGNS.sub(_sign, str(escape(legible(span.text))))
    marks = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{marks}<w:t xml:space="preserve">{told}</w:t></w:r>'


def _sign(found: re.Match[str]) -> str:
    """Write a tab or a line end, which stand between texts and not inside them."""
    sign = "<w:br/>" if found[0] == "\n" else "<w:tab/>"
    return f'</w:t>{sign}<w:t xml:space="preserve">'
