"""What looks odd before saving: jumps, slips of unit, zeros that mean nothing, copies; and when to comment."""

from dataclasses import replace
from datetime import date
from decimal import ROUND_DOWN, Decimal
from itertools import pairwise
from statistics import median

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tests.factories import (
    make_aim,
    make_baseline,
    make_indicator,
    make_reading,
    make_series,
    make_target,
    number,
    optional,
)
from tests.strategies import YEAR, aims, in_a_mirror, in_unit, numbers, plain, with_value
from tracker.domain.dimensions import DIMENSIONS
from tracker.domain.entries import Entry
from tracker.domain.plausibility import (
    CommentReason,
    OddityCode,
    needs_comment,
    oddities,
    unit_slip,
    with_entry,
)
from tracker.domain.slips import SLIPS, OtherUnit
from tracker.domain.vocabulary import TYPED_ABSENCES, Absence, Better, Comparator, Quality, ValueKind
from tracker.labels import speaking
from tracker.labels.plausibility import COMMENTS, ODDITIES, OTHER_UNITS, comment_sentence, oddity_sentence

JUMP, UNIT_SLIP, ZERO, OVER_WHOLE, SAME, COVERAGE = OddityCode
TODAY = date(2026, 3, 2)
NO_BREAK, NARROW = "\u00a0", "\u202f"
STEADY = {2021: "5.1", 2022: "5.2", 2023: "5.2", 2024: "5.4"}


def make_entry(
    value=None, absence=None, *, numerator=None, denominator=None, quality=None, coverage=None, comment=""
) -> Entry:
    terms = optional(numerator), optional(denominator), optional(coverage)
    return Entry(optional(value), absence, quality, *terms, "", comment)


def indicator_of(unit="years", **known):
    return make_indicator(unit=unit, **known)


def found(values, value, indicator=None, **known):
    aim = make_aim(values, indicator=indicator or indicator_of())
    return {oddity.code for oddity in oddities(aim, YEAR, make_entry(value, **known))}


def told(values, value, indicator=None, **known):
    indicator = indicator or indicator_of()
    aim = make_aim(values, indicator=indicator)
    said = [oddity_sentence(oddity, indicator) for oddity in oddities(aim, YEAR, make_entry(value, **known))]
    return " ".join(said).replace(NO_BREAK, " ").replace(NARROW, " ")


# Jumps


def test_a_value_near_the_last_one_is_not_odd():
    assert found(STEADY, "5.5") == set()
    assert found(STEADY, "4.9") == set()


def test_a_value_far_beyond_the_usual_changes_is_a_jump_up_or_down():
    assert found(STEADY, 9) == {JUMP}
    assert found(STEADY, "2.5") == {JUMP}


def test_a_series_that_moves_much_may_move_much_again():
    assert found({2021: 100, 2022: 60, 2023: 110, 2024: 70}, 130, indicator_of("mwh")) == set()


def test_a_jump_is_counted_from_the_changes_of_the_series():
    values = {2021: 100, 2022: 120, 2023: 140, 2024: 160}
    assert found(values, 260, indicator_of("mwh")) == set()
    assert found(values, 261, indicator_of("mwh")) == {JUMP}


def test_one_outlier_in_the_past_does_not_make_every_jump_usual():
    assert found({**STEADY, 2020: 60}, 9) == {JUMP}


def test_a_very_steady_series_may_move_by_a_quarter_of_its_level():
    flat = {2021: 100, 2022: 100, 2023: 100, 2024: 100}
    assert found(flat, 125, indicator_of("mwh")) == set()
    assert found(flat, 126, indicator_of("mwh")) == {JUMP}


def test_years_without_value_leave_room_to_move():
    assert found({2018: 100, 2019: 110, 2020: 120}, 330, indicator_of("mwh")) == set()
    assert found({2022: 100, 2023: 110, 2024: 120}, 330, indicator_of("mwh")) == {JUMP}


@pytest.mark.parametrize("values", [{2024: 10}, {2023: 11, 2024: 10}])
def test_with_one_or_two_values_only_more_than_three_times_is_a_jump(values):
    assert found(values, 30, indicator_of("kb")) == set()
    assert found(values, 31, indicator_of("kb")) == {JUMP}
    assert found(values, "3.4", indicator_of("kb")) == set()
    assert found(values, "3.3", indicator_of("kb")) == {JUMP}


def test_small_counts_and_small_shares_may_treble():
    assert found({2024: 1}, 5, indicator_of("actions", value_kind=ValueKind.COUNT)) == set()
    assert found({2021: 1, 2022: 1, 2023: 1, 2024: 1}, 6, indicator_of("actions", value_kind=ValueKind.COUNT)) == set()
    assert found({2021: 2, 2022: 2, 2023: 2, 2024: 2}, 7, indicator_of("percent")) == set()
    assert found({2021: 2, 2022: 2, 2023: 2, 2024: 2}, 8, indicator_of("percent")) == {JUMP}


def test_a_first_value_has_nothing_to_jump_from():
    assert found({}, 1_000_000) == set()
    assert found({2023: Absence.NOT_MEASURED, 2024: None}, 1_000_000) == set()


def test_what_starts_from_nothing_is_no_jump():
    assert found({2021: 0, 2022: 0, 2023: 0, 2024: 0}, 35, indicator_of("percent")) == set()


def test_a_change_of_sign_after_one_value_has_no_factor():
    assert found({2024: -2}, 40, indicator_of("percent", minimum=-100)) == set()


def test_a_value_by_another_method_is_held_against_the_old_ones_only_once_these_are_recomputed():
    aim = make_aim(STEADY, since_method={2: 2025}, indicator=indicator_of())
    assert oddities(aim, YEAR, make_entry(9)) == ()
    recomputed = replace(aim, restated={2: make_series({**STEADY, 2025: "5.5"})})
    assert [one.code for one in oddities(recomputed, YEAR, make_entry(9))] == [JUMP]


def test_the_dated_baseline_counts_as_an_earlier_value():
    aim = make_aim({}, make_target(6), baseline=make_baseline(5, 2022), indicator=indicator_of("mwh"))
    assert [one.code for one in oddities(aim, YEAR, make_entry(16))] == [JUMP]


def test_a_value_that_is_corrected_is_not_held_against_itself_or_later_ones():
    values = {**STEADY, 2025: 60, 2026: 70}
    assert found(values, "5.4") == set()
    assert found(values, 60) != set()


def test_yes_or_no_is_never_odd():
    known = indicator_of("yes_no", value_kind=ValueKind.BOOLEAN)
    assert found({2021: 1, 2022: 1, 2023: 1, 2024: 1}, 0, known) == set()


# Slips of unit


@pytest.mark.parametrize(
    ("unit", "last", "typed", "other", "reading"),
    [
        ("years", "5.4", 65, OtherUnit.MONTHS, "5.416666666666666666666666667"),
        ("years", "5.4", 1971, OtherUnit.DAYS, "5.4"),
        ("percent", 54, "0.55", OtherUnit.SHARE_OF_ONE, 55),
        ("t_co2e", 420, 415_000, OtherUnit.KG_CO2E, 415),
        ("kg_co2e_per_person", 250, "0.24", OtherUnit.T_CO2E_PER_PERSON, 240),
        ("mwh", 1240, 1_300_000, OtherUnit.KWH, 1300),
        ("mwh", 1240, "1.3", OtherUnit.GWH, 1300),
        ("eur", 4000, 4, OtherUnit.THOUSAND_EUROS, 4000),
        ("eur", 4000, 400_000, OtherUnit.CENTS, 4000),
        ("hours", 3, 180, OtherUnit.MINUTES, 3),
        ("hours", 48, 2, OtherUnit.DAYS, 48),
        ("unitless", "1.6", 155, OtherUnit.PERCENT, "1.55"),
    ],
)
@pytest.mark.parametrize("is_long", [False, True])
def test_a_value_in_another_unit_of_its_family_is_recognised(unit, last, typed, other, reading, is_long):
    values = dict.fromkeys(range(2021, 2025) if is_long else [2024], last)
    (oddity,) = oddities(make_aim(values, indicator=indicator_of(unit)), YEAR, make_entry(typed))
    assert (oddity.code, oddity.values["unit"], oddity.values["reading"]) == (UNIT_SLIP, other, number(reading))


def test_a_far_value_that_no_unit_explains_is_a_plain_jump():
    assert found(STEADY, 40) == {JUMP}
    assert found({2024: 1240}, 1_300_000, indicator_of("services")) == {JUMP}


def test_a_slip_is_not_seen_where_the_value_is_as_usual():
    assert found({2021: 80, 2022: 1, 2023: 90, 2024: 2}, "0.9", indicator_of("percent")) == set()


def test_a_slip_is_seen_however_small_the_value():
    assert found({2024: "0.9"}, "0.009", indicator_of("percent")) == {UNIT_SLIP}


def test_a_slip_keeps_the_sign():
    assert found({2021: -5, 2022: 5, 2023: -5, 2024: 5}, -65) == {JUMP}
    assert found({2024: "-5.4"}, -65) == {UNIT_SLIP}


def test_a_value_that_the_bounds_refuse_can_still_be_explained():
    aim = make_aim(STEADY, indicator=indicator_of(minimum=0, maximum=30))
    slip = unit_slip(aim, YEAR, Decimal(65))
    assert slip is not None
    assert slip.values["unit"] is OtherUnit.MONTHS
    assert unit_slip(aim, YEAR, Decimal(6)) is None


def test_slips_are_of_units_that_exist_and_far_enough_apart_to_be_told_from_one_another():
    assert set(SLIPS) <= set(DIMENSIONS)
    for slips in SLIPS.values():
        factors = sorted(Decimal(slip.theirs) / slip.ours for slip in slips)
        assert all(factor >= 10 or factor <= Decimal("0.1") for factor in factors)
        assert all(after / before >= 2 for before, after in pairwise(factors))
    assert {slip.unit for slips in SLIPS.values() for slip in slips} == set(OtherUnit)


# Zeros, shares, copies, coverage


def test_a_zero_after_values_far_from_it_may_stand_for_no_value():
    assert found(STEADY, 0) == {ZERO}
    assert found({2024: "5.4"}, 0) == {ZERO}
    assert found({2023: -40, 2024: -50}, 0, indicator_of("percent", minimum=-100)) == {ZERO}


def test_a_zero_near_the_earlier_values_is_a_value():
    counted = indicator_of("actions", value_kind=ValueKind.COUNT)
    assert found({2021: 2, 2022: 1, 2023: 3, 2024: 1}, 0, counted) == set()
    assert found({2024: 1}, 0, counted) == set()
    assert found({2024: 0}, 0) == set()
    assert found({2021: 0, 2022: 50, 2023: 0, 2024: 40}, 0, indicator_of("percent")) == set()
    assert found({}, 0) == set()


def test_a_share_above_the_whole_is_told_where_no_bound_refuses_it():
    assert found({}, 120, indicator_of("percent")) == {OVER_WHOLE}
    assert found({}, 120, indicator_of("percent", minimum=0), numerator=12, denominator=10) == {OVER_WHOLE}
    assert found({}, 100, indicator_of("percent")) == set()


def test_a_change_in_per_cent_and_a_usual_excess_are_no_news():
    assert found({}, 120, indicator_of("percent", minimum=-100)) == set()
    assert found({2024: 115}, 120, indicator_of("percent")) == set()
    assert found({}, 120, indicator_of("percent", maximum=200)) == set()
    assert found({}, 120, indicator_of("mwh")) == set()


def test_the_very_value_of_the_year_before_may_be_a_copy():
    assert found({2024: "5.43"}, "5.43") == {SAME}
    assert found({2024: "5.430"}, "5.43") == {SAME}


def test_a_short_or_whole_or_older_value_found_again_is_no_copy():
    assert found({2024: "5.4"}, "5.4") == set()
    assert found({2024: 543}, 543) == set()
    assert found({2023: "5.43"}, "5.43") == set()


def test_a_ratio_is_a_copy_by_its_terms_only():
    def aim(numerator, denominator):
        value = number(100) * numerator / denominator
        before = make_reading(2024, value, numerator=numerator, denominator=denominator)
        return replace(make_aim(indicator=indicator_of("percent")), readings={2024: before}), value

    for terms, again, expected in [
        ((125, 200), (125, 200), [SAME]),
        ((125, 200), (250, 400), []),
        ((5, 8), (5, 8), []),
    ]:
        known, value = aim(*terms)
        entry = make_entry(value, numerator=again[0], denominator=again[1])
        assert [one.code for one in oddities(known, YEAR, entry)] == expected


def test_a_coverage_that_falls_by_more_than_twenty_points_is_told():
    def codes(before, after):
        reading = replace(make_reading(2024, "5.4"), coverage=optional(before))
        aim = replace(make_aim(indicator=indicator_of()), readings={2024: reading})
        return [one.code for one in oddities(aim, YEAR, make_entry("5.5", coverage=after))]

    assert codes(90, 69) == [COVERAGE]
    assert codes(90, 70) == []
    assert codes(60, 90) == []
    assert codes(None, 10) == []
    assert codes(90, None) == []


def test_no_value_has_nothing_odd():
    assert oddities(make_aim(STEADY), YEAR, make_entry(absence=Absence.NOT_MEASURED)) == ()


# Comments


@pytest.mark.parametrize("absence", TYPED_ABSENCES)
def test_every_reason_for_no_value_wants_a_comment(absence):
    assert needs_comment(make_aim(), YEAR, make_entry(absence=absence), TODAY) is CommentReason.ABSENT


def test_an_estimate_wants_a_comment_and_a_measure_does_not():
    assert needs_comment(make_aim(), YEAR, make_entry(5, quality=Quality.ESTIMATED), TODAY) is CommentReason.ESTIMATED
    for quality in (None, Quality.MEASURED, Quality.CALCULATED, Quality.DECLARED):
        assert needs_comment(make_aim(), YEAR, make_entry(5, quality=quality), TODAY) is None


def test_a_value_that_the_target_puts_off_course_wants_a_comment():
    aim = make_aim({2025: 7}, make_target(6, horizon_year=2025))
    assert needs_comment(aim, YEAR, make_entry(5), TODAY) is CommentReason.OFF_TARGET
    assert needs_comment(aim, YEAR, make_entry(6), TODAY) is None
    assert needs_comment(make_aim({2024: 7}), YEAR, make_entry(5), TODAY) is None
    assert needs_comment(aim, 2027, make_entry(5), TODAY) is None


def test_a_value_on_its_way_wants_no_comment():
    aim = make_aim({}, make_target(6, horizon_year=2030), baseline=make_baseline(5, 2020))
    assert needs_comment(aim, YEAR, make_entry("5.5"), TODAY) is None
    assert needs_comment(aim, YEAR, make_entry("5.0"), TODAY) is CommentReason.OFF_TARGET


def test_a_comment_that_is_there_is_enough_and_blanks_are_not():
    estimated = make_entry(5, quality=Quality.ESTIMATED, comment="Extrapolé du premier semestre.")
    assert needs_comment(make_aim(), YEAR, estimated, TODAY) is None
    assert needs_comment(make_aim(), YEAR, replace(estimated, comment=" \n"), TODAY) is CommentReason.ESTIMATED


def test_the_entry_takes_its_place_by_the_method_then_in_force():
    aim = make_aim({2023: 5, 2025: 6}, since_method={2: 2024})
    saved = with_entry(aim, YEAR, make_entry(7, quality=Quality.DECLARED)).readings
    assert (saved[2025].value, saved[2025].method, saved[2025].revision) == (7, 2, 2)
    assert saved[2023] is aim.readings[2023]
    assert with_entry(aim, 2022, make_entry(7)).readings[2022].method == 1


# Sentences


def test_sentences_say_what_was_seen_and_what_to_check():
    assert told(STEADY, 65) == (
        "Cette valeur vaut 12 fois celle de 2024 (5,4 ans). Serait-elle en mois (65 mois, soit 5,4 ans) ?"
    )
    assert told({2024: 1240}, "1.3", indicator_of("mwh")) == (
        "Cette valeur est 954 fois plus petite que celle de 2024 (1 240 MWh). "
        "Serait-elle en gigawattheures (1,3 GWh, soit 1 300 MWh) ?"
    )
    assert told(STEADY, 9) == (
        "9 ans, contre 5,4 ans en 2024 : un écart de 3,6 ans, quand il est d’ordinaire de 0,1 an "
        "d’une année à l’autre. À vérifier."
    )
    assert told({2024: 10}, 35, indicator_of("kb")) == ("Cette valeur vaut 3,5 fois celle de 2024 (10 Ko). À vérifier.")
    assert told({2024: 10}, "2.5", indicator_of("kb")) == (
        "Cette valeur est 4 fois plus petite que celle de 2024 (10 Ko). À vérifier."
    )
    assert told({2021: 2, 2022: 2, 2023: 2, 2024: 2}, 8, indicator_of("percent")) == (
        "8 %, contre 2 % en 2024 : un écart de 6 points, quand il est d’ordinaire de 0 point "
        "d’une année à l’autre. À vérifier."
    )
    assert told(STEADY, 0) == (
        "Zéro, alors que les valeurs d’avant vont de 5,1 ans à 5,4 ans. "
        "Si rien n’a été mesuré, videz la valeur et choisissez un motif d’absence."
    )
    assert told({2024: "5.4"}, 0).startswith("Zéro, contre 5,4 ans en 2024. Si rien n’a été mesuré")
    assert told({}, 120, indicator_of("percent"), numerator=12, denominator=10).startswith(
        "120 % : le numérateur (12) dépasse le dénominateur (10)."
    )
    assert told({}, 120, indicator_of("percent")).startswith("120 % : plus que le tout.")
    assert told({2024: "5.43"}, "5.43").startswith("Exactement la valeur de 2024 (5,4 ans).")


def test_the_sentence_of_a_coverage_quotes_both():
    reading = replace(make_reading(2024, "5.4"), coverage=Decimal(90))
    aim = replace(make_aim(indicator=indicator_of()), readings={2024: reading})
    (oddity,) = oddities(aim, YEAR, make_entry("5.5", coverage="60.5"))
    said = oddity_sentence(oddity, aim.indicator).replace(NARROW, " ").replace(NO_BREAK, " ")
    assert said.startswith("La couverture passe de 90 % en 2024 à 60,5 % :")


def test_every_code_has_its_words():
    assert set(ODDITIES) == set(OddityCode)
    assert set(OTHER_UNITS) == set(OtherUnit)
    assert set(COMMENTS) == set(CommentReason)
    assert all(comment_sentence(reason) for reason in CommentReason)


# Whatever the numbers

units = st.sampled_from(sorted(SLIPS))
entries = st.builds(
    lambda value, terms, quality, coverage, absence: make_entry(
        value,
        None if value is not None else absence,
        numerator=terms[0] if terms else None,
        denominator=terms[1] if terms else None,
        quality=quality,
        coverage=coverage,
    ),
    st.none() | numbers,
    st.none() | st.tuples(plain, plain),
    st.sampled_from([None, *Quality]),
    st.none() | st.integers(1, 100),
    st.sampled_from(TYPED_ABSENCES),
)


@st.composite
def histories(draw, least=0, values=plain):
    """Draw values for some of the nine years before 2025, those that a value is held against, in a unit that slips."""
    years = sorted(draw(st.sets(st.integers(2016, 2024), min_size=least, max_size=8)))
    given_values = {year: draw(values) for year in years}
    return make_aim(given_values, indicator=indicator_of(draw(units)))


def codes(aim, value):
    return [oddity.code for oddity in oddities(aim, YEAR, make_entry(value))]


@given(aims(), entries, st.sampled_from(["fr", "en"]))
def test_any_entry_over_any_past_is_examined_and_told(aim, entry, language):
    with speaking(language):
        for oddity in oddities(aim, YEAR, entry):
            said = oddity_sentence(oddity, aim.indicator)
            assert said.strip()
            assert not {"None", "{", "E+"} & {part for part in ("None", "{", "E+") if part in said}
    assert needs_comment(aim, YEAR, entry, TODAY) in {None, *CommentReason}


@given(histories(values=numbers), numbers)
def test_at_most_one_sentence_is_about_the_distance_and_every_one_is_told(aim, value):
    seen = codes(aim, value)
    assert len(set(seen) & {JUMP, UNIT_SLIP, ZERO}) == len([code for code in seen if code in {JUMP, UNIT_SLIP, ZERO}])
    assert len(set(seen) & {JUMP, UNIT_SLIP, ZERO}) <= 1
    for oddity in oddities(aim, YEAR, make_entry(value)):
        assert "None" not in oddity_sentence(oddity, aim.indicator)


@given(histories(least=3), st.booleans())
def test_the_last_value_and_a_usual_change_from_it_are_never_a_jump(aim, is_up):
    known = [(reading.year, reading.value) for reading in aim.known]
    usual = median(abs(after[1] - before[1]) / (after[0] - before[0]) for before, after in pairwise(known))
    typed = usual.quantize(Decimal("0.000001"), rounding=ROUND_DOWN)  # no value has more decimals
    moved = known[-1][1] + (typed if is_up else -typed)
    assert not {JUMP, UNIT_SLIP} & {*codes(aim, moved), *codes(aim, known[-1][1])}


@given(histories(least=1), plain)
def test_what_is_odd_is_odd_in_a_mirror(aim, value):
    aim = replace(aim, indicator=replace(aim.indicator, unit="years"))
    mirrored = in_a_mirror(aim)
    assert codes(aim, value) == codes(mirrored, -value)


@given(histories(least=1), plain, st.sampled_from([Decimal(10), Decimal(100)]))
def test_what_is_odd_does_not_hang_on_the_size_of_the_unit(aim, value, factor):
    """The same numbers in a larger unit, shown with as many decimals fewer."""
    assume(aim.indicator.unit != "percent")
    finer = in_unit(aim, 1 / factor)
    indicator = replace(aim.indicator, decimals=aim.indicator.decimals + len(str(factor)) - 1)
    finer = replace(finer, indicator=indicator)
    kept = {JUMP, UNIT_SLIP, ZERO}
    assert set(codes(aim, value)) & kept == set(codes(finer, value / factor)) & kept


@given(histories(least=1), st.integers(11, 300).map(Decimal))
@example(make_aim(STEADY, indicator=indicator_of()), Decimal("5.4"))
def test_the_last_value_typed_in_another_unit_is_a_slip(aim, level):
    flat = make_aim(dict.fromkeys(aim.readings, level), indicator=aim.indicator)
    for slip in SLIPS[aim.indicator.unit]:
        typed = level * slip.theirs / slip.ours
        assert UNIT_SLIP in codes(flat, typed)


@given(aims(), entries)
def test_a_comment_is_all_that_it_takes(aim, entry):
    assert needs_comment(aim, YEAR, replace(entry, comment="Voir l'annexe."), TODAY) is None


@given(aims(), plain, plain)
def test_the_value_stored_for_the_year_plays_no_part(aim, stored, typed):
    entry = make_entry(typed)
    assert oddities(with_value(aim, stored), YEAR, entry) == oddities(aim, YEAR, entry)


def test_better_has_no_part_in_what_is_odd():
    for better in Better:
        assert found(STEADY, 9, indicator_of(better=better)) == {JUMP}


def test_a_strict_target_just_missed_at_its_horizon_wants_a_comment():
    aim = make_aim({}, make_target(6, Comparator.GREATER, horizon_year=2025))
    assert needs_comment(aim, YEAR, make_entry(6), TODAY) is CommentReason.OFF_TARGET
