"""What a revision changed, and what became of it."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_aim, make_indicator, make_reading
from tracker.domain.histories import Fate, Revision, changed, fates
from tracker.domain.records import Part
from tracker.domain.vocabulary import Absence, Quality, Stage
from tracker.domain.workflow import Step
from tracker.labels import speaking
from tracker.labels.histories import fate_word, reading_phrase, revision_lines, step_sentence

AT = datetime(2026, 11, 22, 13, 30, tzinfo=UTC)
FIRST = make_reading(2025, "5.4", quality=Quality.MEASURED, comment="Inventaire")
YEARS = make_indicator(unit="years")


def lines(before, after):
    told = revision_lines(Revision(after, before, (), None), make_aim(indicator=YEARS))
    return [(line.term, line.old.replace("\u00a0", " "), line.new.replace("\u00a0", " ")) for line in told]


def test_a_first_revision_tells_all_that_it_says_and_nothing_that_it_does_not():
    assert changed(None, FIRST) == ("value", "quality", "comment")
    assert lines(None, FIRST) == [
        ("Valeur", "", "5,4 ans"),
        ("Qualité", "", "mesuré"),
        ("Commentaire", "", "Inventaire"),
    ]


def test_a_correction_tells_only_what_changed_the_old_beside_the_new():
    after = replace(FIRST, revision=2, value=Decimal("5.6"), comment="", coverage=Decimal(92))
    assert changed(FIRST, after) == ("value", "coverage", "comment")
    assert lines(FIRST, after) == [
        ("Valeur", "5,4 ans", "5,6 ans"),
        ("Couverture", "", "92\u202f%"),
        ("Commentaire", "Inventaire", "rien"),
    ]


def test_a_value_that_gives_way_to_a_reason_is_one_change():
    after = make_reading(2025, None, Absence.NOT_AVAILABLE, quality=Quality.MEASURED, comment="Inventaire")
    assert lines(FIRST, after) == [("Valeur", "5,4 ans", "non disponible")]


def test_what_was_taken_back_is_said_as_such_and_never_as_zero():
    assert reading_phrase(make_reading(2025, None, Absence.WITHDRAWN), make_aim(indicator=YEARS)) == "saisie annulée"


def test_the_parts_of_departments_are_told_with_their_terms():
    after = replace(FIRST, parts=(Part("DSI", "Numérique", None, Decimal(1620), Decimal(300)),))
    assert lines(FIRST, after) == [("Par service", "", "DSI 1\u202f620 ÷ 300")]


def test_the_same_thing_said_again_changes_nothing():
    assert changed(FIRST, replace(FIRST, revision=2, author="quelqu'un d'autre")) == ()


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ([], []),
        ([True], [Fate.PUBLISHED]),
        ([False], [Fate.WAITING]),
        ([True, True], [Fate.PUBLISHED, Fate.REPLACED]),
        ([False, True], [Fate.WAITING, Fate.PUBLISHED]),
        ([False, False, True], [Fate.WAITING, Fate.SUPERSEDED, Fate.PUBLISHED]),
        ([True, False, True], [Fate.PUBLISHED, Fate.SUPERSEDED, Fate.REPLACED]),
    ],
)
def test_what_became_of_each_revision_latest_first(published, expected):
    assert list(fates(published)) == expected


@given(st.lists(st.booleans(), max_size=8))
def test_one_revision_at_most_is_the_published_one_and_one_at_most_waits(published):
    found = fates(published)
    assert found.count(Fate.PUBLISHED) == min(1, sum(published))
    assert found.count(Fate.WAITING) == (1 if published and not published[0] else 0)


def test_the_reason_of_a_correction_stands_apart_from_the_steps_that_follow():
    way = (Step(Stage.DRAFT, "A", AT, "Erreur d'unité"), Step(Stage.VALIDATED, "B", AT))
    revision = Revision(FIRST, None, way, Fate.PUBLISHED)
    assert revision.reason == "Erreur d'unité"
    assert [step_sentence(step) for step in revision.steps] == ["Validée par B, 22 nov. 2026 à 14:30."]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_fate_has_its_word(language):
    with speaking(language):
        assert all(fate_word(fate) for fate in Fate)
