"""Formulas as officers write them: read into a tree, or refused with the reason and the place."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.errors import Invalid, ProblemCode
from tracker.domain.formula import Binary, Constant, Negative, Operator, Reference, Total, Value, evaluate, written
from tracker.importers.formulas import MAX_CHARACTERS, MAX_DEPTH, check, read
from tracker.labels.problems import problem_sentence

quick = settings(deadline=None)
FOOTPRINT, STAFF = Value("SOB-01"), Value("EFF-01")
UNITS = {
    "SOB-01": "t_co2e",
    "SOB-02": "kg_co2e_per_person",
    "SOB-03": "percent",
    "EFF-01": "people",
    "ACC-01": "percent",
    "ACC-02": "percent",
}
constants = st.builds(
    Constant,
    st.decimals(0, 10**15 - 1, places=6) | st.integers(0, 10**15 - 1).map(Decimal),
    st.sampled_from(["", "", "person", "kg_co2e/t_co2e", "1/person", "eur*year/person"]),
)
codes = st.from_regex(r"[A-Z]{1,4}(-[A-Z]{1,3})?-[0-9]{1,3}", fullmatch=True)
formulas = st.recursive(
    constants | codes.map(Value) | codes.map(Reference),
    lambda inner: (
        st.builds(Binary, st.sampled_from(Operator), inner, inner)
        | st.builds(Negative, inner)
        | st.lists(inner, min_size=1, max_size=3).map(lambda parts: Total(tuple(parts)))
    ),
    max_leaves=10,
).filter(lambda formula: len(written(formula)) <= MAX_CHARACTERS)
pieces = st.sampled_from(
    (
        *("SOB-01", "eff-01", "1", "2,5", "1 000", "1.234", "[kg]", "[", "]", "(", ")", ";", "+", "-", "−", "×", "*"),
        *("/", "÷", "somme", "sum(", "référence(", "reference", " ", ",", ".", "0", "**", "=", "x", "e9", "\u202f"),
        *("\u2011", "é"),
    )
)


def c(number, unit=""):
    return Constant(Decimal(number), unit)


def of(operator, left, right):
    return Binary(Operator(operator), left, right)


def refusal(text, **options):
    with pytest.raises(Invalid) as refused:
        read(text, **options)
    [problem] = refused.value.problems
    return problem


def refusals(text, code="SOB-02", unit="kg_co2e_per_person", formulas=None, **options):
    with pytest.raises(Invalid) as refused:
        check(text, code=code, unit=unit, units=UNITS, formulas=formulas or {}, **options)
    return {problem.code: problem.values for problem in refused.value.problems}


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("SOB-01", FOOTPRINT),
        ("sob-01", FOOTPRINT),
        ("SOB\u201101", FOOTPRINT),
        ("GOV-12", Value("GOV-12")),
        ("MEL-SOB-01", Value("MEL-SOB-01")),
        ("SUM-01", Value("SUM-01")),
        ("référence(SOB-01)", Reference("SOB-01")),
        ("Reference ( sob-01 )", Reference("SOB-01")),
        ("RÉFÉRENCE(SOB-01)", Reference("SOB-01")),
        ("re\u0301fe\u0301rence(SOB-01)", Reference("SOB-01")),
        ("somme(SOB-01 ; 0,5)", Total((FOOTPRINT, c("0.5")))),
        ("SUM(SOB-01;0.5)", Total((FOOTPRINT, c("0.5")))),
        ("somme(SOB-01)", Total((FOOTPRINT,))),
        ("SOB-01 + EFF-01", of("+", FOOTPRINT, STAFF)),
        ("SOB-01 - EFF-01", of("−", FOOTPRINT, STAFF)),
        ("SOB-01 − EFF-01", of("−", FOOTPRINT, STAFF)),
        ("SOB-01 – EFF-01", of("−", FOOTPRINT, STAFF)),
        ("SOB-01 * EFF-01", of("×", FOOTPRINT, STAFF)),
        ("SOB-01 × EFF-01", of("×", FOOTPRINT, STAFF)),
        ("SOB-01 / EFF-01", of("/", FOOTPRINT, STAFF)),
        ("SOB-01 ÷ EFF-01", of("/", FOOTPRINT, STAFF)),
        ("2-SOB-01", of("−", c(2), FOOTPRINT)),
        ("SOB-01-2", of("−", FOOTPRINT, c(2))),
        ("SOB-01-EFF-01", of("−", FOOTPRINT, STAFF)),
        ("-SOB-01", Negative(FOOTPRINT)),
        ("2 × −SOB-01", of("×", c(2), Negative(FOOTPRINT))),
        ("-(-1)", Negative(Negative(c(1)))),
        ("1 000 [kg_co2e/t_co2e]", c(1000, "kg_co2e/t_co2e")),
        ("1000[KG_CO2E / t_co2e]", c(1000, "kg_co2e/t_co2e")),
        ("2 [person/person]", c(2)),
        ("((SOB-01))", FOOTPRINT),
        ("\n SOB-01\u00a0/\u202fEFF-01\t", of("/", FOOTPRINT, STAFF)),
    ],
)
def test_a_formula_is_read_in_the_spelling_of_the_officers(text, formula):
    assert read(text) == formula


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1000", "1000"),
        ("1 000", "1000"),
        ("1\u202f000\u202f000,25", "1000000.25"),
        ("0,5", "0.5"),
        ("0.5", "0.5"),
        ("1.234.567,5", "1234567.5"),
        ("007", "7"),
    ],
)
def test_a_number_is_read_as_everywhere_else(text, number):
    assert read(text) == c(number)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("1 + 2 × 3", 7),
        ("(1 + 2) × 3", 9),
        ("10 - 3 - 2", 5),
        ("100 / 10 / 2", 5),
        ("100 / 10 × 2", 20),
        ("-2 + 5", 3),
        ("-2 × 3 - -1", -5),
        ("somme(1 ; 2 + 3 ; 2 × (1 + 1)) / 2", 5),
        ("1 200 / 2 - 100", 500),
    ],
)
def test_operations_have_the_precedence_taught_at_school(text, result):
    assert evaluate(read(text), {}, {}).value == result


@quick
@given(st.lists(st.tuples(st.sampled_from("+-×"), st.integers(0, 99)), min_size=1, max_size=7))
def test_a_line_without_parentheses_is_a_sum_of_products(line):
    text = "0 " + " ".join(f"{sign} {number}" for sign, number in line)
    terms = [0]
    for sign, number in line:
        if sign == "×":
            terms[-1] *= number
        else:
            terms.append(number if sign == "+" else -number)
    assert evaluate(read(text), {}, {}).value == sum(terms)


@quick
@given(formulas)
def test_what_is_written_reads_back_as_an_equal_tree(formula):
    assert read(written(formula)) == formula


@quick
@given(formulas)
def test_one_tree_has_one_spelling(formula):
    assert written(read(written(formula))) == written(formula)


@quick
@given(st.text() | st.lists(pieces, max_size=40).map("".join) | st.lists(pieces, max_size=40).map(" ".join))
def test_no_text_does_anything_but_read_or_be_refused_in_a_sentence(text):
    try:
        formula = read(text)
    except Invalid as refused:
        sentences = [problem_sentence(problem) for problem in refused.problems]
    else:
        sentences = ["read"] if read(written(formula)) == formula else []
    assert all(sentences)
    assert sentences


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "__import__('os').system('true')",
        "open('/etc/passwd')",
        "().__class__",
        "{{ 7 * 7 }}",
        "SOB-01.__class__",
        "lambda: 1",
        "SOB-01; DROP TABLE indicator",
        "exec(SOB-01)",
        "2 ** 9999999",
        "1 if 1 else 2",
        "=SOMME(A1:A3)",
    ],
)
def test_code_is_refused_like_any_other_text(text):
    assert refusal(text).code is ProblemCode.FORMULA_UNREADABLE


@pytest.mark.parametrize(
    ("text", "position", "quoted"),
    [
        ("SOB-01 × 2 foo", 12, "foo"),
        ("SOB", 1, "SOB"),
        ("SOB-01A", 1, "SOB-01A"),
        ("sommes(1)", 1, "sommes"),
        ("1 + × 2", 5, "×"),
        ("2 SOB-01", 3, "SOB-01"),
        ("2 (3)", 3, "("),
        ("(1))", 4, ")"),
        ("--1", 2, "-"),
        ("+1", 1, "+"),
        ("1 : 2", 3, ":"),
        ("somme(SOB-01, EFF-01)", 13, ","),
        ("somme()", 7, ")"),
        ("référence(2)", 11, "2"),
        ("référence(SOB-01 + 1)", 18, "+"),
        ("SOB-01 [t_co2e]", 8, "["),
        ("1 []", 3, "["),
        ("1 0000", 3, "0000"),
        ("1e5", 2, "e5"),
        ("NaN", 1, "NaN"),
        ("x" * 90, 1, "x" * 40),
    ],
)
def test_what_is_not_expected_is_quoted_with_its_position(text, position, quoted):
    problem = refusal(text)
    assert problem.code is ProblemCode.FORMULA_UNREADABLE
    assert problem.values == {"position": position, "text": quoted}


@pytest.mark.parametrize("text", ["1 +", "(1", "somme(1 ;", "référence", "SOB-01 /"])
def test_a_formula_that_stops_too_soon_is_told_so(text):
    assert refusal(text).code is ProblemCode.FORMULA_UNFINISHED


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00"])
def test_an_empty_formula_is_told_so(text):
    assert refusal(text).code is ProblemCode.FORMULA_EMPTY


def test_a_formula_has_five_hundred_characters_at_most():
    assert read("1 +" + " " * (MAX_CHARACTERS - 4) + "1") == of("+", c(1), c(1))
    problem = refusal("1 +" + " " * (MAX_CHARACTERS - 3) + "1")
    assert (problem.code, problem.values) == (ProblemCode.FORMULA_TOO_LONG, {"limit": MAX_CHARACTERS})


@pytest.mark.parametrize("opening", ["(", "-(", "somme(", "1+("])
def test_parentheses_nest_thirty_times_at_most(opening):
    assert read(opening * MAX_DEPTH + "1" + ")" * MAX_DEPTH)
    problem = refusal(opening * (MAX_DEPTH + 1) + "1" + ")" * (MAX_DEPTH + 1))
    assert (problem.code, problem.values) == (ProblemCode.FORMULA_TOO_DEEP, {"limit": MAX_DEPTH})


def test_a_formula_has_five_hundred_characters_at_most_once_its_spaces_are_in_too():
    assert len(written(read("+".join("1" * 125)))) == 497
    assert refusal("+".join("1" * 126)).code is ProblemCode.FORMULA_TOO_LONG


def test_parentheses_side_by_side_are_not_nested():
    assert evaluate(read("+".join(["(1)"] * 60)), {}, {}).value == 60


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2 × 1.234", ProblemCode.AMBIGUOUS_NUMBER),
        ("1" * 16, ProblemCode.NUMBER_TOO_LONG),
        ("0,1234567", ProblemCode.NUMBER_TOO_LONG),
        ("1,2,3", ProblemCode.NOT_A_NUMBER),
    ],
)
def test_a_number_that_cannot_be_read_is_refused_as_everywhere_else(text, code):
    assert refusal(text).code is code


@pytest.mark.parametrize(("text", "name"), [("2 [furlong]", "furlong"), ("2 [kg/Foo]", "foo"), ("2 [kg//t]", "kg//t")])
def test_a_unit_that_is_not_ours_is_refused_by_its_name(text, name):
    problem = refusal(text)
    assert (problem.code, problem.values) == (ProblemCode.FORMULA_UNKNOWN_UNIT, {"text": name})


@pytest.mark.parametrize("text", ["", "foo", "1.234", "1 [foo]", "1 +", "(" * 40, "1" * 600])
def test_a_refusal_stands_at_the_field_that_was_typed(text):
    assert refusal(text, where="SOB-02:formula").where == "SOB-02:formula"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("SOB-02", "SOB-01 × 1000 [kg_co2e/t_co2e] / EFF-01"),
        ("SOB-03", "100 × (SOB-01 − référence(SOB-01)) / référence(SOB-01)"),
        ("SOB-03", "somme(ACC-01 ; ACC-02) / 2"),
        ("SOB-01", "référence(SOB-01) × (1 + SOB-03 / 100)"),
    ],
)
def test_a_formula_in_the_unit_of_its_indicator_is_accepted(code, text):
    formula = check(text, code=code, unit=UNITS[code], units=UNITS, formulas={})
    assert written(formula) == text


def test_unknown_indicators_are_all_named():
    assert refusals("SOB-99 + référence(gov-98) / EFF-01") == {
        ProblemCode.FORMULA_UNKNOWN_INDICATOR: {"codes": "SOB-99, GOV-98"}
    }


def test_a_loop_through_another_formula_is_named_from_the_one_being_written():
    found = refusals("SOB-02 × 1", "SOB-01", "t_co2e", {"SOB-02": read("SOB-01 / EFF-01")})
    assert found[ProblemCode.FORMULA_CYCLE] == {"path": "SOB-01 → SOB-02 → SOB-01"}


def test_a_formula_that_names_itself_is_a_loop():
    assert refusals("SOB-02 + SOB-02") == {ProblemCode.FORMULA_CYCLE: {"path": "SOB-02 → SOB-02"}}


def test_the_formula_that_is_replaced_makes_no_loop():
    formulas = {"SOB-02": read("SOB-02"), "SOB-03": read("100 × SOB-02 / SOB-02")}
    assert check(
        "1 [kg_co2e/person] × ACC-01 / ACC-02", code="SOB-02", unit="kg_co2e_per_person", units=UNITS, formulas=formulas
    )


@pytest.mark.parametrize("length", [1, 2, 3, 10])
def test_a_loop_of_any_length_is_named(length):
    ring = [f"SOB-{place:02}" for place in range(length)]
    others = (
        {code: Value(needed) for code, needed in zip(ring[1:], [*ring[2:], ring[0]], strict=True)} if ring[1:] else {}
    )
    with pytest.raises(Invalid) as refused:
        check((ring + ring)[1], code=ring[0], unit="eur", units=dict.fromkeys(ring, "eur"), formulas=others)
    [problem] = refused.value.problems
    assert problem.values == {"path": " → ".join([*ring, ring[0]])}


def test_units_that_do_not_mix_are_both_told_in_words():
    assert refusals("SOB-01 + EFF-01") == {ProblemCode.FORMULA_MIXED_UNITS: {"left": "t CO₂e", "right": "personnes"}}
    assert refusals("EFF-01 - 1") == {ProblemCode.FORMULA_MIXED_UNITS: {"left": "personnes", "right": "sans unité"}}


def test_a_result_in_another_unit_is_told_with_the_one_expected():
    assert refusals("SOB-01 / EFF-01") == {
        ProblemCode.FORMULA_WRONG_UNIT: {"found": "t CO₂e / personnes", "expected": "kg CO₂e par agent"}
    }
    assert refusals("SOB-01", "SOB-03", "percent")[ProblemCode.FORMULA_WRONG_UNIT]["expected"] == "%"


def test_everything_wrong_is_told_at_once():
    assert set(refusals("SOB-99 + SOB-02")) == {ProblemCode.FORMULA_UNKNOWN_INDICATOR, ProblemCode.FORMULA_CYCLE}
    assert set(refusals("SOB-02 + SOB-01")) == {ProblemCode.FORMULA_CYCLE, ProblemCode.FORMULA_MIXED_UNITS}


def test_every_refusal_has_its_sentence():
    with pytest.raises(Invalid) as refused:
        check("SOB-02 + SOB-01", code="SOB-02", unit="kg_co2e_per_person", units=UNITS, formulas={})
    assert [problem_sentence(problem) for problem in refused.value.problems] == [
        "La formule tourne en rond\u00a0: SOB-02 → SOB-02.",
        "Une somme ou une différence mélange deux unités\u00a0: kg CO₂e par agent et t CO₂e.",
    ]
    assert problem_sentence(refusal("SOB-01 × 2 foo")) == "À la position 12, «\u202ffoo\u202f» n’est pas attendu."
