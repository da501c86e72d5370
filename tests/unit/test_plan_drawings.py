"""A plan drawn in time: bars and marks stand on their days, what has no date is apart, and words say the same."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader
from markupsafe import escape

from tests.plans import HOSTILE, WORD, make_action, make_full_action, many_actions
from tracker.charts.cutting import cut
from tracker.charts.gantt import LEFT, RIGHT, Gantt, gantt
from tracker.charts.poster import poster
from tracker.config.paths import bundled
from tracker.domain.actions import ActionStep
from tracker.domain.vocabulary import ActionStatus
from tracker.exports.picture import picture
from tracker.labels import speaking, word
from tracker.labels.timelines import action_counts, gantt_foot, span_phrase, step_phrase
from tracker.reports.speech import teach

TODAY = date(2025, 6, 18)
DAYS = st.none() | st.dates(date(2023, 1, 1), date(2027, 12, 31))


def environment() -> Environment:
    made = Environment(loader=FileSystemLoader(bundled("templates")), autoescape=True)
    teach(made)
    return made


def drawn(chart: Gantt) -> str:
    page = environment().from_string(
        '{% import "components/timelines.html" as timelines with context %}<figure>'
        "{{ timelines.gantt_key(chart) }}{{ timelines.gantt(chart, chart.sentence) }}"
        '{{ timelines.gantt_table(chart, "Tableau") }}</figure>'
    )
    return page.render(chart=chart)


def parsed(page: str) -> ElementTree.Element:
    return ElementTree.fromstring(page.replace("<br>", "<br/>").replace("\x0b", ""))  # noqa: S314 - our own page


def words_of(element: ElementTree.Element) -> str:
    return "".join(element.itertext())


# The drawing


def test_a_bar_goes_from_the_first_day_to_the_end_of_the_last():
    [bar] = gantt([make_action(starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31))], 2025, TODAY).bars
    assert (bar.x, bar.width, bar.begins_before, bar.goes_on) == (LEFT, RIGHT - LEFT, False, False)
    [half] = gantt([make_action(starts_on=date(2025, 7, 2), ends_on=date(2025, 7, 2))], 2025, TODAY).bars
    assert half.x == pytest.approx((LEFT + RIGHT) / 2, abs=1)
    assert half.width == 4


def test_what_goes_beyond_the_year_is_cut_and_says_so():
    [bar] = gantt([make_action(starts_on=date(2024, 11, 1), ends_on=date(2026, 2, 1))], 2025, TODAY).bars
    assert (bar.x, bar.width, bar.begins_before, bar.goes_on) == (LEFT, RIGHT - LEFT, True, True)


def test_an_unknown_end_is_no_bar_but_a_dotted_line_from_the_day_that_is_known():
    started, ending = gantt([make_action("A", ends_on=None), make_action("B", starts_on=None)], 2025, TODAY).bars
    assert (started.x, started.rest[1]) == (None, RIGHT)
    assert (ending.x, ending.rest[0]) == (None, LEFT)
    assert started.rest[0] < ending.rest[1]


def test_actions_without_dates_and_those_of_other_years_are_listed_apart():
    chart = gantt(
        [
            make_action("A"),
            make_action("B", starts_on=None, ends_on=None),
            make_action("C", starts_on=date(2023, 1, 1), ends_on=date(2023, 2, 1)),
            make_action("D", starts_on=date(2023, 1, 1), ends_on=None),
        ],
        2025,
        TODAY,
    )
    assert [bar.action.code for bar in chart.bars] == ["D", "A"]
    assert ([one.code for one in chart.undated], [one.code for one in chart.elsewhere]) == (["B"], ["C"])
    assert [one.code for one in chart.actions] == ["D", "A", "C", "B"]
    assert "1\u00a0action n’a pas de date." in chart.sentence
    assert "1\u00a0action est datée hors de 2025." in chart.sentence


def test_today_is_drawn_in_its_own_year_only():
    chart = gantt([make_action()], 2025, TODAY)
    assert LEFT < chart.today < RIGHT
    assert chart.today_anchor == "middle"
    assert gantt([make_action()], 2025, date(2026, 1, 1)).today is None
    assert gantt([], 2025, date(2025, 1, 1)).today_anchor == "start"
    assert gantt([], 2025, date(2025, 12, 31)).today_anchor == "end"


def test_a_step_stands_on_the_day_it_was_done_or_else_is_due():
    [bar] = gantt([make_full_action()], 2025, TODAY).bars
    done, due = bar.marks
    assert (done.is_done, due.is_done) == (True, False)
    late = ActionStep("x", date(2025, 4, 1), date(2025, 4, 30))
    [other] = gantt([make_action(steps=(late,))], 2025, TODAY).bars
    assert other.marks[0].x > done.x


@given(st.lists(st.tuples(DAYS, DAYS, st.lists(DAYS, max_size=3)), max_size=8))
def test_nothing_is_drawn_outside_and_no_action_is_lost(given_dates):
    actions = [
        make_action(f"A{rank}", starts_on=start, ends_on=end, steps=tuple(ActionStep("x", on) for on in steps))
        for rank, (start, end, steps) in enumerate(given_dates)
    ]
    chart = gantt(actions, 2025, TODAY)
    assert sorted(one.code for one in chart.actions) == sorted(one.code for one in actions)
    for bar in chart.bars:
        places = [mark.x for mark in bar.marks] + list(bar.rest or ())
        if bar.x is not None:
            assert bar.width >= 4
            places += [bar.x, bar.x + bar.width]
        assert all(LEFT <= place <= RIGHT + 0.11 for place in places)
        assert bar.top + 46 <= chart.height


# Its words


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_drawing_is_well_formed_and_its_table_says_every_value_that_it_draws(language: str):
    actions = [
        make_full_action("A", HOSTILE),
        make_action("B", WORD, ActionStatus.DONE),
        make_action("C", "Sans fin", ActionStatus.UNDER_WAY, ends_on=None),
        make_action("D", "Rien", ActionStatus.DROPPED, starts_on=None, ends_on=None),
    ]
    with speaking(language):
        chart = gantt(actions, 2025, TODAY)
        page = parsed(drawn(chart))
        rows = [[words_of(cell) for cell in row] for row in page.find("table/tbody")]
        assert [row[1:3] for row in rows] == [[span_phrase(one), word(one.status)] for one in chart.actions]
        assert words_of(page.find("svg")).count(word(ActionStatus.DONE)) == 1
        told = words_of(page.find("table"))
        for step in actions[0].steps:
            assert step_phrase(step) in told
        assert page.find("svg").attrib["aria-label"] == chart.sentence
        assert "<b>gras" not in drawn(chart)
        assert page.find(".//b") is None
        titles = [words_of(title) for title in page.iter("title")]
        assert WORD in titles
        key = words_of(page.find("ul"))
        assert all(word(status) in key for status in chart.statuses)


def test_the_file_to_take_away_says_what_it_is_and_can_be_made_a_picture():
    chart = gantt([make_full_action("A", HOSTILE), make_action("B", status=ActionStatus.UNDER_WAY)], 2025, TODAY)
    around = poster("Plan d'actions 2025", chart.sentence, gantt_foot("Ville de Port-Tivoli"), (), chart.height)
    written = environment().get_template("components/gantt.svg").render(chart=chart, poster=around, title="Plan 2025")
    drawing = parsed(written)
    assert words_of(drawing[0]) == "Plan 2025"
    assert words_of(drawing[1]) == chart.sentence
    assert "Losange plein" in words_of(drawing)
    assert around.height > chart.height
    assert picture(written.replace("\x0b", "")).startswith(b"\x89PNG")


def test_no_state_is_told_by_its_colour_alone():
    chart = gantt([make_action(str(status), status=status) for status in ActionStatus], 2025, TODAY)
    drawing = parsed(drawn(chart)).find("svg")
    shapes = {
        tuple((shape.attrib["class"], shape.attrib["height"]) for shape in bar.iter("rect"))
        for bar in drawing.iter("g")
    }
    assert len(shapes) == len(ActionStatus)


def test_an_empty_plan_and_one_of_two_hundred_actions_are_drawn():
    assert gantt([], 2025, TODAY).sentence == "Aucune action n’est encore inscrite au plan."
    assert parsed(drawn(gantt([], 2025, TODAY))).find("svg") is not None
    chart = gantt(many_actions(200), 2025, TODAY)
    assert len(chart.bars) == 200
    assert chart.sentence.startswith(
        "200\u00a0actions\u00a0: 200\u00a0prévues. Leurs dates vont du 1er mars 2025 au 30 septembre 2025."
    )
    tops = [bar.top for bar in chart.bars]
    assert tops == sorted(set(tops))


def test_a_long_name_is_cut_after_a_word_and_a_long_word_inside():
    assert cut("Former deux cents agents", 24) == "Former deux cents agents"
    assert cut("Former deux cents agents", 20) == "Former deux cents…"
    assert cut("Former deux cents, puis", 19) == "Former deux cents…"
    assert cut(WORD, 10) == "Anticonst…"
    assert cut("", 10) == ""


@given(st.text(min_size=1), st.integers(2, 80))
def test_what_is_cut_never_takes_more_room_than_there_is(name: str, letters: int):
    assert len(cut(name, letters)) <= letters


def test_counts_agree_with_their_number():
    actions = [make_action(status=ActionStatus.DONE), make_action(status=ActionStatus.DONE), make_action()]
    assert action_counts(actions) == "1\u00a0prévue, 2\u00a0faites"
    assert action_counts([]) == ""


def test_the_drawing_shows_what_was_typed_as_it_was_typed():
    shown = drawn(gantt([make_action(title="<script>x</script>", ends_on=TODAY + timedelta(1))], 2025, TODAY))
    assert "<script>" not in shown
    assert str(escape("<script>x</script>")) in shown
