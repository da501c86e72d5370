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
from tests.packaged import table_faults
from tracker.domain.opened import OpenValue, OpenYear, known_values
from tracker.domain.records import CommitmentRecord
from tracker.domain.scorecard import score
from tracker.domain.vocabulary import Absence, Aggregation, BaselineState, TargetBasis
from tracker.exports.datasets.agec import agec, lacking
from tracker.exports.datasets.impact import impact
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


def current(code: str, reading: Any) -> OpenValue:
    return OpenValue(code, reading, date(2026, 2, 1), is_current=True)


def test_a_computed_value_is_told_again_only_when_it_is_another_one():
    def told(value: str, rank: int) -> OpenYear:
        aim = replace(lasting().aims[0], readings={2024: make_reading(2024, value, revision=0)})
        return year(2025, make_commitment(aims=[aim]), rank=rank)

    years = [told("5", 1), told("5", 2), replace(told("6", 3), card=replace(told("6", 3).card, today=date(2026, 4, 1)))]
    found = known_values(years, lambda moment: moment.date())
    assert [(one.reading.value, one.known_on, one.is_current) for one in found] == [
        (5, TODAY, False),
        (6, date(2026, 4, 1), True),
    ]


STRING = {"type": "string", "constraints": {"required": True}}
TRUE_OR_FALSE = {"type": "boolean", "constraints": {"required": True}}
FREQUENCIES = ["quotidienne", "hebdomadaire", "mensuelle", "annuelle", "trimestrielle", "semestrielle", "autre"]
DRAWINGS = ["linechart", "barchart", "map", "scatterplot", "piechart"]
IMPACT = {
    "administration_rattachement": STRING,
    "nom_service_public_numerique": STRING,
    "indicateur": STRING,
    "valeur": {"type": "number", "constraints": {"required": True}},
    "unite_mesure": STRING,
    "est_cible": TRUE_OR_FALSE,
    "type_indicateur": {"type": "string", "constraints": {"enum": ["usage", "impact"]}},
    "frequence_monitoring": {"type": "string", "constraints": {"required": True, "enum": FREQUENCIES}},
    "date": {"type": "date", "constraints": {"required": True}},
    "est_periode": TRUE_OR_FALSE,
    "date_debut": {"type": "date"},
    "est_automatise": TRUE_OR_FALSE,
    "source_collecte": STRING,
    "code_insee": {"type": "string"},
    "dataviz_wish": {"type": "string", "constraints": {"enum": DRAWINGS}},
    "commentaires": {"type": "string"},
}
"""Our reading of etalab/schema-impact-service-public-numerique."""
AMOUNT = {"type": "number", "constraints": {"required": True}}
AGEC = {
    "annee": {"type": "year", "constraints": {"required": True}},
    "siret": {"type": "string", "constraints": {"required": True, "pattern": r"^\d{14}$"}},
    "raison_sociale": STRING,
    "type_produit_acquis": {
        "type": "string",
        "constraints": {"required": True, "enum": ["Matériel informatique et téléphonie"]},
    },
    "montant_total": AMOUNT,
    "montant_reemploi_et_reutilisation": AMOUNT,
    "montant_produits_issus_don": AMOUNT,
    "montant_produits_recycles": AMOUNT,
    "commentaires": {"type": "string"},
}
"""Our reading of datagouv/schema-declaration-biens-reemploi-reutilisation-recycle, one category of its seventeen."""


def as_schema(columns: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {"fields": [{"name": name, **told} for name, told in columns.items()]}


def test_targets_and_values_stand_in_one_table_of_the_national_schema():
    flow = replace(LIFETIME, aggregation=Aggregation.SUM)
    asked = make_target(8, horizon_year=2030, points={2027: 7})
    aim = make_aim({2025: 6}, asked, indicator=flow)
    years = [year(2025, make_commitment(aims=[aim], code="A-1"))]
    values = [
        current("SOB-06", make_reading(2025, 6)),
        current("SOB-06", make_reading(2024, None, Absence.NOT_MEASURED)),
    ]
    table = impact("Ville", [aim], values, years)
    told = [(row["est_cible"], row["date"], row["valeur"], row["date_debut"]) for row in rows(table)]
    assert told == [
        (False, date(2025, 12, 31), 6, date(2025, 1, 1)),
        (True, date(2027, 12, 31), 7, date(2027, 1, 1)),
        (True, date(2030, 12, 31), 8, date(2030, 1, 1)),
    ]
    assert table_faults(csv_file(table), as_schema(IMPACT)) == []


def test_the_declaration_leaves_empty_what_is_not_known_and_names_it():
    reading = make_reading(2025, 20, numerator=20_000, denominator=100_000)
    table = agec("Ville", [current("SOB-14", reading), current("SOB-15", reading)])
    (told,) = rows(table)
    assert (told["montant_total"], told["montant_reemploi_et_reutilisation"]) == (100_000, 20_000)
    unknown = ["siret", "montant_produits_issus_don", "montant_produits_recycles"]
    assert [column.name for column in lacking(table)] == unknown
    assert len(table_faults(csv_file(table), as_schema(AGEC))) == len(unknown)
    filled = [
        "21860194600013" if name == "siret" else Decimal(0) if name in unknown else cell for name, cell in told.items()
    ]
    assert table_faults(csv_file(replace(table, rows=[filled])), as_schema(AGEC)) == []
    nothing = agec("Ville", [])
    assert [column.name for column in lacking(nothing)] == [one.name for one in nothing.columns[:-1]]


def test_a_share_without_its_two_amounts_declares_none():
    (told,) = rows(agec("Ville", [current("SOB-14", make_reading(2025, 20))]))
    assert (told["montant_total"], told["montant_reemploi_et_reutilisation"], told["commentaires"]) == (
        None,
        None,
        None,
    )
