"""Mistakes read in the code of comparable systems, each held off by a test that names it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.factories import make_aim, make_baseline, make_commitment, make_indicator, make_reading, make_target
from tests.factories import make_threshold as threshold
from tests.unit.kinds.helpers import DIRECTIONAL, TODAY, verdict
from tracker.domain.aggregation import AggregateRefusal, over_parts, over_years
from tracker.domain.aims import judge_aim
from tracker.domain.computed import Sources, complete
from tracker.domain.entries import Draft, check
from tracker.domain.errors import ProblemCode
from tracker.domain.formula import Binary, Missing, Operator, Total, Value, evaluate
from tracker.domain.judgement import ReasonCode
from tracker.domain.kinds import judge
from tracker.domain.methods import Method
from tracker.domain.numbers import UnreadableNumber, parse_number
from tracker.domain.targets import resolve
from tracker.domain.trajectory import progress
from tracker.domain.trend import Move, move
from tracker.domain.vocabulary import Absence, Aggregation, Better, Collection, Comparator, Status, TargetBasis

AT_LEAST, AT_MOST = Comparator.AT_LEAST, Comparator.AT_MOST
PERCENT, DIFFERENCE = TargetBasis.RELATIVE_PERCENT, TargetBasis.RELATIVE_DIFFERENCE
HUNDRED = Decimal(100)


def judged(aim, year=2025):
    said = judge_aim(aim, year)
    assert said is not None
    return said


def rising(value, base=80, goal=100):
    return judged(make_aim({2025: value}, make_target(goal, AT_LEAST, horizon_year=2030), baseline=make_baseline(base)))


def falling(value, base=100, goal=0):
    target = make_target(goal, AT_MOST, horizon_year=2030)
    return judged(make_aim({2025: value}, target, baseline=make_baseline(base), better=Better.DOWN))


def test_progress_is_counted_from_the_baseline_and_not_from_nothing():
    """Akvo RSR computes `actual / target × 100`: from 80 to 100 it reads 80 % on the first day, and 90 % half-way."""
    assert rising(90).progress == Decimal("0.5")
    assert rising(80).progress == 0
    assert rising(72).progress == Decimal("-0.4")


def test_progress_of_a_fall_is_counted_downward():
    """Akvo RSR does not read its own `ascending` flag: half-way down from 100 to 50, it says 150 %."""
    assert falling(75, goal=50).progress == Decimal("0.5")
    assert falling(100, goal=50).progress == 0


def test_progress_is_neither_raised_nor_capped_to_a_hundred():
    """Akvo RSR has `max(…, 100)` where its docstring says capped at 100: 1 % reads 100 %."""
    assert progress(Decimal(1), Decimal(0), HUNDRED) == Decimal("0.01")
    assert progress(Decimal(150), Decimal(0), HUNDRED) == Decimal("1.5")
    assert progress(Decimal(-20), Decimal(0), HUNDRED) == Decimal("-0.2")


def test_a_falling_indicator_that_falls_makes_progress():
    """UNICEF PRP divides only when the value is above the baseline: what falls as it should is always at 0 %."""
    assert falling(50).progress == Decimal("0.5")
    assert falling(20).progress == Decimal("0.8")
    assert falling(50).status is Status.ON_TRACK


def test_a_falling_indicator_that_has_not_moved_made_no_progress():
    """PILOTE computes a fall with the macro of a rise, which gives 100 % to any value above the target."""
    assert falling(100).progress == 0
    assert falling(100).status is Status.OFF_TRACK
    assert falling(110).progress == Decimal("-0.1")


@pytest.mark.parametrize("value", [7, 9, 12, 100])
def test_a_direction_is_stored_and_does_not_flip_once_the_target_is_exceeded(value):
    """Kausal guesses the direction from the last goal and the last value: past the goal, a rise reads as bad news."""
    target = make_target(8)
    series = {2024: value - 1, 2025: value}
    said = judged(make_aim(series, target, baseline=make_baseline(4, 2020)))
    assert said.progress == Decimal(value - 4) / 4
    assert said.status is (Status.ACHIEVED if value >= 8 else Status.ON_TRACK)
    assert move(Decimal(value), Decimal(value - 1), Better.UP, None) is Move.BETTER
    assert verdict(DIRECTIONAL, aims=[make_aim(series)]).status is Status.ON_TRACK


def test_a_goal_of_zero_is_a_goal():
    """Kausal writes `latestGoal?.value && latestValue.value`: a goal of 0 is no goal, and the guess is « decrease »."""
    target = make_target(0, AT_LEAST, horizon_year=2025)
    base = make_baseline(-10, 2020)
    assert judged(make_aim({2025: -4}, target, baseline=base)).progress == Decimal("0.6")
    assert judged(make_aim({2025: -4}, target, baseline=base)).status is Status.OFF_TRACK
    assert judged(make_aim({2025: 0}, target, baseline=base)).status is Status.ACHIEVED


def test_a_value_of_zero_is_a_value():
    """Kausal, on the same line: a last value of 0 is no value, and the direction is guessed « decrease »."""
    assert rising(0, base=10).progress == Decimal(-10) / 90
    assert rising(0, base=10).status is Status.OFF_TRACK
    assert verdict(DIRECTIONAL, aims=[make_aim({2024: 5, 2025: 0})]).status is Status.OFF_TRACK
    assert verdict(DIRECTIONAL, aims=[make_aim({2024: 0, 2025: 5})]).status is Status.ON_TRACK


@pytest.mark.parametrize(
    ("comparator", "short", "reached"), [(AT_LEAST, 5, 6), (AT_MOST, 7, 6), (Comparator.EXACTLY, 5, 6)]
)
def test_a_target_is_met_when_it_is_reached_and_not_when_it_is_missed(comparator, short, reached):
    """Operately compares the wrong way round: its `done?` answers « not reached »."""
    assert threshold(6, comparator).is_met(Decimal(reached))
    assert not threshold(6, comparator).is_met(Decimal(short))


def test_a_target_of_zero_is_zero_and_not_a_thousandth():
    """Open SDG cannot hold a target of 0 and writes 0.001 in its place: 0.0005 would do."""
    assert resolve(make_target(0, AT_MOST), None) == threshold(0, AT_MOST)
    assert falling("0.0005").status is not Status.ACHIEVED
    assert falling("0.0005").progress == Decimal("0.999995")
    assert falling(0).status is Status.ACHIEVED


def test_a_variation_from_zero_is_judged():
    """Territoires en Transitions gives no variation from 0; it is a difference, a share of the way and a trend."""
    target = make_target(10, AT_LEAST, DIFFERENCE, horizon_year=2030)
    aim = make_aim({2025: 4}, target, baseline=make_baseline(0, 2020))
    assert judged(aim).progress == Decimal("0.4")
    assert verdict(DIRECTIONAL, aims=[replace(aim, targets=())]).status is Status.ON_TRACK


def test_a_percentage_of_zero_says_why_it_cannot_be_computed():
    """Territoires en Transitions leaves the variation empty, without a word."""
    target = make_target(25, AT_LEAST, PERCENT, horizon_year=2030)
    said = judged(make_aim({2025: 4}, target, baseline=make_baseline(0, 2020)))
    assert said.status is Status.BASELINE_NEEDED
    assert [reason.code for reason in said.reasons] == [ReasonCode.BASELINE_ZERO]


def test_a_missing_input_of_a_formula_is_not_zero():
    """Territoires en Transitions has `opt_val`, which turns what is missing into 0, and nobody sees it."""
    total = Total((Value("A"), Value("B")))
    ratio = Binary(Operator.DIVIDE, Value("A"), Value("B"))
    for formula in (total, ratio):
        outcome = evaluate(formula, {"A": Decimal(3)}, {})
        assert (outcome.value, outcome.missing) == (None, (Missing("B"),))
    assert evaluate(total, {"A": Decimal(3), "B": Decimal(0)}, {}).value == 3


def test_a_figure_computed_without_all_its_inputs_is_not_published_and_says_what_it_lacks():
    """Territoires en Transitions would go on with `opt_val`; here the year and its commitment say what is missing."""
    formula = Total((Value("A"), Value("B")))
    typed = {"A": {2025: make_reading(2025, 3)}, "B": {2024: make_reading(2024, 4)}}
    found = complete(Sources(typed, {"C": (Method(formula=formula),)}, {}, [2025]))["C"].readings
    assert (found[2025].value, found[2025].absence) == (None, Absence.NOT_COMPUTABLE)
    assert found[2025].missing == ("B",)
    indicator = make_indicator(collection=Collection.DERIVED)
    aim = replace(make_aim({}, make_target(1), indicator=indicator), readings=found)
    said = judge(make_commitment(aims=[aim]), 2025, TODAY)
    assert said.status is Status.NOT_MEASURED
    assert said.reasons[0].code is ReasonCode.NOT_COMPUTABLE


@pytest.mark.parametrize("how", [Aggregation.SUM, Aggregation.RATIO_OF_SUMS])
def test_a_missing_part_of_a_whole_is_not_zero(how):
    """Territoires en Transitions adds it as 0; here it is left out, and counted as missing."""
    part = make_reading(value=50, numerator=5, denominator=10)
    found = over_parts([part, None], how, HUNDRED)
    assert (found.value, found.known, found.expected, found.is_complete) == (50, 1, 2, False)
    assert over_parts([None, None], how, HUNDRED).value is None
    assert over_parts([None, None], how, HUNDRED).reason is AggregateRefusal.NOTHING_KNOWN


def test_a_missing_year_is_not_zero_in_a_mean():
    """Territoires en Transitions, `opt_val` again: 4 and 6 with a gap between them would make 3.33."""
    readings = {2023: make_reading(2023, 4), 2025: make_reading(2025, 6)}
    assert over_years(readings, Aggregation.MEAN, range(2023, 2026), HUNDRED).value == 5


@pytest.mark.parametrize(
    "text", ["N/A", "n/a", "n.d.", "yes", "oui", "-", "—", "?", "NaN", "inf", "1e3", "0x10", "12 h"]
)
def test_a_number_is_a_number_and_never_a_word(text):
    """Akvo RSR keeps numbers as texts, and « N/A » and « yes » are found in them (akvo-rsr#2809)."""
    with pytest.raises(UnreadableNumber):
        parse_number(text)
    refused = check(Draft("SOB-06", value=text), make_indicator(), None)
    assert isinstance(refused, list)
    assert [problem.code for problem in refused] == [ProblemCode.NOT_A_NUMBER]


def test_an_empty_field_is_not_zero():
    """Akvo RSR again: an empty text is a number like another, and every reader guesses what it is worth."""
    with pytest.raises(UnreadableNumber):
        parse_number("")
    assert parse_number("0") == 0
    refused = check(Draft("SOB-06", value=" "), make_indicator(), None)
    assert isinstance(refused, list)
    assert [problem.code for problem in refused] == [ProblemCode.VALUE_OR_REASON]
