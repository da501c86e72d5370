"""Survival: known answers by hand, what must hold of every curve, and a thousand estates equal to SciPy's estimator."""

from decimal import Decimal
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf  # type: ignore[import-untyped]

from tests.conftest import PROFILE
from tracker.domain.survival import Life, survival

ESTATES = 1000 if PROFILE == "thorough" else 100
lives = st.lists(st.builds(Life, st.integers(0, 4000), st.booleans(), st.integers(1, 5)), max_size=40)


def of(ended=(), there=()):
    return [Life(days, True) for days in ended] + [Life(days, False) for days in there]


def test_the_share_that_survives_is_the_product_of_what_each_age_leaves():
    # The remission times of the 6-MP group (Freireich and others, 1963), as every textbook computes them.
    ended = (6, 6, 6, 7, 10, 13, 16, 22, 23)
    there = (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
    curve = survival(of(ended, there))
    told = [(step.days, step.at_risk, step.ended, round(step.surviving, 3)) for step in curve.steps]
    assert told == [
        (6, 21, 3, Decimal("0.857")),
        (7, 17, 1, Decimal("0.807")),
        (10, 15, 1, Decimal("0.753")),
        (13, 12, 1, Decimal("0.690")),
        (16, 11, 1, Decimal("0.627")),
        (22, 7, 1, Decimal("0.538")),
        (23, 6, 1, Decimal("0.448")),
    ]
    assert curve.median == 23
    assert (curve.lives, curve.ended, curve.longest) == (21, 9, 35)


def test_without_anything_still_there_half_are_gone_at_the_middle_one():
    curve = survival(of(ended=(100, 200, 300, 400)))
    assert [step.surviving for step in curve.steps] == [Decimal(text) for text in ("0.75", "0.5", "0.25", "0")]
    assert curve.median == 200
    assert curve.surviving(150) == Decimal("0.75")
    assert curve.surviving(9999) == 0


def test_a_share_of_exactly_a_half_is_a_half_however_it_was_reached():
    # 2/3 × 3/4 cannot be written in decimals on the way.
    curve = survival(of(ended=(1, 2), there=(1, 2)) + of(there=(3,)))
    assert [step.surviving for step in curve.steps] == [Decimal("0.8"), Decimal("0.533333333333333333333333")]
    half = survival(of(ended=(1, 1, 2), there=(2, 3, 3)))
    assert half.steps[-1].surviving == Decimal("0.5")
    assert half.median == 2


def test_a_curve_that_never_comes_down_to_a_half_has_no_median():
    curve = survival(of(ended=(50,), there=(60, 70, 80)))
    assert curve.median is None
    assert curve.surviving(80) == Decimal("0.75")
    assert curve.surviving(81) is None


def test_nothing_tells_nothing():
    curve = survival([])
    assert (curve.steps, curve.median, curve.surviving(0)) == ((), None, None)


@given(lives)
def test_a_curve_only_comes_down_and_stays_between_nothing_and_all(drawn):
    curve = survival(drawn)
    shares = [Decimal(1), *(step.surviving for step in curve.steps)]
    assert all(after < before for before, after in pairwise(shares))
    assert 0 <= shares[-1] <= 1
    assert curve.ended == sum(step.ended for step in curve.steps)


@given(lives)
def test_pieces_told_one_by_one_or_together_make_one_curve(drawn):
    alone = [Life(life.days, life.has_ended) for life in drawn for _ in range(life.count)]
    assert survival(alone) == survival(drawn)


@given(lives, st.integers(0, 4000))
def test_one_more_that_is_still_there_never_lowers_the_curve(drawn, days):
    with_one_more = survival([*drawn, Life(4001, False)])
    before = survival(drawn).surviving(days)
    assert before is None or (with_one_more.surviving(days) or Decimal(0)) >= before


@pytest.mark.parametrize("part", range(10))
def test_random_estates_have_the_curve_of_the_reference_library(part):
    for number in range(ESTATES // 10):
        draw = Random(f"{part}-{number}")  # noqa: S311 - estates to compare with, not secrets
        most = draw.choice((3, 30, 4000))  # many ties, some, few
        size = draw.randint(1, 200)
        drawn = [Life(draw.randint(0, most), draw.random() < draw.choice((0.2, 0.7))) for _ in range(size)]
        ended = [life.days for life in drawn if life.has_ended]
        there = [life.days for life in drawn if not life.has_ended]
        found = ecdf(CensoredData(uncensored=ended, right=there)).sf
        theirs = dict(zip(found.quantiles.tolist(), found.probabilities.tolist(), strict=True))
        curve = survival(drawn)
        for days, share in theirs.items():
            ours = curve.surviving(int(days))
            assert ours is not None
            assert abs(float(ours) - share) < 1e-9
        median = min((days for days, share in theirs.items() if share <= 0.5 + 1e-12), default=None)
        assert curve.median == median
