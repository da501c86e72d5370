"""A PDF that a real LibreOffice makes of a deliberation proposes what the document itself proposes."""

from collections.abc import Mapping
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


def same(convert: Convert, folder: Path, texts: Mapping[str, str], form: str) -> None:
    """Check that each document and its PDF give the same proposal, to the rank of each paragraph."""
    documents = [folder / f"{name}.odt" for name in texts]
    for document, text in zip(documents, texts.values(), strict=True):
        document.write_bytes(odt_twin(text, has_gaps=True))
    for document, made in zip(documents, convert(form, *documents), strict=True):
        wanted = parse(document.read_bytes(), "deliberation.odt")
        printed = made.read_bytes()
        assert (b"/StructTreeRoot" in printed) is (form == TAGGED)
        found = parse(printed, "deliberation.pdf")
        assert wanted.number, document.stem
        assert wanted.articles, document.stem
        assert wanted.candidates, document.stem
        assert replace(found, form=wanted.form) == wanted, document.stem


@forms
def test_a_text_of_our_own_with_lists_reads_as_its_document(convert: Convert, tmp_path: Path, form: str):
    text = (TEXTS / "departement_commission.txt").read_text(encoding="utf-8")
    same(convert, tmp_path, {"departement": text}, form)


@against.pytestmark
@forms
def test_a_real_text_reads_as_its_document(convert: Convert, tmp_path: Path, form: str):
    texts = {seed.stem: against.raw_text(against.load(seed)) for seed in against.FILES}
    same(convert, tmp_path, texts, form)
