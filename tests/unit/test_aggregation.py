"""One figure out of several: sums, ratios of sums and last values; what is missing is counted, never guessed."""

from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.factories import make_reading
from tracker.domain.aggregation import Aggregate, AggregateRefusal, over_parts, over_years
from tracker.domain.quality import least_coverage, weakest
from tracker.domain.vocabulary import Absence, Aggregation, Quality

thorough = settings(deadline=None)
ONE, HUNDRED = Decimal(1), Decimal(100)
values = st.decimals(-(10**6), 10**6, places=3)
tallies = st.integers(0, 10**6)
pairs = st.tuples(tallies, st.integers(1, 10**6))
absences = st.none() | st.sampled_from([a for a in Absence if a is not Absence.NOT_APPLICABLE])
ADDING = [Aggregation.SUM, Aggregation.RATIO_OF_SUMS]


def rounded(value):
    return value.quantize(Decimal("0.000001"), rounding=ROUND_HALF_EVEN)


def part(numerator, denominator):
    """Build a percentage as it is kept: at six decimals, with its two terms."""
    return make_reading(value=rounded(HUNDRED * numerator / denominator), numerator=numerator, denominator=denominator)


def by_year(given):
    return {
        year: make_reading(year, absence=v) if isinstance(v, Absence) else make_reading(year, v)
        for year, v in given.items()
    }


def unknown(absence):
    return None if absence is None else make_reading(absence=absence)


def test_a_percentage_of_the_whole_weighs_each_part_by_its_denominator():
    found = over_parts([part(9, 10), part(10, 100)], Aggregation.RATIO_OF_SUMS, HUNDRED)
    assert found == Aggregate(Decimal("17.272727"), 2, 2, Decimal(19), Decimal(110))
    assert found.is_complete


def test_a_ratio_that_is_no_percentage_keeps_its_scale():
    assert over_parts([part(9, 10), part(10, 100)], Aggregation.RATIO_OF_SUMS, ONE).value == Decimal("0.172727")


def test_a_ratio_is_rounded_half_to_even_at_six_decimals():
    halves = [part(1, 2_000_000)], [part(3, 2_000_000)]
    assert [over_parts(h, Aggregation.RATIO_OF_SUMS, ONE).value for h in halves] == [0, Decimal("0.000002")]


@pytest.mark.parametrize("terms", [{}, {"numerator": 9}, {"denominator": 10}])
def test_percentages_without_their_terms_are_never_averaged(terms):
    found = over_parts([part(9, 10), make_reading(value=50, **terms)], Aggregation.RATIO_OF_SUMS, HUNDRED)
    assert found == Aggregate(None, 2, 2, reason=AggregateRefusal.PARTS_MISSING)
    assert not found.is_complete


def test_terms_that_each_lack_in_another_part_do_not_pair_up():
    lone = [make_reading(value=50, numerator=1), make_reading(value=50, denominator=2)]
    assert over_parts(lone, Aggregation.RATIO_OF_SUMS, HUNDRED).reason is AggregateRefusal.PARTS_MISSING


def test_denominators_that_come_to_nothing_give_no_ratio():
    none = [make_reading(value=0, numerator=1, denominator=0), make_reading(value=0, numerator=2, denominator=0)]
    found = over_parts(none, Aggregation.RATIO_OF_SUMS, HUNDRED)
    assert (found.value, found.reason) == (None, AggregateRefusal.ZERO_DENOMINATOR)
    assert (found.numerator, found.denominator) == (3, 0)


def test_the_largest_numbers_that_can_be_typed_are_added_and_divided_exactly():
    most, least = Decimal("999999999999999.999999"), Decimal("0.000001")
    large = make_reading(value=most, numerator=most, denominator=least)
    assert over_parts([large] * 20, Aggregation.SUM, ONE).value == Decimal("19999999999999999.999980")
    expected = Decimal("999999999999999999999E2")
    assert over_parts([large], Aggregation.RATIO_OF_SUMS, HUNDRED).value == expected


def test_a_sum_of_some_parts_says_that_others_are_missing():
    parts = [make_reading(value="1.5"), None, make_reading(value=2), make_reading(absence=Absence.NOT_MEASURED)]
    found = over_parts(parts, Aggregation.SUM, ONE)
    assert (found.value, found.known, found.expected) == (Decimal("3.5"), 2, 4)
    assert not found.is_complete


def test_a_part_to_which_the_indicator_does_not_apply_is_not_expected():
    parts = [make_reading(value=2), make_reading(absence=Absence.NOT_APPLICABLE)]
    assert over_parts(parts, Aggregation.SUM, ONE) == Aggregate(Decimal(2), 1, 1)
    nowhere = over_parts(parts[1:], Aggregation.SUM, ONE)
    assert nowhere == Aggregate(None, 0, 0, reason=AggregateRefusal.NOTHING_KNOWN)
    assert not nowhere.is_complete


@pytest.mark.parametrize("how", ADDING)
def test_nothing_known_comes_to_nothing_and_not_to_zero(how):
    found = over_parts([None, make_reading(absence=Absence.NOT_MEASURED)], how, ONE)
    assert found == Aggregate(None, 0, 2, reason=AggregateRefusal.NOTHING_KNOWN)


@pytest.mark.parametrize("how", [Aggregation.LATEST, Aggregation.MEDIAN, Aggregation.MEAN])
def test_parts_have_no_latest_no_median_of_medians_and_no_mean(how):
    parts = [part(1, 2), part(3, 4)]
    assert over_parts(parts, how, ONE) == Aggregate(None, 2, 2, reason=AggregateRefusal.NO_SUCH_AGGREGATE)


def test_the_median_of_a_single_part_is_its_own():
    assert over_parts([make_reading(value=7)], Aggregation.MEDIAN, ONE) == Aggregate(Decimal(7), 1, 1)
    assert over_parts([None], Aggregation.MEDIAN, ONE).reason is AggregateRefusal.NOTHING_KNOWN


def test_the_only_part_that_is_known_does_not_lend_its_median_to_the_whole():
    found = over_parts([make_reading(value=7), None], Aggregation.MEDIAN, ONE)
    assert (found.value, found.reason) == (None, AggregateRefusal.NO_SUCH_AGGREGATE)


def test_over_years_only_the_years_asked_count():
    readings = by_year({2019: 100, 2020: 1, 2021: 2, 2022: 4, 2023: 100})
    years = range(2020, 2023)
    assert over_years(readings, Aggregation.SUM, years, ONE) == Aggregate(Decimal(7), 3, 3)
    assert over_years(readings, Aggregation.MEAN, years, ONE) == Aggregate(Decimal("2.333333"), 3, 3)
    assert over_years(readings, Aggregation.LATEST, years, ONE) == Aggregate(Decimal(4), 3, 3)


def test_years_without_a_value_are_left_out_and_counted():
    readings = by_year({2020: 1, 2022: 4, 2023: Absence.NOT_MEASURED})
    years = range(2020, 2024)
    assert over_years(readings, Aggregation.SUM, years, ONE) == Aggregate(Decimal(5), 2, 4)
    assert over_years(readings, Aggregation.MEAN, years, ONE) == Aggregate(Decimal("2.5"), 2, 4)
    assert over_years(readings, Aggregation.LATEST, years, ONE) == Aggregate(Decimal(4), 2, 4)


def test_the_latest_value_keeps_its_terms():
    readings = {2021: make_reading(2021, 50, numerator=1, denominator=2), 2020: make_reading(2020, 40)}
    found = over_years(readings, Aggregation.LATEST, range(2020, 2023), HUNDRED)
    assert found == Aggregate(Decimal(50), 2, 3, Decimal(1), Decimal(2))


def test_a_percentage_over_years_is_the_ratio_of_the_sums_of_the_years():
    readings = {
        2020: make_reading(2020, 90, numerator=9, denominator=10),
        2021: make_reading(2021, 10, numerator=10, denominator=100),
    }
    found = over_years(readings, Aggregation.RATIO_OF_SUMS, range(2020, 2022), HUNDRED)
    assert found.value == Decimal("17.272727")


@pytest.mark.parametrize("how", [how for how in Aggregation if how is not Aggregation.MEDIAN])
def test_years_without_any_value_come_to_nothing(how):
    found = over_years(by_year({2023: 5}), how, range(2020, 2022), ONE)
    assert found == Aggregate(None, 0, 2, reason=AggregateRefusal.NOTHING_KNOWN)


def test_the_median_of_several_years_is_refused_and_that_of_one_is_its_own():
    readings = by_year({2020: 1, 2021: 2})
    refused = over_years(readings, Aggregation.MEDIAN, range(2020, 2022), ONE)
    assert (refused.value, refused.reason) == (None, AggregateRefusal.NO_SUCH_AGGREGATE)
    assert over_years(readings, Aggregation.MEDIAN, range(2021, 2022), ONE).value == 2


@thorough
@given(st.lists(pairs, min_size=1, max_size=12))
def test_the_ratio_of_sums_lies_between_the_smallest_and_the_largest_ratio(terms):
    parts = [part(over, under) for over, under in terms]
    found = over_parts(parts, Aggregation.RATIO_OF_SUMS, HUNDRED).value
    assert found is not None
    assert min(p.value for p in parts) <= found <= max(p.value for p in parts)


@thorough
@given(pairs, pairs)
def test_the_ratio_of_sums_is_the_mean_of_two_percentages_only_when_they_or_their_denominators_are_equal(one, other):
    (a, b), (c, d) = one, other
    found = over_parts([part(a, b), part(c, d)], Aggregation.RATIO_OF_SUMS, HUNDRED).value
    assert found == rounded(HUNDRED * (a + c) / Decimal(b + d))
    mean = (HUNDRED * a / b + HUNDRED * c / d) / 2
    # (a + c) / (b + d) differs from half of a / b + c / d by (ad - bc)(d - b) / 2bd(b + d)
    apart = HUNDRED * abs((a * d - b * c) * (d - b)) / Decimal(2 * b * d * (b + d))
    assume(apart == 0 or apart > Decimal("0.00001"))
    assert (found == rounded(mean)) is (apart == 0)


@thorough
@given(st.lists(pairs, min_size=1, max_size=8), absences, st.integers(0, 8), st.sampled_from(ADDING))
def test_one_more_unknown_part_never_changes_the_value_and_lowers_the_completeness(terms, absence, where, how):
    parts = [part(over, under) for over, under in terms]
    whole = over_parts(parts, how, HUNDRED)
    holed = over_parts([*parts[:where], unknown(absence), *parts[where:]], how, HUNDRED)
    assert whole.is_complete
    assert not holed.is_complete
    assert (holed.value, holed.numerator, holed.denominator) == (whole.value, whole.numerator, whole.denominator)
    assert (holed.known, holed.expected) == (whole.known, whole.expected + 1)


@thorough
@given(st.dictionaries(st.integers(2015, 2024), values, min_size=1), st.sampled_from(["sum", "latest", "mean"]))
def test_one_more_unknown_year_never_changes_the_value_and_lowers_the_completeness(given_values, how):
    readings = by_year(given_values)
    whole = over_years(readings, Aggregation(how), range(2015, 2025), ONE)
    longer = over_years(readings, Aggregation(how), range(2015, 2026), ONE)
    assert (longer.value, longer.known) == (whole.value, whole.known)
    assert (longer.expected, longer.is_complete) == (whole.expected + 1, False)


@thorough
@given(st.lists(pairs, min_size=1, max_size=8), st.randoms(), st.sampled_from(ADDING))
def test_the_order_of_the_parts_changes_nothing(terms, random, how):
    parts = [part(over, under) for over, under in terms]
    shuffled = random.sample(parts, len(parts))
    assert over_parts(shuffled, how, HUNDRED) == over_parts(parts, how, HUNDRED)


@thorough
@given(st.lists(values, min_size=1, max_size=12))
def test_the_mean_of_the_years_lies_between_the_smallest_and_the_largest(given_values):
    readings = by_year(dict(enumerate(given_values, 2010)))
    found = over_years(readings, Aggregation.MEAN, range(2010, 2030), ONE).value
    assert found is not None
    assert min(given_values) <= found <= max(given_values)


def test_a_figure_is_no_surer_than_its_weakest_part():
    assert weakest([Quality.MEASURED, Quality.DECLARED, None, Quality.CALCULATED]) is Quality.DECLARED
    assert weakest([Quality.MEASURED, Quality.CALCULATED]) is Quality.CALCULATED
    assert weakest([Quality.MEASURED, None]) is Quality.MEASURED
    assert weakest([None, None]) is weakest([]) is None


def test_a_figure_covers_no_more_than_its_least_covered_part():
    assert least_coverage([Decimal(90), None, Decimal("45.5"), HUNDRED]) == Decimal("45.5")
    assert least_coverage([None]) is least_coverage([]) is None
