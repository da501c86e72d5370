"""Two versions of a text side by side."""

from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.wordings import MOST_WORDS, Change, differences

TEXTS = st.lists(st.lists(st.sampled_from("abcde"), min_size=1, max_size=6).map(" ".join), max_size=6).map("\n\n".join)


def test_the_same_words_on_other_lines_do_not_differ():
    assert differences("Un deux\ntrois.\n\nQuatre.", "Un deux trois.\n\n\nQuatre.") == []


def test_a_word_that_changes_is_told_in_its_paragraph_alone():
    [found] = differences("Rien.\n\nTrois associations suivent.", "Rien.\n\nCinq associations suivent.")
    assert [(one.change, one.text) for one in found] == [
        (Change.GONE, "Trois"),
        (Change.NEW, "Cinq"),
        (Change.SAME, "associations suivent."),
    ]


def test_an_item_that_is_added_is_new():
    [found] = differences("- un\n- deux", "- un\n- demi\n- deux")
    assert [(one.change, one.text) for one in found] == [(Change.NEW, "- demi")]


def test_very_long_paragraphs_are_told_whole():
    before, after = "a " * MOST_WORDS, "b " * MOST_WORDS
    [found] = differences(before, after)
    assert [one.change for one in found] == [Change.GONE, Change.NEW]


@given(TEXTS, TEXTS)
def test_every_word_of_what_differs_is_in_one_of_both_texts(before: str, after: str):
    told = [one for paragraph in differences(before, after) for one in paragraph]
    gone = [word for one in told if one.change is not Change.NEW for word in one.text.split()]
    new = [word for one in told if one.change is not Change.GONE for word in one.text.split()]
    assert len(gone) <= len(before.split())
    assert len(new) <= len(after.split())
    assert bool(told) == (before.split("\n\n") != after.split("\n\n"))
