"""A locator leads to the articles that it names, and the number of a text is the same however it is spaced."""

import pytest

from tracker.domain.citations import as_reference, bare_number, places

LABELS = ("article 1", "article 2", "article 3", "article 11", "article unique", "2e alinéa")


@pytest.mark.parametrize(
    ("locator", "found"),
    [
        ("article 1", ("article 1",)),
        ("article 11", ("article 11",)),
        ("Article 1, 2e phrase", ("article 1",)),
        ("article 1er, 2e alinéa", ("article 1",)),
        ("articles 1 et 2", ("article 1", "article 2")),
        ("articles 1, 3", ("article 1", "article 3")),
        ("articles 1 à 3", ("article 1", "article 2", "article 3")),
        ("articles 1 et 2 ; exposé, 4e alinéa", ("article 1", "article 2")),
        ("article unique", ("article unique",)),
        ("dispositif, 2e alinéa", ("2e alinéa",)),
        ("exposé, 2e alinéa", ("exposé",)),
        ("exposé, axe 3", ("exposé",)),
        ("considérant, 1er tiret", ("considérant",)),
        ("article 7", ("",)),
        ("", ("",)),
    ],
)
def test_a_locator_leads_to_the_parts_that_it_names(locator: str, found: tuple[str, ...]):
    assert places(locator, LABELS) == found


def test_numbers_are_compared_without_their_spaces_and_capitals():
    assert bare_number("HN 001-8073/20/CM") == bare_number("hn001-8073/20/cm ")
    assert bare_number("2024-1") != bare_number("2024-11")


def test_a_reference_stands_in_an_address():
    assert as_reference("IVIS-006-17490/25/BM") == "IVIS-006-17490-25-BM"
    assert as_reference("n° 12 bis") == "n-12-bis"
    assert as_reference("°°") == ""
