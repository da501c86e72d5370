"""Formulas of computed indicators: what they name, what they come to, what is missing, and the order between them."""

from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.formula import (
    Binary,
    Constant,
    Cycle,
    Missing,
    Negative,
    Operator,
    Outcome,
    Reference,
    Total,
    Value,
    evaluate,
    inputs,
    order,
    written,
)

quick = settings(deadline=None)
FOOTPRINT, STAFF, PARTS = Value("SOB-01"), Value("EFF-01"), (Value("ACC-01"), Value("ACC-02"), Value("ACC-03"))
CODES = ("SOB-01", "SOB-02", "GOV-12", "EFF-01")
numbers = st.decimals(-(10**6), 10**6, places=3)
stores = st.dictionaries(st.sampled_from(CODES), numbers)
full_stores = st.fixed_dictionaries(dict.fromkeys(CODES, numbers))
constants = st.decimals(0, 10**6, places=3).map(Constant)
leaves = constants | st.sampled_from(CODES).map(Value) | st.sampled_from(CODES).map(Reference)
formulas = st.recursive(
    leaves,
    lambda inner: (
        st.builds(Binary, st.sampled_from(Operator), inner, inner)
        | st.builds(Negative, inner)
        | st.lists(inner, min_size=1, max_size=4).map(lambda parts: Total(tuple(parts)))
    ),
    max_leaves=15,
)


def c(number):
    return Constant(Decimal(number))


def of(operator, left, right):
    return Binary(Operator(operator), left, right)


def value(formula, values=None, references=None):
    outcome = evaluate(formula, decimals(values), decimals(references))
    assert not outcome.missing
    assert not outcome.is_division_by_zero
    return outcome.value


def decimals(values):
    return {code: Decimal(number) for code, number in (values or {}).items()}


def per_head():
    return of("/", of("×", FOOTPRINT, Constant(Decimal(1000), "kg_co2e/t_co2e")), STAFF)


def change():
    start = Reference("SOB-01")
    return of("/", of("×", c(100), of("−", FOOTPRINT, start)), start)


def expected(formula, values, references):
    """Compute by plain fractions, written apart from the product; None for a division by zero."""
    if isinstance(formula, Constant):
        return Fraction(formula.value)
    if isinstance(formula, Value | Reference):
        return Fraction((values if isinstance(formula, Value) else references)[formula.code])
    if isinstance(formula, Total | Binary):
        parts = formula.parts if isinstance(formula, Total) else (formula.left, formula.right)
        found = [expected(part, values, references) for part in parts]
        if None in found:
            return None
        if isinstance(formula, Total):
            return sum(found)
        left, right = found
        if formula.operator is Operator.DIVIDE:
            return (
                None if right == 0 else Fraction(left.numerator * right.denominator, left.denominator * right.numerator)
            )
        return {Operator.ADD: left + right, Operator.SUBTRACT: left - right, Operator.MULTIPLY: left * right}[
            formula.operator
        ]
    found = expected(formula.operand, values, references)
    return None if found is None else 0 - found


def test_a_footprint_is_brought_to_kilograms_per_person():
    assert value(per_head(), {"SOB-01": "1086.4", "EFF-01": 2500}) == Decimal("434.56")


def test_a_change_is_counted_from_the_baseline():
    assert value(change(), {"SOB-01": 75}, {"SOB-01": 100}) == -25


def test_a_sum_of_shares_is_their_sum():
    assert value(Total(PARTS), {"ACC-01": "0.1", "ACC-02": "0.2", "ACC-03": "-0.5"}) == Decimal("-0.2")


@pytest.mark.parametrize(
    ("operator", "result"), [("+", "7.5"), ("−", "4.5"), ("×", "9"), ("/", "4")], ids=["plus", "minus", "times", "per"]
)
def test_two_parts_are_joined_by_four_operations(operator, result):
    assert value(of(operator, c(6), c("1.5"))) == Decimal(result)


def test_a_sign_gives_the_opposite():
    assert value(Negative(FOOTPRINT), {"SOB-01": "-2.5"}) == Decimal("2.5")


@pytest.mark.parametrize(
    ("above", "below", "shown"),
    [
        (1, 3, "0.333333"),
        (2, 3, "0.666667"),
        (5, 10**7, "0"),
        (15, 10**7, "0.000002"),
        (-1, 10**9, "0"),
        (10**6, 1, "1000000"),
        (15, 10, "1.5"),
    ],
)
def test_a_result_has_six_decimals_at_most_rounded_half_to_even_and_no_exponent(above, below, shown):
    formula = of("/", Value("SOB-01"), Value("EFF-01"))
    assert str(value(formula, {"SOB-01": above, "EFF-01": below})) == shown


def test_a_result_does_not_depend_on_the_precision_of_the_caller():
    with localcontext() as context:
        context.prec = 3
        assert evaluate(of("+", c("123456.789"), c("0.000001")), {}, {}).value.as_tuple() == (
            (0, tuple(map(int, "123456789001")), -6)
        )


def test_a_missing_input_is_not_a_zero():
    assert evaluate(Total(PARTS), decimals({"ACC-01": 1, "ACC-03": 1}), {}) == Outcome(missing=(Missing("ACC-02"),))


def test_every_missing_input_is_listed_once_in_the_order_of_the_formula():
    formula = of("+", change(), of("−", STAFF, FOOTPRINT))
    assert evaluate(formula, {}, {}).missing == (
        Missing("SOB-01"),
        Missing("SOB-01", is_reference=True),
        Missing("EFF-01"),
    )


def test_a_value_does_not_stand_for_a_missing_baseline_nor_the_reverse():
    assert evaluate(change(), decimals({"SOB-01": 1}), {}).missing == (Missing("SOB-01", is_reference=True),)
    assert evaluate(change(), {}, decimals({"SOB-01": 1})).missing == (Missing("SOB-01"),)


def test_what_is_missing_is_told_rather_than_a_division_by_zero():
    outcome = evaluate(of("/", FOOTPRINT, c(0)), {}, {})
    assert outcome == Outcome(missing=(Missing("SOB-01"),))


def test_what_is_multiplied_by_zero_is_missing_all_the_same():
    assert evaluate(of("×", c(0), FOOTPRINT), {}, {}).value is None


@pytest.mark.parametrize(
    "divisor",
    [
        c(0),
        of("−", STAFF, STAFF),
        of("−", of("×", of("/", STAFF, c(3)), c(3)), STAFF),
    ],
    ids=["zero", "difference", "thirds"],
)
def test_a_division_by_zero_has_no_value_and_says_so(divisor):
    assert evaluate(of("/", c(1), divisor), decimals({"EFF-01": 7}), {}) == Outcome(is_division_by_zero=True)


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "-Infinity", "1E+999999", "1E-999999", "1E+15", "1E+40"])
def test_what_cannot_be_computed_or_kept_has_no_value(number):
    assert evaluate(FOOTPRINT, {"SOB-01": Decimal(number)}, {}) == Outcome()


def test_the_largest_number_that_can_be_kept_is_kept_and_the_next_has_no_value():
    largest = c("999999999999999.999999")
    assert value(largest) == largest.value
    assert evaluate(of("+", largest, c("0.000001")), {}, {}) == Outcome()


def test_a_large_step_on_the_way_to_a_small_result_does_no_harm():
    squared = of("×", FOOTPRINT, FOOTPRINT)
    formula = of("/", of("×", squared, squared), of("×", squared, squared))
    assert value(formula, {"SOB-01": "999999999999999.999999"}) == 1


@quick
@given(formulas, full_stores, full_stores)
def test_a_value_is_the_exact_result_rounded(formula, values, references):
    exact = expected(formula, values, references)
    outcome = evaluate(formula, values, references)
    assert outcome.is_division_by_zero is (exact is None)
    if exact is not None and abs(exact) < 10**15 - 1:
        assert abs(Fraction(outcome.value) - exact) <= Fraction(1, 2 * 10**6)
        assert -6 <= outcome.value.as_tuple().exponent <= 0


@quick
@given(formulas, stores, stores)
def test_a_missing_input_never_gives_a_value_and_is_always_listed(formula, values, references):
    outcome = evaluate(formula, values, references)
    named = set(inputs(formula))
    absent = {missing.code for missing in outcome.missing}
    assert absent <= named
    assert {code for code in named if code not in values and code not in references} <= absent
    assert len(set(outcome.missing)) == len(outcome.missing)
    if outcome.missing:
        assert outcome.value is None
        assert not outcome.is_division_by_zero
    else:
        assert all(code in values or code in references for code in named)


@quick
@given(st.lists(st.decimals(-(10**6), 10**6, places=2), min_size=1, max_size=8), st.integers(1, 1000))
def test_a_sum_grows_as_its_parts_do(parts, factor):
    values = {f"SOB-{place}": part for place, part in enumerate(parts)}
    total = Total(tuple(Value(code) for code in values))
    scaled = {code: part * factor for code, part in values.items()}
    assert value(total, scaled) == value(of("×", total, c(factor)), values) == sum(scaled.values())


@quick
@given(st.decimals(1, 10**6, places=2), st.decimals(1, 10**6, places=2), st.integers(1, 1000))
def test_a_figure_per_head_does_not_change_when_both_parts_grow_alike(footprint, staff, factor):
    alone = value(per_head(), {"SOB-01": footprint, "EFF-01": staff})
    assert value(per_head(), {"SOB-01": footprint * factor, "EFF-01": staff * factor}) == alone


def test_inputs_are_named_once_in_the_order_in_which_they_appear():
    formula = of("−", Total((STAFF, Reference("GOV-12"), FOOTPRINT)), Negative(of("×", STAFF, Reference("SOB-01"))))
    assert inputs(formula) == ("EFF-01", "GOV-12", "SOB-01")


def test_a_constant_has_no_input():
    assert inputs(c(1)) == ()


@pytest.mark.parametrize("number", ["-1", "NaN", "Infinity", "1E+15", "0.0000001"])
def test_a_constant_is_a_number_that_can_be_written_in_a_formula(number):
    with pytest.raises(ValueError, match="constant"):
        Constant(Decimal(number))


def test_a_total_has_a_part():
    with pytest.raises(ValueError, match="nothing"):
        Total(())


def test_a_formula_comes_after_those_it_is_computed_from():
    formulas = {"A-1": of("+", Value("B-1"), Value("C-1")), "B-1": Negative(Value("C-1")), "C-1": FOOTPRINT}
    assert order(formulas) == ("C-1", "B-1", "A-1")


def test_only_formulas_are_put_in_order():
    assert order({"SOB-02": per_head()}) == ("SOB-02",)
    assert order({}) == ()


def test_a_baseline_makes_no_loop():
    assert set(
        order({"SOB-01": Reference("SOB-02"), "SOB-02": Reference("SOB-01"), "SOB-03": Reference("SOB-03")})
    ) == {
        "SOB-01",
        "SOB-02",
        "SOB-03",
    }


def test_a_formula_that_names_itself_is_a_loop():
    with pytest.raises(Cycle) as refused:
        order({"SOB-01": of("+", c(1), FOOTPRINT)})
    assert refused.value.path == ("SOB-01", "SOB-01")


def test_a_loop_is_named_from_the_first_formula_in_it():
    formulas = {"SOB-09": Value("SOB-02"), "SOB-02": FOOTPRINT, "SOB-01": Total((STAFF, Value("SOB-02")))}
    with pytest.raises(Cycle) as refused:
        order(formulas)
    assert refused.value.path == ("SOB-02", "SOB-01", "SOB-02")
    assert str(refused.value) == "SOB-02 → SOB-01 → SOB-02"


@quick
@given(st.integers(1, 60), st.randoms())
def test_a_loop_of_any_length_is_named_in_full(length, random):
    ring = [f"SOB-{place}" for place in range(length)]
    needs = dict(zip(ring, [*ring[1:], ring[0]], strict=True))
    listed = random.sample(ring, length)
    with pytest.raises(Cycle) as refused:
        order({"GOV-01": c(1), **{code: of("+", STAFF, Value(needs[code])) for code in listed}})
    path = refused.value.path
    assert path[0] == path[-1] == listed[0]
    assert len(path) == length + 1
    assert all(needs[code] == following for code, following in pairwise(path))


@quick
@given(st.integers(1, 12), st.data())
def test_formulas_that_make_no_loop_are_all_put_in_order(count, data):
    codes = data.draw(st.permutations([f"SOB-{place}" for place in range(count)]))
    formulas = {
        code: Total((c(1), *map(Value, data.draw(st.lists(st.sampled_from(codes[:place]) if place else st.nothing())))))
        for place, code in enumerate(codes)
    }
    given_order = data.draw(st.permutations(codes))
    found = order({code: formulas[code] for code in given_order})
    assert sorted(found) == sorted(codes)
    for code in codes:
        assert all(found.index(needed) < found.index(code) for needed in inputs(formulas[code]))


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (per_head(), "SOB-01 × 1000 [kg_co2e/t_co2e] / EFF-01"),
        (change(), "100 × (SOB-01 − référence(SOB-01)) / référence(SOB-01)"),
        (Total(PARTS), "somme(ACC-01 ; ACC-02 ; ACC-03)"),
        (of("−", c(1), of("+", c(2), c(3))), "1 − (2 + 3)"),
        (of("+", of("−", c(1), c(2)), c(3)), "1 − 2 + 3"),
        (of("/", c(1), of("/", c(2), c(3))), "1 / (2 / 3)"),
        (of("×", of("+", c(1), c(2)), c("0.5")), "(1 + 2) × 0,5"),
        (of("+", of("×", c(1), c(2)), of("/", c(3), c(4))), "1 × 2 + 3 / 4"),
        (of("−", Negative(STAFF), Negative(STAFF)), "−EFF-01 − (−EFF-01)"),
        (Negative(Negative(of("+", c(1), c(2)))), "−(−(1 + 2))"),
        (of("×", Negative(c(1)), Total((of("+", c(1), c(2)),))), "−1 × somme(1 + 2)"),
        (c("1E+3"), "1000"),
    ],
)
def test_a_formula_is_written_with_no_more_parentheses_than_it_needs(formula, text):
    assert written(formula) == text
