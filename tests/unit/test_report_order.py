"""The order of the report, until an authority changes it."""

import pytest

from tracker.domain.report_order import Move, Position, arranged, moved, told

STANDARD = ("identity", "means", "carbon", "method")


def test_without_a_word_the_order_is_that_of_the_outline():
    assert told(arranged(STANDARD, {})) == "identity means carbon method"


def test_a_section_that_is_new_in_the_outline_follows_the_one_before_it_wherever_that_stands():
    known = {"identity": (1, False), "carbon": (2, True), "means": (3, False)}
    assert told(arranged(STANDARD, known)) == "identity -carbon method means"
    assert told(arranged(("preface", *STANDARD), known)).startswith("preface identity")


def test_a_section_that_left_the_outline_is_left_out():
    assert told(arranged(STANDARD, {"gone": (1, False), "means": (2, False)})) == "identity means carbon method"


@pytest.mark.parametrize(
    ("move", "section", "after"),
    [
        (Move.UP, "means", "means identity carbon method"),
        (Move.UP, "identity", "identity means carbon method"),
        (Move.DOWN, "means", "identity carbon means method"),
        (Move.DOWN, "method", "identity means carbon method"),
        (Move.HIDE, "carbon", "identity means -carbon method"),
        (Move.SHOW, "carbon", "identity means carbon method"),
    ],
)
def test_a_move_changes_its_section_and_an_end_stays(move: Move, section: str, after: str):
    assert told(moved(tuple(map(Position, STANDARD)), section, move)) == after


def test_nothing_else_can_be_moved():
    with pytest.raises(KeyError):
        moved(tuple(map(Position, STANDARD)), "nothing", Move.UP)
