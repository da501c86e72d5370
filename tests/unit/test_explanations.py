"""« Pourquoi ce chiffre ? »: every line that explains a figure, in both languages, recomputes to what is shown."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.factories import (
    make_aim,
    make_baseline,
    make_commitment,
    make_indicator,
    make_reading,
    make_series,
    make_target,
)
from tracker.domain.aggregation import AggregateRefusal, over_years
from tracker.domain.aims import judge_aim
from tracker.domain.forecast import UnforeseenReason
from tracker.domain.judgement import AimJudgement, ReasonCode
from tracker.domain.kinds import judge
from tracker.domain.methods import Method
from tracker.domain.outlook import changed_since, rebounds
from tracker.domain.records import Aim, Companion, Part
from tracker.domain.vocabulary import (
    Absence,
    Aggregation,
    BaselineState,
    Better,
    CommitmentKind,
    Comparator,
    Origin,
    Quality,
    TargetBasis,
    TargetChange,
    TargetPath,
)
from tracker.importers import formulas
from tracker.labels.arithmetic import by_name, line_sum, progress_sum, spelled, threshold_sum
from tracker.labels.explanations import Explanation, explain_value, why_title
from tracker.labels.language import speaking, text
from tracker.labels.outlooks import REFUSALS, UNFORESEEN, break_notes, rebound_details, rebound_notes, total_sentence
from tracker.labels.qualities import quality_summary
from tracker.labels.reasons import REASONS
from tracker.labels.verdicts import explain_judgement
from tracker.labels.words import WORDS

YEARS = make_indicator(unit="years")
FOOTPRINT = make_indicator("SOB-01", Better.DOWN, "t_co2e", name="Empreinte carbone")
CHANGE = make_indicator("SOB-03", Better.DOWN, "percent", name="Évolution de l'empreinte")
DECEMBER = date(2025, 12, 31)


def plain(shown: str) -> str:
    return re.sub("[\u00a0\u202f]", " ", shown).replace("’", "'")


def told(explanation: Explanation) -> dict[str, str]:
    """Give each term with its text, detail and quotation, lines without a term joined to the one before."""
    found: dict[str, str] = {}
    term = ""
    for line in explanation.lines:
        term = plain(line.term) or term
        said = plain(" | ".join(filter(None, (line.name, line.text, line.detail, line.quote))))
        found[term] = f"{found[term]} // {said}" if term in found and not line.term else said
    return found


def recompute(written: str) -> Fraction:
    """Compute a sum as it is written, with nothing of the product's own arithmetic."""
    text = re.sub(r"(?<=\d) (?=\d{3}\b)", "", plain(written)).replace(",", ".")
    text = re.sub(r"\|([^|]+)\|", r"abs(\1)", text).replace("−", "-").replace("×", "*").replace("÷", "/")
    assert re.fullmatch(r"[\d. ()+*/abs-]+", text), text
    text = re.sub(r"\d+(\.\d+)?", r"Fraction('\g<0>')", text)
    return Fraction(eval(text, {"Fraction": Fraction, "abs": abs}))  # noqa: S307 - only digits and signs are left


def holds(sentence: str) -> bool:
    """Tell whether the left of « = » or « ≈ » recomputes to its right, to the six decimals that are kept."""
    left, sign, right = re.split(r"\s([=≈])\s", plain(sentence).split(", soit")[0])
    difference = abs(recompute(left) - recompute(right))
    return difference == 0 if sign == "=" else 0 < difference <= Fraction(1, 10**6)


def value_of(aim: Aim, year: int = 2025, drawn: dict[str, Aim] | None = None) -> dict[str, str]:
    return told(explain_value(aim, year, drawn or {}))


def verdict_of(aim: Aim, year: int = 2025) -> dict[str, str]:
    said = judge_aim(aim, year)
    assert said is not None
    return told(explain_judgement(make_commitment(aims=[aim]), said, year))


def test_a_rounded_value_gives_all_its_decimals_and_the_rule_of_rounding():
    aim = make_aim({2025: "5.4321"}, indicator=YEARS)
    assert plain(why_title(aim, 2025)) == "Pourquoi 5,4 ans en 2025 ?"
    line = value_of(aim)["Valeur"]
    assert line == "5,4 ans | arrondi à 1 décimale (au plus proche, pair en cas d'égalité) de 5,4321"
    whole = make_indicator(unit="devices", decimals=0)
    assert "arrondi à l'unité" in value_of(make_aim({2025: "12.5"}, indicator=whole))["Valeur"]
    assert value_of(make_aim({2025: "12.5"}, indicator=whole))["Valeur"].startswith("12 équipements")
    assert "sans arrondi" in value_of(make_aim({2025: "5.4"}, indicator=YEARS))["Valeur"]


def test_a_ratio_shows_its_two_terms_with_what_they_are_and_comes_to_the_value():
    indicator = replace(YEARS, numerator="années d'usage", denominator="ordinateurs réformés")
    reading = make_reading(value="5.442623", numerator=1660, denominator=305)
    line = value_of(Aim(indicator, readings={2025: reading}))["Calcul"]
    assert line == "1 660 ÷ 305 ≈ 5,442623 | années d'usage ÷ ordinateurs réformés"
    assert holds(line.split(" | ")[0])
    share = make_reading(value=75, numerator=45, denominator=60)
    assert value_of(Aim(CHANGE, readings={2025: share}))["Calcul"] == "100 × 45 ÷ 60 = 75"


def test_a_ratio_that_does_not_come_to_its_value_claims_nothing():
    reading = make_reading(value="9", numerator=45, denominator=60)
    assert value_of(Aim(YEARS, readings={2025: reading}))["Calcul"] == "45 ÷ 60"


WRITTEN = "100 × (SOB-01 − référence(SOB-01)) / référence(SOB-01)"


def computed(
    value: str | None, *, base: int | None = 2100, missing: tuple[str, ...] = ()
) -> tuple[Aim, dict[str, Aim]]:
    method = Method(
        2, 2022, formulas.read(WRITTEN), WRITTEN, "Depuis 2022, calcul.", "Vœu du conseil.", date(2022, 3, 1)
    )
    absence = None if value else Absence.NOT_COMPUTABLE
    reading = make_reading(value=value, absence=absence, revision=0, method=2, missing=missing)
    reading = replace(reading, quality=Quality.ESTIMATED if value else None, coverage=Decimal(85) if value else None)
    aim = Aim(CHANGE, readings={2025: reading}, methods=(Method(), method))
    source = make_aim({2025: 1780}, indicator=FOOTPRINT, baselines=[make_baseline(base, 2018)] if base else ())
    source = replace(source, readings={2025: replace(source.readings[2025], quality=Quality.ESTIMATED)})
    return aim, {"SOB-01": source}


def test_a_computed_value_shows_its_formula_then_its_numbers_then_each_input():
    aim, drawn = computed("-15.238095")
    lines = value_of(aim, drawn=drawn)
    assert lines["Formule"] == WRITTEN
    assert lines["Avec les nombres"] == "100 × (1 780 − 2 100) / 2 100 ≈ −15,238095"
    assert holds(lines["Avec les nombres"])
    assert lines["Valeur"].startswith("−15,2 % | arrondi à 1 décimale")
    assert "SOB-01, Empreinte carbone | 1 780 t CO₂e en 2025 | estimé" in lines["Données"]
    assert "2 100 t CO₂e en 2018, validée (référence)" in lines["Données"]
    assert lines["Qualité"].startswith("estimé ; couvre 85 % | jamais mieux")
    assert "version 2, depuis 2022" in lines["Méthode"]
    assert "Les années d'avant 2022 suivent une autre méthode" in lines["Méthode"]
    assert "Depuis 2022, calcul. Vœu du conseil." in lines["Méthode"]
    assert lines["Auteur"].startswith("calcul de Parole tenue à partir de ces données")
    codes = [line.code for line in explain_value(aim, 2025, drawn).lines if line.code]
    assert codes == ["SOB-01", "SOB-01"]


def test_what_is_missing_from_a_computed_value_is_named_and_never_filled():
    aim, drawn = computed(None, base=None, missing=("référence(SOB-01)",))
    lines = value_of(aim, drawn=drawn)
    assert lines["Il manque"] == "référence(SOB-01)"
    assert "valeur de référence à établir" in lines["Données"]
    assert "Avec les nombres" not in lines
    assert lines["Valeur"].startswith("non calculable | Une valeur absente n'est jamais comptée pour zéro.")
    divided, drawn = computed(None)
    assert "ne donne pas de résultat possible" in value_of(divided, drawn=drawn)["Il manque"]


def test_each_value_says_its_quality_coverage_source_author_date_and_revision():
    reading = replace(
        make_reading(value="5.4", quality=Quality.MEASURED, revision=3, comment="Relu."),
        coverage=Decimal(92),
        source="Inventaire GLPI",
        author="Sacha Agent",
        recorded_at=datetime(2026, 1, 15, 9, tzinfo=UTC),
    )
    lines = value_of(Aim(YEARS, readings={2025: reading}))
    assert lines["Qualité"] == "mesuré ; couvre 92 %"
    assert lines["Source"] == "Inventaire GLPI"
    assert lines["Commentaire"] == "Relu."
    assert lines["Auteur"] == "Sacha Agent | saisie le 15 janv. 2026 à 10:00 ; révision 3"
    silent = value_of(make_aim({2025: "5.4"}, indicator=YEARS))
    assert silent["Qualité"] == "non précisée | part couverte non précisée"
    assert silent["Source"] == "non précisée"


def test_a_yes_or_no_is_quoted_in_the_question():
    decided = replace(YEARS, unit="yes_no", decimals=0)
    assert plain(why_title(make_aim({2025: 1}, indicator=decided), 2025)) == "Pourquoi « oui » en 2025 ?"
    assert plain(why_title(make_aim({2025: 0}, indicator=decided), 2025)) == "Pourquoi « non » en 2025 ?"


def test_what_each_department_gave_is_listed():
    parts = (
        Part("dsi", "DSI", None, Decimal(1200), Decimal(200)),
        Part("ecoles", "Écoles", None, Decimal(460), Decimal(105)),
    )
    reading = replace(make_reading(value="5.442623", numerator=1660, denominator=305), parts=parts)
    assert value_of(Aim(YEARS, readings={2025: reading}))["Par service"] == "DSI : 1 200 ÷ 200 // Écoles : 460 ÷ 105"
    amounts = replace(make_reading(value=12), parts=(Part("dsi", "DSI", Decimal(12)),))
    devices = make_indicator(unit="devices", decimals=0)
    assert value_of(Aim(devices, readings={2025: amounts}))["Par service"] == "DSI : 12 équipements"
    assert "Par service" not in value_of(make_aim({2025: 12}, indicator=devices))


def test_a_year_without_a_value_is_said_to_have_none():
    aim = make_aim({2025: Absence.NOT_MEASURED}, indicator=YEARS)
    assert plain(why_title(aim, 2025)) == "Pourquoi aucune valeur en 2025 ?"
    assert value_of(aim)["Valeur"].startswith("non mesuré")
    assert value_of(make_aim({}, indicator=YEARS))["Valeur"].startswith("aucun relevé")


def test_the_years_of_an_older_method_and_those_recomputed_are_told_apart():
    aim = make_aim({2021: 5, 2023: 6}, indicator=YEARS, since_method={2: 2022})
    assert "Une autre méthode vaut depuis 2022." in value_of(aim, 2021)["Méthode"]
    assert "on ne les compare pas" in value_of(aim, 2023)["Méthode"]
    again = replace(aim, restated={2: make_series({2021: "5.5", 2023: 6})})
    assert "celle-ci les recalcule" in value_of(again, 2023)["Méthode"]


KEEP = make_baseline(5, 2022, source="Inventaire de 2022")


def test_progress_expected_value_and_gap_are_written_out():
    aim = make_aim({2025: "5.4"}, make_target(6, horizon_year=2030), baseline=KEEP, indicator=YEARS)
    lines = verdict_of(aim)
    assert lines["Chemin fait"] == "(5,4 − 5) ÷ (6 − 5) = 0,4, soit 40 %"
    assert lines["Écart à l'objectif"] == "0,6 an | 6 − 5,4 = 0,6"
    assert lines["Niveau attendu"].startswith("5,38 ans en 2025, interpolé | en ligne droite, non voté : ")
    sum_ = lines["Niveau attendu"].split("non voté : ")[1]
    assert sum_ == "5 + (6 − 5) × (2025 − 2022) ÷ (2030 − 2022) = 5,375"
    assert all(map(holds, (lines["Chemin fait"], sum_)))
    assert lines["Valeur de référence"] == (
        "5 ans en 2022, validée | version 1 sur 1 ; gelée : une autre version la remplacerait, avec sa raison"
        " | Inventaire de 2022"
    )
    assert "En trajectoire" in lines["État"]
    assert "La valeur 5,4 ans est au niveau attendu en 2025 (5,38 ans, interpolé)." in lines["État"]


def test_the_tolerance_is_a_share_of_the_way_and_stands_beside_the_lag():
    aim = make_aim({2025: "5.3"}, make_target(6, horizon_year=2030), baseline=KEEP, indicator=YEARS)
    line = verdict_of(aim)["Tolérance"]
    assert line == "10 % du chemin, soit 0,1 an | le retard sur le niveau attendu est de 0,08 an"


def test_without_a_departure_the_tolerance_is_a_share_of_what_remains():
    target = make_target(6, horizon_year=2030, path=TargetPath.EXPLICIT, points={2025: "5.5"})
    line = verdict_of(make_aim({2025: "5.4"}, target, indicator=YEARS))["Tolérance"]
    assert line == "10 % de ce qui reste, soit 0,05 an | le retard sur le niveau attendu est de 0,1 an"


def test_the_tolerance_of_a_percentage_is_in_points_and_rounded():
    target = make_target(50, horizon_year=2030)
    aim = make_aim({2025: "10.123457"}, target, baseline=make_baseline("4.709677", 2022), indicator=CHANGE)
    assert verdict_of(aim)["Tolérance"] == (
        "10 % du chemin, soit 4,5 points | le retard sur le niveau attendu est de 11,6 points"
    )


@pytest.mark.parametrize("year", [2030, 2031])
def test_no_tolerance_is_shown_where_the_horizon_decided(year: int):
    aim = make_aim({year: "5.9"}, make_target(6, horizon_year=2030), baseline=KEEP, indicator=YEARS)
    assert "Tolérance" not in verdict_of(aim, year)


@pytest.mark.parametrize(
    ("basis", "value", "upper", "expected"),
    [
        (TargetBasis.RELATIVE_PERCENT, "25", None, "5 + |5| × 25 / 100 = 6,25"),
        (TargetBasis.RELATIVE_PERCENT, "-30", None, "5 + |5| × (−30) / 100 = 3,5"),
        (TargetBasis.RELATIVE_DIFFERENCE, "1", None, "5 + 1 = 6"),
        (TargetBasis.RELATIVE_DIFFERENCE, "1", "2", "5 + 1 = 6 ; 5 + 2 = 7"),
    ],
)
def test_a_relative_target_shows_how_it_comes_to_its_threshold(
    basis: TargetBasis, value: str, upper: str | None, expected: str
):
    comparator = Comparator.BETWEEN if upper else Comparator.GREATER
    target = make_target(value, comparator, basis, upper=upper)
    line = verdict_of(make_aim({2025: "5.4"}, target, baseline=KEEP, indicator=YEARS))["Seuil"]
    assert line.split(" | ")[0] == expected


def test_the_version_of_the_target_says_what_it_did_to_the_one_before():
    first = make_target(5, horizon_year=2024, in_force_from=2016, decided_on=date(2016, 6, 16))
    second = replace(
        make_target(6, horizon_year=2030, in_force_from=2022, version=2, reason="« porter à 6 ans »"),
        decision="2022-045",
    )
    aim = make_aim({2018: "4.5", 2025: "5.4"}, first, second, baseline=KEEP, indicator=YEARS)
    assert verdict_of(aim)["Version de l'objectif"] == (
        "version 2 sur 2, en vigueur depuis 2022"
        " | décidée le 30 septembre 2022 (2022-045) ; rendu plus exigeant, échéance reportée | « porter à 6 ans »"
    )
    assert verdict_of(aim, 2018)["Version de l'objectif"].startswith("version 1 sur 2, en vigueur depuis 2016")


def test_a_departure_stated_by_the_vote_is_said_to_be():
    target = make_target(6, basis=TargetBasis.FROM_TO, start=5, start_year=2022, horizon_year=2030)
    line = verdict_of(make_aim({2025: "5.4"}, target, indicator=YEARS))["Valeur de référence"]
    assert line == "5 ans | énoncée par l'objectif voté lui-même"


@pytest.mark.parametrize(
    ("target", "base", "reason"),
    [
        (make_target(6), None, "sans valeur de référence"),
        (make_target(5), make_baseline(6), "il s'agit de tenir"),
        (make_target(6, Comparator.EXACTLY), make_baseline(5), "un point ou une plage"),
        (make_target(7, in_force_from=2022), make_baseline(5, method=2), "une autre méthode"),
    ],
)
def test_where_there_is_no_progress_the_page_says_why(target, base, reason: str):
    line = verdict_of(make_aim({2025: "5.4"}, target, baseline=base, indicator=YEARS))["Chemin fait"]
    assert line.startswith("non calculé | ")
    assert reason in line


def test_a_missing_baseline_is_to_establish_and_nothing_is_computed_from_it():
    target = make_target(25, Comparator.GREATER, TargetBasis.RELATIVE_PERCENT)
    lines = verdict_of(make_aim({2025: "5.4"}, target, indicator=YEARS))
    assert lines["Valeur de référence"] == "à établir"
    assert not {"Seuil", "Chemin fait", "Niveau attendu", "Prévision"} & set(lines)
    proposed = make_baseline(None, None, BaselineState.TO_ESTABLISH, "Le texte n'en donne pas.")
    lines = verdict_of(make_aim({2025: "5.4"}, target, baseline=proposed, indicator=YEARS))
    assert lines["Valeur de référence"] == "valeur de référence à établir | Le texte n'en donne pas."


@pytest.mark.parametrize(("path", "origin"), [(TargetPath.EXPLICIT, "voté"), (TargetPath.STEPWISE, "palier voté")])
def test_a_voted_level_is_not_called_interpolated(path: TargetPath, origin: str):
    year = 2025 if path is TargetPath.EXPLICIT else 2024
    target = make_target(6, horizon_year=2030, path=path, points={year: "5.5"})
    line = verdict_of(make_aim({2025: "5.4"}, target, baseline=KEEP, indicator=YEARS))["Niveau attendu"]
    assert line == f"5,5 ans en 2025, {origin}"


def test_a_line_between_two_voted_levels_starts_and_ends_at_them():
    target = make_target(6, horizon_year=2030, path=TargetPath.EXPLICIT, points={2024: "5.2", 2028: "5.8"})
    line = verdict_of(make_aim({2025: "5.4"}, target, baseline=KEEP, indicator=YEARS))["Niveau attendu"]
    assert line.endswith("5,2 + (5,8 − 5,2) × (2025 − 2024) ÷ (2028 − 2024) = 5,35")


RISING = {year: Decimal(4) + Decimal("0.1") * (year - 2016) for year in range(2016, 2026)}


def test_a_forecast_tells_the_year_its_interval_the_effort_and_its_method():
    aim = make_aim(RISING, make_target(6, horizon_year=2030), baseline=make_baseline(4, 2016), indicator=YEARS)
    line = verdict_of(aim)["Prévision"]
    assert "l'objectif serait atteint en 2036." in line
    assert "C'est après l'échéance de 2030." in line
    assert "Il faudrait désormais +0,22 an par an, contre +0,1 an par an jusqu'ici." in line
    said, small = line.split(" // ")
    assert said.startswith("À ce rythme")
    sum_, method = small.split(" | ")
    assert sum_ == "(6 − 4,9) ÷ 0,1 = 11 années après 2025 : 2036"
    assert method.startswith("médiane des pentes entre 10 années lues depuis 2016, +0,1 an par an")
    assert "marge de ce rythme, à 90 % : de" in method
    assert method.endswith("méthode theil-sen-1")


def test_the_margin_of_a_forecast_is_told_as_one_of_the_pace_and_never_as_a_chance():
    steady = {2021: 10, 2022: 11, 2023: 13, 2024: 14, 2025: 15}
    restless = {2021: 10, 2022: 14, 2023: 11, 2024: 13, 2025: 12}
    narrow, wide = (
        verdict_of(make_aim(values, make_target(20, horizon_year=2030)))["Prévision"] for values in (steady, restless)
    )
    assert narrow.startswith(
        "À ce rythme, l'objectif serait atteint en 2029, entre 2029 et 2030 si le rythme reste dans sa marge."
    )
    assert wide.startswith(
        "À ce rythme, l'objectif serait atteint en 2041 (dans la marge du rythme : 2029 au plus tôt, peut-être jamais)."
    )
    assert "chance" not in narrow + wide


UNEVEN = {2021: "5", 2022: "5", 2023: "5.3", 2024: "5.7", 2025: "5.4"}


@pytest.mark.parametrize(
    ("values", "target", "better", "expected"),
    [
        (RISING, make_target(6, Comparator.GREATER), Better.UP,
         "(6 − 4,9) ÷ 0,1 = 11 années après 2025, plus une car le vote demande davantage : 2037"),
        (RISING, make_target("6.05", Comparator.GREATER), Better.UP,
         "(6,05 − 4,9) ÷ 0,1 = 11,5 années après 2025, comptées pleines : 2037"),
        (UNEVEN, make_target(6), Better.UP,
         "(6 − 5,4) ÷ 0,141667 ≈ 4,24 années après 2025, comptées pleines : 2030"),
        ({2013 + 3 * n: n for n in range(5)}, make_target(5), Better.UP,
         "(5 − 4) ÷ 0,333333 ≈ 3 années après 2025 : 2028"),
        ({2021 + n: 9 - n for n in range(5)}, make_target("4.5", Comparator.AT_MOST), Better.DOWN,
         "(5 − 4,5) ÷ 1 = 0,5 année après 2025, comptée pleine : 2026"),
    ],
)  # fmt: skip
def test_a_forecast_shows_how_its_year_comes_out(values, target, better: Better, expected: str):
    aim = make_aim(values, target, indicator=replace(YEARS, better=better))
    sum_ = verdict_of(aim)["Prévision"].split(" // ")[1].split(" | ")[0]
    assert sum_ == expected
    left, sign, right = re.split(r" ([=≈]) ", sum_)
    elapsed = Fraction(right.split(" année")[0].replace(",", "."))
    assert abs(recompute(left) - elapsed) <= (Fraction(0) if sign == "=" else Fraction(1, 100))


def test_a_slow_pace_keeps_the_figures_that_one_divides_by():
    points = {year: Decimal(5) + Decimal("0.00005") * (year - 2016) for year in range(2016, 2026)}
    line = verdict_of(make_aim(points, make_target("5.001"), indicator=YEARS))["Prévision"]
    assert "(5,001 − 5,00045) ÷ 0,00005 = 11 années après 2025 : 2036" in line


@pytest.mark.parametrize(
    ("values", "target", "since", "expected"),
    [
        ({2024: 5, 2025: "5.4"}, make_target(6, horizon_year=2030), {}, "2 années comparables, il en faut 5"),
        (RISING, make_target(6), {2: 2024}, "la méthode a changé, 2 années comparables depuis"),
        (RISING, make_target("4.5"), {}, "Rien à prévoir : l'objectif est atteint en 2025 (4,9 ans)."),
        (dict.fromkeys(RISING, 5), make_target(6), {}, "la tendance est nulle"),
        (RISING, make_target(3, Comparator.AT_MOST), {}, "s'éloigne de l'objectif (+0,1 an par an)"),
        (RISING, make_target(60), {}, "dans plus de 30 ans"),
    ],
)
def test_a_refusal_to_forecast_is_said_plainly(values, target, since, expected: str):
    better = Better.DOWN if target.comparator is Comparator.AT_MOST else Better.UP
    aim = make_aim(values, target, indicator=replace(YEARS, better=better), since_method=since)
    assert expected in verdict_of(aim)["Prévision"]


def test_a_refusal_still_says_the_effort_when_there_is_a_date():
    aim = make_aim({2024: 5, 2025: "5.4"}, make_target(6, horizon_year=2030), indicator=YEARS)
    assert "Pour atteindre l'objectif en 2030, il faudrait désormais +0,12 an par an." in verdict_of(aim)["Prévision"]


def test_a_direction_is_explained_by_its_robust_slope():
    commitment = make_commitment(CommitmentKind.DIRECTIONAL, aims=[make_aim(RISING, indicator=YEARS)])
    said = judge(commitment, 2025, DECEMBER).aims[0]
    line = told(explain_judgement(commitment, said, 2025))["Tendance"]
    assert line.startswith("+0,1 an par an | médiane des pentes entre 10 années lues depuis 2016 (Theil-Sen)")


def paired(ratio: dict[int, int | str], total: dict[int, int | str]) -> Aim:
    companion = Companion(make_indicator("SOB-20", Better.DOWN, "devices", name="Équipements"), make_series(total))
    return replace(make_aim(ratio, indicator=YEARS), companion=companion)


def test_a_rebound_is_noted_with_its_four_numbers_and_shortly_in_lists():
    commitment = make_commitment(aims=[paired({2024: 5, 2025: "5.4"}, {2024: 3000, 2025: 3200})])
    assert len(rebounds(commitment, 2025)) == 1
    assert plain(rebound_details(commitment, 2025)[0]) == (
        "Effet rebond possible : de 2024 à 2025, « Durée d'usage moyenne des équipements » s'améliore"
        " (de 5 ans à 5,4 ans), mais « Équipements » se dégrade (de 3 000 équipements à 3 200 équipements)."
    )
    assert [plain(note) for note in rebound_notes(commitment, 2025)] == [
        "Effet rebond possible : « Équipements » se dégrade."
    ]
    quiet = make_commitment(aims=[paired({2024: 5, 2025: "5.4"}, {2024: 3000, 2025: 2900})])
    assert not rebound_details(quiet, 2025)


def test_a_rebound_smaller_than_the_rounding_does_not_look_like_nothing():
    commitment = make_commitment(aims=[paired({2024: "5.41", 2025: "5.44"}, {2024: 3000, 2025: 3001})])
    assert "de 5,41 ans à 5,44 ans" in plain(rebound_details(commitment, 2025)[0])


def test_a_break_is_noted_unless_the_past_was_recomputed():
    aim = make_aim({2021: 5, 2023: 6, 2025: 6}, indicator=YEARS, since_method={2: 2022})
    assert changed_since(aim, 2025) == 2023
    assert "a changé en 2023" in plain(break_notes(make_commitment(aims=[aim]), 2025)[0])
    assert changed_since(aim, 2021) is None
    again = replace(aim, restated={2: make_series({2021: "5.5", 2023: 6, 2025: 6})})
    assert not break_notes(make_commitment(aims=[again]), 2025)


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        (Aggregation.SUM, "Cumul 2016–2025 : 9 ans (2 années sur 10)."),
        (Aggregation.MEAN, "Moyenne 2016–2025 : 4,5 ans (2 années sur 10)."),
        (Aggregation.RATIO_OF_SUMS, "Ensemble 2016–2025 : 4,6 ans, rapport des sommes 23 ÷ 5 (2 années sur 10)."),
        (Aggregation.LATEST, ""),
        (
            Aggregation.MEDIAN,
            "Pas de chiffre d'ensemble de 2016 à 2025 : une médiane de médianes n'est pas une médiane.",
        ),
    ],
)
def test_several_years_come_to_one_figure_with_how_many_were_known(how: Aggregation, expected: str):
    readings = {
        2016: make_reading(2016, 4, numerator=8, denominator=2),
        2025: make_reading(2025, 5, numerator=15, denominator=3),
    }
    years = range(2016, 2026)
    made = over_years(readings, how, years, Decimal(1))
    assert plain(total_sentence(made, how, YEARS, years)) == expected


def test_the_quality_of_a_year_is_counted_best_first():
    readings = [make_reading(value=1, quality=quality) for quality in (Quality.ESTIMATED, Quality.MEASURED, None)]
    assert plain(quality_summary([*readings, readings[1], None])) == "mesuré : 2, estimé : 1, non précisée : 1"


def test_every_code_that_can_be_shown_has_words():
    assert set(REASONS) == set(ReasonCode)
    assert set(UNFORESEEN) == set(UnforeseenReason)
    assert set(REFUSALS) == set(AggregateRefusal)
    assert set(WORDS[TargetChange]) == set(TargetChange)
    assert set(WORDS[Origin]) == set(Origin)


def test_english_says_the_same_with_english_numbers():
    aim, drawn = computed("-15.238095")
    with speaking("en"):
        lines = value_of(aim, drawn=drawn)
        assert lines["Formula"] == "100 × (SOB-01 − baseline(SOB-01)) / baseline(SOB-01)"
        assert lines["With the numbers"] == "100 × (1,780 − 2,100) / 2,100 ≈ −15.238095"
        assert lines["Value"].startswith(
            "−15.2% | rounded to 1 decimal place (to nearest, ties to even) from −15.238095"
        )
        rising = make_aim(RISING, make_target(6, horizon_year=2030), baseline=make_baseline(4, 2016), indicator=YEARS)
        verdict = verdict_of(rising)
    assert verdict["Progress"] == "(4.9 − 4) ÷ (6 − 4) = 0.45, or 45%"
    assert "At this pace, the target would be met in 2036." in verdict["Forecast"]
    assert not re.search("[éèêàç]", " ".join([*lines.values()][:3]))


@pytest.mark.parametrize("code", list(UnforeseenReason))
def test_every_refusal_speaks_english(code: UnforeseenReason):
    with speaking("en"):
        assert text(UNFORESEEN[code]).startswith(("No forecast", "Nothing to forecast"))


numbers = st.decimals(-(10**6), 10**6, places=4, allow_nan=False)


@given(numbers, numbers, numbers)
def test_every_progress_recomputes(value: Decimal, base: Decimal, target: Decimal):
    assume(base != target)
    with speaking("fr"):
        assert holds(progress_sum(value, base, target))


@given(numbers, numbers, st.integers(1, 20), st.integers(0, 20))
def test_every_point_of_a_line_recomputes(low: Decimal, high: Decimal, span: int, elapsed: int):
    with speaking("fr"):
        assert holds(line_sum((2010, low), (2010 + span, high), 2010 + elapsed))


@given(numbers, numbers, st.sampled_from([TargetBasis.RELATIVE_PERCENT, TargetBasis.RELATIVE_DIFFERENCE]))
def test_every_threshold_recomputes(base: Decimal, change: Decimal, basis: TargetBasis):
    with speaking("fr"):
        assert holds(threshold_sum(make_target(change, basis=basis), base))


@pytest.mark.parametrize(
    "written",
    [
        "A-1 − (B-1 + C-1)",
        "A-1 / (B-1 × C-1)",
        "(A-1 − B-1) × 2",
        "−(A-1 + B-1)",
        "somme(A-1 ; B-1 ; 3)",
        "référence(A-1) − −B-1",
        "1 000 × A-1",
    ],
)
def test_a_formula_spelled_for_a_reader_reads_back_as_itself(written: str):
    formula = formulas.read(written)
    assert formulas.read(plain(spelled(formula, by_name))) == formula


def test_an_explanation_is_made_of_what_was_judged():
    aim = make_aim({2025: "5.4"}, make_target(6, horizon_year=2030), baseline=KEEP, indicator=YEARS)
    said = judge_aim(aim, 2025)
    assert isinstance(said, AimJudgement)
    explanation = explain_judgement(make_commitment(aims=[aim], title="Garder les ordinateurs 6 ans"), said, 2025)
    assert plain(explanation.title) == "Garder les ordinateurs 6 ans"
    assert explanation.lines[0].term == "État"


def test_equal_is_said_only_of_what_is_equal():
    exact, drawn = computed("-25")
    drawn["SOB-01"] = replace(drawn["SOB-01"], readings={2025: make_reading(value=1575)})
    assert value_of(exact, drawn=drawn)["Avec les nombres"].endswith("= −25")
    cut, drawn = computed("-9.52381")
    drawn["SOB-01"] = replace(drawn["SOB-01"], readings={2025: make_reading(value=1900)})
    assert value_of(cut, drawn=drawn)["Avec les nombres"].endswith("≈ −9,52381")
