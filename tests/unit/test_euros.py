"""Sums in euros: typed as people write them, told as accounts write them."""

from decimal import Decimal

import pytest

from tracker.domain.budget import Sum
from tracker.domain.errors import ProblemCode
from tracker.domain.vocabulary import TaxRegime
from tracker.labels.budget import sum_phrase
from tracker.services.typed import Typed


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("4 000", "4000"),
        ("4.000,50", "4000.50"),
        ("4 000,50 €", "4000.50"),
        ("4000 euros", "4000"),
        ("12,5EUR", "12.5"),
        ("0", "0"),
    ],
)
def test_a_sum_is_read_with_its_sign_or_without(written: str, read: str):
    typed = Typed()
    assert typed.euros("planned", written) == Decimal(read)
    assert not typed.problems


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("4000,505", ProblemCode.CENTS_TOO_FINE),
        ("1e99", ProblemCode.NOT_A_NUMBER),
        ("€", None),
        ("4 000\u202f€ TTC", ProblemCode.NOT_A_NUMBER),
        ("4.000 €", ProblemCode.AMBIGUOUS_NUMBER),
    ],
)
def test_what_is_no_sum_is_refused_and_a_blank_one_is_unknown(written: str, code: ProblemCode | None):
    typed = Typed()
    assert typed.euros("planned", written) is None
    assert [problem.code for problem in typed.problems] == ([code] if code else [])


@pytest.mark.parametrize(
    ("amount", "told"),
    [("4000", "4\u202f000\u202f€ TTC"), ("4000.5", "4\u202f000,50\u202f€ TTC"), ("0.05", "0,05\u202f€ TTC")],
)
def test_cents_have_two_figures_and_whole_sums_none(amount: str, told: str):
    assert sum_phrase(Sum(Decimal(amount), TaxRegime.INCLUSIVE)) == told
