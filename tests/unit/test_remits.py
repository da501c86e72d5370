"""The remit of a department in words: what it holds, what is missing, the letter that tells it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.factories import make_commitment, make_indicator, make_organisation, make_reading
from tracker.domain.actions import ActionRecord
from tracker.domain.deadlines import Deadline, DeadlineKind, PlannedAction
from tracker.domain.records import DepartmentRecord, Reading
from tracker.domain.remits import Entrusted, Remit
from tracker.domain.scorecard import score
from tracker.domain.vocabulary import Absence, ActionStatus
from tracker.labels import speaking
from tracker.labels.remits import LISTED, action_phrase, entrusted_phrase, remit_letter, remit_reading

TODAY = date(2026, 11, 22)
LAST = make_reading(2024, "5.3")
ACTION = PlannedAction(2026, ActionRecord("A-01", 1, "Reconditionner", ActionStatus.UNDER_WAY, ends_on=TODAY))


def plain(told: str) -> str:
    return told.replace("\u00a0", " ").replace("\u202f", " ")


def entrusted(reading: Reading | None, last: Reading | None = LAST, *, is_typed: bool = True) -> Entrusted:
    return Entrusted(make_indicator(), reading, last, is_typed=is_typed)


def remit(**told) -> Remit:
    return Remit(make_organisation(), DepartmentRecord("DSI", "Direction des systèmes"), 2025, TODAY, **told)


def test_a_value_is_missing_only_where_somebody_has_to_type_it_and_said_nothing():
    assert entrusted(None).is_missing
    assert not entrusted(None, is_typed=False).is_missing
    assert not entrusted(Reading(2025, 1, None, Absence.NOT_AVAILABLE)).is_missing
    assert not entrusted(Reading(2025, 1, Decimal(0))).is_missing


def test_an_indicator_says_its_value_or_why_there_is_none_and_what_the_last_one_was():
    assert plain(entrusted_phrase(entrusted(make_reading(2025, "5.4")), 2025)) == "5,4 ans en 2025"
    told = plain(entrusted_phrase(entrusted(None), 2025))
    assert told == "aucun relevé pour 2025 ; le dernier est de 5,3 ans en 2024"
    absent = entrusted(Reading(2025, 1, None, Absence.NOT_AVAILABLE), None)
    assert entrusted_phrase(absent, 2025) == "aucun relevé pour 2025 (non disponible)"
    assert plain(entrusted_phrase(entrusted(Reading(2025, 1, Decimal(0))), 2025)).startswith("0 an")


def test_an_action_says_where_it_stands_and_until_when():
    assert action_phrase(ACTION) == "en cours, jusqu’au 22 novembre 2026"
    open_ended = replace(ACTION, action=replace(ACTION.action, ends_on=None))
    assert action_phrase(open_ended) == "en cours, sans date de fin"
    assert action_phrase(replace(ACTION, action=replace(ACTION.action, status=ActionStatus.DONE))) == "faite"


def test_a_remit_is_read_in_one_line_and_an_empty_one_says_so():
    late = Deadline(DeadlineKind.ACTION, date(2026, 1, 1), "A-02", departments=("DSI",))
    whole = remit(led=(ACTION,), contributed=(ACTION,), entrusted=(entrusted(None),), deadlines=(late,))
    assert plain(remit_reading(whole)) == (
        "2 actions, 1 indicateur ; 1 valeur de 2025 manque ; 1 échéance est en retard."
    )
    assert remit().is_empty
    assert remit_reading(remit()) == "Rien n’est encore confié à ce service."


def test_the_letter_tells_everything_once_in_order_and_leaves_out_what_there_is_none_of():
    card = score(make_organisation(), [make_commitment()], 2025, TODAY).cards
    subject, body = remit_letter("Alix", remit(led=(ACTION,), cards=card), "https://suivi.example/x")
    assert subject == "Ville de Port-Tivoli\u00a0: ce qui attend votre service, Direction des systèmes"
    told = plain(body)
    assert told.startswith("Bonjour Alix,\n\nVille de Port-Tivoli est fictive : ses chiffres sont inventés.\n\n")
    assert "- Reconditionner : en cours, jusqu’au 22 novembre 2026\n" in told
    assert "- Allonger la durée de vie des équipements : " in told
    assert "manquent" not in told
    assert "contribue" not in told
    assert "https://suivi.example/x" in told
    with speaking("en"):
        assert "Actions that your department leads" in remit_letter("Alix", remit(led=(ACTION,)), "x")[1]


def test_a_long_letter_says_how_much_it_leaves_out_and_a_title_on_two_lines_makes_one_subject():
    _, body = remit_letter("Alix", remit(led=(ACTION,) * (LISTED + 3)), "x")
    assert body.count("- Reconditionner") == LISTED
    assert "- et 3\u00a0autres" in body
    odd = replace(remit(), department=DepartmentRecord("X", "Direction\nBcc: tous"))
    assert "\n" not in remit_letter("Alix", odd, "x")[0]
