"""Makes the twins of a text: the PDF that Typst sets and the ODT that odfdo writes, a paragraph a block of lines."""

import io
import json
import re

import typst
from odfdo import Document, Element, List, ListItem, Paragraph
from pypdf import PdfReader, PdfWriter

PAGE = '#set page("a4", margin: 2.5cm{foot})\n#set text(size: 11pt, lang: "fr"{more})\n'
SPACED = """<style:style style:name="spaced" style:family="paragraph">
<style:paragraph-properties fo:margin-bottom="0.247cm"/></style:style>"""
_ITEM = re.compile(r"\s*[-•] ")


def blocks(text: str) -> list[list[str]]:
    """Part a text at its blank lines."""
    parted = re.split(r"\n\s*\n", text.strip("\ufeff\n"))
    return [[line for line in block.split("\n") if line.strip()] for block in parted if block.strip()]


def pdf_twin(text: str, *, is_justified: bool = False, has_foot: bool = False, has_gaps: bool = True) -> bytes:
    """Set ``text`` as PDF, tagged; justified, words are cut at the end of lines; a foot has the number of the page."""
    foot = (
        ", footer: context [Mairie, tous droits réservés — page #counter(page).display() sur "
        "#counter(page).final().first()]"
    )
    more = ", hyphenate: true" if is_justified else ""
    source = PAGE.format(foot=foot if has_foot else "", more=more) + f"#set par(justify: {json.dumps(is_justified)})\n"
    source += "" if has_gaps else "#set par(spacing: 0.65em)\n"
    for block in blocks(text):
        source += "#linebreak()\n".join(f"#{json.dumps(line, ensure_ascii=False)}" for line in block) + "\n\n"
    return typst.compile(source.encode())


def without_tags(content: bytes) -> bytes:
    """Give a PDF without the tags that name its paragraphs, as most software writes it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    del writer.root_object["/StructTreeRoot"]
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def odt_twin(text: str, *, has_lists: bool = True, has_gaps: bool = False) -> bytes:
    """Write ``text`` as a document: a paragraph a block, its lines parted by line breaks, its dashes as lists.

    With gaps, paragraphs have the space below them of Writer's own « Corps de texte ».
    """
    document = Document("text")
    document.body.clear()
    style = "spaced" if has_gaps else None
    if has_gaps:
        document.insert_style(Element.from_tag(SPACED), automatic=True)
    for block in blocks(text):
        if has_lists and all(_ITEM.match(line) for line in block):
            listed = List()
            for line in block:
                item = ListItem()
                item.append(Paragraph(_ITEM.sub("", line, count=1), style=style))
                listed.append(item)
            document.body.append(listed)
        else:
            document.body.append(Paragraph("\n".join(block), style=style))
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()
