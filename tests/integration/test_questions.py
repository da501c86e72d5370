"""Questions and answers: kept as written, told to whom they concern, never outside the organisation."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import event, select, text
from sqlalchemy.exc import DBAPIError

from tests.integration.helpers import everything
from tests.integration.test_concurrency import one_inside_the_other, together
from tracker.domain.errors import Forbidden, Invalid, NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import NoticeKind, Role
from tracker.services import accounts, demonstration, followings, questions
from tracker.services.demonstrated_followings import ANSWERED_AT, QUESTION
from tracker.services.visitor import enter
from tracker.store.models import Account, Answer, JournalEntry, Notice, Question

CODE, TOWN = "DEM22-A01", "demonstration"
SECOND = "second@demonstration.example"


@pytest.fixture
def ask(database, enter_as):
    def go(body="Où en est-on ?", role=Role.ELU, code=CODE, slug=TOWN, meanwhile=lambda: None):
        with database.transaction() as session:
            is_new = questions.ask(session, enter_as(session, role, slug), code, body)
            meanwhile()
        return is_new

    return go


@pytest.fixture
def answer(database, enter_as):
    def go(body="Voici.", role=Role.REFERENT, number=None, slug=TOWN, meanwhile=lambda: None):
        asked = last(database) if number is None else number
        with database.transaction() as session:
            is_new = questions.answer(session, enter_as(session, role, slug), asked, body)
            meanwhile()
        return is_new

    return go


@pytest.fixture
def second(database):
    """Give the town a second lead."""
    with database.transaction() as session:
        told = {"email": SECOND, "name": "Robin Second", "password": "long-enough-2026", "actor": "test"}
        return accounts.add(session, roles={TOWN: Role.REFERENT}, **told).id


def last(database):
    with database.reading() as session:
        return session.scalars(select(Question.id).order_by(Question.id.desc())).first()


def bodies(database, table):
    with database.reading() as session:
        return list(session.scalars(select(table.body).where(table.at > ANSWERED_AT).order_by(table.id)))


def told(database, kind):
    with database.reading() as session:
        rows = session.execute(
            select(Account.name).join(Notice, Notice.account_id == Account.id).where(Notice.kind == kind)
        )
        return sorted(name.split()[0] for (name,) in rows)


def test_a_question_is_kept_in_its_lines_told_to_every_lead_and_journalled(database, ask, second):
    assert ask("  Bonjour\r\nà tous <b>\u202e  ")
    assert bodies(database, Question) == ["Bonjour\nà tous <b>"]
    assert told(database, NoticeKind.ASKED) == ["Dominique", "Robin"]
    with database.reading() as session:
        line = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
    assert (line.action, line.subject, line.after) == (JournalAction.QUESTION_ASKED, CODE, "")
    ask("Du référent", Role.REFERENT)
    assert told(database, NoticeKind.ASKED) == ["Dominique", "Robin", "Robin"]


def test_the_answer_is_told_to_who_asked_and_who_follows_and_not_to_who_answers(database, ask, answer, enter_as):
    ask()
    with database.transaction() as session:
        for role in (Role.AGENT, Role.REFERENT):
            followings.follow(session, enter_as(session, role, TOWN), CODE, "oui")
        followings.follow(session, enter_as(session, Role.ADMIN, TOWN), "DEM22-S01", "oui")
    assert answer()
    assert told(database, NoticeKind.REPLIED) == ["Alix", "Sacha"]
    with database.reading() as session:
        line = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
    assert (line.action, line.subject) == (JournalAction.QUESTION_ANSWERED, CODE)


def test_a_closed_account_is_told_nothing(database, ask, answer):
    ask()
    with database.transaction() as session:
        accounts.disable(session, demonstration.address(Role.ELU), "test")
    answer()
    assert told(database, NoticeKind.REPLIED) == []


@pytest.mark.parametrize(("body", "is_missing"), [(" \n\t", True), ("x" * 2001, False)])
def test_an_empty_or_endless_text_is_refused(database, ask, answer, body, is_missing):
    ask()
    before = everything(database)
    for act, missing in ((ask, ProblemCode.QUESTION_MISSING), (answer, ProblemCode.ANSWER_MISSING)):
        with pytest.raises(Invalid) as refused:
            act(body)
        assert [one.code for one in refused.value.problems] == [missing if is_missing else ProblemCode.TOO_LONG]
    assert everything(database) == before
    assert ask("x" * 2000)
    assert answer("x" * 2000)


def test_only_who_may_answers_and_only_in_their_own_organisation(database, ask, answer):
    ask()
    before = everything(database)
    for role in (Role.AGENT, Role.ELU, Role.ADMIN):
        with pytest.raises(Forbidden):
            answer(role=role)
    with pytest.raises(NotFound):
        answer(slug="marseille")
    with pytest.raises(NotFound):
        answer(number=2_000_000_000)
    with pytest.raises(NotFound):
        ask(code="VDM22-C02")
    assert everything(database) == before


def test_a_double_click_is_one_and_the_same_words_later_are_another(database, ask, answer):
    with time_machine.travel("2026-11-22 10:00:00+01:00", tick=False) as clock:
        for act, table in ((ask, Question), (answer, Answer)):
            assert act("Bonjour")
            clock.shift(timedelta(seconds=59))
            assert not act("Bonjour")
            clock.shift(timedelta(seconds=62))
            assert act("Bonjour")
            assert len(bodies(database, table)) == 2


def test_two_answers_at_once_are_both_kept_and_the_same_one_twice_is_one(database, ask, answer, second):
    ask()

    def other():
        with database.transaction() as session:
            lead = enter(session, session.get_one(Account, second), TOWN)
            return questions.answer(session, lead, last(database), "De Robin")

    assert one_inside_the_other(lambda meanwhile: answer("De Dominique", meanwhile=meanwhile), other) == (True, True)
    assert bodies(database, Answer) == ["De Dominique", "De Robin"]
    assert sorted(together(lambda: answer("Encore"), lambda: answer("Encore"))) == [False, True]
    assert len(bodies(database, Answer)) == 3


def test_those_that_wait_come_first_the_longest_wait_first_then_the_answered_latest_first(
    database, ask, answer, enter_as
):
    numbers = []
    for n in range(4):
        ask(f"Question {n}")
        numbers.append(last(database))
    for n in (0, 2):
        answer(f"Réponse {n}", number=numbers[n])
        answer(f"Mieux {n}", number=numbers[n])
    with database.reading() as session:
        elu = enter_as(session, Role.ELU, TOWN)
        found = questions.everything(session, elu, 1)
        assert questions.everything(session, enter_as(session, Role.ELU, "marseille"), 1).total == 0
        with pytest.raises(NotFound):
            questions.everything(session, elu, 2)
        exchange = questions.exchange(session, elu, numbers[0], 1)
    *shown, first = found.shown
    assert first.question.body == QUESTION  # that of the demonstration, answered long ago
    assert [one.question.body[-1] for one in shown] == ["1", "3", "2", "0"]
    assert [one.answer.body if one.answer else None for one in shown] == [None, None, "Mieux 2", "Mieux 0"]
    assert (found.total, found.waiting) == (5, 2)
    assert [one.body for one in exchange.answers] == ["Réponse 0", "Mieux 0"]


def test_a_long_list_costs_a_few_queries(database, ask, enter_as):
    for n in range(20):
        ask(f"Question {n}")
    asked = []

    def note(connection, cursor, sql, parameters, context, executemany):
        asked.append(sql)

    with database.reading() as session:
        visitor = enter_as(session, Role.ELU, TOWN)
        event.listen(database.engine, "before_cursor_execute", note)
        found = questions.on_commitment(session, visitor, CODE)
        event.remove(database.engine, "before_cursor_execute", note)
    assert (len(found.shown), found.total, found.pages) == (5, 20, 4)
    assert found.shown[0].question.body == "Question 19"
    assert len([sql for sql in asked if sql.lstrip().startswith("SELECT")]) <= 4


@pytest.mark.parametrize("table", ["question", "answer"])
@pytest.mark.parametrize("change", ["UPDATE {table} SET body = 'x'", "DELETE FROM {table}"])
def test_the_database_itself_refuses_to_rewrite_what_was_said(database, ask, answer, table, change):
    ask()
    answer()
    with pytest.raises(DBAPIError, match=f"{table} is append-only"), database.transaction() as session:
        session.execute(text(change.format(table=table)))
