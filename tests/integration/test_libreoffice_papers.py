"""A real LibreOffice opens our documents: it shows every word, in order, and nothing that was typed is obeyed."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests import pdf
from tests.dossiers import make_dossier, make_plan
from tests.minutes import make_minutes
from tests.office import Convert, converter
from tests.plans import HOSTILE, WORD, make_full_action, many_actions
from tests.stated import every_state
from tracker.exports.docx import docx_file
from tracker.exports.odt import odt_file
from tracker.exports.paper import Bullets, Heading, Paper, Paragraph, Table, legible, letters
from tracker.reports.minutes_paper import Rectified, minutes_paper, rectified_paper
from tracker.reports.plan_paper import plan_paper
from tracker.reports.statement_paper import statement_paper


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    return converter(tmp_path_factory)


def spoken(paper: Paper) -> list[str]:
    """List what a reader of the document goes through, in order."""
    told = [paper.title, paper.subtitle]
    for block in paper.blocks:
        match block:
            case Heading():
                told.append(block.text)
            case Paragraph():
                told.append(letters(block.spans))
            case Bullets():
                told += map(letters, block.items)
            case Table():
                told += [block.caption, *block.headings, *(cell for row in block.rows for cell in row)]
    return told


def written(folder: Path, paper: Paper) -> list[Path]:
    """Write the paper in both formats."""
    files = [folder / "plan-odt.odt", folder / "plan-docx.docx"]
    for file, write in zip(files, (odt_file, docx_file), strict=True):
        file.write_bytes(write(paper))
    return files


def test_libreoffice_opens_a_plan_and_shows_every_word_in_its_order(convert: Convert, tmp_path: Path):
    hostile = make_full_action("A-02", HOSTILE, description=HOSTILE, risks=WORD, review=HOSTILE)
    paper = plan_paper(make_dossier(make_plan(make_full_action(), hostile), gaps=(HOSTILE,)))
    for file in convert("txt:Text (encoded):UTF8", *written(tmp_path, paper)):
        shown = pdf.squeezed(file.read_text("utf-8-sig"))
        place = 0
        for words in spoken(paper):
            wanted = pdf.squeezed(legible(words))
            place = shown.find(wanted, place)
            assert place >= 0, (file.name, words)
            place += len(wanted)


def test_libreoffice_keeps_the_headings_the_header_rows_and_the_language(convert: Convert, tmp_path: Path):
    paper = plan_paper(make_dossier(make_plan(*many_actions(200))))
    sent = written(tmp_path, paper)
    levels = [block.level for block in paper.blocks if isinstance(block, Heading)]
    tables = sum(isinstance(block, Table) for block in paper.blocks)
    for file in convert("fodt", *sent):
        flat = file.read_text()
        assert list(map(int, re.findall(r'<text:h [^>]*text:outline-level="(\d)"', flat))) == levels
        assert flat.count("<table:table-header-rows>") == tables
        assert 'fo:language="fr" fo:country="FR"' in flat
        assert "<dc:title>Plan d’actions 2025</dc:title>" in flat
        assert not re.search(r"<text:p [^>]*/>(?!</style)", flat.split("<office:body>")[1])
    for file in convert("pdf", *sent):
        assert pdf.page_count(file.read_bytes()) > 20


def test_libreoffice_shows_minutes_with_their_headings_their_tables_their_language_and_every_word(
    convert: Convert, tmp_path: Path
):
    sealed = minutes_paper(make_minutes(name=HOSTILE, text=WORD), is_draft=False)
    paper = rectified_paper(
        sealed, [Rectified("La séance", [("lieu", HOSTILE, WORD)], "Salle changée", datetime(2026, 11, 22, tzinfo=UTC))]
    )
    sent = tmp_path / "minutes.odt"
    sent.write_bytes(odt_file(paper))
    flat = convert("fodt", sent)[0].read_text()
    levels = [block.level for block in paper.blocks if isinstance(block, Heading)]
    assert list(map(int, re.findall(r'<text:h [^>]*text:outline-level="(\d)"', flat))) == levels
    assert flat.count("<table:table-header-rows>") == sum(isinstance(block, Table) for block in paper.blocks) == 3
    assert 'fo:language="fr" fo:country="FR"' in flat
    assert "<dc:title>Procès-verbal de la commission d’homologation, séance du 20 novembre 2026</dc:title>" in flat
    shown = pdf.squeezed(convert("txt:Text (encoded):UTF8", sent)[0].read_text("utf-8-sig"))
    place = 0
    for words in spoken(paper):
        wanted = pdf.squeezed(legible(words))
        place = shown.find(wanted, place)
        assert place >= 0, words
        place += len(wanted)


def test_libreoffice_opens_a_statement_with_its_headings_its_tables_and_its_language(convert: Convert, tmp_path: Path):
    paper = statement_paper(every_state()["partial"])
    sent = tmp_path / "declaration.odt"
    sent.write_bytes(odt_file(paper))
    flat = convert("fodt", sent)[0].read_text()
    levels = [block.level for block in paper.blocks if isinstance(block, Heading)]
    assert list(map(int, re.findall(r'<text:h [^>]*text:outline-level="(\d)"', flat))) == levels
    assert flat.count("<table:table-header-rows>") == sum(isinstance(block, Table) for block in paper.blocks) == 1
    assert 'fo:language="fr" fo:country="FR"' in flat
    shown = pdf.squeezed(convert("txt:Text (encoded):UTF8", sent)[0].read_text("utf-8-sig"))
    assert all(pdf.squeezed(words) in shown for words in spoken(paper))
