"""What the product says of itself: every criterion once, answers with their reasons, no rate by assertion."""

from datetime import date
from pathlib import Path

import pytest

from benchmarks import kept
from tracker.config.paths import bundled
from tracker.domain.own_house import CheckWay
from tracker.domain.rgaa import Conformity, ConformityReason
from tracker.domain.rgesn import EcodesignAnswer
from tracker.importers.own_house import access as read_access
from tracker.services import own_house
from tracker.services.ecodesign import referential
from tracker.services.service_rows import rgaa_versions

SEEDS = bundled("seeds")
ROOT = Path(__file__).parents[2]


def test_every_criterion_of_the_rgesn_has_one_answer_with_its_reason():
    told = own_house.ecodesign()
    numbers = [one.number for one in referential().criteria]
    assert list(told.answers) == numbers
    assert all(told.notes[number].strip().endswith(".") for number in numbers)
    always = [one.number for one in referential().criteria if one.applies_always]
    assert not [number for number in always if told.answers[number] is EcodesignAnswer.NOT_APPLICABLE]


def test_what_depends_on_the_host_of_an_instance_is_never_claimed():
    told = own_house.ecodesign()
    assert not [n for n, answer in told.answers.items() if n.startswith("8.") and answer is EcodesignAnswer.MET]


def test_each_criterion_of_the_rgaa_is_counted_once_and_none_is_called_met():
    told = own_house.access()
    counts = {way: told.count(way) for way in CheckWay}
    assert sum(counts.values()) == 106
    assert counts[CheckWay.NOT_EVALUATED] > 50
    assert [(one.automated + one.reviewed + one.not_evaluated) for one in told.cover()] == list(told.rgaa.topics)
    assert len(told.topics) == 13
    for check in told.checks:
        for file in check.where.split(", "):
            assert (ROOT / file).exists(), file


def test_without_a_full_audit_the_product_is_not_compliant_by_the_rule():
    found = own_house.conformity(date(2026, 11, 22))
    assert (found.conformity, found.reason) == (Conformity.NONE, ConformityReason.NO_AUDIT)


def test_the_run_is_one_that_was_measured_on_every_page_and_written_as_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    run = own_house.access().run
    assert run.pages > 100
    assert run.tool.startswith("axe-core ")
    monkeypatch.setattr(kept, "CHECKS", tmp_path / "access_checks.yaml")
    kept.store_checks({"version": "4.12.1", "criteria": ["1.1"]}, 7, ["light 1280"], 1, "Chromium 156")
    again = read_access(SEEDS / "own_access.yaml", tmp_path / "access_checks.yaml", rgaa_versions()).run
    assert (again.pages, again.faults, again.tool, again.criteria) == (7, 1, "axe-core 4.12.1", ("1.1",))
