"""The judgement of one indicator against its target: met, on the way, off it, or not known."""

from decimal import Decimal

import pytest

from tests.factories import make_aim, make_baseline, make_target
from tracker.domain.aims import judge_aim
from tracker.domain.judgement import ReasonCode
from tracker.domain.vocabulary import (
    Absence,
    BaselineState,
    Better,
    Comparator,
    Origin,
    Status,
    TargetBasis,
    TargetPath,
)

GREATER, AT_LEAST, LESS, AT_MOST, EXACTLY, BETWEEN = Comparator
PERCENT, DIFFERENCE, FROM_TO = TargetBasis.RELATIVE_PERCENT, TargetBasis.RELATIVE_DIFFERENCE, TargetBasis.FROM_TO


def judged(aim, year=2025):
    said = judge_aim(aim, year)
    assert said is not None
    return said


def codes(said):
    return [reason.code for reason in said.reasons]


def rising(value, year=2025, *, comparator=AT_LEAST):
    """From 0 in 2020 to 100 in 2030: 50 is expected in 2025, and 10 is tolerated."""
    target = make_target(100, comparator, horizon_year=2030, in_force_from=2015)
    return judged(make_aim({year: value}, target, baseline=make_baseline(0, 2020)), year)


def falling(value, year=2025, *, comparator=AT_MOST):
    """From 100 in 2020 to 0 in 2030: 50 is expected in 2025, and 10 is tolerated."""
    target = make_target(0, comparator, horizon_year=2030, in_force_from=2015)
    aim = make_aim({year: value}, target, baseline=make_baseline(100, 2020), better=Better.DOWN)
    return judged(aim, year)


def undated(series, target=10, *, comparator=AT_LEAST, baseline=None, better=Better.UP, year=2025):
    return judged(make_aim(series, make_target(target, comparator), baseline=baseline, better=better), year)


# What an aim says when everything is known


def test_an_aim_that_never_had_a_target_is_not_judged():
    assert judge_aim(make_aim({2025: 5}, baseline=make_baseline()), 2025) is None


def test_a_judgement_quotes_the_value_the_target_what_is_missing_and_what_was_expected():
    target = make_target(6, horizon_year=2026)
    aim = make_aim({2025: "5.4"}, target, baseline=make_baseline(5, 2021))
    said = judged(aim)
    assert said.reading is aim.readings[2025]
    assert said.target is target
    assert said.threshold is not None
    assert (said.threshold.comparator, said.threshold.value) == (AT_LEAST, 6)
    assert said.progress == Decimal("0.4")
    assert said.gap == Decimal("0.6")
    assert said.expected == Decimal("5.8")
    assert said.status is Status.OFF_TRACK
    assert codes(said) == [ReasonCode.BEHIND_LINE]
    assert said.departure == make_baseline(5, 2021)
    assert said.origin is Origin.INTERPOLATED
    assert said.reasons[0].values == {
        "value": Decimal("5.4"),
        "expected": Decimal("5.8"),
        "year": 2025,
        "origin": Origin.INTERPOLATED,
        "since": 2021,
    }


def test_a_target_met_before_its_horizon_is_achieved():
    said = rising(100, 2023)
    assert said.status is Status.ACHIEVED
    assert codes(said) == [ReasonCode.TARGET_MET]
    assert said.reasons[0].values == {"value": 100, "target": 100, "upper": None}
    assert said.gap == 0


# Directions, zeros and signs


def test_a_falling_indicator_that_rose_is_below_nothing():
    said = falling(120)
    assert said.progress == Decimal("-0.2")
    assert said.status is Status.OFF_TRACK


def test_a_falling_indicator_at_its_target_is_achieved():
    said = falling(0)
    assert said.progress == 1
    assert said.status is Status.ACHIEVED


def test_a_measured_zero_is_a_value_and_not_an_absence():
    said = rising(0)
    assert said.status is Status.OFF_TRACK
    assert said.progress == 0
    assert said.gap == 100


def test_an_absent_value_is_not_zero():
    said = rising(None)
    assert said.status is Status.NOT_MEASURED
    assert (said.progress, said.gap, said.expected) == (None, None, None)
    assert codes(said) == [ReasonCode.NO_VALUE]


def test_an_absent_value_of_a_falling_indicator_does_not_reach_its_target_of_zero():
    assert falling(None).status is Status.NOT_MEASURED


def test_a_baseline_of_zero_is_a_baseline():
    said = rising(25)
    assert said.progress == Decimal("0.25")
    assert said.expected == 50


def test_a_difference_counted_from_a_baseline_of_zero_is_judged():
    target = make_target(10, AT_LEAST, DIFFERENCE, horizon_year=2030)
    said = judged(make_aim({2025: 6}, target, baseline=make_baseline(0, 2020)))
    assert said.threshold is not None
    assert said.threshold.value == 10
    assert said.progress == Decimal("0.6")
    assert said.status is Status.ON_TRACK


@pytest.mark.parametrize(("comparator", "percent"), [(AT_LEAST, 25), (AT_MOST, -25)])
def test_an_unmoved_zero_has_not_achieved_a_percentage_of_its_baseline_of_zero(comparator, percent):
    target = make_target(percent, comparator, PERCENT, horizon_year=2030)
    said = judged(make_aim({2025: 0}, target, baseline=make_baseline(0, 2020)))
    assert said.status is not Status.ACHIEVED
    assert said.progress is None


def test_a_value_back_from_beyond_the_target_but_still_past_it_is_still_achieved():
    assert undated({2024: 15, 2025: 11}, 10).status is Status.ACHIEVED


def test_negative_values_are_judged_like_any_other():
    target = make_target(-20, AT_MOST, horizon_year=2030)
    said = judged(make_aim({2025: -15}, target, baseline=make_baseline(-10, 2020), better=Better.DOWN))
    assert said.progress == Decimal("0.5")
    assert said.expected == -15
    assert said.status is Status.ON_TRACK


# « Plus de 25 % »


def quarter_more(value, comparator=GREATER, **options):
    return judged(make_aim({2025: value}, make_target(25, comparator, PERCENT, **options), baseline=make_baseline(8)))


def test_a_rise_of_exactly_a_quarter_does_not_satisfy_more_than_a_quarter():
    said = quarter_more("10.0", horizon_year=2025)
    assert said.status is Status.OFF_TRACK
    assert codes(said) == [ReasonCode.STRICT_NOT_MET, ReasonCode.HORIZON_PASSED]
    assert said.reasons[0].values == {"target": 10}
    assert said.gap == 0


def test_a_rise_a_hair_above_a_quarter_satisfies_more_than_a_quarter():
    assert quarter_more("10.000001", horizon_year=2025).status is Status.ACHIEVED


def test_a_rise_of_exactly_a_quarter_satisfies_at_least_a_quarter():
    assert quarter_more("10", AT_LEAST, horizon_year=2025).status is Status.ACHIEVED


def test_an_undated_rise_of_exactly_a_quarter_says_that_the_boundary_is_not_enough():
    said = quarter_more("10")
    assert said.status is Status.ON_TRACK
    assert codes(said) == [ReasonCode.STRICT_NOT_MET, ReasonCode.NO_HORIZON, ReasonCode.IMPROVES]


def test_a_fall_to_exactly_the_figure_does_not_satisfy_less_than_it():
    said = falling(0, 2030, comparator=LESS)
    assert said.status is Status.OFF_TRACK
    assert codes(said) == [ReasonCode.STRICT_NOT_MET, ReasonCode.HORIZON_PASSED]


def test_before_the_horizon_a_value_at_a_strict_boundary_is_ahead_of_its_line():
    said = rising(100, comparator=GREATER)
    assert said.status is Status.ON_TRACK
    assert codes(said) == [ReasonCode.STRICT_NOT_MET, ReasonCode.AHEAD_OF_LINE]


@pytest.mark.parametrize(
    "baseline",
    [None, make_baseline(None, None, BaselineState.TO_ESTABLISH), make_baseline(8, 2020, BaselineState.TO_ESTABLISH)],
    ids=["none", "to establish", "a value, but to establish"],
)
@pytest.mark.parametrize("value", [12, 0, None])
def test_a_rise_of_a_quarter_without_a_baseline_needs_one_and_has_no_progress(baseline, value):
    said = judged(make_aim({2025: value}, make_target(25, GREATER, PERCENT, horizon_year=2024), baseline=baseline))
    assert said.status is Status.BASELINE_NEEDED
    assert codes(said) == [ReasonCode.BASELINE_MISSING]
    assert (said.progress, said.gap, said.expected, said.threshold) == (None, None, None, None)


def test_a_rise_of_a_quarter_that_does_not_apply_this_year_needs_no_baseline():
    said = judged(make_aim({2025: Absence.NOT_APPLICABLE}, make_target(25, GREATER, PERCENT)))
    assert said.status is Status.NOT_APPLICABLE
    assert codes(said) == [ReasonCode.NO_VALUE_BECAUSE]
    assert (
        judged(make_aim({2025: Absence.UPCOMING}, make_target(25, GREATER, PERCENT))).status is Status.BASELINE_NEEDED
    )


def test_a_rise_of_a_quarter_without_a_baseline_keeps_the_value_that_was_measured():
    aim = make_aim({2025: 12}, make_target(25, GREATER, PERCENT))
    assert judged(aim).reading is aim.readings[2025]


def test_an_absolute_target_without_a_baseline_is_judged_but_has_no_progress():
    said = undated({2025: 11})
    assert said.status is Status.ACHIEVED
    assert said.progress is None
    assert said.gap == 0


def test_an_absolute_target_takes_neither_progress_nor_a_line_from_a_baseline_still_to_establish():
    base = make_baseline(5, 2020, BaselineState.TO_ESTABLISH)
    said = judged(make_aim({2025: 6}, make_target(10, horizon_year=2030), baseline=base))
    assert (said.progress, said.expected) == (None, None)
    assert said.status is Status.WATCH
    assert codes(said) == [ReasonCode.NO_LINE, ReasonCode.FIRST_VALUE]


# Against the line


@pytest.mark.parametrize(
    ("value", "status", "code"),
    [
        ("99", Status.ON_TRACK, ReasonCode.AHEAD_OF_LINE),
        ("50", Status.ON_TRACK, ReasonCode.AHEAD_OF_LINE),
        ("49.999999", Status.WATCH, ReasonCode.JUST_BEHIND_LINE),
        ("40", Status.WATCH, ReasonCode.JUST_BEHIND_LINE),
        ("39.999999", Status.OFF_TRACK, ReasonCode.BEHIND_LINE),
        ("-5", Status.OFF_TRACK, ReasonCode.BEHIND_LINE),
    ],
)
def test_a_rising_value_may_lag_its_line_by_a_tenth_of_the_whole_way(value, status, code):
    said = rising(value)
    assert said.status is status
    assert codes(said) == [code]
    assert said.expected == 50


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("1", Status.ON_TRACK),
        ("50", Status.ON_TRACK),
        ("50.000001", Status.WATCH),
        ("60", Status.WATCH),
        ("60.000001", Status.OFF_TRACK),
    ],
)
def test_a_falling_value_may_lag_its_line_by_a_tenth_of_the_whole_way(value, status):
    assert falling(value).status is status


def test_the_tolerance_is_a_share_of_the_way_and_not_of_the_target():
    """From 90 to 100 the way is 10: one unit is tolerated below the 95 expected, not ten."""
    target = make_target(100, horizon_year=2030)
    base = make_baseline(90, 2020)
    assert judged(make_aim({2025: 94}, target, baseline=base)).status is Status.WATCH
    assert judged(make_aim({2025: "93.9"}, target, baseline=base)).status is Status.OFF_TRACK


@pytest.mark.parametrize(
    ("tolerance", "status"),
    [
        ("0", Status.OFF_TRACK),
        ("0.09", Status.OFF_TRACK),
        ("0.10", Status.WATCH),
        ("0.25", Status.WATCH),
        ("1", Status.WATCH),
    ],
)
def test_the_authority_says_how_far_behind_its_line_a_value_may_lag(tolerance, status):
    target = make_target(100, horizon_year=2030)
    aim = make_aim({2025: 40}, target, baseline=make_baseline(0, 2020), tolerance=tolerance)
    assert judged(aim).status is status


def test_without_tolerance_a_value_on_its_line_is_on_track_and_a_hair_behind_it_is_not():
    def exact(value):
        target = make_target(100, horizon_year=2030)
        return judged(make_aim({2025: value}, target, baseline=make_baseline(0, 2020), tolerance=0)).status

    assert (exact(50), exact("49.999999")) == (Status.ON_TRACK, Status.OFF_TRACK)


def test_no_tolerance_saves_a_target_missed_at_its_horizon():
    target = make_target(100, horizon_year=2025)
    aim = make_aim({2025: "99.9"}, target, baseline=make_baseline(0, 2020), tolerance=1)
    assert judged(aim).status is Status.OFF_TRACK


@pytest.mark.parametrize(("value", "status"), [(12, Status.ON_TRACK), ("12.8", Status.WATCH), (13, Status.OFF_TRACK)])
def test_an_exact_target_approached_from_above_follows_its_line_down(value, status):
    target = make_target(8, EXACTLY, horizon_year=2030)
    aim = make_aim({2025: value}, target, baseline=make_baseline(16, 2020), better=Better.EXACT)
    assert judged(aim).status is status


def test_in_the_year_of_the_horizon_a_target_not_met_is_missed_without_tolerance():
    said = rising("99.999999", 2030)
    assert said.status is Status.OFF_TRACK
    assert codes(said) == [ReasonCode.HORIZON_PASSED]
    assert said.reasons[0].values == {"year": 2030}


def test_the_year_before_the_horizon_the_tolerance_still_holds():
    assert rising(80, 2029).status is Status.WATCH


def test_after_the_horizon_a_target_met_late_is_achieved():
    assert rising(100, 2031).status is Status.ACHIEVED
    assert rising(99, 2031).status is Status.OFF_TRACK


def test_a_target_equal_to_its_baseline_is_to_be_kept_and_has_no_progress():
    target = make_target(5, horizon_year=2030)
    kept = judged(make_aim({2025: 5}, target, baseline=make_baseline(5, 2020)))
    lost = judged(make_aim({2025: "4.9"}, target, baseline=make_baseline(5, 2020)))
    assert (kept.status, kept.progress) == (Status.ACHIEVED, None)
    assert (lost.status, lost.progress) == (Status.OFF_TRACK, None)
    assert codes(lost) == [ReasonCode.TO_KEEP, ReasonCode.MOVES_AWAY]


def test_a_strict_target_at_its_very_baseline_draws_no_line_that_standing_still_would_follow():
    """More than 5, from 5: a value that stays at 5 is not on its way."""
    said = judged(make_aim({2025: 5}, make_target(5, GREATER, horizon_year=2030), baseline=make_baseline(5, 2020)))
    assert (said.status, said.progress, said.expected) == (Status.WATCH, None, None)
    assert codes(said) == [ReasonCode.STRICT_NOT_MET, ReasonCode.TO_KEEP, ReasonCode.STANDS_STILL]


def test_a_horizon_that_does_not_come_after_the_baseline_draws_no_line():
    target = make_target(10, horizon_year=2030)
    said = judged(make_aim({2024: 5, 2025: 6}, target, baseline=make_baseline(4, 2030)))
    assert said.expected is None
    assert codes(said) == [ReasonCode.NO_LINE, ReasonCode.IMPROVES]


def test_a_baseline_without_a_year_draws_no_line_but_gives_progress():
    said = judged(make_aim({2025: 6}, make_target(10, horizon_year=2030), baseline=make_baseline(4, None)))
    assert said.expected is None
    assert said.progress == Decimal(2) / 6
    assert codes(said) == [ReasonCode.NO_LINE, ReasonCode.IMPROVES]


def test_an_exact_target_has_a_distance_and_no_progress():
    """Twice the way is no « 200 % »: past an exact target, further is worse."""
    target = make_target(8, EXACTLY, horizon_year=2030)
    said = judged(make_aim({2025: 12}, target, baseline=make_baseline(4, 2020), better=Better.EXACT))
    assert said.gap == 4
    assert said.status is not Status.ACHIEVED
    assert said.progress is None


def test_a_target_already_passed_at_the_baseline_shows_no_progress_for_falling_short_of_it():
    """At least 5, from a baseline of 6: down at 4 the target is missed, and (4 - 6) / (5 - 6) would say 200 %."""
    target = make_target(5, AT_LEAST, horizon_year=2024)
    said = judged(make_aim({2025: 4}, target, baseline=make_baseline(6, 2020)))
    assert said.status is Status.OFF_TRACK
    assert said.progress is None or said.progress <= 0


# Without a dated line


def test_without_a_horizon_a_first_value_is_only_watched():
    said = undated({2025: 5})
    assert said.status is Status.WATCH
    assert codes(said) == [ReasonCode.NO_HORIZON, ReasonCode.FIRST_VALUE]


def test_without_a_horizon_the_value_of_the_baseline_year_itself_is_a_first_value():
    said = undated({2025: 5}, baseline=make_baseline(4, 2025))
    assert said.status is Status.WATCH
    assert codes(said) == [ReasonCode.NO_HORIZON, ReasonCode.FIRST_VALUE]


def test_without_a_horizon_a_value_nearer_than_the_last_is_on_track():
    said = undated({2022: 7, 2024: 5, 2025: 6})
    assert said.status is Status.ON_TRACK
    assert codes(said) == [ReasonCode.NO_HORIZON, ReasonCode.IMPROVES]
    assert said.reasons[1].values == {"value": 6, "since": 5, "since_year": 2024}


def test_without_a_horizon_a_lone_value_is_compared_with_the_baseline():
    said = undated({2025: 6}, baseline=make_baseline(5, 2020))
    assert said.status is Status.ON_TRACK
    assert said.reasons[1].values == {"value": 6, "since": 5, "since_year": 2020}


def test_without_a_horizon_a_value_that_stands_still_is_watched():
    said = undated({2024: 5, 2025: "5.0"})
    assert said.status is Status.WATCH
    assert codes(said) == [ReasonCode.NO_HORIZON, ReasonCode.STANDS_STILL]


def test_without_a_horizon_a_step_back_is_watched_while_ahead_of_the_start():
    said = undated({2023: 4, 2024: 6, 2025: 5})
    assert said.status is Status.WATCH
    assert codes(said) == [ReasonCode.NO_HORIZON, ReasonCode.MOVES_AWAY]


def test_without_a_horizon_a_step_back_to_the_start_is_watched():
    assert undated({2023: 4, 2024: 6, 2025: 4}).status is Status.WATCH


def test_without_a_horizon_a_step_back_behind_the_start_is_off_track():
    assert undated({2023: 4, 2024: 6, 2025: "3.9"}).status is Status.OFF_TRACK
    assert undated({2024: 6, 2025: 3}, baseline=make_baseline(4, 2020)).status is Status.OFF_TRACK


def test_without_a_horizon_a_falling_indicator_is_on_track_while_it_falls():
    series = {2023: 40, 2024: 30}
    falls = undated({**series, 2025: 20}, 10, comparator=AT_MOST, better=Better.DOWN)
    rises = undated({**series, 2025: 35}, 10, comparator=AT_MOST, better=Better.DOWN)
    soars = undated({**series, 2025: 41}, 10, comparator=AT_MOST, better=Better.DOWN)
    assert (falls.status, rises.status, soars.status) == (Status.ON_TRACK, Status.WATCH, Status.OFF_TRACK)


def test_a_value_is_not_compared_with_a_later_year():
    said = undated({2025: 6, 2026: 9})
    assert said.status is Status.WATCH
    assert codes(said) == [ReasonCode.NO_HORIZON, ReasonCode.FIRST_VALUE]


def test_a_value_is_not_said_to_move_away_from_a_baseline_of_a_later_year():
    said = undated({2025: 5}, baseline=make_baseline(6, 2026))
    assert said.status is Status.WATCH
    assert codes(said) == [ReasonCode.NO_HORIZON, ReasonCode.FIRST_VALUE]


# Without a value


@pytest.mark.parametrize(
    ("absence", "status"),
    [
        (Absence.NOT_AVAILABLE, Status.NOT_MEASURED),
        (Absence.NOT_MEASURED, Status.NOT_MEASURED),
        (Absence.NOT_APPLICABLE, Status.NOT_APPLICABLE),
        (Absence.UPCOMING, Status.UPCOMING),
    ],
)
def test_the_reason_why_there_is_no_value_gives_the_status(absence, status):
    said = rising(absence)
    assert said.status is status
    assert codes(said) == [ReasonCode.NO_VALUE_BECAUSE]
    assert said.reasons[0].values == {"year": 2025, "absence": absence}
    assert said.progress is None


def test_every_reason_for_an_absence_gives_a_status():
    for absence in Absence:
        assert rising(absence).status in {Status.NOT_MEASURED, Status.NOT_APPLICABLE, Status.UPCOMING}


def test_a_year_without_a_value_quotes_the_last_one_known():
    target = make_target(10, horizon_year=2030)
    said = judged(make_aim({2021: 4, 2023: 0, 2024: Absence.NOT_MEASURED, 2026: 9}, target))
    assert said.status is Status.NOT_MEASURED
    assert codes(said) == [ReasonCode.NO_VALUE, ReasonCode.LAST_VALUE]
    assert said.reasons[1].values == {"value": 0, "year": 2023}


def test_a_year_without_a_value_is_not_judged_on_the_last_one():
    target = make_target(10, horizon_year=2030)
    assert judged(make_aim({2024: 12}, target)).status is Status.NOT_MEASURED


def test_past_the_horizon_a_year_without_a_value_is_not_measured_rather_than_missed():
    assert rising(None, 2031).status is Status.NOT_MEASURED


# From five to six


def five_to_six(value, **options):
    return judged(make_aim({2025: value}, make_target(6, basis=FROM_TO, start=5, **options)))


def test_from_five_to_six_without_a_date_has_progress_and_no_expected_value():
    said = five_to_six("5.4")
    assert (said.progress, said.gap) == (Decimal("0.4"), Decimal("0.6"))
    assert (said.expected, said.origin) == (None, None)
    assert codes(said) == [ReasonCode.NO_HORIZON, ReasonCode.IMPROVES]
    assert said.reasons[1].values == {"value": Decimal("5.4"), "since": 5, "since_year": None}


def test_from_five_in_2020_to_six_in_2030_draws_a_line():
    said = five_to_six("5.5", start_year=2020, horizon_year=2030)
    assert (said.status, said.expected, said.origin) == (Status.ON_TRACK, Decimal("5.5"), Origin.INTERPOLATED)


def test_a_target_that_states_its_start_is_counted_from_it_and_not_from_the_baseline():
    said = judged(make_aim({2025: "5.4"}, make_target(6, basis=FROM_TO, start=5), baseline=make_baseline(2, 2020)))
    assert said.progress == Decimal("0.4")
    assert said.departure is not None
    assert said.departure.value == 5


def test_a_start_that_the_vote_states_compares_with_any_method():
    target = make_target(6, basis=FROM_TO, start=5, start_year=2022)
    said = judged(make_aim({2023: 4, 2025: "5.4"}, target, since_method={2: 2024}))
    assert said.progress == Decimal("0.4")


# Bands


def in_band(value, year=2025, *, baseline=None, horizon=None):
    target = make_target(4, BETWEEN, upper=6, horizon_year=horizon)
    return judged(make_aim({year: value}, target, baseline=baseline, better=Better.IN_RANGE), year)


@pytest.mark.parametrize("value", [4, 5, 6])
def test_a_value_in_the_band_is_achieved_its_two_ends_included(value):
    said = in_band(value)
    assert said.status is Status.ACHIEVED
    assert said.reasons[0].values == {"value": value, "target": 4, "upper": 6}
    assert (said.gap, said.progress) == (0, None)


@pytest.mark.parametrize(("value", "gap"), [(3, 1), (9, 3)])
def test_a_value_outside_the_band_has_a_distance_and_no_progress(value, gap):
    said = in_band(value, baseline=make_baseline(12, 2020), horizon=2025)
    assert said.status is Status.OFF_TRACK
    assert (said.gap, said.progress) == (gap, None)


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("10", Status.ON_TRACK),
        ("10.8", Status.WATCH),
        ("10.9", Status.OFF_TRACK),
        ("0", Status.ON_TRACK),
        ("-0.8", Status.WATCH),
        ("-0.9", Status.OFF_TRACK),
    ],
)
def test_a_band_is_approached_at_its_nearer_end_along_a_line(value, status):
    """From 14 in 2020 to 6 in 2030: 10 is expected in 2025, at a distance of 4; 0.8 of the way of 8 is tolerated."""
    said = in_band(value, baseline=make_baseline(14, 2020), horizon=2030)
    assert said.expected == 10
    assert said.status is status


def test_a_band_is_approached_from_either_side_without_a_line():
    target = make_target(4, BETWEEN, upper=6)
    nearer = judged(make_aim({2024: 9, 2025: 3}, target, better=Better.IN_RANGE))
    as_near = judged(make_aim({2024: 8, 2025: 2}, target, better=Better.IN_RANGE))
    farther = judged(make_aim({2024: 7, 2025: 2}, target, better=Better.IN_RANGE))
    assert [said.status for said in (nearer, as_near, farther)] == [Status.ON_TRACK, Status.WATCH, Status.OFF_TRACK]


# Voted points


def voted(value, year=2025, **options):
    target = make_target(
        100, horizon_year=2030, in_force_from=2015, path=TargetPath.EXPLICIT, points={2022: 10, 2026: 60}, **options
    )
    return judged(make_aim({year: value}, target, baseline=make_baseline(0, 2020)), year)


def test_a_value_is_held_against_the_point_voted_for_its_year():
    said = voted(60, 2026)
    assert (said.status, said.expected, said.origin) == (Status.ON_TRACK, 60, Origin.VOTED)
    assert said.reasons[0].values == {"value": 60, "expected": 60, "year": 2026, "origin": Origin.VOTED, "since": 2026}
    assert [voted(value, 2026).status for value in ("59.9", "50", "49.9")] == [
        Status.WATCH,
        Status.WATCH,
        Status.OFF_TRACK,
    ]


def test_between_two_voted_points_the_value_expected_is_interpolated():
    said = voted(35, 2024)
    assert (said.status, said.expected, said.origin) == (Status.ON_TRACK, 35, Origin.INTERPOLATED)
    assert said.reasons[0].values["since"] == 2022


def test_progress_is_counted_to_the_target_and_not_to_the_next_point():
    assert voted(60, 2026).progress == Decimal("0.6")


def test_a_voted_point_draws_a_way_even_without_a_baseline():
    target = make_target(100, horizon_year=2030, points={2025: 50})
    said = judged(make_aim({2025: 45}, target))
    assert (said.status, said.expected, said.progress) == (Status.WATCH, 50, None)


def test_points_voted_in_per_cent_are_counted_from_the_baseline():
    target = make_target(50, AT_LEAST, PERCENT, horizon_year=2030, points={2025: 20})
    said = judged(make_aim({2025: 12}, target, baseline=make_baseline(10, 2020)))
    assert (said.expected, said.origin, said.status) == (12, Origin.VOTED, Status.ON_TRACK)
