"""Targets and verdicts in words: nothing that was voted is rounded, and what differs looks different."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.factories import make_aim, make_baseline, make_commitment, make_indicator, make_target
from tracker.domain.aims import judge_aim
from tracker.domain.kinds import judge
from tracker.domain.records import Aim
from tracker.domain.scorecard import Card
from tracker.domain.targets import Target
from tracker.domain.vocabulary import BaselineState, Comparator, TargetBasis, TargetPath
from tracker.labels.reasons import reasons
from tracker.labels.sentences import headline
from tracker.labels.targets import short_target, target_phrase

YEARS = make_indicator(unit="years")
PHONES = make_indicator("SOB-07", unit="years", name="Durée d'usage moyenne des téléphones mobiles")
DECEMBER = date(2025, 12, 31)
PERCENT, DIFFERENCE = TargetBasis.RELATIVE_PERCENT, TargetBasis.RELATIVE_DIFFERENCE


def plain(shown: str) -> str:
    return re.sub("[\u00a0\u202f]", " ", shown).replace("’", "'")


def card(*aims: Aim) -> Card:
    commitment = make_commitment(aims=list(aims))
    verdict = judge(commitment, 2025, DECEMBER)
    return Card(commitment, verdict, verdict)


def headed(*aims: Aim) -> str:
    return plain(headline(card(*aims), 2025))


def told(aim: Aim) -> str:
    said = judge_aim(aim, 2025)
    assert said is not None
    return plain(" ".join(reasons(said)))


@pytest.mark.parametrize(
    ("value", "target", "expected"),
    [
        ("5.4", make_target("5.45"), "Objectif 5,45 ans ; 5,4 ans mesurés en 2025 ; il manque 0,05 an."),
        ("5.3", make_target("5.45"), "Objectif 5,45 ans ; 5,3 ans mesurés en 2025 ; il manque 0,15 an."),
        ("5.4", make_target(6), "Objectif 6 ans ; 5,4 ans mesurés en 2025 ; il manque 0,6 an."),
        ("5.63", make_target("5.625"), "Objectif 5,625 ans ; 5,63 ans mesurés en 2025 ; objectif atteint."),
        ("2.991189", make_target(3), "Objectif 3 ans ; 2,99 ans mesurés en 2025 ; il manque 0,01 an."),
        ("5.4", make_target("5.456789"), "Objectif 5,457 ans ; 5,4 ans mesurés en 2025 ; il manque 0,057 an."),
        (
            "4.99",
            make_target(2, Comparator.BETWEEN, upper="4.95"),
            "Objectif entre 2 ans et 4,95 ans ; 4,99 ans mesurés en 2025 ; 0,04 an de trop.",
        ),
    ],
)
def test_a_headline_adds_up_as_it_is_read(value: str, target: Target, expected: str):
    assert headed(make_aim({2025: value}, target, indicator=YEARS)) == expected


def test_a_voted_value_keeps_its_decimals_wherever_it_is_said():
    target = make_target("12.5", Comparator.GREATER, PERCENT)
    aim = make_aim({2025: 5}, target, baseline=make_baseline(5), indicator=YEARS)
    assert plain(short_target(aim, 2025)) == "plus de 5,625 ans"
    assert plain(target_phrase(target, aim)) == (
        "plus de 12,5 % au-dessus de la référence (5 ans), soit plus de 5,625 ans"
    )
    passing = make_target("6.25", basis=TargetBasis.FROM_TO, start="5.05", start_year=2022)
    assert plain(target_phrase(passing, make_aim({}, passing, indicator=YEARS))) == "passer de 5,05 ans à 6,25 ans"


def test_two_numbers_that_differ_look_different_in_a_reason():
    met = make_aim({2025: "2.991189"}, make_target(3, Comparator.AT_MOST), indicator=YEARS)
    assert told(met) == "La valeur 2,99 ans atteint l'objectif (3 ans)."
    equal = make_aim({2025: "3"}, make_target(3), indicator=YEARS)
    assert told(equal) == "La valeur 3 ans atteint l'objectif (3 ans)."
    tiny = make_aim({2024: "5.40001", 2025: "5.40002"}, make_target(6), indicator=YEARS)
    assert "5,40002 ans, contre 5,40001 ans" in told(tiny)
    voted = make_target(6, horizon_year=2030, path=TargetPath.EXPLICIT, points={2025: "5.45"})
    assert "(5,45 ans, voté)" in told(make_aim({2025: "5.1"}, voted, indicator=YEARS))


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (
            make_target(25, Comparator.GREATER, PERCENT),
            "plus de 25 % au-dessus de la référence (3 770), soit plus de 4 712,5",
        ),
        (make_target(-30, Comparator.AT_MOST, PERCENT), "30 % sous la référence (3 770), soit 2 639 au plus"),
        (make_target(-30, Comparator.LESS, PERCENT), "plus de 30 % sous la référence (3 770), soit moins de 2 639"),
        (
            make_target(10, Comparator.LESS, PERCENT),
            "moins de +10 % par rapport à la référence (3 770), soit moins de 4 147",
        ),
        (
            make_target(-10, Comparator.AT_LEAST, PERCENT),
            "au moins −10 % par rapport à la référence (3 770), soit 3 393",
        ),
        (
            make_target(-10, Comparator.BETWEEN, PERCENT, upper=10),
            "entre −10 % et +10 % par rapport à la référence (3 770), soit entre 3 393 et 4 147",
        ),
        (
            make_target(100, Comparator.AT_MOST, DIFFERENCE),
            "+100 au plus par rapport à la référence (3 770), soit 3 870 au plus",
        ),
    ],
)
def test_a_change_against_the_usual_way_is_said_with_its_sign(target: Target, expected: str):
    indicator = make_indicator(unit="unitless", decimals=0)
    aim = make_aim({}, target, baseline=make_baseline(3770), indicator=indicator)
    assert plain(target_phrase(target, aim)) == expected
    alone = plain(target_phrase(target, replace(aim, baselines=())))
    assert alone == expected.partition(" (3 770)")[0]


LONGER = make_target(25, Comparator.GREATER, PERCENT)


def pair() -> tuple[Aim, Aim]:
    known = make_aim({2025: "5.4"}, LONGER, baseline=make_baseline(4, 2020), indicator=YEARS)
    unknown = make_aim(
        {2025: 3}, LONGER, baseline=make_baseline(None, None, BaselineState.TO_ESTABLISH), indicator=PHONES
    )
    return known, unknown


def test_several_indicators_are_each_named_the_deciding_one_first():
    first, second = (plain(one) for one in reasons(card(*pair()).judgement))
    assert first == (
        "Durée d'usage moyenne des téléphones mobiles : valeur de référence à établir : "
        "aucun progrès n'est affiché d'ici là."
    )
    assert second == "Durée d'usage moyenne des équipements : la valeur 5,4 ans atteint l'objectif (5 ans)."
    assert headed(*pair()) == (
        "Durée d'usage moyenne des téléphones mobiles : objectif plus de 25 % au-dessus de la référence ; "
        "3 ans mesurés en 2025 ; valeur de référence à établir."
    )


def test_one_indicator_is_not_named():
    known, _ = pair()
    assert headed(known).startswith("Objectif plus de 25 %")
    assert plain(reasons(card(known).judgement)[0]).startswith("La valeur 5,4 ans")


def test_indicators_without_a_target_yet_are_named_too():
    later = make_target(6, in_force_from=2026)
    aims = [make_aim({2025: 5}, later, indicator=one) for one in (YEARS, PHONES)]
    assert headed(*aims) == (
        "Durée d'usage moyenne des équipements : 5 ans mesurés en 2025. L'objectif ne vaut qu'à partir de 2026."
    )
    aims = [make_aim({}, later, indicator=one) for one in (YEARS, PHONES)]
    assert headed(*aims) == "Durée d'usage moyenne des équipements : l'objectif ne vaut qu'à partir de 2026."


def test_the_gap_of_a_long_threshold_is_kept_to_the_decimals_shown():
    aim = make_aim({2025: 4}, make_target(Decimal(17) / 3), indicator=YEARS)
    assert headed(aim) == "Objectif 5,667 ans ; 4 ans mesurés en 2025 ; il manque 1,667 an."
