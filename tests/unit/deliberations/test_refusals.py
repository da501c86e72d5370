"""What is no deliberation is refused plainly and quickly; no bytes at all make the reader do anything else."""

import io
import os
import time
import zipfile
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from odfdo import Document
from pypdf import PdfReader, PdfWriter

from tests.twins import odt_twin, pdf_twin
from tracker.domain.errors import Invalid, ProblemCode
from tracker.domain.intakes import Intake
from tracker.importers import confinement
from tracker.importers.deliberations import child, files
from tracker.importers.deliberations.reading import parse
from tracker.labels.problems import problem_sentence

TEXT = (Path(__file__).parent / "texts" / "lan_deux_mille.txt").read_text(encoding="utf-8")
RECIPE = """Tarte aux pommes

Ingrédients : 4 pommes, 200 g de farine, 100 g de beurre.

1) Étaler la pâte. 2) Couper les pommes.

- Enfourner 30 minutes à 180 °C.

Article de blog adopté par toute la famille.
"""
LOG_LINE = "2026-11-23 04:00:00,123 INFO waitress.queue Task queue depth is 3 GET /demonstration/ 200 délibérations\n"


def refusal(content: bytes, name: str = "texte.txt") -> ProblemCode:
    with pytest.raises(Invalid) as refused:
        parse(content, name)
    [problem] = refused.value.problems
    assert problem.where == "file"
    assert problem_sentence(problem)
    return problem.code


def zipped(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return made.getvalue()


@cache
def pdf() -> bytes:
    return pdf_twin(TEXT)


@cache
def odt() -> bytes:
    return odt_twin(TEXT)


def encrypted(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.encrypt(password, algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def saved(kind: str) -> bytes:
    made = io.BytesIO()
    Document(kind).save(made)
    return made.getvalue()


def test_a_recipe_is_no_deliberation():
    assert refusal(RECIPE.encode()) is ProblemCode.TEXT_NOT_A_DELIBERATION
    assert refusal(pdf_twin(RECIPE * 3), "recette.pdf") is ProblemCode.TEXT_NOT_A_DELIBERATION
    assert refusal(odt_twin(RECIPE), "recette.odt") is ProblemCode.TEXT_NOT_A_DELIBERATION


def test_a_log_of_five_megabytes_is_refused_in_less_than_two_seconds():
    log = (LOG_LINE * (5_000_000 // len(LOG_LINE.encode()) + 1)).encode()[:5_000_000]
    before = os.times()
    with pytest.raises(Invalid) as refused:
        child.read(log, "server.log")
    after = os.times()
    assert after.children_user + after.children_system - before.children_user - before.children_system < 2
    assert [one.code for one in refused.value.problems] == [ProblemCode.TEXT_TOO_LONG]


@pytest.mark.parametrize(
    "line",
    [
        LOG_LINE,
        "Article 1 : Vu la loi du 1er mars 2024, le conseil municipal délibère et décide. ",
        "- a " * 40,
        "A" * 60,
    ],
)
def test_the_longest_text_allowed_takes_less_than_the_child_has(line: str):
    text = (line * (files.MAX_LETTERS // len(line))).encode()
    start = time.process_time()
    with suppress(Invalid):
        parse(text, "texte.txt")
    assert time.process_time() - start < confinement.CPU_SECONDS


def test_an_empty_file_is_said_empty():
    assert refusal(b"") is ProblemCode.FILE_EMPTY
    assert refusal(b" \n\t ") is ProblemCode.FILE_EMPTY
    assert refusal(saved("text"), "vide.odt") is ProblemCode.TEXT_NOT_A_DELIBERATION


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (saved("spreadsheet"), ProblemCode.FILE_NOT_A_TEXT),
        (zipped(**{"[Content_Types]__xml": b"<Types/>", "word/document__xml": b"<w/>"}), ProblemCode.FILE_NOT_A_TEXT),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, ProblemCode.FILE_NOT_A_TEXT),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, ProblemCode.FILE_NOT_A_TEXT),
        (b"<html><body>deliberation</body></html>", ProblemCode.FILE_NOT_A_TEXT),
        (b"{\\rtf1 deliberation}", ProblemCode.FILE_NOT_A_TEXT),
        (bytes(range(1, 32)) * 10, ProblemCode.TEXT_NOT_READABLE),
        (b"%PDF-1.7\nnothing", ProblemCode.FILE_DAMAGED),
        (b"x" * (files.MAX_MEGABYTES * 1024 * 1024 + 1), ProblemCode.FILE_TOO_BIG),
    ],
    ids=["ods", "docx", "png", "jpeg", "html", "rtf", "bytes", "pdf", "heavy"],
)
def test_other_files_are_refused_with_a_sentence_that_says_why(content: bytes, code: ProblemCode):
    assert refusal(content) is code


def test_a_name_that_promises_a_pdf_or_an_odt_must_say_true():
    assert refusal(TEXT.encode(), "texte.pdf") is ProblemCode.FILE_DAMAGED
    assert parse(pdf(), "texte.txt").number


def test_a_zip_bomb_named_odt_is_refused_quickly():
    bomb = zipped(mimetype=b"application/vnd.oasis.opendocument.text", content__xml=b"<a>" + b" " * 40_000_000)
    start = time.process_time()
    assert refusal(bomb, "texte.odt") is ProblemCode.FILE_UNPACKS_BEYOND
    assert time.process_time() - start < 2


def test_entities_in_an_odt_are_refused():
    laughs = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert (
        refusal(zipped(mimetype=b"application/vnd.oasis.opendocument.text", content__xml=laughs))
        is ProblemCode.FILE_DAMAGED
    )


def test_a_pdf_that_is_a_picture_or_has_a_password_is_told_apart():
    assert refusal(typst.compile(b"#rect(width: 10cm, height: 20cm, fill: gray)")) is ProblemCode.TEXT_SCANNED
    assert refusal(encrypted("secret")) is ProblemCode.FILE_ENCRYPTED
    assert refusal(encrypted("")) is ProblemCode.FILE_ENCRYPTED


def test_a_pdf_with_too_many_pages_is_refused():
    assert (
        refusal(typst.compile(b"#for n in range(101) [ deliberation #pagebreak(weak: true) ]"))
        is ProblemCode.TEXT_TOO_MANY_PAGES
    )


def test_the_child_reads_what_is_sound_and_hands_back_each_refusal():
    assert child.read(TEXT.encode(), "texte.txt") == parse(TEXT.encode(), "texte.txt")
    assert child.read(pdf(), "texte.pdf") == parse(pdf(), "texte.pdf")
    with pytest.raises(Invalid) as refused:
        child.read(RECIPE.encode(), "recette; rm -rf.txt")
    assert [one.code for one in refused.value.problems] == [ProblemCode.TEXT_NOT_A_DELIBERATION]


def test_a_child_that_fails_says_nothing():
    assert confinement.run("tracker.no_such_module", [], b"") is None


def read_or_refused(content: bytes, name: str) -> None:
    problems = []
    try:
        found = parse(content, name)
        assert isinstance(found, Intake)
    except Invalid as refused:
        problems = list(refused.problems)
    assert all(map(problem_sentence, problems))


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.pdf", "a.odt", ""]))
def test_no_bytes_make_it_raise_anything_but_the_refusal(content: bytes, name: str):
    read_or_refused(content, name)


WORDS = [
    "Vu la loi", "Article 1", "article 9999999", "délibère", "DÉCIDE :", "séance du 31/02/2025", "conseil municipal",
    "\n\n", "\n", "- ", "o ", "Considérant", "mise aux voix", "adoptée", "12 € HT", "budget 2025", "chapitre", "n°",
    "Objet :", ":", ".", "l'an deux mille", "M. ", "Pour : ", "1) ", "\u00ad", "É", "Signé", "programme « »", "(",
    "présents",
]  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=12)), max_size=60))
def test_no_text_of_the_field_makes_it_fail(pieces: list[str]):
    text = "Délibération, vu la loi, séance du conseil municipal, article 1, adopte\n\n" + " ".join(pieces)
    read_or_refused(text.encode(errors="ignore"), "texte.txt")


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_pdf_or_odt_is_read_or_refused(data: st.DataObject):
    sound = data.draw(st.sampled_from([pdf(), odt()]))
    at = data.draw(st.integers(0, len(sound) - 1))
    with_other = data.draw(st.binary(min_size=1, max_size=8))
    end = data.draw(st.sampled_from([len(sound), at + len(with_other)]))
    read_or_refused(sound[:at] + with_other + sound[end:] if end < len(sound) else sound[:at] + with_other, "texte")
