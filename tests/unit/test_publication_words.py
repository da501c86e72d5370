"""A published year without its values: its judgements in words, without any figure of an indicator."""

import re
from datetime import date

import pytest

from tests.factories import make_aim, make_baseline, make_commitment, make_target
from tracker.domain.judgement import ReasonCode
from tracker.domain.kinds import judge
from tracker.domain.scorecard import Card
from tracker.domain.vocabulary import CommitmentKind
from tracker.labels.publications import publication_headline, publication_reasons
from tracker.labels.reasons import IN_WORDS, REASONS

QUOTING = re.compile(r"{(value|since|expected|slope|target|upper)}")
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("code", ReasonCode)
def test_each_reason_that_quotes_a_figure_has_words_without_it(code: ReasonCode):
    assert not QUOTING.search(IN_WORDS.get(code, REASONS[code]))


@pytest.mark.parametrize("kind", [CommitmentKind.QUANTIFIED, CommitmentKind.DIRECTIONAL, CommitmentKind.APPROVAL])
def test_a_commitment_without_its_values_is_told_in_words(kind: CommitmentKind):
    aim = make_aim({2024: "5.1", 2025: "5.4"}, make_target(6, horizon_year=2030), baseline=make_baseline(5, 2022))
    commitment = make_commitment(kind, aims=(aim,))
    card = Card(commitment, judge(commitment, 2025, TODAY), judge(commitment, 2024, TODAY))
    told = publication_headline(card, 2025, has_values=False)
    assert told
    assert not re.search(r"\d", re.sub(r"\b20\d\d\b", "", told))
    assert "5,4" in publication_headline(card, 2025, has_values=True)
    assert publication_reasons(card, 2025, has_values=False)
