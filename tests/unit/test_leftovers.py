"""A ratio sent back with some of its numbers changed: what was left as it was gives way, what was changed counts."""

import pytest

from tests.factories import make_reading
from tracker.domain.entries import Draft
from tracker.domain.leftovers import give_way
from tracker.domain.vocabulary import Absence

STORED = make_reading(value="3.1", numerator=310, denominator=100)


def row(value, numerator, denominator, precision=""):
    return Draft("SOB-07", value=value, numerator=numerator, denominator=denominator, precision=precision)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (("3,1", "310", "100"), ("3,1", "310", "100")),
        (("3,1", "320", "100"), ("", "320", "100")),
        (("3.10", "310", "110"), ("", "310", "110")),
        (("3,25", "310", "100"), ("3,25", "", "")),
        (("3,2", "320", "100"), ("3,2", "320", "100")),
        (("3,9", "320", "100"), ("3,9", "320", "100")),  # all changed: if they disagree, that is said
        (("", "310", "100"), ("", "310", "100")),  # the terms alone say the same as ever
        (("", "320", "100"), ("", "320", "100")),
        (("trois", "310", "100"), ("trois", "", "")),
        (("3,1", "", ""), ("3,1", "", "")),
        (("3,1", None, None), ("3,1", None, None)),
        (("3,25", None, None), ("3,25", None, None)),
    ],
)
def test_what_was_left_gives_way_to_what_was_changed(sent, kept):
    found = give_way(row(*sent), STORED)
    assert (found.value, found.numerator, found.denominator) == kept


def test_a_reason_for_no_value_takes_the_old_terms_away_with_the_value():
    found = give_way(row("", "310", "100", Absence.NOT_AVAILABLE), STORED)
    assert (found.value, found.numerator, found.denominator) == ("", "", "")


def test_a_quality_alone_leaves_the_terms_to_make_the_value():
    found = give_way(row("", "310", "100", "measured"), STORED)
    assert (found.value, found.numerator, found.denominator) == ("", "310", "100")


@pytest.mark.parametrize("stored", [None, make_reading(value="3.1"), make_reading(absence=Absence.UPCOMING)])
def test_without_stored_terms_nothing_gives_way(stored):
    draft = row("3,25", "310", "100")
    assert give_way(draft, stored) == draft
