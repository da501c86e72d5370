"""A town that a test founds, in which each account of the demonstration has its role: no password is hashed for it."""

from collections.abc import Callable
from typing import Any

from tracker.domain.vocabulary import OrganisationKind, Role
from tracker.services import demonstration, organisations
from tracker.services.visitor import enter
from tracker.store.models import RoleGrant
from tracker.store.queries import accounts
from tracker.store.session import Database

Run = Callable[..., Any]
SLUG, LEAD = "neuve", "Dominique Référent (fictif)"


def founded(database: Database, departments: tuple[str, ...] = ()) -> Run:
    """Found the town and give the function that calls a service as its lead, or as ``role``, in a transaction."""
    with database.transaction() as session:
        kind = OrganisationKind.COMMUNE
        town = organisations.add(
            session, slug=SLUG, name="Ville neuve", kind=kind, departments=departments, actor="test"
        )
        for role in Role:
            account = accounts.by_email(session, demonstration.address(role))
            assert account is not None
            session.add(RoleGrant(account_id=account.id, organisation_id=town.id, role=role))

    def call(service: Callable[..., Any], *given: Any, role: Role = Role.REFERENT) -> Any:
        with database.transaction() as session:
            account = accounts.by_email(session, demonstration.address(role))
            assert account is not None
            return service(session, enter(session, account, SLUG), *given)

    return call
