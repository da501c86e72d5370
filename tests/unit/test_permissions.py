"""Who may do what: the whole table, role by role."""

import pytest

from tracker.domain.permissions import GRANTED, Permission, may
from tracker.domain.vocabulary import Role

TABLE = {
    Role.AGENT: {
        Permission.READ,
        Permission.DISCUSS,
        Permission.FOLLOW,
        Permission.ENTER_ASSIGNED,
        Permission.REPORT_ACTION,
        Permission.DRAFT_REPORT,
    },
    Role.REFERENT: {
        Permission.READ,
        Permission.ENTER_ASSIGNED,
        Permission.ENTER_ANY,
        Permission.RECORD_FINDING,
        Permission.VALIDATE,
        Permission.RUN_CAMPAIGN,
        Permission.DISCUSS,
        Permission.FOLLOW,
        Permission.ANSWER,
        Permission.PUBLISH,
        Permission.CONFIGURE,
        Permission.TAKE_IN,
        Permission.PLAN,
        Permission.REPORT_ACTION,
        Permission.KEEP_ESTATE,
        Permission.KEEP_SERVICES,
        Permission.DRAFT_REPORT,
        Permission.WRITE_REPORT,
    },
    Role.ELU: {Permission.READ, Permission.DISCUSS, Permission.FOLLOW},
    Role.ADMIN: {Permission.READ, Permission.DISCUSS, Permission.FOLLOW},
}


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_what_the_table_grants_and_nothing_else(role, permission):
    assert may(role, permission) is (permission in TABLE[role])


def test_every_role_has_a_line_in_the_table():
    assert set(GRANTED) == set(Role)


def test_every_role_may_read():
    assert all(may(role, Permission.READ) for role in Role)


def test_an_elected_official_reads_discusses_and_follows_and_writes_no_figure():
    assert GRANTED[Role.ELU] == {Permission.READ, Permission.DISCUSS, Permission.FOLLOW}


def test_an_administrator_of_accounts_may_not_write_figures():
    assert not may(Role.ADMIN, Permission.ENTER_ANY)
    assert not may(Role.ADMIN, Permission.ENTER_ASSIGNED)
    assert not may(Role.ADMIN, Permission.RECORD_FINDING)
    assert not may(Role.ADMIN, Permission.CONFIGURE)


def test_an_agent_may_not_enter_what_is_not_assigned_to_them():
    assert not may(Role.AGENT, Permission.ENTER_ANY)


def test_every_permission_is_granted_to_somebody():
    assert set().union(*GRANTED.values()) == set(Permission)
