"""The chart of an indicator: it breaks where the method changes, and draws what was recomputed and voted apart."""

import json
from dataclasses import replace
from decimal import Decimal

from tests.factories import make_aim, make_baseline, make_indicator, make_series, make_target
from tracker.charts.interactive import figure
from tracker.charts.series import LineChart, line_chart
from tracker.charts.sparkline import sparkline
from tracker.charts.years import by_method, changes, constant, points
from tracker.domain.records import Aim
from tracker.domain.vocabulary import Better, Comparator, TargetBasis
from tracker.labels.charts import scale_note


def broken() -> Aim:
    return make_aim({2020: 5, 2021: "5.2", 2022: 7, 2023: "7.1"}, since_method={2: 2022})


def drawing(aim: Aim, last_year: int) -> LineChart | None:
    return line_chart(points(aim, last_year), aim.indicator)


def traces(aim: Aim, last_year: int) -> list[dict[str, object]]:
    drawn = json.loads(figure(points(aim, last_year), aim.indicator))
    found: list[dict[str, object]] = drawn["data"]
    return found


def test_a_line_never_crosses_a_change_of_method():
    listed = points(broken(), 2023)
    assert changes(listed) == [(2022, 2)]
    assert {method: list(values) for method, values in by_method(listed).items()} == {1: [2020, 2021], 2: [2022, 2023]}
    chart = line_chart(listed, make_indicator())
    assert chart is not None
    assert chart.line.count("M") == 2
    assert [one.method for one in chart.breaks] == [2]
    assert chart.points[1][0] < chart.breaks[0].x < chart.points[2][0]
    small = sparkline(broken(), 2023)
    assert small is not None
    assert small.path.count("M") == 2


def test_a_missing_year_still_breaks_the_line():
    chart = drawing(make_aim({2020: 5, 2022: 6}), 2022)
    assert chart is not None
    assert chart.line.count("M") == 2
    assert not chart.breaks


def test_years_recomputed_by_the_latest_method_lead_to_the_first_published_one():
    series = make_series({2020: "6.8", 2021: "6.9", 2022: 7, 2023: "7.1"})
    listed = points(replace(broken(), restated={2: series}), 2023)
    assert constant(listed) == {2020: Decimal("6.8"), 2021: Decimal("6.9"), 2022: Decimal(7)}
    chart = line_chart(listed, make_indicator())
    assert chart is not None
    assert chart.restated.startswith("M")
    assert [label.text for label in chart.labels if label.role == "constant"] == ["à méthode constante"]
    plain = drawing(broken(), 2023)
    assert plain is not None
    assert not plain.restated


def test_voted_levels_are_marks_of_their_own():
    aim = make_aim({2024: 5, 2025: "5.4"}, make_target(6, horizon_year=2030, points={2025: "5.3"}))
    listed = points(aim, 2025)
    assert {point.year: point.voted for point in listed}[2025] == Decimal("5.3")
    chart = line_chart(listed, make_indicator())
    assert chart is not None
    assert len(chart.voted) == 1


def test_a_band_is_drawn_by_its_two_ends():
    target = make_target(2, Comparator.BETWEEN, upper=4)
    aim = make_aim({2024: 1, 2025: 3}, target, indicator=make_indicator(better=Better.IN_RANGE))
    chart = drawing(aim, 2025)
    assert chart is not None
    assert chart.goal.count("M") == 2
    assert [one["meta"] for one in traces(aim, 2025)] == ["value", "target", "target"]


def test_no_threshold_is_drawn_from_a_baseline_of_another_method():
    target = make_target(25, Comparator.GREATER, TargetBasis.RELATIVE_PERCENT, in_force_from=2020)
    aim = make_aim({2021: 5, 2023: 7}, target, baseline=make_baseline(5, 2020, method=1), since_method={2: 2022})
    assert {point.year: point.target for point in points(aim, 2023)} == {
        2020: Decimal("6.25"),
        2021: Decimal("6.25"),
        2022: None,
        2023: None,
    }


def test_a_sparkline_draws_the_target_of_each_year_and_none_before_the_first():
    first, second = make_target(5, in_force_from=2018), make_target(6, in_force_from=2025, version=2)
    drawn = sparkline(make_aim({2016: 4, 2025: 5}, first, second), 2025)
    assert drawn is not None
    assert drawn.goal == "M23.9 15H97V3H103"
    alone = sparkline(make_aim({2016: 4, 2025: 5}, second), 2025)
    assert alone is not None
    assert alone.goal == "M97 3H103"
    none = sparkline(make_aim({2016: 4, 2017: 5}, first), 2017)
    assert none is not None
    assert none.goal == ""


def test_a_drawing_whose_scale_has_no_zero_says_so():
    far, near = drawing(make_aim({2024: 5, 2025: 6}), 2025), drawing(make_aim({2024: 0, 2025: 6}), 2025)
    assert far is not None
    assert near is not None
    assert scale_note(has_zero=far.has_zero) == "L’échelle verticale ne part pas de zéro."
    assert scale_note(has_zero=near.has_zero) == ""


def test_the_interactive_chart_has_a_line_a_method_and_names_the_break():
    named = [(one["name"], one["meta"]) for one in traces(broken(), 2023)]
    assert named == [("Valeur, méthode 1", "value"), ("Valeur, méthode 2", "value")]
    drawn = json.loads(figure(points(broken(), 2023), broken().indicator))
    assert drawn["layout"]["annotations"][0]["text"] == "méthode 2"
    assert drawn["layout"]["shapes"][0]["x0"] == 1.5


def test_the_years_of_the_interactive_chart_lie_flat():
    assert json.loads(figure(points(broken(), 2023), broken().indicator))["layout"]["xaxis"]["tickangle"] == 0


def test_an_indicator_without_values_has_no_drawing():
    assert drawing(make_aim({}), 2025) is None
    assert [one["name"] for one in traces(make_aim({}), 2025)] == ["Valeur"]


def test_the_key_names_what_is_drawn_and_is_left_out_where_the_values_stand_alone():
    alone = drawing(make_aim({2024: 5, 2025: "5.4"}), 2025)
    assert alone is not None
    assert alone.points
    assert alone.marks == []
    aimed = drawing(make_aim({2024: 5, 2025: "5.4"}, make_target(6, horizon_year=2030)), 2025)
    assert aimed is not None
    assert aimed.marks[:2] == ["value", "goal"]
