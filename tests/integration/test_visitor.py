"""Who comes in, with which role, and what of a foreign organisation shows from outside: nothing."""

import pytest
from sqlalchemy import select

from tracker.domain.errors import Forbidden, NotFound
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import Role
from tracker.services import accounts
from tracker.services.visitor import enter
from tracker.store.models import Account, Indicator
from tracker.store.queries import accounts as account_rows
from tracker.store.queries import organisations

READS, ENTERS, REPORTS = Permission.READ, Permission.ENTER_ASSIGNED, Permission.REPORT_ACTION
DISCUSSES, FOLLOWS, DRAFTS = Permission.DISCUSS, Permission.FOLLOW, Permission.DRAFT_REPORT
RIGHTS = {
    Role.AGENT: {READS, DISCUSSES, FOLLOWS, ENTERS, REPORTS, DRAFTS},
    Role.REFERENT: set(Permission),
    Role.ELU: {READS, DISCUSSES, FOLLOWS},
    Role.ADMIN: {READS, DISCUSSES, FOLLOWS},
}


@pytest.fixture
def stranger(database):
    """Add an account without any role."""
    with database.transaction() as session:
        return accounts.add(
            session, email="sans-role@exemple.fr", name="Sans rôle", password="sans-role-2026", roles={}, actor="test"
        )


@pytest.fixture
def neighbour(database):
    """Add an account with a role in one organisation."""
    with database.transaction() as session:
        return accounts.add(
            session,
            email="voisine@exemple.fr",
            name="Voisine",
            password="voisine-2026",
            roles={"amp": Role.REFERENT},
            actor="test",
        )


def refusal(database, account, slug):
    with database.reading() as session, pytest.raises(NotFound) as caught:
        enter(session, account, slug)
    return caught.value


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("slug", ["marseille", "amp", "demonstration"])
def test_an_account_comes_in_with_its_role(database, enter_as, role, slug):
    with database.reading() as session:
        visitor = enter_as(session, role, slug)
    assert visitor.role is role
    assert visitor.organisation.slug == slug
    assert {permission for permission in Permission if visitor.may(permission)} == RIGHTS[role]


@pytest.mark.parametrize("role", list(Role))
def test_a_right_that_the_role_does_not_grant_is_forbidden(database, enter_as, role):
    with database.reading() as session:
        visitor = enter_as(session, role)
    for permission in RIGHTS[role]:
        visitor.require(permission)
    for permission in set(Permission) - RIGHTS[role]:
        with pytest.raises(Forbidden):
            visitor.require(permission)


def test_without_a_role_an_organisation_that_exists_and_one_that_does_not_look_the_same(database, stranger):
    there, not_there = (refusal(database, stranger, slug) for slug in ("marseille", "nulle-part"))
    assert type(there) is type(not_there) is NotFound
    assert (there.args, not_there.args) == (("marseille",), ("nulle-part",))


def test_a_role_in_one_organisation_opens_no_other(database, neighbour):
    with database.reading() as session:
        assert enter(session, neighbour, "amp").role is Role.REFERENT
    there, not_there = (refusal(database, neighbour, slug) for slug in ("marseille", "nulle-part"))
    assert type(there) is type(not_there) is NotFound


@pytest.mark.parametrize(
    "slug", ["", "Marseille", "MARSEILLE", "marseille ", "mars%", "marseil_e", "' OR 1=1 --", "é", "m" * 5000]
)
def test_an_address_that_is_not_exactly_one_of_an_organisation_is_not_found(database, slug):
    with database.reading() as session:
        account = account_rows.by_email(session, "referent@demonstration.example")
    refusal(database, account, slug)


def test_an_address_with_a_null_character_is_not_found_and_breaks_nothing(database):
    with database.reading() as session:
        account = account_rows.by_email(session, "referent@demonstration.example")
    refusal(database, account, "marseille\x00")


def test_the_agent_of_the_town_enters_what_is_entrusted_to_its_department_and_nothing_else(database, enter_as):
    with database.reading() as session:
        agent, referent = (enter_as(session, role, "demonstration") for role in (Role.AGENT, Role.REFERENT))
        elu = enter_as(session, Role.ELU, "demonstration")
        number = {row.code: row.id for row in session.scalars(select(Indicator))}
    own, foreign = number["SOB-06"], number["ACC-08"]
    assert (agent.may_enter(own), agent.may_enter(foreign)) == (True, False)
    assert (referent.may_enter(own), referent.may_enter(foreign)) == (True, True)
    assert (elu.may_enter(own), elu.may_enter(foreign)) == (False, False)


def test_what_is_entrusted_in_one_organisation_is_not_in_another(database, enter_as):
    with database.reading() as session:
        town, city = (enter_as(session, Role.AGENT, slug) for slug in ("demonstration", "marseille"))
        number = {row.code: row.id for row in session.scalars(select(Indicator))}
    assert (town.may_enter(number["CON-05"]), city.may_enter(number["CON-05"])) == (True, True)
    assert (town.may_enter(number["SOB-10"]), city.may_enter(number["SOB-10"])) == (False, True)


def test_organisations_are_listed_for_who_has_a_role_in_them_the_real_ones_first(database, stranger, neighbour):
    with database.reading() as session:
        admin = session.scalars(select(Account).where(Account.email == "admin@demonstration.example")).one()
        listed = {
            account.email: [(town.slug, role) for town, role in organisations.granted(session, account.id)]
            for account in (admin, stranger, neighbour)
        }
    assert listed == {
        "admin@demonstration.example": [
            ("amp", Role.ADMIN),
            ("marseille", Role.ADMIN),
            ("demonstration", Role.ADMIN),
        ],
        "sans-role@exemple.fr": [],
        "voisine@exemple.fr": [("amp", Role.REFERENT)],
    }
