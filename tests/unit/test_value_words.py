"""A value is written apart from its target and from what it is set beside, the same way wherever it stands."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.factories import make_aim, make_baseline, make_commitment, make_indicator, make_reading, make_target
from tracker.charts.interactive import figure
from tracker.charts.series import line_chart
from tracker.charts.years import points
from tracker.domain.comparison import compare
from tracker.domain.histories import Revision
from tracker.domain.kinds import judge
from tracker.domain.records import Aim, Reading
from tracker.labels.comparison import difference_phrase
from tracker.labels.explanations import explain_value, why_title
from tracker.labels.histories import revision_lines
from tracker.labels.reasons import reasons
from tracker.labels.values import recorded_phrase, value_phrase
from tracker.labels.versions import baseline_phrase, reading_phrase

YEARS = make_indicator()
NEARLY = "2,99\u00a0ans"


def ratio(year: int, value: str, revision: int = 1) -> Reading:
    numerator, denominator = Decimal(value) * 100, Decimal(100)
    return replace(make_reading(year, value), revision=revision, numerator=numerator, denominator=denominator)


def nearly() -> Aim:
    """Give 2.9 then 2.99 years, told with one decimal, beside a target of 3."""
    aim = make_aim({2023: "2.9", 2024: "2.99"}, make_target(3, in_force_from=2020), indicator=YEARS)
    return replace(aim, readings={2023: ratio(2023, "2.9"), 2024: ratio(2024, "2.99")})


def test_a_value_below_its_target_never_looks_like_it():
    aim = nearly()
    assert value_phrase(Decimal("2.99"), aim, 2024) == NEARLY
    assert recorded_phrase(aim.readings[2024], aim) == NEARLY
    assert recorded_phrase(replace(aim.readings[2024], revision=0), aim) == NEARLY
    assert why_title(aim, 2024) == f"Pourquoi {NEARLY} en 2024\u202f?"
    told = explain_value(aim, 2024, {})
    assert NEARLY in told.title
    assert told.lines[0].text == NEARLY
    drawn = line_chart(points(aim, 2024), YEARS)
    assert drawn is not None
    assert NEARLY in [label.text for label in drawn.labels]
    traces = json.loads(figure(points(aim, 2024), YEARS))["data"]
    assert f"Valeur, 2024\u00a0: {NEARLY}" in traces[0]["text"]


def test_what_needs_no_decimal_has_none():
    aim = make_aim({2024: "2.99"}, indicator=YEARS)
    assert value_phrase(Decimal("2.99"), aim, 2024) == "3\u00a0ans"
    assert recorded_phrase(aim.readings[2024], aim) == NEARLY


def test_a_reason_that_quotes_no_target_is_told_apart_from_it_too():
    commitment = make_commitment(aims=(nearly(),))
    told = reasons(judge(commitment, 2024, date(2026, 11, 22)))
    assert any(f"{NEARLY}, contre 2,9\u00a0ans" in sentence for sentence in told), told


def test_a_correction_shows_what_it_corrected():
    aim = nearly()
    (line,) = [
        line
        for line in revision_lines(Revision(ratio(2024, "2.96", 2), ratio(2024, "3.04"), (), None), aim)
        if line.term == "Valeur"
    ]
    assert (line.old, line.new) == ("3,04\u00a0ans", "2,96\u00a0ans")


def test_two_years_side_by_side_and_their_difference_are_told_with_the_same_decimals():
    (found,) = compare([nearly()], 2023, 2024)
    assert difference_phrase(found) == "+0,09\u00a0ans"


def test_what_a_formula_would_change_does_not_look_unchanged():
    aim = make_aim({2024: "5.41"}, indicator=YEARS)
    before, after = make_reading(2024, "5.41"), make_reading(2024, "5.44")
    told = [reading_phrase(before, aim, after), reading_phrase(after, aim, before)]
    assert told == ["5,41\u00a0ans", "5,44\u00a0ans"]


def test_a_baseline_is_told_as_closely_as_the_target_that_is_counted_from_it():
    assert baseline_phrase(make_baseline("2.99", 2020), YEARS).startswith(f"{NEARLY} en 2020")
