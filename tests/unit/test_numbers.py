"""Numbers as French officers write them: read exactly, or refused with the reason."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import ProblemCode
from tracker.domain.numbers import UnreadableNumber, parse_number, plain_text, whole_number

PLAIN, NO_BREAK, FIGURE, THIN, NARROW = " ", "\u00a0", "\u2007", "\u2009", "\u202f"
MINUS, EN_DASH, EM_DASH = "\u2212", "\u2013", "\u2014"
SPACES = pytest.mark.parametrize("space", [PLAIN, NO_BREAK, FIGURE, THIN, NARROW], ids=lambda s: f"U+{ord(s):04X}")

storable = st.decimals(min_value=-(10**15) + 1, max_value=10**15 - 1, places=6, allow_nan=False, allow_infinity=False)
three_decimals = st.integers(-999_999, 999_999).map(lambda thousandths: Decimal(thousandths).scaleb(-3))


def refusal(text, **options):
    with pytest.raises(UnreadableNumber) as refused:
        parse_number(text, **options)
    return refused.value.problem


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5", "5"),
        ("5,4", "5.4"),
        ("5.4", "5.4"),
        ("0,12", "0.12"),
        ("0", "0"),
        ("007", "7"),
        ("+25", "25"),
        ("-25", "-25"),
        ("1234", "1234"),
        ("1234,5", "1234.5"),
        ("1234.567", "1234.567"),
        ("1,234", "1.234"),
        ("0.234", "0.234"),
        ("-0.234", "-0.234"),
        ("  5,4  ", "5.4"),
        ("5,4\n", "5.4"),
        ("\u202f5\u00a0", "5"),
    ],
)
def test_a_number_written_the_french_way_is_read_exactly(text, expected):
    assert parse_number(text) == Decimal(expected)


def test_a_number_is_read_as_a_decimal_so_that_tenths_add_up():
    assert parse_number("0,1") + parse_number("0,2") == Decimal("0.3")
    assert isinstance(parse_number("0,1"), Decimal)


@SPACES
def test_thousands_are_separated_by_any_french_space(space):
    assert parse_number(f"1{space}234") == 1234
    assert parse_number(f"1{space}234,5") == Decimal("1234.5")
    assert parse_number(f"-12{space}345{space}678.25") == Decimal("-12345678.25")


@SPACES
def test_a_space_that_does_not_separate_thousands_is_refused(space):
    for text in (
        f"1{space}23",
        f"12{space}3456",
        f"1234{space}567",
        f"5{space}4",
        f"5,{space}4",
        f"1{space}{space}234",
    ):
        assert refusal(text).code is ProblemCode.NOT_A_NUMBER


def test_three_digits_after_a_spaced_group_are_decimals_without_doubt():
    assert parse_number("1 234.567") == Decimal("1234.567")
    assert parse_number("1 234,567") == Decimal("1234.567")


@pytest.mark.parametrize(
    ("text", "decimal", "grouped"),
    [
        ("1.234", "1,234", "1\u202f234"),
        ("12.000", "12,000", "12\u202f000"),
        ("-1.234", "-1,234", "-1\u202f234"),
        (f"{MINUS}1.234", "-1,234", "-1\u202f234"),
        ("+999.999", "+999,999", "+999\u202f999"),
    ],
)
def test_a_dot_before_three_digits_is_refused_with_its_two_readings(text, decimal, grouped):
    problem = refusal(text, where="value-2025")
    assert problem.where == "value-2025"
    assert problem.code is ProblemCode.AMBIGUOUS_NUMBER
    assert problem.values == {"text": text, "decimal": decimal, "grouped": grouped}


def test_an_ambiguous_percentage_is_refused_too():
    problem = refusal("1.234 %", is_percent=True)
    assert problem.code is ProblemCode.AMBIGUOUS_NUMBER
    assert (problem.values["decimal"], problem.values["grouped"]) == ("1,234", "1\u202f234")


def test_each_reading_offered_for_an_ambiguous_number_is_accepted_when_typed():
    readings = refusal("1.234").values
    assert parse_number(str(readings["decimal"])) == Decimal("1.234")
    assert parse_number(str(readings["grouped"])) == 1234


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.234,5", "1234.5"),
        ("-1.234,5", "-1234.5"),
        ("1,234.5", "1234.5"),
        ("12.345.678,9", "12345678.9"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
    ],
)
def test_two_marks_tell_the_thousands_from_the_decimals(text, expected):
    assert parse_number(text) == Decimal(expected)


@pytest.mark.parametrize("text", ["1.2.3", "1,2,3", "1.234.56", "1.234,567,8", "1,234 567", "1.234 567", "1.234.567.8"])
def test_marks_that_separate_nothing_are_refused(text):
    assert refusal(text).code is ProblemCode.NOT_A_NUMBER


@pytest.mark.parametrize("sign", ["-", MINUS, EN_DASH], ids=["hyphen", "minus", "en dash"])
def test_every_way_of_typing_minus_is_minus(sign):
    assert parse_number(f"{sign}25") == -25
    assert parse_number(f"{sign}1 234,5") == Decimal("-1234.5")


@pytest.mark.parametrize("text", ["--5", "+-5", f"{MINUS}{MINUS}5", "5-", "-", "+", "(5)", f"{EM_DASH}5"])
def test_a_sign_that_is_not_before_a_number_is_refused(text):
    assert refusal(text).code is ProblemCode.NOT_A_NUMBER


@pytest.mark.parametrize("text", ["12 %", "12%", "12\u00a0%", "12\u202f%", " 12 % "])
def test_a_percent_sign_is_read_only_for_a_percentage(text):
    assert parse_number(text, is_percent=True) == 12
    assert refusal(text).code is ProblemCode.NOT_A_PERCENTAGE


@pytest.mark.parametrize("text", ["%", " %", "12 %%", "douze %", "1.234 %"])
def test_what_is_no_number_without_its_percent_sign_either_is_told_so(text):
    assert refusal(text).code is ProblemCode.NOT_A_NUMBER


@SPACES
def test_the_space_before_a_percent_sign_may_be_any_space_accepted_elsewhere(space):
    assert parse_number(f"1{space}234{space}%", is_percent=True) == 1234


def test_a_percentage_may_be_typed_without_its_sign():
    assert parse_number("25,6", is_percent=True) == Decimal("25.6")


@pytest.mark.parametrize("text", ["%", " %", "12 %%", "% 12", "12 pour cent", "12 ‰", "12 € %"])
def test_a_percent_sign_alone_or_doubled_is_refused(text):
    assert refusal(text, is_percent=True).code is ProblemCode.NOT_A_NUMBER


@pytest.mark.parametrize("text", ["NaN", "nan", "sNaN", "-NaN", "Infinity", "-Infinity", "inf", "∞"])
def test_what_is_not_a_finite_number_is_refused(text):
    assert refusal(text).code is ProblemCode.NOT_A_NUMBER


@pytest.mark.parametrize("text", ["1e3", "1E3", "1e400", "1e-400", "1,5e3", "1×10³", "10^3", "0x10", "1_000"])
def test_an_exponent_or_a_programmer_s_notation_is_refused(text):
    assert refusal(text).code is ProblemCode.NOT_A_NUMBER


@pytest.mark.parametrize(
    "text", ["٣", "١٢٣", "१२", "１２", "１，５", "²", "½", "五", "1٣", "𝟏𝟐", "1,٣", "1.234,٣"], ids=ascii
)
def test_the_digits_of_another_script_are_refused(text):
    assert refusal(text).code is ProblemCode.NOT_A_NUMBER


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "\n", ",", ".", "5,", ",5", ".5", "5.", "1.234,"])
def test_an_empty_or_unfinished_number_is_refused(text):
    assert refusal(text).code is ProblemCode.NOT_A_NUMBER


@pytest.mark.parametrize(
    "text", ["N/A", "oui", "5 ans", "5,4 ans", "€ 5", "1'234", "5/6", "5\x00", "5\u200b", "1\t234"]
)
def test_words_and_units_are_refused_and_quoted_back(text):
    problem = refusal(text)
    assert problem.code is ProblemCode.NOT_A_NUMBER
    assert problem.values["text"] == text


def test_a_refused_text_is_quoted_up_to_forty_characters():
    assert refusal("x" * 10_000).values["text"] == "x" * 40


def test_fifteen_digits_before_the_mark_are_read_and_sixteen_refused():
    assert parse_number("999999999999999") == 999_999_999_999_999
    assert parse_number("999 999 999 999 999") == 999_999_999_999_999
    assert refusal("1000000000000000").code is ProblemCode.NUMBER_TOO_LONG
    assert refusal("1 000 000 000 000 000").code is ProblemCode.NUMBER_TOO_LONG
    assert refusal("1.000.000.000.000.000").code is ProblemCode.NUMBER_TOO_LONG


def test_zeros_in_front_do_not_count_as_digits():
    assert parse_number("000000000000000000005") == 5


def test_six_digits_after_the_mark_are_read_and_seven_refused():
    assert parse_number("0,123456") == Decimal("0.123456")
    assert parse_number("-1.234,123456") == Decimal("-1234.123456")
    assert refusal("0,1234567").code is ProblemCode.NUMBER_TOO_LONG
    assert refusal("1.234,1234567").code is ProblemCode.NUMBER_TOO_LONG


def test_a_refusal_names_the_field_it_is_about():
    assert refusal("x", where="denominator").where == "denominator"
    assert refusal("x").where == "value"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("5", "5"),
        ("5.40", "5.4"),
        ("5.0", "5"),
        ("100", "100"),
        ("1E+3", "1000"),
        ("1E-6", "0.000001"),
        ("0", "0"),
        ("0.000", "0"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("0E+2", "0"),
        ("-25.60", "-25.6"),
        ("999999999999999.999999", "999999999999999.999999"),
    ],
)
def test_one_number_has_one_plain_text(value, expected):
    assert plain_text(Decimal(value)) == expected


@given(storable)
def test_the_plain_text_of_a_number_is_that_number(value):
    assert Decimal(plain_text(value)) == value


@given(storable | three_decimals)
def test_equal_numbers_have_the_same_plain_text(value):
    assert plain_text(value) == plain_text(value.normalize())


@given(storable | three_decimals)
def test_the_plain_text_with_a_french_comma_is_read_back_as_the_same_number(value):
    assert parse_number(plain_text(value).replace(".", ",")) == value


@given(storable | three_decimals)
def test_the_plain_text_is_read_back_as_the_same_number_or_refused_as_ambiguous(value):
    text = plain_text(value)
    if re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", text):
        problem = refusal(text)
        assert problem.code is ProblemCode.AMBIGUOUS_NUMBER
        assert parse_number(str(problem.values["decimal"])) == value
    else:
        assert parse_number(text) == value


@given(st.text() | st.text(alphabet="0123456789,.+-−–% \u00a0\u202f\u2009eENaInf٣", max_size=24), st.booleans())
def test_any_text_is_a_finite_number_or_is_refused(text, is_percent):
    try:
        value = parse_number(text, is_percent=is_percent)
    except UnreadableNumber:
        return
    assert value.is_finite()
    assert abs(value) < 10**15


@pytest.mark.parametrize("typed", ["5.375", "5,375"])
def test_what_an_english_reader_is_told_to_write_is_accepted_in_english(typed):
    with pytest.raises(UnreadableNumber) as caught:
        parse_number(typed, has_comma_groups=True)
    offered = caught.value.problem.values
    assert parse_number(str(offered["decimal"]), has_comma_groups=True) == Decimal("5.375")
    assert parse_number(str(offered["grouped"]), has_comma_groups=True) == Decimal(5375)


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("007", 7), ("999999999", 999_999_999)]
    + [(text, None) for text in (None, "", " 7", "+7", "-7", "7,0", "1e3", "²", "٣", "1_0", "1000000000")],
)
def test_a_whole_number_is_digits_alone_and_few_enough_for_a_column(text, number):
    assert whole_number(text) == number
    assert whole_number("12345", 4) is None
