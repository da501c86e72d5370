"""Tokens of the API: shown once, kept as digests, ended by their day, their owner, or what happens to the account."""

from datetime import timedelta

import pytest

from tests.integration.helpers import everything
from tests.integration.test_concurrency import together
from tracker.domain.errors import Invalid, NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import Role
from tracker.services import accounts, api_tokens, demonstration
from tracker.store.models import ApiToken, JournalEntry
from tracker.store.queries import accounts as account_rows

ADDRESS = demonstration.address(Role.ELU)


@pytest.fixture
def make(database, today):
    def made(name: str = "Tableur", days: int = 90, on=today) -> str:
        with database.transaction() as session:
            account = account_rows.by_email(session, ADDRESS)
            known = api_tokens.listed(session, account)
            return api_tokens.create(session, account, name, days, known[0].id if known else 0, on)

    return made


def opens(database, token: str, on) -> bool:
    with database.reading() as session:
        return api_tokens.holder(session, token, on) is not None


def test_a_token_opens_its_account_until_its_day_and_nothing_of_it_is_stored_but_its_digest(database, make, today):
    token = make()
    assert token.startswith("pt_")
    assert len(token) == 46
    assert opens(database, token, today + timedelta(days=90))
    assert not opens(database, token, today + timedelta(days=91))
    for other in (token[:-1], token + "x", token.swapcase(), "", "pt_", "\ud800"):
        assert not opens(database, other, today), other
    kept = repr(everything(database))
    assert token not in kept
    assert token[api_tokens.PREFIX :] not in kept
    assert api_tokens.digest(token) in kept


def test_making_and_revoking_a_token_each_write_one_line_that_names_it_and_no_more(database, make, today):
    make("Tableur du service")
    with database.transaction() as session:
        account = account_rows.by_email(session, ADDRESS)
        [one] = api_tokens.listed(session, account)
        assert api_tokens.revoke(session, account, one.id)
        assert not api_tokens.revoke(session, account, one.id)
    with database.reading() as session:
        told = [row for row in session.query(JournalEntry) if "TOKEN" in row.action.name]
        assert [(row.action, row.subject, row.before, row.after, row.comment) for row in told] == [
            (JournalAction.API_TOKEN_CREATED, "Tableur du service", "", "", ""),
            (JournalAction.API_TOKEN_REVOKED, "Tableur du service", "", "", ""),
        ]


def test_a_revoked_token_opens_nothing_and_the_others_still_do(database, make, today):
    first, second = make("Un"), make("Deux")
    with database.transaction() as session:
        account = account_rows.by_email(session, ADDRESS)
        api_tokens.revoke(session, account, api_tokens.listed(session, account)[1].id)
    assert not opens(database, first, today)
    assert opens(database, second, today)


def test_a_changed_password_ends_the_tokens_as_it_ends_the_sessions(database, make, today):
    token = make()
    with database.transaction() as session:
        accounts.change_password(session, ADDRESS, "another-password", "admin")
    assert not opens(database, token, today)


def test_a_disabled_account_ends_its_tokens_and_they_do_not_come_back_with_it(database, make, today):
    token = make()
    with database.transaction() as session:
        accounts.disable(session, ADDRESS, "admin")
    assert not opens(database, token, today)
    with database.transaction() as session:
        account_rows.by_email(session, ADDRESS).is_active = True
    assert not opens(database, token, today)


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("name", "days", "code"),
    [
        ("  ", 90, ProblemCode.TOKEN_NAME_MISSING),
        ("x" * 81, 90, ProblemCode.TOO_LONG),
        ("Tableur", 366, ProblemCode.UNKNOWN_CHOICE),
        ("Tableur", 0, ProblemCode.UNKNOWN_CHOICE),
    ],
)
def test_a_token_has_a_name_and_a_life_of_a_year_at_most(database, make, name, days, code):
    before = everything(database)
    with pytest.raises(Invalid) as refused:
        make(name, days)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert everything(database) == before


@pytest.mark.one_engine
def test_ten_tokens_alive_are_enough_and_one_that_ended_leaves_its_place(database, make, today):
    for number in range(10):
        make(f"n° {number}", 30)
    with pytest.raises(Invalid) as refused:
        make("de trop")
    assert [problem.code for problem in refused.value.problems] == [ProblemCode.TOKENS_MANY]
    assert make("plus tard", on=today + timedelta(days=31))


def test_a_double_click_makes_one_token_and_says_so(database, today):
    def click() -> None:
        with database.transaction() as session:
            account = account_rows.by_email(session, ADDRESS)
            api_tokens.create(session, account, "Tableur", 90, 0, today)

    outcomes = together(click, click)
    assert sorted(type(one).__name__ for one in outcomes) == sorted(["Conflict", "NoneType"]), outcomes
    with database.reading() as session:
        assert session.query(ApiToken).count() == 1


def test_nobody_finds_the_token_of_somebody_else(database, make):
    make()
    with database.transaction() as session:
        stranger = account_rows.by_email(session, demonstration.address(Role.REFERENT))
        [one] = session.query(ApiToken)
        with pytest.raises(NotFound):
            api_tokens.revoke(session, stranger, one.id)
        assert one.revoked_at is None


def test_the_day_of_the_last_use_is_kept_and_nothing_finer(database, make, today):
    make()
    with database.transaction() as session:
        [one] = session.query(ApiToken)
        api_tokens.note_use(session, one.id, today)
    with database.reading() as session:
        [one] = session.query(ApiToken)
        assert one.used_on == today
