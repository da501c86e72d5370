"""Writes a document as ODT, which LibreOffice opens: styles for headings, header rows, the language, a page number."""

import re
import zipfile
from collections.abc import Iterable
from io import BytesIO

from markupsafe import escape
from odfdo import Document

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

_SANS = 'style:font-name="Liberation Sans"'
_INK, _SOFT = "#1d2126", "#565d66"
_BORDER = 'fo:padding="0.1cm" fo:border="0.5pt solid #8a8f96"'
_LEFT_ONLY = 'fo:border-right="none" fo:border-top="none" fo:border-bottom="none"'
_BOLD = 'fo:font-weight="bold"'

ODT = "application/vnd.oasis.opendocument.text"


def _style(name: str, family: str, parent: str = "", marks: str = "", **properties: str) -> str:
    """Write a style; ``properties`` are its attributes, by kind."""
    inside = "".join(
        f"<style:{kind.replace('_', '-')}-properties {attributes}/>" for kind, attributes in properties.items()
    )
    over = f' style:parent-style-name="{parent}"' if parent else ""
    return f'<style:style style:name="{name}" style:family="{family}"{over}{marks}>{inside}</style:style>'


def _heading(level: int, size: int) -> str:
    marks = (
        f' style:display-name="Heading {level}" style:next-style-name="Text_20_body"'
        f' style:default-outline-level="{level}" style:class="chapter"'
    )
    look = f'{_SANS} fo:font-size="{size}pt" {_BOLD} fo:color="{_INK}"'
    return _style(f"Heading_20_{level}", "paragraph", "Heading", marks, text=look)


_CHAPTER = ' style:class="chapter"'
_NAMED = (
    _style("Title", "paragraph", "Heading", _CHAPTER, text=f'{_SANS} fo:font-size="22pt" {_BOLD} fo:color="{_INK}"'),
    _style("Subtitle", "paragraph", "Heading", _CHAPTER, text=f'{_SANS} fo:font-size="13pt" fo:color="{_SOFT}"'),
    _style("Footer", "paragraph", "Standard", text=f'{_SANS} fo:font-size="9pt" fo:color="{_SOFT}"'),
    _style(
        "Notice",
        "paragraph",
        "Text_20_body",
        paragraph=f'fo:padding="0.15cm" fo:border-left="2pt solid #8a5600" {_LEFT_ONLY}',
        text=_BOLD,
    ),
    *(_heading(level, size) for level, size in ((1, 16), (2, 13), (3, 11))),
)
_OWN = (
    _style("strong", "text", text=_BOLD),
    _style("emphasis", "text", text='fo:font-style="italic"'),
    _style("blank", "text", text=f'{_BOLD} fo:background-color="#ffe9a8"'),
    _style("cell", "table-cell", table_cell=_BORDER),
    _style("head", "table-cell", table_cell=f'{_BORDER} fo:background-color="#e9e6df"'),
    _style("row", "table-row", table_row='fo:keep-together="always"'),
    _style("sheet", "table", table='style:width="17cm" table:align="margins" fo:margin-bottom="0.4cm"'),
    _style("told", "paragraph", "Standard", text='fo:font-size="10pt"'),
    _style("named", "paragraph", "Standard", text=f'{_BOLD} fo:font-size="10pt"'),
    _style("number", "paragraph", "Standard", paragraph='fo:text-align="end"', text='fo:font-size="10pt"'),
    _style("caption", "paragraph", "Caption", paragraph='fo:keep-with-next="always"'),
    _style("drawn", "paragraph", "Standard", paragraph='fo:keep-with-next="always" fo:margin-top="0.3cm"'),
    _style("picture", "graphic", graphic='style:vertical-pos="top" style:vertical-rel="baseline"'),
)
_BULLETS = (
    '<text:list-style style:name="bullets"><text:list-level-style-bullet text:level="1" text:bullet-char="•">'
    '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
    '<style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-0.5cm"'
    ' fo:margin-left="0.8cm"/></style:list-level-properties></text:list-level-style-bullet></text:list-style>'
)
_WIDTH = 17  # cm between the margins of an A4 page
_HALF = 8.2  # cm of a drawing: two stand on a row
_BODY = "<office:text/>"
_AUTOMATIC = "<office:automatic-styles/>"
_MASTER = '<style:master-page style:name="Standard" style:page-layout-name="Mpm1" draw:style-name="Mdp1"/>'
_HEADER = '<style:header><text:p text:style-name="Notice">{mark}</text:p></style:header>'
_FOOTER = (
    f'{_MASTER[:-2]}>{{header}}<style:footer><text:p text:style-name="Footer">{{title}}, <text:page-number'
    ' text:select-page="current">1</text:page-number></text:p></style:footer></style:master-page>'
)
_NUMBERED = re.compile(r'(<text:outline-level-style text:level="\d+")[^>]*>')
_SPACES = re.compile(r"^ | $| {2,}|\t|\n")
_DATES = re.compile(r"(<meta:creation-date>)[^<]*")
_LISTED_PICTURE = '<manifest:file-entry manifest:full-path="{name}" manifest:media-type="image/png"/>'
_UNUSED = ("Thumbnails/thumbnail.png",)
_LISTED = re.compile(r'\s*<manifest:file-entry manifest:full-path="Thumbnails/thumbnail.png"[^>]*/>')


def odt_file(paper: Paper) -> bytes:
    """Write ``paper`` as ODT; the same bytes for the same words."""
    document = Document("text")
    document.body.clear()
    document.set_language(paper.locale)
    document.meta.title = legible(paper.title)
    document.meta.subject = legible(paper.subtitle)
    document.meta.creator = document.meta.initial_creator = legible(paper.author)
    for style in _NAMED:
        document.insert_style(style)
    saved = BytesIO()
    document.save(saved, pretty=False)
    return _filled(saved, paper)


def _filled(saved: BytesIO, paper: Paper) -> bytes:
    """Give the archive with the words of ``paper``, and without the hour at which it was made.

    The words are put in as text: odfdo takes a time that grows as the square of the paragraphs.
    """
    widths: dict[tuple[int, ...], str] = {}
    for block in paper.blocks:
        if isinstance(block, Table):
            widths.setdefault(block.widths, f"w{len(widths)}")
    figures = {rank: block for rank, block in enumerate(paper.blocks, 1) if isinstance(block, Figure)}
    listed = "".join(_LISTED_PICTURE.format(name=_picture_name(rank)) for rank in figures)
    header = _HEADER.format(mark=_inline(paper.mark)) if paper.mark else ""
    title = _paragraph("Title", (Span(paper.title),)) + _paragraph("Subtitle", (Span(paper.subtitle),))
    body = title + "".join(_run(some, widths) for some in runs(enumerate(paper.blocks, 1)))
    changed = {
        "content.xml": ((_AUTOMATIC, _automatic(widths)), (_BODY, f"<office:text>{body}</office:text>")),
        "styles.xml": ((_MASTER, _FOOTER.format(title=_inline(paper.title), header=header)),),
        "META-INF/manifest.xml": (("</manifest:manifest>", f"{listed}</manifest:manifest>"),),
    }
    made = BytesIO()
    with zipfile.ZipFile(saved) as archive, zipfile.ZipFile(made, "w") as kept:
        for name in archive.namelist():
            if name in _UNUSED:
                continue
            part = archive.read(name)
            for old, new in changed.get(name, ()):
                part = part.replace(old.encode(), new.encode(), 1)
            if name == "styles.xml":
                part = _NUMBERED.sub(r'\1 style:num-format="">', part.decode()).encode()
            elif name == "meta.xml":
                part = _DATES.sub(rf"\g<1>{paper.on.isoformat()}T00:00:00", part.decode()).encode()
            elif name == "META-INF/manifest.xml":
                part = _LISTED.sub("", part.decode()).encode()
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            kept.writestr(zipfile.ZipInfo(name), part, how)
        for rank, block in figures.items():
            kept.writestr(zipfile.ZipInfo(_picture_name(rank)), picture(block.svg), zipfile.ZIP_STORED)
    return made.getvalue()


def _automatic(widths: dict[tuple[int, ...], str]) -> str:
    columns = "".join(
        f'<style:style style:name="{name}c{rank}" style:family="table-column"><style:table-column-properties'
        f' style:column-width="{_WIDTH * share / sum(shares):.2f}cm"/></style:style>'
        for shares, name in widths.items()
        for rank, share in enumerate(shares)
    )
    return f"<office:automatic-styles>{''.join(_OWN)}{_BULLETS}{columns}</office:automatic-styles>"


def _run(some: Run, widths: dict[tuple[int, ...], str]) -> str:
    rank, block = some[0]
    return _pair(some) if isinstance(block, Figure) else _block(block, rank, widths)


def _block(block: Block, rank: int, widths: dict[tuple[int, ...], str]) -> str:
    match block:
        case Heading():
            level = block.level
            opening = f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">'
            return f"{opening}{_inline(block.text)}</text:h>"
        case Paragraph():
            return _paragraph("Notice" if block.look is Look.NOTICE else "Text_20_body", block.spans)
        case Bullets():
            items = (f"<text:list-item>{_paragraph('Text_20_body', item)}</text:list-item>" for item in block.items)
            return f'<text:list text:style-name="bullets">{"".join(items)}</text:list>'
        case Table():
            return _table(block, rank, widths[block.widths])
        case Figure():
            return _pair([(rank, block)])


def _table(table: Table, rank: int, name: str) -> str:
    columns = "".join(f'<table:table-column table:style-name="{name}c{at}"/>' for at in range(len(table.widths)))
    heads = _row(_cell(heading, "head", "named") for heading in table.headings)
    rows = "".join(
        _row(_cell(told, "cell", "number" if at in table.numbers else "told") for at, told in enumerate(row))
        for row in table.rows
    )
    caption = _paragraph("caption", (Span(table.caption),))
    return (
        f'{caption}<table:table table:name="t{rank}" table:style-name="sheet">'
        f"<table:title>{escape(legible(table.caption))}</table:title>{columns}"
        f"<table:table-header-rows>{heads}</table:table-header-rows>{rows}</table:table>"
    )


def _pair(pair: Run) -> str:
    """Write one or two drawings on a row, then their captions."""
    drawn = " ".join(_frame(block, rank) for rank, block in pair if isinstance(block, Figure))
    told = [one.caption for _, one in pair if isinstance(one, Figure)]
    kept = "".join(_paragraph("caption", (Span(one),)) for one in told[:-1])
    return f'<text:p text:style-name="drawn">{drawn}</text:p>{kept}{_paragraph("Caption", (Span(told[-1]),))}'


def _frame(figure: Figure, rank: int) -> str:
    height = _HALF * figure.height / figure.width
    told = escape(legible(figure.alternative))
    return (
        f'<draw:frame draw:name="f{rank}" draw:style-name="picture"'
        f' text:anchor-type="as-char" svg:width="{_HALF}cm" svg:height="{height:.2f}cm">'
        f'<draw:image xlink:href="{_picture_name(rank)}" xlink:type="simple" xlink:show="embed"'
        ' xlink:actuate="onLoad"/>'
        f"<svg:title>{escape(legible(figure.caption))}</svg:title><svg:desc>{told}</svg:desc></draw:frame>"
    )


def _picture_name(rank: int) -> str:
    return f"Pictures/{rank}.png"


def _row(cells: Iterable[str]) -> str:
    return f'<table:table-row table:style-name="row">{"".join(cells)}</table:table-row>'


def _cell(told: str, style: str, look: str) -> str:
    inside = _paragraph(look, (Span(told),))
    return f'<table:table-cell table:style-name="{style}" office:value-type="string">{inside}</table:table-cell>'


def _paragraph(style: str, spans: Iterable[Span]) -> str:
    return f'<text:p text:style-name="{style}">{"".join(map(_span, spans))}</text:p>'


def _span(span: Span) -> str:
    told = _inline(span.text)
    return told if span.weight is Weight.PLAIN else f'<text:span text:style-name="{span.weight}">{told}</text:span>'


def _inline(text: str) -> str:
    """Write a text; the spaces and line ends that XML would join have elements of their own."""
    return _SPACES.sub(_space, str(escape(legible(text))))


def _space(found: re.Match[str]) -> str:
    match found[0]:
        case "\t":
            return "<text:tab/>"
        case "\n":
            return "<text:line-break/>"
        case spaces:
            return f'<text:s text:c="{len(spaces)}"/>'
