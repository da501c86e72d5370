"""Who may do what in an organisation: one member a permission, one table a role."""

from collections.abc import Mapping
from enum import StrEnum

from tracker.domain.vocabulary import Role


class Permission(StrEnum):
    """Something that an account may do in an organisation."""

    READ = "read"
    """See the dashboard, the commitments, the indicators, the report and the journal."""
    ENTER_ASSIGNED = "enter_assigned"
    """Record the values of the indicators assigned to oneself or to one's department."""
    ENTER_ANY = "enter_any"
    """Record the values of any indicator of the organisation."""
    RECORD_FINDING = "record_finding"
    """Record a dated fact on a commitment: a milestone done, a renewal paid."""
    CONFIGURE = "configure"
    """Set baselines, targets, directions, tolerances, companions, methods and the patience with quiet practices."""


GRANTED: Mapping[Role, frozenset[Permission]] = {
    Role.AGENT: frozenset({Permission.READ, Permission.ENTER_ASSIGNED}),
    Role.REFERENT: frozenset(
        {
            Permission.READ,
            Permission.ENTER_ASSIGNED,
            Permission.ENTER_ANY,
            Permission.RECORD_FINDING,
            Permission.CONFIGURE,
        }
    ),
    Role.ELU: frozenset({Permission.READ}),
    Role.ADMIN: frozenset({Permission.READ}),
}


def may(role: Role, permission: Permission) -> bool:
    """Tell whether ``role`` grants ``permission``."""
    return permission in GRANTED[role]
