"""The invented ecodesign of the demonstration: each criterion answered once, nothing that its commitment denies."""

from pathlib import Path

import yaml

from tracker.config.paths import bundled
from tracker.importers.rgesn import read

SEEDS = bundled("seeds")
RGESN = read(SEEDS / "rgesn.yaml")


def load(path: str) -> dict:
    return yaml.safe_load(Path(SEEDS / path).read_text(encoding="utf-8"))


TOLD = load("demonstration/ecodesign.yaml")
SERVICES = {one["number"]: one for one in load("demonstration/services.yaml")["services"]}


def test_a_closed_self_assessment_answers_each_criterion_once():
    for one in TOLD["assessments"]:
        given = one["met"] + one["not_met"] + one["not_applicable"]
        assert len(given) == len(set(given))
        assert set(given) <= {criterion.number for criterion in RGESN.criteria}
        if one.get("closed"):
            assert len(given) == 78
        always = {criterion.number for criterion in RGESN.criteria if criterion.applies_always}
        assert not always & set(one["not_applicable"])
        assert set(one["notes"]) <= set(given)


def test_it_says_that_it_is_invented_and_names_services_of_the_town():
    assert "inventées" in TOLD["source"]
    for one in TOLD["assessments"] + TOLD["pages"]:
        assert one["service"] in SERVICES
    for one in TOLD["pages"]:
        assert all(".example/" in measure[0] for measure in one["measures"])


def test_fewer_statements_are_published_than_the_series_of_the_commitment_counts():
    """The series of SOB-26 counts five services of 31 with a statement in 2025: the register shows some of them."""
    stated = {one["service"] for one in TOLD["assessments"] if one.get("published_on", "9") < "2026"}
    assert 1 <= len(stated) <= 5
