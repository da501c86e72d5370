"""The words of a search: cut, bared, stemmed, weighed and shown; what is typed has no syntax."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.search import LONGEST, Query, folded, words
from tracker.labels.excerpts import LENGTH, excerpt, pieces
from tracker.labels.stems import Told, query, stems, weighed


def rank(typed: str, *told: Told) -> tuple[int, int]:
    return query(typed).rank(weighed(stems(*told)))


def answers(typed: str, text: str, language: str = "fr") -> bool:
    asked = query(typed)
    return rank(typed, Told(text, language))[0] == len(asked.sought) > 0


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("prolonger", "La prolongation du parc"),
        ("prolongation", "Prolonger, prolongée, prolongés"),
        ("PROLONGEES", "une durée prolongée"),
        ("equipement", "Les Équipements"),
        ("équipements", "un equipement"),
        ("duree", "Durée"),
        ("durées", "DUREE"),
        ("numérique", "numeriques"),
        ("homologuer", "homologation"),
        ("empreinte", "l'empreinte"),
        ("l’empreinte", "Réduire l'empreinte"),
        ("l'empreinte", "empreintes"),
        ("oeuvre", "mise en œuvre"),
        ("ŒUVRE", "oeuvres"),
        ("écoconception", "éco-conception"),
        ("éco-conception", "écoconception"),
        ("eco conception", "éco‑conception"),
        ("SOB-06", "voir SOB-06"),
        ("sob06", "SOB-06"),
        ("S23", "VDM22-S23"),
        ("0737", "22/0737/AGE"),
        ("22/0737/age", "22/0737/AGE"),
        ("équipem", "équipements"),
        ("SOB-0", "SOB-06"),
        ("CO2", "kg de CO₂"),
        ("été", unicodedata.normalize("NFD", "été")),
        ("access\u00adibilité", "accessibilité"),
        ("devices", "Device"),
    ],
)
def test_a_word_finds_its_forms(typed: str, text: str):
    assert answers(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("formation", "information"),
        ("sobriété licorne", "sobriété"),
        ("SOB-06", "SOB-07"),
        ("parc de", "par des"),
        ("licorn", "unicorne"),
        ("énergie OR eau", "énergie"),
    ],
)
def test_a_word_does_not_find_another(typed: str, text: str):
    assert not answers(typed, text)


def test_english_endings_are_those_of_english():
    assert answers("lifetimes", "lifetime of devices", "en")
    assert answers("measuring", "measured", "en")


def test_small_words_are_left_out_unless_nothing_else_is_typed():
    assert len(query("la durée de l'équipement").sought) == 2
    assert len(query("le").sought) == 1
    assert query(" … ! ").sought == ()


def test_only_the_last_word_may_be_only_begun():
    assert query("accessib service").sought[0].beginnings == ()
    assert query("service accessib").sought[-1].beginnings == ("accessib",)
    assert query("service accessib ").sought[-1].beginnings == ("accessib",)
    assert query("le ab").sought[-1].beginnings == ()


def test_a_word_and_its_forms_come_before_what_it_begins_and_before_another_language():
    itself, relative, begun = (rank("parc", Told(text, "fr")) for text in ("parc", "parcs", "parcmètre"))
    assert itself == relative > begun > (0, 0)
    assert rank("duree", Told("durée", "fr")) > rank("duree", Told("during", "en")) > (0, 0)
    assert rank("durée", Told("durée", "fr", 4)) > rank("durée", Told("durée " * 9, "fr"))


def test_an_excerpt_begins_near_the_first_word_found_and_is_cut_between_words():
    text = "Bien avant. " * 40 + "La prolongation du parc est décidée. " + "Et ensuite. " * 40
    shown = excerpt(text, query("prolonger"))
    told = "".join(piece.text for piece in shown)
    assert [piece.text for piece in shown if piece.is_found] == ["prolongation"]
    assert told.startswith("… ")
    assert told.endswith(" …")
    assert len(told) <= LENGTH + 4
    assert told.removeprefix("… ").removesuffix(" …") in text
    assert [piece.text for piece in pieces("SOB-06 et SOB-07", query("SOB-06")) if piece.is_found] == [
        "SOB-06",
        "SOB",
    ]


@given(st.text(max_size=300), st.text(max_size=60))
def test_whatever_is_typed_makes_tokens_of_letters_and_digits_and_pieces_that_say_the_text_again(text: str, typed: str):
    asked: Query = query(typed)
    for one in asked.sought:
        for token in (*one.forms, *one.beginnings):
            assert token.isalnum()
            assert len(token) <= LONGEST + 1
    assert "".join(piece.text for piece in pieces(text, asked)) == text
    shown = "".join(piece.text for piece in excerpt(text, asked)).removeprefix("… ").removesuffix(" …")
    assert shown in text or not text


@given(st.text(max_size=80))
def test_a_word_always_finds_itself(text: str):
    for word in words(unicodedata.normalize("NFC", text)):
        assert folded(word.text) == "" or answers(word.text, text), word
