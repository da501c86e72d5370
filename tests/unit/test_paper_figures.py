"""A drawing stands in every file of a document, with its caption and what it shows; a draft says so on every page."""

import zipfile
from datetime import date
from io import BytesIO

import pytest

from tests import pdf
from tracker.exports import kept_paper
from tracker.exports.docx import docx_file
from tracker.exports.odt import odt_file
from tracker.exports.paper import Figure, Heading, Paper, Paragraph, Span, Weight
from tracker.reports.paper_html import html_file
from tracker.reports.paper_pdf import pdf_file

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="200" viewBox="0 0 640 200">'
    '<rect fill="#22569c" width="300" height="90"/></svg>'
)
FIGURE = Figure('Durée & <usage> "réel"', "La durée monte de 5 à 5,4 ans.", DRAWING, 640, 200)
HEADED = (Heading(1, "Un"), Paragraph((Span("penché", Weight.EMPHASIS),)), FIGURE)


def paper(mark: str = "") -> Paper:
    return Paper("Bilan", "Ville", "Ville", date(2026, 1, 1), "fr", HEADED, mark)


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name).decode()


def test_the_offices_show_the_drawing_as_an_image_with_its_words():
    odt, docx = odt_file(paper()), docx_file(paper())
    for content, name in ((odt, "Pictures/3.png"), (docx, "word/media/f3.png")):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            assert archive.read(name).startswith(b"\x89PNG")
    assert "<svg:desc>La durée monte de 5 à 5,4 ans.</svg:desc>" in part(odt, "content.xml")
    assert 'descr="La durée monte de 5 à 5,4 ans."' in part(docx, "word/document.xml")
    assert "Durée &amp; &lt;usage&gt; &#34;réel&#34;" in part(odt, "content.xml")
    assert "Durée &amp; &lt;usage&gt; &#34;réel&#34;" in part(docx, "word/document.xml")


def test_the_page_and_the_pdf_show_it_with_what_it_tells():
    page = html_file(paper()).decode()
    assert 'alt="La durée monte de 5 à 5,4 ans."' in page
    assert "<figcaption>Durée &amp; &lt;usage&gt;" in page
    assert "<em>penché</em>" in page
    assert pdf.faults(pdf_file(paper("Brouillon"))) == []


@pytest.mark.parametrize("write", [html_file, odt_file, docx_file, pdf_file])
def test_the_same_words_give_the_same_bytes(write):
    assert write(paper("Brouillon")) == write(paper("Brouillon"))


def test_a_draft_says_so_and_the_last_word_does_not():
    written = {True: paper("Brouillon"), False: paper()}
    for is_draft, told in written.items():
        assert ("Brouillon" in html_file(told).decode()) is is_draft
        assert ("Brouillon" in part(odt_file(told), "styles.xml")) is is_draft
        with zipfile.ZipFile(BytesIO(docx_file(told))) as archive:
            heads = [archive.read(name).decode() for name in archive.namelist() if name.startswith("word/header")]
        assert any("Brouillon" in head for head in heads) is is_draft
        assert ("Brouillon" in pdf.text(pdf_file(told))) is is_draft


def test_a_kept_document_keeps_its_drawings():
    assert kept_paper.read(kept_paper.written(paper())) == paper()
