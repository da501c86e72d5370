"""Open data, table by table: what each row says of the records it was given, and what it leaves out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from tests.factories import (
    make_aim,
    make_baseline,
    make_commitment,
    make_indicator,
    make_organisation,
    make_reading,
    make_target,
)
from tracker.domain.opened import OpenValue, OpenYear
from tracker.domain.records import CommitmentRecord
from tracker.domain.scorecard import score
from tracker.domain.vocabulary import Absence, BaselineState, TargetBasis
from tracker.exports.datasets.indicators import indicators
from tracker.exports.datasets.measurements import measurements
from tracker.exports.datasets.objectives import objectives, states
from tracker.exports.datasets.targets import levels, targets
from tracker.exports.tabular import DataTable, csv_file
from tracker.labels import speaking

TODAY = date(2026, 3, 1)
LIFETIME = make_indicator("SOB-06", unit="years")


def year(at: int, *commitments: CommitmentRecord, rank: int = 0, has_values: bool = True) -> OpenYear:
    return OpenYear(score(make_organisation(), commitments, at, TODAY), rank or at, has_values)


def rows(table: DataTable) -> Sequence[dict[str, Any]]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def lasting(*targets: Any, **aim: Any) -> CommitmentRecord:
    return make_commitment(aims=[make_aim({2024: "5.5", 2025: 6}, *targets, indicator=LIFETIME, **aim)])


def test_an_objective_bears_its_last_text_and_its_last_judgement():
    old = make_commitment(title="Ancien titre", code="A-1")
    new = make_commitment(title="Nouveau titre", code="A-1")
    told = rows(objectives([year(2024, new, rank=9), year(2025, old, rank=2)]))
    assert [(row["engagement"], row["titre"], row["annee"]) for row in told] == [("A-1", "Nouveau titre", 2025)]


def test_an_objective_is_judged_once_a_year_and_the_last_one_is_that_of_its_row():
    years = [year(2024, lasting(make_target(6))), year(2025, lasting(make_target(6)))]
    told = {row["annee"]: row["etat"] for row in rows(states(years))}
    assert sorted(told) == [2024, 2025]
    assert rows(objectives(years))[0]["etat"] == told[2025]


def test_words_are_french_whatever_the_language():
    years = [year(2025, lasting(make_target(6)))]
    with speaking("en"):
        assert rows(objectives(years))[0]["axe"] == "Sobriété"


def test_a_year_without_values_gives_states_and_no_figure():
    years = [year(2025, lasting(make_target(6)), has_values=False)]
    assert rows(targets(years, ())) == []
    assert "6" not in str(rows(states(years))[0]["phrase"])


def test_a_target_is_told_with_the_threshold_that_judges_and_what_it_is_counted_from():
    asked = make_target(25, basis=TargetBasis.RELATIVE_PERCENT, points={2025: 10})
    years = [year(2025, lasting(asked, baseline=make_baseline(4, 2020)))]
    (told,) = rows(targets(years, ()))
    assert (told["valeur"], told["seuil"], told["reference_valeur"], told["reference_annee"]) == (25, 5, 4, 2020)
    assert [(row["annee"], row["valeur"]) for row in rows(levels(years))] == [(2025, 10)]


def test_a_baseline_that_nobody_established_is_empty_and_never_zero():
    asked = make_target(25, basis=TargetBasis.RELATIVE_PERCENT)
    unknown = make_baseline(None, None, BaselineState.TO_ESTABLISH)
    (told,) = rows(targets([year(2025, lasting(asked, baseline=unknown))], ()))
    assert (told["seuil"], told["reference_valeur"]) == (None, None)


def test_a_target_that_judges_no_year_told_is_not_told_yet():
    later = make_target(8, version=2, in_force_from=2026)
    told = rows(targets([year(2025, lasting(make_target(6), later))], ()))
    assert [(row["version"], row["est_en_vigueur"]) for row in told] == [(1, True)]


def test_a_decision_is_named_only_where_it_is_a_deliberation_that_may_be():
    asked = (replace(make_target(6), decision="demo-2022-045"), replace(make_target(7, version=2), decision="Note"))
    told = rows(targets([year(2025, lasting(*asked))], ("demo-2022-045",)))
    assert [row["deliberation"] for row in told] == ["demo-2022-045", None]


def test_indicators_come_by_code_with_their_unit_in_words():
    aims = [make_aim(indicator=make_indicator(code, unit="years")) for code in ("SOB-06", "ACC-01")]
    assert [(row["indicateur"], row["unite"]) for row in rows(indicators(aims))] == [
        ("ACC-01", "ans"),
        ("SOB-06", "ans"),
    ]


def test_every_revision_has_its_row_and_a_missing_value_its_reason():
    first = replace(make_reading(2024, 5, comment="Relu par Mme X."), author="Une agente")
    second = make_reading(2024, None, Absence.NOT_MEASURED, revision=2)
    values = [
        OpenValue("SOB-06", second, date(2025, 3, 1), is_current=True),
        OpenValue("SOB-06", first, date(2025, 2, 1), is_current=False),
    ]
    table = measurements(values)
    told = rows(table)
    assert [(row["revision"], row["valeur"], row["est_en_vigueur"]) for row in told] == [
        (1, Decimal(5), False),
        (2, None, True),
    ]
    assert told[1]["motif_absence"] == "non mesuré"
    written = csv_file(table).decode()
    assert "SOB-06,2024,2,2025-03-01,true,,,," in written
    assert "agente" not in written
    assert "Mme X" not in written
