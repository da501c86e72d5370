"""The fictional demonstration town: its seed files are complete, canonical and say that they are invented."""

import datetime
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
DEMONSTRATION = SEEDS / "demonstration"
DELIBERATION_FILES = ("demo-2016-012.yaml", "demo-2022-045.yaml")
PLAN_VOTES = ("demo-2023-099.yaml", "demo-2024-108.yaml")
OTHERS = (
    "series.yaml",
    "campaigns.yaml",
    "plans.yaml",
    "equipment.yaml",
    "scenarios.yaml",
    "services.yaml",
)
FILES = ("organisation.yaml", *DELIBERATION_FILES, *PLAN_VOTES, *OTHERS)
KINDS = {"quantified", "directional", "milestone", "renewal", "approval", "continuous"}
AXES = {"sobriety", "accessibility", "trust", "ethics", "governance"}
DERIVED = {"SOB-03", "SOB-08", "GOV-03", "GOV-14"}
TOLD_BY_FINDINGS = "GOV-15"
WITHOUT_DENOMINATOR = {"sum", "count", "median", "index", "boolean"}
COMMITMENT_KEYS = [
    "code", "locator", "axis", "secondary_axes", "title_fr", "title_en", "statement_fr", "statement_en", "kind",
    "strength", "stage_in_text", "starts_on", "due_on", "due_precision", "due_note", "owner", "steering",
    "decree_items", "legal_references", "ambiguity", "is_flagship", "indicators", "baselines", "targets", "findings",
]  # fmt: skip
SERIES_KEYS = [
    "indicator", "from", "to", "noise", "denominator", "since", "until", "absent", "quality", "coverage", "late",
    "comments", "rectified",
]  # fmt: skip


def load(name):
    return yaml.safe_load((DEMONSTRATION / name).read_text(encoding="utf-8"))


def walk(node, path=""):
    """Every (path, leaf or container) of a document."""
    yield path, node
    if isinstance(node, dict):
        for key, value in node.items():
            yield from walk(value, f"{path}.{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from walk(value, f"{path}[{index}]")


def in_order(keys, reference):
    return [key for key in reference if key in keys] == list(keys)


@pytest.fixture(scope="module")
def organisation():
    return load("organisation.yaml")["organisation"]


@pytest.fixture(scope="module")
def deliberations():
    return [load(name) for name in DELIBERATION_FILES]


@pytest.fixture(scope="module")
def commitments(deliberations):
    return [commitment for deliberation in deliberations for commitment in deliberation["commitments"]]


@pytest.fixture(scope="module")
def series():
    return load("series.yaml")


@pytest.fixture(scope="module")
def catalogue():
    found = {}
    for path in sorted((SEEDS / "indicators").glob("*.yaml")):
        for indicator in yaml.safe_load(path.read_text(encoding="utf-8"))["indicators"]:
            found[indicator["code"]] = indicator
    assert found, "seeds/indicators/ holds no indicator"
    return found


@pytest.mark.parametrize("name", FILES)
def test_canonical_form(name):
    text = (DEMONSTRATION / name).read_bytes().decode("utf-8")
    data = yaml.safe_load(text)
    assert yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100) == text
    for path, value in walk(data):
        assert value is not False, f"{path} should be left out"
        assert value not in (None, "", [], {}), f"{path} should be left out"
        assert not isinstance(value, (float, datetime.date)), f"{path} should be quoted"


@pytest.mark.parametrize("name", FILES)
def test_says_fictional(name):
    assert re.search(r"fictive|inventés", load(name)["source"])


def test_organisation_and_deliberations_say_fictional(organisation, deliberations):
    assert organisation["slug"] == "demonstration"
    assert organisation["is_fictional"] is True
    for deliberation in deliberations:
        assert deliberation["organisation"] == organisation["slug"]
        assert "(fictive)" in deliberation["number"]
        assert "fictive" in deliberation["title_fr"]
        assert "fictional" in deliberation["title_en"]
        for relation in deliberation.get("relations", []):
            assert "(fictive)" in relation["number"]


def test_findings_and_networks_say_fictional(commitments):
    for commitment in commitments:
        for finding in commitment.get("findings", []):
            assert re.search(r"ficti(f|ve)", finding["evidence_fr"])
            assert "budget_line" not in finding or "fictive" in finding["budget_line"]
        assert "Réseau" not in commitment["statement_fr"] or "Réseau fictif" in commitment["statement_fr"]


def test_file_names_follow_references(deliberations):
    references = [deliberation["reference"].lower() + ".yaml" for deliberation in deliberations]
    assert references == list(DELIBERATION_FILES)


def test_thirty_eight_commitments_with_unique_codes(commitments):
    codes = [commitment["code"] for commitment in commitments]
    assert len(codes) == 38 == len(set(codes))
    assert all(re.fullmatch(r"DEM(16|22)-[SACEG]\d\d", code) for code in codes)
    letters = {"sobriety": "S", "accessibility": "A", "trust": "C", "ethics": "E", "governance": "G"}
    assert all(commitment["code"][6] == letters[commitment["axis"]] for commitment in commitments)


def test_kinds_and_axes(commitments):
    kinds = Counter(commitment["kind"] for commitment in commitments)
    assert set(kinds) == KINDS
    assert (kinds["directional"], kinds["milestone"], kinds["renewal"], kinds["approval"]) == (3, 8, 3, 2)
    assert {commitment["axis"] for commitment in commitments} == AXES


def test_nine_flagships(commitments):
    assert [c["code"] for c in commitments if c.get("is_flagship")] == [
        "DEM16-S01", "DEM16-S02", "DEM22-S01", "DEM22-S02", "DEM22-S03", "DEM22-S04", "DEM22-A01", "DEM22-G01",
        "DEM22-G03",
    ]  # fmt: skip


def test_keys_in_order(commitments, series):
    for commitment in commitments:
        assert in_order(commitment, COMMITMENT_KEYS), commitment["code"]
    for entry in series["series"]:
        assert in_order(entry, SERIES_KEYS), entry["indicator"]


def test_owners_are_departments(commitments, organisation):
    departments = {department["code"] for department in organisation["departments"]}
    assert {commitment["owner"] for commitment in commitments} == departments


def test_indicators_resolve(commitments, series, catalogue):
    used = {code for commitment in commitments for code in commitment["indicators"]}
    assert used <= set(catalogue)
    assert not used & DERIVED
    assert {entry["indicator"] for entry in series["series"]} <= set(catalogue)


def test_baselines_and_targets_bear_on_the_leading_indicator(commitments):
    for commitment in commitments:
        leading = commitment["indicators"][0]
        for entry in commitment.get("baselines", []) + commitment.get("targets", []):
            assert entry["indicator"] == leading, commitment["code"]
        for target in commitment.get("targets", []):
            assert 2024 <= target.get("horizon_year", 2024) <= 2030
            Decimal(target["value"])
            if target["basis"].startswith("relative"):
                assert commitment["baselines"], commitment["code"]
        if commitment["kind"] == "quantified":
            assert commitment["targets"], commitment["code"]
        if commitment["kind"] in {"directional", "continuous", "milestone"}:
            assert "targets" not in commitment, commitment["code"]


def test_strict_relative_target_waits_for_its_baseline(commitments):
    strict = [c for c in commitments for t in c.get("targets", []) if t["comparator"] == "gt"]
    assert [c["code"] for c in strict] == ["DEM22-S01"]
    baseline = strict[0]["baselines"][0]
    assert baseline["state"] == "to_establish"
    assert not {"value", "year"} & set(baseline)


def test_one_target_is_raised(commitments, deliberations):
    raised = [c for c in commitments if len(c.get("targets", [])) > 1]
    assert [c["code"] for c in raised] == ["DEM16-S01"]
    first, second = raised[0]["targets"]
    assert "decided_on" not in first
    assert Decimal(second["value"]) > Decimal(first["value"])
    assert second["decided_on"] == deliberations[1]["adopted_on"]
    assert second["in_force_from"] == 2022
    revised = [c["code"] for c in commitments for t in c.get("targets", []) if {"decided_on", "in_force_from"} & set(t)]
    assert revised == ["DEM16-S01"]


def test_milestones_show_every_outcome(commitments):
    milestones = {c["code"]: c for c in commitments if c["kind"] == "milestone"}
    assert all(c["indicators"] == [TOLD_BY_FINDINGS] for c in milestones.values())
    facts = {code: [f["state"] for f in c.get("findings", [])] for code, c in milestones.items()}
    assert milestones["DEM22-S03"]["findings"][0]["on"] == "2024-03-14"
    late = [c for c in milestones.values() if facts[c["code"]] == ["done"] and c["findings"][0]["on"] > c["due_on"]]
    assert [c["code"] for c in late] == ["DEM22-S11"]
    assert [code for code, states in facts.items() if states == ["not_done"]] == ["DEM22-G04"]
    silent = {code: milestones[code].get("due_on") for code, states in facts.items() if not states}
    assert silent == {"DEM22-A05": "2027-06-30", "DEM22-C03": None, "DEM22-E03": "2025-06-30"}


def test_memberships_are_decided_then_paid(commitments, series):
    members = [c for c in commitments if c["kind"] == "renewal" and c["indicators"] == ["GOV-06"]]
    paid = Counter()
    for commitment in members:
        for year in (2023, 2024, 2025):
            facts = [f for f in commitment["findings"] if f["year"] == year]
            assert [f["state"] for f in facts] == ["decided", "paid"]
            assert facts[0]["on"] < facts[1]["on"]
            assert facts[0]["amount"] == facts[1]["amount"]
            paid[year] += Decimal(facts[1]["amount"])
    assert [any(f["year"] == 2026 for f in c["findings"]) for c in members] == [True, False]
    fees = next(entry for entry in series["series"] if entry["indicator"] == "GOV-06")
    assert (paid[2023], paid[2025]) == (Decimal(fees["from"]), Decimal(fees["to"]))
    assert paid[2024] == (paid[2023] + paid[2025]) / 2


def test_every_used_indicator_has_one_series(commitments, series):
    used = {code for commitment in commitments for code in commitment["indicators"]}
    codes = [entry["indicator"] for entry in series["series"]]
    assert len(codes) == len(set(codes))
    inputs = {code for given in series["methods"] for code in re.findall(r"[A-Z]{3}-\d+", given["formula"])}
    assert set(codes) == (used | inputs) - {TOLD_BY_FINDINGS}


def test_a_series_stops_where_a_formula_takes_over(series):
    first = {given["indicator"]: given["in_force_from"] for given in series["methods"]}
    assert first
    stops = {entry["indicator"]: entry["until"] + 1 for entry in series["series"] if "until" in entry}
    assert stops == first


def test_series_are_plausible(series, catalogue):
    first, last = series["years"]
    assert (first, last) == (2016, 2025)
    for entry in series["series"]:
        indicator = catalogue[entry["indicator"]]
        assert ("denominator" in entry) == (indicator["value_kind"] not in WITHOUT_DENOMINATOR), entry["indicator"]
        assert entry["quality"] in {"measured", "calculated", "estimated", "declared"}
        since = entry.get("since", first)
        assert first <= since < last
        for value in (entry["from"], entry["to"]):
            assert Decimal(value) >= Decimal(indicator.get("minimum", "0"))
            assert Decimal(value) <= Decimal(indicator.get("maximum", "Infinity"))
            if indicator["unit"] == "percent":
                assert Decimal(value) <= 100
        absent = [gap["year"] for gap in entry.get("absent", [])]
        assert all(since < year < last for year in absent), entry["indicator"]
        for comment in entry.get("comments", []):
            assert since <= comment["year"] <= last
            assert comment["year"] not in absent
            assert not (entry.get("late") and comment["year"] == last)


def test_validated_baselines_agree_with_the_series(commitments, series):
    entries = {entry["indicator"]: entry for entry in series["series"]}
    for commitment in commitments:
        for baseline in commitment.get("baselines", []):
            if baseline["state"] == "validated":
                entry = entries[baseline["indicator"]]
                assert (baseline["year"], baseline["value"]) == (entry.get("since", 2016), entry["from"])


def test_2025_shows_the_figures_of_the_dashboard(series):
    entries = {entry["indicator"]: entry for entry in series["series"]}
    assert entries["SOB-01"]["from"] == "2100"
    ends = {code: entries[code]["to"] for code in ("SOB-06", "SOB-07", "SOB-01", "SOB-14", "ACC-05")}
    assert ends == {"SOB-06": "5.4", "SOB-07": "3.1", "SOB-01": "1780", "SOB-14": "22.4", "ACC-05": "38.7"}
    assert {code for code, entry in entries.items() if entry.get("late")} == {"ACC-08", "CON-02", "GOV-07"}


@pytest.mark.parametrize("name", FILES)
def test_texts_come_in_pairs_and_use_plain_typography(name):
    for path, value in walk(load(name)):
        if isinstance(value, dict):
            french = {key[:-3] for key in value if key in {"title_fr", "statement_fr"}}
            english = {key[:-3] for key in value if key.endswith("_en")}
            assert french == english or name == "plans.yaml", path  # the plan of a town is in its own language
        if isinstance(value, str):
            assert not re.search("[\u00a0\u202f\u2019]", value), f"{path}: typeset by the application, not here"
            if value.startswith("https://"):
                continue
            if not path.endswith("_en"):
                assert not re.search(r"\S[;!?%€»]|[a-zé]:|«\S", value), f"{path}: missing space"
            else:
                assert not re.search(r"\s[;:!?%]", value), f"{path}: French spacing in English"
            if path.endswith(("statement_fr", "statement_en")):
                assert re.fullmatch(r"(?:(?!\. ).)+\.", value), f"{path}: one sentence"


def test_plans_are_voted_by_their_own_texts_and_name_only_what_the_town_has(organisation, commitments, catalogue):
    plans = load("plans.yaml")["plans"]
    assert [(plan["year"], plan["steps"][-1]["stage"]) for plan in plans] == [
        (2024, "reviewed"), (2025, "adopted"), (2026, "draft"),
    ]  # fmt: skip
    votes = {load(name)["reference"]: load(name)["adopted_on"] for name in PLAN_VOTES}
    told = {step["deliberation"]: step["on"] for plan in plans for step in plan["steps"] if step["stage"] == "adopted"}
    assert told == votes
    departments = {one["code"] for one in organisation["departments"]}
    known, before = {one["code"] for one in commitments}, set()
    for plan in plans:
        days = [step["on"] for step in plan["steps"]]
        assert days == sorted(days)
        for action in plan["actions"]:
            assert action["code"].startswith(f"A{plan['year']}-")
            assert set(action.get("commitments", [])) <= known
            assert {action.get("lead", "DSI"), *action.get("contributors", [])} <= departments
            assert {one["indicator"] for one in action.get("effects", [])} <= set(catalogue)
            assert action.get("carried_from", "-") in before | {"-"}
            assert "review_fr" not in action or re.search(r"ficti(f|ve)", action["review_fr"])
            assert action["status"] == "planned" or "told_on" in action or "carried_from" in action
        before = {action["code"] for action in plan["actions"]}
    taxes = {action.get("tax") for plan in plans for action in plan["actions"]}
    assert taxes >= {"inclusive", "exclusive", "unstated"}


def test_campaigns_run_in_order_and_name_values_that_the_series_hold(series):
    known = {entry["indicator"]: entry for entry in series["series"]}
    last = series["years"][1]
    closed, running = load("campaigns.yaml")["campaigns"]
    assert (closed["year"], running["year"]) == (last - 1, last)
    assert closed["opened_on"] < closed["due_on"] < closed["closed_on"] < closed["debate_on"]
    assert running["opened_on"] < running["corrected"][0]["on"] < running["due_on"] < running["debate_on"]
    assert "closed_on" not in running
    told = [*running["submitted"], *(one["indicator"] for key in ("returned", "corrected") for one in running[key])]
    assert len(told) == len(set(told)) == 6
    assert all(code in known and not known[code].get("late") for code in told)
    for one in running["returned"]:
        assert "fictive" in one["reason_fr"]
    for one in running["corrected"]:
        assert "fictif" in one["comment_fr"]
        assert Decimal(one["value"]) / Decimal(known[one["indicator"]]["to"]) > 900
