"""The commission of the fictional town: what its seed file tells holds together and says that it is invented."""

from datetime import date
from pathlib import Path

import yaml

from tests.unit.test_demonstration_audits import RECORDS
from tracker.domain.approvals import APPROVING, ApprovalOutcome, Quorum, SessionState
from tracker.domain.rgaa import GapKind
from tracker.domain.rgaa_results import failed
from tracker.importers.deliberations.names import person_in
from tracker.services.service_rows import rgaa_versions

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "demonstration"
DOCUMENT = yaml.safe_load((SEEDS / "commission.yaml").read_text(encoding="utf-8"))
SERVICES = {one["number"]: one for one in yaml.safe_load((SEEDS / "services.yaml").read_text("utf-8"))["services"]}
CRITERIA = {one for version in rgaa_versions() for one in version.criteria()}


def test_two_sessions_were_held_and_one_is_in_preparation():
    assert [one["state"] for one in DOCUMENT["sessions"]] == [
        SessionState.SEALED,
        SessionState.SEALED,
        SessionState.PREPARATION,
    ]
    days = [date.fromisoformat(one["held_on"]) for one in DOCUMENT["sessions"]]
    assert days == sorted(days)


def test_every_decision_and_every_gap_has_what_its_kind_asks_for_and_names_nobody():
    for session in DOCUMENT["sessions"]:
        Quorum(session.get("quorum", "no_rule"))
        assert session["state"] == "preparation" or session["roles"]
        for role in session.get("roles", ()):
            assert not person_in(role)
        for item in session["items"]:
            assert item["service"] in SERVICES
            if "outcome" not in item:
                assert session["state"] == "preparation"
                continue
            outcome = ApprovalOutcome(item["outcome"])
            assert ("text" in item) is (outcome is not ApprovalOutcome.APPROVED)
            assert ("lift_by" in item) is (outcome is ApprovalOutcome.RESERVES)
            assert "lift_by" not in item or outcome in APPROVING
            assert not person_in(item.get("text", ""))
    for gap in DOCUMENT["gaps"]:
        assert gap["service"] in SERVICES
        assert set(gap.get("criteria", ())) <= CRITERIA
        kind = GapKind(gap["kind"])
        assert kind is GapKind.FAILURE or gap["reason"]
        assert kind is not GapKind.BURDEN or gap["until"]


def test_the_file_says_that_it_is_invented():
    assert "inventés" in DOCUMENT["source"]


def test_a_derogation_names_criteria_that_the_audit_of_its_service_fails():
    burdens = [one for one in DOCUMENT["gaps"] if one["kind"] == "burden"]
    assert burdens
    for gap in burdens:
        assert set(gap["criteria"]) <= set(failed(RECORDS[gap["service"]]))
