"""Every code has its words, in both languages."""

from decimal import Decimal

import pytest

from tracker.config.settings import SettingFault
from tracker.domain import vocabulary
from tracker.domain.errors import ProblemCode
from tracker.domain.judgement import ReasonCode
from tracker.domain.service_problems import ServiceProblem
from tracker.labels import speaking, word
from tracker.labels.problems import PROBLEMS, SETTINGS
from tracker.labels.reasons import REASONS
from tracker.labels.sentences import status_count
from tracker.labels.units import UNITS, unit_name, with_unit
from tracker.labels.words import DECREE_ITEMS, WORDS

SILENT = {"DuePrecision", "ValueKind", "Aggregation", "TargetBasis", "Comparator"}
"""Lists whose members are never shown alone: they choose a phrase instead."""


def test_every_list_of_the_vocabulary_has_a_word_for_each_member():
    for name, codes in vars(vocabulary).items():
        if isinstance(codes, type) and issubclass(codes, vocabulary.StrEnum) and codes is not vocabulary.StrEnum:
            if name in SILENT:
                continue
            assert set(WORDS[codes]) == set(codes), name


@pytest.mark.parametrize("language", ["fr", "en"])
def test_words_are_words(language: str):
    with speaking(language):
        for codes in WORDS.values():
            for code in codes:
                assert word(code).strip()


def test_every_reason_problem_and_setting_fault_has_its_sentence():
    assert set(REASONS) == set(ReasonCode)
    assert set(PROBLEMS) == {*ProblemCode, *ServiceProblem}
    assert set(SETTINGS) == set(SettingFault)
    assert set(DECREE_ITEMS) == set(range(1, 7))


def test_every_problem_is_one_that_the_code_can_give():
    from pathlib import Path

    code = " ".join(file.read_text() for file in (Path(__file__).parents[2] / "tracker").rglob("*.py"))
    named = [f"{type(problem).__name__}.{problem.name}" for problem in (*ProblemCode, *ServiceProblem)]
    unused = [name for name in named if code.count(name) < 2]
    assert not unused


def test_every_unit_of_the_catalogue_has_its_phrases():
    from pathlib import Path

    import yaml

    for file in (Path(__file__).parents[2] / "seeds/indicators").glob("*.yaml"):
        for indicator in yaml.safe_load(file.read_text())["indicators"]:
            assert indicator["unit"] in UNITS, indicator["code"]


def test_french_says_one_and_a_half_in_the_singular_and_english_does_not():
    with speaking("fr"):
        assert with_unit("1,5", Decimal("1.5"), "years") == "1,5\u00a0an"
        assert with_unit("0", Decimal(0), "devices") == "0\u00a0équipement"
        assert with_unit("5,4", Decimal("5.4"), "years") == "5,4\u00a0ans"
    with speaking("en"):
        assert with_unit("1.5", Decimal("1.5"), "years") == "1.5\u00a0years"
        assert with_unit("1", Decimal(1), "years") == "1\u00a0year"
        assert unit_name("years") == "years"
        assert status_count(vocabulary.Status.ACHIEVED, 3) == "3\u00a0kept"
