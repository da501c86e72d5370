"""The RGESN: its criteria counted by theme and by priority, and the scores of a self-assessment."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.config.paths import bundled
from tracker.domain.rgesn import (
    EcodesignAnswer,
    EcodesignPriority,
    EcodesignTheme,
    by_priority,
    by_theme,
    score,
)
from tracker.importers.rgesn import read

RGESN = read(bundled("seeds") / "rgesn.yaml")
MET, NOT_MET, ASIDE, OPEN = EcodesignAnswer
NUMBERS = [one.number for one in RGESN.criteria]


def test_the_shipped_referential_has_the_criteria_of_2024():
    assert RGESN.version == "2024"
    assert len(NUMBERS) == len(set(NUMBERS)) == 78
    assert Counter(one.theme.place for one in RGESN.criteria) == dict(enumerate((10, 10, 7, 15, 8, 7, 4, 10, 7), 1))
    assert Counter(one.priority for one in RGESN.criteria) == {
        EcodesignPriority.PRIORITY: 30,
        EcodesignPriority.RECOMMENDED: 29,
        EcodesignPriority.MODERATE: 19,
    }
    for theme in EcodesignTheme:
        assert [one.number for one in RGESN.of_theme(theme)] == [
            f"{theme.place}.{rank}" for rank in range(1, len(RGESN.of_theme(theme)) + 1)
        ]


def test_every_title_is_short_bilingual_and_no_question_of_the_referential():
    for one in RGESN.criteria:
        assert 0 < len(one.title.fr) <= 70, one
        assert one.title.en, one
        assert not one.title.fr.startswith("Le service numérique"), one
        assert "?" not in one.title.fr, one


def test_the_weights_are_those_of_the_official_workbook():
    assert RGESN.weights == {
        EcodesignPriority.PRIORITY: Decimal("1.5"),
        EcodesignPriority.RECOMMENDED: Decimal("1.25"),
        EcodesignPriority.MODERATE: Decimal(1),
    }


def test_a_score_is_what_is_met_over_what_applies():
    answers = dict.fromkeys(NUMBERS, ASIDE) | {"1.1": MET, "1.2": MET, "1.7": NOT_MET}
    found = score(RGESN, answers)
    assert (found.met, found.applicable, found.open) == (2, 3, 0)
    assert found.share == Decimal(200) / 3
    assert found.progress == Decimal(75)  # (1,5 + 1,5) / (1,5 + 1,5 + 1)


def test_what_nobody_answered_applies_and_is_not_met():
    found = score(RGESN, {"1.1": MET})
    assert (found.met, found.applicable, found.open) == (1, 78, 77)


def test_where_nothing_applies_there_is_no_score():
    found = score(RGESN, dict.fromkeys(NUMBERS, ASIDE))
    assert (found.share, found.progress) == (None, None)


@given(st.lists(st.sampled_from(EcodesignAnswer), min_size=78, max_size=78))
def test_the_scores_agree_with_a_count_by_hand(drawn):
    answers = dict(zip(NUMBERS, drawn, strict=True))
    whole = score(RGESN, answers)
    kept = [one for one in RGESN.criteria if answers[one.number] is not ASIDE]
    met = [one for one in kept if answers[one.number] is MET]
    assert (whole.met, whole.applicable) == (len(met), len(kept))
    weights = {"priority": Decimal("1.5"), "recommended": Decimal("1.25"), "moderate": Decimal(1)}
    assert whole.met_weight == sum((weights[one.priority] for one in met), Decimal(0))
    for parts in (by_theme(RGESN, answers).values(), by_priority(RGESN, answers).values()):
        assert sum(one.met for one in parts) == whole.met
        assert sum(one.applicable for one in parts) == whole.applicable
        assert sum(one.open for one in parts) == whole.open
        assert sum(one.whole_weight for one in parts) == whole.whole_weight


@pytest.mark.parametrize("answer", [MET, NOT_MET])
def test_one_more_criterion_met_never_lowers_a_score(answer):
    before = score(RGESN, dict.fromkeys(NUMBERS, NOT_MET) | {"9.1": answer})
    after = score(RGESN, dict.fromkeys(NUMBERS, NOT_MET) | {"9.1": answer, "9.2": MET})
    assert before.progress < after.progress
