"""What the pages cost: the formula of EcoIndex, the dearest of each kind first, a file read as it was written."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tracker.config.paths import bundled
from tracker.domain.ecoindex import ecoindex
from tracker.domain.page_costs import PageCost, dearest_first
from tracker.importers import page_costs

COST = PageCost(
    pattern="/<slug>/",
    screen="dashboard.show",
    address="/amp/",
    requests=3,
    kilobytes=Decimal("20.5"),
    again_requests=1,
    again_kilobytes=Decimal("8.1"),
    elements=250,
    ecoindex=Decimal("86.5"),
    grade="A",
)


@pytest.mark.parametrize(("score", "grams"), [("100", "1"), ("50", "2"), ("0", "3"), ("86.5", "1.27")])
def test_the_grams_follow_the_formula_of_ecoindex(score: str, grams: str):
    assert replace(COST, ecoindex=Decimal(score)).grams == Decimal(grams)


def test_the_dearest_page_of_each_kind_comes_first():
    cheap, dear = (
        replace(COST, pattern="/", address="/"),
        replace(COST, address="/demonstration/", ecoindex=Decimal(70)),
    )
    assert dearest_first([COST, cheap, dear]) == [dear, cheap]


def test_the_figures_that_are_carried_agree_with_each_other():
    weighing = page_costs.read(bundled("seeds") / "page_costs.yaml")
    assert len(weighing.costs) >= 40
    for cost in weighing.costs:
        found = ecoindex(cost.elements, cost.requests, cost.kilobytes)
        assert (found.score, found.grade) == (cost.ecoindex, cost.grade), cost.address
        assert cost.again_requests <= cost.requests, cost.address
        assert cost.again_kilobytes <= 15, cost.address
        assert cost.kilobytes <= 60, cost.address


def test_the_script_of_make_measure_writes_the_file_that_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from benchmarks import kept

    monkeypatch.setattr(kept, "FILE", tmp_path / "page_costs.yaml")
    figures = {"requests": 3, "kilobytes": 20.5, "again_requests": 1, "again_kilobytes": 8.1, "dom": 250}
    kept.store({"/amp/": {**figures, "ecoindex": 86.5, "grade": "A"}}, "Chromium 140")
    weighing = page_costs.read(tmp_path / "page_costs.yaml")
    assert weighing.costs == (COST,)
    assert weighing.browser == "Chromium 140"
