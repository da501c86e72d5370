"""Complaints about accessibility: a week to answer, the mean time, nothing that gives a person away."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tracker.domain.complaints import AnswerTime, Complaint, PersonalTrace, answer_time, personal_trace
from tracker.domain.deadlines import DeadlineKind, of_complaints

DAY = date(2026, 3, 2)


def test_an_answer_is_due_in_a_week():
    waiting = Complaint(1, 1, DAY, "x")
    assert waiting.due_on == date(2026, 3, 9)
    assert not waiting.is_late(date(2026, 3, 9))
    assert waiting.is_late(date(2026, 3, 10))
    assert not Complaint(1, 1, DAY, "x", DAY + timedelta(days=7)).is_late(date(2027, 1, 1))
    assert Complaint(1, 1, DAY, "x", DAY + timedelta(days=8)).is_late(DAY + timedelta(days=8))


def test_the_mean_counts_the_complaints_of_the_year_that_were_answered_by_the_day():
    listed = [
        Complaint(1, 1, date(2025, 12, 31), "before", date(2026, 1, 30)),
        Complaint(2, 1, DAY, "a", DAY),
        Complaint(3, 1, DAY, "b", DAY + timedelta(days=9)),
        Complaint(4, 1, DAY, "c"),
    ]
    found = answer_time(listed, 2026, date(2026, 12, 31))
    assert found == AnswerTime(9, 2, 3)
    assert found.coverage == Decimal(200) / 3
    assert answer_time(listed, 2026, DAY) == AnswerTime(0, 1, 3)
    assert answer_time(listed, 2024, date(2024, 12, 31)).coverage is None


def test_only_what_waits_is_a_deadline_and_it_is_of_the_department_of_its_service():
    listed = [Complaint(1, 7, DAY, "a"), Complaint(2, 8, DAY, "b"), Complaint(3, 7, DAY, "c", DAY)]
    found = list(of_complaints(listed, {7: "DSI"}))
    assert [(one.kind, one.code, one.on, one.departments) for one in found] == [
        (DeadlineKind.COMPLAINT, "1", date(2026, 3, 9), ("DSI",)),
        (DeadlineKind.COMPLAINT, "2", date(2026, 3, 9), ()),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Écrire à jeanne.dupont@exemple.fr",
        "contact: a+b@mail.exemple.co.uk.",
        "<j@exemple.fr>",
    ],
)
def test_an_address_of_mail_is_seen(text: str):
    assert personal_trace(text) is PersonalTrace.MAIL


@pytest.mark.parametrize(
    "text",
    [
        "Rappeler au 06 12 34 56 78",
        "0612345678",
        "06.12.34.56.78",
        "+33 6 12 34 56 78",
        "0033612345678",
        "04-91-00-00-00",
    ],
)
def test_a_telephone_number_is_seen(text: str):
    assert personal_trace(text) is PersonalTrace.TELEPHONE


@pytest.mark.parametrize(
    "text",
    [
        "Le formulaire de la page 12 ne se remplit pas au clavier",
        "Démarche 2024-03-12 10:15, critère 11.10",
        "Le tarif de 1 234 567,89 € n'est pas lu ; dossier 20240312",
        "La mention @mairie n'est pas lue",
        "Marché n° 0123 du 01/02/2024",
    ],
)
def test_what_gives_nobody_away_is_kept(text: str):
    assert personal_trace(text) is None
