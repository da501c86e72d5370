"""Messages about a value, a commitment or an action: kept as written, told to those they call, never outside."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import event, select, text
from sqlalchemy.exc import DBAPIError

from tests.integration.helpers import everything
from tests.integration.test_concurrency import one_inside_the_other, together
from tracker.domain import subjects
from tracker.domain.errors import Invalid, NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import NoticeKind, Role
from tracker.services import accounts, demonstration, discussions, notices
from tracker.store.models import Account, JournalEntry, Message, Notice
from tracker.store.queries import accounts as account_rows
from tracker.store.queries import organisations

VALUE = subjects.value_of("SOB-06", 2025)
PROMISE = subjects.commitment("VDM22-C02")


@pytest.fixture
def say(database, enter_as, today):
    def go(body, role=Role.AGENT, subject=VALUE, chosen=(), slug="marseille", meanwhile=lambda: None):
        with database.transaction() as session:
            is_new = discussions.say(session, enter_as(session, role, slug), subject, body, chosen, today)
            meanwhile()
        return is_new

    return go


@pytest.fixture
def stranger(database):
    """Give an account of another organisation, with a name that could be called."""
    with database.transaction() as session:
        told = {"email": "s@ailleurs.example", "name": "Sam Ailleurs", "password": "long-enough-2026", "actor": "test"}
        return accounts.add(session, roles={"amp": Role.REFERENT}, **told).id


def number(database, role):
    with database.reading() as session:
        found = account_rows.by_email(session, demonstration.address(role))
        assert found
        return found.id


def bodies(database):
    with database.reading() as session:
        return list(session.scalars(select(Message.body).order_by(Message.id)))


def told(database):
    """Give who was told what by a message, oldest first: the demonstration comes with a notice of another kind."""
    with database.reading() as session:
        rows = session.execute(
            select(Account.name, Notice.kind)
            .join(Account, Account.id == Notice.account_id)
            .where(Notice.kind.in_([NoticeKind.MENTIONED, NoticeKind.ANSWERED]))
            .order_by(Notice.id)
        )
        return [(name.split()[0], kind) for name, kind in rows]


def test_a_message_is_kept_in_its_lines_with_its_line_in_the_journal(database, say):
    assert say("  Bonjour\r\nà tous <b>\u202e  ")
    assert bodies(database) == ["Bonjour\nà tous <b>"]
    with database.reading() as session:
        line = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc()).limit(1)).one()
    assert (line.action, line.subject, line.year) == (JournalAction.MESSAGE_WRITTEN, "SOB-06", 2025)
    assert told(database) == []


def test_every_role_may_write_about_a_value_and_a_commitment(database, say):
    for role in Role:
        assert say(f"De {role}", role)
        assert say(f"De {role}", role, PROMISE)
    assert len(bodies(database)) == 2 * len(Role)


@pytest.mark.parametrize(
    "subject", [subjects.value_of("RIEN", 2025), subjects.commitment("AMP23-S06"), subjects.campaign(2025)]
)
def test_nothing_is_said_of_what_the_organisation_does_not_have(database, say, subject):
    before = everything(database)
    with pytest.raises(NotFound):
        say("Bonjour", subject=subject)
    assert everything(database) == before


@pytest.mark.parametrize(("body", "code"), [(" \n\t", ProblemCode.MESSAGE_MISSING), ("x" * 2001, ProblemCode.TOO_LONG)])
def test_an_empty_or_endless_message_is_refused(database, say, body, code):
    with pytest.raises(Invalid) as refused:
        say(body)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert bodies(database) == []
    assert say("x" * 2000)


# Who is told


def test_those_who_are_called_or_chosen_are_told_once_each_and_the_writer_never(database, say):
    say(
        "@Dominique Référent et @alix agent, voyez",
        chosen=[number(database, Role.REFERENT), number(database, Role.ELU), number(database, Role.AGENT)],
    )
    assert sorted(told(database)) == [("Dominique", NoticeKind.MENTIONED), ("Sacha", NoticeKind.MENTIONED)]


def test_those_who_wrote_before_are_told_of_an_answer_and_a_mention_counts_for_more(database, say):
    say("Une question", Role.ELU)
    say("Une autre", Role.REFERENT)
    say("Réponse pour @Sacha Élu")
    assert sorted(told(database)) == sorted(
        [("Sacha", NoticeKind.ANSWERED), ("Dominique", NoticeKind.ANSWERED), ("Sacha", NoticeKind.MENTIONED)]
    )


def test_an_answer_about_one_year_tells_nobody_of_another(database, say):
    say("Une question", Role.ELU, subjects.value_of("SOB-06", 2024))
    say("Rien à voir")
    assert told(database) == []


def test_nobody_outside_the_organisation_is_told_whatever_is_typed(database, say, stranger):
    say("@Sam Ailleurs @s@ailleurs.example", chosen=[stranger, 999_999, 0])
    assert told(database) == []


def test_who_left_the_organisation_is_told_of_nothing_any_more_and_sees_nothing_of_it(database, say):
    say("Une question", Role.ELU)
    say("Réponse pour @Sacha Élu")
    elu = number(database, Role.ELU)
    with database.transaction() as session:
        account = session.get(Account, elu)
        assert notices.unread(session, account) == 1
        home = organisations.by_slug(session, "marseille")
        assert home
        session.delete(account_rows.grant(session, elu, home.id))
        session.flush()
        assert notices.unread(session, account) == 0
        assert notices.of_account(session, account, 50) == []
    say("Encore @Sacha Élu")
    assert len(told(database)) == 1


def test_a_closed_account_is_neither_told_nor_offered(database, say, enter_as):
    with database.transaction() as session:
        accounts.disable(session, demonstration.address(Role.ELU), "test")
    say("@Sacha Élu", chosen=[number(database, Role.ELU)])
    assert told(database) == []
    with database.reading() as session:
        people = discussions.thread(session, enter_as(session), VALUE, 1).people
    assert [one.name.split()[0] for one in people] == ["Camille", "Dominique"]


def test_a_notice_names_what_it_is_about_and_reading_them_all_leaves_none(database, say, enter_as):
    say("@Dominique Référent la valeur")
    say("@Dominique Référent l'engagement", subject=PROMISE)
    with database.transaction() as session:
        account = account_rows.by_email(session, demonstration.address(Role.REFERENT))
        promise, value = notices.of_account(session, account, 50)
        assert value.name.fr == "Durée d'usage moyenne des ordinateurs"
        assert promise.name.fr
        assert (promise.organisation.slug, promise.notice.body) == ("marseille", "@Dominique Référent l'engagement")
        assert notices.unread(session, account) == 2
        notices.read(session, account)
        session.flush()
        assert notices.unread(session, account) == 0
        other = account_rows.by_email(session, demonstration.address(Role.ELU))
        assert notices.of_account(session, other, 50) == []


# Twice, and at once


def test_a_double_click_is_one_message_and_the_same_words_later_are_another(database, say):
    with time_machine.travel("2026-11-22 10:00:00+01:00", tick=False) as clock:
        assert say("Bonjour @Sacha Élu")
        clock.shift(timedelta(seconds=59))
        assert not say("Bonjour @Sacha Élu")
        assert say("Bonjour @Sacha Élu", Role.REFERENT)
        assert say("Bonjour @Sacha Élu", subject=PROMISE)
        clock.shift(timedelta(seconds=62))
        assert say("Bonjour @Sacha Élu")
    assert len(bodies(database)) == 4


def test_the_same_message_sent_twice_at_the_very_same_moment_is_one(database, say):
    one, other = one_inside_the_other(lambda meanwhile: say("Bonjour", meanwhile=meanwhile), lambda: say("Bonjour"))
    assert (one, other) == (True, False)
    assert bodies(database) == ["Bonjour"]


def test_messages_written_at_once_by_several_people_are_all_kept(database, say):
    works = [lambda n=n, role=role: say(f"{role} {n}", role) for n in range(3) for role in Role]
    assert together(*works) == [True] * 12
    assert len(bodies(database)) == 12


@pytest.mark.parametrize("change", ["UPDATE message SET body = 'x'", "DELETE FROM message"])
def test_the_database_itself_refuses_to_rewrite_what_was_said(database, say, change):
    say("Bonjour")
    with pytest.raises(DBAPIError, match="message is append-only"), database.transaction() as session:
        session.execute(text(change))
    assert bodies(database) == ["Bonjour"]


# Reading a long discussion


def test_a_long_discussion_is_read_by_pages_the_latest_first_in_a_few_queries(database, say, enter_as):
    for n in range(45):
        say(f"Message {n}")
    asked = []

    def note(connection, cursor, sql, parameters, context, executemany):
        asked.append(sql)

    with database.reading() as session:
        visitor = enter_as(session)
        event.listen(database.engine, "before_cursor_execute", note)
        first = discussions.thread(session, visitor, VALUE, 1)
        event.remove(database.engine, "before_cursor_execute", note)
        last = discussions.thread(session, visitor, VALUE, 3)
        with pytest.raises(NotFound):
            discussions.thread(session, visitor, VALUE, 4)
    assert [one.body for one in first.messages] == [f"Message {n}" for n in range(25, 45)]
    assert [one.body for one in last.messages] == [f"Message {n}" for n in range(5)]
    assert (first.total, first.pages) == (45, 3)
    assert len(asked) == 3
