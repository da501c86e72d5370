"""Ecodesign of services: self-assessments begun, answered, closed and published, pages measured, what is refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from tests.conftest import EnterAs
from tests.integration.helpers import everything
from tests.served import digital_service
from tests.unit.test_page_measures import FILE_CSV, FILE_JSON
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.page_files import PageFile
from tracker.domain.rgesn import EcodesignAnswer, EcodesignTheme
from tracker.domain.service_problems import ServiceProblem
from tracker.domain.vocabulary import Role
from tracker.labels.journal import shown
from tracker.services import ecodesign, ecodesign_changes, page_measures
from tracker.services.ecodesign import referential
from tracker.services.ecodesign_changes import FrameDraft, ThemeDraft
from tracker.services.page_measures import PageDraft, PagesPlan
from tracker.store.models import JournalEntry
from tracker.store.queries import organisations
from tracker.store.session import Database

TOWN, SERVICE = "demonstration", 91
FRAME = FrameDraft("01/06/2025", "Direction des systèmes d'information", "Dix pages du site", "Alléger l'accueil")
PAGE = PageDraft("https://ville.example/", "03/05/2025", "300", "20", "512,5", "EcoIndex", "5.4.1")
Do = Callable[..., Any]


@pytest.fixture
def do(database: Database, enter_as: EnterAs) -> Do:
    """Give what calls a service as a role on service 91 of the town, in a transaction of its own."""
    with database.transaction() as session:
        town = organisations.by_slug(session, TOWN)
        assert town is not None
        digital_service(session, town, number=SERVICE)

    def call(step: Callable[..., Any], *given: Any, role: Role = Role.REFERENT, number: int = SERVICE) -> Any:
        with database.transaction() as session:
            return step(session, enter_as(session, role, TOWN), number, *given)

    return call


def theme(which: EcodesignTheme, answer: str = "met", seen: int = 1, **changed: str) -> ThemeDraft:
    told = {one.number: answer for one in referential().of_theme(which)}
    return ThemeDraft(told | {key[1:].replace("_", "."): value for key, value in changed.items()}, {}, seen)


def codes(refusal: pytest.ExceptionInfo[Invalid]) -> list[ProblemCode]:
    return [one.code for one in refusal.value.problems]


def finished(do: Do, today: date) -> None:
    """Begin a self-assessment, answer all of it, describe it and close it."""
    do(ecodesign_changes.begin)
    for seen, which in enumerate(EcodesignTheme, 1):
        do(ecodesign_changes.answer, which, theme(which, seen=seen))
    do(ecodesign_changes.describe, FrameDraft(**{**FRAME_FIELDS, "seen": 10}), today)
    do(ecodesign_changes.close, 11)


FRAME_FIELDS: dict[str, Any] = {
    name: getattr(FRAME, name) for name in ("assessed_on", "assessor", "scope", "improvements")
}


def test_a_self_assessment_goes_from_its_beginning_to_its_statement(do: Do, database: Database, today: date):
    finished(do, today)
    assert do(ecodesign_changes.publish, "02/06/2025", "https://ville.example/ecoconception", today) is True
    assert do(ecodesign_changes.publish, "02/06/2025", "https://ville.example/ecoconception", today) is False
    found = do(ecodesign.sheet, today, role=Role.ELU)
    last = found.closed(today)
    assert last is not None
    assert (last.is_closed, last.published_on, found.is_stated) == (True, date(2025, 6, 2), True)
    assert set(last.answers.values()) == {EcodesignAnswer.MET}
    with database.reading() as session:
        told = session.scalars(
            select(JournalEntry).where(JournalEntry.subject == f"service-{SERVICE}").order_by(JournalEntry.id)
        ).all()
    assert [one.action for one in told] == [
        JournalAction.ECODESIGN_BEGUN,
        *[JournalAction.ECODESIGN_CHANGED] * 10,
        JournalAction.ECODESIGN_CLOSED,
        JournalAction.ECODESIGN_PUBLISHED,
    ]
    assert shown(told[1].action, told[1].after).startswith("réponses\u00a0: 1.1 conforme, 1.2 conforme")
    assert shown(told[-2].action, told[-2].after) == (
        "numéro\u00a0: 1, critères conformes\u00a0: 78, critères applicables\u00a0: 78"
    )


def test_a_closed_one_never_changes_and_the_next_begins_from_its_answers(do: Do, today: date):
    finished(do, today)
    with pytest.raises(NotFound):
        do(ecodesign_changes.answer, EcodesignTheme.STRATEGY, theme(EcodesignTheme.STRATEGY, "not_met", 12))
    assert do(ecodesign_changes.begin) == 2
    assert do(ecodesign_changes.begin) == 2  # the one that is open is gone on with
    do(ecodesign_changes.answer, EcodesignTheme.BACKEND, theme(EcodesignTheme.BACKEND, "not_met", 1))
    second, first = do(ecodesign.sheet, today).assessments
    assert first.answers["7.1"] is EcodesignAnswer.MET
    assert second.answers["7.1"] is EcodesignAnswer.NOT_MET
    assert (second.answers["1.1"], second.assessor, second.assessed_on) == (EcodesignAnswer.MET, first.assessor, None)
    assert do(ecodesign.sheet, today).closed(today) == first
    assert do(ecodesign_changes.publish, "02/06/2025", "https://ville.example/eco", today) is True  # that of the first
    assert [one.published_on for one in do(ecodesign.sheet, today).assessments] == [None, date(2025, 6, 2)]


def test_it_is_not_closed_before_everything_is_said(do: Do):
    do(ecodesign_changes.begin)
    with pytest.raises(Invalid) as refusal:
        do(ecodesign_changes.close, 1)
    assert codes(refusal) == [
        ServiceProblem.ECODESIGN_DAY_MISSING,
        ServiceProblem.ECODESIGN_ASSESSOR_MISSING,
        ServiceProblem.ECODESIGN_SCOPE_MISSING,
        ServiceProblem.ECODESIGN_ANSWERS_MISSING,
    ]
    assert refusal.value.problems[-1].values == {"n": 78}


def test_what_applies_to_every_service_is_never_not_applicable(do: Do):
    do(ecodesign_changes.begin)
    with pytest.raises(Invalid) as refusal:
        do(
            ecodesign_changes.answer,
            EcodesignTheme.STRATEGY,
            theme(EcodesignTheme.STRATEGY, _1_1="not_applicable", _1_7="not_applicable", _1_9="oui"),
        )
    assert [(one.where, one.code) for one in refusal.value.problems] == [
        ("answer-1.1", ServiceProblem.CRITERION_APPLIES_ALWAYS),
        ("answer-1.9", ProblemCode.UNKNOWN_CHOICE),
    ]


def test_answers_typed_over_a_newer_version_are_refused_with_both(do: Do, today: date):
    do(ecodesign_changes.begin)
    do(ecodesign_changes.answer, EcodesignTheme.BACKEND, theme(EcodesignTheme.BACKEND))
    with pytest.raises(Conflict) as refusal:
        do(ecodesign_changes.answer, EcodesignTheme.BACKEND, theme(EcodesignTheme.BACKEND, _7_2="not_met"))
    (told,) = refusal.value.problems
    assert (told.where, told.values["theirs"]) == ("answer-7.2", "7.2 conforme")
    with pytest.raises(Conflict):
        do(ecodesign_changes.describe, FRAME, today)
    with pytest.raises(Conflict):
        do(ecodesign_changes.close, 1)
    assert do(ecodesign_changes.answer, EcodesignTheme.BACKEND, theme(EcodesignTheme.BACKEND)) is False


@pytest.mark.parametrize(
    ("on", "url", "expected"),
    [
        ("", "https://ville.example", [ServiceProblem.ECODESIGN_PUBLISHED_MISSING]),
        ("31/05/2025", "https://ville.example", [ServiceProblem.ECODESIGN_PUBLISHED_EARLY]),
        ("01/06/2099", "https://ville.example", [ProblemCode.DAY_TO_COME]),
        ("02/06/2025", "", [ProblemCode.WEB_ADDRESS_UNREADABLE]),
        ("02/06/2025", "javascript:alert(1)", [ProblemCode.WEB_ADDRESS_UNREADABLE]),
    ],
)
def test_a_statement_is_published_after_it_was_made_at_an_address(do: Do, today: date, on, url, expected):
    finished(do, today)
    with pytest.raises(Invalid) as refusal:
        do(ecodesign_changes.publish, on, url, today)
    assert codes(refusal) == expected


def planned(do: Do, content: str, version: str, today: date) -> PagesPlan:
    found: PagesPlan = do(page_measures.plan, page_measures.read(content.encode()), version, today)
    return found


def test_a_file_of_pages_is_stored_once(do: Do, database: Database, today: date):
    found = planned(do, FILE_CSV, "5.4.1", today)
    assert (len(found.new), found.same, found.differ, found.problems) == (2, 0, 0, ())
    assert do(page_measures.load, "results.csv", found, found.digest) == 2
    before = everything(database)
    again = planned(do, FILE_JSON, "", today)  # the same pages, from the other form of the same results
    assert (again.new, again.same) == ((), 2)
    assert do(page_measures.load, "results.json", again) == 0
    assert everything(database) == before
    (year,) = do(ecodesign.sheet, today).years
    assert (year.version, len(year.pages), year.worst.address) == ("5.4.1", 2, "https://ville.example/demarches")


def test_a_file_whose_version_nobody_tells_or_that_says_otherwise_is_refused_whole(do: Do, today: date):
    nameless = planned(do, FILE_CSV, " ", today)
    assert {one.problem.code for one in nameless.problems} == {ServiceProblem.PAGE_VERSION_MISSING}
    assert nameless.new == ()
    found = planned(do, FILE_CSV, "5.4.1", today)
    do(page_measures.load, "results.csv", found)
    other = planned(do, FILE_CSV.replace(",45,", ",46,"), "5.4.1", today)
    assert [(one.place.row, one.problem.code) for one in other.problems] == [(2, ServiceProblem.PAGE_DIFFERS)]
    with pytest.raises(Invalid):
        do(page_measures.load, "results.csv", other)
    ahead = planned(do, FILE_CSV.replace("2025-05-03", "2099-05-03"), "5.4.1", today)
    assert {one.problem.code for one in ahead.problems} == {ProblemCode.DAY_TO_COME}
    empty = do(page_measures.plan, PageFile(left=3), "5.4.1", today)
    assert [one.problem.code for one in empty.problems] == [ServiceProblem.PAGES_OF_OTHER_WINDOWS]


def test_what_was_previewed_is_what_is_stored(do: Do, today: date):
    found = planned(do, FILE_CSV, "5.4.1", today)
    with pytest.raises(Conflict):
        do(page_measures.load, "results.csv", found, "0" * 16)


def test_a_page_is_typed_once_and_withdrawn_with_a_reason(do: Do, database: Database, today: date):
    assert do(page_measures.add, PAGE, today) is True
    assert do(page_measures.add, PAGE, today) is False
    with pytest.raises(Invalid) as refusal:
        do(page_measures.add, PageDraft(**{**PAGE_FIELDS, "elements": "301"}), today)
    assert codes(refusal) == [ServiceProblem.PAGE_DIFFERS]
    ((number, _),) = do(page_measures.listed)
    with pytest.raises(Invalid):
        do(page_measures.withdraw, number, " ")
    do(page_measures.withdraw, number, "Mesurée derrière une fenêtre de consentement")
    assert do(page_measures.listed) == []
    with database.reading() as session:
        last = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc()).limit(1)).one()
    assert last.action is JournalAction.PAGE_WITHDRAWN
    assert "https://ville.example/" in last.before


PAGE_FIELDS: dict[str, Any] = {
    name: getattr(PAGE, name) for name in ("address", "on", "elements", "requests", "kilobytes", "tool", "version")
}


def test_each_field_of_a_typed_page_says_what_is_wrong(do: Do, today: date):
    with pytest.raises(Invalid) as refusal:
        do(page_measures.add, PageDraft("ville", "demain", "-1", "2,5", "x"), today)
    assert [(one.where, one.code) for one in refusal.value.problems] == [
        ("address", ProblemCode.WEB_ADDRESS_UNREADABLE),
        ("on", ProblemCode.DATE_UNREADABLE),
        ("elements", ProblemCode.BELOW_MINIMUM),
        ("requests", ProblemCode.NOT_WHOLE),
        ("kilobytes", ProblemCode.NOT_A_NUMBER),
        ("tool", ServiceProblem.PAGE_TOOL_MISSING),
        ("version", ServiceProblem.PAGE_VERSION_MISSING),
    ]


@pytest.mark.one_engine
def test_only_who_keeps_the_services_writes_and_a_service_of_elsewhere_is_not_there(do: Do, today: date):
    steps: list[tuple[Any, ...]] = [
        (ecodesign_changes.begin,),
        (ecodesign_changes.describe, FRAME, today),
        (ecodesign_changes.answer, EcodesignTheme.BACKEND, theme(EcodesignTheme.BACKEND)),
        (ecodesign_changes.close, 1),
        (ecodesign_changes.publish, "", "", today),
        (page_measures.add, PAGE, today),
        (page_measures.plan, PageFile(), "", today),
        (page_measures.load, "x", PagesPlan()),
        (page_measures.withdraw, 1, "x"),
    ]
    for step in steps:
        for role in (Role.AGENT, Role.ELU):
            with pytest.raises(Forbidden):
                do(*step, role=role)
        with pytest.raises(NotFound):
            do(*step, number=999)
    with pytest.raises(NotFound):
        do(ecodesign.sheet, today, number=999)
