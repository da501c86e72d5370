"""What happened to a commitment between two moments, and the lines that tell it."""

from datetime import UTC, date, datetime

import pytest

from tests.factories import make_aim, make_commitment, make_finding, make_indicator, make_target
from tracker.domain.digests import Reply, judged_year, news
from tracker.domain.vocabulary import Absence, CommitmentKind, Status
from tracker.labels.digests import LINES, LISTED, digest_letter, digest_sentence, news_lines

SINCE, TODAY = date(2026, 11, 1), date(2026, 12, 1)
MOMENT = datetime(2026, 11, 1, tzinfo=UTC)


def commitment(values, *targets, findings=(), **more):
    aims = [make_aim(values, *(targets or [make_target(6)]))]
    return make_commitment(aims=aims, findings=findings, **more)


def plain(lines) -> list[str]:
    return [line.replace("\u202f", " ").replace("\u00a0", " ") for line in lines]


def test_nothing_that_changed_is_nothing_to_tell():
    same = commitment({2024: 5, 2025: "5.4"})
    found = news(same, same, SINCE, TODAY)
    assert found.is_empty
    assert news_lines(found) == []


def test_a_first_value_a_correction_and_a_withdrawal_are_told_with_the_state():
    then = commitment({2023: 5, 2024: "5.2"})
    now = commitment({2024: "5.3", 2025: 6})
    assert plain(news_lines(news(then, now, SINCE, TODAY))) == [
        "État de 2025 : « Non mesuré » est devenu « Tenu ».",
        "Durée d’usage moyenne des équipements, 2025 : 6 ans.",
        "Durée d’usage moyenne des équipements, 2024 : 5,3 ans, au lieu de 5,2 ans.",
        "Durée d’usage moyenne des équipements, 2023 : valeur retirée, 5 ans auparavant.",
    ]


def test_two_values_that_differ_never_look_alike():
    found = news(commitment({2025: "5.41"}), commitment({2025: "5.44"}), SINCE, TODAY)
    assert plain(news_lines(found))[-1].endswith("5,44 ans, au lieu de 5,41 ans.")


def test_a_reason_for_no_value_is_told_and_is_never_a_zero_and_a_formula_that_lacks_an_input_says_nothing():
    told = plain(news_lines(news(commitment({}), commitment({2025: Absence.NOT_AVAILABLE}), SINCE, TODAY)))
    assert told[-1] == "Durée d’usage moyenne des équipements, 2025 : non disponible."
    waiting = commitment({2025: Absence.NOT_COMPUTABLE})
    assert not news(commitment({}), waiting, SINCE, TODAY).values
    found = news(waiting, commitment({2025: 6}), SINCE, TODAY)
    assert plain(news_lines(found))[-1] == "Durée d’usage moyenne des équipements, 2025 : 6 ans."


def test_a_new_version_of_a_target_and_a_new_fact_are_told():
    first, second = make_target(6, horizon_year=2030), make_target(7, version=2, horizon_year=2032, in_force_from=2026)
    then = commitment({2025: 5}, first)
    fact = make_finding(on=date(2026, 11, 12))
    now = commitment({2025: 5}, first, second, findings=[fact])
    found = news(then, now, SINCE, TODAY)
    assert [one.target.version for one in found.targets] == [2]
    assert plain(news_lines(found)) == [
        "Réalisé le 12 novembre 2026.",
        "Durée d’usage moyenne des équipements : nouvel objectif, 7 ans en 2032.",
    ]


def test_a_date_that_passed_in_between_tells_though_nobody_wrote_anything():
    milestone = make_commitment(CommitmentKind.MILESTONE, due_on=date(2025, 12, 31))
    found = news(milestone, milestone, date(2025, 12, 15), date(2026, 1, 5))
    assert (found.year, found.before) == (2025, Status.UPCOMING)
    assert found.has_moved
    assert not found.is_empty


def test_a_commitment_voted_meanwhile_says_so_and_lists_no_old_value():
    new = commitment({2024: 5, 2025: 5}, adopted_on=date(2026, 11, 20))
    found = news(None, new, SINCE, TODAY)
    assert judged_year(new, TODAY) == 2026
    assert (found.before, found.values) == (None, ())
    assert news_lines(found)[0].startswith("Voté entre-temps")


def test_an_answer_is_quoted_in_one_line_with_its_question():
    reply = Reply("Où en\nest-on ?", "Ici. " * 100, "Dominique", MOMENT)
    same = commitment({2025: 5})
    (line,) = news_lines(news(same, same, SINCE, TODAY, [reply]))
    assert "\n" not in line
    assert "Où en est-on ?" in line
    assert len(line) < 300


def test_a_long_list_says_how_much_it_leaves_out():
    years = dict.fromkeys(range(2005, 2026), 5)
    lines = news_lines(news(commitment({}), commitment(years), SINCE, TODAY))
    assert len(lines) == LINES
    assert lines[-1] == "Et 15\u00a0autres changements."


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "1 engagement suivi a changé depuis le 1er novembre 2026."),
        (3, "3 engagements suivis ont changé depuis le 1er novembre 2026."),
    ],
)
def test_the_sentence_counts_and_dates_in_paris_time(count, said):
    assert plain([digest_sentence(count, datetime(2026, 10, 31, 23, 30, tzinfo=UTC))]) == [said]


def test_the_letter_lists_what_changed_with_the_pages_to_go_to_and_no_more_than_it_can():
    found = [
        news(commitment({}, code=f"C{n}"), commitment({2025: 6}, code=f"C{n}"), SINCE, TODAY) for n in range(LISTED + 2)
    ]
    subject, body = digest_letter("Sacha", "Ville\nde X", found, MOMENT, "https://suivi.example/x")
    assert "\n" not in subject
    assert plain([subject]) == ["Ville de X : 22 engagements suivis ont changé"]
    assert body.startswith("Bonjour Sacha,\n\n")
    assert "\nhttps://suivi.example/x/engagements/C0\n" in body
    assert body.count("/engagements/") == LISTED
    assert "Et 2\u00a0autres engagements." in body
    assert "https://suivi.example/x/suivis\n" in body


def test_one_indicator_s_news_is_not_another_s():
    then = make_commitment(aims=[make_aim({2025: 5}), make_aim({}, indicator=make_indicator("SOB-07", name="Autre"))])
    now = make_commitment(
        aims=[make_aim({2025: 5}), make_aim({2025: 3}, indicator=make_indicator("SOB-07", name="Autre"))]
    )
    (change,) = news(then, now, SINCE, TODAY).values
    assert change.aim.indicator.code == "SOB-07"
