"""The bars of two years side by side: each name has room beside its figure, however long either is."""

import pytest

from tests.factories import make_aim, make_indicator
from tracker.charts.bars import LEFT, RIGHT, Placed, bar_chart
from tracker.charts.placing import NARROW, WIDE, letters
from tracker.domain.comparison import compare

LONG = "Part des marchés numériques comportant une clause ou un critère environnemental, tous services confondus"


def drawn(name: str, before: str = "72.5", after: str = "82.9", **known: str) -> Placed:
    indicator = make_indicator(name=name, **known)
    chart = bar_chart(compare([make_aim({2024: before, 2025: after}, indicator=indicator)], 2024, 2025))
    assert chart is not None
    return chart.panels[0].bars[0]


@pytest.mark.parametrize("after", ["73", "82.9", "99"])
@pytest.mark.parametrize("name", [LONG, "anticonstitutionnellement" * 6, "x " * 80])
def test_a_name_and_its_figure_hold_in_the_line_at_both_sizes(name: str, after: str):
    placed = drawn(name, after=after, unit="percent")
    for shown, height in ((placed.name, WIDE), (placed.short, NARROW)):
        assert len(shown) + len(placed.bar.told) < letters(RIGHT - LEFT, height)
        assert name.startswith(shown.removesuffix("…"))


def test_a_long_name_is_cut_after_a_word_and_a_short_one_is_whole():
    placed = drawn(LONG, unit="percent")
    assert placed.name == "Part des marchés numériques comportant une clause ou un critère…"
    assert placed.short == "Part des marchés numériques…"
    assert placed.bar.name == LONG
    assert drawn("Électricité").short == "Électricité"
