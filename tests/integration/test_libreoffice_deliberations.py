"""A PDF that a real LibreOffice makes of a deliberation proposes what the document itself proposes."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.office import Convert, converter
from tests.twins import odt_twin
from tests.unit import test_seeds_against_texts as against
from tests.unit.deliberations.test_texts_of_our_own import TEXTS
from tracker.importers.deliberations.reading import parse

PLAIN = "pdf"
TAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
forms = pytest.mark.parametrize("form", [PLAIN, TAGGED], ids=["plain", "tagged"])


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    return converter(tmp_path_factory)


def same(convert: Convert, folder: Path, text: str, form: str) -> None:
    """Check that the document and its PDF give the same proposal, to the rank of each paragraph."""
    document = folder / "deliberation.odt"
    document.write_bytes(odt_twin(text, has_gaps=True))
    wanted = parse(document.read_bytes(), document.name)
    printed = convert(document, form).read_bytes()
    assert (b"/StructTreeRoot" in printed) is (form == TAGGED)
    found = parse(printed, "deliberation.pdf")
    assert wanted.number
    assert wanted.articles
    assert wanted.candidates
    assert replace(found, form=wanted.form) == wanted


@forms
def test_a_text_of_our_own_with_lists_reads_as_its_document(convert: Convert, tmp_path: Path, form: str):
    same(convert, tmp_path, (TEXTS / "departement_commission.txt").read_text(encoding="utf-8"), form)


@against.pytestmark
@forms
@pytest.mark.parametrize("seed", against.FILES, ids=lambda path: path.stem)
def test_a_real_text_reads_as_its_document(convert: Convert, tmp_path: Path, seed: Path, form: str):
    same(convert, tmp_path, against.raw_text(against.load(seed)), form)
