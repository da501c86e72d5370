"""What every registered kind of commitment does, and what none may ever do, whatever it is given."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_aim, make_aim_judgement, make_finding, make_target
from tests.strategies import aims, commitments, days, plain, with_reading, years
from tests.unit.kinds.helpers import (
    APPROVAL,
    DIRECTIONAL,
    DONE,
    MILESTONE,
    PAID,
    QUANTIFIED,
    RENEWAL,
    codes,
    told,
    verdict,
)
from tracker.domain.judgement import SEVERITY, Judgement, Reason, ReasonCode, least_favourable
from tracker.domain.kinds import KINDS, judge
from tracker.domain.records import Aim, CommitmentRecord, Finding
from tracker.domain.vocabulary import Absence, CommitmentKind, Status

FAVOURABLE = {Status.ACHIEVED: 2, Status.ON_TRACK: 1}
"""What a verdict claims: kept, or on the way. Every other one claims nothing."""
UNKNOWN = (None, *(reason for reason in Absence if reason is not Absence.NOT_APPLICABLE))
every_kind = pytest.mark.parametrize("kind", KINDS)


def test_every_kind_of_the_vocabulary_is_registered():
    assert set(KINDS) == set(CommitmentKind)


# The year of the vote


@every_kind
def test_a_year_before_the_vote_is_upcoming_and_says_when_the_vote_was(kind):
    aims = [make_aim({2021: 9, 2020: 4}, make_target(8, in_force_from=2015))]
    facts = [make_finding(DONE, date(2021, 5, 1)), make_finding(PAID, date(2021, 5, 1))]
    said = verdict(kind, 2021, aims=aims, findings=facts, adopted_on=date(2022, 1, 1))
    assert told(said) == (Status.UPCOMING, [ReasonCode.VOTED_LATER])
    assert said.reasons[0].values == {"on": date(2022, 1, 1)}
    assert said.aims == ()


@every_kind
def test_the_year_of_the_vote_is_judged_even_when_the_vote_came_on_its_last_day(kind):
    said = verdict(kind, 2022, adopted_on=date(2022, 12, 31))
    assert ReasonCode.VOTED_LATER not in codes(said)


# Whatever it is given


def as_every_kind(commitment: CommitmentRecord) -> list[CommitmentRecord]:
    return [replace(commitment, kind=kind) for kind in KINDS]


@given(commitments, years, days)
def test_any_commitment_gets_a_verdict_with_a_reason_and_the_same_one_twice(drawn, year, today):
    for commitment in as_every_kind(drawn):
        said = judge(commitment, year, today)
        assert isinstance(said.status, Status)
        assert said.reasons
        assert all(aim.reasons for aim in said.aims)
        assert judge(commitment, year, today) == said


def _backwards(aim: Aim) -> Aim:
    return replace(
        aim,
        readings=dict(reversed(aim.readings.items())),
        targets=aim.targets[::-1],
        baselines=aim.baselines[::-1],
        methods=aim.methods[::-1],
    )


@given(commitments, years, days)
def test_the_order_in_which_records_come_does_not_change_a_verdict(drawn, year, today):
    for commitment in as_every_kind(drawn):
        aims_backwards = tuple(_backwards(aim) for aim in commitment.aims)
        turned = replace(commitment, aims=aims_backwards, findings=commitment.findings[::-1])
        assert told(judge(turned, year, today)) == told(judge(commitment, year, today)), commitment.kind


def _is_of_later(fact: Finding, kind: CommitmentKind, year: int) -> bool:
    """A fee paid in January may name the year before: it is then no fact of a later year."""
    return ((kind is RENEWAL and fact.year) or fact.on.year) > year


def _up_to(commitment: CommitmentRecord, year: int) -> CommitmentRecord:
    """Take off everything that belongs to the years after ``year``."""
    return replace(
        commitment,
        findings=tuple(fact for fact in commitment.findings if not _is_of_later(fact, commitment.kind, year)),
        aims=tuple(
            replace(
                aim,
                readings={y: reading for y, reading in aim.readings.items() if y <= year},
                targets=tuple(one for one in aim.targets if one.in_force_from <= year),
                baselines=tuple(one for one in aim.baselines if one.in_force_from <= year),
                methods=tuple(one for one in aim.methods if one.in_force_from <= year),
            )
            for aim in commitment.aims
        ),
    )


def _is_waited_for(commitment: CommitmentRecord, year: int) -> bool:
    """Two exceptions that the rules make: a milestone done after the year was not done in it, which is then known;
    and figures whose first target is still to come are waited for.
    """
    if commitment.kind is MILESTONE:
        return any(fact.state is DONE and fact.on.year > year for fact in commitment.findings)
    return commitment.kind is QUANTIFIED and not any(aim.target(year) for aim in commitment.aims)


@given(commitments, years, days)
def test_what_belongs_to_later_years_does_not_change_a_verdict(drawn, year, today):
    for commitment in as_every_kind(drawn):
        if not _is_waited_for(commitment, year):
            so_far = _up_to(commitment, year)
            assert told(judge(commitment, year, today)) == told(judge(so_far, year, today)), commitment.kind


@given(commitments, years, days)
def test_a_fact_dated_after_today_does_not_change_a_verdict(drawn, year, today):
    known = tuple(fact for fact in drawn.findings if fact.on <= today)
    for commitment in as_every_kind(drawn):
        assert judge(replace(commitment, findings=known), year, today) == judge(commitment, year, today)


@given(commitments, years, days)
def test_a_commitment_of_which_nothing_is_known_is_never_said_kept_missed_nor_on_the_way(drawn, year, today):
    unknown = tuple(replace(aim, readings={}) for aim in drawn.aims)
    for commitment in as_every_kind(replace(drawn, aims=unknown, findings=())):
        said = judge(commitment, year, today)
        silent = {Status.UPCOMING, Status.BASELINE_NEEDED, Status.NOT_MEASURED, Status.NOT_APPLICABLE}
        assert said.status in silent, commitment.kind
        assert all(aim.progress is None for aim in said.aims)


@given(st.data(), commitments, years, days, st.sampled_from(UNKNOWN))
def test_a_value_that_goes_missing_never_makes_a_verdict_more_favourable(data, drawn, year, today, absence):
    value = data.draw(plain)
    held = [data.draw(aims(most=1)), *drawn.aims]
    place = data.draw(st.integers(0, len(held) - 1))

    def status(kind: CommitmentKind, said: Decimal | Absence | None) -> Status:
        told_so = tuple(with_reading(aim, year, said) if i == place else aim for i, aim in enumerate(held))
        return judge(replace(drawn, kind=kind, aims=told_so), year, today).status

    for kind in KINDS:
        assert FAVOURABLE.get(status(kind, absence), 0) <= FAVOURABLE.get(status(kind, value), 0), kind


@given(commitments, years, days)
def test_a_direction_never_shows_a_target_nor_progress_whatever_it_is_given(drawn, year, today):
    said = judge(replace(drawn, kind=DIRECTIONAL), year, today)
    assert said.status is not Status.ACHIEVED
    assert all((aim.target, aim.threshold, aim.progress, aim.gap) == (None,) * 4 for aim in said.aims)


@given(commitments, years, days)
def test_a_milestone_is_never_achieved_without_a_dated_fact_that_says_done(drawn, year, today):
    said = judge(replace(drawn, kind=MILESTONE), year, today)
    day = min(today, date(year, 12, 31))
    assert said.status is not Status.ACHIEVED or any(f.state is DONE and f.on <= day for f in drawn.findings)


# Absences that were explained


@pytest.mark.parametrize("kind", [QUANTIFIED, DIRECTIONAL, APPROVAL])
def test_an_indicator_said_not_to_apply_this_year_makes_the_verdict_not_applicable(kind):
    targets = [make_target(6)] if kind is QUANTIFIED else []
    said = verdict(kind, aims=[make_aim({2024: 4, 2025: Absence.NOT_APPLICABLE}, *targets)])
    assert said.status is Status.NOT_APPLICABLE
    assert ReasonCode.NO_VALUE_BECAUSE in codes(said)


# Severity


def test_every_status_has_its_place_in_the_order_of_severity():
    assert sorted(SEVERITY) == sorted(Status)


def test_off_track_weighs_most_and_not_applicable_least():
    statuses = [Status.NOT_APPLICABLE, Status.ACHIEVED, Status.ON_TRACK, Status.WATCH, Status.OFF_TRACK]
    said = [make_aim_judgement(status) for status in statuses]
    assert [least_favourable(tuple(said[:count])).status for count in range(1, 6)] == statuses


def test_a_figure_still_to_come_outweighs_one_that_is_on_its_way():
    """Else saying « à venir » of the figure that is off track would leave the commitment on track."""
    said = [make_aim_judgement(status) for status in (Status.ON_TRACK, Status.UPCOMING, Status.ACHIEVED)]
    assert least_favourable(tuple(said)).status is Status.UPCOMING


def test_of_two_aims_alike_the_first_is_quoted():
    first, second = make_aim_judgement(Status.WATCH), make_aim_judgement(Status.WATCH)
    assert least_favourable((first, second)) is first
    assert least_favourable((second, first)) is second


def test_there_is_no_least_favourable_of_nothing():
    with pytest.raises(ValueError, match="empty"):
        least_favourable(())


def test_the_leading_aim_is_the_one_that_decided_else_the_first_else_none():
    kept, missed = make_aim_judgement(Status.ACHIEVED), make_aim_judgement(Status.OFF_TRACK)
    why = (Reason(ReasonCode.NO_VALUE),)
    assert Judgement(Status.OFF_TRACK, why, (kept, missed)).leading is missed
    assert Judgement(Status.WATCH, why, (kept, missed)).leading is kept
    assert Judgement(Status.WATCH, why).leading is None
