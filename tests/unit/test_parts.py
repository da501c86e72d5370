"""A value given by department: the total is a sum or the ratio of sums, and who said nothing is missing, not zero."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_indicator, make_reading
from tracker.domain.entries import Draft, Entry, check
from tracker.domain.errors import ProblemCode
from tracker.domain.parts import PartDraft, adds_up, read, total
from tracker.domain.records import DepartmentRecord, Part
from tracker.domain.vocabulary import Absence, Aggregation, ValueKind

DSI, DRH, DAC = (DepartmentRecord(code, f"Direction {code}") for code in ("DSI", "DRH", "DAC"))
HOUSE = (DSI, DRH, DAC)
SHARE = replace(
    make_indicator("SOB-10", unit="percent", value_kind=ValueKind.PERCENT, minimum=0, maximum=100),
    aggregation=Aggregation.RATIO_OF_SUMS,
)
AGE = replace(make_indicator("SOB-06", minimum=0, maximum=30), aggregation=Aggregation.RATIO_OF_SUMS)
COUNT = replace(
    make_indicator("SOB-12", unit="devices", decimals=0, value_kind=ValueKind.COUNT, minimum=0),
    aggregation=Aggregation.SUM,
)
ENERGY = replace(make_indicator("SOB-05", unit="mwh", value_kind=ValueKind.SUM), aggregation=Aggregation.SUM)
LATEST = make_indicator("ACC-07")


def ratio(numerator="", denominator=""):
    return PartDraft(numerator=numerator, denominator=denominator)


def entered(indicator, parts, shown=None, departments=HOUSE, **typed):
    """Check a draft of ``parts``, and give its entry or its problems as (where, code)."""
    found = check(Draft(indicator.code, parts=parts, **typed), indicator, shown, departments)
    return found if isinstance(found, Entry) else {(one.where, one.code) for one in found}


# The total


def test_a_percentage_of_the_whole_is_the_ratio_of_sums_and_no_mean():
    entry = entered(SHARE, {"DSI": ratio("9", "10"), "DRH": ratio("10", "100")})
    assert (entry.value, entry.numerator, entry.denominator) == (Decimal("17.272727"), 19, 110)
    assert [(part.department, part.name, part.numerator, part.denominator) for part in entry.parts] == [
        ("DSI", "Direction DSI", 9, 10),
        ("DRH", "Direction DRH", 10, 100),
    ]


def test_a_sum_adds_the_departments_that_gave_something():
    entry = entered(COUNT, {"DAC": PartDraft("12"), "DSI": PartDraft("1 200"), "DRH": PartDraft(" ")})
    assert (entry.value, entry.numerator, entry.denominator) == (1212, None, None)
    assert [(part.department, part.value) for part in entry.parts] == [("DSI", 1200), ("DAC", 12)]


def test_zero_is_a_part_and_blank_is_none():
    parts, problems = read({"DSI": PartDraft("0"), "DRH": PartDraft("")}, COUNT, HOUSE)
    made = total(parts, COUNT, len(HOUSE))
    assert (made.value, made.known, made.expected, made.is_complete, problems) == (0, 1, 3, False, ())


def test_a_department_without_any_weighs_nothing_as_long_as_another_has_some():
    entry = entered(SHARE, {"DSI": ratio("3", "4"), "DRH": ratio("0", "0")})
    assert (entry.value, len(entry.parts)) == (75, 2)


def test_nothing_by_department_is_no_breakdown():
    blank = {one.code: PartDraft() for one in HOUSE}
    entry = entered(COUNT, blank, value="40")
    assert (entry.value, entry.parts) == (40, ())
    assert entered(COUNT, blank) == {("SOB-12:value", ProblemCode.VALUE_OR_REASON)}
    assert Draft("SOB-12", parts=blank).is_blank
    assert not Draft("SOB-12", parts={"DSI": PartDraft("0")}).is_blank


def test_the_parts_are_read_as_the_language_writes_numbers():
    french = entered(ENERGY, {"DSI": PartDraft("1,234")})
    assert french.value == Decimal("1.234")
    assert entered(ENERGY, {"DSI": PartDraft("1,234")}, has_comma_groups=True) == {
        ("SOB-05:part-DSI:value", ProblemCode.AMBIGUOUS_NUMBER)
    }


def test_only_sums_and_ratios_of_sums_add_up():
    adding = {how for how in Aggregation if adds_up(replace(AGE, aggregation=how))}
    assert adding == {Aggregation.SUM, Aggregation.RATIO_OF_SUMS}
    assert not adds_up(replace(COUNT, value_kind=ValueKind.BOOLEAN))


# What is refused


@pytest.mark.parametrize(
    ("indicator", "part", "field", "code"),
    [
        (AGE, ratio("12", ""), "denominator", ProblemCode.DENOMINATOR_MISSING),
        (AGE, ratio("", "12"), "numerator", ProblemCode.DENOMINATOR_MISSING),
        (AGE, ratio("-1", "12"), "numerator", ProblemCode.PART_NEGATIVE),
        (AGE, ratio("12", "-1"), "denominator", ProblemCode.PART_NEGATIVE),
        (AGE, ratio("douze", "12"), "numerator", ProblemCode.NOT_A_NUMBER),
        (AGE, ratio("1.234", "12"), "numerator", ProblemCode.AMBIGUOUS_NUMBER),
        (AGE, ratio("12", "1234567890123456"), "denominator", ProblemCode.NUMBER_TOO_LONG),
        (AGE, ratio("0", "0"), "denominator", ProblemCode.DENOMINATOR_ZERO),
        (AGE, ratio("12", "0"), "denominator", ProblemCode.DENOMINATOR_ZERO),
        (SHARE, ratio("12", "10"), "numerator", ProblemCode.ABOVE_MAXIMUM),
        (replace(AGE, minimum=Decimal(1)), ratio("9", "10"), "numerator", ProblemCode.BELOW_MINIMUM),
        (AGE, PartDraft("12"), "value", ProblemCode.UNKNOWN_CHOICE),
        (COUNT, PartDraft("-1"), "value", ProblemCode.PART_NEGATIVE),
        (COUNT, PartDraft("1,5"), "value", ProblemCode.NOT_WHOLE),
        (COUNT, PartDraft("12 %"), "value", ProblemCode.NOT_A_PERCENTAGE),
        (COUNT, PartDraft("12", "3"), "numerator", ProblemCode.UNKNOWN_CHOICE),
        (LATEST, PartDraft("12"), "value", ProblemCode.UNKNOWN_CHOICE),
    ],
)
def test_a_part_that_cannot_be_is_refused_at_its_field(indicator, part, field, code):
    assert (f"{indicator.code}:part-DRH:{field}", code) in entered(indicator, {"DRH": part})


def test_a_department_of_nobody_is_refused_and_a_blank_one_ignored():
    given = {"DSI": PartDraft("12"), "XXX": PartDraft("3"), "YYY": PartDraft()}
    assert entered(COUNT, given) == {("SOB-12:part-XXX:value", ProblemCode.UNKNOWN_CHOICE)}


def test_every_part_that_is_wrong_is_told_at_once():
    told = entered(AGE, {"DSI": ratio("1", ""), "DRH": ratio("", "2"), "DAC": ratio("x", "-3")}, coverage="120")
    assert told == {
        ("SOB-06:part-DSI:denominator", ProblemCode.DENOMINATOR_MISSING),
        ("SOB-06:part-DRH:numerator", ProblemCode.DENOMINATOR_MISSING),
        ("SOB-06:part-DAC:numerator", ProblemCode.NOT_A_NUMBER),
        ("SOB-06:part-DAC:denominator", ProblemCode.PART_NEGATIVE),
        ("SOB-06:coverage", ProblemCode.COVERAGE_RANGE),
    }


def test_denominators_that_come_to_zero_are_refused_even_where_parts_may_be_negative():
    free = replace(AGE, minimum=None, maximum=None)
    told = entered(free, {"DSI": ratio("5", "2"), "DRH": ratio("5", "-2")})
    assert told == {("SOB-06:part-DSI:denominator", ProblemCode.DENOMINATOR_ZERO)}


def test_an_amount_that_may_be_negative_may_be_so_by_department():
    assert entered(ENERGY, {"DSI": PartDraft("-12"), "DRH": PartDraft("2")}).value == -10


@pytest.mark.parametrize("typed", ["17,3", "17,27", "17,272727"])
def test_a_typed_total_may_be_the_computed_one_rounded_as_it_is_shown(typed):
    parts = {"DSI": ratio("9", "10"), "DRH": ratio("10", "100")}
    assert entered(SHARE, parts, value=typed).value == Decimal("17.272727")


@pytest.mark.parametrize(("indicator", "typed"), [(SHARE, "17,4"), (SHARE, "50"), (SHARE, "0")])
def test_a_typed_total_that_differs_is_refused_with_both_numbers(indicator, typed):
    parts = {"DSI": ratio("9", "10"), "DRH": ratio("10", "100")}
    found = check(Draft(indicator.code, value=typed, parts=parts), indicator, None, HOUSE)
    assert [(one.where, one.code, dict(one.values)) for one in found] == [
        (
            "SOB-10:value",
            ProblemCode.PARTS_DIFFER,
            {"value": Decimal(typed.replace(",", ".")), "computed": Decimal("17.272727")},
        )
    ]


def test_a_count_is_not_off_by_one():
    parts = {"DSI": PartDraft("30"), "DRH": PartDraft("12")}
    assert entered(COUNT, parts, value="42").value == 42
    assert entered(COUNT, parts, value="41") == {("SOB-12:value", ProblemCode.PARTS_DIFFER)}


def test_typed_terms_of_the_total_are_the_sums_themselves():
    parts = {"DSI": ratio("3", "4"), "DRH": ratio("1", "4")}
    assert entered(SHARE, parts, numerator="4", denominator="8").value == 50
    assert entered(SHARE, parts, numerator="", denominator="8").value == 50
    assert entered(SHARE, parts, numerator="5", denominator="9") == {
        ("SOB-10:numerator", ProblemCode.PARTS_DIFFER),
        ("SOB-10:denominator", ProblemCode.PARTS_DIFFER),
    }


def test_a_total_out_of_bounds_or_too_long_is_refused_at_its_field():
    bound = replace(COUNT, maximum=Decimal(10))
    assert entered(bound, {"DSI": PartDraft("6"), "DRH": PartDraft("6")}) == {
        ("SOB-12:value", ProblemCode.ABOVE_MAXIMUM)
    }
    most = PartDraft("999999999999999")
    assert entered(COUNT, {"DSI": most, "DRH": most}) == {("SOB-12:value", ProblemCode.NUMBER_TOO_LONG)}
    huge = ratio("999999999999999", "0,000001")
    assert entered(replace(AGE, maximum=None), {"DSI": huge}) == {("SOB-06:value", ProblemCode.NUMBER_TOO_LONG)}


def test_parts_and_a_reason_for_no_value_do_not_go_together():
    told = entered(COUNT, {"DSI": PartDraft("6")}, precision="not_available")
    assert told == {("SOB-12:precision", ProblemCode.VALUE_AND_ABSENCE)}


# What is kept


STORED = replace(
    make_reading(value="5.333333", numerator=16, denominator=3),
    parts=(Part("DSI", "Direction DSI", None, Decimal(16), Decimal(3)),),
)


def test_parts_that_were_not_shown_stay_with_their_value_and_fall_with_it():
    kept = entered(AGE, None, STORED, value="5,3", comment="Vérifié")
    assert (kept.parts, kept.value, kept.numerator) == (STORED.parts, Decimal("5.333333"), 16)
    assert entered(AGE, None, STORED, value="5,4").parts == ()
    gone = entered(AGE, None, STORED, precision="not_measured")
    assert (gone.parts, gone.absence) == ((), Absence.NOT_MEASURED)


def test_parts_emptied_on_the_page_give_way_to_the_total_typed_instead():
    entry = entered(AGE, {"DSI": ratio(), "DRH": ratio()}, STORED, value="5,3")
    assert (entry.value, entry.numerator, entry.parts) == (Decimal("5.3"), None, ())
    assert not entry.says_the_same_as(STORED)


def test_the_same_total_split_otherwise_does_not_say_the_same():
    same = entered(AGE, {"DSI": ratio("16,0", "3")}, STORED)
    assert same.says_the_same_as(STORED)
    other = entered(AGE, {"DSI": ratio("10", "2"), "DRH": ratio("6", "1")}, STORED)
    assert (other.value, other.numerator, other.denominator) == (STORED.value, 16, 3)
    assert not other.says_the_same_as(STORED)


def test_the_coverage_stays_as_it_was_typed():
    assert entered(AGE, {"DSI": ratio("16", "3")}, coverage="").coverage is None
    assert entered(AGE, {"DSI": ratio("16", "3")}, coverage="92 %").coverage == 92


# Whatever is typed

tallies = st.integers(0, 10**6)
pairs = st.lists(st.tuples(tallies, st.integers(1, 10**6)), min_size=1, max_size=8)


def house(size):
    return tuple(DepartmentRecord(f"D{number}", f"Direction {number}") for number in range(size))


@given(pairs)
def test_the_total_of_a_ratio_is_that_of_fractions_to_half_a_millionth(given_pairs):
    free = replace(AGE, maximum=None)
    drafts = {f"D{place}": ratio(str(over), str(under)) for place, (over, under) in enumerate(given_pairs)}
    entry = entered(free, drafts, departments=house(len(given_pairs)))
    exact = Fraction(sum(over for over, _ in given_pairs), sum(under for _, under in given_pairs))
    assert abs(Fraction(entry.value) - exact) <= Fraction(1, 2 * 10**6)
    each = [Fraction(over, under) for over, under in given_pairs]
    assert min(each) - Fraction(1, 10**6) <= Fraction(entry.value) <= max(each) + Fraction(1, 10**6)


@given(st.lists(st.decimals(-(10**6), 10**6, places=3), min_size=1, max_size=8))
def test_the_total_of_amounts_is_that_of_fractions_exactly(amounts):
    drafts = {f"D{place}": PartDraft(f"{amount:f}0") for place, amount in enumerate(amounts)}
    entry = entered(ENERGY, drafts, departments=house(len(amounts)))
    assert Fraction(entry.value) == sum(map(Fraction, amounts))


@given(pairs, st.integers(0, 8), st.sampled_from(["", " ", "\u202f"]))
def test_a_blank_department_more_changes_nothing_but_how_complete_the_total_is(given_pairs, where, blank):
    free = replace(AGE, maximum=None)
    departments = house(len(given_pairs))
    drafts = {one.code: ratio(str(a), str(b)) for one, (a, b) in zip(departments, given_pairs, strict=True)}
    more = [*departments]
    more.insert(min(where, len(more)), DepartmentRecord("NEW", "Direction nouvelle"))
    before = entered(free, drafts, departments=departments)
    after = entered(free, {**drafts, "NEW": ratio(blank, blank)}, departments=more)
    assert after == before
    whole, holed = total(before.parts, free, len(departments)), total(after.parts, free, len(more))
    assert holed == replace(whole, expected=whole.expected + 1)
    assert (whole.is_complete, holed.is_complete) == (True, False)
