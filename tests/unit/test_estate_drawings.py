"""The drawings of the estate: the survival curve has a point for each share of its table, the pyramid its bars."""

import re

from tracker.charts.pyramid import LEFT, RIGHT, age_pyramid
from tracker.charts.survival import BOTTOM, LAST, TOP, shares, survival_chart
from tracker.domain.survival import Life, survival
from tracker.labels import speaking

YEARS = 366


def curve(*ended, there=()):
    return survival([Life(days, True) for days in ended] + [Life(days, False) for days in there])


def test_each_share_of_the_table_is_a_point_of_the_drawing():
    drawn = curve(400, 800, 1200, 2000, there=(1500, 2300))
    rows, chart = shares(drawn), survival_chart(drawn)
    assert [row.years for row in rows] == [0, 1, 2, 3, 4, 5, 6]
    assert len(chart.points) == len(chart.ticks) == len(rows)
    for row, (_, y) in zip(rows, chart.points, strict=True):
        assert abs(y - (BOTTOM - (BOTTOM - TOP) * float(row.share))) < 0.06


def test_the_line_only_goes_down_and_to_the_right():
    drawn = curve(*range(400, 3000, 3), there=(3100,))
    chart = survival_chart(drawn)
    downs = [float(y) for y in re.findall(r"V([\d.]+)", chart.line)]
    rights = [float(x) for x in re.findall(r"H([\d.]+)", chart.line)]
    assert downs == sorted(downs)
    assert rights == sorted(rights)
    assert len(downs) <= BOTTOM - TOP + 1


def test_less_than_a_year_is_not_drawn_and_the_oldest_are_left_out():
    assert survival_chart(curve()) is None
    assert survival_chart(curve(100, there=(200,))) is None
    assert shares(curve(YEARS * 40))[-1].years == LAST


def test_the_median_is_named_where_it_is_reached():
    with speaking("fr"):
        named = [label.text for label in survival_chart(curve(400, 800, there=(1200,))).labels]
        assert "la moitié à 2,2\u00a0ans" in named
        assert not any("moitié" in label.text for label in survival_chart(curve(400, there=(1200, 900))).labels)


def test_the_bars_are_as_long_as_what_they_count():
    with speaking("fr"):
        drawn = age_pyramid([10, 0, 5, 20])
    assert [bar.width for bar in drawn.bars] == [(RIGHT - LEFT) / 2, 0, (RIGHT - LEFT) / 4, RIGHT - LEFT]
    assert [bar.name for bar in drawn.bars] == ["moins d’un an", "1\u00a0an", "2\u00a0ans", "3\u00a0ans et plus"]
    assert age_pyramid([0, 0]) is None
