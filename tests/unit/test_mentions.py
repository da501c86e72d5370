"""Who a message calls: by name or address, without case nor accents, the longest name, never a piece of another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.mentions import mentioned

PEOPLE = {
    1: ("Marie Martin", "marie.martin@ville.example"),
    2: ("Marie Martin-Dupont", "md@ville.example"),
    3: ("Élodie N'Diaye", "elodie@ville.example"),
    4: ("Alix Agent (fictif)", "agent@demonstration.example"),
    5: ("Jean Petit", "jean.petit@ville.example"),
    6: ("Jean Petit", "jp@ville.example"),
    7: ("marie", "marie@ville.example"),
}


@pytest.mark.parametrize(
    ("body", "called"),
    [
        ("Bonjour @Marie Martin, as-tu le relevé ?", {1}),
        ("@marie martin", {1}),
        ("@MARIE MARTIN!", {1}),
        ("@Marie Martin-Dupont", {2}),
        ("@Marie Martinez", {7}),
        ("@Marie Martin-Durand", {7}),
        ("(@elodie n'diaye)", {3}),
        ("@Élodie N’Diaye et @Marie Martin", {1, 3}),
        ("@Marie\u00a0Martin", {1}),
        ("@Alix Agent", {4}),
        ("@Alix Agent (fictif)", {4}),
        ("@agent@demonstration.example.", {4}),
        ("@agent@demonstration.example.org", set()),
        ("@Jean Petit", {5, 6}),
        ("@jp@ville.example", {6}),
        ("écrire à marie@Marie Martin", set()),
        ("Marie Martin", set()),
        ("@", set()),
        ("@@Marie Martin", {1}),
        ("@Personne Connue", set()),
        ("", set()),
    ],
)
def test_a_message_calls_those_it_names_after_an_at_sign(body, called):
    assert mentioned(body, PEOPLE) == called


@given(st.text(max_size=200), st.dictionaries(st.integers(1, 9), st.tuples(st.text(max_size=20)), max_size=4))
def test_whatever_is_written_only_people_who_are_there_are_called(body, people):
    assert mentioned(body, people) <= people.keys()


def test_a_long_message_full_of_calls_is_read_in_no_time():
    people = {number: (f"Personne {number}",) for number in range(200)}
    assert mentioned("@Personne 150 " * 140, people) == {150}
