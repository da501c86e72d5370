"""The EcoIndex: the published values of cnumr/EcoIndex_python and of its command line, the grades at their floors."""

from decimal import Decimal
from itertools import pairwise

import pytest

from tracker.domain.ecoindex import (
    ELEMENTS,
    KILOBYTES,
    REQUESTS,
    centilitres,
    ecoindex,
    exact_score,
    grade,
    grams,
    rank,
)

PUBLISHED = [  # elements, requests, kilobytes, score, grade: the tests of EcoIndex_python, then its API's example
    (100, 100, "100", 72, "B"),
    (100, 100, "1000", 67, "C"),
    (100, 100, "10000", 58, "C"),
    (200, 200, "10000", 46, "D"),
    (2355, 267, "2493", 10, "G"),
    (240, 20, "331", 83, "A"),
    (2240, 100, "310182.902", 16, "F"),
    (201, 6, "107.178", 87, "A"),
]


@pytest.mark.parametrize(("elements", "requests", "kilobytes", "score", "letter"), PUBLISHED)
def test_the_score_is_the_published_one(elements, requests, kilobytes, score, letter):
    assert round(exact_score(elements, requests, Decimal(kilobytes))) == score
    found = ecoindex(elements, requests, Decimal(kilobytes))
    assert abs(found.score - score) <= Decimal("0.5")
    assert found.grade == letter


@pytest.mark.parametrize(  # the README of EcoIndex CLI still shows scores of 2022, before version 3 of the method
    ("elements", "requests", "kilobytes", "before"),
    [(45, 68, "521.54", 75), (666, 167, "1374.641", 32), (666, 148, "1163.386", 34)],
)
def test_version_3_of_the_method_scores_the_same_page_five_points_higher(elements, requests, kilobytes, before):
    assert round(exact_score(elements, requests, Decimal(kilobytes))) == before + 5


@pytest.mark.parametrize(
    ("table", "value", "place"),
    [
        (KILOBYTES, "2500", "14.086372025739513"),
        (ELEMENTS, "150", "2.892857142857143"),
        (REQUESTS, "23", "2.8"),
        (KILOBYTES, "310182.902", "20"),
    ],
)
def test_a_place_among_the_quantiles_is_the_published_one(table, value, place):
    assert abs(rank(table, Decimal(value)) - Decimal(place)) < Decimal("1e-12")


def test_the_tables_have_twenty_one_quantiles_that_grow():
    for table in (ELEMENTS, REQUESTS, KILOBYTES):
        assert len(table) == 21
        assert all(low < high for low, high in pairwise(table))


@pytest.mark.parametrize(
    ("score", "letter"),
    [
        ("100", "A"),
        ("80.1", "A"),
        ("80", "B"),
        ("70", "C"),
        ("55", "D"),
        ("40", "E"),
        ("25", "F"),
        ("10", "G"),
        ("2", "G"),
    ],
)
def test_the_floor_of_a_grade_belongs_to_the_grade_below(score, letter):
    assert grade(Decimal(score)) == letter


@pytest.mark.parametrize(
    ("score", "gas", "water"), [(2, "2.96", "4.44"), (10, "2.8", "4.2"), (50, "2", "3"), (70, "1.6", "2.4")]
)
def test_the_gases_and_the_water_are_the_published_ones(score, gas, water):
    assert grams(Decimal(score)) == Decimal(gas)
    assert centilitres(Decimal(score)) == Decimal(water)


def test_an_empty_page_scores_a_hundred():
    assert ecoindex(0, 0, Decimal(0)).score == 100
