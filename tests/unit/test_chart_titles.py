"""The title of a chart: which way the indicator went and how it stands to the vote, in French for any name."""

from decimal import Decimal

import pytest

from tests.factories import make_aim, make_baseline, make_indicator, make_series, make_target
from tracker.domain.course import Course, course
from tracker.domain.records import Aim
from tracker.domain.vocabulary import Absence, Better, Comparator, TargetBasis, ValueKind
from tracker.labels.titles import chart_title

NAME = "Durée d'usage"
RISING = {2020: 5, 2021: "5.2", 2022: "5.4"}
FALLING = {2020: 5, 2021: "4.8", 2022: "4.6"}


def told(aim: Aim, last_year: int = 2022) -> str:
    return " ".join(chart_title(aim, last_year).replace("’", "'").split())


def aim_of(values, *targets, better: Better = Better.UP, **more) -> Aim:
    return make_aim(values, *targets, indicator=make_indicator(better=better, unit="years", name=NAME), **more)


@pytest.mark.parametrize(
    ("values", "told_as"),
    [
        ({2020: 1, 2021: 2, 2022: 3}, Course.RISES),
        ({2020: 3, 2021: 2, 2022: 1}, Course.FALLS),
        ({2020: 3, 2021: 3, 2022: 3}, Course.UNCHANGED),
        ({2020: 1, 2021: 9, 2022: 8, 2023: 7, 2024: 6, 2025: 5}, Course.MIXED),
        ({2020: 3, 2021: 5, 2022: 3}, Course.MIXED),
        ({2020: 1}, None),
        ({}, None),
    ],
)
def test_a_course_is_told_when_both_ends_and_most_steps_agree(values, told_as):
    assert course(make_series(values)) is told_as


@pytest.mark.parametrize(
    ("values", "targets", "better", "title"),
    [
        (
            RISING,
            [make_target(6, horizon_year=2030)],
            Better.UP,
            "en hausse depuis 2020, encore sous l'objectif (6 ans)",
        ),
        (FALLING, [make_target(6)], Better.UP, "en baisse depuis 2020, plus loin de l'objectif qu'en 2020 (6 ans)"),
        (RISING, [make_target(5)], Better.UP, "en hausse depuis 2020, objectif atteint"),
        (
            FALLING,
            [make_target(4, Comparator.AT_MOST)],
            Better.DOWN,
            "en baisse depuis 2020, encore au-dessus de l'objectif (4 ans)",
        ),
        (
            RISING,
            [make_target(4, Comparator.AT_MOST)],
            Better.DOWN,
            "en hausse depuis 2020, plus loin de l'objectif qu'en 2020 (4 ans)",
        ),
        ({2020: 5, 2022: 5}, [make_target(6)], Better.UP, "sans changement depuis 2020, sous l'objectif (6 ans)"),
        (
            {2020: 5, 2022: 5},
            [make_target(4, Comparator.AT_MOST)],
            Better.DOWN,
            "sans changement depuis 2020, au-dessus de l'objectif (4 ans)",
        ),
        (
            RISING,
            [make_target("5.4", Comparator.GREATER)],
            Better.UP,
            "en hausse depuis 2020, tout juste à l'objectif, qui demande davantage",
        ),
        (RISING, [make_target(6, horizon_year=2022)], Better.UP, "en hausse depuis 2020, objectif de 2022 manqué"),
        (
            RISING,
            [make_target(6, Comparator.BETWEEN, upper=8)],
            Better.IN_RANGE,
            "en hausse depuis 2020, encore sous l'objectif (entre 6 ans et 8 ans)",
        ),
        (RISING, [make_target("5.4", Comparator.EXACTLY)], Better.EXACT, "en hausse depuis 2020, objectif atteint"),
        (
            RISING,
            [make_target(6, Comparator.EXACTLY)],
            Better.EXACT,
            "en hausse depuis 2020, encore sous l'objectif (6 ans)",
        ),
        (
            RISING,
            [make_target(25, Comparator.GREATER, TargetBasis.RELATIVE_PERCENT)],
            Better.UP,
            "en hausse depuis 2020, objectif sans valeur de référence",
        ),
        (RISING, [], Better.UP, "en hausse depuis 2020"),
        (RISING, [], Better.NEUTRAL, "en hausse depuis 2020"),
        (RISING, [make_target(6, in_force_from=2025)], Better.UP, "en hausse depuis 2020"),
        ({2020: 5, 2021: 6, 2022: 5}, [], Better.UP, "sans tendance nette depuis 2020"),
        ({2022: "5.4"}, [], Better.UP, "5,4 ans en 2022, seule année connue"),
        ({2022: "5.4"}, [make_target(6)], Better.UP, "5,4 ans en 2022, seule année connue, sous l'objectif (6 ans)"),
        ({2022: Absence.NOT_MEASURED}, [make_target(6)], Better.UP, "aucune valeur encore"),
        ({}, [], Better.UP, "aucune valeur encore"),
    ],
)
def test_a_title_says_the_course_then_how_the_last_value_stands(values, targets, better, title):
    assert told(aim_of(values, *targets, better=better)) == f"{NAME} : {title}"


def test_a_series_that_stopped_is_told_between_its_years():
    assert told(aim_of(RISING), 2025) == f"{NAME} : en hausse de 2020 à 2022"


def test_only_the_years_of_the_latest_method_are_compared():
    broken = {2020: 9, 2021: 8, 2022: 5, 2023: 6}
    assert told(aim_of(broken, since_method={2: 2022}), 2023) == f"{NAME} : en hausse depuis 2022"
    first = told(aim_of({2021: 8, 2022: 5}, since_method={2: 2022}))
    assert first == f"{NAME} : 5 ans en 2022, première année de sa méthode"


def test_a_yes_is_said_and_has_no_course():
    indicator = make_indicator(unit="yes_no", value_kind=ValueKind.BOOLEAN, name=NAME, decimals=0)
    assert told(make_aim({2021: 0, 2022: 1}, indicator=indicator)) == f"{NAME} : oui en 2022"


def test_a_baseline_of_another_time_does_not_change_the_course():
    aim = aim_of(RISING, make_target(6, horizon_year=2030), baseline=make_baseline(Decimal(9), 2010))
    assert "en hausse depuis 2020" in told(aim)
