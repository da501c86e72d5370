"""Units of formulas: what a product, a ratio and a sum come to, and what is refused."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.dimensions import (
    DIMENSIONS,
    NONE,
    Dimension,
    Incompatible,
    UnknownUnit,
    WrongUnit,
    check_units,
    dimension_of,
    dimension_of_unit,
    parse_unit,
)
from tracker.domain.formula import Binary, Constant, Negative, Operator, Reference, Total, Value
from tracker.labels.units import UNITS

quick = settings(deadline=None)
CATALOGUE = Path(__file__).parents[2] / "seeds/indicators"
KINDS = {"SOB-01": "t_co2e", "SOB-02": "kg_co2e_per_person", "EFF-01": "people", "EFF-02": "fte", "ACC-01": "percent"}
FOOTPRINT, PER_HEAD, STAFF, FULL_TIME, SHARE = map(Value, KINDS)
KILOGRAMS = Constant(Decimal(1000), "kg_co2e/t_co2e")
ONE = Constant(Decimal(1))
dimensions = st.dictionaries(
    st.sampled_from(["person", "kg", "eur", "year", "kwh"]), st.integers(-3, 3).filter(bool)
).map(lambda powers: Dimension(tuple(sorted(powers.items()))))


def of(operator, left, right):
    return Binary(Operator(operator), left, right)


def found(formula):
    return dimension_of(formula, KINDS)


def test_every_unit_that_has_words_has_its_dimension():
    assert set(DIMENSIONS) == set(UNITS)


def test_every_unit_of_the_catalogue_has_its_dimension():
    for file in CATALOGUE.glob("*.yaml"):
        for indicator in yaml.safe_load(file.read_text(encoding="utf-8"))["indicators"]:
            assert indicator["unit"] in DIMENSIONS, indicator["code"]


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("kg_co2e_per_person", "kg_co2e/person"),
        ("devices_per_person", "device/person"),
        ("screens_per_person", "screen/person"),
        ("people", "person"),
        ("fte", "person"),
        ("eur", "eur"),
        ("percent", ""),
        ("unitless", ""),
        ("yes_no", ""),
        ("score_10", ""),
        ("score_1000", ""),
    ],
)
def test_the_unit_of_an_indicator_is_a_product_of_powers(unit, text):
    assert str(dimension_of_unit(unit)) == text


def test_tonnes_and_kilograms_are_strangers_to_each_other():
    assert dimension_of_unit("t_co2e") != dimension_of_unit("kg_co2e")


def test_a_unit_that_is_not_ours_agrees_with_itself_only():
    assert dimension_of_unit("trees") == dimension_of_unit("trees")
    assert dimension_of_unit("trees") not in {NONE, dimension_of_unit("hedges")}


@pytest.mark.parametrize(
    ("text", "powers"),
    [
        ("kg_co2e/t_co2e", {"kg_co2e": 1, "t_co2e": -1}),
        ("person", {"person": 1}),
        ("people", {"person": 1}),
        ("eur/year", {"eur": 1, "year": -1}),
        ("kwh/mwh", {"kwh": 1, "mwh": -1}),
        (" KWh / MWh ", {"kwh": 1, "mwh": -1}),
        ("1/person", {"person": -1}),
        ("eur/person/year", {"eur": 1, "person": -1, "year": -1}),
        ("eur/person*year", {"eur": 1, "person": -1, "year": 1}),
        ("person*person", {"person": 2}),
        ("kg_co2e_per_person*person", {"kg_co2e": 1}),
        ("person/person", {}),
        ("percent", {}),
        ("1", {}),
    ],
)
def test_a_unit_is_read_from_the_left(text, powers):
    assert dict(parse_unit(text).powers) == powers


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("furlong", "furlong"),
        ("kg/furlong", "furlong"),
        ("", ""),
        ("kg//person", "kg//person"),
        ("kg*", "kg*"),
        ("2", "2"),
        ("kg person", "kg person"),
    ],
)
def test_a_name_that_is_not_ours_is_refused(text, name):
    with pytest.raises(UnknownUnit) as refused:
        parse_unit(text)
    assert refused.value.name == name


@quick
@given(dimensions.filter(lambda dimension: dimension != NONE))
def test_a_dimension_reads_back_as_it_is_written(dimension):
    assert parse_unit(str(dimension)) == dimension


@quick
@given(dimensions, dimensions, dimensions)
def test_dimensions_multiply_as_numbers_do(one, two, three):
    assert one * two == two * one
    assert (one * two) * three == one * (two * three)
    assert one * two / two == one
    assert one / one == NONE
    assert one * NONE == one


def test_a_footprint_per_person_needs_its_conversion():
    per_head = of("/", of("×", FOOTPRINT, KILOGRAMS), STAFF)
    check_units(per_head, "kg_co2e_per_person", KINDS)
    with pytest.raises(WrongUnit) as refused:
        check_units(of("/", FOOTPRINT, STAFF), "kg_co2e_per_person", KINDS)
    assert str(refused.value.found) == "t_co2e/person"
    assert str(refused.value.expected) == "kg_co2e/person"


def test_a_figure_per_head_is_divided_by_heads_or_by_full_time_equivalents():
    assert found(of("/", FOOTPRINT, STAFF)) == found(of("/", FOOTPRINT, FULL_TIME))


def test_a_change_against_the_baseline_has_no_unit():
    start = Reference("SOB-01")
    change = of("/", of("×", Constant(Decimal(100)), of("−", FOOTPRINT, start)), start)
    check_units(change, "percent", KINDS)


def test_shares_add_up_with_plain_numbers():
    check_units(Total((SHARE, ONE, of("/", STAFF, FULL_TIME))), "percent", KINDS)


def test_a_sign_keeps_the_unit():
    assert found(Negative(FOOTPRINT)) == found(FOOTPRINT)


@pytest.mark.parametrize(
    ("formula", "left", "right"),
    [
        (of("+", FOOTPRINT, STAFF), "t_co2e", "person"),
        (of("−", STAFF, ONE), "person", ""),
        (of("−", ONE, Negative(STAFF)), "", "person"),
        (Total((STAFF, FULL_TIME, FOOTPRINT)), "person", "t_co2e"),
        (of("+", FOOTPRINT, Constant(Decimal(1), "kg_co2e")), "t_co2e", "kg_co2e"),
        (of("×", ONE, Total((ONE, of("+", FOOTPRINT, PER_HEAD)))), "t_co2e", "kg_co2e/person"),
    ],
    ids=["units", "number-after", "number-before", "list", "tonnes", "inside"],
)
def test_a_sum_that_mixes_units_is_refused_with_both(formula, left, right):
    with pytest.raises(Incompatible) as refused:
        found(formula)
    assert (str(refused.value.left), str(refused.value.right)) == (left, right)


def test_a_constant_in_the_unit_may_be_added():
    assert found(of("+", FOOTPRINT, Constant(Decimal(5), "t_co2e"))) == dimension_of_unit("t_co2e")


def test_a_constant_in_a_unit_that_is_not_ours_is_refused():
    with pytest.raises(UnknownUnit):
        found(Constant(Decimal(5), "furlong"))
