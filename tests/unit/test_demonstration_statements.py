"""The invented accessibility of the demonstration: it says that it is invented, and none of it would be refused."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from tracker.domain.access_schemes import SchemeItem, longest
from tracker.domain.complaints import ComplaintOutcome, personal_trace

SEEDS = Path(__file__).resolve().parents[2] / "seeds/demonstration"


def load(name: str) -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load((SEEDS / name).read_text(encoding="utf-8"))
    return told


def test_every_text_says_that_it_is_invented():
    told = load("statements.yaml")
    texts = [*told["schemes"][0]["told"].values(), *(one["subject"] for one in told["complaints"])]
    texts += [plan["review"] for plan in told["plans"] if "review" in plan]
    texts += [
        one[name] for plan in told["plans"] for one in plan["actions"] for name in ("title", "outcome") if name in one
    ]
    assert all("fictif" in text for text in texts)
    addresses = [one["url"] for part in ("schemes", "plans", "statements") for one in told[part]]
    assert all(".demonstration.example/" in address for address in addresses)


def test_the_scheme_lasts_three_years_at_most_and_leaves_one_subject_to_write():
    (scheme,) = load("statements.yaml")["schemes"]
    assert date.fromisoformat(scheme["ends_on"]) <= longest(date.fromisoformat(scheme["starts_on"]))
    assert set(SchemeItem) - set(scheme["told"]) == {SchemeItem.BEYOND}


def test_the_plans_name_only_actions_of_the_general_plan_of_their_year():
    general = {plan["year"]: {one["code"] for one in plan["actions"]} for plan in load("plans.yaml")["plans"]}
    for plan in load("statements.yaml")["plans"]:
        for one in plan["actions"]:
            assert "action" not in one or one["action"] in general[plan["year"]]


def test_no_complaint_gives_anybody_away_and_each_answer_has_an_outcome():
    for one in load("statements.yaml")["complaints"]:
        assert personal_trace(one["subject"]) is None
        assert ("answered_on" in one) is ("outcome" in one)
        assert one.get("outcome", ComplaintOutcome.MENDED) in set(ComplaintOutcome)
        assert one.get("answered_on", "2027") >= one["received_on"]
