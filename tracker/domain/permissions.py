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
    VALIDATE = "validate"
    """Validate or return submitted values, and correct one after the campaign is closed."""
    RUN_CAMPAIGN = "run_campaign"
    """Open, follow, close and reopen the year's campaign, entrust the indicators, send reminders."""
    DISCUSS = "discuss"
    """Write a message about a value, a commitment or an action."""
    FOLLOW = "follow"
    """Follow commitments, receive their digest, and ask questions on them."""
    ANSWER = "answer"
    """Answer the questions asked on commitments."""
    PUBLISH = "publish"
    """Choose what of a year is shown to anyone, and from when on."""
    CONFIGURE = "configure"
    """Set baselines, targets, directions, tolerances, companions, methods and the patience with quiet practices."""
    TAKE_IN = "take_in"
    """Take in deliberations, with the commitments read in them, and keep the memberships."""
    PLAN = "plan"
    """Write the yearly action plan, and take it from a draft to its review."""
    REPORT_ACTION = "report_action"
    """Tell what becomes of the actions that one's department leads."""
    KEEP_ESTATE = "keep_estate"
    """Keep the register of equipment: import an inventory, correct it, settle how its words are read."""
    KEEP_SERVICES = "keep_services"
    """Keep the register of digital services: their audits, their approval, their ecodesign, their use of AI."""
    DRAFT_REPORT = "draft_report"
    """Propose words of the authority for its yearly report, as drafts."""
    WRITE_REPORT = "write_report"
    """Write the words of the yearly report, accept the drafts of others, order and hide its sections."""


GRANTED: Mapping[Role, frozenset[Permission]] = {
    Role.AGENT: frozenset(
        {
            Permission.READ,
            Permission.DISCUSS,
            Permission.FOLLOW,
            Permission.ENTER_ASSIGNED,
            Permission.REPORT_ACTION,
            Permission.DRAFT_REPORT,
        }
    ),
    Role.REFERENT: frozenset(
        {
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
        }
    ),
    Role.ELU: frozenset({Permission.READ, Permission.DISCUSS, Permission.FOLLOW}),
    Role.ADMIN: frozenset({Permission.READ, Permission.DISCUSS, Permission.FOLLOW}),
}


def may(role: Role, permission: Permission) -> bool:
    """Tell whether ``role`` grants ``permission``."""
    return permission in GRANTED[role]
