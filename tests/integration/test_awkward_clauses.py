"""The clauses of the two authorities' votes that are hard to count, judged as they are written and no further."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.factories import make_baseline, make_reading
from tracker.domain.entries import Draft
from tracker.domain.judgement import ReasonCode
from tracker.domain.kinds import judge
from tracker.domain.vocabulary import CommitmentKind, Comparator, Role, Status, TargetBasis
from tracker.services import measurements, scorecards

MORE_THAN_A_QUARTER = "AMP23-S06"
SIGNIFICANTLY = "AMP23-S02"
MEMBERSHIPS = ("AMP25N-G01", "AMP25N-G02", "AMP25I-G01", "AMP25I-G02")
FEES = {"AMP25N-G02": Decimal(4000), "AMP25I-G02": Decimal(3600)}


@pytest.fixture
def score(database, enter_as, today):
    def go(year=2025, slug="amp"):
        with database.reading() as session:
            return scorecards.scorecard(session, enter_as(session, Role.ELU, slug), year, today)

    return go


@pytest.fixture
def record(database, enter_as, today):
    def go(slug, *drafts, year=2025):
        with database.transaction() as session:
            measurements.record(session, enter_as(session, Role.REFERENT, slug), year, list(drafts), today)

    return go


def codes(said):
    return [reason.code for reason in said.reasons]


# « de plus de 25 % leur durée de vie » (AMP, 2023), which gives no lifetime to count from


def test_more_than_25_per_cent_is_read_as_written_strict_relative_and_undated(score):
    targets = [aim.targets for aim in score().card(MORE_THAN_A_QUARTER).commitment.aims if aim.targets]
    assert len(targets) == 2
    for (target,) in targets:
        assert (target.basis, target.comparator, target.value) == (
            TargetBasis.RELATIVE_PERCENT,
            Comparator.GREATER,
            25,
        )
        assert (target.horizon_year, target.points, target.upper) == (None, (), None)


def test_more_than_25_per_cent_of_nothing_known_waits_for_a_baseline_and_shows_no_progress(score, record):
    record("amp", Draft("SOB-06", value="5"), Draft("SOB-07", value="3"))
    said = score().card(MORE_THAN_A_QUARTER).judgement
    assert said.status is Status.BASELINE_NEEDED
    assert codes(said) == [ReasonCode.BASELINE_MISSING]
    assert [(aim.progress, aim.threshold, aim.expected) for aim in said.aims] == [(None, None, None)] * 2
    assert [aim.reading.value for aim in said.aims] == [5, 3]


@pytest.mark.parametrize(
    ("value", "status", "code"),
    [
        ("5", Status.ON_TRACK, ReasonCode.STRICT_NOT_MET),
        ("5.000001", Status.ACHIEVED, ReasonCode.TARGET_MET),
        ("4.999999", Status.ON_TRACK, ReasonCode.NO_HORIZON),
    ],
)
def test_from_4_years_exactly_5_is_25_per_cent_more_and_not_more_than_25(score, today, value, status, code):
    commitment = score().card(MORE_THAN_A_QUARTER).commitment
    (computers,) = (aim for aim in commitment.aims if aim.indicator.code == "SOB-06")
    measured = replace(
        computers, baselines=(make_baseline(4, 2023),), readings={2025: make_reading(2025, Decimal(value))}
    )
    said = judge(replace(commitment, aims=(measured,)), 2025, today)
    assert said.status is status
    assert codes(said)[0] is code
    assert said.leading.threshold.value == 5
    assert said.leading.progress == Decimal(value) - 4


# « ordinateurs de 5 à 6 ans, téléphone de 2 à 3 ans » (Marseille, 2022), without a date


@pytest.mark.parametrize(
    ("code", "indicator", "typed", "start", "goal"),
    [("VDM22-S23", "SOB-06", "5,4", 5, 6), ("VDM22-S24", "SOB-07", "2,4", 2, 3)],
)
def test_from_5_to_6_years_has_progress_and_no_expected_value(score, record, code, indicator, typed, start, goal):
    record("marseille", Draft(indicator, value=typed))
    card = score(slug="marseille").card(code)
    said = next(aim for aim in card.judgement.aims if aim.target is not None)
    assert said.target.basis is TargetBasis.FROM_TO
    assert (said.target.start, said.threshold.value, said.target.horizon_year) == (start, goal, None)
    assert (said.departure.value, said.threshold.comparator) == (start, Comparator.AT_LEAST)
    assert (said.progress, said.gap) == (Decimal("0.4"), Decimal("0.6"))
    assert (said.expected, said.origin) == (None, None)
    assert card.status is Status.ON_TRACK


def test_from_5_to_6_years_is_reached_at_6_and_not_before(score, record):
    record("marseille", Draft("SOB-06", value="5,999999"))
    assert score(slug="marseille").card("VDM22-S23").status is Status.ON_TRACK
    record("marseille", Draft("SOB-06", seen=1, value="6"))
    assert score(slug="marseille").card("VDM22-S23").status is Status.ACHIEVED


# « de manière significative »: a direction without a figure


@pytest.mark.parametrize("slug", ["marseille", "amp", "demonstration"])
def test_a_direction_has_no_target_in_any_of_the_texts(score, slug):
    directions = [
        card.commitment
        for card in score(2026, slug).cards
        if card.commitment.kind is CommitmentKind.DIRECTIONAL or "significative" in card.commitment.ambiguity
    ]
    assert all(commitment.kind is CommitmentKind.DIRECTIONAL for commitment in directions)
    assert [aim.targets for commitment in directions for aim in commitment.aims if aim.targets] == []


def test_significantly_less_is_a_direction_and_a_fall_of_any_size_is_on_course_and_never_achieved(score, record):
    indicator = score().card(SIGNIFICANTLY).commitment.aims[0].indicator
    record("amp", Draft(indicator.code, value="100"), year=2024)
    assert score(2024).card(SIGNIFICANTLY).status is Status.BASELINE_NEEDED
    record("amp", Draft(indicator.code, value="1"))
    card = score().card(SIGNIFICANTLY)
    assert (card.commitment.kind, card.status) == (CommitmentKind.DIRECTIONAL, Status.ON_TRACK)
    assert codes(card.judgement) == [ReasonCode.TREND_BETTER]
    said = card.judgement.leading
    assert (said.target, said.threshold, said.progress, said.gap, said.expected) == (None,) * 5


# Memberships for 2025


@pytest.mark.parametrize("code", MEMBERSHIPS)
def test_a_membership_voted_for_2025_is_decided_and_not_paid_and_says_nothing_of_2026(score, code):
    card = score(2026).card(code)
    assert card.commitment.kind is CommitmentKind.RENEWAL
    assert (card.before.status, codes(card.before)) == (Status.ON_TRACK, [ReasonCode.RENEWAL_DECIDED])
    assert card.before.reasons[0].values["amount"] == FEES.get(code)
    assert (card.status, codes(card.judgement)) == (Status.NOT_APPLICABLE, [ReasonCode.RENEWAL_NOT_ASKED])


# Dates that passed without a word


@pytest.mark.parametrize("slug", ["marseille", "amp"])
def test_a_milestone_overdue_without_a_word_is_not_measured_and_listed_as_overdue(score, today, slug):
    found = score(2025, slug)
    elapsed = [
        card
        for card in found.cards
        if card.commitment.kind is CommitmentKind.MILESTONE
        and card.commitment.due_on is not None
        and card.commitment.due_on <= date(2025, 12, 31)
        and not card.commitment.findings
    ]
    assert {card.status for card in elapsed} <= {Status.NOT_MEASURED}
    assert {card.commitment.code for card in elapsed} <= {due.commitment.code for due in found.overdue()}
    assert all(due.on < today for due in found.overdue())
    late = [found.card(due.commitment.code) for due in found.overdue()]
    assert Status.OFF_TRACK not in {card.status for card in late}


def test_some_dates_of_the_metropolis_are_overdue(score):
    late = score().overdue()
    assert "AMP23-A02" in {due.commitment.code for due in late}
    assert codes(score().card("AMP23-A02").judgement) == [ReasonCode.MILESTONE_UNKNOWN]
