"""Who is asking: an account, and what it may do in one organisation."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.domain.errors import Forbidden, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.permissions import Permission, may
from tracker.domain.texts import tidy
from tracker.domain.vocabulary import Role
from tracker.store.models import Account, Organisation
from tracker.store.queries import accounts, assignments, organisations


@dataclass(frozen=True, slots=True)
class Visitor:
    """An account inside an organisation, with its role and the indicators assigned to it."""

    account_id: int
    name: str
    role: Role
    organisation: Organisation
    assigned: frozenset[int]

    def may(self, permission: Permission) -> bool:
        """Tell whether the role grants ``permission``."""
        return may(self.role, permission)

    def may_enter(self, indicator_id: int) -> bool:
        """Tell whether this visitor may record a value of the indicator."""
        if self.may(Permission.ENTER_ANY):
            return True
        return self.may(Permission.ENTER_ASSIGNED) and indicator_id in self.assigned

    def require(self, permission: Permission) -> None:
        """Refuse unless the role grants ``permission``.

        Raises:
            Forbidden: when it does not.
        """
        if not self.may(permission):
            raise Forbidden(permission)


def enter(session: Session, account: Account, slug: str) -> Visitor:
    """Let an account into an organisation.

    Raises:
        NotFound: when the organisation does not exist or the account has no role in it: both look the same.
    """
    found = organisations.entered(session, account.id, slug) if slug.isprintable() else None
    if found is None:
        raise NotFound(slug)
    organisation, grant = found
    assigned: frozenset[int] = frozenset()
    if may(grant.role, Permission.ENTER_ASSIGNED):
        assigned = assignments.indicators_of(session, organisation.id, account.id, grant.department_id)
    return Visitor(account.id, account.name, grant.role, organisation, assigned)


def acting_as(session: Session, slug: str, email: str | None) -> Visitor:
    """Let the account of a command into an organisation; without one, whoever looks at everything and writes nothing.

    Raises:
        Invalid: when there is no such organisation, or no open account of that address with a role in it.
    """
    organisation = organisations.by_slug(session, slug) if slug.isprintable() else None
    if organisation is None:
        raise Invalid(Problem("organisation", ProblemCode.UNKNOWN_ORGANISATION, {"text": slug}))
    if email is None:
        return Visitor(0, "", Role.REFERENT, organisation, frozenset())
    account = accounts.by_email(session, tidy(email).lower())
    if account is None or not account.is_active:
        raise Invalid(Problem("email", ProblemCode.UNKNOWN_ACCOUNT, {"text": email}))
    try:
        return enter(session, account, slug)
    except NotFound:
        raise Invalid(Problem("email", ProblemCode.NO_ROLE_HERE, {"text": email})) from None
