"""The years of a chart: what is expected and forecast is what judgements and forecasts tell, and labels stay apart."""

from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_aim, make_baseline, make_indicator, make_reading, make_target
from tracker.charts.placing import NARROW, WIDE, label_box
from tracker.charts.series import line_chart, target_name
from tracker.charts.years import points, versions
from tracker.domain.aims import expected_in, judge_aim
from tracker.domain.outlook import outlook
from tracker.domain.records import Aim
from tracker.domain.vocabulary import Better, Comparator, Origin, TargetPath

PACE = {2016: "4.1", 2017: "4.2", 2018: "4.4", 2019: "4.5", 2020: "4.7", 2021: "4.8", 2022: "5", 2023: "5.1"}


def on_the_way() -> Aim:
    first = make_target(5, horizon_year=2024, in_force_from=2016)
    second = make_target(6, horizon_year=2030, in_force_from=2022, version=2)
    return make_aim(PACE, first, second, baseline=make_baseline("4.1", 2016))


def test_the_chart_goes_on_to_the_horizon_of_the_target_in_force():
    assert [point.year for point in points(on_the_way(), 2023)] == list(range(2016, 2031))
    assert points(make_aim({2023: 5}), 2023)[-1].year == 2023


def test_a_superseded_horizon_and_one_too_far_away_do_not_stretch_the_chart():
    late = make_target(5, horizon_year=2090, in_force_from=2016)
    aim = make_aim(PACE, late, make_target(6, in_force_from=2022, version=2))
    assert points(aim, 2023)[-1].year < 2034
    assert points(make_aim({2023: 5}, late), 2023)[-1].year == 2023


def test_the_level_expected_is_the_one_that_the_year_is_judged_with():
    aim = on_the_way()
    for point in points(aim, 2023):
        said = judge_aim(aim, point.year)
        if said and said.reading and point.expected is not None:
            assert said.expected is not None
            assert abs(said.expected - point.expected) <= Decimal("0.005")
    assert expected_in(aim, 2026) is not None
    assert expected_in(make_aim(PACE), 2026) is None


def test_the_horizon_and_the_departure_are_voted_and_not_interpolated():
    found = {point.year: point.origin for point in points(on_the_way(), 2023)}
    assert found[2016] is None
    assert found[2030] is None
    assert found[2025] is Origin.INTERPOLATED


def test_a_target_by_steps_expects_its_last_step():
    target = make_target(6, horizon_year=2026, in_force_from=2022, path=TargetPath.STEPWISE, points={2023: "5.5"})
    aim = make_aim({2022: 5}, target, baseline=make_baseline(5, 2022))
    found = {point.year: (point.expected, point.origin) for point in points(aim, 2022)}
    assert found[2024] == (Decimal("5.50"), Origin.STEP)
    assert found[2026] == (None, None)


def test_the_forecast_starts_after_the_last_value_and_stops_at_the_horizon_or_the_arrival():
    aim = on_the_way()
    said = judge_aim(aim, 2023)
    assert said is not None
    told = outlook(said, 2023)
    ahead = {point.year: point.ahead for point in points(aim, 2023) if point.ahead}
    assert list(ahead) == list(range(2024, min(told.reached_in, 2030) + 1))
    last = ahead[max(ahead)]
    assert last.low <= last.value <= last.high
    assert ahead[2024].value == round(Decimal("5.1") + told.pace, 2)


@pytest.mark.parametrize(
    "aim",
    [
        make_aim({2022: 5, 2023: "5.1"}, make_target(6)),
        make_aim(PACE, make_target(5)),
        make_aim(PACE, make_target(4, Comparator.AT_MOST), better=Better.DOWN),
        make_aim(PACE),
    ],
    ids=["too few", "met", "moves away", "no target"],
)
def test_nothing_is_forecast_where_no_forecast_is_told(aim: Aim):
    assert not [point for point in points(aim, 2023) if point.ahead]
    chart = line_chart(points(aim, 2023), aim.indicator)
    assert chart is not None
    assert (chart.fan, chart.ahead) == ("", "")


def test_a_forecast_stays_within_what_the_indicator_can_be():
    values = {2018: 60, 2019: 70, 2020: 78, 2021: 88, 2022: 95}
    aim = make_aim(values, make_target(100), indicator=make_indicator(unit="percent", maximum=100, decimals=0))
    ahead = [point.ahead for point in points(aim, 2022) if point.ahead]
    assert ahead
    assert max(one.high for one in ahead) <= 100


def test_a_stale_series_is_not_prolonged():
    assert not [point for point in points(on_the_way(), 2026) if point.ahead]


def test_each_version_of_a_target_is_a_step_with_its_name():
    listed = points(on_the_way(), 2023)
    assert [years[0].year for _, years in versions(listed)] == [2016, 2022]
    first, second = (target for target, _ in versions(listed))
    assert target_name(first, None) == "Objectif 2022"
    assert target_name(second, first) == "Objectif 2022, rendu plus exigeant, échéance reportée"
    chart = line_chart(listed, make_indicator())
    assert chart is not None
    assert [label.text for label in chart.labels if label.role == "target"] == [
        "Objectif 2022\u00a0: 5\u00a0ans",
        "Objectif 2022, rendu plus exigeant, échéance reportée\u00a0: 6\u00a0ans",
    ]


def test_a_corrected_year_has_its_ring():
    aim = make_aim({2022: 5})
    corrected = Aim(aim.indicator, readings={2022: make_reading(2022, 5), 2023: make_reading(2023, 6, revision=2)})
    chart = line_chart(points(corrected, 2023), aim.indicator)
    assert chart is not None
    assert chart.corrected == [chart.points[1]]
    assert "corrected" in chart.marks


def test_the_last_year_is_always_named_and_names_have_room():
    aim = make_aim(dict.fromkeys(range(2001, 2026), 5), make_target(6, horizon_year=2035))
    chart = line_chart(points(aim, 2025), aim.indicator)
    assert chart is not None
    assert chart.years[-1].year == 2035
    assert not chart.years[-1].is_odd
    for shown, room in ((chart.years, 30), ([year for year in chart.years if not year.is_odd], 50)):
        assert all(after.x - before.x >= room for before, after in pairwise(shown))


@given(
    values=st.lists(st.integers(0, 1000), min_size=1, max_size=10),
    goal=st.integers(0, 1000),
    raised=st.integers(0, 1000),
    horizon=st.integers(2025, 2032),
)
def test_labels_never_cover_one_another_nor_leave_the_drawing(values, goal, raised, horizon):
    first = make_target(goal, horizon_year=horizon, in_force_from=2015)
    second = make_target(raised, horizon_year=horizon, in_force_from=2020, version=2)
    aim = make_aim(dict(enumerate(values, 2016)), first, second, baseline=make_baseline(values[0], 2016))
    last = 2015 + len(values)
    chart = line_chart(points(aim, last), aim.indicator)
    assert chart is not None
    for size in (WIDE, NARROW):
        boxes = [label_box(label, size) for label in chart.labels]
        assert not [(one, other) for one, other in combinations(boxes, 2) if one.shared(other) > 0.05 * size * size]
        assert all(box.left > -8 and box.right < 648 for box in boxes)
