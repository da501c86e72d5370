"""The invented words of the demonstration: each says that it is invented, and none of it would be refused."""

from pathlib import Path

from tracker.importers.seeds import read_folder
from tracker.reports.narrative import read
from tracker.reports.outline import OUTLINE

SEEDS = Path(__file__).resolve().parents[2] / "seeds/demonstration"
CODES = {section.code for section in OUTLINE}


def test_every_text_says_that_it_is_invented_and_reads_as_blocks():
    told = dict(read_folder(SEEDS))["report"]
    assert {one["year"] for one in told["texts"]} == {2024, 2025}
    assert {one["section"] for one in told["texts"]} | set(told["hidden"]) <= CODES
    for one in told["texts"]:
        assert "fictif" in one["text"]
        assert read(one["text"])
    assert sum(one.get("is_draft", False) for one in told["texts"]) == 1
    assert len(told["hidden"]) == 1
