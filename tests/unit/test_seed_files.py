"""The seed files keep to their format: counts, vocabularies, references, canonical form."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

SEEDS = Path(__file__).parents[2] / "seeds"
DELIBERATION_FILES = sorted((SEEDS / "deliberations").glob("*.yaml"))
INDICATOR_FILES = sorted((SEEDS / "indicators").glob("*.yaml"))
SEED_FILES = [SEEDS / "organisations.yaml", *DELIBERATION_FILES, *INDICATOR_FILES]

COUNTS = {"AMP-2023-14771": 54, "AMP-2025-17490": 21, "AMP-2025-17495": 8, "VDM-2022-0737": 64}
PREFIXES = {
    "AMP-2023-14771": "AMP23-",
    "AMP-2025-17490": "AMP25N-",
    "AMP-2025-17495": "AMP25I-",
    "VDM-2022-0737": "VDM22-",
}
INDICATOR_PREFIXES = {
    "sobriety": "SOB-",
    "accessibility": "ACC-",
    "trust": "CON-",
    "ethics": "ETH-",
    "governance": "GOV-",
}
TARGETS = {
    ("AMP23-S06", "SOB-06", "relative_percent", "gt", "25", None, None),
    ("AMP23-S06", "SOB-07", "relative_percent", "gt", "25", None, None),
    ("VDM22-S23", "SOB-06", "from_to", "ge", "6", "5", 2022),
    ("VDM22-S24", "SOB-07", "from_to", "ge", "3", "2", 2022),
}
BASELINES = {
    ("AMP23-S06", "SOB-06", "to_establish", None, None),
    ("AMP23-S06", "SOB-07", "to_establish", None, None),
}
DERIVED = {"SOB-03", "SOB-08", "GOV-03", "GOV-14"}
FORMULAS = {"SOB-03": "100 × (SOB-01 − référence(SOB-01)) / référence(SOB-01)"}

ORGANISATIONS_KEYS = ["schema", "source", "organisations"]
ORGANISATION_KEYS = ["slug", "name", "kind", "is_fictional", "departments"]
DELIBERATION_KEYS = [
    "schema", "source", "organisation", "reference", "number", "internal_reference", "adopted_on",
    "body", "title_fr", "title_en", "rapporteur_role", "outcome", "legal_basis", "relations",
    "articles", "budget_lines", "commitments",
]  # fmt: skip
ARTICLE_KEYS = ["label", "body_fr"]
LINE_KEYS = [
    "year", "budget", "section", "chapter", "function", "nature", "policy", "programme", "manager", "amount", "tax",
]  # fmt: skip
RELATION_KEYS = ["kind", "number", "adopted_on", "body", "subject_fr"]
COMMITMENT_KEYS = [
    "code", "locator", "axis", "secondary_axes", "title_fr", "title_en", "statement_fr",
    "statement_en", "kind", "strength", "stage_in_text", "starts_on", "due_on", "due_precision",
    "due_note", "stale_after_months", "owner", "steering", "decree_items", "legal_references", "ambiguity",
    "is_flagship", "indicators", "baselines", "targets", "findings",
]  # fmt: skip
BASELINE_KEYS = ["indicator", "state", "value", "year", "in_force_from", "method", "source_fr", "reason_fr"]
TARGET_KEYS = [
    "indicator", "basis", "comparator", "value", "upper", "start", "start_year", "horizon_year", "path", "reason_fr",
    "decision", "decided_on", "in_force_from", "points",
]  # fmt: skip
FINDING_KEYS = ["state", "on", "valid_until", "year", "amount", "tax", "budget_line", "evidence_fr"]
INDICATOR_FILE_KEYS = ["schema", "source", "axis", "indicators"]
INDICATOR_KEYS = [
    "code", "tier", "name_fr", "name_en", "definition_fr", "definition_en", "unit", "value_kind",
    "numerator_fr", "denominator_fr", "formula_fr", "formula", "better", "aggregation", "collected_by",
    "decimals", "minimum", "maximum", "companion", "decree_items", "suggestion", "data_sources",
    "references", "note_fr",
]  # fmt: skip
SUGGESTION_KEYS = ["comparator", "value", "basis_fr"]

AXES = {"sobriety", "accessibility", "trust", "ethics", "governance"}
COMPARATORS = {"gt", "ge", "lt", "le", "eq"}
COMMITMENT_VOCABULARY = {
    "axis": AXES,
    "kind": {"quantified", "directional", "milestone", "renewal", "approval", "continuous"},
    "strength": {"decision", "commitment", "proposal", "intention", "option", "context"},
    "stage_in_text": {"done", "decided", "in_place", "under_way", "to_do"},
    "due_precision": {"day", "month", "half_year", "year", "derived"},
}
INDICATOR_VOCABULARY = {
    "tier": {"core", "standard", "optional"},
    "unit": {
        "years", "percent", "t_co2e", "kg_co2e_per_person", "kg_sb_eq", "mwh", "devices",
        "devices_per_person", "screens_per_person", "kg_per_person", "gb_per_person", "unitless",
        "kb", "days", "hours", "score_10", "score_1000", "people", "operations", "datasets",
        "contributions", "meetings", "eur", "fte", "services", "actions", "yes_no",
    },
    "value_kind": {"sum", "count", "ratio", "percent", "mean", "median", "index", "boolean"},
    "better": {"up", "down", "exact", "in_range", "neutral"},
    "aggregation": {"ratio_of_sums", "sum", "latest", "median"},
    "collected_by": {"measurement", "finding", "derived"},
}  # fmt: skip


def load(path: Path) -> dict[str, Any]:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


DELIBERATIONS = {data["reference"]: data for data in map(load, DELIBERATION_FILES)}
COMMITMENTS: list[dict[str, Any]] = [
    commitment for data in DELIBERATIONS.values() for commitment in data["commitments"]
]
INDICATORS: dict[str, dict[str, Any]] = {
    indicator["code"]: indicator for data in map(load, INDICATOR_FILES) for indicator in data["indicators"]
}
ORGANISATIONS = {item["slug"]: item for item in load(SEEDS / "organisations.yaml")["organisations"]}


def assert_keys(item: dict[str, Any], allowed: list[str], required: set[str]) -> None:
    assert set(item) <= set(allowed), f"keys outside the schema: {set(item) - set(allowed)}"
    assert required <= set(item), f"missing keys: {required - set(item)}"
    assert list(item) == [key for key in allowed if key in item], "keys out of order"


def assert_date(value: object) -> None:
    assert isinstance(value, str)
    datetime.date.fromisoformat(value)


def assert_number(value: object) -> None:
    assert isinstance(value, str)
    assert Decimal(value).is_finite()


def strings(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from strings(value)


def empty_values(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if value is None or value is False or value in ("", [], {}):
                yield str(key)
            yield from empty_values(value)
    elif isinstance(node, list):
        for value in node:
            yield from empty_values(value)


@pytest.mark.parametrize("path", SEED_FILES, ids=lambda path: path.name)
def test_files_are_canonical(path: Path) -> None:
    dumped = yaml.safe_dump(load(path), allow_unicode=True, sort_keys=False, width=100)
    assert dumped.encode("utf-8") == path.read_bytes()
    assert not list(empty_values(load(path)))


@pytest.mark.parametrize("path", SEED_FILES, ids=lambda path: path.name)
def test_typography_is_plain(path: Path) -> None:
    for text in strings(load(path)):
        assert not re.search("[\u00a0\u202f\u2019]", text), text
        assert text == text.strip()
        assert not re.search(r"«\S|\S»", text), text
        assert text.count("«") == text.count("»"), text


def test_counts() -> None:
    assert {reference: len(d["commitments"]) for reference, d in DELIBERATIONS.items()} == COUNTS
    assert len(COMMITMENTS) == 147
    assert len(INDICATORS) == sum(len(load(path)["indicators"]) for path in INDICATOR_FILES) == 89
    assert len(DELIBERATION_FILES) == 4
    assert set(ORGANISATIONS) == {"amp", "marseille"}
    assert {path.stem for path in INDICATOR_FILES} == AXES


def test_codes_are_unique_and_prefixed() -> None:
    assert max(Counter(c["code"] for c in COMMITMENTS).values()) == 1
    for reference, data in DELIBERATIONS.items():
        for commitment in data["commitments"]:
            assert commitment["code"].startswith(PREFIXES[reference])


def test_organisations() -> None:
    data = load(SEEDS / "organisations.yaml")
    assert_keys(data, ORGANISATIONS_KEYS, set(ORGANISATIONS_KEYS))
    assert data["schema"] == "organisations/1"
    for item in data["organisations"]:
        assert_keys(item, ORGANISATION_KEYS, {"slug", "name", "kind"})
        assert item["kind"] in {"metropolis", "commune"}
        for department in item["departments"]:
            assert_keys(department, ["code", "name"], {"code", "name"})


@pytest.mark.parametrize("path", DELIBERATION_FILES, ids=lambda path: path.name)
def test_deliberation_header(path: Path) -> None:
    data = load(path)
    assert_keys(data, DELIBERATION_KEYS, set(DELIBERATION_KEYS) - {"relations", "budget_lines"})
    assert data["schema"] == "deliberation/1"
    assert path.stem == data["reference"].lower()
    assert data["organisation"] in ORGANISATIONS
    assert data["outcome"] == "adopted"
    assert_date(data["adopted_on"])
    for relation in data.get("relations", []):
        assert_keys(relation, RELATION_KEYS, {"kind", "number", "adopted_on", "subject_fr"})
        assert relation["kind"] in {"renews", "refers_to"}
        assert_date(relation["adopted_on"])
        assert relation["adopted_on"] < data["adopted_on"]
    for article in data["articles"]:
        assert_keys(article, ARTICLE_KEYS, set(ARTICLE_KEYS))
        assert re.fullmatch(r"article (\d|unique)", article["label"])
    for line in data.get("budget_lines", []):
        assert_keys(line, LINE_KEYS, {"year", "section", "chapter", "nature", "amount", "tax"})
        assert_number(line["amount"])


@pytest.mark.parametrize("commitment", COMMITMENTS, ids=lambda c: c["code"])
def test_commitment(commitment: dict[str, Any]) -> None:
    required = {
        "code", "locator", "axis", "title_fr", "title_en", "statement_fr", "statement_en", "kind",
        "strength", "stage_in_text", "indicators",
    }  # fmt: skip
    assert_keys(commitment, COMMITMENT_KEYS, required)
    for key, values in COMMITMENT_VOCABULARY.items():
        if key in commitment:
            assert commitment[key] in values
    assert set(commitment.get("secondary_axes", [])) <= AXES - {commitment["axis"]}
    assert set(commitment.get("decree_items", [])) <= {1, 2, 3, 4, 5, 6}
    for key in ("starts_on", "due_on"):
        if key in commitment:
            assert_date(commitment[key])
    assert ("due_on" in commitment) == ("due_precision" in commitment)
    codes = commitment["indicators"]
    assert len(codes) == len(set(codes))
    assert set(codes) <= set(INDICATORS)
    derived = [code in DERIVED for code in codes]
    assert derived == sorted(derived), "derived indicators are listed last"
    if commitment["kind"] == "milestone":
        assert codes[0] == "GOV-15"


@pytest.mark.parametrize("commitment", COMMITMENTS, ids=lambda c: c["code"])
def test_commitment_details(commitment: dict[str, Any]) -> None:
    for baseline in commitment.get("baselines", []):
        assert_keys(baseline, BASELINE_KEYS, {"indicator", "state", "source_fr"})
        assert baseline["state"] in {"to_establish", "proposed", "validated"}
        assert baseline["indicator"] in commitment["indicators"]
        has_value = baseline["state"] != "to_establish"
        assert ("value" in baseline) == ("year" in baseline) == has_value
        if "value" in baseline:
            assert_number(baseline["value"])
            assert isinstance(baseline["year"], int)
    for target in commitment.get("targets", []):
        assert_keys(target, TARGET_KEYS, {"indicator", "basis", "comparator", "value", "reason_fr"})
        assert target["basis"] in {"absolute", "relative_percent", "relative_difference", "from_to"}
        assert ("start" in target) == ("start_year" in target) == (target["basis"] == "from_to")
        assert target["comparator"] in COMPARATORS
        assert target["indicator"] in commitment["indicators"]
        for key in ("value", "start"):
            if key in target:
                assert_number(target[key])
    for finding in commitment.get("findings", []):
        assert_keys(finding, FINDING_KEYS, {"state", "on", "evidence_fr"})
        assert finding["state"] in {"done", "not_done", "decided", "observed"}, "never « paid »"
        assert_date(finding["on"])
        assert ("amount" in finding) == ("tax" in finding)
        if "amount" in finding:
            assert_number(finding["amount"])
            assert finding["tax"] in {"inclusive", "exclusive", "unstated"}


def test_owners_are_departments_of_the_organisation() -> None:
    owned = []
    for data in DELIBERATIONS.values():
        departments = {d["code"] for d in ORGANISATIONS[data["organisation"]]["departments"]}
        for commitment in data["commitments"]:
            if "owner" in commitment:
                assert commitment["owner"] in departments
                owned.append(commitment["code"])
    assert owned == ["AMP25I-G02"]


def test_only_the_voted_targets_exist() -> None:
    targets = [
        (
            c["code"],
            t["indicator"],
            t["basis"],
            t["comparator"],
            t["value"],
            t.get("start"),
            t.get("start_year"),
        )
        for c in COMMITMENTS
        for t in c.get("targets", [])
    ]
    assert len(targets) == 4
    assert set(targets) == TARGETS
    unsaid = {"horizon_year", "upper", "path", "points", "decision", "decided_on", "in_force_from"}
    assert not any(unsaid & set(t) for c in COMMITMENTS for t in c.get("targets", []))
    assert {t[0] for t in targets if t[2] == "from_to"} == {"VDM22-S23", "VDM22-S24"}
    quantified = {c["code"] for c in COMMITMENTS if c["kind"] == "quantified"}
    assert quantified == {t[0] for t in targets}


def test_only_the_expected_baselines_exist() -> None:
    baselines = [
        (c["code"], b["indicator"], b["state"], b.get("value"), b.get("year"))
        for c in COMMITMENTS
        for b in c.get("baselines", [])
    ]
    assert len(baselines) == 2
    assert set(baselines) == BASELINES


def test_special_kinds() -> None:
    by_kind: dict[str, set[str]] = {}
    for commitment in COMMITMENTS:
        by_kind.setdefault(commitment["kind"], set()).add(commitment["code"])
    assert by_kind["directional"] == {"AMP23-S02"}
    assert by_kind["approval"] == {"AMP23-A05"}
    assert by_kind["renewal"] == {
        "AMP25N-G01", "AMP25N-G02", "AMP25I-G01", "AMP25I-G02", "VDM22-G02", "VDM22-C08",
    }  # fmt: skip


def test_flagships() -> None:
    for slug in ORGANISATIONS:
        flagships = [
            commitment["code"]
            for data in DELIBERATIONS.values()
            if data["organisation"] == slug
            for commitment in data["commitments"]
            if commitment.get("is_flagship")
        ]
        assert 9 <= len(flagships) <= 12


@pytest.mark.parametrize("path", INDICATOR_FILES, ids=lambda path: path.name)
def test_indicator_file(path: Path) -> None:
    data = load(path)
    assert_keys(data, INDICATOR_FILE_KEYS, set(INDICATOR_FILE_KEYS))
    assert data["schema"] == "indicators/1"
    assert data["axis"] == path.stem
    for indicator in data["indicators"]:
        assert indicator["code"].startswith(INDICATOR_PREFIXES[path.stem])


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=lambda i: i["code"])
def test_indicator(indicator: dict[str, Any]) -> None:
    required = set(INDICATOR_KEYS[:8]) | {"better", "aggregation", "collected_by"}
    assert_keys(indicator, INDICATOR_KEYS, required)
    for key, values in INDICATOR_VOCABULARY.items():
        assert indicator[key] in values
    assert ("numerator_fr" in indicator) == ("denominator_fr" in indicator)
    assert isinstance(indicator.get("decimals", 0), int)
    assert set(indicator.get("decree_items", [])) <= {1, 2, 3, 4, 5, 6}
    for key in ("minimum", "maximum"):
        if key in indicator:
            assert_number(indicator[key])
    if "companion" in indicator:
        assert indicator["companion"] in INDICATORS
        assert INDICATORS[indicator["companion"]]["value_kind"] in {"sum", "count"}
    if "suggestion" in indicator:
        assert_keys(indicator["suggestion"], SUGGESTION_KEYS, set(SUGGESTION_KEYS))
        assert indicator["suggestion"]["comparator"] in COMPARATORS
        assert_number(indicator["suggestion"]["value"])


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=lambda i: i["code"])
def test_indicator_is_coherent(indicator: dict[str, Any]) -> None:
    kind, aggregation = indicator["value_kind"], indicator["aggregation"]
    allowed = {
        "sum": {"sum", "latest"},
        "count": {"sum", "latest"},
        "ratio": {"ratio_of_sums"},
        "percent": {"ratio_of_sums", "latest"},
        "mean": {"ratio_of_sums"},
        "median": {"median"},
        "index": {"latest"},
        "boolean": {"latest"},
    }
    assert aggregation in allowed[kind]
    if kind == "percent":
        assert indicator["unit"] == "percent"
    if aggregation == "ratio_of_sums":
        assert "numerator_fr" in indicator
    if aggregation == "latest" and kind in {"sum", "count"}:
        assert "dernière valeur" in indicator["note_fr"], "a stock says why it is never added up"
    assert (kind == "boolean") == (indicator["unit"] == "yes_no")
    if indicator["collected_by"] == "derived":
        assert indicator["note_fr"].startswith("Dérivé : ")


def test_collected_by() -> None:
    assert {c for c, i in INDICATORS.items() if i["collected_by"] == "derived"} == DERIVED
    assert {c for c, i in INDICATORS.items() if i["collected_by"] == "finding"} == {"GOV-15"}


def test_formulas_belong_to_derived_indicators_and_name_indicators_of_the_catalogue() -> None:
    assert {code: i["formula"] for code, i in INDICATORS.items() if "formula" in i} == FORMULAS
    assert set(FORMULAS) <= DERIVED
    for formula in FORMULAS.values():
        assert set(re.findall(r"[A-Z]+-\d+", formula)) <= set(INDICATORS)


def test_limits_known_to_matter() -> None:
    for code in ("SOB-03", "SOB-08", "SOB-11", "SOB-14"):
        assert "maximum" not in INDICATORS[code]
    assert INDICATORS["SOB-22"]["minimum"] == "1"
    assert "suggestion" not in INDICATORS["GOV-06"]
    assert not any("7600" in text or "7 600" in text for text in strings(INDICATORS))
