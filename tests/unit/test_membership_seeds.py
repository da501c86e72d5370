"""The seeds of memberships: what is known of the real ones, and findings and fees that never contradict each other."""

from datetime import date
from pathlib import Path

import pytest
import yaml

SEEDS = Path(__file__).parents[2] / "seeds"


def load(path):
    return yaml.safe_load((SEEDS / path).read_text(encoding="utf-8"))


def years(path):
    """Give (code, year) → what a file says of a year."""
    return {(one["code"], told["year"]): told for one in load(path)["memberships"] for told in one["years"]}


def test_the_metropolis_has_two_memberships_of_which_only_the_fees_of_2025_have_an_amount_and_none_is_told_paid():
    found = years("memberships/amp.yaml")
    assert {key: (told["decided_on"], told.get("amount"), told.get("tax")) for key, told in found.items()} == {
        ("INR", 2023): ("2023-10-12", None, None),
        ("INR", 2025): ("2025-02-27", "4000", "inclusive"),
        ("INTERCONNECTES", 2024): ("2023-12-07", None, None),
        ("INTERCONNECTES", 2025): ("2025-02-27", "3600", "unstated"),
    }
    assert not any("paid_on" in told or told.get("is_given_up") for told in found.values())
    assert "IVIS-022-14769/23/BM" in found["INR", 2023]["decided_by"]
    assert "IVIS-015-15206/23/BM" in found["INTERCONNECTES", 2024]["decided_by"]


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        ("memberships/amp.yaml", sorted((SEEDS / "deliberations").glob("amp-*.yaml"))),
        ("demonstration/memberships.yaml", sorted((SEEDS / "demonstration").glob("demo-*.yaml"))),
    ],
)
def test_a_year_linked_to_a_renewal_says_what_the_findings_on_it_say(path, texts):
    renewals = {
        commitment["code"]: commitment.get("findings", [])
        for text in texts
        for commitment in yaml.safe_load(text.read_text(encoding="utf-8")).get("commitments", [])
        if commitment["kind"] == "renewal"
    }
    linked = [told for told in years(path).values() if told.get("commitment") in renewals]
    assert linked
    for told in linked:
        facts = {fact["state"]: fact for fact in renewals[told["commitment"]] if fact["year"] == told["year"]}
        assert {"decided": told.get("decided_on"), "paid": told.get("paid_on")} == {
            state: facts[state]["on"] if state in facts else None for state in ("decided", "paid")
        }
        for fact in facts.values():
            assert (fact["amount"], fact["tax"]) == (told["amount"], told["tax"])
    covered = {(told["commitment"], told["year"]) for told in linked}
    for code in {told["commitment"] for told in linked}:
        assert {(code, fact["year"]) for fact in renewals[code]} <= covered


def test_everything_of_the_fictional_town_says_that_it_is_fictional():
    for told in years("demonstration/memberships.yaml").values():
        for key in ("decided_by", "served_fr", "tools_fr", "evidence_fr"):
            assert "fictif" in told.get(key, "fictif") or "fictive" in told[key], told
    assert all("fictif" in one["name"] for one in load("demonstration/memberships.yaml")["memberships"])
    days = [
        told[key] for told in years("demonstration/memberships.yaml").values() for key in ("decided_on",) if key in told
    ]
    assert all(date.fromisoformat(day) < date(2026, 1, 1) for day in days)
