"""The names of attached files: what is kept of what somebody typed, and what is not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.evidence import FORMATS, NAME_LIMIT, EvidenceKind, extension, safe_name


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Délibération n°22-0456 (signée).pdf", "Délibération n°22-0456 (signée).pdf"),
        ("BILAN.PDF", "BILAN.pdf"),
        ("../../x", "x.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        (r"C:\Users\agent\Bureau\bilan.pdf", "bilan.pdf"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("a\r\nContent-Type: text/html.pdf", "html.pdf"),
        ("a\r\nb.pdf", "a b.pdf"),
        ("a\x00.pdf", "a.pdf"),
        ("facture\u202efdp.exe.pdf", "facturefdp.exe.pdf"),
        ("zero\u200bwidth\ufeff.pdf", "zerowidth.pdf"),
        ("narrow\u202f:\u00a0space.pdf", "narrow - space.pdf"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ('a<b>c:"d"|e?f*.pdf', "a-b-c--d--e-f-.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("...", "document.pdf"),
        ("", "document.pdf"),
        (".pdf", "pdf.pdf"),
        (" . .pdf", "pdf.pdf"),
        ("/", "document.pdf"),
        ("x.pdf. . ", "x.pdf"),
        ("x.pdf:hidden", "x.pdf-hidden.pdf"),
        ("con.pdf", "_con.pdf"),
        ("NUL", "_NUL.pdf"),
        ("com1.old.pdf", "_com1.old.pdf"),
        ("LPT¹ .pdf", "_LPT¹.pdf"),
        ("constat.pdf", "constat.pdf"),
        ("bilan 31.12.2025", "bilan 31.12.2025.pdf"),
        ("bilan.docx", "bilan.docx.pdf"),
    ],
)
def test_a_name_keeps_its_words_and_loses_what_could_mislead_a_reader_or_a_disk(given_name: str, kept: str):
    assert safe_name(given_name, EvidenceKind.PDF) == kept


@pytest.mark.parametrize("ending", ["jpg", "jpeg"])
def test_both_endings_of_a_photograph_are_kept(ending: str):
    assert safe_name(f"photo.{ending.upper()}", EvidenceKind.JPEG) == f"photo.{ending}"


def test_a_long_name_is_cut_before_its_ending():
    assert safe_name("é" * 300 + ".docx", EvidenceKind.DOCX) == "é" * 114 + ".docx"


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("a.PDF", "pdf"),
        ("a.tar.gz", "gz"),
        ("a", ""),
        (".bashrc", ""),
        ("a.pdf\u202egnp.exe", "exe"),
        ("a.1", ""),
        ("v1.2 finale", ""),
        ("a.pdf ", "pdf"),
        ("a.pdf.", "pdf"),
        ("dir.d/a", ""),
        ("a.morethantenletters", ""),
    ],
)
def test_the_ending_of_a_name_is_the_word_after_its_last_dot(name: str, ending: str):
    assert extension(name) == ending


@given(st.text(max_size=200), st.sampled_from(EvidenceKind))
def test_any_name_becomes_one_that_every_disk_takes_and_that_does_not_change_again(name: str, kind: EvidenceKind):
    kept = safe_name(name, kind)
    assert kept == safe_name(kept, kind)
    assert 0 < len(kept) <= NAME_LIMIT
    assert extension(kept) in FORMATS[kind].extensions
    assert kept[0] not in ". "
    assert not set(kept) & set('/\\<>:"|?*')
    assert not [letter for letter in kept if unicodedata.category(letter).startswith(("C", "Zl", "Zp"))]
    assert unicodedata.is_normalized("NFC", kept)


def test_every_kind_has_its_format_and_no_two_share_an_ending():
    assert set(FORMATS) == set(EvidenceKind)
    endings = [ending for form in FORMATS.values() for ending in form.extensions]
    assert len(endings) == len(set(endings))
    assert {FORMATS[kind].limit_mb for kind in (EvidenceKind.PNG, EvidenceKind.JPEG, EvidenceKind.WEBP)} == {5}
    assert FORMATS[EvidenceKind.PDF].limit_bytes == 10_485_760
    assert max(len(form.media_type) for form in FORMATS.values()) <= 100  # the width of its column
