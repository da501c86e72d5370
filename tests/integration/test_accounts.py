"""Accounts: who signs in, what a changed password ends, and what cannot be an account."""

import pytest
from sqlalchemy import select

from tests.integration.helpers import everything
from tracker.domain.errors import Invalid, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import Role
from tracker.services import accounts, demonstration
from tracker.store.models import Account, JournalEntry, Organisation, RoleGrant
from tracker.store.queries import accounts as account_rows

AGENT = "agent@demonstration.example"
SECRET = "claude-2026"


def sign_in(database, email, password):
    with database.reading() as session:
        account = accounts.authenticate(session, email, password)
        return account.email if account else None


def find(database, email):
    with database.reading() as session:
        return account_rows.by_email(session, email)


@pytest.fixture
def add(database):
    def go(email="claude@exemple.fr", *, name="Claude", password=SECRET, roles=None):
        with database.transaction() as session:
            return accounts.add(
                session, email=email, name=name, password=password, roles=roles or {}, actor="Administration"
            )

    return go


@pytest.fixture
def refused(database, add):
    """Give a function that adds an account, expects a refusal that leaves every row as it was, and gives its fault."""

    def go(*given, **named):
        before = everything(database)
        with pytest.raises(Invalid) as caught:
            add(*given, **named)
        assert everything(database) == before
        (problem,) = caught.value.problems
        return problem.where, problem.code, dict(problem.values)

    return go


def last_lines(database, count):
    with database.reading() as session:
        rows = session.execute(
            select(JournalEntry.action, Organisation.slug, JournalEntry.actor, JournalEntry.subject, JournalEntry.after)
            .outerjoin(Organisation, Organisation.id == JournalEntry.organisation_id)
            .order_by(JournalEntry.id.desc())
            .limit(count)
        )
        return [tuple(row) for row in rows][::-1]


# Signing in


@pytest.mark.parametrize("role", list(Role))
def test_each_demonstration_account_signs_in(database, password, role):
    assert sign_in(database, demonstration.address(role), password) == f"{role}@demonstration.example"


@pytest.mark.parametrize("written", ["AGENT@demonstration.example", "  agent@Demonstration.Example\n"])
def test_an_address_is_the_same_in_capitals_or_between_spaces(database, password, written):
    assert sign_in(database, written, password) == AGENT


@pytest.mark.parametrize("wrong", ["", "Demonstration-2026", "demonstration-2026 ", "x" * 10_000])
def test_a_wrong_password_does_not_sign_in(database, wrong):
    assert sign_in(database, AGENT, wrong) is None


@pytest.mark.parametrize("email", ["", "nobody@demonstration.example", "' OR '1'='1"])
def test_an_unknown_address_does_not_sign_in(database, password, email):
    assert sign_in(database, email, password) is None


def test_an_address_with_a_null_character_does_not_sign_in_and_breaks_nothing(database, password):
    assert sign_in(database, "agent@demonstration.example\x00", password) is None


def test_a_disabled_account_does_not_sign_in_even_with_the_right_password(database, password):
    with database.transaction() as session:
        accounts.disable(session, AGENT.upper(), "Administration")
    assert sign_in(database, AGENT, password) is None
    assert find(database, AGENT).is_active is False
    assert sign_in(database, "referent@demonstration.example", password) is not None
    assert last_lines(database, 1) == [(JournalAction.ACCOUNT_DISABLED, None, "Administration", AGENT, "")]


def test_signing_in_writes_nothing(database, password):
    before = everything(database)
    sign_in(database, AGENT, password)
    sign_in(database, AGENT, "wrong")
    assert everything(database) == before


# Passwords


def test_a_changed_password_replaces_the_old_one_and_changes_the_stamp(database, password):
    before = find(database, AGENT)
    with database.transaction() as session:
        accounts.change_password(session, f" {AGENT.upper()} ", "autre-secret-2026", "Administration")
    after = find(database, AGENT)
    assert after.stamp != before.stamp
    assert after.password_hash != before.password_hash
    assert sign_in(database, AGENT, password) is None
    assert sign_in(database, AGENT, "autre-secret-2026") == AGENT
    assert last_lines(database, 1) == [(JournalAction.PASSWORD_CHANGED, None, "Administration", AGENT, "")]


def test_even_the_same_password_given_again_changes_the_stamp(database, password):
    before = find(database, AGENT)
    with database.transaction() as session:
        accounts.change_password(session, AGENT, password, "Administration")
    assert find(database, AGENT).stamp != before.stamp
    assert sign_in(database, AGENT, password) == AGENT


def test_a_password_that_is_too_short_changes_nothing(database, password):
    before = everything(database)
    with pytest.raises(Invalid) as caught, database.transaction() as session:
        accounts.change_password(session, AGENT, "court-7", "Administration")
    (problem,) = caught.value.problems
    assert (problem.where, problem.code, problem.values) == ("password", ProblemCode.PASSWORD_SHORT, {"limit": 8})
    assert everything(database) == before
    assert sign_in(database, AGENT, password) == AGENT


def test_no_password_is_kept_readable_anywhere(database, add, password):
    add(password="un-secret-bien-reconnaissable")
    told = repr(everything(database))
    assert password not in told
    assert "un-secret-bien-reconnaissable" not in told
    with database.reading() as session:
        found = session.scalars(select(Account)).all()
    assert all(account.password_hash.startswith("$argon2id$") for account in found)
    assert len({account.password_hash for account in found}) == len({account.stamp for account in found}) == 5


def test_a_password_of_eight_characters_and_one_in_any_script_are_accepted(database, add):
    add("huit@exemple.fr", password="huit-car")
    add("accents@exemple.fr", password="ôé漢字🔑àèù")
    assert sign_in(database, "huit@exemple.fr", "huit-car") == "huit@exemple.fr"
    assert sign_in(database, "accents@exemple.fr", "ôé漢字🔑àèù") == "accents@exemple.fr"


# Adding


def test_an_account_is_added_with_its_roles_and_a_line_in_each_organisation_s_journal(database, add):
    account = add(" Claude@Exemple.FR ", name=" Claude Exemple ", roles={"marseille": Role.AGENT, "amp": Role.REFERENT})
    assert (account.email, account.name, account.is_active) == ("claude@exemple.fr", "Claude Exemple", True)
    with database.reading() as session:
        granted = session.execute(
            select(Organisation.slug, RoleGrant.role, RoleGrant.department_id)
            .join(Organisation, Organisation.id == RoleGrant.organisation_id)
            .where(RoleGrant.account_id == account.id)
        )
        assert {tuple(row) for row in granted} == {("marseille", Role.AGENT, None), ("amp", Role.REFERENT, None)}
    assert last_lines(database, 2) == [
        (JournalAction.ACCOUNT_ADDED, "marseille", "Administration", "claude@exemple.fr", "agent"),
        (JournalAction.ACCOUNT_ADDED, "amp", "Administration", "claude@exemple.fr", "referent"),
    ]
    assert sign_in(database, "claude@exemple.fr", SECRET) == "claude@exemple.fr"


def test_an_account_without_a_name_goes_by_its_address(add):
    assert add(name="  ").name == "claude@exemple.fr"


@pytest.mark.parametrize("email", [AGENT, "Agent@Demonstration.EXAMPLE", f"  {AGENT} "])
def test_an_address_that_is_taken_in_any_capitals_is_refused(refused, email):
    assert refused(email) == ("email", ProblemCode.ADDRESS_TAKEN, {"text": AGENT})


@pytest.mark.one_engine
@pytest.mark.parametrize(
    "email", ["", "claude", "@exemple.fr", "claude@", "a b@exemple.fr", "a@b@c", "a" * 65 + "@b.fr"]
)
def test_what_is_no_address_is_refused(refused, email):
    assert refused(email) == ("email", ProblemCode.ADDRESS_UNREADABLE, {"text": email})


@pytest.mark.one_engine
@pytest.mark.parametrize("short", ["", "1234567", "é" * 7])
def test_a_short_password_adds_no_account(refused, short):
    assert refused(password=short) == ("password", ProblemCode.PASSWORD_SHORT, {"limit": 8})


def test_an_unknown_organisation_adds_nothing_not_even_the_account_or_the_roles_before_it(refused):
    roles = {"marseille": Role.AGENT, "nulle-part": Role.AGENT}
    assert refused(roles=roles) == ("organisation", ProblemCode.UNKNOWN_ORGANISATION, {"text": "nulle-part"})


def test_the_longest_address_is_stored_whole_and_shortened_in_the_journal(database, add):
    longest = "a" * 64 + "@" + "b" * 189
    add(longest, roles={"marseille": Role.AGENT})
    assert find(database, longest).email == longest
    assert last_lines(database, 1)[0][3] == longest[:80]


@pytest.mark.parametrize("action", ["disable", "change_password"])
def test_nothing_is_done_to_an_account_that_does_not_exist(database, action):
    before = everything(database)
    given = (
        ("nobody@exemple.fr", "un-secret-2026", "test")
        if action == "change_password"
        else ("nobody@exemple.fr", "test")
    )
    with pytest.raises(Invalid) as caught, database.transaction() as session:
        getattr(accounts, action)(session, *given)
    (problem,) = caught.value.problems
    assert (problem.where, problem.code) == ("email", ProblemCode.UNKNOWN_ACCOUNT)
    assert problem.values == {"text": "nobody@exemple.fr"}
    assert everything(database) == before
